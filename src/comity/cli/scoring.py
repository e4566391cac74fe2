"""`comity evaluate`: how far statements agree with codings made by hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from comity.cli.building import EXTRACTOR, EXTRACTOR_OPTIONS, MODEL, VOCABULARY, set_aside
from comity.cli.console import JSON, note, out
from comity.errors import InputError, RecordError, UsageError

if TYPE_CHECKING:
    from comity.calibration import Calibration
    from comity.evaluate import Evaluation, Fault
    from comity.model import Document, Rejection, Statement, Vocabulary

SHOWN = (
    "joint",
    "detection",
    "object",
    "actor",
    "modality",
    "speaker",
    "areas",
    "measure_type",
    "direction",
    "negated",
    "counterparts",
    "beneficiaries",
    "constrained",
    "deadline",
    "effective_from",
    "effective_to",
    "date",
    "event",
    "place",
    "principles",
    "conditions",
)
GOLD = Annotated[
    Path,
    typer.Argument(
        help="A folder of texts, each with NAME.statements.jsonl beside it.", readable=False
    ),
]
PREDICTED = Annotated[
    Path | None,
    typer.Argument(
        help="Records to score, or a graph folder; the extractor's when left out.", readable=False
    ),
]
OTHERS = Annotated[
    list[Path] | None, typer.Argument(help="Further coders, with --agreement.", readable=False)
]
AGREEMENT = Annotated[
    bool, typer.Option("--agreement", help="Compare coders: Krippendorff's alpha, F1.")
]

CONFIDENCE = Annotated[
    bool, typer.Option("--confidence", help="How often statements of a confidence are right.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity evaluate gold/   "
        "comity evaluate gold/ statements.jsonl --errors   "
        "comity evaluate gold/ --confidence   "
        "comity evaluate gold/ --extractor memoranda   "
        "comity evaluate anna/ ben/ --agreement"
    )(evaluate)


def evaluate(
    gold: GOLD,
    predicted: PREDICTED = None,
    others: OTHERS = None,
    agreement: AGREEMENT = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every disagreement.")] = False,
    genres: Annotated[bool, typer.Option("--genres", help="Joint F1 by genre as well.")] = False,
    confidence: CONFIDENCE = False,
    as_json: JSON = False,
    vocabulary: VOCABULARY = None,
    extractor: EXTRACTOR = None,
    extractor_option: EXTRACTOR_OPTIONS = None,
    model: MODEL = None,
) -> None:
    """Score statements against codings made by hand.

    Prints precision, recall and F1 of every field, with a 95% interval of F1 by resampling
    documents. A statement counts as found when action and passage agree; joint F1 asks for
    action, object, actors and modality together.

    --confidence adds a reliability table (how often statements of a confidence are right in all
    four), the expected calibration error, and what --min-confidence of other commands keeps.

    --agreement takes the codings of two people or more (folders of coded texts, graphs, records,
    tables) as equals: Krippendorff's alpha of passages, codes, actors and areas, and F1.
    """
    from comity.calibration import calibrate
    from comity.cli.agreeing import tell_agreement
    from comity.cli.calibrating import tell_calibration
    from comity.evaluate import evaluate as score
    from comity.rdf.vocabulary import load

    words = load(vocabulary or ())
    if agreement:
        paths = [gold, *([predicted] if predicted is not None else []), *(others or [])]
        tell_agreement(paths, words, as_json=as_json)
        return
    if others:
        raise UsageError("only --agreement compares more than two codings")
    documents, coded = _gold(gold, words)
    if predicted is None:
        found = _extracted(documents, words, extractor, extractor_option or (), model)
    else:
        found = list(_records(_record_file(predicted)))
    _warn_of_strangers(documents, found)
    result = score(coded, found, {d.id: d.type or "other" for d in documents})
    calibrated = calibrate(coded, found, (d.id for d in documents)) if confidence else None
    names = {d.id: d.file or d.id for d in documents}
    if as_json:
        _print_json(result, calibrated, names)
        return
    _tell(result, names, errors=errors, genres=genres)
    if calibrated:
        tell_calibration(calibrated)
    note(f"{len(documents)} documents, {len(coded)} coded and {len(found)} found statements")


def _tell(result: Evaluation, names: Mapping[str, str], *, errors: bool, genres: bool) -> None:
    """Print the scores, those by genre, and the disagreements, as asked."""
    out().print(_table(result))
    if genres:
        out().print(_by_genre(result))
    if errors:
        for fault in result.faults:
            out().print(escape(_line(fault, names)), soft_wrap=True)


def _print_json(
    result: Evaluation, calibrated: Calibration | None, names: Mapping[str, str]
) -> None:
    from comity.cli.calibrating import plain_calibration

    plain = _plain(result, names)
    if calibrated:
        plain["confidence"] = plain_calibration(calibrated)
    json.dump(plain, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _gold(folder: Path, words: Vocabulary) -> tuple[list[Document], list[Statement]]:
    """The coded documents and their statements."""
    from comity.pipeline import read

    files = _files(folder)
    codings = {
        p.name.removesuffix(".statements.jsonl"): p
        for p in files
        if p.name.endswith(".statements.jsonl")
    }
    texts = [p for p in files if p.suffix != ".jsonl" and p.stem in codings]
    if not texts:
        raise InputError(
            "no coded texts are here",
            where=str(folder),
            hint="a text NAME.md wants its codings beside it in NAME.statements.jsonl",
        )
    documents, rejected = read(texts, words)
    if rejected:
        raise InputError(rejected[0].reason, where=rejected[0].source)
    known = {document.id for document in documents}
    coded: list[Statement] = []
    for name in sorted(codings):
        for statement in _records(codings[name]):
            if statement.document not in known:
                raise InputError(
                    f"{statement.id} is about {statement.document}, which is none of these texts",
                    where=str(codings[name]),
                    hint="the text is missing, or was changed after it was coded",
                )
            coded.append(statement)
    return documents, coded


def _warn_of_strangers(documents: Sequence[Document], found: Sequence[Statement]) -> None:
    """Say so when nothing that was found is about a coded text: every score is then nought."""
    known = {document.id for document in documents}
    if found and not any(statement.document in known for statement in found):
        note("warning: the records to score are about other documents than the coded texts")


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("there is no such folder", where=str(folder)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(folder)) from error


def _records(path: Path) -> Iterator[Statement]:
    from comity.records import read_lines, statement_from_record

    try:
        for number, record in read_lines(path):
            if isinstance(record, RecordError):
                raise record
            yield statement_from_record(record, where=f"{path.name}:{number}")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _record_file(path: Path) -> Path:
    from comity.build.graphfolder import GraphFolder

    return GraphFolder(path).file("statements.jsonl") if path.is_dir() else path


def _extracted(
    documents: list[Document],
    words: Vocabulary,
    extractor: str | None,
    options: Iterable[str],
    model: str | None,
) -> list[Statement]:
    """What the extractor of this name finds; what it sets aside is told."""
    from comity.build.hiring import hire
    from comity.extract.options import Options
    from comity.lexicon import Lexicon
    from comity.link.linker import Linker
    from comity.pipeline import statements

    lexicon = Lexicon(words)
    worker = hire(extractor, lexicon, model=model, options=Options.parse(options)).extractor
    rejections: list[Rejection] = []
    found = list(statements(documents, worker, Linker(lexicon, worker.name), rejections))
    set_aside(rejections)
    return found


def _table(result: Evaluation) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("", "precision", "recall", "F1", "95% interval"):
        table.add_column(head, justify="left" if not head else "right")
    total = result.total()
    for field in SHOWN:
        score, (low, high) = total[field], result.interval(field)
        table.add_row(
            field,
            *(f"{value:.2f}" for value in (score.precision, score.recall, score.f1)),
            f"{low:.2f}–{high:.2f}",
        )
    return table


def _by_genre(result: Evaluation) -> Table:
    table = Table("genre", "coded", "detection", "joint", box=None, pad_edge=False)
    for genre in sorted(set(result.genres.values())):
        total = result.total(genre)
        cells = [f"{total[field].f1:.2f}" for field in ("detection", "joint")]
        table.add_row(escape(genre), str(total["joint"].coded), *cells)
    return table


def _line(fault: Fault, names: Mapping[str, str]) -> str:
    passage = " ".join(fault.passage.split())
    if fault.kind == "wrong":
        what = f"{fault.field}: coded {fault.coded}; found {fault.found}"
    else:
        what = f"action {fault.coded}"
    return f"{names[fault.document]}: {fault.kind}: {what}: {passage}"


def _plain(result: Evaluation, names: Mapping[str, str]) -> dict[str, object]:
    """The result as JSON values."""
    total = result.total()
    return {
        "fields": {
            field: {
                "precision": round(total[field].precision, 4),
                "recall": round(total[field].recall, 4),
                "f1": round(total[field].f1, 4),
                "interval": [round(bound, 4) for bound in result.interval(field)],
            }
            for field in SHOWN
        },
        "faults": [
            {
                "kind": fault.kind,
                "document": names[fault.document],
                "passage": fault.passage,
                "field": fault.field,
                "coded": fault.coded,
                "found": fault.found,
            }
            for fault in result.faults
        ],
    }
