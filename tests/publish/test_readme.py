"""README.md: its commands and queries are run, and what it says is what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from described import Described, describe, rows
from tests.remote.servers import oxigraph_program, virtuoso

from comity import KnowledgeGraph
from comity.publish.readme import FOLDERS, LATER
from comity.publish.release import About, make_release


@pytest.fixture(scope="module")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release of the hand-coded corpus."""
    release = make_release("2026.11", graph.namespaces, url="https://example.org/ip/2026.11/")
    return describe(graph, release, tmp_path_factory.mktemp("readme") / "room")


def text(written: Described) -> str:
    """The README."""
    return (written.folder / "README.md").read_text(encoding="utf-8")


def block(written: Described, kind: str, holding: str = "") -> str:
    """The code block of a kind that holds some words."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", text(written), re.MULTILINE | re.DOTALL)
    (found,) = [each for each in blocks if holding in each]
    return str(found)


def test_the_python_runs_and_counts_what_it_says(written: Described) -> None:
    """rdflib reads the Turtle and finds the number of triples that the comment gives."""
    code = block(written, "python")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=written.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    (stated,) = re.findall(r"print\(len\(graph\)\)  # (\d+)", code)
    assert done.stdout.strip() == stated


def test_the_question_has_the_answer_that_is_told(written: Described) -> None:
    """The SPARQL query gives the rows of the table, in their order."""
    found = rows(written.store("comity-2026.11.nt.gz"), block(written, "sparql"))
    stated = re.findall(
        r"^\| ([a-z-]+) \| (\d+) \|$", text(written).partition("## Ask it")[2], re.M
    )
    assert found == stated and len(found) == 10


def test_files_are_checked_by_the_command_that_is_told(written: Described) -> None:
    """`sha256sum --check` finds all files whole."""
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no sha256sum on this system")
    command = block(written, "sh", "sha256sum").strip()
    done = subprocess.run(
        command.split(), cwd=written.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "FAILED" not in done.stdout and "README.md: OK" in done.stdout


def test_oxigraph_loads_by_the_commands_that_are_told(written: Described, tmp_path: Path) -> None:
    """The file is loaded into a store, which answers."""
    load = block(written, "sh", "oxigraph load").splitlines()[1].split()
    program = oxigraph_program()
    copy = tmp_path / load[-1]
    shutil.copy(written.folder / copy.name, copy)
    subprocess.run([program, *load[1:]], cwd=tmp_path, capture_output=True, check=True)
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    told = [program, "query", "--location", "store", "--query", query, "--results-format", "csv"]
    done = subprocess.run(told, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split()[1] == str(sum(1 for _ in written.content.triples()))


@pytest.mark.slow
def test_virtuoso_loads_by_the_commands_that_are_told(written: Described, tmp_path: Path) -> None:
    """The bulk loader takes the file into the graph that is named."""
    program = shutil.which("isql-vt")
    if program is None:
        pytest.skip("isql-vt is not installed")
    with virtuoso(tmp_path) as server:
        shutil.copy(written.folder / "comity-2026.11.nt.gz", server.folder)
        login = f"{program} {server.sql} dba dba"
        for line in block(written, "sh", "isql").splitlines():
            command = line.replace("isql 1111 dba PASSWORD", login)
            command = command.replace("FOLDER", str(server.folder))
            subprocess.run(command, shell=True, check=True, capture_output=True, cwd=tmp_path)
        count = (
            f"SPARQL SELECT COUNT(*) WHERE {{ GRAPH <{written.release.version}> {{ ?s ?p ?o }} }}"
        )
        done = subprocess.run(
            [*login.split(), f"exec={count};"], capture_output=True, text=True, check=True
        )
    assert re.search(rf"^{sum(1 for _ in written.content.triples())}$", done.stdout, re.MULTILINE)


def test_every_file_is_listed(written: Described) -> None:
    """Each file at the top, and each folder, has a row that says what it is."""
    listed = re.findall(r"^\| `([^`]+)` \| (.+?) \|", text(written), re.MULTILINE)
    there = {path.name + ("/" if path.is_dir() else "") for path in written.folder.iterdir()} - {
        "README.md"
    }
    names = [name for name, _ in listed]
    assert set(names) == there and names == sorted(names)
    assert len(dict(listed)) == len(listed)
    assert {f"{name}/" for name in FOLDERS} >= {name for name in names if name.endswith("/")}
    titles = {part.name: part.title for part in written.parts}
    assert {name for name, _ in LATER} <= set(titles) | {"LICENSE"}


def test_sizes_are_those_of_the_files(written: Described) -> None:
    """The number of bytes stands beside every file that was written before."""
    for name, size in re.findall(r"^\| `([^`]+)` \| .+? \| ([\d,]+) \|$", text(written), re.M):
        assert int(size.replace(",", "")) == (written.folder / name).stat().st_size


def test_what_a_publisher_says_cannot_break_the_page(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Line ends become spaces, and a bar is no border of a table."""
    about = About(title="Data\n# of | ours", publisher="We | they", description="One\n\ntwo")
    release = make_release("r1", graph.namespaces, about=about, issued="2026")
    page = text(describe(graph, release, tmp_path / "room"))
    assert page.startswith("# Data # of | ours, release r1\n\nOne two\n")
    assert "| publisher | We \\| they |" in page


@pytest.mark.parametrize(
    ("quotes", "told"),
    [("full", "as the documents have them"), ("short", "25 words"), ("none", "No words")],
)
def test_what_is_left_out_is_told(
    graph: KnowledgeGraph, tmp_path: Path, quotes: str, told: str
) -> None:
    """The policy for quotations, what reviewers rejected, and texts."""
    release = make_release("2026.11", graph.namespaces, quotes=quotes)
    page = text(describe(graph, release, tmp_path / "room"))
    assert told in page.partition("## What is left out")[2]
    assert "rejected: none in this release" in page
