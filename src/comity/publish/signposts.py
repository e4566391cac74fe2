"""Signposts for programs: a link set of the whole release, and site maps of its pages.

Sources: RFC 9264 (link sets in JSON), RFC 8574 (cite-as), RFC 6573 (item, collection), RFC 5829
(versions), the FAIR Signposting Profile of 2 October 2023 (signposting.org/FAIR), and the Sitemaps
protocol 0.9.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from comity.publish.content import Content, Part
from comity.publish.hosting import LINKSET
from comity.publish.metadata import landing_page
from comity.publish.release import Release

DATASET = "https://schema.org/Dataset"
PAGE = "https://schema.org/AboutPage"
DATA = ("dump", "table", "edges", "change")
"""Roles of files that are under the licence of the data."""
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MOST = 50_000
"""Addresses that one site map may hold."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_linkset(content: Content, folder: Path, parts: Iterable[Part]) -> list[Part]:
    """Write ``linkset.json``: where the release is, what its files are, and what describes it.

    Args:
        content: What is published.
        folder: The release folder.
        parts: What was written before; pages are left out.
    """
    release = content.release
    kept = sorted((part for part in parts if part.role != "page"), key=lambda part: part.name)
    links = {"linkset": [_landing(release, kept), *_files(release, kept)]}
    body = json.dumps(links, ensure_ascii=False, indent=1) + "\n"
    (folder / LINKSET).write_text(body, encoding="utf-8", newline="\n")
    title = "Signposts to the files and metadata (RFC 9264)"
    return [Part(LINKSET, title, "application/linkset+json", role="metadata")]


def _landing(release: Release, parts: list[Part]) -> dict[str, Any]:
    """The links of the page that people see first."""
    creators = range(1, len(release.about.creators) + 1)
    authors = [release.node("creator", str(number)) for number in creators]
    before = release.previous and release.namespaces.node(f"dataset-{release.previous}")
    told: dict[str, list[dict[str, str]]] = {
        "cite-as": [{"href": release.version}],
        "type": [{"href": PAGE}, {"href": DATASET}],
        "author": [{"href": author} for author in authors or [release.about.publisher_iri]],
        "license": [{"href": release.about.license}],
        "describedby": [_link(release, part) for part in parts if _describes(part)],
        "item": [_link(release, part) for part in parts if part.role != "metadata"],
        "version-history": [{"href": release.dataset}],
        "predecessor-version": [{"href": before}] if before else [],
    }
    return {
        "anchor": landing_page(release),
        **{relation: targets for relation, targets in told.items() if targets},
    }


def _files(release: Release, parts: list[Part]) -> Iterator[dict[str, Any]]:
    """The links of each file back to the page."""
    page = [{"href": landing_page(release), "type": "text/html"}]
    for part in parts:
        if part.role != "metadata":
            licence = [{"href": release.about.license}] if part.role in DATA else []
            yield {
                "anchor": release.address(part.name),
                "collection": page,
                **({"license": licence} if licence else {}),
            }
        elif _describes(part):
            yield {"anchor": release.address(part.name), "describes": page}


def _describes(part: Part) -> bool:
    """Whether a file describes the release in RDF or for reference managers."""
    return part.name in ("dcat.ttl", "void.ttl", "prov.ttl", "CITATION.cff")


def _link(release: Release, part: Part) -> dict[str, str]:
    media = "application/gzip" if part.packed else part.media_type
    return {"href": release.address(part.name), "type": media, "title": part.title}


def write_sitemap(content: Content, folder: Path, pages: Iterable[str]) -> list[Part]:
    """Write ``sitemap.xml``; above `MOST` pages it lists further site maps.

    Where the release is served at the root of a host, ``robots.txt`` says where the map is.

    Args:
        content: What is published.
        folder: The release folder.
        pages: The names of the pages, below the release folder, each once.

    Returns:
        The site maps; none when there are no pages.
    """
    release = content.release
    maps: list[str] = []
    ordered = iter(sorted(pages))
    while names := list(islice(ordered, MOST)):
        maps.append(f"sitemap-{len(maps) + 1:04d}.xml")
        _write(folder / maps[-1], "urlset", "url", release, names)
    if not maps:
        return []
    if len(maps) == 1:
        (folder / maps.pop()).replace(folder / SITEMAP)
    else:
        _write(folder / SITEMAP, "sitemapindex", "sitemap", release, maps)
    parts = [
        Part(name, "Addresses of the pages, for search engines", "application/xml", role="metadata")
        for name in (SITEMAP, *maps)
    ]
    if urlsplit(release.url).path == "/":
        text = f"User-agent: *\nAllow: /\nSitemap: {release.address(SITEMAP)}\n"
        (folder / ROBOTS).write_text(text, encoding="utf-8", newline="\n")
        parts.append(Part(ROBOTS, "Where the site map is", "text/plain", role="metadata"))
    return parts


def _write(path: Path, whole: str, one: str, release: Release, names: Iterable[str]) -> None:
    """A site map, or the list of them: addresses with the date of issue."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write(f'<{whole} xmlns="{_SPACE}">\n')
        for name in names:
            address = escape(release.address(quote(name)))
            date = f"<lastmod>{release.issued}</lastmod>"
            out.write(f"<{one}><loc>{address}</loc>{date}</{one}>\n")
        out.write(f"</{whole}>\n")
