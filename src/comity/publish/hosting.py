"""``.htaccess``: how an Apache serves a release folder, and where the IRIs of the data lead.

The data's IRIs are names of things, so they are answered with 303 See Other. A thing with a page
leads to the page without its ending, and Apache chooses HTML, Turtle or JSON-LD by what the client
likes best. An IRI ``https://w3id.org/comity/id/statement-x`` is answered at ``id/statement-x``
below the folder, to which the server of the base IRI redirects; or at ``statement-x`` where the
folder lies at the base itself.

Sources: Cool URIs for the Semantic Web, W3C Interest Group Note, 3 December 2008, section 4.3;
Apache HTTP Server 2.4, content negotiation and mod_rewrite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from comity.model import SCHEMES
from comity.publish.content import Content, Part
from comity.publish.listing import SUMS
from comity.publish.release import Release
from comity.publish.templates import rendered

HTACCESS = ".htaccess"
LINKSET = "linkset.json"
TEXTS = ".html .ttl .csv .tsv .txt .md .css .js .ru .rdfp .sha256".split()
"""Endings of files that are texts in UTF-8 and may say so."""
NEGOTIATED = (".html", ".ttl", ".jsonld", ".gz")
USUAL = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
"""What endings mean that may mean more than one thing, or that pages need."""
PLAIN = "text/plain; charset=utf-8"
NODES = {
    "dcat": "dataset|distribution|checksum|contact|creator|format|metadata|period|service".split(
        "|"
    ),
    "void": "release|class|property|subset|linkset|target".split("|"),
    "prov": (
        "association|build|built|canonical|corrections|linking|model|policy|publication|software"
        "|validation|vocabulary"
    ).split("|"),
}
"""The kinds of nodes that each file of metadata describes, as `Release.node` names them."""


def write_htaccess(content: Content, folder: Path, parts: Iterable[Part]) -> list[Part]:
    """Write ``.htaccess``.

    Args:
        content: What is published.
        folder: The release folder.
        parts: What was written before, pages included.
    """
    parts = tuple(parts)
    release = content.release
    dumps = [part.name for part in parts if part.role == "dump" and part.name.endswith(".ttl")]
    types, files = _types(parts)
    text = rendered(
        "htaccess.jinja",
        {
            "texts": " ".join(TEXTS),
            "types": types,
            "files": files,
            "linkset": release.address(LINKSET),
            "id": _below(release),
            "label": re.escape(release.label),
            "schemes": "|".join(sorted(SCHEMES)),
            "dump": dumps[0] if dumps else f"{release.stem}.ttl",
            **{name: "|".join(kinds) for name, kinds in NODES.items()},
        },
    )
    (folder / HTACCESS).write_text(text, encoding="utf-8", newline="\n")
    return [Part(HTACCESS, "Settings for an Apache server", "text/plain", role="metadata")]


def _below(release: Release) -> str:
    """The folders in which names of the data may be asked for, as a regular expression."""
    last = urlsplit(release.namespaces.base).path.rstrip("/").rpartition("/")[2]
    return f"(?:(?:{'|'.join(sorted({'id', *([re.escape(last)] if last else [])}))})/)?"


def _types(parts: tuple[Part, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The media type of each ending; and of the files that are of another type than their ending.

    Among the latter are those without an ending that are to be texts.
    """
    types = dict(USUAL)
    files = {LINKSET: "application/linkset+json", "LICENSE": PLAIN, SUMS: PLAIN}
    for part in sorted(parts, key=lambda part: part.name):
        ending = Path(part.name).suffix
        if ending and ending not in NEGOTIATED:
            usual = types.setdefault(ending, part.media_type)
            if part.media_type != usual:
                files.setdefault(part.name.rpartition("/")[2], part.media_type)
    return sorted(types.items()), sorted(files.items())
