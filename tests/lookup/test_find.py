"""Finding statements by words and facets."""

from __future__ import annotations

import pytest
from tests.example_graph import statements
from tests.lookup.conftest import Corpus

from comity import lookup
from comity.errors import UnknownNameError, UsageError
from comity.identifiers import fold
from comity.rdf.vocabulary import load


def ids(corpus: Corpus, words: str = "", **facets: str | float | None) -> set[str]:
    """The ids of all statements that are found."""
    rows = corpus.find(words, limit=None, **facets)
    return {str(row[0]).rpartition("/")[2] for row in rows.rows}


def test_every_passage_with_the_words_is_found(corpus: Corpus) -> None:
    """A passage that holds all words is found, in whatever case they are asked for."""
    for words in ("trade secrets", "Geographical INDICATIONS", "patent"):
        there = {s.id for s in statements() if all(w in fold(s.quote) for w in fold(words).split())}
        assert there
        assert there <= ids(corpus, words)


def test_number_does_not_matter(corpus: Corpus) -> None:
    """A plural finds the singular too, and the other way round."""
    for one, many in (("secret", "secrets"), ("policy", "policies"), ("party", "parties")):
        for word in (one, many):
            quoting = {s.id for s in statements() if f"{word} " in fold(s.quote)}
            assert quoting <= ids(corpus, one) & ids(corpus, many) != set()


def test_words_are_found_at_their_beginning_only(corpus: Corpus) -> None:
    """A word within another word is not found."""
    found = ids(corpus, "arties")
    assert not found


def test_words_of_names_count(corpus: Corpus) -> None:
    """An actor's name in any language, a target area's, and the title find a statement too."""
    assert ids(corpus, "中国") == {s.id for s in statements() if "CHN" in parties(s.id)}
    about = {s.id for s in statements() if "trade-secrets" in s.areas}
    assert about <= ids(corpus, "undisclosed information")
    assert ids(corpus, "IP5") >= {s.id for s in statements() if "IP5" in (s.event or "")}


def parties(statement: str) -> set[str]:
    """The ids of a statement's actors, counterparts, speaker, and whom that speaks for."""
    found = next(s for s in statements() if s.id == statement)
    named = [*found.actors, *found.counterparts, *([found.speaker] if found.speaker else [])]
    return {m.id for m in named if m.id} | {m.on_behalf_of for m in named if m.on_behalf_of}


def test_a_word_that_is_nowhere_finds_nothing(corpus: Corpus) -> None:
    """There is no answer rather than a near one."""
    assert len(corpus.find("xylophone")) == 0


def test_facets_narrow_one_another(corpus: Corpus) -> None:
    """Each facet is the set that the codings say, and several are their intersection."""
    vocabulary = load()
    wanted = {
        s.id
        for s in statements()
        if "CHN" in parties(s.id) - {m.id for m in s.counterparts}
        and any({a, *vocabulary.ancestors("area", a)} & {"ip-rights"} for a in s.areas)
        and s.modality == "obligation"
        and (s.date or "") >= "2018"
    }
    asked = {"actor": "China", "area": "ip-rights", "modality": "obligation", "since": "2018"}
    assert ids(corpus, **asked) == wanted != set()


def test_dates_are_as_precise_as_written(corpus: Corpus) -> None:
    """A year takes in all its days, at both ends."""
    of_2019 = {s.id for s in statements() if (s.date or "").startswith("2019")}
    assert ids(corpus, since="2019", until="2019") == of_2019 != set()


def test_nothing_asked_gives_everything_that_is_not_rejected(corpus: Corpus) -> None:
    """Without words or facets every statement is there, the latest first."""
    rows = corpus.find(limit=None)
    dates = [str(row[1] or "") for row in rows.rows]
    assert len(rows) == len(statements())
    assert dates == sorted(dates, reverse=True)


def test_passages_that_hold_the_words_come_first(corpus: Corpus) -> None:
    """What only the title or a name tells of comes after the passages themselves."""
    rows = corpus.find("geographical indications", limit=None)
    quotes = ["geographical indication" in fold(str(row[5])) for row in rows.rows]
    assert quotes == sorted(quotes, reverse=True)
    assert True in quotes and False in quotes


def test_the_limit_cuts_and_the_number_tells(corpus: Corpus) -> None:
    """How many there are is told beside the first of them."""
    rows, total = lookup.find(corpus, "patents", limit=2)
    assert len(rows) == 2 < total == len(ids(corpus, "patents"))


def test_unknown_facets_and_names_are_refused(corpus: Corpus) -> None:
    """A facet or name that does not exist gets a hint, never an empty answer."""
    with pytest.raises(UnknownNameError, match="did you mean modality"):
        corpus.find(modalty="commitment")
    with pytest.raises(UnknownNameError, match="trade-secrets"):
        corpus.find(area="tradesecrets")
    with pytest.raises(UsageError, match="20 words"):
        corpus.find("a " * 21)


def test_rejected_statements_must_be_asked_for(corpus: Corpus) -> None:
    """All codings of the corpus are accepted: asking for rejected ones finds none."""
    assert ids(corpus, review="accepted") == {s.id for s in statements()}
    assert ids(corpus, review="rejected") == set()
