"""The difference of any two data sets, against plain sets in memory and other implementations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import texts

from comity.errors import InputError
from comity.publish.difference import Difference, Node, difference, joined, triple
from comity.publish.patches import apply_patch, operations, patch_lines, update_lines
from comity.publish.sides import Side
from comity.rdf.terms import iri_term, literal_term

BACKSLASH = r"a \u0041 \\U00000041 \n \ "


@st.composite
def quads(draw: st.DrawFn) -> bytes:
    """A line of N-Quads from few subjects and graphs, so that data sets overlap."""
    node = st.sampled_from(["a", "b", "c"]).map(lambda name: iri_term(f"http://x/{name}"))
    words = texts(min_size=0, max_size=4) | st.just(BACKSLASH)
    literals = st.one_of(
        st.builds(literal_term, words),
        st.builds(literal_term, words, st.sampled_from(["en", "zh-hans"])),
        st.builds(literal_term, words, st.none(), st.just("http://x/type")),
    )
    parts = draw(node), draw(node), draw(node | literals), draw(node)
    return f"{' '.join(parts)} .\n".encode()


TIMELESS = settings(deadline=None)
DATA = st.sets(quads(), max_size=12)


def side(lines: Iterable[bytes]) -> Side:
    """Lines as one side of a comparison."""
    ordered = sorted(lines)
    return Side("side", "http://x/", lambda: iter(ordered))


def about(number: int) -> bytes:
    """A quad about one thing."""
    return b"<http://x/%d> <http://x/p> <http://x/o> <http://x/g> .\n" % number


def compared(old: set[bytes], new: set[bytes], room: Path) -> Difference:
    """The difference of two sets of lines."""
    return difference(side(old), side(new), room)


def canonical(dataset: pyoxigraph.Dataset) -> str:
    """The RDFC-1.0 hash of a data set, by another implementation."""
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n".encode() for quad in dataset)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def parsed(lines: Iterable[bytes]) -> pyoxigraph.Dataset:
    """Lines as the engine reads them."""
    return pyoxigraph.Dataset(
        pyoxigraph.parse(b"".join(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    )


def stored(lines: Iterable[bytes]) -> pyoxigraph.Store:
    """Lines in the engine's store."""
    store = pyoxigraph.Store()
    store.extend(parsed(lines))
    return store


@TIMELESS
@given(DATA, DATA)
def test_what_is_on_one_side_only(old: set[bytes], new: set[bytes]) -> None:
    """Quads and triples that only one side has, each sorted; sizes and hashes of both."""
    with TemporaryDirectory() as room:
        found = compared(old, new, Path(room))
        before, after = ({triple(line) for line in lines} for lines in (old, new))
        for path, lines in (
            (found.removed, old - new),
            (found.added, new - old),
            (found.removed_triples, before - after),
            (found.added_triples, after - before),
        ):
            assert path.read_bytes() == b"".join(sorted(lines))
        assert [*found.counts.values()] == [
            *(len(old - new), len(new - old), len(before - after), len(after - before))
        ]
        assert bool(found) is (old != new)
        assert (found.old.quads, found.new.quads) == (len(old), len(new))
        assert (found.old.sha256, found.new.sha256) == (
            canonical(parsed(old)),
            canonical(parsed(new)),
        )


@TIMELESS
@given(DATA, DATA)
def test_every_subject_comes_once_and_in_order(old: set[bytes], new: set[bytes]) -> None:
    """The merge gives each subject with all its lines, in the order of the lines."""
    nodes = list(joined(sorted(old), sorted(new)))
    assert [node.subject for node in nodes] == sorted({line.split(b" ")[0] for line in old | new})
    assert [line for node in nodes for line in node.old] == sorted(old)
    assert [line for node in nodes for line in node.new] == sorted(new)


def test_one_subject_is_held_at_a_time() -> None:
    """Lines are read as they are needed: a subject is told before the next but one is read."""
    read = []

    def lines() -> Iterable[bytes]:
        for number in range(9):
            read.append(number)
            yield about(number)

    first: Node = next(joined(lines(), []))
    assert first.subject == b"<http://x/0>" and len(read) <= 3


@TIMELESS
@given(DATA, DATA)
def test_a_patch_turns_old_into_new(old: set[bytes], new: set[bytes]) -> None:
    """Applied line by line, and as rdflib reads it, an RDF Patch gives the later data."""
    with TemporaryDirectory() as room:
        found = compared(old, new, Path(room))
        patch = Path(room) / "changes.rdfp"
        patch.write_bytes(b"".join(patch_lines(found)))
        assert list(apply_patch(sorted(old), patch)) == sorted(new)
        graphs = rdflib.Dataset()
        graphs.parse(data=b"".join(sorted(old)).decode(), format="nquads")
        graphs.parse(data=patch.read_text("utf-8"), format="patch")
        wanted = rdflib.Dataset().parse(data=b"".join(sorted(new)).decode(), format="nquads")
        assert set(graphs.quads()) == set(wanted.quads())


@TIMELESS
@given(DATA, DATA, st.integers(1, 5))
def test_an_update_turns_old_into_new(old: set[bytes], new: set[bytes], size: int) -> None:
    """Sent as one request or operation by operation, to two engines: the later data come out."""
    with TemporaryDirectory() as room:
        found = compared(old, new, Path(room))
        update = Path(room) / "changes.ru"
        update.write_bytes(b"".join(update_lines(found, size)))
        store = stored(old)
        store.update(update.read_text("utf-8"))
        assert canonical(pyoxigraph.Dataset(store)) == found.new.sha256
        steps = stored(old)
        for operation in operations(update):
            assert operation.count(" .\n") <= size
            steps.update(operation)
        assert canonical(pyoxigraph.Dataset(steps)) == found.new.sha256


def test_a_backslash_before_a_u_is_no_escape(tmp_path: Path) -> None:
    """SPARQL engines that read escapes before anything else get the words that were meant."""
    line = f"<http://x/a> <http://x/b> {literal_term(BACKSLASH)} <http://x/g> .\n".encode()
    found = compared(set(), {line}, tmp_path)
    update = b"".join(update_lines(found)).decode()
    store = pyoxigraph.Store()
    store.update(update)
    assert [quad.object.value for quad in store] == [BACKSLASH]
    graphs = rdflib.Dataset()
    graphs.update(update)
    assert [str(quad[2]) for quad in graphs.quads()] == [BACKSLASH]


def test_no_operation_is_long(tmp_path: Path) -> None:
    """100,000 quads are sent in operations of 1,000, and each can be read apart."""
    lines = {
        b"<http://x/%d> <http://x/p> <http://x/o> <http://x/g> .\n" % n for n in range(100_000)
    }
    found = compared(set(), lines, tmp_path)
    update = tmp_path / "changes.ru"
    update.write_bytes(b"".join(update_lines(found)))
    sizes = [each.count(" .\n") for each in operations(update)]
    assert sizes == [1000] * 100


def test_equal_data_give_equal_patches(tmp_path: Path) -> None:
    """The ids of a patch are made of the data: patches from release to release are a log."""
    one, two, three = (
        {b"<http://x/%d> <http://x/p> <http://x/o> <http://x/g> .\n" % n} for n in range(3)
    )
    first, again = (
        list(patch_lines(compared(one, two, tmp_path / name))) for name in ("first", "again")
    )
    then = list(patch_lines(compared(two, three, tmp_path / "then")))
    assert first == again
    assert first[0].replace(b"H id", b"H prev") == then[1]
    assert first[4:] == [b"TX .\n", b"D " + min(one), b"A " + min(two), b"TC .\n"]


LINE = b"<http://x/s> <http://x/p> <http://x/o> <http://x/g> .\n"
OTHER = LINE.replace(b"/s>", b"/t>")


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        (b"TX .\nA " + LINE + b"TC .\n", "adds what is there"),
        (b"TX .\nD " + OTHER + b"TC .\n", "deletes what is not there"),
        (b"TX .\nD " + LINE.replace(b"/s>", b"/a>") + b"TC .\n", "deletes what is not there"),
        (b"TX .\nD " + LINE, "cut off"),
        (b"TX .\nA " + OTHER + b"A " + OTHER + b"TC .\n", "not sorted"),
        (b"TX .\nDELETE " + LINE + b"TC .\n", "no line of an RDF Patch"),
    ],
)
def test_a_patch_for_other_data_is_refused(tmp_path: Path, patch: bytes, said: str) -> None:
    """A patch that does not fit, or is torn, is not applied in silence."""
    (tmp_path / "changes.rdfp").write_bytes(patch)
    with pytest.raises(InputError, match=said):
        list(apply_patch([LINE], tmp_path / "changes.rdfp"))


def test_a_patch_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is told by its name."""
    with pytest.raises(InputError, match="cannot be read"):
        list(apply_patch([LINE], tmp_path / "none.rdfp"))
    with pytest.raises(InputError, match="cannot be read"):
        list(operations(tmp_path / "none.ru"))
