"""Source texts: in a release only when their licence lets anyone pass them on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from comity.model import Document
from comity.publish.content import Content
from comity.publish.texts import may_publish, write_texts

OPEN = """
CC-BY-4.0
CC BY 4.0
cc by-sa 3.0
CC-BY-SA-3.0-IGO
CC BY 3.0 IGO
CC-BY-3.0-US
cc by 4.0 international
CC BY
CC-BY-4.0.
Creative Commons Attribution 4.0 International
Creative Commons Attribution 4.0 International (CC BY 4.0)
Creative Commons Attribution-ShareAlike 4.0 International License
Attribution 4.0 International (CC BY 4.0)
https://creativecommons.org/licenses/by/4.0/
https://creativecommons.org/licenses/by/4.0/deed.en
http://creativecommons.org/licenses/by-sa/3.0/igo
CC0
CC0-1.0
CC0 1.0 Universal
Creative Commons Zero v1.0 Universal
Creative Commons CC0 1.0 Universal
https://creativecommons.org/publicdomain/zero/1.0/legalcode
Public Domain
in the public domain
Public Domain Mark 1.0
PDDL-1.0
ODC-By-1.0
OGL-UK-3.0
OGL v3.0
Open Government Licence v3.0
Open Government Licence version 3.0
https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/
OGL-Canada-2.0
Open Government Licence - Canada
etalab-2.0
NLOD-2.0
DL-DE-BY-2.0
US Government Work
U.S. Government work (17 U.S.C. § 105)
https://www.usa.gov/government-works
https://spdx.org/licenses/CC-BY-4.0
https://spdx.org/licenses/CC-BY-4.0.html
"""
CLOSED = """
all rights reserved
© World Intellectual Property Organization
Crown copyright
unknown
MIT
Attribution
Creative Commons
CC
CC BY 4.0 except images
not CC BY 4.0
not in the public domain
public domain in the United States only
CC-BY-4.0 OR CC-BY-NC-4.0
CC-BY-4.0 AND LicenseRef-proprietary
OGL
OGL 1.0a
https://example.org/cc-by-4.0
https://example.org/licenses/by/4.0/
https://creativecommons.org/licenses/by/4.0/../../by-nc/4.0/
"""
FOR_SOME_ONLY = """
CC-BY-NC-4.0
CC BY-NC-SA 4.0
CC-BY-ND-4.0
CC BY-NC
CC BY 4.0 NC
CC BY 4.0 ND
Creative Commons Attribution-NonCommercial 4.0 International
Creative Commons Attribution-NoDerivatives 4.0 International
https://creativecommons.org/licenses/by-nc/4.0/
https://creativecommons.org/licenses/by-nd/4.0/
https://spdx.org/licenses/CC-BY-NC-4.0
"""


def lines(text: str) -> list[str]:
    """The lines of a list."""
    return text.strip().splitlines()


@pytest.mark.parametrize("name", lines(OPEN))
def test_what_anyone_may_pass_on_is_published(name: str) -> None:
    """SPDX ids, common names and addresses of open licences are recognised, in any case."""
    assert may_publish(name)
    assert may_publish(f"  {name.upper()}\n")


@pytest.mark.parametrize("name", [*lines(CLOSED), "", " ", "-"])
def test_what_is_not_recognised_is_not_published(name: str) -> None:
    """A licence that is unknown, restricted, or one of several allows nothing."""
    assert not may_publish(name)


@pytest.mark.parametrize("name", lines(FOR_SOME_ONLY))
def test_what_only_some_may_pass_on_or_only_unchanged_is_not_published(name: str) -> None:
    """A release is for everyone, for any purpose, and its texts are normalised copies."""
    assert not may_publish(name)


def test_a_text_without_licence_is_not_published() -> None:
    """Silence is no permission."""
    assert not may_publish(None)


def relicensed(content: Content, licenses: list[str | None]) -> Content:
    """The content with other licences for its documents, in their order."""

    def documents() -> Iterator[Document]:
        for document, license_ in zip(content.documents(), licenses, strict=True):
            yield replace(document, license=license_)

    return replace(content, documents=documents)


def test_the_name_of_a_text_is_its_hash(content: Content, tmp_path: Path) -> None:
    """Each file holds the very bytes that offsets count in, and the hash of its document."""
    parts = write_texts(content, tmp_path)
    files = sorted(path.name for path in (tmp_path / "texts").glob("*.txt"))
    assert files == sorted(f"{document.sha256}.txt" for document in content.documents())
    for file in files:
        data = (tmp_path / "texts" / file).read_bytes()
        assert sha256(data).hexdigest() == file.removesuffix(".txt")
    assert [part.name for part in parts] == [*(f"texts/{f}" for f in files), "texts/README.md"]
    assert {part.role for part in parts} == {"text"}


def test_only_open_texts_are_written(content: Content, tmp_path: Path) -> None:
    """Of texts with many licences those are written that anyone may pass on."""
    documents = list(content.documents())
    licenses = [("CC-BY-4.0", None, "all rights reserved")[n % 3] for n in range(len(documents))]
    write_texts(relicensed(content, licenses), tmp_path)
    written = {path.stem for path in (tmp_path / "texts").glob("*.txt")}
    assert written == {document.sha256 for document in documents[::3]}


def test_every_text_is_credited(content: Content, tmp_path: Path) -> None:
    """The list beside the texts names publisher, source and licence, and that they are changed."""
    write_texts(content, tmp_path)
    told = (tmp_path / "texts" / "README.md").read_text("utf-8")
    assert "changed copies" in told
    for document in content.documents():
        entry = told.split(f"- file: {document.sha256}.txt\n")[1].split("\n## ")[0]
        assert f"- publisher: {document.publisher}\n" in entry
        assert f"- source: {document.url}\n" in entry
        assert f"- licence: {document.license}\n" in entry


def test_without_open_texts_there_is_no_folder(content: Content, tmp_path: Path) -> None:
    """A release of texts that nobody may pass on has no folder for them."""
    closed = relicensed(content, [None] * len(list(content.documents())))
    assert write_texts(closed, tmp_path) == []
    assert list(tmp_path.iterdir()) == [tmp_path / "room"]
