from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from tests.small_graph import quads
from tests.strategies import texts

from comity.errors import GraphFolderError, InputError, LimitError, LockedError, QueryError
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import IRI, XSD, BlankNode, Literal, literal_term
from comity.store import Answer, Store, Table, Triples

E = "https://example.org/"
GOOD = f"""\
<{E}a> <{E}says> "one" <{E}g1> .
<{E}a> <{E}says> "two" <{E}g2> .
<{E}a> <{E}says> "three" .
"""
MANY = "".join(f'<{E}a> <{E}says> "{number}" <{E}g> .\n' for number in range(5_000))


@pytest.fixture(scope="module")
def store() -> Store:
    """Three quads: two in graphs of their own, one in the default graph."""
    return Store.of(GOOD, Namespaces(E))


@pytest.fixture
def nquads(tmp_path: Path) -> Path:
    """A file of good N-Quads."""
    path = tmp_path / "good.nq"
    path.write_text(GOOD, "utf-8")
    return path


def said(store: Store, query: str, **options: object) -> list[str]:
    """The values of the first column, sorted."""
    found = store.query(query, **options)  # type: ignore[arg-type]
    assert isinstance(found, Table)
    return sorted(str(row[0]) for row in found.rows)


ALL = "SELECT ?o { ?s ?p ?o }"
NAMED = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"


# -- building and opening ----------------------------------------------------------------


def test_build_and_open(nquads: Path, tmp_path: Path) -> None:
    """What is built of a file can be opened and asked later."""
    assert len(Store.build(tmp_path / "store", nquads)) == 3
    assert said(Store.open(tmp_path / "store"), ALL) == ["one", "three", "two"]


def test_gzip_gives_the_same(nquads: Path, tmp_path: Path) -> None:
    """A compressed file is read as the plain one."""
    packed = tmp_path / "good.nq.gz"
    packed.write_bytes(gzip.compress(nquads.read_bytes()))
    assert said(Store.build(tmp_path / "store", packed), ALL) == ["one", "three", "two"]


def test_no_folder_is_overwritten(nquads: Path, tmp_path: Path) -> None:
    """A folder that holds something is refused and left as it is."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "notes.txt").write_text("mine")
    with pytest.raises(GraphFolderError, match="must be empty"):
        Store.build(tmp_path / "store", nquads)
    assert [p.name for p in (tmp_path / "store").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("place", ["good.nq", "good.nq/store"])
def test_a_file_is_no_folder(place: str, nquads: Path, tmp_path: Path) -> None:
    """A store cannot be made where a file is, nor below one."""
    with pytest.raises(GraphFolderError):
        Store.build(tmp_path / place, nquads)
    assert nquads.read_text("utf-8") == GOOD


BAD: dict[str, tuple[str, bytes, str]] = {
    "malformed": ("bad.nq", (GOOD + "nonsense\n" + GOOD).encode(), r"line 4: this is no N-Quads"),
    "not UTF-8": ("bad.nq", GOOD.encode() + b'<a:b> <a:b> "\xe9" .\n', r"line 4: .*N-Quads"),
    "malformed within gzip": ("bad.nq.gz", gzip.compress(b"nonsense\n"), r"line 1: this is no"),
    "cut off": ("bad.nq.gz", gzip.compress(MANY.encode())[:-2_000], "cut off or no gzip"),
    "no gzip": ("bad.nq.gz", GOOD.encode(), "cut off or no gzip"),
    "corrupt": ("bad.nq.gz", gzip.compress(MANY.encode())[:20] + bytes(99), "cut off or no gzip"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_file_leaves_no_store(case: str, tmp_path: Path) -> None:
    """A file that is broken is an error that names its place, and no half of a store stays."""
    name, content, message = BAD[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        Store.build(tmp_path / "store", tmp_path / name)
    assert str(tmp_path / name) in caught.value.where
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("name", "message"), [("none.nq", "no such file"), (".", "cannot be read: Is a directory")]
)
def test_no_file(name: str, message: str, tmp_path: Path) -> None:
    """What is no file is an error of the input, not of the store."""
    with pytest.raises(InputError, match=message):
        Store.build(tmp_path / "store", tmp_path / name)


def test_of_text_that_is_no_nquads() -> None:
    """Text that is no N-Quads makes no store."""
    with pytest.raises(InputError, match="no N-Quads"):
        Store.of("nonsense")


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_open_what_is_no_store(name: str, tmp_path: Path) -> None:
    """Opening a folder that holds no store says how to make one."""
    with pytest.raises(GraphFolderError, match="comity build"):
        Store.open(tmp_path / name)


@pytest.mark.parametrize("lost", ["*.sst", "MANIFEST-*"])
def test_open_a_damaged_store(lost: str, nquads: Path, tmp_path: Path) -> None:
    """A damaged store is told from a locked one, also where the path says `lock`."""
    folder = tmp_path / "blocks"
    Store.build(folder, nquads)
    for file in folder.glob(lost):
        file.unlink()
    with pytest.raises(GraphFolderError, match="cannot be used"):
        Store.open(folder)


HOLD = """
import sys, pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1]) if sys.argv[2] == "read" else (
    pyoxigraph.Store(sys.argv[1]))
print(len(store), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["read", "write"])
def test_reading_beside_another_process(how: str, nquads: Path, tmp_path: Path) -> None:
    """A store can be read while another process has it open, to read or to write."""
    Store.build(tmp_path / "store", nquads)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "store"), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None and other.stdout.readline() == "3\n"
        assert said(Store.open(tmp_path / "store"), ALL) == ["one", "three", "two"]
        other.communicate("")


def test_second_writer_is_locked_out(
    nquads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever begins to write where another has begun a moment before is told so."""
    first = pyoxigraph.Store(str(tmp_path / "store"))
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))  # as it was a moment before
    with pytest.raises(LockedError, match="another process is writing"):
        Store.build(tmp_path / "store", nquads)
    first.add(pyoxigraph.Quad(*[pyoxigraph.NamedNode(E)] * 3))
    assert len(first) == 1


def test_added_graph_stays(nquads: Path, tmp_path: Path) -> None:
    """A graph that is added later is there when the store is opened again, by its name."""
    made = Store.build(tmp_path / "store", nquads)
    made.add([(f"<{E}a>", f"<{E}p>", '"four"')], E + "later")
    del made
    opened = Store.open(tmp_path / "store")
    assert E + "later" in opened.graphs()
    assert "four" in said(opened, ALL) and len(opened) == 4


def test_nothing_is_added_to_a_store_that_is_read(nquads: Path, tmp_path: Path) -> None:
    """A store that was opened to read takes nothing in, and says which it is."""
    Store.build(tmp_path / "store", nquads)
    with pytest.raises(GraphFolderError, match="store"):
        Store.open(tmp_path / "store").add([(f"<{E}a>", f"<{E}p>", f"<{E}a>")], E + "later")


# -- asking ------------------------------------------------------------------------------


def test_graphs_are_one_union(store: Store) -> None:
    """A query that names no graph searches them all, the default graph included."""
    assert said(store, ALL) == ["one", "three", "two"]


def test_graph_finds_named_ones(store: Store) -> None:
    """GRAPH goes over the named graphs alone."""
    assert said(store, NAMED) == ["one", "two"]
    assert store.graphs() == [f"{E}g1", f"{E}g2"]


@pytest.mark.parametrize(
    ("query", "options", "found"),
    [
        (ALL, {"default_graphs": [f"{E}g1"]}, ["one"]),
        (ALL, {"default_graphs": [f"{E}g1", f"{E}g2"]}, ["one", "two"]),
        (ALL, {"default_graphs": []}, []),
        (ALL, {"default_graphs": [f"{E}none"]}, []),
        (ALL, {"named_graphs": [f"{E}g1"]}, ["one", "three", "two"]),
        (NAMED, {"named_graphs": [f"{E}g1"]}, ["one"]),
        (NAMED, {"named_graphs": []}, []),
        (NAMED, {"default_graphs": [f"{E}g1"]}, ["one", "two"]),
    ],
)
def test_graphs_can_be_chosen(
    query: str, options: dict[str, list[str]], found: list[str], store: Store
) -> None:
    """The graphs to search, and those that GRAPH may name, can be narrowed down apart."""
    assert said(store, query, **options) == found


def test_graph_names_are_iris(store: Store) -> None:
    """A graph that is no IRI is refused."""
    with pytest.raises(QueryError, match="IRI"):
        store.query(ALL, default_graphs=["not an IRI"])


def test_prefixes_are_preset(store: Store) -> None:
    """Our prefixes need no declaration, and id: is the base of the data."""
    assert store.query('ASK { id:a id:says "one" . FILTER(isIRI(skos:Concept)) }') == Answer(True)


def test_own_prefix_wins(store: Store) -> None:
    """A declaration in the query counts more than ours."""
    assert store.query("PREFIX skos: <https://example.org/> ASK { skos:a ?p ?o }") == Answer(True)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service silent <https://example.org/sparql> { ?s ?p ?o } }", "SERVICE"),
        ("LOAD <https://example.org/data>", "LOAD"),
        ("SELECT * FROM <https://example.org/g1> { ?s ?p ?o }", "FROM"),
        ("SELECT * FROM NAMED <https://example.org/g1> { ?s ?p ?o }", "FROM"),
        ("INSERT DATA { id:a id:b id:c }", "update"),
        ("DELETE WHERE { ?s ?p ?o }", "update"),
        ("DROP ALL", "update"),
        ("PREFIX x: <https://example.org/> CLEAR DEFAULT", "update"),
    ],
)
def test_dangerous_queries_are_refused(query: str, word: str, store: Store) -> None:
    """Nothing is fetched, nothing is changed, and no graph is read around the chosen ones."""
    with pytest.raises(QueryError, match=word):
        store.query(query)
    assert len(store) == 3


def test_words_in_text_are_no_danger(store: Store) -> None:
    """Words of strings and comments are not taken for commands."""
    assert store.query('ASK { ?s ?p "one" FILTER("LOAD" != "FROM") } # SERVICE') == Answer(True)


@pytest.mark.parametrize(
    ("query", "place", "near"),
    [
        ("SELECT ?o {\n ?s ?p ?o\n} LIMIT ten", "line 3, column 9", "'ten'"),
        ("SELECT ?o { ?s ?p ?o } LIMIT ten", "line 1, column 30", "'ten'"),
        ("SELECT ?o {\n # 中国\n ?s ?p '中国' } LIMIT ten", "line 3, column 21", "'ten'"),
        ("SELECT ?o { ?s ?p ?o } ORDER BY", "line 1, column 32", "it ends here"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?o", "line 1, column 35", "variable that is unbound"),
        ("SELECT ?o {\n ?s nope:p ?o }", "line 2, column 5", "nope: is not declared"),
        ("SELECT ?o { ?s ?p ?o", "line 1, column 21", "ends before its }"),
    ],
)
@pytest.mark.parametrize("bound", [False, True])
def test_syntax_error_has_its_place(
    query: str, place: str, near: str, bound: bool, store: Store
) -> None:
    """What is wrong is told by line and column of the user's text, bound parameters or not."""
    bindings = {"s": IRI(f"{E}a-very-long-name/{'x' * 50}")} if bound else {}
    with pytest.raises(QueryError, match=near) as caught:
        store.query(query, bindings)
    assert caught.value.where == place


def test_parameters_are_bound(store: Store) -> None:
    """A parameter stands for its term wherever the query uses it."""
    found = store.query("SELECT ?o { ?s ?p ?o FILTER(?o = ?wanted) }", {"wanted": Literal("two")})
    assert found == Table(("o",), ((Literal("two"),),))


def test_unknown_parameter(store: Store) -> None:
    """A parameter that the query does not use is an error, not a silent whole answer."""
    with pytest.raises(QueryError, match=r"no parameter \?area"):
        store.query(ALL, {"area": IRI(E)})


@pytest.mark.parametrize("query", [ALL, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"])
def test_max_rows(query: str, store: Store) -> None:
    """An answer with as many rows as wanted is given; one row more is an error."""
    assert store.query(query, max_rows=3) == store.query(query)
    with pytest.raises(LimitError, match="more than 2 rows"):
        store.query(query, max_rows=2)


def test_no_answer(store: Store) -> None:
    """A table without rows still has its columns."""
    assert store.query("SELECT ?o ?x { ?s id:none ?o }") == Table(("o", "x"), ())


def test_unbound_cells(store: Store) -> None:
    """A variable that is not bound in a row is None there."""
    found = store.query('SELECT ?o ?x { ?s ?p ?o FILTER(?o = "one") OPTIONAL { ?o ?q ?x } }')
    assert found == Table(("o", "x"), ((Literal("one"), None),))


@pytest.mark.parametrize(("value", "true"), [("one", True), ("four", False)])
def test_ask(value: str, true: bool, store: Store) -> None:
    """ASK has one truth value as its answer."""
    assert store.query(f'ASK {{ ?s ?p "{value}" }}') == Answer(true)


def test_construct(store: Store) -> None:
    """CONSTRUCT gives triples, each once, although three solutions make the same."""
    found = store.query("CONSTRUCT { ?s a id:Speaker } WHERE { ?s ?p ?o }")
    rdf_type = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert found == Triples(((IRI(f"{E}a"), rdf_type, IRI(f"{E}Speaker")),))


def test_describe(store: Store) -> None:
    """DESCRIBE gives what the graphs say about a node."""
    found = store.query(f"DESCRIBE <{E}a>")
    assert isinstance(found, Triples) and len(found.triples) == 3


def test_constructed_blank_nodes(store: Store) -> None:
    """Nodes that a query makes up are blank ones, a new one for each solution."""
    found = store.query("CONSTRUCT { [] id:quotes ?o } WHERE { ?s ?p ?o }")
    assert isinstance(found, Triples)
    nodes = {subject for subject, _, _ in found.triples}
    assert len(nodes) == 3 and all(isinstance(node, BlankNode) for node in nodes)


def test_triples_as_terms_are_refused(store: Store) -> None:
    """An answer that holds a triple as a term is an error."""
    with pytest.raises(QueryError, match="triples as terms"):
        store.query("SELECT (TRIPLE(id:a, id:b, id:c) AS ?t) { }")


# -- literals ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "datatype", "kept"),
    [
        ("0.5", "decimal", ("0.5", "decimal")),
        ("0.50", "decimal", ("0.5", "decimal")),
        ("007", "integer", ("7", "integer")),
        ("7", "nonNegativeInteger", ("7", "integer")),
        ("2019-04", "gYearMonth", ("2019-04", "gYearMonth")),
        ("2019-04-26", "date", ("2019-04-26", "date")),
        ("true", "boolean", ("true", "boolean")),
        ("ten", "integer", ("ten", "integer")),
    ],
)
def test_literals_as_documented(text: str, datatype: str, kept: tuple[str, str]) -> None:
    """Canonical forms are kept; others are rewritten, so that dumps are not taken from here."""
    store = Store.of(f"<{E}a> <{E}b> {literal_term(text, datatype=XSD + datatype)} .")
    assert store.query(ALL) == Table(("o",), ((Literal(kept[0], datatype=XSD + kept[1]),),))


@settings(max_examples=50)
@given(texts(min_size=0))
def test_text_is_kept(text: str) -> None:
    """Text and its language come back as they went in."""
    lines = f"<{E}a> <{E}b> {literal_term(text)} .\n<{E}a> <{E}c> {literal_term(text, 'pt-br')} .\n"
    found = Store.of(lines).query("SELECT ?o { ?s ?p ?o } ORDER BY ?p")
    assert found == Table(("o",), ((Literal(text),), (Literal(text, "pt-br"),)))


def on_disk(folder: Path) -> Store:
    """The small graph in a folder."""
    (folder / "small.nq").write_text(quads(), "utf-8", newline="\n")
    Store.build(folder / "store", folder / "small.nq")
    return Store.open(folder / "store")


def in_memory(_: Path) -> Store:
    """The small graph in memory."""
    return Store.of(quads())


@pytest.mark.parametrize("make", [in_memory, on_disk])
def test_store_holds_every_quad(make: Callable[[Path], Store], tmp_path: Path) -> None:
    """In memory and on disk, a store holds as many quads as the text has lines."""
    store = make(tmp_path)
    assert len(store) == len(quads().splitlines())
    assert said(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == [str(len(store))]
