"""One side of a comparison: a release, a graph folder, a file of N-Quads, or what is to be one."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from comity.assets import path as asset
from comity.errors import InputError, UsageError
from comity.identifiers import DEFAULT_BASE
from comity.lineage.triples import link_triples
from comity.publish.content import Content
from comity.publish.sorting import sorted_lines
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import Triple
from comity.remote.parts import triples_of

_IRI = rb'<[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*>'
_QUAD = re.compile(
    rb"(%b) %b (?:%b|\"(?:[^\"\\\n\r]|\\[tbnrf\"\\]|\\u[0-9A-F]{4})*\""
    rb"(?:@[a-z0-9-]+|\^\^%b)?) (%b) \.\n" % (_IRI, _IRI, _IRI, _IRI, _IRI)
)
_OURS = re.compile(rb"<(.*/)(?:catalogue|withdrawn|graph-[0-9A-Za-z]+)>")
_AGAIN = "get it again, and compare it with its checksums"


@dataclass(frozen=True)
class Side:
    """Data that can be compared with others, read as often as is needed and never all at once.

    Args:
        name: What to call it: the label of a release, else the path as it was given.
        base: The IRI under which the data live.
        lines: A function that gives its sorted, distinct lines of canonical N-Quads.
        label: The label of the release; None when it is none.
        issued: The date of issue; None when it is no release.
        sha256: The RDFC-1.0 hash that it says it has; None when it says none.
        quotes: How much of a passage it gives: full, short or none; None when it does not say.
        links: A function that gives the triples of its links between statements, among others;
            None when it does not have them.
        ontology: The Turtle files of its ontology and vocabularies; empty when it has none.
    """

    name: str
    base: str
    lines: Callable[[], Iterator[bytes]] = field(repr=False)
    label: str | None = None
    issued: str | None = None
    sha256: str | None = None
    quotes: str | None = None
    links: Callable[[], Iterator[Triple]] | None = field(repr=False, default=None)
    ontology: tuple[Path, ...] = ()

    @property
    def withdrawn(self) -> str:
        """The IRI of the graph of what was withdrawn."""
        return self.base + "withdrawn"


def open_side(path: Path, room: Path) -> Side:
    """A release folder, a graph folder, or a file of N-Quads (``.nq``, ``.nq.gz``).

    Args:
        path: The folder or file.
        room: A folder for what must be sorted first; it must outlive the side.

    Raises:
        InputError: if it is none of them, or damaged; `where` names the file.
    """
    if path.is_dir():
        if (path / "release.json").exists():
            return _release(path)
        for folder in (path / "current", path):
            if (folder / "manifest.json").exists() and (folder / "graph.nq.gz").exists():
                return _graph(folder, str(path))
        raise InputError(
            "this folder is neither a release nor a graph",
            where=str(path),
            hint="name one with a release.json, or one that `comity build` made",
        )
    if not path.exists():
        raise InputError("there is no such file or folder", where=str(path))
    if path.name.endswith((".nq", ".nq.gz")):
        return _file(path, room)
    raise InputError("only N-Quads can be compared", where=str(path), hint="name a .nq or .nq.gz")


def side_of(content: Content) -> Side:
    """What is about to be published, as one side of a comparison."""
    own = content.graph.version / "vocabulary"
    release = content.release
    return Side(
        release.label,
        content.namespaces.base,
        content.lines,
        release.label,
        release.issued,
        None,
        release.quotes,
        lambda: iter(link_triples(content.links, content.namespaces)),
        (*_vocabularies(asset("ontology")), *sorted(own.glob("*.ttl"))),
    )


# -- the three kinds -------------------------------------------------------------------------


def _release(folder: Path) -> Side:
    about = _json(folder / "release.json")
    label, base = about.get("label"), about.get("base")
    if not isinstance(label, str) or not isinstance(base, str):
        raise InputError("it names no label or no base", where=str(folder / "release.json"))
    dump = _dump(folder, label, about.get("files"))
    sha256 = _text(about, "canonical_sha256")
    return Side(
        label,
        _base(base, folder / "release.json"),
        lambda: _checked(dump, sha256),
        label,
        _text(about, "issued"),
        sha256,
        _text(about, "quotes"),
        _links(folder / "lineage.ttl"),
        _vocabularies(folder / "ontology"),
    )


def _dump(folder: Path, label: str, files: object) -> Path:
    """The N-Quads of a release, of the size that release.json says."""
    listed = files if isinstance(files, dict) else {}
    usual = f"comity-{label}.nq.gz"
    others = (name for name in sorted(listed) if name.endswith(".nq.gz"))
    name = usual if usual in listed else next(others, usual)
    dump = folder / name
    if dump.parent.resolve() != folder.resolve():
        raise InputError(f"it lists {name!r}, which lies elsewhere", where=str(folder))
    if not dump.exists():
        raise InputError(f"{name} is missing", where=str(folder), hint=_AGAIN)
    entry = listed.get(name)
    size = entry.get("bytes") if isinstance(entry, dict) else None
    if isinstance(size, int) and size != dump.stat().st_size:
        found = dump.stat().st_size
        raise InputError(f"it has {found:,} bytes, not {size:,}", where=str(dump), hint=_AGAIN)
    return dump


def _graph(folder: Path, name: str) -> Side:
    folder = folder.resolve()  # a build that ends meanwhile switches the link
    about = _json(folder / "manifest.json")
    settings = about.get("settings")
    base = settings.get("base_iri") if isinstance(settings, dict) else None
    if not isinstance(base, str):
        raise InputError("it names no base_iri", where=str(folder / "manifest.json"))
    sha256 = _text(about, "canonical_sha256")
    return Side(
        name,
        _base(base, folder / "manifest.json"),
        lambda: _checked(folder / "graph.nq.gz", sha256),
        sha256=sha256,
        links=_links(folder / "derived.ttl"),
    )


def _file(path: Path, room: Path) -> Side:
    base = _canonical(path)
    if base is not None:
        return Side(str(path), base, lambda: _checked(path, None))
    room.mkdir(parents=True, exist_ok=True)
    ordered = room / f"{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}.nq"
    with ordered.open("wb") as out:
        out.writelines(sorted_lines(_parsed(path)))
    return Side(str(path), _canonical(ordered) or DEFAULT_BASE, lambda: _checked(ordered, None))


# -- parts -----------------------------------------------------------------------------------


def _json(path: Path) -> dict[str, Any]:
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON", where=str(path), hint=_AGAIN) from error
    if not isinstance(loaded, dict):
        raise InputError("this is no JSON object", where=str(path), hint=_AGAIN)
    return loaded


def _text(about: dict[str, Any], key: str) -> str | None:
    value = about.get(key)
    return value if isinstance(value, str) else None


def _base(base: str, where: Path) -> str:
    try:
        return Namespaces(base).base
    except UsageError as error:
        raise InputError(error.message, where=f"{where}: {error.where}") from error


def _vocabularies(folder: Path) -> tuple[Path, ...]:
    """The ontology and the vocabularies of a folder; alignments and earlier versions left out."""
    found = (*folder.glob("*.ttl"), *folder.glob("vocabulary/*.ttl"))
    return tuple(sorted(found, key=lambda path: path.relative_to(folder).as_posix()))


def _links(path: Path) -> Callable[[], Iterator[Triple]] | None:
    if not path.exists():
        return None

    return lambda: map(_triple, triples_of(path))


def _triple(line: bytes) -> Triple:
    subject, predicate, value = line.decode()[:-3].split(" ", 2)
    return subject, predicate, value


def _opened(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _read(path: Path) -> Iterator[bytes]:
    """The lines of a file, unpacked."""
    try:
        with _opened(path) as lines:
            yield from lines
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError("the file is cut off or no gzip", where=str(path), hint=_AGAIN) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _checked(path: Path, sha256: str | None) -> Iterator[bytes]:
    """The lines of a file, as long as they are quads in order; at its end the hash must agree."""
    digest = hashlib.sha256()
    before = b""
    for number, line in enumerate(_read(path), start=1):
        if line <= before:
            raise InputError(
                "the lines are not sorted, or not distinct", where=f"{path}, line {number}"
            )
        if not line.startswith(b"<") or not line.endswith(b"> .\n") or line.count(b" ") < 4:
            raise InputError("this is no quad of a named graph", where=f"{path}, line {number}")
        digest.update(line)
        before = line
        yield line
    if sha256 is not None and digest.hexdigest() != sha256:
        raise InputError(
            "its quads do not have the hash that they should have", where=str(path), hint=_AGAIN
        )


def _canonical(path: Path) -> str | None:
    """The base of a file that is sorted, canonical N-Quads; None when it is not."""
    base = None
    before = b""
    for line in _read(path):
        quad = _QUAD.fullmatch(line)
        if quad is None or line <= before:
            return None
        before = line
        if base is None:
            ours = _OURS.fullmatch(quad[2])
            base = ours[1].decode() if ours else None
    return base or DEFAULT_BASE


def _parsed(path: Path) -> Iterable[bytes]:
    """The lines of canonical N-Quads of a file in any order and spelling."""
    from pyoxigraph import BlankNode, DefaultGraph, RdfFormat, parse

    try:
        with _opened(path) as source:
            for quad in parse(source, format=RdfFormat.N_QUADS):
                where = f"{path}: {quad}"[:200]
                if isinstance(quad.graph_name, DefaultGraph):
                    raise InputError("this is no quad of a named graph", where=where)
                if any(isinstance(node, BlankNode) for node in quad):
                    raise InputError(
                        "blank nodes of two files cannot be told to be the same",
                        where=where,
                        hint="give them IRIs",
                    )
                yield f"{quad} .\n".encode()
    except SyntaxError as error:
        raise InputError(
            f"this is no N-Quads: {error.msg}", where=f"{path}, line {error.lineno or 1}"
        ) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError("the file is cut off or no gzip", where=str(path), hint=_AGAIN) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
