"""Files to Documents: the first of the steps from text to Turtle.

Read from top to bottom: which files are meant, what one file holds, how its characters,
its metadata and its words become a `Document`. Whatever cannot be read becomes a
`Rejection` that says why; nothing disappears.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from comity.errors import ComityError
from comity.identifiers import document_id, fold, text_sha256
from comity.model import Document, Rejection
from comity.text.encoding import checked_encoding, declared_encoding, decode
from comity.text.frontmatter import split_front_matter
from comity.text.html import read_html
from comity.text.inference import what_the_text_says
from comity.text.jsonl import read_jsonl
from comity.text.limits import DEFAULT_LIMITS, Limits
from comity.text.markdown import read_markdown
from comity.text.metadata import DEFAULT_CODES, Codes, Draft, Metadata
from comity.text.normalise import plain_text
from comity.text.refusal import Refused, rejection
from comity.text.sidetable import SideTable, read_side_table
from comity.text.sources import SUFFIXES, Source, expand, printable, read_bytes

__all__ = ["Codes", "Limits", "Metadata", "read_file", "read_sources"]

_Read = tuple[str, Document | Rejection]


@dataclass(frozen=True, slots=True)
class _Settings:
    codes: Codes
    limits: Limits
    encoding: str | None


def read_sources(
    sources: Sequence[Path | str],
    *,
    meta: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    codes: Codes = DEFAULT_CODES,
    encoding: str | None = None,
) -> Iterator[Document | Rejection]:
    """Read files and folders, in an order that does not depend on that of `sources`.

    Of documents with the same normalised text the first is kept; the others are rejected
    as ``duplicate``.

    Args:
        sources: Files and folders. Folders are searched at any depth for texts.
        meta: A side table (CSV) with metadata, see `comity.text.sidetable`.
        limits: Sizes above which an input is refused.
        codes: The codes that document types and bindingness may have.
        encoding: The encoding of files that have no byte order mark.

    Raises:
        UsageError: `sources` is no list, or `encoding` no encoding.
        MetadataError: The side table as a whole cannot be used.
    """
    settings = _Settings(codes, limits, checked_encoding(encoding) if encoding else None)
    found = expand(sources)
    files = [one for one in found if isinstance(one, Source)]
    table = read_side_table(Path(meta), files, limits=limits) if meta else SideTable()
    yield from table.rejections
    first: dict[str, str] = {}
    for source in found:
        if isinstance(source, Rejection):
            yield source
            continue
        for label, item in _read(source, table, settings):
            if isinstance(item, Document) and first.setdefault(item.sha256, label) is not label:
                refused = Refused("duplicate", f"has the same text as {first[item.sha256]}")
                yield rejection(label, refused)
            else:
                yield item


def read_file(
    path: Path | str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    codes: Codes = DEFAULT_CODES,
    encoding: str | None = None,
) -> list[Document | Rejection]:
    """Read one file: one document, or one a line for JSON Lines.

    Args:
        path: The file; its suffix tells its format.
        limits: Sizes above which it is refused.
        codes: The codes that document types and bindingness may have.
        encoding: Its encoding, unless it has a byte order mark.

    Raises:
        UsageError: `encoding` is no encoding.
    """
    settings = _Settings(codes, limits, checked_encoding(encoding) if encoding else None)
    source = Source(Path(path), printable(Path(path).name))
    return [item for _, item in _read(source, SideTable(), settings)]


def _read(source: Source, table: SideTable, settings: _Settings) -> Iterator[_Read]:
    """The documents of one file, each with the label that reports call it by."""
    try:
        given = table.metadata(source, codes=settings.codes, limits=settings.limits)
        encoding = table.encoding(source) or settings.encoding
        if source.path.suffix.casefold() == ".jsonl":
            yield from _read_lines(source, given, settings, encoding)
        else:
            draft = _draft(source, settings, encoding)
            yield source.label, _document(draft, given, source.name)
    except ComityError as error:
        yield source.label, rejection(source.label, error)


def _read_lines(
    source: Source, given: Metadata, settings: _Settings, encoding: str | None
) -> Iterator[_Read]:
    """The documents of a JSON Lines file: a line that cannot be read spoils no other."""
    empty = True
    lines = read_jsonl(source.path, codes=settings.codes, limits=settings.limits, encoding=encoding)
    for number, draft in lines:
        empty = False
        label = f"{source.label}:{number}"
        try:
            if isinstance(draft, ComityError):
                raise draft
            yield label, _document(draft, given, source.name)
        except ComityError as error:
            yield label, rejection(label, error)
    if empty:
        raise Refused("empty", "holds nothing")


def _draft(source: Source, settings: _Settings, encoding: str | None) -> Draft:
    """The body of a file as normalised text, with the metadata that the file states."""
    suffix = source.path.suffix.casefold()
    data = read_bytes(source.path, settings.limits.max_bytes)
    is_page = suffix in {".html", ".htm"}
    text = decode(data, encoding=encoding, declared=declared_encoding(data) if is_page else None)
    if suffix not in SUFFIXES:
        raise Refused(
            "format",
            f"has the suffix {printable(suffix)!r}" if suffix else "has no suffix",
            hint=f"texts end in {', '.join(sorted(SUFFIXES))}",
        )
    if is_page:
        return read_html(text)
    front, text = split_front_matter(
        text, name=source.label, codes=settings.codes, limits=settings.limits
    )
    draft = Draft(plain_text(text)) if suffix == ".txt" else read_markdown(text)
    return Draft(draft.body, front.over(draft.metadata))


def _document(draft: Draft, given: Metadata, file: str) -> Document:
    """The document: what the user gives counts most, then the file, then the text itself.

    Raises:
        Refused: There is no text.
    """
    if not draft.body:
        raise Refused("empty", "holds no text")
    known = given.over(draft.metadata)
    text = _with_title(known.title, draft.body)
    known = known.over(what_the_text_says(text, known)).complete()
    sha256 = text_sha256(text)
    return Document(id=document_id(sha256), sha256=sha256, text=text, file=file, **asdict(known))


def _with_title(title: str | None, body: str) -> str:
    """The title is part of the text: put it first, unless the text begins with it."""
    if title is None:
        return body
    wanted, start = fold(title), fold(body[: 2 * len(title) + 100])
    begins = start.startswith(wanted) and not start[len(wanted) : len(wanted) + 1].isalnum()
    return body if begins else f"{title}\n\n{body}"
