"""What can be compared, and what is said of what cannot."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.publish.editions import Edition, released

from comity import KnowledgeGraph
from comity.errors import InputError
from comity.publish.facts import links_of
from comity.publish.sides import open_side, side_of

QUAD = b"<http://x/s> <http://x/p> <http://x/o> <http://x/id/catalogue> .\n"


@pytest.fixture
def release_folder(tmp_path: Path) -> Path:
    """A release of the small graph."""
    return released(Edition().release("2026.10", tmp_path), tmp_path / "dist")


def test_a_release_is_opened(release_folder: Path, tmp_path: Path) -> None:
    """A release has a label, a date, a base and the hash that it states."""
    side = open_side(release_folder, tmp_path / "room")
    assert (side.name, side.label, side.issued, side.quotes) == (
        *("2026.10", "2026.10", "2026-10"),
        "full",
    )
    assert side.sha256 and list(side.lines()) == list(
        Edition().release("2026.11", tmp_path).lines()
    )
    assert side.withdrawn == side.base + "withdrawn"
    assert side.links is not None and list(side.links())


def test_a_graph_is_opened(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A graph folder is one side, by its own path or by that of its version; it has its links."""
    for path in (graph.path, graph.version):
        side = open_side(path, tmp_path)
        assert (side.label, side.base) == (None, graph.namespaces.base)
        assert side.sha256 == graph.manifest["canonical_sha256"]
        assert len(links_of(side) or {}) == len(graph.lineage()) > 0


def test_a_build_that_ends_meanwhile_changes_nothing(tmp_path: Path) -> None:
    """A side stays with the version that was current when it was opened."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text("Peru will protect patents.\n", encoding="utf-8")
    KnowledgeGraph.build([texts], tmp_path / "kg")
    side = open_side(tmp_path / "kg", tmp_path)
    before = list(side.lines())
    (texts / "two.txt").write_text("Chile will protect patents.\n", encoding="utf-8")
    KnowledgeGraph.build([texts], tmp_path / "kg")
    assert list(side.lines()) == before


def test_what_is_about_to_be_published_is_a_side(tmp_path: Path) -> None:
    """It has the lines of the content, its label and the ontology of this installation."""
    content = Edition().release("2026.10", tmp_path)
    side = side_of(content)
    assert (side.label, side.quotes) == ("2026.10", "full")
    assert list(side.lines()) == list(content.lines())
    assert {"comity.ttl", "area.ttl"} <= {path.name for path in side.ontology}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("shuffled", [False, True])
def test_files_of_quads_in_any_order(tmp_path: Path, packed: bool, shuffled: bool) -> None:
    """A file of N-Quads is sorted first when it is not, and its base is told by its graphs."""
    lines = Edition().lines()
    mixed = [*lines, lines[0]]
    random.Random(7).shuffle(mixed)
    data = b"# a comment\n" + b"".join(mixed) if shuffled else b"".join(lines)
    path = tmp_path / ("dump.nq.gz" if packed else "dump.nq")
    path.write_bytes(gzip.compress(data) if packed else data)
    side = open_side(path, tmp_path / "room")
    assert (list(side.lines()), side.base) == (lines, "https://w3id.org/comity/id/")
    assert (side.label, side.links, side.ontology) == (None, None, ())


def test_another_spelling_is_the_same_quad(tmp_path: Path) -> None:
    """What is not written canonically is read, and compared as what it means."""
    path = tmp_path / "dump.nq"
    path.write_bytes(
        b'<http://x/s>  <http://x/p> "\\u0041"^^<http://www.w3.org/2001/XMLSchema#string>'
        b" <http://x/id/graph-1>.\n"
    )
    side = open_side(path, tmp_path / "room")
    assert list(side.lines()) == [b'<http://x/s> <http://x/p> "A" <http://x/id/graph-1> .\n']
    assert side.base == "http://x/id/"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"_:b <http://x/p> <http://x/o> <http://x/g> .\n", "blank nodes"),
        (b"<http://x/s> <http://x/p> <http://x/o> .\n", "no quad of a named graph"),
        (b"<http://x/s> <http://x/p>\n", "this is no N-Quads"),
    ],
)
def test_what_cannot_be_compared(tmp_path: Path, data: bytes, said: str) -> None:
    """Blank nodes, triples without a graph and other syntaxes are refused, with the place."""
    (tmp_path / "dump.nq").write_bytes(data + QUAD)
    with pytest.raises(InputError, match=said) as caught:
        open_side(tmp_path / "dump.nq", tmp_path / "room")
    assert "dump.nq" in caught.value.where


@pytest.mark.parametrize("name", ["dump.nq", "dump.nq.gz", "dump.ttl", "folder", "none"])
def test_what_is_no_side(tmp_path: Path, name: str) -> None:
    """Other files and folders, and broken ones, are refused by name."""
    if name == "folder":
        (tmp_path / name).mkdir()
    elif name != "none":
        (tmp_path / name).write_bytes(gzip.compress(QUAD * 999)[:20] if ".gz" in name else b"\xff")
    with pytest.raises(InputError) as caught:
        open_side(tmp_path / name, tmp_path / "room")
    assert name in caught.value.where


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _listed(**values: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        about = json.loads((folder / "release.json").read_text("utf-8")) | values
        (folder / "release.json").write_text(json.dumps(about), encoding="utf-8")

    return change


def _cut(folder: Path) -> None:
    dump = folder / "comity-2026.10.nq.gz"
    dump.write_bytes(dump.read_bytes()[:-40])


def _rewritten(data: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "comity-2026.10.nq.gz").write_bytes(gzip.compress(data))
        _listed(files={})(folder)

    return change


def _torn(folder: Path) -> None:
    (folder / "release.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_without("comity-2026.10.nq.gz"), "is missing"),
        (_torn, "this is no JSON"),
        (_listed(label=None), "names no label or no base"),
        (_listed(base="no IRI"), "no IRI"),
        (_cut, "bytes, not"),
        (lambda f: (_cut(f), _listed(files={})(f)), "cut off"),
        (_listed(canonical_sha256="0" * 64), "do not have the hash"),
        (_listed(files={"../other.nq.gz": {}}), "lies elsewhere"),
        (_rewritten(QUAD * 2), "not sorted, or not distinct"),
        (_rewritten(b"<http://x/s> <http://x/p> <http://x/o> .\n"), "no quad of a named graph"),
    ],
)
def test_damage_is_told(
    release_folder: Path, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    """A damaged release is never compared as if it were whole."""
    damage(release_folder)
    with pytest.raises(InputError, match=said):
        list(open_side(release_folder, tmp_path / "room").lines())


def test_further_keys_do_no_harm(release_folder: Path, tmp_path: Path) -> None:
    """release.json may say more than is read."""
    _listed(files={"comity-2026.10.nq.gz": "a string"}, more=[1])(release_folder)
    assert list(open_side(release_folder, tmp_path / "room").lines())


def test_the_dump_is_told_by_its_name(release_folder: Path, tmp_path: Path) -> None:
    """Of several files of N-Quads, the one with the label of the release is read."""
    (release_folder / "a.nq.gz").write_bytes(gzip.compress(QUAD))
    files = {"a.nq.gz": {}, "comity-2026.10.nq.gz": {}}
    _listed(files=files)(release_folder)
    assert len(list(open_side(release_folder, tmp_path / "room").lines())) > 1
    _listed(files={"a.nq.gz": {}}, canonical_sha256=None)(release_folder)
    assert list(open_side(release_folder, tmp_path / "room").lines()) == [QUAD]
