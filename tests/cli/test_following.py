"""`comity timeline`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from comity import KnowledgeGraph

TEXTS = {
    "one.txt": "OSLO, May 4, 2019 -- Norway will strengthen the protection of trade secrets.\n",
    "two.txt": "OSLO, May 4, 2021 -- Norway strengthened the protection of trade secrets.\n",
}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of a promise and its deed."""
    folder = tmp_path_factory.mktemp("followed")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    KnowledgeGraph.build([folder / name for name in TEXTS], folder / "kg")
    return folder / "kg"


def test_timeline_tells_what_followed(run: Run, followed: Path) -> None:
    """The deed points at the promise by its number, with the reason."""
    done = run("timeline", "--actor", "Norway", "--kg", followed)
    assert done.code == 0
    assert "1  2019-05-04  Norway  Commitment" in done.out
    assert "→ implements 1: what was announced is reported as done" in done.out
    assert done.err == "2 statements, 1 links\n"


def test_a_graph_with_links_is_whole(run: Run, followed: Path) -> None:
    """`comity doctor` counts what the store holds, links included."""
    done = run("doctor", followed)
    assert f"{followed}: whole, 2 statements" in done.out.replace("\n", "")


def test_timeline_as_json(run: Run, followed: Path) -> None:
    """The same as JSON: entries with their steps."""
    (first, second) = json.loads(run("timeline", "--json", "--kg", followed).out)
    assert not first["steps"]
    assert second["steps"][0]["number"] == first["number"]


def test_timeline_as_a_picture(run: Run, followed: Path, tmp_path: Path) -> None:
    """A file is drawn, nothing goes to stdout; an unknown ending is a wrong call."""
    pytest.importorskip("matplotlib")
    done = run("timeline", "--linked", "--kg", followed, "--out", tmp_path / "t.svg")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "t.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert run("timeline", "--kg", followed, "--out", tmp_path / "t.gif").code == 2
