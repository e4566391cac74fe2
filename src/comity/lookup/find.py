"""Finding statements by words and facets, with their passages.

A word is found where a word of the text begins with it, whatever its case, or is its singular or
plural: "secret" finds "secrets" and "secretly", "secrets" finds "secret". All words must be found
in the passage, its object, the names of its parties, its target areas or its document's title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from comity.answers import Rows as Answers
from comity.errors import UnknownNameError, UsageError
from comity.identifiers import fold
from comity.lookup.nodes import Source, ask, passage_of
from comity.queries import Parameter, Word, resolve, suggestion
from comity.queries.names import as_text
from comity.rdf.terms import IRI, XSD, Literal, Term
from comity.store import Table

FACETS: Mapping[str, tuple[str, str]] = {
    "actor": ("by-actor", "actor"),
    "area": ("by-area", "area"),
    "measure_type": ("by-measure-type", "measure-type"),
    "direction": ("by-direction", "direction"),
    "modality": ("by-modality", "modality"),
    "event": ("by-event", "event"),
    "document": ("by-document", "document"),
    "document_type": ("by-document-type", "document-type"),
    "review": ("by-review", "review-status"),
    "since": ("by-date", "date"),
    "until": ("by-date", "date"),
    "min_confidence": ("by-confidence", "decimal"),
}
"""What statements may be chosen by: name to the query that chooses and the type of value."""

COLUMNS = (
    "statement", "stated_on", "actors", "measures", "modality", "negated", "quote", "title",
    "document", "start", "end", "confidence",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 20


def find(
    source: Source, words: str = "", *, limit: int | None = 20, **facets: Word | None
) -> tuple[Answers, int]:
    """The statements that hold all words and fit all facets, those that quote them first.

    Within both parts the latest come first. Rejected statements are left out unless `review`
    asks for them.

    Args:
        source: The graph.
        words: Words to look for; none for all statements.
        limit: The most rows; None for all.
        facets: Names of `FACETS` to codes, labels, IRIs or values; `area`, `measure_type` and
            `document_type` take in narrower ones; `actor` counts who acts, who speaks and for
            whom.

    Returns:
        The rows with the columns `COLUMNS`, and how many statements there are in all.

    Raises:
        UnknownNameError: if a facet, or a name given for it, is unknown.
        UsageError: if a value does not fit, or there are more than 20 words.
    """
    wanted = _WORD.findall(fold(words))
    if len(wanted) > _MOST_WORDS:
        raise UsageError(f"more than {_MOST_WORDS} words", hint="leave out common ones")
    found: dict[str, str] | None = None
    for dates in _sets(source, wanted, facets):
        found = dates if found is None else {s: d for s, d in found.items() if s in dates}
    if found is None:
        found = _dates(source, "every", {})
    if facets.get("review") is None:
        status = _resolved(source, "review", "rejected")
        for statement in _dates(source, "by-review", {"review": status}):
            found.pop(statement, None)
    by_date = sorted(sorted(found), key=lambda s: found[s], reverse=True)
    if wanted:
        quoting = _quoting(source, wanted)
        by_date.sort(key=lambda s: s not in quoting)
    rows = [_row(source, statement) for statement in by_date[:limit]]
    table = Table(COLUMNS, tuple(rows))
    return Answers(table, source.namespaces.prefixes()), len(by_date)


def _sets(
    source: Source, words: list[str], facets: Mapping[str, Word | None]
) -> list[dict[str, str]]:
    """For every word and facet the statements that have it, with their dates."""
    asked: dict[str, dict[str, Term]] = {}
    for name, value in facets.items():
        if name not in FACETS:
            raise UnknownNameError(f"no facet is named {name!r}", hint=suggestion(name, FACETS))
        if value is not None:
            query = FACETS[name][0]
            asked.setdefault(query, {})[name] = _resolved(source, name, value)
    sets = [_dates(source, query, bindings) for query, bindings in asked.items()]
    return sets + [_with_word(source, word) for word in dict.fromkeys(words)]


def _resolved(source: Source, name: str, value: Word) -> Term:
    parameter = Parameter(name, FACETS[name][1])
    text = as_text(name, value)
    return resolve(parameter, text, source.vocabulary, source.namespaces, source.store)


def _dates(source: Source, query: str, bindings: Mapping[str, Term]) -> dict[str, str]:
    rows = ask(source, query, bindings)
    return {str(row["statement"]): str(row.get("stated_on", "")) for row in rows}


def _with_word(source: Source, word: str) -> dict[str, str]:
    return {
        str(row["statement"]): str(row.get("stated_on", ""))
        for row in ask(source, "by-word", {"word": Literal(_root(word))})
        if _holds(str(row["text"]), [word])
    }


def _quoting(source: Source, words: list[str]) -> set[str]:
    """The statements whose passage itself holds all the words."""
    rows = ask(source, "by-quote", {"word": Literal(_root(max(words, key=len)))})
    return {str(row["statement"]) for row in rows if _holds(str(row["text"]), words)}


def _holds(text: str, words: list[str]) -> bool:
    there = _WORD.findall(fold(text))
    return all(
        any(one.startswith(word) or _singular(one) == _singular(word) for one in there)
        for word in words
    )


def _singular(word: str) -> str:
    """An English word without the ending of a plural.

    >>> [_singular(word) for word in ("secrets", "policies", "process", "gas")]
    ['secret', 'policy', 'process', 'gas']
    """
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def _root(word: str) -> str:
    """What every word that counts as this one begins with."""
    singular = _singular(word)
    return singular[:-1] if singular.endswith("y") else singular


def _row(source: Source, statement: str) -> tuple[Term | None, ...]:
    facts: dict[str, list[Term]] = {}
    prefixes = source.namespaces.prefixes()
    for row in ask(source, "facts", {"node": IRI(statement)}):
        name = str(row["property"]).removeprefix(prefixes["comity"])
        facts.setdefault(name, []).append(row["value"])
    passage = passage_of(source, statement)

    def first(name: str) -> Term | None:
        return facts.get(name, [None])[0]

    def names(name: str) -> Term | None:
        labels = sorted(source.label(str(one)) or str(one) for one in facts.get(name, ()))
        return Literal("; ".join(labels)) if labels else None

    words = (
        (None,) * 5
        if passage is None
        else (
            Literal(passage.quote) if passage.quote else None,
            Literal(passage.title) if passage.title else None,
            IRI(passage.document),
            Literal(str(passage.start), datatype=XSD + "integer"),
            Literal(str(passage.end), datatype=XSD + "integer"),
        )
    )
    return (
        IRI(statement), first("statedOn"), names("actor"), names("measure"), first("modality"),
        first("negated"),
        *words, first("confidence"),
    )  # fmt: skip
