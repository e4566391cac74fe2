"""How a release is cited, in words and for reference managers; and under which licence it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from comity.lookup.cite import tex
from comity.publish.content import Content, Part
from comity.publish.metadata import contact_iri, landing_page
from comity.publish.release import Release

CITATION = "CITATION.cff"
LICENSE = "LICENSE"
YAML = "application/yaml"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its name, its SPDX id, and what it asks of those who use the data."""

    name: str
    spdx: str
    terms: str


_BY = (
    "You may copy, share and adapt the data for any purpose, also commercially. You must give\n"
    "credit, name the licence with a link to it, and say what you changed."
)
LICENCES: Mapping[str, Licence] = {
    "https://creativecommons.org/licenses/by/4.0/": Licence(
        "Creative Commons Attribution 4.0 International", "CC-BY-4.0", _BY
    ),
    "https://creativecommons.org/licenses/by-sa/4.0/": Licence(
        "Creative Commons Attribution-ShareAlike 4.0 International",
        "CC-BY-SA-4.0",
        f"{_BY} What you make of\nthe data you must share under the same licence.",
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": Licence(
        "Creative Commons Zero 1.0 Universal",
        "CC0-1.0",
        "The publisher waives all rights to the data, as far as the law allows. You may copy,\n"
        "change and share them for any purpose without asking.",
    ),
}
"""The licences that are told in words, by IRI; of any other the IRI alone is given."""


def licence_of(release: Release) -> Licence | None:
    """The licence of the data, when it is one of those known; `http:` counts as `https:`."""
    iri = release.about.license.replace("http://", "https://", 1)
    return LICENCES.get(iri if iri.endswith("/") else iri + "/")


def citation(release: Release) -> str:
    """The reference to a release, in one line of plain text.

    >>> from comity.publish.release import make_release
    >>> from comity.rdf.namespaces import Namespaces
    >>> citation(make_release("2026.11", Namespaces()))[:81]
    'The Comity contributors (2026). Statements on international cooperation in intell'
    """
    about = release.about
    authors = "; ".join(about.creators) or about.publisher
    publisher = f" {about.publisher}." if about.creators else ""
    return (
        f"{authors} ({release.issued[:4]}). {about.title.rstrip('.')}, version {release.label} "
        f"[Data set].{publisher} {release.version}"
    )


def bibtex(release: Release) -> str:
    """The reference for BibTeX: ``@misc``, which every style knows, with a version."""
    about = release.about
    fields = {
        "title": f"{{{tex(about.title)}}}",
        "author": " and ".join(f"{{{tex(name)}}}" for name in about.creators or (about.publisher,)),
        "year": release.issued[:4],
        "month": str(int(release.issued[5:7])) if release.issued[5:7] else "",
        "version": tex(release.label),
        "publisher": tex(about.publisher),
        "howpublished": "Data set",
        "url": release.version,
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{release.stem},\n{''.join(lines)}}}\n"


def write_citation(content: Content, folder: Path) -> list[Part]:
    """Write ``CITATION.cff``, by version 1.2.0 of the Citation File Format.

    Args:
        content: What is published.
        folder: The release folder.

    Raises:
        UsageError: if the contact is neither an e-mail address nor an IRI.
    """
    import yaml

    text = yaml.safe_dump(
        _cff(content.release), sort_keys=False, allow_unicode=True, width=100, line_break="\n"
    )
    (folder / CITATION).write_text(text, encoding="utf-8", newline="\n")
    return [Part(CITATION, "How to cite the release", YAML, role="metadata")]


def _cff(release: Release) -> dict[str, Any]:
    about = release.about
    licence = licence_of(release)
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": about.title,
        "version": release.label,
        "authors": [{"name": name} for name in about.creators or (about.publisher,)],
        "abstract": about.description,
        "keywords": list(dict.fromkeys(about.keywords)),
        "url": _web(landing_page(release)),
        "repository-artifact": release.url,
        "license": licence.spdx if licence else None,
        "license-url": None if licence else _web(about.license),
        "date-released": release.issued if len(release.issued) == len("2026-11-24") else None,
        "contact": [_contact(about.publisher, about.contact)] if about.contact else None,
    }
    if _web(release.version):
        told["identifiers"] = [
            {"type": "url", "value": release.version, "description": "This release"},
            {"type": "url", "value": release.dataset, "description": "The data set, all releases"},
        ]
    return {name: value for name, value in told.items() if value}


def _web(iri: str) -> str | None:
    return iri if iri.startswith(("http://", "https://")) else None


def _contact(name: str, contact: str) -> dict[str, str]:
    iri = contact_iri(contact)
    if iri.startswith("mailto:"):
        return {"name": name, "email": unquote(iri.removeprefix("mailto:"))}
    return {"name": name, "website": iri}


def write_license(content: Content, folder: Path, parts: Iterable[Part]) -> list[Part]:
    """Write ``LICENSE``: a short notice that names the licence of the data by its IRI.

    Args:
        content: What is published.
        folder: The release folder.
        parts: What was written before.
    """
    release = content.release
    known = licence_of(release)
    lines = [
        f"{release.about.title}, release {release.label}",
        "",
        f"The data of this release are published by {release.about.publisher} under the licence",
        "",
        *([f"    {known.name}"] if known else []),
        f"    {release.about.license}",
        "",
        *([known.terms, ""] if known else []),
        "To give credit, cite:",
        "",
        f"    {citation(release)}",
        "",
        "Passages that are quoted remain the words of their authors and publishers.",
    ]
    folders = {part.name.partition("/")[0] for part in parts if "/" in part.name}
    if folders & {"ontology", "shapes"}:
        lines += [
            "",
            "The ontology, vocabularies, alignments and shapes of Comity in ontology/ and shapes/",
            "are by The Comity contributors, under https://creativecommons.org/licenses/by/4.0/",
        ]
    if "texts" in folders:
        lines += ["", "Each text in texts/ has a licence of its own: see texts/README.md."]
    (folder / LICENSE).write_bytes("".join(f"{line}\n" for line in lines).encode())
    return [Part(LICENSE, "Licence of the data", "text/plain", role="metadata")]
