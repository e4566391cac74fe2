"""What changed in the ontology and the vocabularies, where both sides bring theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.errors import InputError
from comity.publish.facts import TYPE, Facts, Thing, links_of, text, values
from comity.publish.happened import Change, lasting, told_of
from comity.publish.sides import Side
from comity.publish.told import Field
from comity.rdf.namespaces import COMITY, OWL, ROOT, SKOS

_KINDS = {
    f"<{SKOS}Concept>": "concept",
    **{
        f"<{OWL}{name}>": "term"
        for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    },
}
_HEADER = ROOT + "ontology"
_PARTIES = ("laterStatement", "earlierStatement", "relation")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the files of an ontology and its vocabularies say.

    Args:
        version: The version of the ontology; None where there is none.
        facts: IRI of a concept or a term of the ontology to what is said of it.
    """

    version: str | None
    facts: Mapping[str, Facts]


def read_terms(files: Iterable[Path]) -> Terms:
    """The concepts and the terms of the ontology that Turtle files describe.

    Raises:
        InputError: if a file cannot be read, or is no Turtle.
    """
    from pyoxigraph import BlankNode, RdfFormat, parse

    found: dict[str, dict[str, set[str]]] = {}
    for file in files:
        try:
            for triple in parse(file.read_bytes(), format=RdfFormat.TURTLE):
                if not isinstance(triple.subject, BlankNode):
                    node = found.setdefault(str(triple.subject)[1:-1], {})
                    node.setdefault(str(triple.predicate)[1:-1], set()).add(str(triple.object))
        except SyntaxError as error:
            raise InputError(f"this is no Turtle: {error.msg}", where=str(file)) from error
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=str(file)) from error
    facts = {iri: {p: tuple(sorted(v)) for p, v in node.items()} for iri, node in found.items()}
    version = text(facts.get(_HEADER), OWL + "versionInfo")
    return Terms(version, {iri: node for iri, node in facts.items() if _kind(iri, node)})


def terms_changed(old: Terms, new: Terms, told: Iterable[Change]) -> Iterator[Change]:
    """What happened to concepts and terms, beside what the data told already.

    Nothing when one of the sides has no terms.

    Args:
        old: The terms before.
        new: The terms after.
        told: The changes that are known.
    """
    known = {(each.iri, each.change) for each in told}
    both = {*old.facts, *new.facts} if old.facts and new.facts else set()
    for iri in sorted(both):
        before, after = old.facts.get(iri), new.facts.get(iri)
        kind = _kind(iri, after or before or {})
        thing = Thing(iri, before, after)
        if before is None or after is None:
            yield told_of(thing, "removed" if after is None else "added", kind)
        elif before != after:
            yield from (c for c in lasting(thing, kind) if (iri, c.change) not in known)


def _kind(iri: str, facts: Facts) -> str:
    """Concept, term of the ontology, or nothing."""
    kind = next((word for name, word in _KINDS.items() if name in values(facts, TYPE)), "")
    return kind if kind != "term" or iri.startswith(COMITY) else ""


# -- links between statements ----------------------------------------------------------------


def links_changed(old: Side, new: Side) -> Iterator[Change]:
    """Which links between statements came and went; nothing when a side does not have its links.

    Args:
        old: The earlier side.
        new: The later side.
    """
    before, after = links_of(old), links_of(new)
    if before is None or after is None:
        return
    for iri in sorted({*before, *after}):
        one, other = before.get(iri), after.get(iri)
        if one is None or other is None:
            fields = tuple(
                Field(name, values(one, COMITY + name), values(other, COMITY + name))
                for name in _PARTIES
            )
            yield Change("link", "added" if one is None else "removed", iri, fields=fields)
        elif one != other:
            yield from lasting(Thing(iri, one, other), "link")
