"""No file of a release has more of the documents' words than its policy gives."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import polars as pl
import pytest
from tests.publish.wordy import write_corpus

from comity import KnowledgeGraph
from comity.publish.prepare import prepare
from comity.publish.release import make_release
from comity.publish.tables import write_tables


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A graph of long passages from texts whose licence gives nothing away."""
    room = tmp_path_factory.mktemp("wordy")
    found = write_corpus(room)
    return KnowledgeGraph.from_records([room / "notes.statements.jsonl"], found, room / "kg")


def _words(path: Path) -> str:
    """What can be read in a file, in words."""
    if path.suffix == ".parquet":
        return str(pl.read_parquet(path).to_dicts())
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return " ".join(re.sub(r"\\[nrt]|<[^>]*>", " ", data.decode("utf-8", "replace")).split())


def _leaks(graph: KnowledgeGraph, folder: Path, size: int) -> set[str]:
    """The files that hold so many words in a row of a passage."""
    runs = {
        " ".join(words[at : at + size])
        for words in (each.quote.split() for each in graph.records())
        for at in range(len(words) - size + 1)
    }
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    return {
        path.relative_to(folder).as_posix()
        for path in files
        if any(run in words for words in [_words(path)] for run in runs)
    }


def _published(graph: KnowledgeGraph, folder: Path, policy: str) -> Path:
    """A whole release, with its tables and pages."""
    graph.publish(folder / "dist", "1.0", issued="2026", quotes=policy)
    (folder / "room").mkdir()
    release = make_release("1.0", graph.namespaces, issued="2026", quotes=policy)
    write_tables(prepare(graph, release, folder / "room"), folder / "dist")
    return folder / "dist"


@pytest.mark.parametrize(("policy", "size"), [("short", 26), ("none", 4)])
def test_no_file_says_more(wordy: KnowledgeGraph, tmp_path: Path, policy: str, size: int) -> None:
    """Neither dumps nor tables, metadata, report, pages or their search have more words."""
    assert _leaks(wordy, _published(wordy, tmp_path, policy), size) == set()


def test_the_words_are_found_where_they_are_given(wordy: KnowledgeGraph, tmp_path: Path) -> None:
    """With all quotations the same search finds them in dumps, tables and pages."""
    found = _leaks(wordy, _published(wordy, tmp_path, "full"), 26)
    assert {"comity-1.0.ttl", "comity-1.0.nq.gz", "comity-1.0.jsonld"} <= found
    assert {"statements.jsonl", "statements.csv", "statements.parquet"} <= found
    assert any(name.startswith("site/") for name in found)


@pytest.mark.parametrize("license_", ["CC-BY-4.0", "CC-BY-NC-4.0"])
def test_a_text_that_is_for_all_is_published_under_any_policy(
    tmp_path: Path, license_: str
) -> None:
    """The policy is for texts that are not ours to give; what is for everyone is given whole."""
    found = write_corpus(tmp_path, license_)
    codings = [tmp_path / "notes.statements.jsonl"]
    graph = KnowledgeGraph.from_records(codings, found, tmp_path / "kg")
    graph.publish(tmp_path / "dist", "1.0", issued="2026", quotes="none", site=False)
    texts = {path.stem for path in (tmp_path / "dist").glob("texts/*.txt")}
    known = {document.sha256 for document in graph.documents()}
    assert texts == (known if license_ == "CC-BY-4.0" else set())
