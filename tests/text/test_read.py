"""From files to documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from comity.errors import UsageError
from comity.identifiers import document_id, text_sha256
from comity.model import Document, Rejection
from comity.text.limits import Limits
from comity.text.metadata import DEFAULT_CODES, Codes
from comity.text.read import read_file, read_sources

from .conftest import Write

Read = Callable[[str, str | bytes], Document]
Refuse = Callable[[str, str | bytes], Rejection]

NEWS = """Director: Offices to Share Search Reports


Source: The Example Gazette

The director spoke at the opening of the Third Lakeland Forum for Fair Trade in Nairobi on May 3,
saying that the two offices will share their search reports.
"""


def test_plain_text(document: Read) -> None:
    """A plain text becomes a document with what the text says about itself."""
    found = document("news.txt", NEWS)
    assert found.text == (
        "Director: Offices to Share Search Reports\n\nSource: The Example Gazette\n\n"
        "The director spoke at the opening of the Third Lakeland Forum for Fair Trade in Nairobi "
        "on May 3,\nsaying that the two offices will share their search reports."
    )
    assert (found.title, found.publisher, found.event, found.place) == (
        "Director: Offices to Share Search Reports",
        "The Example Gazette",
        "Third Lakeland Forum for Fair Trade",
        "Nairobi",
    )
    assert (found.date, found.file) == (None, "news.txt")


def test_identifiers(document: Read) -> None:
    """Hash and id are those of the normalised text."""
    found = document("news.txt", NEWS)
    assert found.sha256 == text_sha256(found.text)
    assert found.id == document_id(found.sha256)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_same_text_same_document(encoding: str, end: str, document: Read) -> None:
    """The bytes a text was kept in do not change the document."""
    text = "Joint Statement\n\nThe offices’ heads agreed – in Nairobi – to share data."
    found = document("a.txt", text.replace("\n", end).encode(encoding))
    assert found.text == text


def test_kept_text_reads_as_itself(document: Read) -> None:
    """The text of a document, kept in a file and read again, is the same document."""
    first = document("news.txt", NEWS)
    assert document("kept.txt", first.text) == document("kept.txt", NEWS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "---\ntitle: Joint Statement\n---\nThe offices agree."),
        ("a.txt", "Joint Statement\n\nThe offices agree."),
        ("a.txt", "---\ntitle: Joint Statement\n---\nJoint Statement\n\nThe offices agree."),
        ("a.md", "---\ntitle: Joint Statement\n---\n# Joint Statement\n\nThe offices agree."),
        ("a.md", "# Joint **Statement**\n\nThe offices\nagree."),
        ("a.markdown", "Joint Statement\n===\n\nThe offices agree."),
        ("a.html", "<title>Joint Statement</title><p>The offices agree.</p>"),
        ("a.HTM", "<h1>Joint Statement</h1><p>The offices agree.</p>"),
        ("a.jsonl", '{"title": "Joint Statement", "text": "The offices agree."}'),
    ],
)
def test_title_is_part_of_the_text(name: str, content: str, document: Read) -> None:
    """However the title is known, the text begins with it, once."""
    found = document(name, content)
    assert found.title == "Joint Statement"
    assert found.text == "Joint Statement\n\nThe offices agree."


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("On trade", "On trademarks they agree.", "On trade\n\nOn trademarks they agree."),
        ("On Trade", "ON TRADE\n\nThey agree.", "ON TRADE\n\nThey agree."),
        ("Joint Statement", "Joint Statement of two offices", "Joint Statement of two offices"),
    ],
)
def test_texts_that_begin_with_their_title(
    title: str, body: str, text: str, document: Read
) -> None:
    """The title is compared by whole words, without regard to capitals."""
    assert document("a.txt", f"---\ntitle: {title}\n---\n{body}").text == text


def test_stated_values_count_more_than_the_text(document: Read) -> None:
    """What front matter states is not replaced by what the text says."""
    found = document(
        "a.txt", f"---\npublisher: Lakeland Office\nplace: Geneva\ntype: study\n---\n{NEWS}"
    )
    assert (found.publisher, found.place, found.type) == ("Lakeland Office", "Geneva", "study")
    assert found.event == "Third Lakeland Forum for Fair Trade"


def test_year_of_the_front_matter(document: Read) -> None:
    """A stated date keeps its precision, though the text names a day."""
    assert document("a.txt", f"---\ndate: 2019\n---\n{NEWS}").date == "2019"


@pytest.mark.parametrize(
    ("front", "bindingness"),
    [
        ("type: treaty", "binding"),
        ("type: speech", "statement"),
        ("type: treaty\nbindingness: political", "political"),
        ("bindingness: binding", "binding"),
        ("type: study", None),
        ("place: Nairobi", None),
    ],
)
def test_bindingness(front: str, bindingness: str | None, document: Read) -> None:
    """Bindingness is what is stated, else what documents of the type have."""
    assert document("a.md", f"---\n{front}\n---\nDesigns matter.").bindingness == bindingness


def test_metadata_of_a_page_is_completed_by_its_text(document: Read) -> None:
    """What the head of a page leaves open is taken from its text."""
    found = document(
        "a.html",
        "<html lang=en><head><title>Offices agree</title></head><body><article><p>NAIROBI, "
        "3 May 2021 (Example Wire) -- The two offices agreed, they said.</p></article></body>",
    )
    assert (found.language, found.date, found.publisher, found.type, found.place) == (
        "en",
        "2021-05-03",
        "Example Wire",
        "news-report",
        "Nairobi",
    )


@pytest.mark.parametrize(
    ("name", "content", "code", "reason"),
    [
        ("a.txt", "", "empty", "holds nothing"),
        ("a.txt", " \n\t\u200b\n", "empty", "holds no text"),
        ("a.md", "---\ntitle: A\n---\n", "empty", "holds no text"),
        ("a.md", "<!-- a note -->\n\n---\n", "empty", "holds no text"),
        ("a.html", "<html><body></body></html>", "empty", "no main text"),
        ("a.txt", b"%PDF-1.7\n1 0 obj", "binary", "PDF"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "binary", "convert it to text"),
        ("a.docx", b"PK\x03\x04\x14\x00", "binary", "Word"),
        ("a.txt", b"ab\x00\x01c", "binary", "zero bytes"),
        ("a.txt", "İki ofis paylaşmaya karar verdi.".encode("cp1254"), "encoding", "--encoding"),
        ("a.md", "---\ntitle: A\ndate: soon\n---\nB", "metadata", "a.md:3: date 'soon'"),
        ("a.html", "<div>" * 1000 + "x", "html", "nested too deep"),
        ("a.md", ">" * 1000 + "x", "markdown", "levels deep"),
        ("a.csv", "a,b\n1,2\n", "format", "texts end in"),
        ("notes", "The offices agree.", "format", "no suffix"),
        ("a.jsonl", "", "empty", "holds nothing"),
    ],
)
def test_rejections(
    name: str, content: str | bytes, code: str, reason: str, refused: Refuse
) -> None:
    """What cannot be read is rejected with a code and a reason that says what to do."""
    found = refused(name, content)
    assert (found.source, found.stage, found.code) == (name, "read", code)
    assert reason in found.reason


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is rejected, not raised."""
    (found,) = read_file(tmp_path / "absent.txt")
    assert isinstance(found, Rejection) and found.code == "missing"


def test_folder_as_a_file(tmp_path: Path) -> None:
    """A folder cannot be read as one file."""
    (found,) = read_file(tmp_path)
    assert isinstance(found, Rejection) and found.code == "unreadable"


def test_oversized_file(write: Write) -> None:
    """A file over the limit is rejected, not cut."""
    (found,) = read_file(write("a.txt", "x" * 101), limits=Limits(max_bytes=100))
    assert isinstance(found, Rejection) and found.code == "oversized"


def test_encoding_that_is_none(write: Write) -> None:
    """An unknown name of an encoding is a wrong call, for files and for sources."""
    path = write("a.txt", "x")
    with pytest.raises(UsageError):
        read_file(path, encoding="klingon")
    with pytest.raises(UsageError):
        list(read_sources([path], encoding="klingon"))


def test_encoding_for_all(write: Write) -> None:
    """The named encoding is used for every file."""
    text = "Les offices ont décidé de coopérer."
    items = list(read_sources([write("a.txt", text.encode("cp1252"))], encoding="cp1252"))
    assert [item.text for item in items if isinstance(item, Document)] == [text]


def test_codes_of_a_vocabulary(write: Write) -> None:
    """A document type of the user's own vocabulary is accepted."""
    path = write("a.md", "---\ntype: white-paper\n---\nDesigns matter.")
    codes = Codes(types=DEFAULT_CODES.types | {"white-paper"})
    (found,) = read_file(path, codes=codes)
    assert isinstance(found, Document) and found.type == "white-paper"
    (refused,) = read_file(path)
    assert isinstance(refused, Rejection) and refused.code == "metadata"


def test_sources_are_read_one_by_one(write: Write) -> None:
    """Reading is lazy: the first document is there before the second file is read."""
    items = read_sources([write("a.txt", "Designs."), write("b.txt", "Marks.")])
    assert isinstance(items, Iterator)
    assert isinstance(next(items), Document)


def test_documents_come_in_order(write: Write) -> None:
    """Documents come in the order of their labels, whatever the order of the sources."""
    paths = [write("c.txt", "Designs."), write("x/a.txt", "Marks."), write("b.md", "Patents.")]
    for order in permutations(paths):
        assert [getattr(item, "file", None) for item in read_sources(order)] == [
            "a.txt",
            "b.md",
            "c.txt",
        ]


def test_duplicates(write: Write) -> None:
    """Of texts that are the same once normalised the first is kept, in any order of sources."""
    paths = [
        write("a.txt", "Designs matter.\n"),
        write("b.md", "Designs\nmatter."),
        write("x/c.html", "<p>Designs matter.</p>"),
    ]
    for order in permutations(paths):
        first, *others = read_sources(order)
        assert isinstance(first, Document) and first.file == "a.txt"
        assert [
            (one.source, one.code, one.reason) for one in others if isinstance(one, Rejection)
        ] == [
            ("b.md", "duplicate", "has the same text as a.txt"),
            ("c.html", "duplicate", "has the same text as a.txt"),
        ]


def test_duplicate_lines(write: Write) -> None:
    """Duplicates within a JSON Lines file name their lines."""
    path = write("a.jsonl", '{"text": "Designs."}\n{"text": "Marks."}\n{"text": "Designs."}\n')
    *_, last = read_sources([path])
    assert isinstance(last, Rejection)
    assert (last.source, last.reason) == ("a.jsonl:3", "has the same text as a.jsonl:1")


def test_files_of_one_name(write: Write) -> None:
    """Duplicates in files of one name are found as well."""
    items = list(read_sources([write("x/a.txt", "Designs."), write("y/a.txt", "Designs.")]))
    assert [type(item) for item in items] == [Document, Rejection]


def test_a_rejected_file_stops_nothing(tmp_path: Path, write: Write) -> None:
    """Files that cannot be read do not keep others from being read."""
    write("texts/a.txt", b"%PDF-1.7")
    write("texts/b.txt", "Designs matter.")
    items = list(read_sources([tmp_path / "texts", tmp_path / "absent"]))
    assert [getattr(item, "code", "read") for item in items] == ["missing", "binary", "read"]


def test_documents_tell_no_place(tmp_path: Path, write: Write) -> None:
    """Nothing about a document tells where on the machine its file was."""
    write("texts/sub/a.txt", "Designs matter.")
    write("texts/sub/b.txt", b"%PDF-1.7")
    for item in read_sources([tmp_path / "texts"]):
        assert str(tmp_path) not in repr(item)


EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    "codings", sorted(EXAMPLES.rglob("*.statements.jsonl")), ids=lambda path: path.name
)
def test_codings_made_by_hand_fit(codings: Path) -> None:
    """The documents that hand-made codings speak of are read with the same ids and offsets."""
    (found,) = read_file(codings.with_name(codings.name.replace(".statements.jsonl", ".md")))
    assert isinstance(found, Document)
    for line in codings.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert record["document"] == found.id
        assert record["quote"] == found.quote(record["start"], record["end"])
