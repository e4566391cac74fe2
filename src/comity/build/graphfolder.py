"""The folder a graph lives in: versions, a lock, and one link that is switched at the end.

::

    kg/.comity            marks the folder as ours
    kg/versions/0007/     a complete version: store/, graph.ttl, manifest.json, …
    kg/current            link to the version that answers
    kg/graph.ttl …        links through `current`, so that every file is where one looks for it
    kg/.lock              held while a build writes

A reader follows `current` once and keeps that version; a writer makes a new version beside
it and switches the link when everything is on disk. The version before is kept.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from comity.errors import GraphFolderError, LockedError

MARK = ".comity"
FORMAT = "1"
KEPT = 2
FILES = (
    "store",
    "graph.ttl",
    "graph.nq.gz",
    "derived.ttl",
    "documents.jsonl",
    "statements.jsonl",
    "texts",
    "rejected.jsonl",
    "report.json",
    "report.ttl",
    "manifest.json",
)
"""What a complete version holds."""


class GraphFolder:
    """A graph folder on disk.

    Args:
        path: The folder; it need not exist before the first build.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def current(self) -> Path:
        """The version that answers, as a real path that later builds do not change.

        Raises:
            GraphFolderError: When there is no complete graph here.
        """
        with self._reachable("read"):
            if not (self.path / MARK).is_file():
                raise GraphFolderError(
                    "this is no graph folder",
                    where=str(self.path),
                    hint="make one with `comity build SOURCES --out DIR`",
                )
            self._check_format()
            link = self.path / "current"
            if not link.exists():
                raise GraphFolderError(
                    "no build has been completed here", where=str(self.path), hint="build again"
                )
            return link.resolve()

    @property
    def built(self) -> bool:
        """Whether a build has been completed here."""
        return os.path.lexists(self.path / "current")

    def file(self, name: str) -> Path:
        """A file of the current version.

        Raises:
            GraphFolderError: When it is missing.
        """
        path = self.current() / name
        with self._reachable("read"):
            if path.exists():
                return path
        raise GraphFolderError(f"{name} is missing", where=str(self.path), hint="build again")

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """A new, empty version folder; it becomes current when the block ends without error.

        When it ends with one, the folder is as it was before, or gone when it was not there.

        Raises:
            LockedError: When another build is writing here.
            GraphFolderError: When the folder holds other things than a graph, or cannot be
                written to.
        """
        with self._reachable("written to"):
            missing = self._missing()
            fresh = bool(missing) or (self.path.is_dir() and not any(self.path.iterdir()))
            try:
                self._claim()
                with self._lock():
                    yield from self._version()
            except LockedError:
                raise
            except BaseException:
                if fresh:
                    self._remove_skeleton(missing)
                raise

    # -- parts ---------------------------------------------------------------------------

    def _version(self) -> Iterator[Path]:
        self._sweep()
        version = self.path / "versions" / self._next_name()
        part = version.with_name(version.name + ".part")
        part.mkdir(parents=True)
        try:
            yield part
            _sync_tree(part)
            part.rename(version)
            self._switch(version)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        self._sweep()

    @contextmanager
    def _reachable(self, aim: str) -> Iterator[None]:
        """Turns what the system says against reading or writing the folder into our error."""
        try:
            yield
        except OSError as error:
            hint = "the graph is unchanged" if aim != "read" and self.built else ""
            raise GraphFolderError(
                f"cannot be {aim}: {error.strerror or error}", where=str(self.path), hint=hint
            ) from error

    def _missing(self) -> list[Path]:
        """The folders that a build has to make to get here, the innermost first."""
        missing = []
        for folder in (self.path, *self.path.parents):
            if folder.exists():
                break
            missing.append(folder)
        return missing

    def _remove_skeleton(self, missing: list[Path]) -> None:
        """Removes what a first build made that failed; nothing that holds anything else."""
        with suppress(OSError):
            (self.path / "versions").rmdir()
            (self.path / MARK).unlink(missing_ok=True)
            (self.path / ".lock").unlink(missing_ok=True)
            for folder in missing:
                folder.rmdir()

    def _claim(self) -> None:
        mark = self.path / MARK
        if self.path.exists() and not self.path.is_dir():
            raise GraphFolderError("this is a file, not a folder", where=str(self.path))
        for name in ("current", *FILES) if mark.is_file() else ():
            link = self.path / name
            if link.exists() and not link.is_symlink():
                raise GraphFolderError(
                    f"{name} is no longer a link to the current version",
                    where=str(self.path),
                    hint="move it away; a build would hide what it holds",
                )
        if self.path.is_dir() and not mark.is_file() and any(self.path.iterdir()):
            raise GraphFolderError(
                "this folder holds other things than a graph",
                where=str(self.path),
                hint="name a new or empty folder",
            )
        (self.path / "versions").mkdir(parents=True, exist_ok=True)
        if not mark.exists():
            mark.write_text(f"format {FORMAT}\n", encoding="utf-8")
        self._check_format()

    def _check_format(self) -> None:
        found = (self.path / MARK).read_text(encoding="utf-8", errors="replace").split()
        if found != ["format", FORMAT]:
            raise GraphFolderError(
                f"a graph folder of another format ({' '.join(found)})",
                where=str(self.path),
                hint=f"this version of Comity reads format {FORMAT}",
            )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.path / ".lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise LockedError(
                    "another build is writing to this folder",
                    where=str(self.path),
                    hint="wait until it is done, or build into another folder",
                ) from error
            yield

    def _versions(self) -> list[Path]:
        found = (p for p in (self.path / "versions").iterdir() if p.name.isdecimal())
        return sorted(found, key=lambda version: int(version.name))

    def _next_name(self) -> str:
        last = self._versions()[-1:]
        return f"{int(last[0].name) + 1 if last else 1:04d}"

    def _switch(self, version: Path) -> None:
        """Point `current` at a version, in one step."""
        fresh = self.path / ".current"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("versions") / version.name)
        fresh.replace(self.path / "current")
        _sync(self.path)
        for name in FILES:
            link = self.path / name
            if not link.is_symlink():
                link.symlink_to(Path("current") / name)

    def _sweep(self) -> None:
        """Remove unfinished versions and those before the last but one."""
        for part in (self.path / "versions").glob("*.part"):
            shutil.rmtree(part, ignore_errors=True)
        link = self.path / "current"
        name = link.resolve().name if link.exists() else "0"
        if not name.isdecimal():
            return
        current = int(name)
        older = [p for p in self._versions() if int(p.name) < current]
        for old in older[: max(0, len(older) - (KEPT - 1))]:
            shutil.rmtree(old, ignore_errors=True)
        for newer in (p for p in self._versions() if int(p.name) > current):
            shutil.rmtree(newer, ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    for where, _, files in os.walk(folder):
        for name in files:
            _sync(Path(where) / name)
        _sync(Path(where))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
