"""Which files are meant: folders are expanded, and the order is always the same."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from comity.errors import UsageError
from comity.model import Rejection
from comity.text.refusal import Refused, rejection

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".jsonl"})
OTHER_SUFFIXES = frozenset(
    {".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".ppt", ".pptx", ".xls", ".xlsx"}
)
"""Documents that are noticed in folders and set aside: this version does not read them."""
GRAPH_MARK = ".comity"
"""The file that marks a graph folder, whose own files are no sources."""
_RECORDS = (".statements.jsonl", ".documents.jsonl", ".statements.xlsx")
_NOT_TEXTS = frozenset({"readme.md", "statements.jsonl", "documents.jsonl", "rejected.jsonl"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    `label` is what reports call it: the path within the folder it was found in, or the name
    of a file that was named itself. It never tells where on the machine the file is.
    """

    path: Path
    label: str

    @property
    def name(self) -> str:
        """The base name, as documents keep it."""
        return printable(self.path.name)


def expand(sources: Sequence[Path | str]) -> list[Source | Rejection]:
    """The files that `sources` name, each once, sorted by label and path.

    Folders are searched at any depth for files with a known suffix. Hidden files, records
    (``*.statements.jsonl``, ``*.documents.jsonl``, what a build leaves), ``README.md`` and
    graph folders are passed over there; symbolic links that lead out of the folder are
    refused, and so are documents of a kind that is not read.

    Raises:
        UsageError: `sources` is a single path, not a sequence.
    """
    if isinstance(sources, str | Path):
        raise UsageError("sources is a list of paths", hint=f"write [{str(sources)!r}]")
    found: list[tuple[str, str, Source | Rejection]] = []
    for given in map(Path, sources):
        for one in _expand_one(given):
            if isinstance(one, Source):
                found.append((one.label, one.path.as_posix(), one))
            else:
                found.append((one.source, "", one))
    found.sort(key=lambda entry: entry[:2])
    return list(_once(entry[2] for entry in found))


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a regular file.

    Raises:
        Refused: There is no such file (``missing``), it cannot be opened or is no regular
            file (``unreadable``), it is larger than `limit` (``oversized``) or holds
            nothing (``empty``).
    """
    check_file(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise Refused("unreadable", f"cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise Refused(
            "oversized", f"is larger than {limit:,} bytes", hint="split it, or raise the limit"
        )
    if not data:
        raise Refused("empty", "holds nothing")
    return data


def check_file(path: Path) -> None:
    """Make sure that `path` is a regular file, so that opening it cannot block.

    Raises:
        Refused: It does not exist (``missing``) or is something else (``unreadable``).
    """
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        raise Refused("unreadable", "is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise Refused("unreadable", "is no regular file")


def printable(name: str) -> str:
    """A file name that can be written anywhere: valid Unicode without control characters."""
    return _CONTROL.sub("?", name.encode("utf-8", "replace").decode("utf-8"))


def _expand_one(given: Path) -> Iterator[Source | Rejection]:
    try:
        if stat.S_ISDIR(_mode(given)):
            if (given / GRAPH_MARK).is_file():
                raise Refused("unreadable", "is a graph folder", hint="name the texts themselves")
            yield from _expand_folder(given)
        else:
            yield Source(given, printable(given.name))
    except Refused as error:
        yield rejection(printable(given.as_posix()), error)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise Refused("missing", "there is no such file or folder", hint="check it") from error
    except OSError as error:
        raise Refused("unreadable", f"cannot be read: {error.strerror}") from error


def _expand_folder(folder: Path) -> Iterator[Source | Rejection]:
    home = _real(folder)
    faults: list[OSError] = []
    empty = True
    for where, folders, files in os.walk(folder, onerror=faults.append):
        here = Path(where)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not (here / name / GRAPH_MARK).is_file()
        ]
        for name in folders:
            if (here / name).is_symlink() and not _real(here / name).is_relative_to(home):
                yield rejection(_label(here / name, folder), _LEADS_OUT)
        for name in (n for n in files if not n.startswith(".") and _is_other(n)):
            yield rejection(_label(here / name, folder), _NOT_READ)
        for name in filter(_is_text, files):
            empty = False
            path = here / name
            if path.is_symlink() and not _real(path).is_relative_to(home):
                yield rejection(_label(path, folder), _LEADS_OUT)
            else:
                yield Source(path, _label(path, folder))
    for fault in faults:
        refused = Refused("unreadable", f"cannot be read: {fault.strerror}")
        yield rejection(_label(Path(fault.filename), folder), refused)
    if empty and not faults:
        hint = f"texts end in {', '.join(sorted(SUFFIXES))}"
        refused = Refused("empty", "the folder holds no text", hint=hint)
        yield rejection(_label(folder, folder), refused)


_NOT_READ = Refused(
    "format", "is of a kind that is not read", hint="save it as text, Markdown or HTML"
)
_LEADS_OUT = Refused("unreadable", "is a link out of its folder", hint="name what it leads to")


def _is_other(name: str) -> bool:
    low = name.casefold()
    return PurePath(low).suffix in OTHER_SUFFIXES and not low.endswith(_RECORDS)


def _is_text(name: str) -> bool:
    low = name.casefold()
    return (
        not name.startswith(".")
        and PurePath(low).suffix in SUFFIXES
        and low not in _NOT_TEXTS
        and not low.endswith(_RECORDS)
    )


def _label(path: Path, folder: Path) -> str:
    relative = path.relative_to(folder).as_posix()
    return printable(relative if relative != "." else _real(folder).name or "/")


def _real(path: Path) -> Path:
    """The path without symbolic links; unlike `Path.resolve` it bears loops of links."""
    return Path(os.path.realpath(path))


def _once(found: Iterable[Source | Rejection]) -> Iterator[Source | Rejection]:
    seen: set[object] = set()
    for one in found:
        key = _real(one.path) if isinstance(one, Source) else one
        if key not in seen:
            seen.add(key)
            yield one
