"""`comity find`, `show` and `cite`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run


def test_find_shows_the_passage_and_where_it_stands(run: Run, graph: Path) -> None:
    """Date, actor, words, title, characters and id of every hit; their number on stderr."""
    done = run("find", "trade", "secret", "--kg", graph)
    assert done.code == 0
    assert "2021-05-04  Norway" in done.out
    assert "“strengthen the protection of trade secrets by 2025”" in done.out
    assert "characters" in done.out and "statement-" in done.out
    assert done.err == "1 statement\n"


def test_find_takes_facets_by_name(run: Run, graph: Path) -> None:
    """Names and codes narrow the hits; what fits nothing gives nothing."""
    assert (
        "1 statement"
        in run("find", "--actor", "Norway", "--area", "trade-secrets", "--kg", graph).err
    )
    assert run("find", "--until", "2020", "--kg", graph).err == "0 statements\n"


def test_find_tells_how_many_it_left_out(run: Run, graph: Path) -> None:
    """A limit never hides that there is more."""
    done = run("find", "--limit", "1", "--kg", graph)
    assert done.err.startswith("1 of ")
    assert run("find", "--limit", "0", "--kg", graph).err[0].isdigit()


def test_find_in_other_formats(run: Run, graph: Path) -> None:
    """CSV on stdout is nothing but CSV."""
    done = run("find", "secrets", "--kg", graph, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert row["actors"] == "Norway"
    assert run("find", "--kg", graph, "--format", "ttl").code == 2


@pytest.mark.parametrize("form", ["text", "json", "ttl"])
def test_show_in_every_format(run: Run, graph: Path, form: str) -> None:
    """A statement as text, as JSON and as Turtle holds its words."""
    row = next(csv.DictReader(io.StringIO(run("find", "secrets", "--kg", graph, "-f", "csv").out)))
    done = run("show", row["statement"], "--kg", graph, "--format", form)
    assert done.code == 0
    assert "strengthen the protection of trade secrets by 2025" in done.out
    if form == "json":
        assert json.loads(done.out)["passage"]["start"] == int(row["start"])


def test_show_counts_by_role(run: Run, graph: Path) -> None:
    """An actor's statements are counted on stderr."""
    done = run("show", "Norway", "--kg", graph)
    assert "Norway  Actor, State" in done.out
    assert "actor" in done.err


def test_show_of_an_unknown_name(run: Run, graph: Path) -> None:
    """The message says what may have been meant."""
    done = run("show", "Norwya", "--kg", graph)
    assert done.code == 2
    assert "did you mean Norway" in done.err


@pytest.mark.parametrize(("style", "start"), [("apa", "“"), ("bibtex", "@misc{"), ("csl", "[")])
def test_cite_a_passage(run: Run, graph: Path, style: str, start: str) -> None:
    """Every style can be asked for."""
    row = next(csv.DictReader(io.StringIO(run("find", "secrets", "--kg", graph, "-f", "csv").out)))
    done = run("cite", row["statement"], "--style", style, "--kg", graph)
    assert done.code == 0
    assert any(line.startswith(start) for line in done.out.splitlines())
