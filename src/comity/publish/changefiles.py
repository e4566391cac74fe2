"""The files that tell what changed: as JSON, as patches, and as triples."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.publish.changes import Changes, compare
from comity.publish.content import Content, Part, write_lines
from comity.publish.patches import patch_lines, update_lines
from comity.publish.release import POLICIES
from comity.publish.sides import Side, side_of
from comity.publish.telling import to_json

JSON = "changes.json"
PATCH = "changes.rdfp"
UPDATE = "changes.ru"
ADDED = "added.nt"
REMOVED = "removed.nt"
_PARTS = (
    Part(JSON, "What changed since the release before", "application/json", role="change"),
    Part(
        PATCH,
        "RDF Patch that turns the release before into this one",
        "application/rdf-patch",
        conforms_to="https://jena.apache.org/documentation/rdf-patch/",
        role="change",
    ),
    Part(
        UPDATE,
        "SPARQL Update that turns the release before into this one",
        "application/sparql-update",
        conforms_to="http://www.w3.org/TR/sparql11-update/",
        role="change",
    ),
    Part(
        ADDED,
        "Triples that the release before does not have",
        "application/n-triples",
        conforms_to="http://www.w3.org/TR/n-triples/",
        role="change",
    ),
    Part(
        REMOVED,
        "Triples that only the release before has",
        "application/n-triples",
        conforms_to="http://www.w3.org/TR/n-triples/",
        role="change",
    ),
)
_REPEATING = (PATCH, UPDATE, REMOVED)
"""The files that repeat what the earlier side says."""


def write_changes(content: Content, folder: Path, old: Side) -> list[Part]:
    """Write what changed since the release before.

    Where this release gives less of the passages than the one before, the files that would
    repeat its words are left out, and changes.json says so.

    Args:
        content: What is published, with what it keeps of the release before.
        folder: The release folder.
        old: The release before.

    Raises:
        InputError: if the release before is damaged.
        OSError: if a file cannot be written.
    """
    with TemporaryDirectory(prefix="comity-changes-") as room:
        changes = compare(old, side_of(content), Path(room))
        return write_files(changes, folder, content.release.quotes)


def write_files(changes: Changes, folder: Path, quotes: str = "full") -> list[Part]:
    """Write all files of changes, or those that may be given.

    Args:
        changes: What changed.
        folder: Where to write.
        quotes: How much of a passage may be given: full, short or none.

    Raises:
        OSError: if a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left_out = _REPEATING if _less(quotes, changes.old.quotes) else ()
    found = changes.difference
    _write_json(changes, folder / JSON, quotes, left_out)
    shutil.copyfile(found.added_triples, folder / ADDED)
    if not left_out:
        shutil.copyfile(found.removed_triples, folder / REMOVED)
        write_lines(patch_lines(found), folder / PATCH)
        write_lines(update_lines(found), folder / UPDATE)
    return [part for part in _PARTS if part.name not in left_out]


def _less(quotes: str, before: str | None) -> bool:
    """Whether less of a passage may be given than was."""
    order = list(POLICIES)
    return order.index(quotes) > order.index(before if before in POLICIES else "full")  # type: ignore[arg-type]


def _write_json(changes: Changes, path: Path, quotes: str, left_out: tuple[str, ...]) -> None:
    told = to_json(changes, quotes, left_out)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
