"""A build on this machine: run the route and leave a complete version in the graph folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import comity
from comity.build.graphfolder import GraphFolder
from comity.check import report_turtle
from comity.identifiers import text_sha256
from comity.model import Document, Rejection, Violation
from comity.pipeline import Outcome, Progress, Tools
from comity.queries import derive
from comity.rdf import turtle
from comity.rdf.terms import Triple
from comity.rdf.write import gzip_writer, nquads
from comity.records import document_to_record, dump_lines, statement_to_record
from comity.store import Store


@dataclass(frozen=True)
class BuildReport:
    """What a build did, in numbers, with everything it set aside.

    `exit_code` is 0 when all is well, 1 when something was set aside.
    """

    documents: int
    statements: int
    triples: int
    rejections: tuple[Rejection, ...]
    violations: tuple[Violation, ...]
    folder: Path

    @property
    def exit_code(self) -> int:
        """0, or 1 when an input or statement was set aside."""
        return 1 if self.rejections else 0


def write_version(
    outcome: Outcome,
    tools: Tools,
    folder: GraphFolder,
    *,
    settings: Mapping[str, Any],
    progress: Progress | None = None,
) -> BuildReport:
    """Write an outcome as the new current version of a graph folder.

    Args:
        outcome: What the route gave.
        tools: What it worked with.
        folder: Where to write.
        settings: Versions and choices for the manifest; nothing that differs between
            machines.
        progress: Told when the store is loaded.

    Raises:
        LockedError: When another build is writing there.
        GraphFolderError: When the folder cannot be used.
    """
    with folder.writing() as version:
        _write_records(outcome, version)
        digest, lines = _write_quads(outcome.graphs, version)
        union = sorted({t for triples in outcome.graphs.values() for t in triples})
        _write_turtle(union, version / "graph.ttl", tools)
        store = Store.build(version / "store", version / "graph.nq.gz")
        derived = derive(store)
        _write_turtle(derived, version / "derived.ttl", tools)
        _write_report(outcome, version)
        _write_manifest(outcome, version, digest, lines, settings)
        if progress is not None:
            progress("store", len(outcome.documents))
    return BuildReport(
        len(outcome.documents),
        len(outcome.statements),
        lines,
        outcome.rejections,
        outcome.violations,
        folder.path,
    )


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


def _write_report(outcome: Outcome, version: Path) -> None:
    _write_json(
        version / "report.json",
        {
            "conforms": not any(v.severity == "Violation" for v in outcome.violations),
            "results": [asdict(v) for v in outcome.violations],
        },
    )
    (version / "report.ttl").write_text(
        report_turtle(list(outcome.violations)), encoding="utf-8", newline="\n"
    )


def _write_manifest(
    outcome: Outcome, version: Path, digest: str, lines: int, settings: Mapping[str, Any]
) -> None:
    files = sorted(
        p for p in version.rglob("*") if p.is_file() and "store" not in p.relative_to(version).parts
    )
    _write_json(
        version / "manifest.json",
        {
            "comity": comity.__version__,
            "settings": dict(settings),
            "inputs": [_input(d) for d in outcome.documents],
            "counts": {
                "documents": len(outcome.documents),
                "statements": len(outcome.statements),
                "quads": lines,
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


def _input(document: Document) -> dict[str, str | None]:
    assert document.sha256 == text_sha256(document.text)
    return {"file": document.file, "sha256": document.sha256, "document": document.id}


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
