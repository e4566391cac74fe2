"""`comity build` and `comity extract`: from texts to records and graphs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from comity.cli.console import err, note
from comity.identifiers import DEFAULT_BASE

SOURCES = Annotated[
    list[Path],
    typer.Argument(help="Files (.txt .md .html .jsonl) and folders.", show_default=False),
]
VOCABULARY = Annotated[
    list[Path] | None,
    typer.Option(
        "--vocabulary", help="Turtle with concepts, labels or actors of your own; repeatable."
    ),
]
MODEL = Annotated[str | None, typer.Option("--model", help="An installed spaCy pipeline, by name.")]
META = Annotated[Path | None, typer.Option("--meta", help="CSV with metadata, one row a file.")]
ENCODING = Annotated[
    str | None, typer.Option("--encoding", help="Character encoding of all files, when known.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(epilog="Example:  comity build speech.txt report.html --out kg")(build)
    app.command(epilog="Example:  comity extract speech.txt > statements.jsonl")(extract)


def build(
    sources: SOURCES,
    out: Annotated[Path, typer.Option("--out", "-o", help="The graph folder to write to.")],
    vocabulary: VOCABULARY = None,
    base_iri: Annotated[str, typer.Option(help="Where data IRIs live.")] = DEFAULT_BASE,
    model: MODEL = None,
    meta: META = None,
    encoding: ENCODING = None,
) -> None:
    """Build a graph: read, extract, link, write RDF, check with SHACL, load the store.

    Inputs that cannot be used are set aside in rejected.jsonl with the reason; all others are
    built, and the exit code is 1.
    """
    from comity.build.graphfolder import GraphFolder
    from comity.build.local import build as run
    from comity.check import explain

    with _Bar() as bar:
        report = run(
            sources,
            GraphFolder(out),
            vocabulary_files=vocabulary or (),
            base_iri=base_iri,
            model=model,
            meta=meta,
            encoding=encoding,
            progress=bar.tell,
        )
    for rejection in report.rejections:
        subject = f"{rejection.source} {rejection.statement or ''}".strip()
        err().print(
            f"[yellow]set aside[/] {escape(f'{subject}: {rejection.reason}')}", soft_wrap=True
        )
    for violation in report.violations:
        if violation.severity == "Violation":
            note(explain(violation))
    warnings = sum(v.severity == "Warning" for v in report.violations)
    note(
        f"{report.documents} documents, {report.statements} statements, {report.quads:,} quads "
        f"in {out}; {len(report.rejections)} set aside, {warnings} warnings (see report.json)"
    )
    raise typer.Exit(report.exit_code)


def extract(
    sources: SOURCES,
    vocabulary: VOCABULARY = None,
    model: MODEL = None,
    meta: META = None,
    encoding: ENCODING = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", help="Write document records to this file.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out statements less sure than this.")
    ] = 0.0,
) -> None:
    """Print statement records (JSON Lines) of some texts, linked to the vocabulary."""
    from comity.extract.english import EnglishExtractor
    from comity.extract.english.parser import DEFAULT_MODEL
    from comity.lexicon import Lexicon
    from comity.link.linker import Linker
    from comity.pipeline import read, statements
    from comity.rdf.vocabulary import load
    from comity.records import document_to_record, dump_lines, statement_to_record

    words = load(vocabulary or ())
    found, rejections = read(sources, words, meta=meta, encoding=encoding)
    if found:
        lexicon = Lexicon(words)
        extractor = EnglishExtractor(lexicon, model or DEFAULT_MODEL)
        linked = statements(found, extractor, Linker(lexicon))
        kept = (s for s in linked if s.confidence >= min_confidence)
        dump_lines((statement_to_record(s) for s in kept), sys.stdout)
    if documents is not None:
        with documents.open("w", encoding="utf-8", newline="\n") as stream:
            dump_lines((document_to_record(d) for d in found), stream)
    for rejection in rejections:
        note(f"set aside {rejection.source}: {rejection.reason}")
    raise typer.Exit((3 if not found else 1) if rejections else 0)


class _Bar:
    """A progress bar on stderr, drawn on terminals only."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=err(),
            transient=True,
            disable=not err().is_terminal,
        )
        self._total: int | None = None
        self._task = self._progress.add_task("reading", total=None)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, step: str, done: int) -> None:
        """Show how many documents a step has done."""
        if step == "read":
            self._total = done
            self._progress.update(self._task, description="extracting", total=done, completed=0)
        elif step == "extract":
            description = "checking" if done == self._total else "extracting"
            self._progress.update(self._task, description=description, completed=done)
        elif step == "check":
            self._progress.update(self._task, description="storing")
