"""A build on this machine: run the route and leave a complete version in the graph folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from comity.build.graphfolder import GraphFolder
from comity.build.hiring import Hired, hire
from comity.check import accepted, report_turtle
from comity.errors import InputError, UsageError
from comity.extract import Extractor
from comity.extract.records import RecordsExtractor
from comity.identifiers import DEFAULT_BASE, text_sha256
from comity.lexicon import Lexicon
from comity.lineage import derive_links
from comity.lineage.triples import lineage_graph, link_triples
from comity.link.linker import Linker
from comity.model import Document, Rejection, Violation
from comity.pipeline import Outcome, Progress, Tools, make_tools, read, route, run
from comity.queries import derive
from comity.rdf import turtle
from comity.rdf import vocabulary as vocabularies
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import Triple
from comity.rdf.write import gzip_writer, nquads
from comity.records import document_to_record, dump_lines, statement_to_record
from comity.review.codings import read_codings
from comity.review.corrections import read_corrections
from comity.store import Store
from comity.version import __version__


@dataclass(frozen=True)
class BuildReport:
    """What a build did, in numbers, with everything it set aside.

    `exit_code` is 0 when all is well, 1 when something was set aside or breaks a shape. `silent`
    names the documents in which no statement was found, `extractor` what looked for them.
    """

    documents: int
    statements: int
    quads: int
    rejections: tuple[Rejection, ...]
    violations: tuple[Violation, ...]
    folder: Path
    silent: tuple[str, ...] = ()
    extractor: str = ""

    @property
    def exit_code(self) -> int:
        """0, or 1 when an input or statement was set aside, or a node breaks a shape."""
        return 1 if self.rejections or not accepted(self.violations) else 0


def build(
    sources: Sequence[Path | str],
    folder: GraphFolder,
    *,
    vocabulary_files: Sequence[Path] = (),
    base_iri: str = DEFAULT_BASE,
    model: str | None = None,
    extractor: str | Extractor | None = None,
    options: Mapping[str, str] | None = None,
    meta: Path | None = None,
    encoding: str | None = None,
    corrections: Sequence[Path] = (),
    workers: int = 1,
    progress: Progress | None = None,
) -> BuildReport:
    """Run the route over some sources and make the result the folder's current version.

    Args:
        sources: Files and folders.
        folder: Where to write.
        vocabulary_files: Turtle files with concepts, labels and actors of the user's own.
        base_iri: Where data IRIs live.
        model: Short for the option ``model``: for English, the name of a spaCy pipeline.
        extractor: Name of an installed extractor, or one that was made; English when None.
        options: What to tell the extractor that is named.
        meta: A CSV table with metadata of the files.
        encoding: The character encoding of all files, when it is known.
        corrections: Files of corrections, which are laid over what was extracted.
        workers: How many processes read the texts; the bytes do not depend on it.
        progress: Told how far each step has come.

    Raises:
        LockedError: When another build is writing there.
        NothingReadError: When not one of the sources can be read.
        GraphFolderError: When the disk is full, or the folder cannot be written to.
        ComityError: When vocabulary, model, table or folder cannot be used.
    """
    from comity.build.pool import Pool

    if workers < 1:
        raise UsageError("at least one process must read", where=f"workers={workers}")
    vocabulary = vocabularies.load(vocabulary_files)
    lexicon = Lexicon(vocabulary)
    hired = hire(extractor, lexicon, model=model, options=options)
    tools = make_tools(
        vocabulary=vocabulary,
        extractor=hired.extractor,
        base_iri=base_iri,
        lexicon=lexicon,
        corrections=read_corrections(corrections),
        reader=Pool(workers, tuple(vocabulary_files), hired.recipe()) if workers > 1 else None,
        linker=Linker(lexicon, hired.extractor.name),
    )
    with folder.writing() as version:
        outcome = run(sources, tools, meta=meta, encoding=encoding, progress=progress)
        told = hired.settings()
        return _complete(outcome, tools, folder, version, vocabulary_files, told, progress)


def import_records(
    records: Sequence[Path],
    texts: Sequence[Path | str],
    folder: GraphFolder,
    *,
    vocabulary_files: Sequence[Path] = (),
    base_iri: str = DEFAULT_BASE,
    meta: Path | None = None,
    encoding: str | None = None,
    corrections: Sequence[Path] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """As `build`, with statements that people coded instead of an extractor: nothing is parsed.

    Args:
        records: Files of statement records, tables of codings (``.csv``, ``.tsv``, ``.xlsx``),
            event lists of the Discourse Network Analyzer, or folders of
            ``*.statements.jsonl``, ``*.statements.csv`` and the like.
        texts: The files and folders of the texts that were coded.
        folder: Where to write.
        vocabulary_files: Turtle files with concepts, labels and actors of the user's own.
        base_iri: Where data IRIs live.
        meta: A CSV table with metadata of the files.
        encoding: The character encoding of all texts and tables, when it is known.
        corrections: Files of corrections, which are laid over the codings.
        progress: Told how far each step has come.

    Raises:
        InputError: When the records cannot be read.
        ComityError: As `build` does.
    """
    vocabulary = vocabularies.load(vocabulary_files)
    extractor = RecordsExtractor(records)
    tools = make_tools(
        vocabulary=vocabulary,
        extractor=extractor,
        base_iri=base_iri,
        lexicon=Lexicon(vocabulary),
        corrections=read_corrections(corrections),
    )
    with folder.writing() as version:
        documents, rejections = read(texts, vocabulary, meta=meta, encoding=encoding)
        coded, unread = read_codings(extractor.tables, documents, vocabulary, encoding=encoding)
        extractor.add(coded)
        aside = (*rejections, *extractor.rejections, *extractor.strays(documents), *unread)
        outcome = route(documents, aside, tools, progress)
        told = Hired(extractor).settings()
        return _complete(outcome, tools, folder, version, vocabulary_files, told, progress)


def _complete(
    outcome: Outcome,
    tools: Tools,
    folder: GraphFolder,
    version: Path,
    vocabulary_files: Sequence[Path],
    told: Mapping[str, Any],
    progress: Progress | None,
) -> BuildReport:
    """Write what a run found, with how it was made; refuse when nothing could be read."""
    if not outcome.documents:
        raise NothingReadError(outcome.rejections, kept=folder.built)
    _keep_vocabulary(vocabulary_files, version)
    settings = {
        "base_iri": tools.namespaces.base,
        **told,
        "vocabulary_sha256": tools.vocabulary.sha256,
    }
    return write_version(outcome, tools, version, folder.path, settings, progress)


class NothingReadError(InputError):
    """Not one of the inputs could be read; `rejections` has the reason for each.

    Args:
        rejections: What was set aside.
        kept: Whether the folder holds a graph, which stays as it was.
    """

    TOLD = 20
    """Reasons that the message tells."""

    def __init__(self, rejections: tuple[Rejection, ...], *, kept: bool) -> None:
        reasons = "; ".join(f"{r.source}: {r.reason}" for r in rejections[: self.TOLD])
        more = f"; and {len(rejections) - self.TOLD} more" if rejections[self.TOLD :] else ""
        super().__init__(
            f"none of the inputs could be read{': ' if reasons else ''}{reasons}{more}",
            hint="the graph is unchanged" if kept else "",
        )
        self.rejections = rejections


def _keep_vocabulary(files: Sequence[Path], version: Path) -> None:
    """Copies of the user's vocabulary files, so that the graph can be read without them."""
    if files:
        folder = version / "vocabulary"
        folder.mkdir()
        for number, file in enumerate(sorted(files, key=lambda f: f.read_bytes())):
            (folder / f"{number:02d}.ttl").write_bytes(file.read_bytes())


def write_version(
    outcome: Outcome,
    tools: Tools,
    version: Path,
    folder: Path,
    settings: Mapping[str, Any],
    progress: Progress | None = None,
) -> BuildReport:
    """Write an outcome into a new version folder.

    Args:
        outcome: What the route gave.
        tools: What it worked with.
        version: The folder to write to.
        folder: The graph folder it belongs to, for the report.
        settings: Versions and choices for the manifest; nothing that differs between
            machines.
        progress: Told when the store is loaded.
    """
    _write_records(outcome, version)
    digest, lines = _write_quads(outcome.graphs, version)
    union = sorted({t for triples in outcome.graphs.values() for t in triples})
    _write_turtle(union, version / "graph.ttl", tools)
    store = Store.build(version / "store", version / "graph.nq.gz", tools.namespaces)
    derived = derive(store)
    store.add(derived, derived_graph(tools.namespaces))
    links = derive_links(outcome.statements, outcome.documents, tools.vocabulary)
    lineage = link_triples(links, tools.namespaces)
    store.add(lineage, lineage_graph(tools.namespaces))
    _write_turtle(sorted({*derived, *lineage}), version / "derived.ttl", tools)
    del store
    _write_report(outcome, version, tools)
    counted = {
        "quads": lines,
        "derived": len(derived),
        "links": len(links),
        "lineage": len(lineage),
    }
    _write_manifest(outcome, version, digest, counted, settings)
    if progress is not None:
        progress("store", len(outcome.documents))
    return BuildReport(
        len(outcome.documents),
        len(outcome.statements),
        lines,
        outcome.rejections,
        outcome.violations,
        folder,
        _silent(outcome),
        tools.extractor.name,
    )


def _silent(outcome: Outcome) -> tuple[str, ...]:
    spoken = {s.document for s in outcome.statements}
    return tuple(sorted(d.file or d.id for d in outcome.documents if d.id not in spoken))


def derived_graph(namespaces: Namespaces) -> str:
    """The IRI of the store's named graph of shortcuts, which follow from all the others.

    The dumps leave it out: ``derived.ttl`` has its triples.

    Args:
        namespaces: Where the data lives.
    """
    return namespaces.node("derived")


def _write_records(outcome: Outcome, version: Path) -> None:
    with (version / "documents.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        dump_lines((document_to_record(d) for d in outcome.documents), out)
    with (version / "statements.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        dump_lines((statement_to_record(s) for s in outcome.statements), out)
    with (version / "rejected.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        dump_lines((asdict(r) for r in outcome.rejections), out)
    texts = version / "texts"
    texts.mkdir()
    for document in outcome.documents:
        (texts / f"{document.sha256}.txt").write_bytes(document.text.encode())


def _write_quads(graphs: Mapping[str, Iterable[Triple]], version: Path) -> tuple[str, int]:
    """graph.nq.gz, sorted; returns the SHA-256 of its lines and their number.

    The data hold no blank nodes, so the hash of the sorted N-Quads is that of RDFC-1.0.
    """
    digest = hashlib.sha256()
    count = 0
    merged = sorted(line for graph, triples in graphs.items() for line in nquads(triples, graph))
    with gzip_writer(version / "graph.nq.gz") as out:
        for line in merged:
            data = line.encode()
            digest.update(data)
            out.write(data)
            count += 1
    return digest.hexdigest(), count


def _write_turtle(triples: Iterable[Triple], path: Path, tools: Tools) -> None:
    text = turtle.serialize(triples, tools.namespaces.prefixes())
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_report(outcome: Outcome, version: Path, tools: Tools) -> None:
    """`conforms` is SHACL's: no result at all; `accepted`: no sh:Violation among them."""
    _write_json(
        version / "report.json",
        {
            "conforms": not outcome.violations,
            "accepted": accepted(outcome.violations),
            "results": [asdict(v) for v in outcome.violations],
        },
    )
    (version / "report.ttl").write_text(
        report_turtle(outcome.violations, tools.namespaces.base), encoding="utf-8", newline="\n"
    )


def _write_manifest(
    outcome: Outcome,
    version: Path,
    digest: str,
    counted: Mapping[str, int],
    settings: Mapping[str, Any],
) -> None:
    files = sorted(
        p for p in version.rglob("*") if p.is_file() and "store" not in p.relative_to(version).parts
    )
    _write_json(
        version / "manifest.json",
        {
            "comity": __version__,
            "settings": dict(settings),
            "inputs": [_input(d) for d in outcome.documents],
            "corrections": [
                {"file": name, "sha256": sha256, "decisions": count}
                for name, sha256, count in outcome.corrections
            ],
            "counts": {
                "documents": len(outcome.documents),
                "statements": len(outcome.statements),
                **counted,
                **_reviewed(outcome),
                "rejected": len(outcome.rejections),
                "violations": sum(v.severity == "Violation" for v in outcome.violations),
                "warnings": sum(v.severity == "Warning" for v in outcome.violations),
            },
            "canonical_sha256": digest,
            "files": {
                p.relative_to(version).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
                for p in files
            },
        },
    )


def _reviewed(outcome: Outcome) -> dict[str, int]:
    """How many decisions of people were applied, put in or set aside; none without decisions."""
    told = {"corrections_" + name.replace(" ", "_"): n for name, n in outcome.review.items()}
    return told if any(told.values()) else {}


def _input(document: Document) -> dict[str, str | None]:
    assert document.sha256 == text_sha256(document.text)
    return {"file": document.file, "sha256": document.sha256, "document": document.id}


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
