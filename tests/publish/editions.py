"""Editions of the small graph: documents and statements that are changed and published again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests import small_graph

from comity.identifiers import document_id, statement_id, text_sha256
from comity.lineage import Link, derive_links
from comity.lineage.triples import link_triples
from comity.model import Document, Mention, Statement, Vocabulary
from comity.publish.content import Content
from comity.publish.prepare import prepare
from comity.publish.release import make_release
from comity.publish.sides import Side
from comity.rdf import turtle
from comity.rdf.catalogue import catalogue_triples
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import Triple
from comity.rdf.write import document_triples, gzip_writer, nquads

SPACES = Namespaces()


@dataclass(frozen=True)
class Edition:
    """What a build would find; each method gives another edition."""

    texts: tuple[Document, ...] = field(default_factory=small_graph.documents)
    found: tuple[Statement, ...] = field(default_factory=small_graph.statements)
    vocabulary: Vocabulary = field(default_factory=small_graph.vocabulary)
    namespaces: Namespaces = SPACES

    def statement(self, quote: str) -> Statement:
        """The statement whose passage begins so."""
        (one,) = (each for each in self.found if each.quote.startswith(quote))
        return one

    def document(self, file: str) -> Document:
        """The document that was read from a file."""
        (one,) = (each for each in self.texts if each.file == file)
        return one

    def iri(self, quote: str) -> str:
        """The IRI of the statement whose passage begins so."""
        return self.namespaces.node(self.statement(quote).id)

    def home(self, file: str) -> str:
        """The IRI of the document that was read from a file."""
        return self.namespaces.node(self.document(file).id)

    def coded(self, quote: str, **fields: Any) -> Edition:
        """With other fields of one statement."""
        old = self.statement(quote)
        now = tuple(replace(each, **fields) if each is old else each for each in self.found)
        return replace(self, found=now)

    def without(self, quote: str) -> Edition:
        """Without one statement."""
        old = self.statement(quote)
        return replace(self, found=tuple(each for each in self.found if each is not old))

    def without_document(self, file: str) -> Edition:
        """Without one document and its statements."""
        gone = self.document(file)
        texts = tuple(each for each in self.texts if each is not gone)
        found = tuple(each for each in self.found if each.document != gone.id)
        return replace(self, texts=texts, found=found)

    def described(self, file: str, **fields: Any) -> Edition:
        """With other metadata of one document."""
        old = self.document(file)
        texts = tuple(replace(each, **fields) if each is old else each for each in self.texts)
        return replace(self, texts=texts)

    def retold(self, file: str, put_before: str = "Corrected. ") -> Edition:
        """With some words before the text of one document, whose statements are read again."""
        old = self.document(file)
        text = put_before + old.text
        sha256 = text_sha256(text)
        new = replace(old, id=document_id(sha256), sha256=sha256, text=text)
        shift = len(put_before)
        found = tuple(
            _moved(each, new.id, shift) if each.document == old.id else each for each in self.found
        )
        return replace(
            self, texts=tuple(new if each is old else each for each in self.texts), found=found
        )

    def mentioning(self, change: Callable[[Mention], Mention]) -> Edition:
        """With every mention put through a function."""
        return replace(self, found=tuple(_with_mentions(each, change) for each in self.found))

    def lines(self) -> list[bytes]:
        """The sorted lines of its N-Quads."""
        lines: set[str] = set()
        for document in self.texts:
            own = [each for each in self.found if each.document == document.id]
            triples = document_triples(document, own, self.vocabulary, self.namespaces)
            lines.update(nquads(triples, self.namespaces.document_graph(document.id)))
        lines.update(nquads(self.catalogue(), self.namespaces.catalogue))
        return sorted(line.encode() for line in lines)

    def catalogue(self) -> list[Triple]:
        """The triples of its catalogue graph."""
        return catalogue_triples(self.found, self.texts, self.vocabulary, self.namespaces)

    def links(self) -> tuple[Link, ...]:
        """Its links between statements."""
        return derive_links(self.found, self.texts, self.vocabulary)

    def side(self, name: str = "edition", **more: Any) -> Side:
        """It as one side of a comparison."""
        lines = self.lines()
        links = link_triples(self.links(), self.namespaces)
        known = {"links": lambda: iter(links), **more}
        return Side(name, self.namespaces.base, lambda: iter(lines), **known)

    def release(self, label: str, room: Path, quotes: str = "full") -> Content:
        """It as the content of a release: what was rejected is left out."""
        version = room / f"graph-{label}"
        version.mkdir(parents=True)
        with gzip_writer(version / "graph.nq.gz") as out:
            out.writelines(self.lines())
        derived = turtle.serialize(
            link_triples(self.links(), self.namespaces), self.namespaces.prefixes()
        )
        (version / "derived.ttl").write_text(derived, encoding="utf-8")
        release = make_release(label, self.namespaces, quotes=quotes)
        place = room / f"room-{label}"
        place.mkdir()
        return prepare(Built(self, version), release, place)


def _moved(statement: Statement, document: str, shift: int) -> Statement:
    start, end = statement.start + shift, statement.end + shift
    moved = _with_mentions(
        statement,
        lambda m: (
            m
            if m.start is None or m.end is None
            else replace(m, start=m.start + shift, end=m.end + shift)
        ),
    )
    identifier = statement_id(document, start, end, 0)
    return replace(moved, id=identifier, document=document, start=start, end=end)


def _with_mentions(statement: Statement, change: Callable[[Mention], Mention]) -> Statement:
    several = {
        name: tuple(map(change, getattr(statement, name)))
        for name in ("actors", "counterparts", "beneficiaries", "constrained")
    }
    speaker = change(statement.speaker) if statement.speaker else None
    return replace(statement, **several, speaker=speaker)


@dataclass(frozen=True)
class Built:
    """An edition as a built graph."""

    edition: Edition
    version: Path

    @property
    def manifest(self) -> Mapping[str, Any]:
        """It is not asked for."""
        raise NotImplementedError

    @property
    def namespaces(self) -> Namespaces:
        """Where the data live."""
        return self.edition.namespaces

    @property
    def vocabulary(self) -> Vocabulary:
        """Its vocabulary."""
        return self.edition.vocabulary

    def records(self) -> Iterator[Statement]:
        """Its statements."""
        return iter(self.edition.found)

    def documents(self) -> Iterator[Document]:
        """Its documents."""
        return iter(self.edition.texts)

    def lineage(self) -> tuple[Link, ...]:
        """Its links."""
        return self.edition.links()


def released(content: Content, folder: Path) -> Path:
    """A release folder with what a comparison needs of it."""
    import json

    label = content.release.label
    folder.mkdir(parents=True)
    dump = folder / f"comity-{label}.nq.gz"
    with gzip_writer(dump) as out:
        out.writelines(content.lines())
    links = turtle.serialize(
        link_triples(content.links, content.namespaces), content.namespaces.prefixes()
    )
    (folder / "lineage.ttl").write_text(links, encoding="utf-8")
    about = {
        "label": label,
        "issued": content.release.issued,
        "base": content.namespaces.base,
        "canonical_sha256": content.canonical_sha256(),
        "quotes": content.release.quotes,
        "files": {dump.name: {"bytes": dump.stat().st_size}},
    }
    (folder / "release.json").write_text(json.dumps(about), encoding="utf-8")
    return folder
