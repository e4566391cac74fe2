"""Coordinated verbs and objects."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        (
            "Brazil will simplify patent filing, train examiners and publish its guidelines.",
            ["simplify", "train", "publish"],
        ),
        (
            (
                "Canada will improve its copyright law, step up border controls and crack down on "
                "online piracy."
            ),
            ["improve", "step up", "crack down"],
        ),
        (
            "Chile will modernise its trademark register and ratify the Marrakesh Treaty.",
            ["modernise", "ratify"],
        ),
        (
            (
                "India will speed up patent examination, reduce fees for small firms and set up a "
                "hotline for inventors."
            ),
            ["speed up", "reduce", "set up"],
        ),
        (
            (
                "Kenya will expand training for judges, protect traditional knowledge, share "
                "search "
                "reports with neighbours and launch a patent database."
            ),
            ["expand", "protect", "share", "launch"],
        ),
        (
            "Viet Nam will draft a law on trade secrets or amend its civil code.",
            ["draft", "amend"],
        ),
    ],
)
def test_one_statement_a_verb(sentence: str, actions: list[str]) -> None:
    """Each of several coordinated verbs is a statement of its own, in text order."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actor", "modality", "number"),
    [
        ("Peru must register designs and enforce patents.", "Peru", "obligation", 2),
        (
            "Norway will raise penalties, train customs officers and publish court decisions.",
            "Norway",
            "commitment",
            3,
        ),
        (
            "Thailand should shorten patent examination and protect well-known marks.",
            "Thailand",
            "recommendation",
            2,
        ),
        (
            "Mexico plans to open a patent office in Monterrey and to cut trademark fees.",
            "Mexico",
            "intention",
            2,
        ),
        (
            "WIPO may publish the reports, share the data and train examiners.",
            "WIPO",
            "permission",
            3,
        ),
        (
            (
                "Switzerland has agreed to extend plant variety protection and fund training in "
                "patent law."
            ),
            "Switzerland",
            "commitment",
            2,
        ),
    ],
)
def test_shared_subject_and_modal(sentence: str, actor: str, modality: str, number: int) -> None:
    """A subject and a modal said once hold for every verb that follows."""
    found = read(sentence)
    assert [(names(s.actors), s.modality) for s in found] == [([actor], modality)] * number


@pytest.mark.parametrize(
    ("sentence", "modalities"),
    [
        (
            "Kenya has ratified the Madrid Protocol and will train trademark examiners.",
            ["report", "commitment"],
        ),
        (
            "Egypt will update its patent law and may extend the term of designs.",
            ["commitment", "permission"],
        ),
        (
            "Members shall protect geographical indications and should publish their registers.",
            ["obligation", "recommendation"],
        ),
        (
            "Israel launched a patent hotline in May and will expand it to trademarks.",
            ["report", "commitment"],
        ),
    ],
)
def test_own_modal(sentence: str, modalities: list[str]) -> None:
    """A later verb with a modal or tense of its own does not take that of the first."""
    assert [s.modality for s in read(sentence)] == modalities


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        (
            "France will cut trademark fees, and Italy will train patent judges.",
            [["France"], ["Italy"]],
        ),
        (
            "India raised the penalties for piracy while Nepal opened a patent registry.",
            [["India"], ["Nepal"]],
        ),
        (
            (
                "Australia will share search reports, Fiji will digitise its trademark files and "
                "Samoa will join the Patent Cooperation Treaty."
            ),
            [["Australia"], ["Fiji"], ["Samoa"]],
        ),
    ],
)
def test_own_subject(sentence: str, actors: list[list[str]]) -> None:
    """A coordinated clause with a subject of its own has that subject as actor."""
    assert [names(s.actors) for s in read(sentence)] == actors


@pytest.mark.parametrize(
    ("sentence", "areas"),
    [
        (
            "Chile will protect patents, industrial designs and plant varieties.",
            ("industrial-designs", "patents", "plant-varieties"),
        ),
        (
            "Poland will strengthen the protection of trademarks and copyright.",
            ("copyright", "trademarks"),
        ),
        (
            "The Philippines will promote geographical indications and traditional knowledge.",
            ("geographical-indications", "traditional-knowledge"),
        ),
        (
            "Ghana will enhance the protection of trade secrets as well as layout-designs.",
            ("layout-designs", "trade-secrets"),
        ),
        (
            "Jordan will train its staff in patents and domain names.",
            ("domain-names", "patents"),
        ),
    ],
)
def test_one_verb_with_several_objects(sentence: str, areas: tuple[str, ...]) -> None:
    """One verb with several objects is one statement with several areas."""
    assert one(sentence).areas == areas


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        ("Serbia will protect and enforce trademarks.", ["protect", "enforce"]),
        (
            "Members shall adopt and implement national laws on trade secrets.",
            ["adopt", "implement"],
        ),
        (
            "Qatar will create and maintain a register of geographical indications.",
            ["create", "maintain"],
        ),
        (
            "Ghana will update and translate its patent guidelines.",
            ["update", "translate"],
        ),
    ],
)
def test_verbs_before_one_object(sentence: str, actions: list[str]) -> None:
    """Coordinated verbs that share an object make a statement each."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        (
            (
                "Over the next three years, the Lake States will jointly expand training for "
                "patent "
                "examiners, share the results of trademark searches among their offices, and set "
                "up a "
                "common register of geographical indications."
            ),
            ["expand", "share", "set up"],
        ),
        (
            (
                "The ministry, which oversees the patent office, will not only raise penalties for "
                "piracy but also train judges in copyright."
            ),
            ["raise", "train"],
        ),
        (
            "Under the plan Vietnam will both simplify trademark filing and reduce patent fees.",
            ["simplify", "reduce"],
        ),
        (
            (
                "Argentina will digitise its patent files; publish them free of charge; and share "
                "them with partner offices."
            ),
            ["digitise", "publish", "share"],
        ),
        (
            (
                "Sri Lanka will protect its traditional knowledge, and, together with Nepal, "
                "promote "
                "geographical indications for tea."
            ),
            ["protect", "promote"],
        ),
        (
            (
                "The Commission will review the directive on designs, propose new rules on trade "
                "secrets and, where needed, support small firms in patent disputes."
            ),
            ["review", "propose", "support"],
        ),
    ],
)
def test_long_sentences(sentence: str, actions: list[str]) -> None:
    """Insertions between the verbs of a series neither hide one nor add one."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        ("Kenya will support inventors and fund patent training.", ["support", "fund"]),
        ("Peru will share patent data and exchange examiners.", ["share", "exchange"]),
        (
            "Chile will draft a patent law, test new software and process trademark files faster.",
            ["draft", "test", "process"],
        ),
        (
            "Norway will grant patents faster and license copyright more widely.",
            ["grant", "license"],
        ),
        (
            (
                "Fiji will process designs online, issue trademark guidelines and target online "
                "piracy."
            ),
            ["process", "issue", "target"],
        ),
        (
            "Oman will increase fines for piracy, study plant varieties and host a patent forum.",
            ["increase", "study", "host"],
        ),
    ],
)
def test_verbs_that_look_like_nouns(sentence: str, actions: list[str]) -> None:
    """A verb that is a noun elsewhere is still a verb in a series."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "The two offices agreed that they will exchange patent data and that WIPO will "
                "train "
                "their examiners."
            ),
            [("exchange", "commitment"), ("train", "commitment")],
        ),
        (
            (
                "The minister said that Kenya has joined the Madrid Protocol, will cut trademark "
                "fees "
                "and should protect designs."
            ),
            [("join", "report"), ("cut", "commitment"), ("protect", "recommendation")],
        ),
        (
            "Norway and Peru signed a memorandum on patents and agreed to share search reports.",
            [("sign", "report"), ("share", "commitment")],
        ),
        (
            (
                "The council adopted a plan on trademarks and called on members to publish their "
                "registers."
            ),
            [("adopt", "report"), ("publish", "recommendation")],
        ),
    ],
)
def test_mixed_forces(sentence: str, expected: list[tuple[str, str]]) -> None:
    """In one sentence, each act has the force of its own verb."""
    assert [(s.action, s.modality) for s in read(sentence)] == expected
