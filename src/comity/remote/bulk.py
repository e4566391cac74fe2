"""A graph written for the bulk loader of a server: shards of sorted N-Quads, and the commands.

A named graph stands in one shard only, so that shards can be loaded side by side and one that
failed can be loaded again. Equal graphs give equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.errors import InputError
from comity.rdf.write import gzip_bytes
from comity.remote.parts import shards

SHARD_SIZE = 64_000_000
"""Bytes of a shard, before compression."""


@dataclass(frozen=True, slots=True)
class Loader:
    """How a server loads the shards.

    Args:
        name: The server.
        source: The page of its documentation that this follows.
        steps: What to run, one command a line; ``{folder}`` is the folder
            of the shards, ``{full}`` its whole path.
    """

    name: str
    source: str
    steps: str


LOADERS = (
    Loader(
        "Virtuoso",
        "https://vos.openlinksw.com/owiki/wiki/VOS/VirtBulkRDFLoader",
        """\
# the folder must stand in DirsAllowed of virtuoso.ini; the graph named is for triples without one
isql 1111 dba PASSWORD exec="ld_dir('{full}', '*.nq.gz', 'urn:x-comity:no-graph');"
isql 1111 dba PASSWORD exec="rdf_loader_run();"
isql 1111 dba PASSWORD exec="checkpoint;"
isql 1111 dba PASSWORD exec="select * from DB.DBA.load_list where ll_error is not null;"
""",
    ),
    Loader(
        "QLever",
        "https://github.com/qlever-dev/qlever-docs/blob/main/docs/qleverfile.md",
        """\
zcat {folder}/*.nq.gz | qlever-index -i comity -F nq -f -
qlever-server -i comity -p 7001
""",
    ),
    Loader(
        "Neptune",
        "https://docs.aws.amazon.com/neptune/latest/userguide/load-api-reference-load.html",
        """\
aws s3 cp {folder}/ s3://BUCKET/comity/ --recursive --exclude "*" --include "*.nq.gz"
curl -X POST -H 'Content-Type: application/json' https://NEPTUNE:8182/loader -d '{{
  "source": "s3://BUCKET/comity/", "format": "nquads", "region": "REGION",
  "iamRoleArn": "ROLE-ARN", "failOnError": "TRUE", "parallelism": "MEDIUM"
}}'
""",
    ),
    Loader(
        "GraphDB",
        "https://graphdb.ontotext.com/documentation/",
        """\
# while the server is stopped; the repository comity must exist
importrdf load -f -i comity -m parallel {folder}/*.nq.gz
""",
    ),
    Loader(
        "Stardog",
        "https://docs.stardog.com/operating-stardog/database-administration/adding-data",
        """\
stardog-admin db create -n comity {folder}/*.nq.gz
# or, into a database that is there
stardog data add comity {folder}/*.nq.gz
""",
    ),
    Loader(
        "Oxigraph",
        "https://manpages.ubuntu.com/manpages/plucky/man1/oxigraph-load.1.html",
        """\
# while the server is stopped
oxigraph load --location STORE --file {folder}/*.nq.gz
""",
    ),
)


def write(
    nquads: Path,
    extra: Mapping[str, Sequence[bytes]],
    folder: Path,
    size: int = SHARD_SIZE,
) -> dict[str, Any]:
    """Writes shards, ``manifest.json`` and ``README.txt``.

    Args:
        nquads: The gzipped dump of a graph folder.
        extra: Further graphs: IRI to lines of N-Triples.
        folder: A new or empty folder.
        size: Bytes of a shard, before compression; one with a larger graph is larger.

    Returns:
        The manifest: name, graphs, quads, bytes and SHA-256 of each shard.

    Raises:
        InputError: if the folder holds something, cannot be written, or the dump is damaged.
        LimitError: if that makes too many shards.
    """
    entries: list[dict[str, Any]] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError("the folder for shards must be new or empty", where=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        for number, parts in enumerate(shards(nquads, extra, size), 1):
            name = f"comity-{number:04d}.nq.gz"
            data = gzip_bytes(b"".join(part.quads for part in parts))
            (folder / name).write_bytes(data)
            entries.append(
                {
                    "file": name,
                    "graphs": len(parts),
                    "quads": sum(len(part.lines) for part in parts),
                    "bytes": len(data),
                    "sha256": hashlib.sha256(data).hexdigest(),
                }
            )
        manifest = {
            "shards": entries,
            "graphs": sum(entry["graphs"] for entry in entries),
            "quads": sum(entry["quads"] for entry in entries),
        }
        text = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
        (folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
        (folder / "README.txt").write_text(
            commands("FOLDER", "FOLDER"), encoding="utf-8", newline="\n"
        )
    except OSError as error:
        raise InputError(
            f"the shards cannot be written: {error.strerror}", where=str(folder)
        ) from error
    return manifest


def commands(folder: str, full: str) -> str:
    """What to run on each server, for people to copy and fill in the words in capitals.

    Args:
        folder: Where the shards are.
        full: Its whole path, as the server sees it.
    """
    blocks = [
        f"{loader.name} ({loader.source})\n\n{loader.steps.format(folder=folder, full=full)}"
        for loader in LOADERS
    ]
    return "\n".join(blocks)
