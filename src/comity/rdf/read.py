"""Triples → records: the way back from RDF to documents and statements.

What a document graph and the catalogue hold is read without the vocabulary: codes come from
skos:notation, names of events and extractors from the catalogue. A document's text and file
are not in RDF and come back empty.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import unquote

from comity.errors import InputError, RecordError
from comity.model import UNSPECIFIED, Document, Mention, Statement
from comity.rdf.namespaces import (
    COMITY,
    DCTERMS,
    MEASURE,
    OA,
    PROV,
    RDFS,
    ROOT,
    SKOS,
    Namespaces,
)
from comity.rdf.terms import RDF_TYPE, Triple, from_text

if TYPE_CHECKING:
    import pyoxigraph


@dataclass(frozen=True, slots=True)
class Records:
    """What a graph holds, each sequence in the order of ids."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]


def read_triples(triples: Iterable[Triple], namespaces: Namespaces) -> Records:
    """The records that the triples of document graphs and the catalogue stand for.

    Args:
        triples: Terms in N-Triples text, in any order.
        namespaces: The namespaces that the triples were written with.

    Raises:
        RecordError: if a node lacks what a record needs; `where` is its IRI.
    """
    graph = _Graph(triples, namespaces)
    return Records(
        tuple(sorted(map(graph.document, graph.all("Document")), key=lambda each: each.id)),
        tuple(sorted(map(graph.statement, graph.all("Statement")), key=lambda each: each.id)),
    )


def read_quads(quads: Iterable[pyoxigraph.Quad], namespaces: Namespaces) -> Records:
    """The records that the engine's quads stand for, such as a Dataset or a parser gives.

    Raises:
        RecordError: as `read_triples` does.
    """
    triples = ((str(q.subject), str(q.predicate), str(q.object)) for q in quads)
    return read_triples(triples, namespaces)


def read_nquads(text: str, namespaces: Namespaces) -> Records:
    """The records that N-Quads text stands for.

    Raises:
        InputError: if the text is no N-Quads.
        RecordError: as `read_triples` does.
    """
    from pyoxigraph import RdfFormat, parse

    try:
        return read_quads(parse(text.encode(), format=RdfFormat.N_QUADS), namespaces)
    except SyntaxError as error:
        raise InputError(
            f"this is no N-Quads: {error.msg}", where=f"line {error.lineno or 1}"
        ) from error


def read_file(path: Path, namespaces: Namespaces) -> Records:
    """The records of a dump: ``.nq``, ``.nt``, ``.ttl`` or ``.trig``, each also with ``.gz``.

    Raises:
        InputError: if the file cannot be read, or is not what its name says.
        RecordError: as `read_triples` does.
    """
    from pyoxigraph import RdfFormat, parse

    name = path.name.removesuffix(".gz")
    kind = RdfFormat.from_extension(name.rpartition(".")[2])
    if kind is None:
        raise InputError(
            "this is no RDF file by its name", where=str(path), hint="use .nq, .nt, .ttl or .trig"
        )
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as source:
            return read_quads(parse(cast(IO[bytes], source), format=kind), namespaces)
    except SyntaxError as error:
        raise InputError(
            f"this cannot be parsed: {error.msg}", where=f"{path}, line {error.lineno or 1}"
        ) from error
    except (OSError, EOFError) as error:
        raise InputError(f"the file cannot be read: {error}", where=str(path)) from error


class _Graph:
    """Triples by subject and predicate."""

    def __init__(self, triples: Iterable[Triple], namespaces: Namespaces) -> None:
        self._namespaces = namespaces
        self._nodes: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value in triples:
            self._nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def all(self, kind: str) -> Iterator[str]:
        """The nodes of a class of Comity."""
        wanted = f"<{COMITY}{kind}>"
        return (node for node, facts in self._nodes.items() if wanted in facts.get(RDF_TYPE, []))

    def document(self, node: str) -> Document:
        return Document(
            id=self._id(node),
            sha256=self._needed(node, COMITY + "textSha256"),
            text="",
            title=self._text(node, DCTERMS + "title"),
            type=self._code(node, COMITY + "documentType", "document-type"),
            bindingness=self._code(node, COMITY + "bindingness", "bindingness"),
            publisher=self._text(node, COMITY + "publisherName"),
            date=self._text(node, DCTERMS + "issued"),
            language=self._text(node, DCTERMS + "language"),
            url=self._text(node, COMITY + "sourceUrl"),
            event=self._event(node),
            place=self._text(node, COMITY + "place"),
            license=self._text(node, COMITY + "licenseText"),
        )

    def statement(self, node: str) -> Statement:
        mentions = self._mentions(node)
        speakers = mentions.get("speaker", [])
        evidence = self._needed_node(node, COMITY + "evidence")
        sha256 = self._text(evidence, COMITY + "passageSha256")
        position = self._selector(evidence, "TextPositionSelector")
        kind, direction, areas = self._measures(node)
        return Statement(
            id=self._id(node),
            document=self._id(self._needed_node(node, COMITY + "statedIn")),
            start=int(self._needed(position, OA + "start")),
            end=int(self._needed(position, OA + "end")),
            quote=self._quote(evidence, sha256),
            actors=tuple(mentions.get("actor", ())),
            speaker=speakers[0] if speakers else None,
            action=self._text(node, COMITY + "action") or "",
            action_text=self._text(node, COMITY + "actionText") or "",
            object=self._text(node, COMITY + "objectText") or "",
            measure_type=kind,
            direction=direction,
            areas=areas,
            modality=self._needed_code(node, COMITY + "modality", "modality"),
            negated=self._needed(node, COMITY + "negated") in ("true", "1"),
            counterparts=tuple(mentions.get("counterpart", ())),
            beneficiaries=tuple(mentions.get("beneficiary", ())),
            constrained=tuple(mentions.get("constrained", ())),
            principles=self._texts(node, COMITY + "principle"),
            conditions=self._texts(node, COMITY + "condition"),
            deadline=self._text(node, COMITY + "deadline"),
            effective_from=self._text(node, COMITY + "effectiveFrom"),
            effective_to=self._text(node, COMITY + "effectiveTo"),
            date=self._text(node, COMITY + "statedOn"),
            event=self._event(node),
            place=self._text(node, COMITY + "place"),
            confidence=float(self._needed(node, COMITY + "confidence")),
            extractor=self._extractor(node),
            review=self._needed_code(node, COMITY + "reviewStatus", "review-status"),
            quote_sha256=sha256,
        )

    def _mentions(self, node: str) -> dict[str, list[Mention]]:
        """The mentions of a statement by role, in the order of the record."""
        principal = self._node(node, COMITY + "onBehalfOf")
        found: dict[str, list[Mention]] = {}
        for mention in sorted(self._values(node, COMITY + "mention"), key=_index):
            role = self._needed(mention, COMITY + "role")
            actor = self._node(mention, COMITY + "mentionedActor")
            start, end = (self._text(mention, COMITY + name) for name in ("start", "end"))
            behalf = principal if role == "speaker" else None
            found.setdefault(role, []).append(
                Mention(
                    text=self._needed(mention, COMITY + "mentionText"),
                    id=self._id(actor) if actor else None,
                    start=int(start) if start else None,
                    end=int(end) if end else None,
                    on_behalf_of=self._id(behalf) if behalf else None,
                )
            )
        return found

    def _quote(self, evidence: str, sha256: str | None) -> str:
        """The words of a passage: empty where there is only their hash."""
        if sha256 is not None and len(self._values(evidence, OA + "hasSelector")) < 2:
            return ""
        return self._needed(self._selector(evidence, "TextQuoteSelector"), OA + "exact")

    def _selector(self, evidence: str, kind: str) -> str:
        """The position or the quotation by which evidence selects its passage."""
        for selector in self._values(evidence, OA + "hasSelector"):
            if f"<{OA}{kind}>" in self._values(selector, RDF_TYPE[1:-1]):
                return selector
        raise RecordError(f"the evidence has no oa:{kind}", where=evidence[1:-1])

    def _measures(self, node: str) -> tuple[str, str, tuple[str, ...]]:
        """Type, direction and areas of the measures of a statement."""
        kinds, directions, areas = set(), set(), set()
        for measure in self._values(node, COMITY + "measure"):
            kind, direction, area = self._measure(measure)
            kinds.add(kind)
            directions.add(direction)
            areas.update([area] if area else [])
        if len(kinds) != 1 or len(directions) != 1:
            raise RecordError(
                "a statement has measures of one type and direction", where=node[1:-1]
            )
        return kinds.pop(), directions.pop(), tuple(sorted(areas))

    def _measure(self, node: str) -> tuple[str, str, str | None]:
        kind = self._code(node, COMITY + "measureType", "measure-type")
        if kind:
            direction = self._code(node, COMITY + "direction", "direction")
            return kind, direction or UNSPECIFIED, self._code(node, COMITY + "targetArea", "area")
        parts = node[1:-1].removeprefix(MEASURE).split(".")
        if not node.startswith(f"<{MEASURE}") or len(parts) not in (2, 3):
            raise RecordError("this is no measure", where=node[1:-1])
        return parts[0], parts[1], parts[2] if len(parts) == 3 else None

    def _event(self, node: str) -> str | None:
        event = self._node(node, COMITY + "statedAt")
        return (self._text(event, RDFS + "label") or self._id(event)) if event else None

    def _extractor(self, node: str) -> str:
        activity = self._node(node, PROV + "wasGeneratedBy")
        return self._needed(activity, DCTERMS + "identifier") if activity else ""

    def _id(self, node: str) -> str:
        given = self._text(node, DCTERMS + "identifier")
        return given or self._namespaces.local(node[1:-1])

    def _code(self, node: str, predicate: str, scheme: str) -> str | None:
        concept = self._node(node, predicate)
        if concept is None:
            return None
        notation = self._text(concept, SKOS + "notation")
        if notation:
            return notation
        if not concept.startswith(f"<{ROOT}{scheme}/"):
            raise RecordError(
                f"this concept of {scheme} has no skos:notation",
                where=concept[1:-1],
                hint="read the catalogue graph as well",
            )
        return unquote(concept[len(ROOT) + len(scheme) + 2 : -1])

    def _needed_code(self, node: str, predicate: str, scheme: str) -> str:
        code = self._code(node, predicate, scheme)
        if code is None:
            raise RecordError(f"this has no {scheme}", where=node[1:-1])
        return code

    def _values(self, node: str, predicate: str) -> list[str]:
        return self._nodes.get(node, {}).get(f"<{predicate}>", [])

    def _texts(self, node: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted({from_text(v).value for v in self._values(node, predicate)}))

    def _text(self, node: str, predicate: str) -> str | None:
        values = self._texts(node, predicate)
        if len(values) > 1:
            raise RecordError(f"this has more than one {predicate}", where=node[1:-1])
        return values[0] if values else None

    def _needed(self, node: str, predicate: str) -> str:
        text = self._text(node, predicate)
        if text is None:
            raise RecordError(
                f"this has no {predicate}",
                where=node[1:-1],
                hint="read every graph of the dump, the catalogue with it",
            )
        return text

    def _node(self, node: str, predicate: str) -> str | None:
        values = sorted(set(self._values(node, predicate)))
        if len(values) > 1:
            raise RecordError(f"this has more than one {predicate}", where=node[1:-1])
        return values[0] if values else None

    def _needed_node(self, node: str, predicate: str) -> str:
        value = self._node(node, predicate)
        if value is None:
            raise RecordError(f"this has no {predicate}", where=node[1:-1])
        return value


def _index(mention: str) -> tuple[int, str]:
    """The place of a mention among those of its statement."""
    digits = mention[1:-1].rpartition("-")[2]
    return (int(digits) if digits.isascii() and digits.isdigit() else 0, mention)
