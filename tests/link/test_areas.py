"""The words of an object → target areas."""

from __future__ import annotations

import pytest

from comity.link.areas import areas_of
from comity.link.pointers import areas_pointed_at
from extract.reading import lexicon, one, read


def areas(words: str, *, about_ip: bool = True) -> list[str]:
    """The areas of an object, in a text about intellectual property unless told otherwise."""
    return list(areas_of(words, lexicon(), about_ip=about_ip))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("trade secrets", ["trade-secrets"]),
        ("the protection of trade secrets", ["trade-secrets"]),
        ("undisclosed information", ["trade-secrets"]),
        ("industrial designs", ["industrial-designs"]),
        ("geographical indications", ["geographical-indications"]),
        ("traditional knowledge", ["traditional-knowledge"]),
        ("well-known marks", ["well-known-marks"]),
        ("well known trademarks", ["well-known-marks"]),
        ("genetic resources", ["genetic-resources"]),
        ("plant varieties", ["plant-varieties"]),
        ("new varieties of plants", ["plant-varieties"]),
        ("utility models", ["utility-models"]),
        ("copyright", ["copyright"]),
        ("related rights", ["related-rights"]),
        ("trade marks", ["trademarks"]),
        ("a trademark", ["trademarks"]),
        ("patents", ["patents"]),
        ("standard-essential patents", ["standard-essential-patents"]),
        ("standard essential patents", ["standard-essential-patents"]),
        ("artificial intelligence", ["artificial-intelligence"]),
        ("layout-designs of integrated circuits", ["layout-designs"]),
        ("domain names", ["domain-names"]),
        ("small and medium-sized enterprises", ["smes"]),
        ("the forced transfer of technology", ["forced-technology-transfer"]),
        ("forced technology transfer", ["forced-technology-transfer"]),
        ("technology transfer", ["technology-transfer"]),
        ("counterfeit goods", ["counterfeiting-and-piracy"]),
        ("border measures", ["border-measures"]),
        ("intellectual property", ["ip-rights"]),
        ("the protection of intellectual property", ["ip-protection"]),
        ("intellectual property protection", ["ip-protection"]),
        ("IP protection", ["ip-protection"]),
        ("foreign rights holders", ["foreign-rights-holders"]),
        ("criminal enforcement", ["criminal-enforcement"]),
        ("competition policy", ["competition"]),
        ("public health", ["public-health"]),
        ("designs", ["industrial-designs"]),
        ("the Madrid Protocol", ["trademarks"]),
        ("the Paris Convention", ["ip-treaties"]),
        ("Hague System", ["industrial-designs"]),
        ("MSMEs", ["smes"]),
        ("GIs", ["geographical-indications"]),
        ("the PPH", ["work-sharing"]),
        ("mutual recognition of search reports", ["work-sharing"]),
        ("cooperation in industrial property", ["ip-cooperation"]),
        ("the IPRs of foreign firms", ["foreign-rights-holders"]),
    ],
)
def test_words(words: str, expected: list[str]) -> None:
    """The most specific area that the words bear, whatever spelling, number or hyphen."""
    assert areas(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("patents and industrial designs", ["industrial-designs", "patents"]),
        (
            "copyright, trademarks and trade secrets",
            ["copyright", "trade-secrets", "trademarks"],
        ),
        ("patents as well as utility models", ["patents", "utility-models"]),
        (
            "the protection of geographical indications and traditional knowledge",
            ["geographical-indications", "traditional-knowledge"],
        ),
    ],
)
def test_several(words: str, expected: list[str]) -> None:
    """Each of several coordinated nouns gives its area, in alphabetical order."""
    assert areas(words) == expected


@pytest.mark.parametrize(
    "words",
    ["information", "cooperation", "dialogue", "its obligations", "technical assistance", "", "it"],
)
def test_no_area(words: str) -> None:
    """General words alone support no area."""
    assert areas(words) == []


@pytest.mark.parametrize(
    ("words", "within", "without"),
    [
        ("higher damages", ["civil-remedies"], []),
        ("national laws and regulations", ["ip-legislation"], []),
        ("judges", ["ip-adjudication"], []),
        ("legislation", ["ip-legislation"], []),
        ("applications", ["examination"], []),
        ("the level of protection", ["ip-protection"], []),
        ("their fees", ["ip-administration"], []),
    ],
)
def test_context(words: str, within: list[str], without: list[str]) -> None:
    """Some words stand for an area only in a text about intellectual property."""
    assert (areas(words), areas(words, about_ip=False)) == (within, without)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a committee that will review patents", []),
        ("a fund which supports trademark owners", []),
        ("industrial designs that are used in traditional knowledge", ["industrial-designs"]),
        ("patents in order to promote public health", ["patents"]),
        ("trademarks so that small firms can grow", ["trademarks"]),
    ],
)
def test_relative_clauses(words: str, expected: list[str]) -> None:
    """An area in front of a relative clause or purpose wins over one inside it."""
    found = areas(words)
    assert (
        found == expected if expected else set(found) <= {"patents", "trademarks", "rights-holders"}
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("To protect trademarks, Kenya will train its staff.", ("ip-training",)),
        (
            "Kenya, known for its copyright industries, will protect industrial designs.",
            ("industrial-designs",),
        ),
        ("Kenya will protect industrial designs and amend its patent law.", None),
        (
            "In a speech on patents, the minister said that Kenya will protect copyright.",
            ("copyright",),
        ),
        ("Kenya will open an office.", ()),
    ],
)
def test_scope(sentence: str, expected: tuple[str, ...] | None) -> None:
    """Only the object's own phrase counts, not words elsewhere in the sentence."""
    found = [s.areas for s in read(sentence)]
    assert found == (
        [expected] if expected is not None else [("industrial-designs",), ("patents",)]
    )


@pytest.mark.parametrize(
    ("words", "before", "expected"),
    [
        ("the treaty", "a treaty on trademarks was signed", ("trademarks",)),
        ("this convention", "the patent convention of 1970", ("patents",)),
        ("the agreement", "a treaty on trademarks was signed", ()),
        ("the agreement on fish", "an agreement on copyright", ()),
        ("the agreement", "", ()),
    ],
)
def test_nearest_antecedent(words: str, before: str, expected: tuple[str, ...]) -> None:
    """The nearest text of the same kind is meant; a noun of its own kind points nowhere else."""
    assert areas_pointed_at(words, before, lexicon()) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kenya will strengthen cooperation in intellectual property.", ("ip-cooperation",)),
        ("Kenya and Peru will cooperate in intellectual property.", ("ip-cooperation",)),
        ("Kenya will promote intellectual property.", ("ip-rights",)),
        ("Kenya will strengthen the protection of intellectual property.", ("ip-protection",)),
        ("Kenya will cooperate in IP protection.", ("ip-protection",)),
    ],
)
def test_intellectual_property_at_large(sentence: str, expected: tuple[str, ...]) -> None:
    """Cooperation in intellectual property at large is an area of its own."""
    assert one(sentence).areas == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("developing and least developed countries", ["development", "least-developed-countries"]),
        ("developing countries", ["development"]),
        ("the rights of foreign owners of intellectual property", ["foreign-rights-holders"]),
    ],
)
def test_broader_beside_narrower(words: str, expected: list[str]) -> None:
    """A broader area beside a narrower one stands only when both are named apart."""
    assert areas(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("legislation on geographical indications", ["geographical-indications"]),
        ("copyright enforcement", ["copyright"]),
        ("the protection and enforcement of trademarks", ["trademarks"]),
        ("a treaty on intellectual property and genetic resources", ["genetic-resources"]),
        ("IP laws and their enforcement", ["ip-enforcement", "ip-legislation"]),
    ],
)
def test_said_of_a_right(words: str, expected: list[str]) -> None:
    """Law, protection and enforcement of a named right are that right alone."""
    assert areas(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("patent examination", ["examination", "patents"]),
        ("training of patent examiners", ["examination", "ip-training", "patents"]),
        ("trademark fees", ["ip-administration", "trademarks"]),
        ("design applications", ["examination", "industrial-designs"]),
        ("patent data", ["ip-information"]),
    ],
)
def test_beside_a_right(words: str, expected: list[str]) -> None:
    """Examination, training and fees stand beside the right that their words name."""
    assert areas(words) == expected


@pytest.mark.parametrize(
    ("action", "words", "expected"),
    [
        ("require", "firms to transfer their technology", ("forced-technology-transfer",)),
        ("force", "investors to hand over know-how", ("forced-technology-transfer",)),
        ("discuss", "how firms share technology", ("technology",)),
        ("train", "its staff", ("ip-training",)),
        ("train", "judges in copyright", ("copyright", "ip-adjudication")),
        ("import", "more products", ("trade-in-goods",)),
        ("treat", "foreign firms", ("foreign-rights-holders",)),
        (
            "remove",
            "counterfeits from websites",
            ("counterfeiting-and-piracy", "online-enforcement"),
        ),
    ],
)
def test_what_the_verb_adds(action: str, words: str, expected: tuple[str, ...]) -> None:
    """Compulsion, training and trade are told by the verb where the object leaves them out."""
    assert areas_of(words, lexicon(), action=action) == expected


@pytest.mark.parametrize(
    "words",
    [
        "cross-border exchange of views",
        "the rule of law",
        "a competition for small towns",
        "application of this decision",
    ],
)
def test_other_senses(words: str) -> None:
    """Words that are an area's name elsewhere tell none in another sense."""
    assert areas(words) == []
