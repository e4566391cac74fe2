"""``README.md``: what a release is, what its files are, how to load, ask and cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from comity.publish.citation import bibtex, citation, licence_of
from comity.publish.content import Content, Part
from comity.publish.provenance import POLICIES
from comity.publish.schemas import ONTOLOGY
from comity.publish.summary import Summary, summarize
from comity.publish.templates import rendered

README = "README.md"
FOLDERS = {
    "ontology": "The ontology, vocabularies, alignments and JSON-LD context that the data rest on",
    "shapes": "SHACL shapes, to check data with",
    "texts": "Source texts whose licence lets anyone pass them on",
    "site": "Pages for people: open site/index.html",
}
"""What stands in each folder."""
LATER = (
    ("LICENSE", "Licence of the data"),
    ("CITATION.cff", "How to cite the release"),
    ("linkset.json", "Signposts to all of it, for programs (RFC 9264)"),
    ("sitemap.xml", "Addresses of the pages, for search engines"),
    (".htaccess", "Settings for an Apache that serves this folder"),
    ("release.json", "This release for programs: names, counts, sizes and hashes"),
    ("SHA256SUMS", "Hashes of all files"),
)
"""Files that a release has besides those that are listed when its README is written."""
NAMES = {
    "areas": "target areas",
    "shortcuts": "shortcuts, derived",
    "links": "links between statements, derived",
}
"""What is counted, in more words than release.json has."""
QUERY = """\
PREFIX comity: <https://w3id.org/comity/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?area (COUNT(DISTINCT ?statement) AS ?statements) WHERE {
  ?statement comity:measure/comity:targetArea/skos:notation ?area
} GROUP BY ?area ORDER BY DESC(?statements) ?area LIMIT 10"""
"""The question of the README; its answer is told beside it."""


def write_readme(content: Content, folder: Path, parts: Iterable[Part]) -> list[Part]:
    """Write ``README.md``.

    Args:
        content: What is published.
        folder: The release folder; the files that `parts` names are in it.
        parts: What was written before.

    Raises:
        OSError: if a file cannot be read.
    """
    parts = tuple(parts)
    text = rendered("README.md.jinja", _values(content, folder, parts, summarize(content)))
    (folder / README).write_text(text, encoding="utf-8", newline="\n")
    return [Part(README, "What this is and how to use it", "text/markdown", role="metadata")]


def _values(
    content: Content, folder: Path, parts: tuple[Part, ...], summary: Summary
) -> dict[str, Any]:
    release, about = content.release, content.release.about
    licence = licence_of(release)
    names = {part.media_type: part.name for part in parts if part.role == "dump"}
    texts = sum(part.role == "text" and part.name.endswith(".txt") for part in parts)
    return {
        "title": _line(about.title),
        "description": _line(about.description),
        "label": release.label,
        "version": release.version,
        "dataset": release.dataset,
        "issued": release.issued,
        "publisher": _line(about.publisher).replace("|", "\\|"),
        "license": about.license,
        "licence_name": licence.name if licence else f"the licence <{about.license}>",
        "previous": release.previous,
        "earliest": summary.earliest,
        "latest": summary.latest,
        "canonical": content.canonical_sha256(),
        "catalogue": content.namespaces.catalogue,
        "ontology": ONTOLOGY,
        "counts": [(NAMES.get(name, name), number) for name, number in summary.counts.items()],
        "triples": summary.counts["triples"],
        "files": list(_files(folder, parts, site=release.site)),
        "turtle": names.get("text/turtle", f"{release.stem}.ttl"),
        "ntriples": names.get("application/n-triples", f"{release.stem}.nt.gz"),
        "nquads": names.get("application/n-quads", f"{release.stem}.nq.gz"),
        "query": QUERY,
        "answer": answer(content),
        "citation": citation(release),
        "bibtex": bibtex(release).rstrip(),
        "quotes": POLICIES[release.quotes],
        "rejected": _rejected(content),
        "texts": f"{texts:,}" if texts else "",
        **_origin(content.graph.manifest),
    }


def answer(content: Content) -> list[tuple[str, int]]:
    """The answer to `QUERY`: the ten areas that most statements are about, with their number."""
    found = Counter(area for each in content.statements() for area in {*each.areas})
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:10]


def _files(folder: Path, parts: tuple[Part, ...], *, site: bool) -> Iterator[dict[str, str]]:
    """A row for each file and folder, in order of their names."""
    rows = {name: (title, "") for name, title in LATER if site or name != "sitemap.xml"}
    rows |= {f"{name}/": (title, "") for name, title in FOLDERS.items() if site and name == "site"}
    for part in parts:
        top, below, _ = part.name.partition("/")
        if below:
            rows[f"{top}/"] = (FOLDERS.get(top, part.title), "")
        else:
            title = _line(part.title).replace("|", "\\|")
            rows[part.name] = (title, f"{(folder / part.name).stat().st_size:,}")
    for name, (title, size) in sorted(rows.items()):
        yield {"name": f"`{name}`", "title": title, "size": size}


def _origin(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What the build was made from and with, in words."""
    settings = manifest["settings"]
    model = settings.get("model")
    decisions = sum(each["decisions"] for each in manifest.get("corrections", ()))
    return {
        "comity": manifest["comity"],
        "documents": _several(len(manifest["inputs"]), "document"),
        "decisions": _several(decisions, "decision of people", "decisions of people")
        if decisions
        else "",
        "extractor": settings["extractor"],
        "model": f"{model['name']} {model['version']}".rstrip() if model else "",
    }


def _rejected(content: Content) -> str:
    number = sum(each.review == "rejected" for each in content.graph.records())
    told = _several(number, "statement") if number else "none in this release"
    return f"Statements that a reviewer has rejected: {told}."


def _several(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _line(text: str) -> str:
    """A text as one line."""
    return " ".join(text.split())
