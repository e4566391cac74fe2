"""The route from texts to a checked graph: read → extract → link → correct → RDF → SHACL.

`run` is the whole of it; each step is one call, and what a step sets aside is kept with its
reason, so that bad input never loses good input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from comity.check import Shapes, check_documents, load_shapes, statement_of
from comity.errors import ExtractError, RecordError
from comity.extract import Extractor
from comity.extract.trust import examine
from comity.lexicon import Lexicon
from comity.link.linker import Linked, Linker
from comity.model import Actor, Document, Rejection, Statement, Violation, Vocabulary
from comity.rdf.catalogue import catalogue_triples
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import Triple
from comity.rdf.write import document_triples, statement_triples
from comity.review.apply import Applied, apply
from comity.review.corrections import Corrections
from comity.text.limits import Limits
from comity.text.metadata import Codes
from comity.text.read import read_sources

Progress = Callable[[Literal["read", "extract", "check", "store"], int], None]
"""Called with a step's name and how many documents it has done."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of one document: linked statements, and what was set aside.

    `usable` is false when the extractor could do nothing with the document.
    """

    linked: Linked
    rejections: tuple[Rejection, ...] = ()
    usable: bool = True


Reader = Callable[[Sequence[Document]], Iterator[Reading]]
"""Documents → what was read out of each, in their order."""


@dataclass(frozen=True)
class Tools:
    """What the route works with; `make_tools` gives the usual ones.

    `reader` reads the documents; without one, `extractor` and `linker` do so, here.
    """

    vocabulary: Vocabulary
    extractor: Extractor
    linker: Linker
    namespaces: Namespaces
    shapes: Shapes
    corrections: Corrections = field(default_factory=Corrections)
    reader: Reader | None = None


@dataclass(frozen=True)
class Outcome:
    """What a run found: all of it, in an order that no order of inputs changes.

    `corrections` has name, SHA-256 and number of decisions of each file of corrections; `review`
    counts the decisions that were applied.
    """

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    candidates: Mapping[str, Actor]
    graphs: Mapping[str, Sequence[Triple]]
    violations: tuple[Violation, ...]
    rejections: tuple[Rejection, ...]
    corrections: tuple[tuple[str, str, int], ...] = ()
    review: Mapping[str, int] = field(default_factory=dict)


@dataclass
class _Work:
    """One document on its way."""

    document: Document
    linked: Linked
    kept: dict[str, Statement] = field(default_factory=dict)


def make_tools(
    *,
    vocabulary: Vocabulary,
    extractor: Extractor,
    base_iri: str,
    lexicon: Lexicon,
    shapes: Shapes | None = None,
    corrections: Corrections | None = None,
    reader: Reader | None = None,
    linker: Linker | None = None,
) -> Tools:
    """The usual tools around an extractor."""
    return Tools(
        vocabulary,
        extractor,
        linker or Linker(lexicon),
        Namespaces(base_iri),
        shapes or load_shapes(),
        corrections or Corrections(),
        reader,
    )


def run(
    sources: Sequence[Path | str],
    tools: Tools,
    *,
    meta: Path | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Read, then go the rest of the route; see `Outcome`.

    Args:
        sources: Files and folders.
        tools: What to work with.
        meta: A CSV table with metadata of the files.
        encoding: The character encoding of all files, when it is known.
        limits: Bounds on the input.
        progress: Told how far each step has come.
    """
    documents, rejections = read(
        sources, tools.vocabulary, meta=meta, encoding=encoding, limits=limits
    )
    return route(documents, rejections, tools, progress)


def route(
    documents: Sequence[Document],
    rejections: Iterable[Rejection],
    tools: Tools,
    progress: Progress | None = None,
) -> Outcome:
    """Extract, link, correct, write and check; see `Outcome`.

    Args:
        documents: What `read` gave.
        rejections: What was set aside on the way.
        tools: What to work with.
        progress: Told how far each step has come.
    """
    tell = progress or (lambda step, done: None)
    tell("read", len(documents))
    unread: list[Rejection] = []
    works = list(extract(documents, tools, tell, unread))
    decided = _correct(works, tools)
    unfit = _set_aside_unfit(works, tools)
    violations, refused = _check(works, tools)
    tell("check", len(documents))
    aside = (*rejections, *unread, *decided.rejections, *unfit, *refused)
    return _outcome(works, tools, violations, aside, decided.counts)


def read(
    sources: Sequence[Path | str],
    vocabulary: Vocabulary,
    *,
    meta: Path | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> tuple[list[Document], list[Rejection]]:
    """The documents, in order of their ids, and what was set aside.

    Args:
        sources: Files and folders.
        vocabulary: What types and legal forces a document may have.
        meta: A CSV table with metadata of the files.
        encoding: The character encoding of all files, when it is known.
        limits: Bounds on the input.
    """
    codes = Codes(*(frozenset(vocabulary.scheme(s)) for s in ("document-type", "bindingness")))
    documents: list[Document] = []
    rejections: list[Rejection] = []
    limits = limits or Limits()
    for item in read_sources(sources, meta=meta, encoding=encoding, limits=limits, codes=codes):
        if isinstance(item, Document):
            documents.append(item)
        else:
            rejections.append(item)
    return sorted(documents, key=lambda d: d.id), rejections


def read_out(document: Document, extractor: Extractor, linker: Linker) -> Reading:
    """What is read out of one document.

    Args:
        document: The document.
        extractor: What finds statements in it.
        linker: What links them.

    Raises:
        ComityError: When the extractor cannot go on; a document that it cannot read is not
            `usable` instead.
    """
    try:
        found = examine(extractor, document)
    except ExtractError as error:
        reason = f"{error.message} ({error.hint})" if error.hint else error.message
        rejection = Rejection(document.file or document.id, "extract", "extractor", reason)
        return Reading(Linked(()), (rejection,), usable=False)
    return Reading(linker.link(document, found.statements), found.rejections)


def statements(
    documents: Iterable[Document],
    extractor: Extractor,
    linker: Linker,
    rejections: list[Rejection] | None = None,
) -> Iterator[Statement]:
    """The linked statements of some documents, in the order of documents and text.

    Args:
        documents: The documents.
        extractor: What finds statements in them.
        linker: What links them.
        rejections: Takes up what is set aside on the way.
    """
    for document in documents:
        reading = read_out(document, extractor, linker)
        if rejections is not None:
            rejections += reading.rejections
        yield from reading.linked.statements


def extract(
    documents: Sequence[Document], tools: Tools, tell: Progress, unread: list[Rejection]
) -> Iterator[_Work]:
    """Each document that can be used, with its linked statements; `unread` takes up the rest."""
    here = (read_out(document, tools.extractor, tools.linker) for document in documents)
    readings = tools.reader(documents) if tools.reader is not None else here
    for done, document in enumerate(documents, start=1):
        reading = next(readings)
        unread += reading.rejections
        if reading.usable:
            yield _work(document, reading.linked)
        tell("extract", done)


def _work(document: Document, linked: Linked) -> _Work:
    kept: dict[str, Statement] = {}
    for statement in linked.statements:
        kept.setdefault(statement.id, statement)
    return _Work(document, linked, kept)


def _correct(works: list[_Work], tools: Tools) -> Applied:
    """Lay what people decided over the statements, in place."""
    decided = apply(
        tools.corrections,
        (w.document for w in works),
        {w.document.id: w.linked.statements for w in works},
    )
    for at, work in enumerate(works):
        statements = decided.statements[work.document.id]
        if statements != work.linked.statements:
            named = tools.linker.name(work.document, statements)
            candidates = {**work.linked.candidates, **named.candidates}
            works[at] = _work(work.document, Linked(named.statements, candidates))
    return decided


def _set_aside_unfit(works: Iterable[_Work], tools: Tools) -> list[Rejection]:
    """Statements that repeat an id, misquote, or cannot be written leave, with the reason."""
    rejections = []
    taken: set[str] = set()
    for work in works:
        for identifier in taken & work.kept.keys():
            del work.kept[identifier]
            reason = "a statement of another document has the same id"
            rejections.append(_rejection(work.document, identifier, "duplicate", reason))
        taken |= work.kept.keys()
        for statement in work.linked.statements:
            if work.kept.get(statement.id, statement) is not statement:
                reason = "another statement of this document has the same id"
                rejections.append(_rejection(work.document, statement.id, "duplicate", reason))
        for statement in list(work.kept.values()):
            try:
                if work.document.quote(statement.start, statement.end) != statement.quote:
                    raise RecordError("the quote is not what the text has from start to end")
                if statement.quote_sha256 is not None:
                    raise RecordError("the passage does not have the hash that is told of it")
                statement_triples(statement, work.document, tools.vocabulary, tools.namespaces)
            except RecordError as error:
                del work.kept[statement.id]
                rejections.append(_rejection(work.document, statement.id, "record", str(error)))
    return rejections


def _check(works: list[_Work], tools: Tools) -> tuple[list[Violation], list[Rejection]]:
    """SHACL over every document; statements at fault are set aside."""
    violations = list(
        check_documents(
            ((w.document.id, _ntriples(_graph(w, tools))) for w in works),
            _ntriples(_catalogue(works, tools)),
            tools.shapes,
        )
    )
    reasons: dict[str, str] = {}
    for violation in violations:
        if violation.severity == "Violation":
            for statement in _at_fault(violation, works, tools):
                reasons.setdefault(statement, violation.message)
    rejections = []
    for work in works:
        for statement in list(work.kept):
            if statement in reasons:
                del work.kept[statement]
                rejections.append(_rejection(work.document, statement, "shape", reasons[statement]))
    return violations, rejections


def _at_fault(violation: Violation, works: Iterable[_Work], tools: Tools) -> list[str]:
    """The statements that a violation keeps out: its own, or all that use the node at fault."""
    own = statement_of(violation)
    if own is not None:
        return [own]
    node = f"<{violation.focus}>"
    return [
        statement.id
        for work in works
        for statement in work.kept.values()
        if any(
            node in (s, o)
            for s, _, o in statement_triples(
                statement, work.document, tools.vocabulary, tools.namespaces
            )
        )
    ]


def _graph(work: _Work, tools: Tools) -> list[Triple]:
    return document_triples(work.document, work.kept.values(), tools.vocabulary, tools.namespaces)


def _catalogue(works: Iterable[_Work], tools: Tools) -> list[Triple]:
    works = list(works)
    candidates = {k: a for w in works for k, a in w.linked.candidates.items()}
    return catalogue_triples(
        [s for w in works for s in w.kept.values()],
        [w.document for w in works],
        tools.vocabulary,
        tools.namespaces,
        candidates,
    )


def _outcome(
    works: list[_Work],
    tools: Tools,
    violations: list[Violation],
    rejections: Iterable[Rejection],
    review: Mapping[str, int],
) -> Outcome:
    graphs: dict[str, Sequence[Triple]] = {
        tools.namespaces.document_graph(w.document.id): _graph(w, tools) for w in works
    }
    graphs[tools.namespaces.catalogue] = _catalogue(works, tools)
    statements = [s for w in works for s in w.kept.values()]
    used = {m.id for s in statements for _, m in s.mentions()}
    candidates = {k: a for w in works for k, a in w.linked.candidates.items() if k in used}
    return Outcome(
        tuple(w.document for w in works),
        tuple(statements),
        dict(sorted(candidates.items())),
        dict(sorted(graphs.items())),
        tuple(violations),
        in_order(rejections),
        tools.corrections.files,
        review,
    )


def in_order(rejections: Iterable[Rejection]) -> tuple[Rejection, ...]:
    """What was set aside, in an order that no order of inputs changes."""
    return tuple(sorted(rejections, key=lambda r: (r.stage, r.source, r.code, r.statement or "")))


def _rejection(document: Document, statement: str, code: str, reason: str) -> Rejection:
    return Rejection(document.file or document.id, "check", code, reason, statement)


def _ntriples(triples: Iterable[Triple]) -> str:
    return "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
