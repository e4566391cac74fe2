"""`comity evaluate --agreement`: how far people who coded the same texts agree."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from comity.cli.console import note, out
from comity.errors import InputError, UsageError

if TYPE_CHECKING:
    from comity.agreement import Agreement
    from comity.model import Document, Statement, Vocabulary


def tell_agreement(paths: Sequence[Path], words: Vocabulary, *, as_json: bool) -> None:
    """Print how far coders agree.

    Args:
        paths: The codings of each coder: a folder of coded texts, a graph folder, or a file of
            records or table; one of them must bring the texts.
        words: The concepts and actors that codings name.
        as_json: Whether to print JSON.

    Raises:
        UsageError: When there are fewer than two coders.
        InputError: When codings cannot be read, or share no text.
    """
    from comity.agreement import agreement

    if len(paths) < 2:
        raise UsageError("agreement needs two coders or more", hint="comity evaluate A B …")
    texts = [_texts(path, words) for path in paths]
    brought = [{d.id: d for d in found} for found in texts if found]
    if not brought:
        raise InputError("none of the coders brings the texts", hint="name a folder with texts")
    shared = [d for i, d in brought[0].items() if all(i in found for found in brought)]
    if not shared:
        raise InputError("the coders have no text in common", hint="a text may have been changed")
    coders = {}
    for name, path in zip(_names(paths), paths, strict=True):
        coders[name] = _codings(path, shared, words)
    result = agreement(coders, shared)
    if as_json:
        json.dump(_plain(result), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    out().print(_alphas(result))
    out().print()
    out().print(_scores(result))
    apart = len(set().union(*brought)) - len(shared)
    told = ", ".join(f"{name} {count}" for name, count in result.statements.items())
    left = f"; {apart} texts that not all of them coded were left out" if apart else ""
    note(f"{len(shared)} texts, statements: {told}{left}")


def _names(paths: Sequence[Path]) -> list[str]:
    """What to call each coder: the end of the path, with a number when it occurs twice."""
    names = [path.resolve().name for path in paths]
    return [n if names.count(n) == 1 else f"{n} ({i})" for i, n in enumerate(names, start=1)]


def _texts(path: Path, words: Vocabulary) -> list[Document]:
    """The texts that a coder coded; none for a file, which does not tell."""
    from comity.build.graphfolder import GraphFolder
    from comity.graph import KnowledgeGraph
    from comity.pipeline import read

    if not path.exists():
        raise InputError("there is no such file or folder", where=str(path))
    if not path.is_dir():
        return []
    if GraphFolder(path).built:
        return list(KnowledgeGraph.open(path).documents())
    documents, rejected = read([path], words)
    if rejected and not documents:
        return []
    if rejected:
        raise InputError(rejected[0].reason, where=rejected[0].source)
    return documents


def _codings(path: Path, documents: Sequence[Document], words: Vocabulary) -> list[Statement]:
    from comity.build.graphfolder import GraphFolder
    from comity.extract.records import RecordsExtractor
    from comity.graph import KnowledgeGraph
    from comity.review.codings import read_codings

    if path.is_dir() and GraphFolder(path).built:
        return [s for s in KnowledgeGraph.open(path).records() if s.review != "rejected"]
    extractor = RecordsExtractor([path])
    coded, unread = read_codings(extractor.tables, documents, words)
    extractor.add(coded)
    bad = [*extractor.rejections, *unread]
    if bad:
        raise InputError(bad[0].reason, where=bad[0].source)
    found = [s for document in documents for s in extractor.extract(document)]
    return [s for s in found if s.review != "rejected"]


def _alphas(result: Agreement) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("", "units", "alpha", "95% interval"):
        table.add_column(head, justify="left" if not head else "right")
    for field, alpha in result.alphas.items():
        value = "–" if alpha.value is None else f"{alpha.value:.2f}"
        low, high = alpha.interval or (None, None)
        interval = "" if low is None else f"{low:.2f}–{high:.2f}"
        table.add_row(field, str(alpha.units), value, interval)
    return table


def _scores(result: Agreement) -> Table:
    from comity.cli.scoring import SHOWN

    table = Table(box=None, pad_edge=False)
    for head in ("", "F1", "95% interval"):
        table.add_column(head, justify="left" if not head else "right")
    total = result.scores.total()
    for field in SHOWN:
        low, high = result.scores.interval(field)
        table.add_row(field, f"{total[field].f1:.2f}", f"{low:.2f}–{high:.2f}")
    return table


def _plain(result: Agreement) -> dict[str, object]:
    """The result as JSON values."""
    from comity.cli.scoring import SHOWN

    total = result.scores.total()
    return {
        "coders": dict(result.statements),
        "alpha": {
            field: {
                "alpha": None if alpha.value is None else round(alpha.value, 4),
                "interval": [round(bound, 4) for bound in alpha.interval or ()],
                "units": alpha.units,
            }
            for field, alpha in result.alphas.items()
        },
        "f1": {
            field: {
                "f1": round(total[field].f1, 4),
                "interval": [round(bound, 4) for bound in result.scores.interval(field)],
            }
            for field in SHOWN
        },
    }
