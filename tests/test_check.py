from __future__ import annotations

import gzip
import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from comity.check import (
    Shapes,
    accepted,
    check,
    check_documents,
    check_file,
    explain,
    from_graph,
    load_shapes,
    profiles,
    report_turtle,
    statement_of,
)
from comity.errors import InputError, ShapeError, UnknownNameError
from comity.model import Violation

CONTEXT = (Path(__file__).parent / "shapes" / "context.ttl").read_text(encoding="utf-8")
PREFIXES = """
@prefix comity: <https://w3id.org/comity/ontology#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
MENTION = """
id:mention-{hex}-00 a comity:Mention ; comity:role "actor" ; comity:mentionText "X"@en ;
    comity:mentionedActor <https://w3id.org/comity/actor/CHN> ; comity:start {start} ;
    comity:end 5 .
"""


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    """The core shapes, read once."""
    return load_shapes()


def ntriples(turtle: str) -> str:
    """The same graph in N-Triples, its lines shuffled."""
    lines = rdflib.Graph().parse(data=turtle, format="turtle").serialize(format="nt").splitlines()
    random.Random(7).shuffle(lines)
    return "\n".join(lines)


def shapes_from(folder: Path, turtle: str) -> Shapes:
    """The shapes of a Turtle text."""
    file = folder / "own.ttl"
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    return load_shapes([file])


def violation(
    focus: str = "https://w3id.org/comity/id/statement-00ff", **changes: str
) -> Violation:
    """A violation about a statement's modality."""
    values = {
        "path": "https://w3id.org/comity/ontology#modality",
        "value": "<https://w3id.org/comity/modality/wish>",
        "constraint": str(SH.InConstraintComponent),
        "shape": "https://w3id.org/comity/shapes/Statement-modality",
        "severity": "Violation",
        "message": "A statement has exactly one modality.",
    }
    return Violation(focus, **{**values, **changes})  # type: ignore[arg-type]


BROKEN = PREFIXES + MENTION.format(hex="00ff", start=7) + MENTION.format(hex="00aa", start=-1)


def test_turtle_and_ntriples_give_the_same(shapes: Shapes) -> None:
    """What is found depends on the graph, neither on its syntax nor on the order of its triples."""
    found = check(BROKEN, shapes)
    assert [statement_of(v) for v in found] == ["statement-00aa", "statement-00ff"]
    assert check(ntriples(BROKEN), shapes) == found


def test_order_is_by_severity_then_focus(shapes: Shapes) -> None:
    """Violations come before warnings, warnings before notes, and each group is sorted."""
    found = check(
        PREFIXES + "id:statement-b a comity:Statement . id:statement-a a comity:Statement .", shapes
    )
    rank = {"Violation": 0, "Warning": 1, "Info": 2}
    keys = [(rank[v.severity], v.focus, v.path or "") for v in found]
    assert keys == sorted(keys) and len({key[0] for key in keys}) == 3


def test_lexical_forms_are_kept(shapes: Shapes) -> None:
    """A value is reported as it is written, not as some library would write it."""
    data = (
        PREFIXES + 'id:statement-00ff a comity:Statement ; comity:confidence "1.50"^^xsd:decimal .'
    )
    values = [v.value for v in check(data, shapes) if v.path and v.path.endswith("confidence")]
    assert values == ['"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>']


@pytest.mark.parametrize("setting", [True, False])
def test_global_setting_is_left_alone(
    setting: bool, shapes: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checking leaves rdflib's way of normalising literals as it was, and needs neither way."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", setting)
    assert check(BROKEN, shapes) == check(BROKEN, load_shapes())
    assert rdflib.NORMALIZE_LITERALS is setting


def test_importing_is_light() -> None:
    """Importing the module starts neither rdflib nor pySHACL."""
    code = "import sys, comity.check; print([m for m in ('rdflib', 'pyshacl') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_ill_formed_values_are_reported_without_noise(
    shapes: Shapes, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """An impossible date is a violation, and no traceback on the terminal."""
    data = (
        PREFIXES + 'id:statement-00ff a comity:Statement ; comity:deadline "2019-02-30"^^xsd:date .'
    )
    assert any(v.path and v.path.endswith("deadline") for v in check(data, shapes))
    assert capfd.readouterr() == ("", "") and not caplog.records


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports named in the data or the shapes are not followed."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    imports = "<https://example.org/x> a owl:Ontology ; owl:imports <https://example.org/y> ."
    target = "<urn:s> a sh:NodeShape ; sh:targetClass comity:Statement ; sh:nodeKind sh:IRI ."
    own = shapes_from(tmp_path, imports + target)
    assert check(PREFIXES + imports, own) == []


def test_shapes_without_targets_are_refused(tmp_path: Path) -> None:
    """An ontology passed as shapes is refused, as everything would conform to it."""
    with pytest.raises(ShapeError, match="no target"):
        shapes_from(tmp_path, "comity:Statement a owl:Class .")


@pytest.mark.parametrize("feature", ["sparql", "js", "rule", "target"])
def test_shapes_with_code_are_refused(feature: str, tmp_path: Path) -> None:
    """Shapes that would run SPARQL, scripts or rules are refused."""
    with pytest.raises(ShapeError, match=f"sh:{feature}"):
        shapes_from(
            tmp_path, f"<urn:s> sh:targetClass comity:Statement ; sh:{feature} <urn:code> ."
        )


def test_malformed_shapes_are_named(tmp_path: Path) -> None:
    """A shape file that is no Turtle is named in the message."""
    with pytest.raises(ShapeError, match=r"own\.ttl"):
        shapes_from(tmp_path, "this is no Turtle")


def test_missing_shapes_are_named(tmp_path: Path) -> None:
    """A shape file that does not exist is named in the message."""
    with pytest.raises(ShapeError, match=r"none\.ttl"):
        load_shapes([tmp_path / "none.ttl"])


@pytest.mark.parametrize(
    "turtle",
    [
        "<urn:s> a sh:PropertyShape ; sh:targetClass comity:Mention ; sh:minCount 1 .",
        "<urn:s> sh:targetClass comity:Mention ; sh:datatype xsd:date, xsd:gYear .",
    ],
    ids=["no path", "two datatypes"],
)
def test_unfit_shapes_are_refused(turtle: str, tmp_path: Path) -> None:
    """A shape whose parameters make no sense is refused, at the latest when it is used."""
    with pytest.raises(ShapeError):
        check(BROKEN, shapes_from(tmp_path, turtle))


def test_unknown_profile_lists_the_known_ones() -> None:
    """A profile that does not exist is refused with the names of those that do."""
    with pytest.raises(UnknownNameError, match="core"):
        load_shapes(profile="strictest")


def test_profiles_are_the_further_files(tmp_path: Path) -> None:
    """Every shape file beside the core ones is a profile of its name."""
    for name in ("statement", "release"):
        (tmp_path / f"{name}.ttl").touch()
    assert profiles(tmp_path) == ("core", "release")


def test_data_that_is_no_turtle() -> None:
    """Data that cannot be parsed is an input error, not a clean bill."""
    with pytest.raises(InputError, match="Turtle"):
        check("a b", load_shapes())


def test_shapes_graph_is_not_changed(shapes: Shapes) -> None:
    """Checking leaves the shapes graph as it was."""
    before = set(shapes.graph)
    check(BROKEN, from_graph(shapes.graph))
    assert set(shapes.graph) == before


def test_documents_know_the_catalogue(shapes: Shapes) -> None:
    """What a document refers to in the catalogue is known when the document is checked."""
    document = ntriples(PREFIXES + MENTION.format(hex="00ff", start=1))
    assert list(check_documents([("document-1", document)], ntriples(CONTEXT), shapes)) == []


def test_catalogue_is_reported_once(shapes: Shapes) -> None:
    """A fault of the catalogue is reported once, however many documents refer to it."""
    nameless = ntriples(PREFIXES + "<https://w3id.org/comity/actor/CHN> a comity:State .")
    documents = [
        (f"document-{n}", ntriples(PREFIXES + MENTION.format(hex=f"00{n}", start=1)))
        for n in range(10, 13)
    ]
    found = list(check_documents(documents, nameless, shapes))
    assert [(v.focus, v.severity) for v in found] == [
        ("https://w3id.org/comity/actor/CHN", "Warning")
    ]


def test_documents_come_in_their_order(shapes: Shapes) -> None:
    """Faults come document by document, in the order the documents come in."""
    documents = [
        (f"document-{n}", ntriples(PREFIXES + MENTION.format(hex=n, start=9)))
        for n in ("00ff", "00aa", "00cc")
    ]
    found = check_documents(documents, ntriples(CONTEXT), shapes)
    assert [v.focus.rpartition("/")[2] for v in found] == [
        "mention-00ff-00",
        "mention-00aa-00",
        "mention-00cc-00",
    ]


def test_many_documents_give_what_one_gives(
    shapes: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many documents are checked at a time changes nothing."""
    documents = [
        (f"document-{n}", ntriples(PREFIXES + MENTION.format(hex=f"00{n}", start=n - 14)))
        for n in range(10, 30)
    ]
    together = list(check_documents(documents, ntriples(CONTEXT), shapes))
    monkeypatch.setattr("comity.check.validate._BATCH", 1)
    assert list(check_documents(documents, ntriples(CONTEXT), shapes)) == together
    assert len(together) == 15


def test_blank_nodes_of_two_documents_stay_apart(shapes: Shapes) -> None:
    """The same blank node label in two documents means two nodes."""
    line = f"_:a <{RDF.type}> <https://w3id.org/comity/ontology#Mention> ."
    found = list(check_documents([("a", line), ("b", line)], ntriples(CONTEXT), shapes))
    assert len({v.focus for v in found}) == 2


def test_broken_document_is_named(shapes: Shapes) -> None:
    """A document whose graph cannot be parsed is named."""
    with pytest.raises(InputError, match="document-7"):
        list(check_documents([("document-7", "<a")], "", shapes))


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("statement-00ff", "statement-00ff"),
        ("evidence-00ff", "statement-00ff"),
        ("position-00ff", "statement-00ff"),
        ("quote-00ff", "statement-00ff"),
        ("mention-00ff-03", "statement-00ff"),
        ("document-00ff", None),
        ("event-00ff", None),
        ("actor-00ff", None),
    ],
)
def test_statement_of(local: str, expected: str | None) -> None:
    """A fault of a statement or of what belongs to it names the statement; others name none."""
    assert statement_of(violation(f"https://data.example/x/{local}")) == expected


def test_explain_is_one_readable_line() -> None:
    """A violation reads as severity, place, message and the value at fault, on one line."""
    assert explain(violation()) == (
        "Violation: statement-00ff modality: A statement has exactly one modality. "
        "(found modality:wish)"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '(found "1.5")'),
        ('"wünsche\\nmore"@de', '(found "wünsche\\nmore"@de)'),
        ('"' + "x" * 200 + '"', "xxx...)"),
        ("<https://w3id.org/comity/id/statement-00ff>", "modality."),
    ],
)
def test_explain_shows_values_briefly(value: str, shown: str) -> None:
    """A value is shown without datatype and shortened; the node itself is not shown again."""
    line = explain(violation(value=value))
    assert line.endswith(shown) and len(line) < 200 and "\n" not in line


def test_explain_leaves_the_base_unsaid() -> None:
    """Nodes are shown without the base of their own graph, whatever it is."""
    base = "https://data.example/kg/"
    found = violation(base + "statement-00ff", value=f"<{base}event-00aa>")
    assert explain(found, base).startswith("Violation: statement-00ff modality: ")
    assert explain(found, base).endswith("(found event-00aa)")
    assert base in explain(found)


@pytest.mark.parametrize(
    ("severities", "expected"),
    [((), True), (("Warning", "Info"), True), (("Warning", "Violation"), False)],
)
def test_accepted(severities: tuple[str, ...], expected: bool) -> None:
    """Data are accepted when no result is a violation."""
    assert accepted([violation(severity=severity) for severity in severities]) is expected


@pytest.mark.parametrize("name", ["own.ttl", "own.nt.gz", "own"])
def test_file_is_checked(name: str, shapes: Shapes, tmp_path: Path) -> None:
    """A file gives what its text gives; an ending that says nothing stands for Turtle."""
    text = ntriples(BROKEN).encode()
    (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    assert check_file(tmp_path / name, shapes) == (check(BROKEN, shapes), True)


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.ttl", "cannot be read"), ("cut.nq.gz", "cut off"), ("bad.trig", "no TriG")],
)
def test_file_that_cannot_be_checked(
    name: str, message: str, shapes: Shapes, tmp_path: Path
) -> None:
    """A file that cannot be read is an error that names it."""
    if not name.startswith("none"):
        (tmp_path / name).write_bytes(gzip.compress(b"a" * 99)[:-9] if "gz" in name else b"a b")
    with pytest.raises(InputError, match=rf"{name}: .*{message}"):
        check_file(tmp_path / name, shapes)


def test_file_that_no_shape_concerns(shapes: Shapes, tmp_path: Path) -> None:
    """A file without any node that a shape aims at has no violations, and is told apart."""
    (tmp_path / "a.ttl").write_text("<urn:a> a <urn:b> .")
    assert check_file(tmp_path / "a.ttl", shapes) == ([], False)


def test_explain_reads_longer_paths(shapes: Shapes) -> None:
    """A path of several steps is shown with short names."""
    found = check(PREFIXES + "id:statement-00ff a comity:Statement .", shapes)
    lines = [explain(v) for v in found if v.shape.endswith("area-given")]
    assert len(lines) == 1 and "statement-00ff measure/targetArea:" in lines[0].replace(" / ", "/")


def test_report_reads_back(shapes: Shapes) -> None:
    """The report holds every result, with its focus node, shape and path, and no blank nodes."""
    found = check(BROKEN, shapes)
    graph = rdflib.Graph().parse(data=report_turtle(found), format="turtle")
    report = graph.value(predicate=RDF.type, object=SH.ValidationReport)
    results = list(graph.objects(report, SH.result))
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)
    assert {str(graph.value(r, SH.focusNode)) for r in results} == {v.focus for v in found}
    assert {str(graph.value(r, SH.sourceShape)) for r in results} == {v.shape for v in found}
    assert {str(graph.value(r, SH.resultPath)) for r in results} == {v.path for v in found}
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_report_is_canonical() -> None:
    """The same results give the same bytes, in whatever order and however often they come."""
    one, two = violation(), violation(focus="https://w3id.org/comity/id/statement-00aa")
    assert report_turtle([one, two]) == report_turtle([two, one, one])


def test_report_of_a_clean_graph_conforms() -> None:
    """A report without results says that the graph conforms."""
    graph = rdflib.Graph().parse(data=report_turtle([]), format="turtle")
    assert [str(o) for o in graph.objects(None, SH.conforms)] == ["true"]


def test_longer_paths_are_left_to_the_shape(shapes: Shapes) -> None:
    """A path of several steps is no IRI, so the report leaves it to the shape."""
    found = check(PREFIXES + "id:statement-00ff a comity:Statement .", shapes)
    chosen = [v for v in found if v.shape.endswith("area-given")]
    graph = rdflib.Graph().parse(data=report_turtle(chosen), format="turtle")
    assert not list(graph.objects(None, SH.resultPath))
    assert len(list(graph.objects(None, SH.sourceShape))) == 1
