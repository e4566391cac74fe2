"""Statements and documents of a release as tables, and what their descriptions say of them."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from tests.publish.wordy import write_corpus

from comity import KnowledgeGraph
from comity.errors import GraphFolderError, MissingExtraError
from comity.model import Document, Statement
from comity.publish import tables
from comity.publish.columns import columns, rows
from comity.publish.content import Content, parsed
from comity.publish.datapackage import DATE
from comity.publish.prepare import prepare
from comity.publish.release import POLICIES, QuotePolicy, Release, make_release
from comity.publish.tables import write_parquet, write_tables
from comity.rdf.namespaces import RDF
from comity.rdf.terms import boolean_term, decimal_term, literal_term
from comity.records import schema
from comity.review.sheets import FIELDS, TOLD_AGAIN

Prepared = Callable[[KnowledgeGraph, Release], Content]
CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
POLICY = pytest.mark.parametrize("policy", POLICIES)


@pytest.fixture(scope="module")
def tabled(
    graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, tuple[Content, Path]]:
    """The hand-coded corpus and its tables, under each policy."""
    found = {}
    for policy in POLICIES:
        room, folder = (tmp_path_factory.mktemp(f"{policy}-{name}") for name in ("room", "out"))
        content = prepare(graph, make_release("2026.11", graph.namespaces, quotes=policy), room)
        write_tables(content, folder)
        found[policy] = (content, folder)
    return found


def table(folder: Path) -> list[dict[str, str]]:
    """The rows of the CSV by column."""
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def records(file: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def loaded(file: Path) -> Any:
    """What a JSON file holds."""
    return json.loads(file.read_text("utf-8"))


# -- records -----------------------------------------------------------------------------


def test_records_are_those_of_the_graph(
    graph: KnowledgeGraph, tabled: Mapping[str, tuple[Content, Path]]
) -> None:
    """With all quotations the records are, to the byte, what the build has left."""
    _, folder = tabled["full"]
    for name in ("statements.jsonl", "documents.jsonl"):
        assert (folder / name).read_bytes() == (graph.version / name).read_bytes()


@POLICY
def test_records_keep_the_schema(
    tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy
) -> None:
    """Every record is what the published schema describes, also without a quotation."""
    _, folder = tabled[policy]
    for kind in ("statement", "document"):
        validator = jsonschema.Draft202012Validator(schema(kind))
        for record in records(folder / f"{kind}s.jsonl"):
            validator.validate(record)
    first = records(folder / "statements.jsonl")[0]
    assert ("quote_sha256" in first) == (policy != "full")
    assert (first["quote"] is None) == (policy == "none")


@pytest.fixture(params=POLICIES)
def wordy_release(
    request: pytest.FixtureRequest, tmp_path: Path
) -> tuple[KnowledgeGraph, Path, list[Path], str]:
    """A graph of long passages, its tables under each policy, its texts, and the policy."""
    found = write_corpus(tmp_path)
    codings = [tmp_path / "notes.statements.jsonl"]
    graph = KnowledgeGraph.from_records(codings, found, tmp_path / "kg")
    room, folder = tmp_path / "room", tmp_path / "out"
    room.mkdir()
    folder.mkdir()
    release = make_release("1.0", graph.namespaces, issued="2026", quotes=request.param)
    write_tables(prepare(graph, release, room), folder)
    return graph, folder, found, request.param


def passages(graph: KnowledgeGraph) -> list[tuple[str, str, str | None]]:
    """The passages of a graph by id."""
    return [(each.id, each.quote, each.quote_sha256) for each in graph.records()]


@pytest.mark.parametrize("name", ["statements.jsonl", "statements.csv"])
def test_whoever_has_the_texts_gets_the_passages_back(
    wordy_release: tuple[KnowledgeGraph, Path, list[Path], str], tmp_path: Path, name: str
) -> None:
    """Imported beside their texts, the tables of a release give the whole passages again."""
    graph, folder, found, policy = wordy_release
    again = KnowledgeGraph.from_records([folder / name], found, tmp_path / "again")
    assert again.report is not None and not again.report.rejections
    assert passages(again) == passages(graph)
    if policy == "full":
        assert list(again.records()) == list(graph.records())


@pytest.mark.parametrize("name", ["statements.jsonl", "statements.csv"])
def test_a_passage_that_is_another_is_set_aside(
    wordy_release: tuple[KnowledgeGraph, Path, list[Path], str], tmp_path: Path, name: str
) -> None:
    """Offsets that were changed lead to other words: the hash, or the quote, tells."""
    graph, folder, found, policy = wordy_release
    first = next(iter(graph.records()))
    file = folder / name
    text = file.read_text("utf-8")
    form = ",{},{}," if name.endswith("csv") else '"start": {}, "end": {}'
    there, beside = (form.format(first.start + n, first.end + n) for n in (0, 1))
    changed = text.replace(there, beside, 1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    again = KnowledgeGraph.from_records([file], found, tmp_path / "again")
    assert again.report is not None
    if name.endswith("csv") and policy == "full":
        assert not again.report.rejections  # the words of a table go before its numbers
    else:
        (aside,) = again.report.rejections
        assert "hash" in aside.reason or "the quote is not what the text has" in aside.reason
        assert len(passages(again)) == len(passages(graph)) - 1


@pytest.mark.parametrize("sha256", [None, "0" * 64, "ab"])
def test_without_words_there_must_be_the_hash(sha256: str | None) -> None:
    """A record whose quote is null is none without the hash of the passage."""
    record = {"document": "document-" + "0" * 20, "start": 0, "end": 9, "quote": None}
    record |= {"action": "act", "modality": "report", "quote_sha256": sha256}
    valid = jsonschema.Draft202012Validator(schema("statement")).is_valid(record)
    assert valid == (sha256 == "0" * 64)


# -- CSV ---------------------------------------------------------------------------------


@POLICY
def test_a_row_is_a_line(tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy) -> None:
    """One row a statement, one line a row, so that a difference between releases reads well."""
    content, folder = tabled[policy]
    text = (folder / "statements.csv").read_text("utf-8")
    assert "\r" not in text
    assert len(text.splitlines()) == 1 + len(list(content.statements()))
    assert [row["id"] for row in table(folder)] == [each.id for each in content.statements()]


def test_columns_are_the_fields_and_what_they_stand_for(content: Content) -> None:
    """First the fields of a record in their order, then what an import passes over."""
    names = [column.name for column in columns(content)]
    assert names[: len(FIELDS)] == list(FIELDS)
    assert sorted(names[len(FIELDS) :]) == sorted(TOLD_AGAIN)
    limited = replace(content, release=replace(content.release, quotes="none"))
    assert {c.name for c in columns(limited)} == {*names, "quote_sha256"}


@POLICY
def test_every_iri_is_one_of_the_data(
    tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy
) -> None:
    """What the table calls by IRI is what the dump says, role by role."""
    content, folder = tabled[policy]
    said: dict[tuple[str, str], set[str]] = {}
    for line in content.lines():
        subject, predicate, value, _ = parsed(line)
        said.setdefault((subject[1:-1], predicate[1:-1]), set()).add(value[1:-1])
    listed = [column for column in columns(content) if column.kind in ("iri", "iris")]
    assert len(listed) == 12
    for row in table(folder):
        for column in listed:
            if column.name in ("statement_iri", "area_iris"):
                continue
            found = set(row[column.name].split(" | ")) - {""}
            assert found == said.get((row["statement_iri"], column.property), set()), column.name
        assert (row["statement_iri"], RDF + "type") in said


def test_labels_are_those_of_the_data(tabled: Mapping[str, tuple[Content, Path]]) -> None:
    """Actors, candidates among them, and measures are named as the dump names them in English."""
    content, folder = tabled["full"]
    names: dict[str, set[str]] = {}
    for line in content.lines():
        subject, predicate, value, _ = parsed(line)
        if predicate.endswith("#prefLabel>") and value.endswith("@en"):
            names.setdefault(subject[1:-1], set()).add(value[1:-4])
    pairs = 0
    for row in table(folder):
        for one in ("actor", "counterpart", "beneficiary", "constrained", "measure", "area"):
            iris, labels = (row[f"{one}_{kind}"].split(" | ") for kind in ("iris", "labels"))
            for iri, label in zip(iris, labels, strict=True):
                assert not iri or names[iri] == {label}
                pairs += bool(iri)
    assert pairs > 500


def test_a_spreadsheet_runs_nothing(content: Content, tmp_path: Path) -> None:
    """A text that a spreadsheet takes for a formula is written so that it does not."""
    evil = '=HYPERLINK("https://example.org";"see | here\n")'

    def statements() -> Iterator[Statement]:
        for each in content.statements():
            yield replace(each, place=evil, object=evil, actors=())

    def documents() -> Iterator[Document]:
        for each in content.documents():
            yield replace(each, title=evil, publisher="+1", url="@x", license="-1")

    write_tables(replace(content, statements=statements, documents=documents), tmp_path)
    for row in table(tmp_path):
        assert not [name for name, cell in row.items() if cell[:1] in ("=", "+", "-", "@")]
        assert row["document_title"] == row["place"] == "\\" + evil.replace("\n", "\\n")


def test_a_name_does_not_split_a_list(content: Content, tmp_path: Path) -> None:
    """A name with the sign that separates a list stays one name."""

    def statements() -> Iterator[Statement]:
        for each in content.statements():
            named = tuple(replace(mention, text="A | B\nC") for mention in each.actors)
            yield replace(each, actors=named)

    write_tables(replace(content, statements=statements), tmp_path)
    for row, each in zip(table(tmp_path), content.statements(), strict=True):
        names = row["actor_names"].split(" | ") if each.actors else []
        assert names == ["A ¦ B C"] * len(each.actors)


def test_statements_in_another_order_are_refused(content: Content) -> None:
    """The table is written as it is read, document by document: a damaged graph is told."""

    def statements() -> Iterator[Statement]:
        yield from sorted(content.statements(), key=lambda each: each.document, reverse=True)

    with pytest.raises(GraphFolderError, match="order of the documents"):
        list(rows(replace(content, statements=statements)))


# -- Parquet -----------------------------------------------------------------------------


@POLICY
def test_parquet_holds_the_records(
    tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy
) -> None:
    """Typed columns, lists as lists, mentions as structures; an empty text is null."""
    content, folder = tabled[policy]
    frame = pl.read_parquet(folder / "statements.parquet")
    assert frame.columns == [column.name for column in columns(content)]
    kept = [column for column in columns(content) if column.name not in TOLD_AGAIN]
    for row, record in zip(
        frame.iter_rows(named=True), records(folder / "statements.jsonl"), strict=True
    ):
        for name in (column.name for column in kept):
            expected = record[name] if record[name] != "" else None
            if name in ("actors", "counterparts", "beneficiaries", "constrained"):
                expected = [{"start": None, "end": None, **mention} for mention in expected]
            elif name == "speaker":
                blank = dict.fromkeys(("text", "id", "start", "end", "on_behalf_of"))
                assert (row[name] or blank) == {**blank, **(expected or {})}
                continue
            assert row[name] == expected, name


def test_parquet_is_typed(tabled: Mapping[str, tuple[Content, Path]]) -> None:
    """Numbers, truth values, lists and texts can be told apart without reading a row."""
    types = pl.read_parquet_schema(tabled["full"][1] / "statements.parquet")
    assert (types["start"], types["confidence"]) == (pl.Int64(), pl.Float64())
    assert (types["negated"], types["date"]) == (pl.Boolean(), pl.String())
    assert types["areas"] == types["actor_iris"] == types["principles"] == pl.List(pl.String())
    mention = {"text": pl.String(), "id": pl.String(), "start": pl.Int64(), "end": pl.Int64()}
    assert types["actors"] == pl.List(pl.Struct(mention))
    assert types["speaker"] == pl.Struct({**mention, "on_behalf_of": pl.String()})


_RUN = """
import sys
from pathlib import Path
from comity import KnowledgeGraph
from comity.publish.prepare import prepare
from comity.publish.release import make_release
from comity.publish.tables import write_tables
kg, room, out = sys.argv[1:]
graph = KnowledgeGraph.open(kg)
write_tables(prepare(graph, make_release("2026.11", graph.namespaces), Path(room)), Path(out))
"""


@pytest.mark.parametrize("threads", ["1", "3"])
def test_any_number_of_threads_gives_the_same_bytes(
    graph: KnowledgeGraph,
    tabled: Mapping[str, tuple[Content, Path]],
    tmp_path: Path,
    threads: str,
) -> None:
    """Another process, folder and number of threads: the same tables and descriptions."""
    room, out = tmp_path / "room", tmp_path / "out"
    room.mkdir()
    out.mkdir()
    surroundings = {**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads}
    call = [sys.executable, "-c", _RUN, str(graph.path), str(room), str(out)]
    subprocess.run(call, check=True, env=surroundings)
    _, expected = tabled["full"]
    names = sorted(path.name for path in expected.iterdir())
    assert sorted(path.name for path in out.iterdir()) == names
    for name in names:
        assert (out / name).read_bytes() == (expected / name).read_bytes(), name
        assert str(tmp_path).encode() not in (out / name).read_bytes()


def test_the_order_of_inputs_does_not_matter(
    tabled: Mapping[str, tuple[Content, Path]], tmp_path: Path
) -> None:
    """Texts and codings named in another order give the same tables."""
    texts = sorted(CORPUS.glob("*.md"), reverse=True)
    codings = sorted(CORPUS.glob("*.statements.jsonl"), reverse=True)
    graph = KnowledgeGraph.from_records(codings, texts, tmp_path / "kg")
    room, out = tmp_path / "room", tmp_path / "out"
    room.mkdir()
    out.mkdir()
    write_tables(prepare(graph, make_release("2026.11", graph.namespaces), room), out)
    for path in tabled["full"][1].iterdir():
        assert (out / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("batch", [1, 7, 142, 143])
def test_batches_leave_no_trace(
    content: Content,
    tabled: Mapping[str, tuple[Content, Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
) -> None:
    """How many rows are held at once is not seen in the file."""
    monkeypatch.setattr(tables, "_BATCH", batch)
    write_parquet(content, tmp_path)
    expected = (tabled["full"][1] / "statements.parquet").read_bytes()
    assert (tmp_path / "statements.parquet").read_bytes() == expected


def test_a_release_without_statements_has_its_columns(content: Content, tmp_path: Path) -> None:
    """Where everything was rejected the tables are there, and empty."""
    write_tables(replace(content, statements=lambda: iter(())), tmp_path)
    frame = pl.read_parquet(tmp_path / "statements.parquet")
    assert frame.height == 0 and frame.width == len(columns(content))
    assert table(tmp_path) == []


def test_without_polars_it_is_said_what_to_install(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing extra is named with the command that adds it."""
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'comity\[publish\]'"):
        write_parquet(content, tmp_path)


# -- Data Package ------------------------------------------------------------------------


def _holds(constraints: Mapping[str, Any], cell: str) -> bool:
    """Whether a cell keeps the constraints of Table Schema."""
    if cell == "":
        return not constraints["required"]
    bounds = float(constraints.get("minimum", "-inf")), float(constraints.get("maximum", "inf"))
    number = float(cell) if {"minimum", "maximum"} & set(constraints) else 0.0
    return (
        cell in constraints.get("enum", [cell])
        and re.search(constraints.get("pattern", ""), cell) is not None
        and bounds[0] <= number <= bounds[1]
    )


@POLICY
def test_the_package_describes_its_files(
    tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy
) -> None:
    """Each resource has the size and hash of its file, and every field of it in order."""
    _, folder = tabled[policy]
    package = loaded(folder / "datapackage.json")
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch("[a-z0-9._-]+", package["name"]) and package["version"] == "2026.11"
    assert "created" not in package  # a month is no moment
    assert package["licenses"] and all({"path", "name"} & set(each) for each in package["licenses"])
    assert len({each["name"] for each in package["resources"]}) == len(package["resources"]) == 3
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert re.fullmatch("[a-z0-9._-]+", resource["name"]) and resource["encoding"] == "utf-8"
        names = [each["name"] for each in resource["schema"]["fields"]]
        if resource["format"] == "csv":
            assert names == list(table(folder)[0])
        else:
            assert all(list(record) == names for record in records(folder / resource["path"]))


@POLICY
def test_every_cell_keeps_its_constraints(
    tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy
) -> None:
    """Needed, unique, patterned, listed, bounded; keys lead to rows of the other table."""
    _, folder = tabled[policy]
    found = {each["name"]: each for each in loaded(folder / "datapackage.json")["resources"]}
    described = found["statements"]["schema"]
    cells = table(folder)
    for each in described["fields"]:
        column = [row[each["name"]] for row in cells]
        assert [cell for cell in column if not _holds(each["constraints"], cell)] == [], each
        if each["type"] == "integer":
            assert all(cell.isdecimal() for cell in column)
        if each["type"] == "boolean":
            assert set(column) <= {"true", "false"}
        if each["constraints"].get("unique"):
            assert len(set(column)) == len(column)
    assert described["primaryKey"] == ["id"]
    (key,) = described["foreignKeys"]
    assert key["reference"]["resource"] == "documents"
    known = {record["id"] for record in records(folder / "documents.jsonl")}
    assert {row["document"] for row in cells} <= known


def test_records_are_typed_in_the_package(tabled: Mapping[str, tuple[Content, Path]]) -> None:
    """What is a list or an object in the records is called so."""
    _, folder = tabled["full"]
    kinds = {"array": list, "object": dict, "string": str, "number": (int, float)}
    kinds |= {"integer": int, "boolean": bool}
    for resource in loaded(folder / "datapackage.json")["resources"][1:]:
        for record in records(folder / resource["path"]):
            for each in resource["schema"]["fields"]:
                value = record[each["name"]]
                assert value is None or isinstance(value, kinds[each["type"]]), each
                assert value is not None or not each["constraints"]["required"]


def test_a_day_of_issue_is_the_day_of_creation(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A release with a whole date says so, at its beginning in UTC."""
    release = make_release("1.0", graph.namespaces, issued="2026-11-24")
    room = tmp_path / "room"
    room.mkdir()
    write_tables(prepare(graph, release, room), tmp_path)
    assert loaded(tmp_path / "datapackage.json")["created"] == "2026-11-24T00:00:00Z"


# -- CSV on the Web ----------------------------------------------------------------------


def _terms(metadata: Mapping[str, Any], row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What a converter makes of a row, by Generating RDF from Tabular Data, minimal mode."""
    subject = f"<{row['statement_iri']}>"
    assert metadata["tableSchema"]["aboutUrl"] == "{+statement_iri}"
    for column in metadata["tableSchema"]["columns"]:
        cell = row.get(column["name"], "")
        if column.get("suppressOutput") or not (cell or column.get("virtual")):
            continue
        predicate = f"<{column['propertyUrl']}>"
        if "valueUrl" in column:
            value = re.sub(r"\{\+(\w+)\}", lambda name: row[name[1]], column["valueUrl"])
            yield subject, predicate, f"<{value}>"
        else:
            told = column["datatype"]
            base = told["base"] if isinstance(told, dict) else told
            assert "separator" not in column
            write: Mapping[str, Callable[[str], str]] = {
                "boolean": lambda text: boolean_term(text == "true"),
                "decimal": lambda text: decimal_term(float(text)),
                "string": literal_term,
            }
            yield subject, predicate, write[base](cell)


@POLICY
def test_what_csvw_makes_of_the_table_is_in_the_dump(
    tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy
) -> None:
    """A converter gives triples of the data set and no others, at least six for each statement."""
    content, folder = tabled[policy]
    metadata = loaded(folder / "statements.csv-metadata.json")
    said = {parsed(line)[:3] for line in content.lines()}
    for row in table(folder):
        made = set(_terms(metadata, row))
        assert made <= said
        assert len(made) >= 6


_DATATYPES: Mapping[str, Callable[[str], bool]] = {
    "string": lambda text: True,
    "anyURI": lambda text: re.match(r"https?://\S+$", text) is not None,
    "NMTOKEN": lambda text: re.fullmatch(r"[\w.:-]+", text) is not None,
    "boolean": lambda text: text in ("true", "false"),
    "decimal": lambda text: re.fullmatch(r"\d+(\.\d+)?", text) is not None,
    "nonNegativeInteger": str.isdecimal,
}


@POLICY
def test_the_table_is_valid_csvw(
    tabled: Mapping[str, tuple[Content, Path]], policy: QuotePolicy
) -> None:
    """Columns are those of the header; each cell has its datatype, its format, and is there."""
    _, folder = tabled[policy]
    metadata = loaded(folder / "statements.csv-metadata.json")
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert metadata["url"] == "statements.csv" and metadata["dialect"]["header"] is True
    described = metadata["tableSchema"]["columns"]
    virtual = [column.get("virtual", False) for column in described]
    assert virtual == sorted(virtual)  # virtual columns come last
    cells = table(folder)
    assert [c["name"] for c in described if not c.get("virtual")] == list(cells[0])
    assert metadata["tableSchema"]["primaryKey"] == "id"
    for column in described[: virtual.index(True)]:
        told = column["datatype"]
        base, form = (told["base"], told.get("format")) if isinstance(told, dict) else (told, None)
        for row in cells:
            whole = row[column["name"]]
            assert whole or not column["required"], column["name"]
            values = whole.split(column["separator"]) if "separator" in column else [whole]
            for value in filter(None, values):
                assert _DATATYPES[base](value), (column["name"], value)
                assert form is None or re.search(form, value), (column["name"], value)
        assert column["propertyUrl"].startswith("http") and column["dc:description"]


def test_dates_have_the_form_that_is_told() -> None:
    """Days, months, years and days of every year are dates; nothing else is."""
    for day in ("2019-04-26", "2019-04", "2019", "--04-26"):
        assert re.search(DATE, day)
    for other in ("19", "2019-4", "2019-04-26T00:00:00", "26.04.2019", "--04"):
        assert not re.search(DATE, other)
