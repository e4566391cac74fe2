from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.check import load_shapes
from comity.identifiers import DEFAULT_BASE, candidate_id, statement_id
from comity.lexicon import Lexicon
from comity.model import Document, Mention, Statement, Vocabulary
from comity.pipeline import Outcome, Tools, make_tools, read, run
from comity.rdf.vocabulary import load
from comity.text.limits import Limits

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix comity: <https://w3id.org/comity/ontology#> .
@prefix shape: <https://example.org/shapes/> .
"""


@cache
def vocabulary() -> Vocabulary:
    """Comity's own vocabulary."""
    return load()


@cache
def lexicon() -> Lexicon:
    """Its words."""
    return Lexicon(vocabulary())


@dataclass(frozen=True)
class Stub:
    """An extractor that says of each document what it is told to say."""

    say: Callable[[Document], list[Statement]]
    name: str = "stub/1"

    def extract(self, document: Document) -> list[Statement]:
        """What it is told to say."""
        return self.say(document)

    def extract_all(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """One list a document."""
        yield from map(self.extract, documents)


def whole(document: Document, /, **changes: Any) -> Statement:
    """The whole text as one sound statement, but for some changes."""
    made = Statement(
        statement_id(document.id, 0, len(document.text), 0),
        document.id,
        0,
        len(document.text),
        document.text,
        actors=(Mention("China", "CHN", 0, 5),),
        action="act",
        measure_type="enforcement",
        direction="strengthen",
        areas=("patents",),
        modality="commitment",
        extractor="stub/1",
    )
    return replace(made, **changes)


def tools(
    say: Callable[[Document], list[Statement]] = lambda document: [whole(document)],
    shapes: Path | None = None,
    words: Vocabulary | None = None,
) -> Tools:
    """The usual tools around a stub."""
    return make_tools(
        vocabulary=words or vocabulary(),
        extractor=Stub(say),
        base_iri=DEFAULT_BASE,
        lexicon=lexicon() if words is None else Lexicon(words),
        shapes=load_shapes([shapes]) if shapes else None,
    )


@pytest.fixture
def texts(tmp_path: Path) -> list[Path]:
    """Two texts."""
    found = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"China will act on number {name}.\n", "utf-8")
        found.append(path)
    return found


def written(outcome: Outcome) -> str:
    """All triples of an outcome."""
    return "\n".join(" ".join(t) for triples in outcome.graphs.values() for t in triples)


def test_route(texts: list[Path]) -> None:
    """Each document has a graph of its own with its statements, and all share a catalogue."""
    outcome = run(texts, tools())
    assert [s.document for s in outcome.statements] == [d.id for d in outcome.documents]
    names = [f"{DEFAULT_BASE}{d.id.replace('document', 'graph')}" for d in outcome.documents]
    assert list(outcome.graphs) == sorted([f"{DEFAULT_BASE}catalogue", *names])
    assert all(s.id in written(outcome) for s in outcome.statements)
    assert outcome.rejections == ()


def test_order_of_inputs_makes_no_difference(texts: list[Path]) -> None:
    """The outcome is the same, whatever order the inputs were named in."""
    assert run(texts, tools()) == run(texts[::-1], tools())


def test_progress(texts: list[Path]) -> None:
    """Each step tells how many documents it has done."""
    told: list[tuple[str, int]] = []
    run(texts, tools(), progress=lambda step, done: told.append((step, done)))
    assert told == [("read", 2), ("extract", 1), ("extract", 2), ("check", 2)]


def test_nothing_to_say(texts: list[Path]) -> None:
    """A document without statements is kept with what is known of it."""
    outcome = run(texts, tools(lambda _: []))
    assert (len(outcome.documents), outcome.statements) == (2, ())
    assert all(document.sha256 in written(outcome) for document in outcome.documents)


def test_candidates_in_use(texts: list[Path]) -> None:
    """Actors that the vocabulary lacks are given with the statements that name them."""
    outcome = run(texts, tools(lambda d: [whole(d, actors=(Mention("Ruritanian Seed Office"),))]))
    name = candidate_id("Ruritanian Seed Office")
    assert list(outcome.candidates) == [name]
    assert {m.id for s in outcome.statements for m in s.actors} == {name}


# -- what is set aside -------------------------------------------------------------------

UNFIT: dict[str, tuple[dict[str, Any], str]] = {
    "unknown code": ({"modality": "wish"}, "the vocabulary has no modality 'wish'"),
    "unknown actor": ({"actors": (Mention("X", "nobody"),)}, "no actor 'nobody'"),
    "no such day": ({"date": "2019-02-30"}, "there is no such date"),
    "half of a pair": ({"object": "\ud800"}, "half of a surrogate pair"),
    "no number": ({"confidence": float("nan")}, "must be a finite number"),
    "another document": ({"document": "document-" + "0" * 20}, "is of document"),
    "misquoted": ({"quote": "China will rest"}, "the quote is not what the text has"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_unwritable_statement_is_set_aside(case: str, texts: list[Path]) -> None:
    """A statement that cannot be written leaves with its reason, and takes no other along."""
    changes, reason = UNFIT[case]
    outcome = run(texts, tools(lambda d: [whole(d, **changes) if "one" in d.text else whole(d)]))
    (rejection,) = outcome.rejections
    assert (rejection.source, rejection.code) == ("one.txt", "record")
    assert rejection.stage in {"extract", "check"}
    assert reason in rejection.reason
    assert len(outcome.documents) == 2 and len(outcome.statements) == 1
    assert rejection.statement is not None and rejection.statement not in written(outcome)


def test_no_statement_hides_another(texts: list[Path]) -> None:
    """Of two statements with one id the first is kept, and the second is told."""
    outcome = run(texts, tools(lambda d: [whole(d), whole(d, action="rest")]))
    assert [s.action for s in outcome.statements] == ["act", "act"]
    assert [r.code for r in outcome.rejections] == ["duplicate", "duplicate"]


def test_statement_against_a_shape_is_set_aside(texts: list[Path]) -> None:
    """A statement that breaks a shape of Comity's own is kept out, and its violation listed."""
    outcome = run(
        texts,
        tools(lambda d: [whole(d, confidence=3.0) if "one" in d.text else whole(d)]),
    )
    (rejection,) = outcome.rejections
    assert (rejection.source, rejection.code) == ("one.txt", "shape")
    assert [s.confidence for s in outcome.statements] == [1.0]
    broken = [v.focus for v in outcome.violations if v.severity == "Violation"]
    assert broken == [f"{DEFAULT_BASE}{rejection.statement}"]
    assert rejection.statement is not None and rejection.statement not in written(outcome)


STRICT = {
    "statement": "sh:targetClass comity:Statement ; sh:property [ sh:path comity:action ; "
    'sh:pattern "^rest$" ; sh:message "Too busy."@en ] .',
    "measure": "sh:targetClass comity:Measure ; sh:property [ sh:path comity:direction ; "
    "sh:maxCount 0 ; sh:message 'Too busy.'@en ] .",
    "evidence": "sh:targetSubjectsOf <http://www.w3.org/ns/oa#hasSelector> ; sh:property [ "
    "sh:path <http://www.w3.org/ns/oa#hasSource> ; sh:maxCount 0 ; sh:message 'Too busy.'@en ] .",
}


@pytest.mark.parametrize("shape", STRICT)
def test_stricter_shapes(shape: str, texts: list[Path], tmp_path: Path) -> None:
    """What breaks a shape keeps out every statement it belongs to, with the shape's words."""
    (tmp_path / "strict.ttl").write_text(f"{PREFIXES}shape:s a sh:NodeShape ; {STRICT[shape]}")
    outcome = run(texts, tools(shapes=tmp_path / "strict.ttl"))
    assert outcome.statements == ()
    assert {(r.code, r.reason) for r in outcome.rejections} == {("shape", "Too busy.")}
    assert len(outcome.rejections) == 2
    assert "comity/ontology#Statement" not in written(outcome)


def test_warnings_keep_nothing_out(texts: list[Path]) -> None:
    """What is merely wished for is listed, and sets nothing aside."""
    outcome = run(texts, tools())
    assert {v.severity for v in outcome.violations} == {"Warning", "Info"}
    assert outcome.rejections == () and len(outcome.statements) == 2


# -- reading -----------------------------------------------------------------------------


def test_limits(texts: list[Path]) -> None:
    """An input above the limit is set aside; what is below it is read."""
    texts[0].write_text("China will act. " * 10, "utf-8")
    outcome = run(texts, tools(), limits=Limits(max_bytes=100))
    assert [(r.source, r.code) for r in outcome.rejections] == [("one.txt", "oversized")]
    assert [d.file for d in outcome.documents] == ["two.txt"]


def test_codes_of_the_user_s_vocabulary(texts: list[Path], tmp_path: Path) -> None:
    """A document may have a type that the user's own vocabulary adds."""
    extra = tmp_path / "own.ttl"
    extra.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://example.org/white-paper> a skos:Concept ; skos:notation 'white-paper' ;\n"
        "  skos:inScheme <https://w3id.org/comity/document-type> ; skos:prefLabel 'Paper'@en .\n"
    )
    texts[0].write_text("---\ntype: white-paper\n---\nChina will act.\n", "utf-8")
    assert [r.code for r in run(texts, tools()).rejections] == ["metadata"]
    outcome = run(texts, tools(words=load([extra])))
    assert outcome.rejections == ()
    assert "<https://example.org/white-paper>" in written(outcome)


def test_documents_are_read_in_order_of_id(texts: list[Path]) -> None:
    """Documents come in the order of their ids, rejections apart."""
    documents, rejections = read([*texts, texts[0].parent / "none.txt"], vocabulary())
    assert [d.id for d in documents] == sorted(d.id for d in documents)
    assert [r.code for r in rejections] == ["missing"]
