"""Reading with several processes gives what reading with one gives, or says what went wrong."""

from __future__ import annotations

import os
import signal
from multiprocessing import active_children
from pathlib import Path

import pytest

from comity import KnowledgeGraph
from comity.build.pool import Pool, WorkerError
from comity.errors import ModelError, UsageError
from comity.extract.plugins import Recipe
from comity.pipeline import read
from comity.rdf.vocabulary import load

COUNTRIES = ("Peru", "Japan", "Kenya", "Brazil", "India")


def _texts(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        name = COUNTRIES[number % len(COUNTRIES)]
        text = f"{name} will strengthen the protection of trade secrets in {2000 + number}.\n"
        (folder / f"{number:03d}.txt").write_text(text)
    return folder


def test_the_bytes_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    """One worker or two, with a vocabulary of one's own: the same files."""
    texts = _texts(tmp_path / "texts", 5)
    own = tmp_path / "own.ttl"
    own.write_text('area:trade-secrets skos:altLabel "recipes kept quiet"@en .\n')
    made = []
    for workers in (1, 2):
        out = tmp_path / str(workers)
        graph = KnowledgeGraph.build(texts, out, vocabulary=own, workers=workers)
        made.append(graph.manifest)
        assert graph.manifest["counts"]["statements"] == 5
    assert made[0] == made[1]


def test_what_reading_raises_is_told(tmp_path: Path) -> None:
    """An error of a worker is an error of the build."""
    documents, _ = read([_texts(tmp_path / "texts", 2)], load())
    with pytest.raises(ModelError, match="no_such_model"):
        list(Pool(2, (), Recipe.of("english", {"model": "no_such_model"}))(documents))


@pytest.mark.slow
def test_a_worker_that_dies_is_told(tmp_path: Path) -> None:
    """The build ends with an error that names the first document that was not read."""
    documents, _ = read([_texts(tmp_path / "texts", 400)], load())
    linked = Pool(2, (), Recipe())(documents)
    next(linked)
    for child in active_children():
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(WorkerError, match="documents were not read"):
        list(linked)
    assert not active_children()


def test_no_worker_reads_nothing(tmp_path: Path) -> None:
    """At least one process must read."""
    with pytest.raises(UsageError, match="workers=0"):
        KnowledgeGraph.build(_texts(tmp_path / "texts", 1), tmp_path / "kg", workers=0)
    assert not (tmp_path / "kg").exists()
