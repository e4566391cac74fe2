"""Labels of the vocabulary → patterns that find them in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lexicon import ActorNames, Lexicon, Phrases, stem, tokens
from comity.model import Actor, Concept, Label, Vocabulary
from extract.reading import lexicon


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trademarks", "trademark"),
        ("policies", "policy"),
        ("classes", "class"),
        ("boxes", "box"),
        ("countries", "country"),
        ("indices", "index"),
        ("criteria", "criterion"),
        ("Brazil's", "Brazil"),
        ("Brazil’s", "Brazil"),
        ("members'", "member"),
    ],
)
def test_number_and_case(first: str, second: str) -> None:
    """Case, plural and possessive make no difference."""
    assert stem(first) == stem(second)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("harmonisation", "harmonization"),
        ("organisation", "organization"),
        ("recognise", "recognize"),
        ("modernising", "modernizing"),
        ("licence", "license"),
        ("programmes", "programs"),
        ("centre", "center"),
        ("defence", "defense"),
        ("labour", "labor"),
        ("favourable", "favorable"),
        ("honour", "honor"),
    ],
)
def test_spelling(british: str, american: str) -> None:
    """British and American spelling make no difference."""
    assert stem(british) == stem(american)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("business", "busines"),
        ("process", "proces"),
        ("status", "statu"),
        ("analysis", "analysi"),
        ("series", "sery"),
        ("news", "new"),
        ("goods", "good"),
        ("rise", "rize"),
    ],
)
def test_no_plural(first: str, second: str) -> None:
    """Words that only look like a plural or a British form stay as they are."""
    assert stem(first) != stem(second)


@given(st.text())
def test_tokens_are_exact(text: str) -> None:
    """Every token is the text between its offsets, in order, without overlap."""
    found = tokens(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the protection of trade secrets", ["trade-secrets"]),
        ("trade-secret theft", ["trade-secrets"]),
        ("Trade Secrets", ["trade-secrets"]),
        ("patents and trade secrets", ["patents", "trade-secrets"]),
        ("secrets of trade", []),
        ("patented", []),
        ("", []),
    ],
)
def test_find(text: str, codes: list[str]) -> None:
    """Whole phrases are found, with a hyphen or a space, in text order."""
    phrases = Phrases([("trade secret", "trade-secrets"), ("patent", "patents")])
    assert [m.code for m in phrases.find(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("well-known marks", ["well-known-marks"]),
        ("marks", ["trademarks"]),
        ("well-known firms", []),
        ("marks and well known marks", ["trademarks", "well-known-marks"]),
    ],
)
def test_longest_match(text: str, codes: list[str]) -> None:
    """The longest phrase wins; its words are not matched again."""
    phrases = Phrases([("mark", "trademarks"), ("well-known mark", "well-known-marks")])
    assert [m.code for m in phrases.find(text)] == codes


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [("step up", ("strengthen",)), ("stepped up", ()), ("step", ()), ("step up now", ()), ("", ())],
)
def test_codes_of_a_phrase(phrase: str, codes: tuple[str, ...]) -> None:
    """`codes` asks for exactly this phrase."""
    assert Phrases([("step up", "strengthen")]).codes(phrase) == codes


@pytest.mark.parametrize(
    "text",
    [
        "IP protection",
        "IPR protection",
        "Intellectual Property protection",
        "protection of the intellectual-property rights",
    ],
)
def test_terms(text: str) -> None:
    """The spellings and short forms of one term are one word, and articles are none."""
    phrases = Phrases(
        [("intellectual property protection", "a"), ("protection of IP", "a")], terms=True
    )
    assert [m.code for m in phrases.find(text)] == ["a"]


@pytest.mark.parametrize("text", ["A patent, two patents.", "PATENT – patents’", "patent\npatent"])
def test_offsets(text: str) -> None:
    """A match says where it stands."""
    for match in Phrases([("patent", "patents")]).find(text):
        assert text[match.start : match.end].lower().startswith("patent")


@given(st.lists(st.sampled_from(["trade", "secret", "patent", "of", "-", " ", ",", "s"])))
def test_matches_do_not_overlap(parts: list[str]) -> None:
    """Matches come left to right, and none overlaps another."""
    text = "".join(parts)
    found = Phrases([("trade secret", "a"), ("secret patent", "b"), ("patent", "c")]).find(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("order", [0, 1])
def test_order_of_entries(order: int) -> None:
    """The order in which phrases are given changes nothing."""
    entries = [("mark", "b"), ("mark", "a"), ("well-known mark", "c")]
    phrases = Phrases(reversed(entries) if order else entries)
    assert [m.code for m in phrases.find("a mark and well-known marks")] == ["a", "b", "c"]


# -- names of actors --------------------------------------------------------------------------


def actor(identifier: str, *labels: Label) -> Actor:
    """An actor with these labels."""
    return Actor(identifier, "State", f"https://example.org/{identifier}", labels)


NAMES = ActorNames(
    {
        "usa": actor(
            "usa",
            Label("United States"),
            Label("US", role="alt"),
            Label("U.S.", role="alt"),
            Label("American", role="noun"),
            Label("Washington", role="trigger"),
        ),
        "aripo": actor(
            "aripo", Label("African Seal Office"), Label("ASO", role="alt"), Label("ASO", "fr")
        ),
        "chad": actor("chad", Label("Chad"), Label("Tchad", "fr")),
        "north": actor("north", Label("Registry"), Label("Northern Registry", role="alt")),
        "south": actor("south", Label("Registry"), Label("Southern Registry", role="alt")),
    }
)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("United States", "usa"),
        ("the United States", "usa"),
        ("United States'", "usa"),
        ("United States's", "usa"),
        ("UNITED STATES", "usa"),
        ("US", "usa"),
        ("U.S.", "usa"),
        ("us", None),
        ("united states", None),
        ("African Seal Office", "aripo"),
        ("ASO", "aripo"),
        ("aso", None),
        ("Tchad", None),
        ("United States Steel", None),
        ("American", None),
        ("Washington", None),
        ("", None),
    ],
)
def test_identify(name: str, identifier: str | None) -> None:
    """A name must agree as a whole; short names and capitals match case and all."""
    assert NAMES.identify(name) == identifier


@pytest.mark.parametrize(
    ("name", "identifier", "bearers"),
    [
        ("Registry", None, {"north", "south"}),
        ("Northern Registry", "north", {"north"}),
        ("Chad", "chad", {"chad"}),
        ("Nobody", None, set()),
    ],
)
def test_shared_names(name: str, identifier: str | None, bearers: set[str]) -> None:
    """A name that several bear stands for none of them."""
    assert NAMES.identify(name) == identifier
    assert NAMES.all_named(name) == bearers


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The US and Chad met.", ["usa", "chad"]),
        ("They told us so.", []),
        ("the chad of the ballot", []),
        ("ASO members from the U.S. came", ["aripo", "usa"]),
        ("US-Chad talks", ["usa", "chad"]),
        ("the Registry", []),
        ("the Southern Registry", ["south"]),
    ],
)
def test_find_actors(text: str, codes: list[str]) -> None:
    """Names are found in running text, in order of place."""
    found = NAMES.find(text)
    assert [m.code for m in found] == codes
    assert all(text[m.start : m.end].strip() for m in found)


@pytest.mark.parametrize(
    ("word", "adjective", "capital"),
    [
        ("American", "usa", None),
        ("Washington", None, "usa"),
        ("american", None, None),
        ("Chad", None, None),
    ],
)
def test_adjectives_and_capitals(word: str, adjective: str | None, capital: str | None) -> None:
    """Adjective and capital of a state are told apart from its names."""
    assert (NAMES.state_of_adjective(word), NAMES.state_of_capital(word)) == (adjective, capital)


# -- the lexicon of a vocabulary ------------------------------------------------------------


def concept(scheme: str, code: str, *labels: Label) -> Concept:
    """A concept with these labels."""
    return Concept(scheme, code, f"https://example.org/{scheme}/{code}", labels)


SMALL = Lexicon(
    Vocabulary(
        {
            (c.scheme, c.code): c
            for c in (
                concept(
                    "area",
                    "designs",
                    Label("Industrial designs"),
                    Label("Muster", "de"),
                    Label("product shapes", role="alt"),
                    Label("industiral designs", role="hidden"),
                    Label("look of goods", role="trigger"),
                    Label("shape", role="context"),
                ),
                concept("measure-type", "dialogue", Label("Dialogue"), Label("talks", role="noun")),
                concept("direction", "strengthen", Label("step up", role="verb")),
                concept("modality", "commitment", Label("vow", role="verb")),
            )
        },
        {},
    )
)


@pytest.mark.parametrize(
    ("text", "plain", "in_context"),
    [
        ("industrial designs", ["designs"], ["designs"]),
        ("product shape", ["designs"], ["designs"]),
        ("industiral designs", ["designs"], ["designs"]),
        ("the look of goods", ["designs"], ["designs"]),
        ("a shape", [], ["designs"]),
        ("Muster", [], []),
    ],
)
def test_labels_of_an_area(text: str, plain: list[str], in_context: list[str]) -> None:
    """English names and triggers find an area; context words only where it is asked for."""
    assert [m.code for m in SMALL.areas.find(text)] == plain
    assert [m.code for m in SMALL.areas_in_context.find(text)] == in_context


@pytest.mark.parametrize(
    ("verb", "action", "modality"),
    [
        ("step up", True, None),
        ("vow", False, "commitment"),
        ("sing", False, None),
        ("talks", False, None),
        ("", False, None),
    ],
)
def test_verbs(verb: str, action: bool, modality: str | None) -> None:
    """A verb of a direction or measure type names an action, one of a modality a force."""
    assert SMALL.is_action(verb) is action
    assert SMALL.modality(verb) == modality


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("A treaty on intellectual property.", True),
        ("Patents for seeds.", True),
        ("The trade mark office.", True),
        ("IPRs", True),
        ("Copyright in music.", True),
        ("Fishing quotas.", False),
        ("A trip by ship.", False),
        ("", False),
    ],
)
def test_about_ip(text: str, about: bool) -> None:
    """A text is about intellectual property when it names it or one of its main rights."""
    assert lexicon().is_about_ip(text) is about


@pytest.mark.parametrize("scheme", ["area", "measure-type", "direction", "modality"])
def test_every_concept_is_found(scheme: str) -> None:
    """No concept of Comity's own vocabulary is without a word that finds it."""
    words = lexicon()
    found = {
        "area": [words.areas],
        "measure-type": [words.measure_nouns, words.measure_phrases, words.measure_verbs],
        "direction": [words.direction_verbs],
        "modality": [words.modality_verbs],
    }[scheme]
    silent = {
        c.code
        for c in words.vocabulary.scheme(scheme).values()
        if not any(p.codes(label.text) for p in found for label in c.labels)
    }
    assert silent <= {"unspecified", "report", "prohibition", "permission", "obligation"}


def test_labels_of_deprecated_terms_find_their_replacement() -> None:
    """What is deprecated is found as what replaces it, and not at all where nothing does."""
    areas = (
        concept("area", "designs", Label("Industrial designs")),
        replace(
            concept("area", "models", Label("Design models")),
            deprecated=True,
            replaced_by="designs",
        ),
        replace(concept("area", "fonts", Label("Typefaces")), deprecated=True),
    )
    actors = {
        "NEW": Actor("NEW", "IPOffice", "", (Label("New Office"),)),
        "OLD": Actor(
            "OLD", "IPOffice", "", (Label("Old Office"),), deprecated=True, replaced_by="NEW"
        ),
        "GONE": Actor("GONE", "IPOffice", "", (Label("Gone Office"),), deprecated=True),
    }
    words = Lexicon(Vocabulary({(c.scheme, c.code): c for c in areas}, actors))
    assert [match.code for match in words.areas.find("design models and typefaces")] == ["designs"]
    assert words.actors.identify("Old Office") == "NEW"
    assert words.actors.identify("Gone Office") is None
