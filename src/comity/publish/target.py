"""The folder a release is written to: complete or not there, and never something else's."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from comity.errors import InputError, LockedError

MARK = "release.json"
"""The file that marks a folder as a release; it is written last but one."""


@contextmanager
def writing(out: Path) -> Iterator[Path]:
    """A new, empty folder; it takes the place of `out` when the block ends without error.

    When it ends with one, or is interrupted, `out` is as it was before.

    Args:
        out: Where the release is to be: nothing, an empty folder, or an earlier release, which
            is replaced.

    Raises:
        InputError: if `out` holds other things than a release, or cannot be written to.
        LockedError: if another process is writing there.
    """
    place = out.absolute()
    _refuse_others(place, out)
    fresh, old = (place.with_name(f".{place.name}.{word}") for word in ("new", "old"))
    lock = place.with_name(f".{place.name}.lock")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("w") as handle:
            _take(handle.fileno(), lock, out)
            _restore(place, old)
            try:
                shutil.rmtree(fresh, ignore_errors=True)
                fresh.mkdir()
                yield fresh
                os.sync()
                if place.exists():
                    place.rename(old)
                fresh.rename(place)
                shutil.rmtree(old, ignore_errors=True)
            finally:
                _restore(place, old)
                shutil.rmtree(fresh, ignore_errors=True)
                lock.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"the release cannot be written: {reason}", where=str(out)) from error


def _restore(place: Path, old: Path) -> None:
    """Put back what an interrupted run had moved away."""
    if old.exists():
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            with suppress(OSError):
                old.rename(place)


def _take(handle: int, lock: Path, out: Path) -> None:
    """Take the lock; one whose file was removed meanwhile is nobody's."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_ino != lock.stat().st_ino:
            raise BlockingIOError
    except OSError as error:
        raise LockedError(
            "another release is being written to this folder",
            where=str(out),
            hint="wait until it is done, or name another folder",
        ) from error


def _refuse_others(place: Path, out: Path) -> None:
    if place.exists() and not place.is_dir():
        raise InputError("this is a file, not a folder", where=str(out))
    if place.is_dir() and not (place / MARK).is_file() and any(place.iterdir()):
        raise InputError(
            "this folder holds other things than a release",
            where=str(out),
            hint="name a new or empty folder",
        )
