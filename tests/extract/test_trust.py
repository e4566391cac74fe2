"""What an extractor says is not trusted: what cannot be used is set aside, the rest is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from tests.extract.reading import document
from tests.extract.toys import TEXT, Toy

from comity import KnowledgeGraph
from comity.build.graphfolder import GraphFolder
from comity.build.local import NothingReadError, build
from comity.errors import ExtractError, ModelError
from comity.extract import Extracted
from comity.extract.trust import examine
from comity.model import Document, Mention, Rejection, Statement
from comity.records import read_lines

FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "beyond the end": ({"end": 10_000}, "is no span of the text"),
    "before the beginning": ({"start": -3}, "is no span of the text"),
    "empty": ({"start": 5, "end": 5}, "is no span of the text"),
    "a word for a number": ({"start": "5"}, "start: it is no whole number"),
    "true for one": ({"start": True}, "start: it is no whole number"),
    "a fraction": ({"end": 5.0}, "end: it is no whole number"),
    "other words": ({"quote": "protect tea"}, "the quote is not what the text has"),
    "bytes": ({"object": b"tea"}, "object: it is no text"),
    "no action": ({"action": None}, "action: it is no text"),
    "a list": ({"areas": ["patents"]}, "areas: it is no tuple of texts"),
    "a number for a day": ({"deadline": 2025}, "deadline: it is no text"),
    "yes": ({"negated": "yes"}, "negated: it is neither true nor false"),
    "sure": ({"confidence": "high"}, "confidence: it must be a finite number"),
    "beyond measure": ({"confidence": float("inf")}, "confidence: it must be a finite number"),
    "half of a pair": ({"object": "\ud800"}, "a text holds half of a surrogate pair"),
    "half of a name": ({"actors": (Mention("\udc00"),)}, "half of a surrogate pair"),
    "another id": ({"id": "statement-1"}, "'statement-1' is no id of a statement"),
    "a path for an id": ({"id": "../\ud800\x1b"}, "'../' is no id of a statement"),
    "names": ({"actors": ("Norway",)}, "actors: it is no tuple of mentions"),
    "no name": ({"actors": (Mention("", None, 0, 1),)}, "actors: it is no tuple of mentions"),
    "half a span": ({"actors": (Mention("Norway", None, 0),)}, "actors: it is no tuple of"),
    "an odd speaker": ({"speaker": "Norway"}, "speaker: it is no mention"),
    "an actor elsewhere": (
        {"actors": (Mention("Norway", None, 1, 7),)},
        "actor: the text does not have 'Norway' there",
    ),
    "an actor nowhere": ({"actors": (Mention("x", None, 900, 901),)}, "900-901 is no span"),
    "another document": ({"document": "document-" + "0" * 20}, "is of document"),
    "another's work": ({"extractor": "hand/1"}, "it says that 'hand/1' made it, not toy/1"),
    "a verdict": ({"review": "accepted"}, "cannot say that it is 'accepted'"),
}


def second(changes: dict[str, Any]) -> Callable[[list[Statement], Document], list[Statement]]:
    """A change of the second statement."""
    return lambda found, _: [found[0], *(replace(s, **changes) for s in found[1:])]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_statement_that_cannot_be_used(fault: str) -> None:
    """It is set aside with the reason, before anything is done with it; the others are kept."""
    changes, reason = FAULTS[fault]
    told = examine(Toy(second(changes)), document(TEXT))
    assert [s.quote for s in told.statements] == ["protect patents"]
    (rejection,) = told.rejections
    assert (rejection.stage, rejection.code) == ("extract", "record")
    assert reason in rejection.reason


def test_no_statement_at_all() -> None:
    """What is no statement is named by its type."""
    told = examine(Toy(lambda found, _: cast("Any", [{"quote": "x"}, *found])), document(TEXT))
    assert [r.reason for r in told.rejections] == ["it is no statement but dict"]
    assert len(told.statements) == 2


def test_an_error_costs_one_document(tmp_path: Path) -> None:
    """An extractor that fails at one document: that one is set aside, the others are built."""

    def fail(found: list[Statement], one: Document) -> list[Statement]:
        if "Chile" in one.text:
            raise ZeroDivisionError("three\nlines \x1b[31m")
        return found

    for name, text in (("a.txt", TEXT), ("b.txt", "Chile will protect tea.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    kg = KnowledgeGraph.build(
        [tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "kg", extractor=Toy(fail)
    )
    assert kg.report is not None and kg.report.exit_code == 1
    assert [d.file for d in kg.documents()] == ["a.txt"]
    (aside,) = [record for _, record in read_lines(kg.version / "rejected.jsonl")]
    assert isinstance(aside, dict)
    assert (aside["source"], aside["stage"], aside["code"]) == ("b.txt", "extract", "extractor")
    reason = "the extractor toy/1 failed: ZeroDivisionError: three lines [31m"
    assert aside["reason"] == reason


def test_when_every_document_fails_the_graph_stays(tmp_path: Path) -> None:
    """A build of which nothing is left replaces no graph."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    folder = GraphFolder(tmp_path / "kg")
    build([tmp_path / "a.txt"], folder, extractor=Toy())
    before = folder.current()

    def fail(found: list[Statement], one: Document) -> list[Statement]:
        raise ExtractError("not today", hint="come again")

    with pytest.raises(NothingReadError, match=r"not today \(come again\)"):
        build([tmp_path / "a.txt"], folder, extractor=Toy(fail))
    assert folder.current() == before


def test_what_is_no_fault_of_a_document_ends_the_build(tmp_path: Path) -> None:
    """A model that is not installed is told at once, not once a document."""

    def fail(found: list[Statement], one: Document) -> list[Statement]:
        raise ModelError("no such model")

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ModelError):
        build([tmp_path / "a.txt"], GraphFolder(tmp_path / "kg"), extractor=Toy(fail))


def test_an_extractor_may_set_parts_aside(tmp_path: Path) -> None:
    """What an extractor itself sets aside is told with the rest, whatever the workers."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for workers in (1, 2):
        kg = KnowledgeGraph.build(
            tmp_path / "a.txt", tmp_path / f"kg{workers}", extractor=Choosy(), workers=workers
        )
        assert kg.report is not None
        assert [(r.source, r.code) for r in kg.report.rejections] == [("a.txt", "dull")]
        assert len(list(kg.records())) == 1


class Choosy(Toy):
    """Sets the second statement aside."""

    def examine(self, document: Document) -> Extracted:
        """The first statement."""
        first, *rest = super().extract(document)
        aside = Rejection(document.file or "", "extract", "dull", "seen it", rest[0].id)
        return Extracted((first,), (aside,))


def test_what_is_set_aside_can_be_written(tmp_path: Path) -> None:
    """Reasons of strangers are kept in one line of whole letters, under the right document."""

    class Odd(Toy):
        def examine(self, document: Document) -> Extracted:
            odd = Rejection("../x", "read", "odd\ud800", "two\nlines \x1b[31m", "id\udc00")
            return Extracted((), (odd, cast("Any", "no rejection")))

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    kg = KnowledgeGraph.build(tmp_path / "a.txt", tmp_path / "kg", extractor=Odd())
    assert kg.report is not None
    assert kg.report.rejections == (Rejection("a.txt", "extract", "odd", "two lines [31m", "id"),)


def test_one_id_in_two_documents(tmp_path: Path) -> None:
    """An id that a statement of another document has is taken once."""
    same = "statement-" + "0" * 20
    toy = Toy(lambda found, _: [replace(s, id=same) for s in found[:1]])
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT + " Again.", encoding="utf-8")
    kg = KnowledgeGraph.build(
        [tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "kg", extractor=toy
    )
    assert kg.report is not None
    assert [r.code for r in kg.report.rejections] == ["duplicate"]
    assert [s.id for s in kg.records()] == [same]
