"""Source texts in a release: only those whose licence lets anyone pass them on.

What is published is the normalised text that all offsets count in, not the publisher's file. So a
licence must allow anyone to pass on a changed copy, for any purpose: a licence for
non-commercial use (NC) does not let everyone, one without derivatives (ND) allows no changes.
Both are left out, and so is every licence that is not recognised.

The policy for quotations does not touch these texts: it limits what is quoted from texts that are
not ours to give, and these are for everyone by their own licence. With them at hand, the passages
of a release without quotations are found again by their offsets, and proved by their hashes.

Sources: the deeds at creativecommons.org, opendatacommons.org and nationalarchives.gov.uk;
17 U.S.C. § 105 for works of the United States Government; the SPDX licence list for short names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from comity.model import Document
from comity.publish.content import Content, Part

FOLDER = "texts"
_VERSION = r"-v?\d\.\d"
_PORT = r"(?:-(?:at|au|de|fr|igo|jp|nl|uk|us|international|unported|generic))?"
_LICENCE = r"(?:-(?:public-)?licen[cs]e)?"
_CC_SHORT = rf"cc-by(?:-sa)?(?:{_VERSION}{_PORT})?"
_CC_NAME = r"attribution(?:-share-?alike)?"
_OPEN = re.compile(
    "|".join(
        (
            rf"{_CC_SHORT}{_LICENCE}",
            rf"creative-commons-{_CC_NAME}(?:{_VERSION})?{_PORT}{_LICENCE}(?:-{_CC_SHORT})?",
            rf"{_CC_NAME}{_VERSION}{_PORT}{_LICENCE}(?:-{_CC_SHORT})?",
            r"(?:creative-commons-)?(?:cc0|cc-0|cc-zero)(?:-v?1\.0)?(?:-universal)?",
            r"creative-commons-zero(?:-v?1\.0)?(?:-universal)?(?:-cc0(?:-1\.0)?)?",
            r"cc-pdm-1\.0|cc-pddc|public-domain-mark(?:-1\.0)?",
            r"(?:in-)?(?:the-)?public-domain",
            r"pddl(?:-1\.0)?|odc-by(?:-1\.0)?|odbl(?:-1\.0)?",
            rf"ogl-uk(?:{_VERSION})?|ogl-v?[123](?:\.0)?|ogl-canada{_VERSION}",
            r"open-government-licen[cs]e(?:-(?:v|version-)?\d(?:\.\d)?)?(?:-united-kingdom)?",
            r"open-government-licen[cs]e-canada(?:-(?:version-)?2\.0)?",
            r"nlod(?:-[12]\.0)?|etalab-2\.0|dl-de-(?:by|zero)-2\.0",
            r"(?:us|u\.s\.|united-states)(?:-federal)?-government-works?(?:-17-u\.?s\.?c\.?-105)?",
        )
    )
)
_ADDRESS = re.compile(
    r"https?://(?:"
    r"creativecommons\.org/(?:licenses/by(?:-sa)?/\d\.\d(?:/[a-z]{2}|/igo|/scotland)?"
    r"|publicdomain/(?:zero|mark)/1\.0)(?:/(?:deed|legalcode)(?:\.[a-z-]+)?)?"
    r"|opendatacommons\.org/licenses/(?:pddl|by|odbl)(?:/[\d.-]+)?"
    r"|(?:www\.)?nationalarchives\.gov\.uk/doc/open-government-licence(?:/version/\d)?"
    r"|(?:www\.)?usa\.gov/(?:government-works|government-copyright|publicdomain/label/1\.0)"
    r"|spdx\.org/licenses/(?P<spdx>[a-z0-9.-]+?)(?:\.html)?"
    r")/?"
)


def may_publish(license: str | None) -> bool:
    """Whether a text with this licence may be passed on by anyone, for any purpose, normalised.

    Args:
        license: What the front matter of the text says: an SPDX id, a name or an address.

    >>> may_publish("CC BY-SA 4.0"), may_publish("https://creativecommons.org/licenses/by/3.0/igo/")
    (True, True)
    >>> may_publish("CC-BY-NC-4.0"), may_publish("all rights reserved"), may_publish(None)
    (False, False, False)
    """
    text = " ".join((license or "").casefold().split())
    address = _ADDRESS.fullmatch(text)
    if address:
        return address["spdx"] is None or _is_open(address["spdx"])
    return "://" not in text and _is_open(text)


def _is_open(name: str) -> bool:
    return _OPEN.fullmatch(re.sub(r"[^\w.]+", "-", name).strip("-._")) is not None


def write_texts(content: Content, folder: Path) -> list[Part]:
    """Write the texts that may be passed on as ``texts/<sha256>.txt``, with a list of them.

    Args:
        content: What is published.
        folder: The release folder.

    Returns:
        The texts, in the order of their names, and ``texts/README.md``; none when there are none.
    """
    open_texts: dict[str, Document] = {}
    for document in content.documents():
        if may_publish(document.license):
            (folder / FOLDER).mkdir(exist_ok=True)
            (folder / FOLDER / f"{document.sha256}.txt").write_bytes(document.text.encode())
            open_texts[document.sha256] = replace(document, text="")
    if not open_texts:
        return []
    texts = [each for _, each in sorted(open_texts.items())]
    listed = "".join(map(_entry, texts))
    (folder / FOLDER / "README.md").write_bytes((_HEAD + listed).encode())
    told = Part(f"{FOLDER}/README.md", "Sources and licences of the texts", "text/markdown")
    return [*map(_part, texts), replace(told, role="text")]


def _part(document: Document) -> Part:
    title = f"Text of {document.title or document.id}"
    return Part(f"{FOLDER}/{document.sha256}.txt", title, "text/plain", role="text")


_HEAD = """# Texts

Each text belongs to its publisher and has its own licence. They are changed copies: characters and
line ends were normalised, and what surrounded the text was left out. Offsets of the release count
code points of these files; the name of a file is the SHA-256 of its bytes. Texts whose licence does
not let anyone pass them on are not here.
"""


def _entry(document: Document) -> str:
    told = (
        ("publisher", document.publisher),
        ("date", document.date),
        ("source", document.url),
        ("licence", document.license),
    )
    lines = "".join(f"- {name}: {value}\n" for name, value in told if value)
    return f"\n## {document.title or document.id}\n\n- file: {document.sha256}.txt\n{lines}"
