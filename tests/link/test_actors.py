"""Mentions → actors: known by name, else candidates, never forced."""

from __future__ import annotations

import pytest

from comity.identifiers import candidate_id, local_actor_id
from comity.lexicon import Lexicon
from comity.link.actors import ActorLinker, is_name
from comity.model import Actor, Label, Mention, Vocabulary
from extract.reading import document, lexicon, link, read

TEXT = "A text about patents."


def identify(text: str, **known: str) -> str | None:
    """The id that a mention of these words gets."""
    return ActorLinker(lexicon(), document(TEXT, **known)).link(Mention(text)).id


def is_known(identifier: str | None) -> bool:
    """Whether the id is one of the vocabulary."""
    return identifier in lexicon().vocabulary.actors


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("China", "CHN"),
        ("People's Republic of China", "CHN"),
        ("People’s Republic of China", "CHN"),
        ("PRC", "CHN"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("World Intellectual Property Organization", "WIPO"),
        ("World Intellectual Property Organisation", "WIPO"),
        ("the European Union", "EU"),
        ("European Patent Office", "EPO"),
        ("Republic of Korea", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Chinese Taipei", "TWN"),
        ("Daren Tang", "daren-tang"),
    ],
)
def test_names(text: str, identifier: str) -> None:
    """Each name, short name and former name of an actor stands for it."""
    assert identify(text) == identifier


@pytest.mark.parametrize(
    ("state", "office", "person"),
    [
        ("China", "China National Intellectual Property Administration", "Xi Jinping"),
        ("India", "Department for Promotion of Industry and Internal Trade", "Narendra Modi"),
        ("Japan", "Japan Patent Office", "the Japanese minister"),
        ("Norway", "the customs of Norway", "the minister of Norway"),
    ],
)
def test_state_office_and_person(state: str, office: str, person: str) -> None:
    """A state, its office and its officeholder are three actors."""
    assert len({identify(state), identify(office), identify(person)}) == 3


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("the Chinese government", "CHN"),
        ("the US side", "USA"),
        ("Japanese authorities", "JPN"),
        ("the Brazilian delegation", "BRA"),
    ],
)
def test_governments(text: str, identifier: str) -> None:
    """The government, side or delegation of a state is the state."""
    assert identify(text) == identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("Beijing", "CHN"),
        ("Tbilisi", "GEO"),
        ("Pyongyang", "PRK"),
        ("Washington", "USA"),
    ],
)
def test_capitals(text: str, identifier: str) -> None:
    """A capital that acts stands for the government of its state."""
    assert identify(text) == identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("WIPO General Assembly", "WIPO"),
        ("the General Assembly of WIPO", "WIPO"),
        ("the WIPO secretariat", "WIPO"),
        ("WIPO's Standing Committee", "WIPO"),
    ],
)
def test_organs(text: str, identifier: str) -> None:
    """An organ of an organisation that has no id of its own is linked to the organisation."""
    assert identify(text) == identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("President Xi Jinping", "xi-jinping"),
        ("Chinese President Xi Jinping", "xi-jinping"),
        ("WIPO Director General Daren Tang", "daren-tang"),
        ("Prime Minister Narendra Modi", "narendra-modi"),
        ("then-Director General Francis Gurry", "francis-gurry"),
    ],
)
def test_titles(text: str, identifier: str) -> None:
    """Titles before a name do not hide it."""
    assert identify(text) == identifier


@pytest.mark.parametrize(
    "text",
    [
        "Chinatown Traders",
        "Us",
        "Georgia Tech Research Corporation",
        "New Norland",
        "Ministry of Seeds",
        "Norland Patent Office",
        "the customs of Norway",
        "Peruvian inventors",
        "European Patent Attorneys",
        "partners",
        "developing countries",
        "right holders",
    ],
)
def test_never_forced(text: str) -> None:
    """A name that the vocabulary does not have, and a description, link to none of its actors."""
    assert not is_known(identify(text))


@pytest.mark.parametrize(
    "text",
    [
        "Norland will protect trade secrets.",
        "The minister urged Norland to amend its patent law.",
        "Brazil signed a trademark agreement with Norland.",
        "WIPO will train examiners. Norland will reduce patent fees.",
    ],
)
def test_candidates(text: str) -> None:
    """A named actor that is not known has the same id in every text, and is listed once."""
    linked = link(text)
    ids = {m.id for s in linked.statements for _, m in s.mentions() if m.text == "Norland"}
    assert ids == {candidate_id("Norland")}
    candidate = linked.candidates[candidate_id("Norland")]
    assert (candidate.name(), candidate.candidate) == ("Norland", True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ruritanian Seed Office", "the Ruritanian Seed Office"),
        ("Ruritanian Seed Office", "RURITANIAN SEED OFFICE"),
        ("Lake  States Council", "Lake States Council"),
    ],
)
def test_one_candidate(first: str, second: str) -> None:
    """Article, case and spaces make no second candidate."""
    assert identify(first) == identify(second)


@pytest.mark.parametrize("text", ["the two offices", "partners", "each Party", "small firms"])
def test_descriptions_are_local(text: str) -> None:
    """Somebody known by description only is one actor within the document, another in the next."""
    here, there = document(TEXT), document(TEXT + " Another.")
    first = ActorLinker(lexicon(), here)
    assert first.link(Mention(text)).id == first.link(Mention(text)).id
    assert first.link(Mention(text)).id != ActorLinker(lexicon(), there).link(Mention(text)).id


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("partners", "partner"),
        ("the parties", "party"),
        ("each Party", "party"),
        ("The Member States", "member state"),
    ],
)
def test_id_of_a_description(text: str, identifier: str) -> None:
    """The id of a description is made of the document and the words without article or number."""
    assert identify(text) == local_actor_id(document(TEXT).id, identifier)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ministry of Trade", True),
        ("Ruritanian Seed Office", True),
        ("the Bureau for Plant Names", True),
        ("other countries", False),
        ("Each Party", False),
        ("the two offices", False),
        ("Member States", False),
        ("developing Members", False),
        ("We", False),
    ],
)
def test_is_name(text: str, named: bool) -> None:
    """Capitals throughout make a name, unless the words are general ones."""
    assert is_name(text) is named


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norland Ministry of Trade", "GovernmentBody"),
        ("Norland Patent Office", "IPOffice"),
        ("Norland Supreme Court", "Court"),
        ("Lake States Organization", "InternationalOrganization"),
        ("trademark owners", "StakeholderGroup"),
        ("Minister Ahl", "Person"),
        ("Norland", "Actor"),
    ],
)
def test_kind_of_candidate(text: str, kind: str) -> None:
    """The words of a candidate tell what kind of actor it is, where they can."""
    linker = ActorLinker(lexicon(), document(TEXT))
    identifier = linker.link(Mention(text)).id
    assert linker.candidates[identifier or ""].kind == kind


@pytest.mark.parametrize("name", ["Registry", "Council of Names", "Seed Office"])
def test_ambiguous(name: str) -> None:
    """A name that two actors bear links to neither."""
    actors = {
        i: Actor(i, "IPOffice", f"https://example.org/{i}", (Label(name), Label(f"{name} {i}")))
        for i in ("north", "south")
    }
    linker = ActorLinker(Lexicon(Vocabulary({}, actors)), document(TEXT))
    assert linker.link(Mention(name)).id == candidate_id(name)
    assert linker.link(Mention(f"{name} north")).id == "north"


@pytest.mark.parametrize("identifier", ["CHN", "WIPO", "somebody-else"])
def test_given_ids_are_kept(identifier: str) -> None:
    """A mention that has an id keeps it, whatever its words."""
    linked = ActorLinker(lexicon(), document(TEXT)).link(Mention("Japan", identifier))
    assert linked.id == identifier


@pytest.mark.parametrize("word", ["We", "our", "us"])
def test_we_of_a_publisher(word: str) -> None:
    """ "We" is the document's publisher, where that is a known actor."""
    assert identify(word, publisher="WIPO") == "WIPO"
    assert not is_known(identify(word, publisher="The Example Gazette"))
    assert not is_known(identify(word))


@pytest.mark.parametrize(
    ("text", "behalf"),
    [
        ("Xi Jinping", "CHN"),
        ("Daren Tang", "WIPO"),
        ("Narendra Modi", "IND"),
        ("WIPO", None),
        ("the minister", None),
        ("Minister Ahl", None),
    ],
)
def test_speakers(text: str, behalf: str | None) -> None:
    """A known officeholder speaks for the state or body; for others nobody is guessed."""
    linker = ActorLinker(lexicon(), document(TEXT))
    assert linker.link_speaker(Mention(text)).on_behalf_of == behalf


@pytest.mark.parametrize(
    ("sentence", "identifiers"),
    [
        ("The EU and the European Union will protect designs.", ["EU"]),
        ("China and Beijing will protect trade secrets.", ["CHN"]),
        ("WIPO and the World Intellectual Property Organization will train examiners.", ["WIPO"]),
    ],
)
def test_one_actor_twice(sentence: str, identifiers: list[str]) -> None:
    """Two names of one actor are one actor of the statement."""
    (found,) = read(sentence)
    assert [m.id for m in found.actors] == identifiers


@pytest.mark.parametrize(
    ("text", "name", "behalf"),
    [
        ("Lao minister Sila Dao said so about patents.", "Sila Dao", "LAO"),
        ("Sila Dao, minister of science of Peru, spoke of patents.", "Sila Dao", "PER"),
        ("WIPO Deputy Director General Sila Dao spoke.", "Sila Dao", "WIPO"),
        ("Sila Dao spoke about patents in Peru.", "Sila Dao", None),
    ],
)
def test_office_in_the_text(text: str, name: str, behalf: str | None) -> None:
    """An officeholder who is not known speaks for the state or body that the text names."""
    start = text.index(name)
    linker = ActorLinker(lexicon(), document(text))
    mention = Mention(name, None, start, start + len(name))
    assert linker.link_speaker(mention).on_behalf_of == behalf


def test_the_president() -> None:
    """A title alone stands for the person who was called so before."""
    text = "President Xi Jinping spoke on patents. The president said more."
    start = text.index("president")
    linked = ActorLinker(lexicon(), document(text)).link_speaker(
        Mention("president", None, start, start + 9)
    )
    assert (linked.id, linked.on_behalf_of) == ("xi-jinping", "CHN")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The General Council met. The WTO decided on patents.", "WTO"),
        ("The General Council met with WIPO and the WTO on patents.", None),
    ],
)
def test_organ_alone(text: str, expected: str | None) -> None:
    """An organ named alone is that of the one organisation in the text, else of none."""
    found = ActorLinker(lexicon(), document(text)).link(Mention("General Council")).id
    assert found == expected if expected else not is_known(found)


@pytest.mark.parametrize(
    ("text", "name", "identifier"),
    [
        ("The China National Intellectual Property Administration met.", "Administration", "CNIPA"),
        ("The European Patent Office opened a desk.", "Office", "EPO"),
        ("The EPO and the Japan Patent Office met.", "Office", None),
        ("WIPO met.", "Administration", None),
    ],
)
def test_short_for_a_body(text: str, name: str, identifier: str | None) -> None:
    """One capitalised word stands for the only body that the text names whose name ends with it."""
    linked = ActorLinker(lexicon(), document(text)).link(Mention(name)).id
    assert (linked if is_known(linked) else None) == identifier


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("The Velmark Patent Office (VPO) met.", "VPO", "Velmark Patent Office"),
        ("Director of the Velmark Patent Office (VPO) Jo Li met.", "VPO", "Velmark Patent Office"),
        ("The Office for Seeds of Arvane (OSA) met.", "OSA", "Office for Seeds of Arvane"),
        ("The Velmark Patent Office (Harbour) met.", "Harbour", "Harbour"),
        ("The Japan Patent Office (JPOX) met.", "JPOX", "JPOX"),
    ],
)
def test_short_names_that_a_text_brings_in(text: str, name: str, full: str) -> None:
    """A short name in brackets is the actor whose initials it is made of."""
    linker = ActorLinker(lexicon(), document(text))
    assert linker.link(Mention(name)).id == linker.link(Mention(full)).id == candidate_id(full)


def test_a_title_before_a_name_is_no_part_of_it() -> None:
    """An office whose head is named with title and all is still that office."""
    text = "Director of the United States Patent and Trademark Office (USPTO) Jo Li met."
    assert ActorLinker(lexicon(), document(text)).link(Mention("USPTO")).id == "USPTO"


def test_the_owner_of_an_office_is_no_part_of_its_name() -> None:
    """An office that a text shortens is one actor, with or without the state it belongs to."""
    linker = ActorLinker(lexicon(), document("Arvane's Seed Promotion Office (SPO) met."))
    found = {linker.link(Mention(x)).id for x in ("SPO", "Arvane's Seed Promotion Office")}
    assert len(found) == 1
