from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import FOLDER, named, quads, show, vocabulary

from comity.assets import path as asset
from comity.errors import QueryError, UnknownNameError, UsageError
from comity.identifiers import candidate_id
from comity.queries import (
    TYPES,
    Parameter,
    Word,
    answer,
    bind,
    derive,
    library,
    parse,
    resolve,
    suggestion,
)
from comity.rdf import sparql
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import IRI, Literal, Term, from_text
from comity.rdf.vocabulary import load
from comity.store import Store, Table

LIBRARY = library()
ANSWERS = sorted((FOLDER / "answers").glob("*.[0-9].tsv"))
HEADER = "# title: T\n# question: Q?\n# column: a A column\n# since: 0.1.0\n"


@cache
def store() -> Store:
    """The small graph in a store."""
    return Store.of(quads())


@cache
def dataset() -> rdflib.Dataset:
    """The small graph in rdflib."""
    found = rdflib.Dataset(default_union=True)
    found.parse(data=quads(), format="nquads")
    return found


def stated(file: Path) -> tuple[str, dict[str, str], list[str], list[str]]:
    """A stated answer: the query, its parameters, the columns and the rows."""
    first, columns, *rows = file.read_text("utf-8").splitlines()
    return file.name.split(".", maxsplit=1)[0], json.loads(first[1:]), columns.split("\t"), rows


def lines(table: Table) -> list[str]:
    """The rows of an answer as the stated answers write them."""
    return ["\t".join(show(term).replace("\n", "\\n") for term in row) for row in table.rows]


def plain(term: rdflib.term.Node | None) -> Term | None:
    """A term of rdflib as ours."""
    if isinstance(term, rdflib.Literal):
        datatype = {} if term.datatype is None else {"datatype": str(term.datatype)}
        return Literal(str(term), term.language, **datatype)
    return None if term is None else IRI(str(term))


@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.stem)
def test_answer(file: Path) -> None:
    """A question has its stated answer on the small graph."""
    name, parameters, columns, rows = stated(file)
    table = answer(store(), LIBRARY[name], parameters, vocabulary())
    assert (list(table.columns), lines(table)) == (columns, rows)


@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.stem)
def test_another_engine_gives_the_same(file: Path) -> None:
    """A question has the same answer, in the same order, on rdflib."""
    name, parameters, columns, rows = stated(file)
    terms = bind(LIBRARY[name], parameters, vocabulary(), store=store())
    found = dataset().query(sparql.bind(LIBRARY[name].text, terms))
    table = Table(tuple(columns), tuple(tuple(plain(term) for term in row) for row in found))
    assert (list(map(str, found.vars or ())), lines(table)) == (columns, rows)


@pytest.mark.parametrize("name", LIBRARY)
def test_query_has_an_answer_with_rows(name: str) -> None:
    """Every question has a stated answer that is not empty."""
    assert any(stated(file)[3] for file in ANSWERS if stated(file)[0] == name)


@pytest.mark.parametrize("name", LIBRARY)
def test_header_describes_the_answer(name: str) -> None:
    """The columns of the header are those of the answer, in their order."""
    query = LIBRARY[name]
    (file, *_) = (file for file in ANSWERS if stated(file)[0] == name)
    table = answer(store(), query, stated(file)[1], vocabulary())
    assert tuple(column.name for column in query.columns) == table.columns


@pytest.mark.parametrize("name", LIBRARY)
def test_parameters_are_variables(name: str) -> None:
    """Every parameter of the header is a variable of the query, and all are described."""
    query = LIBRARY[name]
    used = set(sparql.variables(query.text))
    assert {parameter.name for parameter in query.parameters} <= used
    assert (
        query.title and query.question.endswith("?") and re.fullmatch(r"\d+\.\d+\.\d+", query.since)
    )


@pytest.mark.parametrize("name", LIBRARY)
def test_query_stands_alone(name: str) -> None:
    """A question declares its prefixes, so that any endpoint can be asked."""
    assert sparql.unknown_prefix(LIBRARY[name].text, ()) is None


@pytest.mark.parametrize("file", sorted(asset("queries").rglob("*.rq")), ids=lambda f: f.stem)
def test_minus_and_no_not_exists(file: Path) -> None:
    """No question says NOT EXISTS: MINUS says the same and is far faster."""
    words = [token.keyword for token in sparql.check(file.read_text("utf-8"))]
    assert "EXISTS" not in words


def test_defaults_are_in_the_vocabulary() -> None:
    """Every default of a parameter is found in the bundled vocabulary."""
    bundled = load()
    for query in LIBRARY.values():
        for parameter in query.parameters:
            if parameter.default is not None:
                resolve(parameter, parameter.default, bundled)


def test_derived_shortcuts() -> None:
    """The shortcuts are those stated: none from rejected or refused statements, or from urging."""
    found = [" ".join(show(from_text(term)) for term in triple) for triple in derive(store())]
    assert found == (FOLDER / "answers" / "derive.tsv").read_text("utf-8").splitlines()


def test_derived_shortcuts_are_sorted() -> None:
    """Derived triples come sorted, each once."""
    found = derive(store())
    assert found == sorted(set(found))


def test_another_engine_derives_the_same() -> None:
    """The published CONSTRUCT queries give the same triples on rdflib."""
    found = set()
    for file in asset("queries/derive").glob("*.rq"):
        for triple in dataset().query(file.read_text("utf-8")):
            found.add(tuple(term.n3() for term in triple))
    assert found == set(derive(store()))


def test_deriving_needs_construct(tmp_path: Path) -> None:
    """A query that gives a table derives nothing and is named."""
    (tmp_path / "list.rq").write_text("SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(QueryError, match=r"list\.rq"):
        derive(store(), tmp_path)


def test_importing_is_light() -> None:
    """Importing the module starts no RDF library, no spaCy and no pandas."""
    heavy = ("rdflib", "pyoxigraph", "spacy", "pandas", "networkx")
    code = f"import sys, comity.queries; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- names to terms ----------------------------------------------------------------------

AREA = "https://w3id.org/comity/area/trade-secrets"
ARVANE = "https://w3id.org/comity/actor/ARV"


@pytest.mark.parametrize(
    ("kind", "value", "iri"),
    [
        ("area", "trade-secrets", AREA),
        ("area", "Trade-Secrets", AREA),
        ("area", "trade_secrets", AREA),
        ("area", "trade secrets", AREA),
        ("area", " TRADE  SECRETS ", AREA),
        ("area", "undisclosed information", AREA),
        ("area", "商业秘密", AREA),
        ("area", "area:trade-secrets", AREA),
        ("area", AREA, AREA),
        ("area", f"<{AREA}>", AREA),
        ("actor", "ARV", ARVANE),
        ("actor", "arv", ARVANE),
        ("actor", "Arvane", ARVANE),
        ("actor", "republic of arvane", ARVANE),
        ("actor", "阿尔文", ARVANE),
        ("actor", "actor:ARV", ARVANE),
        ("actor", "actor-00ff", "https://w3id.org/comity/id/actor-00ff"),
        ("actor", "id:actor-00ff", "https://w3id.org/comity/id/actor-00ff"),
        ("statement", "statement-00ff", "https://w3id.org/comity/id/statement-00ff"),
        ("document", "id:document-00ff", "https://w3id.org/comity/id/document-00ff"),
        ("event", "event-00ff", "https://w3id.org/comity/id/event-00ff"),
    ],
)
def test_name_resolves(kind: str, value: str, iri: str) -> None:
    """A code, a label in any language and case, a CURIE or an IRI stands for the same thing."""
    assert resolve(Parameter("it", kind), value, vocabulary()) == IRI(iri)


def test_data_lives_where_the_namespaces_say() -> None:
    """Ids are resolved under the base IRI of the graph."""
    spaces = Namespaces("https://data.example/kg/")
    found = resolve(Parameter("it", "statement"), "statement-00ff", vocabulary(), spaces)
    assert found == IRI("https://data.example/kg/statement-00ff")


@pytest.mark.parametrize(
    ("kind", "value", "local"),
    [
        ("event", "harbour forum", "event-"),
        ("document", "Accord on Names of Origin", "document-"),
        ("actor", "guild of cheese makers", candidate_id("Guild of Cheese Makers")),
    ],
)
def test_names_of_the_data_resolve(kind: str, value: str, local: str) -> None:
    """Names of events, documents and candidate actors are looked up in the store."""
    found = resolve(Parameter("it", kind), value, vocabulary(), store=store())
    assert str(found).startswith(f"https://w3id.org/comity/id/{local}")


@pytest.mark.parametrize(
    ("kind", "value", "literal"),
    [
        ("integer", "007", Literal("7", datatype="http://www.w3.org/2001/XMLSchema#integer")),
        ("decimal", "0.5", Literal("0.5", datatype="http://www.w3.org/2001/XMLSchema#decimal")),
        ("date", "2019", Literal("2019", datatype="http://www.w3.org/2001/XMLSchema#gYear")),
        (
            "date",
            "2019-04",
            Literal("2019-04", datatype="http://www.w3.org/2001/XMLSchema#gYearMonth"),
        ),
        (
            "date",
            "2019-04-26",
            Literal("2019-04-26", datatype="http://www.w3.org/2001/XMLSchema#date"),
        ),
        ("language", "zh-Hans", Literal("zh-hans")),
        ("string", " as it is ", Literal(" as it is ")),
    ],
)
def test_value_resolves(kind: str, value: str, literal: Literal) -> None:
    """A value becomes a literal of its type."""
    assert resolve(Parameter("it", kind), value, vocabulary()) == literal


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "many"),
        ("decimal", "1e3"),
        ("date", "2019-02-30"),
        ("date", "soon"),
        ("language", "en us"),
    ],
)
def test_unfit_value_is_refused(kind: str, value: str) -> None:
    """A value that does not fit its type is a usage error."""
    with pytest.raises(UsageError):
        resolve(Parameter("it", kind), value, vocabulary())


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        ("area", "trade-secret", "trade-secrets"),
        ("area", "Tarde secrets", "did you mean trade-secrets"),
        ("modality", "comitment", "commitment"),
        ("actor", "Arvan", "Arvane"),
        ("area", "https://w3id.org/comity/area/chess", "trade-secrets|there is|look"),
        ("area", "modality:report", "there is"),
        ("actor", "actor:XYZ", "ARV"),
    ],
)
def test_unknown_name_says_what_may_be_meant(kind: str, value: str, meant: str) -> None:
    """A name that nothing has is refused, with the names that may have been meant."""
    with pytest.raises(UnknownNameError) as caught:
        resolve(Parameter("it", kind), value, vocabulary())
    assert re.search(meant, str(caught.value))


@pytest.mark.parametrize(
    ("value", "hint"),
    [("all the secrets of the state", "(there is trade-secrets)"), ("zzz", "(there is ")],
)
def test_hint_lists_codes(value: str, hint: str) -> None:
    """Where nothing is nearly right, the codes that share a word are listed, else all of them."""
    with pytest.raises(UnknownNameError) as caught:
        resolve(Parameter("it", "area"), value, vocabulary())
    assert hint in str(caught.value)
    if value == "zzz":
        assert all(code in str(caught.value) for code in vocabulary().scheme("area"))


def test_ids_are_looked_up_in_the_store() -> None:
    """With a store at hand, an id of nothing in it is refused, and of another kind too."""
    real = named("Sunda will strengthen").id
    assert resolve(Parameter("it", "statement"), real, vocabulary(), store=store())
    for kind, value in (
        ("statement", "statement-00ff"),
        ("event", "event-00ff"),
        ("actor", "actor-00ff"),
        ("document", f"id:{real}"),
    ):
        with pytest.raises(UnknownNameError, match=f"no {kind} '{value}' in this graph"):
            resolve(Parameter("it", kind), value, vocabulary(), store=store())


@pytest.mark.parametrize("value", [5, 0.5, date(2019, 4, 26)])
def test_numbers_and_dates_count_as_their_text(value: Word) -> None:
    """A value of Python means what its text means."""
    query = parse("SELECT ?s { ?s ?p ?it }", "q")
    assert bind(query, {"it": value}, vocabulary()) == bind(query, {"it": str(value)}, vocabulary())


def test_ambiguous_name_lists_the_codes() -> None:
    """A name that several actors have is refused, with their codes."""
    with pytest.raises(UsageError, match="OST, SUN"):
        resolve(Parameter("it", "actor"), "kingdom", vocabulary())


def test_event_by_name_needs_a_store() -> None:
    """Without a store, an event is given by its id, and the message says so."""
    with pytest.raises(UnknownNameError, match="event-"):
        resolve(Parameter("it", "event"), "Harbour Forum", vocabulary())


# -- binding -----------------------------------------------------------------------------


def test_missing_value_is_named() -> None:
    """A required parameter without a value is named, with what it is for."""
    with pytest.raises(UsageError, match=r"area.*narrower"):
        bind(LIBRARY["actors-by-area"], {}, vocabulary())


def test_defaults_are_bound() -> None:
    """A default is bound when no value is given; a parameter that may be left out is not."""
    terms = bind(LIBRARY["actors-by-area"], {"area": "patents"}, vocabulary())
    assert terms == {
        "area": IRI(AREA.replace("trade-secrets", "patents")),
        "language": Literal("en"),
    }


def test_unknown_parameter_is_refused() -> None:
    """A parameter that the query does not have is refused, with the nearest one it has."""
    with pytest.raises(UnknownNameError, match="did you mean area"):
        bind(LIBRARY["actors-by-area"], {"aera": "patents"}, vocabulary())


def test_hyphen_counts_as_underscore() -> None:
    """A parameter may be written with a hyphen."""
    values = {"area": "patents", "measure-type": "cooperation"}
    assert "measure_type" in bind(LIBRARY["actors-by-area"], values, vocabulary())


@pytest.mark.parametrize(
    ("name", "value", "term"),
    [
        ("area", "patents", IRI(AREA.replace("trade-secrets", "patents"))),
        ("measure_type", "cooperation", IRI("https://w3id.org/comity/measure-type/cooperation")),
        ("x", "area:anything", IRI("https://w3id.org/comity/area/anything")),
        ("x", "some words", Literal("some words")),
    ],
)
def test_parameters_of_plain_sparql_are_guessed(name: str, value: str, term: Term) -> None:
    """A query without a header takes parameters by the name of a type, as IRIs, or as text."""
    query = parse(f"SELECT * WHERE {{ ?s ?p ?{name} }}", "own")
    assert bind(query, {name: value}, vocabulary()) == {name: term}


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_a_value_is_data_and_never_query(word: str) -> None:
    """Whatever a value holds, it is compared as text and changes nothing about the query."""
    table = answer(store(), LIBRARY["benefits"], {"word": word}, vocabulary())
    expected = {"foreign owners", "least-developed countries"}
    matching = {name for name in expected if word.lower() in name}
    assert {str(row[5]) for row in table.rows} - {"None"} == matching | {"foreign owners"}


def test_a_query_without_table_is_refused() -> None:
    """Only a SELECT query answers with a table."""
    with pytest.raises(QueryError, match="table"):
        answer(store(), parse("ASK { ?s ?p ?o }", "ask"), {}, vocabulary())


# -- headers -----------------------------------------------------------------------------


def test_header_is_read() -> None:
    """The header gives title, question, parameters, columns and version."""
    query = parse(
        HEADER + '# param: area area "a \\"b\\"" The area\n\nSELECT ?a {}', "q", complete=True
    )
    assert query.parameters == (Parameter("area", "area", 'a "b"', False, "The area"),)
    assert (query.title, query.question, query.since) == ("T", "Q?", "0.1.0")


@pytest.mark.parametrize(("sign", "required"), [("-", True), ("*", False)])
def test_signs_for_no_default(sign: str, required: bool) -> None:
    """A hyphen says that a value must be given, a star that it may be left out."""
    (parameter,) = parse(f"# param: a area {sign} The area", "q").parameters
    assert (parameter.default, parameter.required) == (None, required)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("# param: area area", "no parameter"),
        ("# param: area aera - The area", "did you mean area"),
        ('# param: area area "\\x" The area', "JSON"),
        ("# column: a", "no column"),
        ("# colour: red", "colour"),
        ("# just a remark", "header line"),
    ],
)
def test_malformed_header_is_located(line: str, message: str) -> None:
    """A malformed header line is refused, with file and line."""
    with pytest.raises(QueryError, match=rf"q\.rq, line 5.*{message}"):
        parse(HEADER + line, "q", complete=True)


@pytest.mark.parametrize("key", ["title", "question", "column", "since"])
def test_incomplete_header_is_refused(key: str) -> None:
    """A query of the library has title, question, columns and version."""
    text = "\n".join(line for line in HEADER.splitlines() if not line.startswith(f"# {key}"))
    with pytest.raises(QueryError, match=key):
        parse(text, "q", complete=True)


def test_remarks_are_free_outside_the_library() -> None:
    """A user's query may begin with any remarks."""
    assert parse("# 5: my query\n# (draft)\nASK {}", "own").parameters == ()


def test_library_is_sorted_and_named_by_file(tmp_path: Path) -> None:
    """A library holds the `.rq` files of a folder by name, in order."""
    for name in ("b", "a"):
        (tmp_path / f"{name}.rq").write_text(HEADER + "SELECT ?a {}", encoding="utf-8")
    assert list(library(tmp_path)) == ["a", "b"]


def test_suggestion_lists_short_choices() -> None:
    """When nothing is near, a short list of choices is given in full."""
    assert suggestion("zzz", ["two", "one"]) == "there is one, two"


def test_every_scheme_is_a_type() -> None:
    """A parameter may be a concept of any scheme, a node of the data, or a value."""
    assert {"area", "modality", "actor", "statement", "date", "string"} <= set(TYPES)


def test_passage_is_the_text_between_its_characters() -> None:
    """The passage of a statement stands in its document between the characters it names."""
    statement = named("Sunda will strengthen")
    table = answer(store(), LIBRARY["passage"], {"statement": statement.id}, vocabulary())
    (row,) = table.rows
    cells = dict(zip(table.columns, map(str, row), strict=True))
    text = (FOLDER / "texts" / "speech.txt").read_text("utf-8")
    assert text[int(cells["start"]) : int(cells["end"])] == cells["quote"]
    assert text.index(cells["before"] + cells["quote"] + cells["after"]) >= 0
