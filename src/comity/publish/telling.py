"""Changes as people and programs read them: in words, as JSON, as entries of a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from comity.publish.changes import Changes
from comity.publish.difference import Size
from comity.publish.happened import Change
from comity.publish.quotes import shortened as first_words
from comity.publish.sides import Side
from comity.publish.told import WORDING, Field, local
from comity.rdf.namespaces import prefixes, shorten
from comity.rdf.terms import IRI, RDF_LANG_STRING, XSD_STRING, from_text
from comity.rdf.terms import Literal as Text

_PLURAL = {
    "statement": "Statements",
    "document": "Documents",
    "actor": "Actors",
    "event": "Events",
    "concept": "Concepts",
    "measure": "Measures",
    "extractor": "Extractors",
    "link": "Links between statements",
    "term": "Terms of the ontology",
    "other": "Others",
}
_SAID = {
    ("statement", "replaced"): "read again",
    ("actor", "relinked"): "linked otherwise",
    ("concept", "moved"): "moved to another place in the scheme",
    "used": "now in use",
    "unused": "no longer in use",
}
_QUOTED = 72
_OF_THE_TEXT = {*map(local, WORDING), "passage"}
_PLACES = {"laterStatement": "later", "earlierStatement": "earlier"}
Style = Literal["title", "head", "item", "detail"]


# -- in words --------------------------------------------------------------------------------


def in_words(changes: Changes, most: int | None = None) -> Iterator[tuple[Style, str]]:
    """What changed, line by line, each with the part that it has in the text.

    Args:
        changes: What to tell.
        most: How many things of one kind to which the same happened are told; all when None.
    """
    yield "title", f"{_called(changes.old)} → {_called(changes.new)}"
    counts = changes.difference.counts
    if not changes:
        yield "item", f"no difference: {changes.new.name} has the same {_quads(changes)}"
        return
    yield "item", f"{_quads(changes)}; triples: {_added(counts, '_triples')}"
    before, after = changes.ontology
    if before != after and before and after:
        yield "item", f"ontology {before} → {after}"
    if changes.old.base != changes.new.base:
        yield "item", f"all IRIs are new: {changes.old.base} → {changes.new.base}"
    if changes.old.quotes and changes.new.quotes and changes.old.quotes != changes.new.quotes:
        yield "item", f"passages: {changes.old.quotes} → {changes.new.quotes}"
    if counts["added"] and not counts["added_triples"] and not counts["removed_triples"]:
        yield "item", "the same triples in other graphs"
    for kind, group in groupby(changes.changes, key=lambda each: each.kind):
        told = changes.counts[kind]
        summed = ", ".join(f"{n:,} {said(kind, how)}" for how, n in told.items())
        yield "head", f"{_PLURAL[kind]}: {summed}"
        for how, alike in groupby(group, key=lambda each: each.change):
            for number, each in enumerate(alike):
                if number == most:
                    yield "item", f"… and {told[how] - number:,} more {said(kind, how)}"
                    break
                yield from _told(each, changes)


def said(kind: str, how: str) -> str:
    """The words for what happens to things of a kind."""
    return _SAID.get((kind, how)) or _SAID.get(how) or how


def _called(side: Side) -> str:
    return f"{side.name} ({side.issued})" if side.issued else side.name


def _quads(changes: Changes) -> str:
    old, new = changes.difference.old.quads, changes.difference.new.quads
    counts = f"{old:,} quads" if old == new else f"{old:,} → {new:,} quads"
    return f"{counts}: {_added(changes.difference.counts)}" if changes.difference else counts


def _added(counts: dict[str, int], of: str = "") -> str:
    return f"{counts['added' + of]:,} added, {counts['removed' + of]:,} removed"


def _told(change: Change, changes: Changes) -> Iterator[tuple[Style, str]]:
    head = said(change.kind, change.change)
    short = shorten(change.iri, prefixes(changes.new.base))
    title = "" if change.kind == "link" else changes.title(change)
    name = f"“{_cut(change.quote)}”" if change.quote else title
    yield "item", f"{head}: {name}  {short}" if name else f"{head}: {short}"
    if change.quote:
        yield "detail", title
    if change.document:
        yield "detail", changes.name(change.document)
    if change.to:
        others = ", ".join(_other(iri, changes) for iri in change.to)
        yield "detail", f"→ {others}{_mentions(change.count)}"
    elif change.count:
        yield "detail", f"→ nobody{_mentions(change.count)}"
    if change.reason:
        yield "detail", f"reason: {change.reason}"
    for field in change.fields:
        before, after = (_values(each, changes) for each in (field.before, field.after))
        name = _PLACES.get(field.name, field.name)
        if change.kind == "link" and not (before and after):
            yield "detail", f"{name}: {before or after}"
        else:
            yield "detail", f"{name}: {before or '–'} → {after or '–'}"


def _mentions(count: int | None) -> str:
    return f" ({count:,} mention{'' if count == 1 else 's'})" if count else ""


def _other(iri: str, changes: Changes) -> str:
    name, short = changes.name(iri), shorten(iri, prefixes(changes.new.base))
    return short if name in (short, shorten(iri, prefixes())) else f"{name}  {short}"


def _values(terms: Iterable[str], changes: Changes) -> str:
    return " | ".join(_value(term, changes) for term in terms)


def _value(term: str, changes: Changes) -> str:
    value = from_text(term)
    if isinstance(value, IRI):
        return changes.names.get(value.value) or shorten(value.value, prefixes(changes.new.base))
    tag = value.language if isinstance(value, Text) else None
    return _cut(str(value)) + (f"@{tag}" if tag not in (None, "en") else "")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"


# -- JSON ------------------------------------------------------------------------------------


def to_json(changes: Changes, quotes: str = "full", left_out: Iterable[str] = ()) -> dict[str, Any]:
    """The content of changes.json, as `comity schema change` describes it.

    Args:
        changes: What changed.
        quotes: How much of a passage may be given: full, short or none.
        left_out: Files of changes that are not given.
    """
    counts = changes.difference.counts
    before, after = changes.ontology
    found: dict[str, Any] = {
        "old": _side(changes.old, changes.difference.old),
        "new": _side(changes.new, changes.difference.new),
        "quads": {"added": counts["added"], "removed": counts["removed"]},
        "triples": {"added": counts["added_triples"], "removed": counts["removed_triples"]},
        "withdrawals": {"added": changes.withdrawals[0], "removed": changes.withdrawals[1]},
        "ontology": {"before": before, "after": after},
        "counts": changes.counts,
        "changes": [_change(each, changes, quotes) for each in changes.changes],
    }
    names = sorted(left_out)
    return found | ({"left_out": names} if names else {})


def _side(side: Side, size: Size) -> dict[str, Any]:
    return {
        "name": side.label or Path(side.name).name,
        "label": side.label,
        "issued": side.issued,
        "base": side.base,
        "quads": size.quads,
        "canonical_sha256": size.sha256,
    }


def _change(change: Change, changes: Changes, quotes: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": change.kind,
        "change": change.change,
        "iri": change.iri,
        "name": changes.title(change),
        "to": [_node(iri, changes) for iri in change.to],
        "fields": [_field(each, changes, quotes) for each in change.fields],
        "reason": change.reason,
        "quote": shortened(change.quote, quotes),
        "document": _node(change.document, changes) if change.document else None,
        "mentions": change.count,
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _field(field: Field, changes: Changes, quotes: str) -> dict[str, Any]:
    """A field; words that were published before, and may not be now, are left out."""
    silent = quotes != "full" and field.name in _OF_THE_TEXT
    return {
        "field": field.name,
        "before": [] if silent else [_term(term, changes) for term in field.before],
        "after": [_term(term, changes) for term in field.after],
    }


def _node(iri: str, changes: Changes) -> dict[str, str]:
    return {"iri": iri, "name": changes.name(iri)}


def _term(term: str, changes: Changes) -> dict[str, str]:
    value = from_text(term)
    if isinstance(value, IRI):
        return _node(value.value, changes)
    found = {"value": str(value)}
    if isinstance(value, Text) and value.language is not None:
        found["language"] = value.language
    elif isinstance(value, Text) and value.datatype not in (XSD_STRING, RDF_LANG_STRING):
        found["datatype"] = value.datatype
    return found


def shortened(quote: str | None, quotes: str) -> str | None:
    """As much of a passage as a release gives: all, its first words, or nothing."""
    if quote is None or quotes == "full":
        return quote
    if quotes == "none":
        return None
    first = first_words(quote)
    return quote if first == quote else f"{first} …"


# -- feed ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed, as an entry of an Atom feed has it.

    Args:
        id: An IRI that no other entry has, in no other release.
        iri: The IRI of the thing that changed; where it is now, when it has another one.
        title: What happened to what.
        issued: The date of the release, as precise as it is known.
        summary: The particulars, in a sentence or two; may be empty.
        kind: What the thing is.
        change: What happened to it.
    """

    id: str
    iri: str
    title: str
    issued: str
    summary: str
    kind: str
    change: str


def feed_entries(changes: Changes, quotes: str = "full") -> Iterator[Entry]:
    """An entry for each thing that changed, in the order of the changes.

    Args:
        changes: What changed; the later side is a release, or its name and no date are given.
        quotes: How much of a passage may be given: full, short or none.
    """
    release = changes.new.label or Path(changes.new.name).name
    known = prefixes(changes.new.base)
    for each in changes.changes:
        parts = (each.iri, *(each.to if each.change == "relinked" else ()))
        name = "-".join(shorten(iri, known).replace("#", "/") for iri in parts)
        details = [shortened(each.quote, quotes), each.reason]
        if each.document:
            details.append(changes.name(each.document))
        if each.to:
            details.append("now " + ", ".join(map(changes.name, each.to)))
        details += [field.name for field in each.fields]
        yield Entry(
            f"{changes.new.base}dataset-{release}#{each.kind}-{each.change}-{name}",
            each.to[0] if len(each.to) == 1 and each.change == "replaced" else each.iri,
            f"{said(each.kind, each.change).capitalize()}: {changes.title(each)}",
            changes.new.issued or "",
            ". ".join(filter(None, details)),
            each.kind,
            each.change,
        )
