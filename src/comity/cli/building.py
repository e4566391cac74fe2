"""`comity build`, `import` and `extract`: from texts and codings to records and graphs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.markup import escape

from comity.cli.console import err, note
from comity.cli.progress import Bar
from comity.errors import InputError, UsageError
from comity.identifiers import DEFAULT_BASE

if TYPE_CHECKING:
    from comity.build.local import BuildReport
    from comity.model import Document, Rejection
    from comity.pipeline import Progress

SOURCES = Annotated[
    list[Path],
    typer.Argument(
        help="Files (.txt .md .html .jsonl) and folders.", show_default=False, readable=False
    ),
]
OUT = Annotated[
    Path, typer.Option("--out", "-o", help="The graph folder to write to.", readable=False)
]
BASE_IRI = Annotated[str, typer.Option(help="Where data IRIs live.")]
VOCABULARY = Annotated[
    list[Path] | None,
    typer.Option(
        "--vocabulary",
        help="Turtle with concepts, labels or actors of your own; repeatable.",
        readable=False,
    ),
]
MODEL = Annotated[
    str | None,
    typer.Option("--model", help="For English, an installed spaCy pipeline, by name."),
]
EXTRACTOR = Annotated[
    str | None,
    typer.Option(
        "--extractor", help="What finds statements; `comity doctor` lists the extractors."
    ),
]
EXTRACTOR_OPTIONS = Annotated[
    list[str] | None,
    typer.Option("--extractor-option", metavar="NAME=VALUE", help="What to tell it; repeatable."),
]
META = Annotated[
    Path | None,
    typer.Option("--meta", help="CSV with metadata, one row a file.", readable=False),
]
ENCODING = Annotated[
    str | None, typer.Option("--encoding", help="Character encoding of all files, when known.")
]
CORRECTIONS = Annotated[
    list[Path] | None,
    typer.Option(
        "--corrections",
        help="Decisions of people, as `comity review` writes them; repeatable.",
        readable=False,
    ),
]

WORKERS = Annotated[
    int,
    typer.Option("--workers", min=1, help="Processes that read; the result does not depend on it."),
]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity build speech.txt report.html --out kg   "
        "comity build texts --extractor memoranda --extractor-option verb=signed --out kg"
    )(build)
    app.command(
        "import",
        epilog="Examples:  comity import codings/ --out kg   "
        "comity import codings.xlsx --texts texts/ --out kg",
    )(import_)
    app.command(
        epilog="Examples:  comity extract speech.txt > statements.jsonl   "
        "comity extract speech.txt --format csv > codings.csv"
    )(extract)


def build(
    sources: SOURCES,
    out: OUT,
    vocabulary: VOCABULARY = None,
    base_iri: BASE_IRI = DEFAULT_BASE,
    extractor: EXTRACTOR = None,
    extractor_option: EXTRACTOR_OPTIONS = None,
    model: MODEL = None,
    meta: META = None,
    encoding: ENCODING = None,
    corrections: CORRECTIONS = None,
    workers: WORKERS = 1,
) -> None:
    """Build a graph: read, extract, link, write RDF, check with SHACL, load the store.

    Inputs that cannot be used are set aside in rejected.jsonl with the reason; all others are
    built, and the exit code is 1.
    """
    from comity.build.graphfolder import GraphFolder
    from comity.build.local import build as run
    from comity.extract.options import Options

    with _telling() as tell:
        report = run(
            sources,
            GraphFolder(out),
            vocabulary_files=vocabulary or (),
            base_iri=base_iri,
            model=model,
            extractor=extractor,
            options=Options.parse(extractor_option or ()),
            meta=meta,
            encoding=encoding,
            corrections=corrections or (),
            workers=workers,
            progress=tell,
        )
    _tell(report, out, base_iri)


def import_(
    records: Annotated[
        list[Path],
        typer.Argument(
            help="Statement records (.jsonl), tables of codings (.csv .tsv .xlsx), or folders "
            "with texts and *.statements.jsonl or .csv.",
            show_default=False,
            readable=False,
        ),
    ],
    out: OUT,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            "--texts",
            help="The coded texts, files or folders; repeatable. Default: the folders given.",
            readable=False,
        ),
    ] = None,
    vocabulary: VOCABULARY = None,
    base_iri: BASE_IRI = DEFAULT_BASE,
    meta: META = None,
    encoding: ENCODING = None,
    corrections: CORRECTIONS = None,
) -> None:
    """Build a graph from codings made by hand or elsewhere; nothing is extracted.

    Records are those of `comity schema statement`. Tables (CSV, TSV, XLSX) have one row a
    statement and columns named as the fields of a record, as `comity export --format csv`
    writes them; the event list of the Discourse Network Analyzer is one too. What codings say
    is kept; mentions without an id are linked to the vocabulary. A record or row that cannot be
    used, or whose text is missing or was changed, is set aside with the reason.
    """
    from comity.build.graphfolder import GraphFolder
    from comity.build.local import import_records

    sources = texts or [path for path in records if path.is_dir()]
    if not sources:
        raise UsageError("where are the texts that were coded?", hint="name them with --texts")
    with _telling() as tell:
        report = import_records(
            records,
            sources,
            GraphFolder(out),
            vocabulary_files=vocabulary or (),
            base_iri=base_iri,
            meta=meta,
            encoding=encoding,
            corrections=corrections or (),
            progress=tell,
        )
    _tell(report, out, base_iri)


@contextmanager
def _telling() -> Iterator[Progress]:
    """A bar on a terminal; when nothing can be read, the reasons, one a line."""
    from comity.build.local import NothingReadError

    try:
        with Bar() as bar:
            yield bar.tell
    except NothingReadError as error:
        set_aside(error.rejections, error.TOLD)
        raise InputError("none of the inputs could be read", hint=error.hint) from error


def _tell(report: BuildReport, out: Path, base_iri: str) -> NoReturn:
    """Tell what a build did, and end with its exit code."""
    from comity.check import explain

    set_aside(report.rejections)
    for violation in report.violations:
        if violation.severity == "Violation":
            note(explain(violation, base_iri))
    _silent(report.silent, english=report.extractor.startswith("english/"))
    warnings = sum(v.severity == "Warning" for v in report.violations)
    note(
        f"{report.documents} documents, {report.statements} statements, {report.quads:,} quads "
        f"in {out}; {len(report.rejections)} set aside, {warnings} warnings (see report.json)"
    )
    raise typer.Exit(report.exit_code)


def extract(
    sources: SOURCES,
    vocabulary: VOCABULARY = None,
    extractor: EXTRACTOR = None,
    extractor_option: EXTRACTOR_OPTIONS = None,
    model: MODEL = None,
    meta: META = None,
    encoding: ENCODING = None,
    documents: Annotated[
        Path | None,
        typer.Option("--documents", help="Write document records to this file.", readable=False),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out statements less sure than this.")
    ] = 0.0,
    form: Annotated[
        str, typer.Option("--format", "-f", help="jsonl, csv (for spreadsheets) or dna.")
    ] = "jsonl",
) -> None:
    """Print statement records (JSON Lines) of some texts, linked to the vocabulary.

    --format csv prints a table that can be corrected in a spreadsheet and taken back by
    `comity import`; --format dna the event list of the Discourse Network Analyzer.
    """
    from comity.build.hiring import hire
    from comity.cli.exporting import check_format, write
    from comity.extract.options import Options
    from comity.lexicon import Lexicon
    from comity.link.linker import Linker
    from comity.pipeline import read, statements
    from comity.rdf.vocabulary import load

    check_format(form)
    options = Options.parse(extractor_option or ())
    words = load(vocabulary or ())
    lexicon = Lexicon(words)
    worker = hire(extractor, lexicon, model=model, options=options).extractor
    found, rejections = read(sources, words, meta=meta, encoding=encoding)
    if documents is not None:
        _write_documents(found, documents)
    if found:
        linked = statements(found, worker, Linker(lexicon, worker.name), rejections)
        kept = (s for s in linked if s.confidence >= min_confidence)
        write(kept, found, words, form, sys.stdout)
    set_aside(rejections)
    unusable = sum((r.stage, r.code) == ("extract", "extractor") for r in rejections)
    raise typer.Exit((3 if unusable == len(found) else 1) if rejections else 0)


def _write_documents(found: Sequence[Document], path: Path) -> None:
    from comity.records import document_to_record, dump_lines

    try:
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            dump_lines((document_to_record(d) for d in found), stream)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _silent(documents: Sequence[str], most: int = 5, *, english: bool) -> None:
    """Tell in which documents nothing was found: the first `most`, and the number of the rest."""
    if documents:
        more = f" and {len(documents) - most} more" if len(documents) > most else ""
        why = "; only texts in English are read for statements" if english else ""
        note(f"no statement found in {', '.join(documents[:most])}{more}{why}")


def set_aside(rejections: Sequence[Rejection], most: int | None = None) -> None:
    """Tell what was set aside, and why: all of it, or the first `most`."""
    for rejection in rejections[:most]:
        subject = f"{rejection.source} {rejection.statement or ''}".strip()
        err().print(
            f"[yellow]set aside[/] {escape(f'{subject}: {rejection.reason}')}", soft_wrap=True
        )
    if most is not None and len(rejections) > most:
        note(f"and {len(rejections) - most} more")
