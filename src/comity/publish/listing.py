"""The last files of a release: ``release.json`` says what it is, ``SHA256SUMS`` proves it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comity.publish.content import Content, Part
from comity.publish.metadata import measured
from comity.publish.schemas import ontology_version
from comity.publish.summary import summarize
from comity.version import __version__

RELEASE = "release.json"
SUMS = "SHA256SUMS"


def write_release(
    content: Content, folder: Path, parts: Iterable[Part], *, pages: int = 0
) -> list[Part]:
    """Write ``release.json``: label, place, counts, and each file with size, hash and kind.

    Pages are counted, not listed: there may be a great many, and ``SHA256SUMS`` has them all.

    Args:
        content: What is published.
        folder: The release folder; the files that `parts` names are in it.
        parts: Everything that was written before.
        pages: How many pages its site has.

    Raises:
        OSError: if a file cannot be read.
    """
    parts = sorted(parts, key=lambda part: part.name)
    release, manifest = content.release, content.graph.manifest
    version, number = ontology_version()
    told: dict[str, Any] = {
        "label": release.label,
        "issued": release.issued,
        "previous": release.previous,
        "title": release.about.title,
        "publisher": release.about.publisher,
        "license": release.about.license,
        "quotes": release.quotes,
        "url": release.url,
        "base": release.namespaces.base,
        "dataset": release.dataset,
        "version": release.version,
        "comity": __version__,
        "built_with": manifest["comity"],
        "ontology": {"version": number, "iri": version},
        "canonical_sha256": content.canonical_sha256(),
        "counts": dict(summarize(content).counts),
        "files": {part.name: _file(folder, part) for part in parts if part.role != "page"},
        "pages": pages,
    }
    body = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (folder / RELEASE).write_text(body, encoding="utf-8", newline="\n")
    return [Part(RELEASE, "This release for programs", "application/json", role="metadata")]


def _file(folder: Path, part: Part) -> dict[str, Any]:
    found = measured(folder / part.name)
    return {
        "bytes": found.size,
        "sha256": found.sha256,
        "media_type": part.media_type,
        "role": part.role,
        **({"packed": "gzip"} if part.packed else {}),
    }


def write_sums(folder: Path) -> list[Part]:
    """Write ``SHA256SUMS`` over all files but itself, as ``sha256sum --check`` reads it.

    Args:
        folder: The release folder, complete but for this file.

    Raises:
        OSError: if a file cannot be read.
    """
    files = sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if path.is_file() and path != folder / SUMS
    )
    with (folder / SUMS).open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{measured(path).sha256}  {name}\n" for name, path in files)
    return [Part(SUMS, "Hashes of all files", "text/plain", role="metadata")]
