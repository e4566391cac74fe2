"""The dumps of a release: each syntax holds the same data, and the hash says so."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from comity.publish import dumps
from comity.publish.content import Content, Part, parsed
from comity.publish.release import About
from comity.publish.sorting import sorted_lines
from comity.rdf.terms import Triple
from comity.rdf.turtle import serialize

Writer = Callable[[Content, Path], list[Part]]
WRITERS: dict[str, Writer] = {
    "ttl": dumps.write_turtle,
    "nt.gz": dumps.write_ntriples,
    "nq.gz": dumps.write_nquads,
    "trig": dumps.write_trig,
    "jsonld": dumps.write_jsonld,
}
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt.gz": RdfFormat.N_TRIPLES,
    "nq.gz": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}
UNIONS = ("ttl", "nt.gz", "jsonld")


@pytest.fixture
def folder(content: Content, tmp_path: Path) -> Path:
    """A folder with all dumps of the example content, and their hashes."""
    made = tmp_path / "release"
    made.mkdir()
    for write in (*WRITERS.values(), dumps.write_canonical):
        write(content, made)
    return made


def data(folder: Path, ending: str) -> bytes:
    """A dump, unpacked."""
    body = (folder / f"comity-2026.11.{ending}").read_bytes()
    return gzip.decompress(body) if ending.endswith(".gz") else body


def quads(folder: Path, ending: str) -> Iterator[tuple[str, str, str, str]]:
    """What Oxigraph reads from a dump; the graph is empty where the syntax has none."""
    for quad in parse(data(folder, ending), format=FORMATS[ending]):
        graph = "" if ending in UNIONS else str(quad.graph_name)
        yield str(quad.subject), str(quad.predicate), str(quad.object), graph


# -- what they hold --------------------------------------------------------------------------


@pytest.mark.parametrize("ending", WRITERS)
def test_a_dump_holds_the_data(content: Content, folder: Path, ending: str) -> None:
    """What is read from a dump is what the release publishes: none more, none less, none twice."""
    found = list(quads(folder, ending))
    if ending in UNIONS:
        expected = [(*triple, "") for triple in content.triples()]
    else:
        expected = [parsed(line) for line in content.lines()]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("ending", ["nt.gz", "nq.gz"])
def test_lines_are_sorted_by_their_bytes(folder: Path, ending: str) -> None:
    """Lines of N-Triples and N-Quads are distinct and in the order of `LC_ALL=C sort -u`."""
    lines = data(folder, ending).splitlines(keepends=True)
    assert lines == sorted(set(lines))


def test_turtle_is_canonical(content: Content, folder: Path) -> None:
    """After its heading, the Turtle is what `comity.rdf.turtle` makes of the triples."""
    text = data(folder, "ttl").decode()
    assert text.split("\n\n", 1)[1] == serialize(content.triples(), content.namespaces.prefixes())


def test_a_block_of_trig_has_the_lines_of_turtle(content: Content, folder: Path) -> None:
    """Named graphs come in order of their IRIs, each a block with the Turtle of its triples."""
    blocks = re.findall(r"^(\S+) \{\n\n(.*?)\n\}$", data(folder, "trig").decode(), re.M | re.S)
    graphs: dict[str, set[Triple]] = {}
    for line in content.lines():
        *triple, graph = parsed(line)
        graphs.setdefault(graph, set()).add((triple[0], triple[1], triple[2]))
    prefixes = content.namespaces.prefixes()
    bodies = {graph: serialize(triples, prefixes) for graph, triples in graphs.items()}
    expected = [bodies[graph].split("\n\n", 1)[1] for graph in sorted(bodies)]
    assert [body for _, body in blocks] == expected
    names = [f"<{name.replace('id:', content.namespaces.base)}>" for name, _ in blocks]
    assert names == sorted(graphs)


def test_a_file_says_what_it_is(content: Content, tmp_path: Path) -> None:
    """Turtle and TriG begin with title, licence and data set, each on one line."""
    about = About(title="A title\nin <two> lines .", license="https://example.org/licence")
    named = replace(content, release=replace(content.release, about=about))
    dumps.write_turtle(named, tmp_path)
    dumps.write_trig(named, tmp_path)
    for ending in ("ttl", "trig"):
        head = data(tmp_path, ending).decode().splitlines()[:4]
        assert head[0].startswith("# A title in <two> lines ., release 2026.11: ")
        assert head[1] == "# Licence: https://example.org/licence"
        assert head[2] == f"# Data set: {content.release.version}"
        assert head[3] == ""
        assert len(list(quads(tmp_path, ending))) > 7000


def test_nothing_to_publish_is_no_broken_file(content: Content, tmp_path: Path) -> None:
    """An empty graph gives files that can be read and hold nothing."""
    folder = tmp_path / "release"
    folder.mkdir()
    (tmp_path / "empty.nq").touch()
    empty = replace(content, quads=tmp_path / "empty.nq")
    for write in (*WRITERS.values(), dumps.write_canonical):
        write(empty, folder)
    assert [list(quads(folder, ending)) for ending in WRITERS] == [[]] * len(WRITERS)
    assert set(hashes(folder).values()) == {hashlib.sha256().hexdigest()}


def test_every_part_is_named(content: Content, tmp_path: Path) -> None:
    """A writer tells of the files it has written, with their media types, and of no other."""
    folder = tmp_path / "release"
    folder.mkdir()
    parts = [part for write in WRITERS.values() for part in write(content, folder)]
    assert {part.name for part in parts} == {file.name for file in folder.iterdir()}
    assert {part.name.partition(".11.")[2]: part.media_type for part in parts} == {
        ending: FORMATS[ending].media_type for ending in WRITERS
    }
    assert [part.name for part in parts if part.packed] == [
        "comity-2026.11.nt.gz",
        "comity-2026.11.nq.gz",
    ]


# -- the hash --------------------------------------------------------------------------------


def test_the_first_hash_is_that_of_another_implementation(folder: Path) -> None:
    """Oxigraph's RDFC-1.0 of the TriG gives the hash of the data set."""
    dataset = Dataset(parse(data(folder, "trig"), format=RdfFormat.TRIG))
    assert rdfc(dataset) == hashes(folder)["comity-2026.11.nq"]


@pytest.mark.parametrize("ending", UNIONS)
def test_the_second_hash_is_that_of_every_union(folder: Path, ending: str) -> None:
    """Oxigraph's RDFC-1.0 of the Turtle, N-Triples or JSON-LD gives the hash of the union."""
    dataset = Dataset(parse(data(folder, ending), format=FORMATS[ending]))
    assert rdfc(dataset) == hashes(folder)["comity-2026.11.nt"]


def rdfc(dataset: Dataset) -> str:
    """The hash of the canonical form."""
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n".encode() for quad in dataset)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """Name → hash, as CANONICAL.sha256 has them."""
    lines = (folder / "CANONICAL.sha256").read_text("utf-8").splitlines()
    return {name: sha for sha, name in (line.split("  ") for line in lines)}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_hashes_can_be_checked_with_three_commands(folder: Path) -> None:
    """`gunzip`, `sort -u` and `sha256sum` are enough to check them."""
    script = (
        "set -e; gunzip --keep comity-2026.11.nq.gz comity-2026.11.nt.gz\n"
        "sha256sum --check CANONICAL.sha256\n"
        "shuf comity-2026.11.nq | LC_ALL=C sort -u | cmp - comity-2026.11.nq\n"
    )
    done = subprocess.run(
        ["bash", "-c", script], check=False, cwd=folder, capture_output=True, text=True
    )
    assert done.stdout == "comity-2026.11.nq: OK\ncomity-2026.11.nt: OK\n", done.stderr


# -- bytes and memory ------------------------------------------------------------------------


def test_the_same_data_give_the_same_bytes(content: Content, folder: Path, tmp_path: Path) -> None:
    """A second writing in another folder, sorted in small runs on disk, is equal to the byte."""
    again = tmp_path / "a folder elsewhere"
    again.mkdir()
    small = {
        "trig": partial(dumps.write_trig, run=10_000),
        "jsonld": partial(dumps.write_jsonld, run=10_000),
    }
    for write in ({**WRITERS, **small}).values():
        write(content, again)
    dumps.write_canonical(content, again)
    assert {file.name: file.read_bytes() for file in again.iterdir()} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }


@pytest.mark.parametrize("ending", ["nt.gz", "nq.gz"])
def test_a_packed_file_holds_neither_time_nor_name(folder: Path, ending: str) -> None:
    """The head of the gzip file has no modification time and no file name (RFC 1952)."""
    head = (folder / f"comity-2026.11.{ending}").read_bytes()[:10]
    assert (head[3], head[4:8]) == (0, bytes(4))


@pytest.mark.slow
@pytest.mark.parametrize("ending", [*WRITERS, "sha256"])
def test_memory_does_not_grow_with_the_data(content: Content, tmp_path: Path, ending: str) -> None:
    """Four times as many statements take no more memory to write."""
    run = 1_500_000
    writers: dict[str, Writer] = {
        **WRITERS,
        "trig": partial(dumps.write_trig, run=run),
        "jsonld": partial(dumps.write_jsonld, run=run),
        "sha256": dumps.write_canonical,
    }
    few, many = (peak(writers[ending], copied(content, n, tmp_path), tmp_path) for n in (5, 20))
    assert many < 1.2 * few


def copied(content: Content, times: int, room: Path) -> Content:
    """The content several times over: each copy with documents and statements of its own."""
    kinds = re.compile(rb"/(statement|evidence|position|quote|mention|document|graph)-")

    def lines() -> Iterator[bytes]:
        for number in range(times):
            for line in content.lines():
                yield kinds.sub(rb"/\1-%02d" % number, line)

    quads = room / f"{times}.nq"
    with quads.open("wb") as out:
        out.writelines(sorted_lines(lines()))
    return replace(content, quads=quads)


def peak(write: Writer, content: Content, folder: Path) -> int:
    """The most bytes that Python holds at once while a dump is written."""
    tracemalloc.start()
    try:
        write(content, folder)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
