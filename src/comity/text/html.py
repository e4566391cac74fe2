"""HTML to plain text: the main text of a page, and what its head says about it.

Nothing is ever fetched or resolved: an address on the page is only written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.dates import find_dates, is_iso_date
from comity.text.metadata import Draft, Metadata, is_web_address, language_tag
from comity.text.normalise import normalise, one_line
from comity.text.refusal import Refused

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_NOT_SHOWN = ("script", "style", "noscript", "template", "svg", "iframe", "object")
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
_TITLE_KEYS = ("og:title", "citation_title", "dc.title", "dcterms.title")
_PUBLISHER_KEYS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher")
_DATE_KEYS = (
    *("article:published_time", "citation_publication_date", "dc.date", "dcterms.date"),
    *("dcterms.issued", "dc.date.issued", "datepublished", "pubdate", "publishdate", "date"),
)
_LONGEST_TITLE = 500


def read_html(text: str) -> Draft:
    """The main text of a page and its metadata.

    Navigation, footers and the like are left out as far as they can be told; that is a
    judgement, made by trafilatura. Paragraphs, headings and quotations are set apart by a
    blank line, list items keep ``- `` or a number, cells of a table row stand in one line.

    Args:
        text: The characters of the page.

    Raises:
        Refused: The page cannot be parsed (code ``html``), for example because its elements
            are nested too deep, or has no text (``empty``).
    """
    try:
        page = _parse(text)
        metadata = _metadata(page)
        body = _main_text(page)
    except Refused:
        raise
    except (RecursionError, MemoryError) as error:
        raise Refused("html", "is too deeply nested or too large a page") from error
    except Exception as error:  # whatever a parser trips over is a fault of this page alone
        problem = f"the page cannot be parsed: {type(error).__name__}"
        raise Refused("html", problem, hint="save it as text or Markdown") from error
    return Draft(body, metadata)


def strip_tags(fragment: str) -> str:
    """The text of a piece of HTML, a line for each block.

    >>> strip_tags("<p>Trade &amp; <b>secrets</b></p><script>x()</script><p>Patents</p>")
    'Trade & secrets\\n\\nPatents'
    """
    if not fragment.strip():
        return ""
    page = _parse(f"<div>{fragment}</div>")
    return normalise("".join(_shown(page)))


def _parse(text: str) -> HtmlElement:
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        page = document_fromstring(
            text.encode("utf-8", "replace").replace(b"\0", b""), parser=parser
        )
    except LxmlError as error:
        raise Refused("empty", "the page holds nothing") from error
    for fault in parser.error_log:
        if fault.type_name == "ERR_RESOURCE_LIMIT" or "XML_PARSE_HUGE" in fault.message:
            raise Refused(
                "html",
                "the page has elements nested too deep, or too long a piece of text",
                hint="save it as text or Markdown",
            )
    for element in list(page.iter(*_NOT_SHOWN)):
        element.drop_tree()
    return page


def _shown(page: HtmlElement) -> Iterator[str]:
    from lxml.etree import iterwalk

    for event, element in iterwalk(page, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        if event == "start":
            yield "\n\n" if is_block else ""
            yield re.sub(r"\s+", " ", element.text or "")
        else:
            yield "\n\n" if is_block else ""
            yield re.sub(r"\s+", " ", element.tail or "")


def _main_text(page: HtmlElement) -> str:
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")  # keep the structure of short pages too
    found = bare_extraction(
        page,
        config=config,
        fast=True,  # one method, so that the same page always gives the same text
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
    )
    body = getattr(found, "body", None)
    if body is None:
        raise Refused("empty", "the page has no main text")
    return normalise("".join(_Writer().write(body)))


class _Writer:
    """Plain text of the elements trafilatura keeps: p, head, list, item, quote, row, cell …"""

    def __init__(self) -> None:
        self._counters: list[int | None] = []

    def write(self, body: HtmlElement) -> Iterator[str]:
        """Pieces of text, with line breaks where blocks begin and end."""
        from lxml.etree import iterwalk

        for event, element in iterwalk(body, events=("start", "end")):
            if event == "start":
                yield self._before(element)
                yield re.sub(r"\s+", " ", element.text or "")
            else:
                yield self._after(element)
                yield re.sub(r"\s+", " ", element.tail or "")

    def _before(self, element: HtmlElement) -> str:
        tag = element.tag
        if tag == "list":
            self._counters.append(0 if element.get("rend") == "ol" else None)
            return "" if len(self._counters) > 1 else "\n\n"
        if tag == "item":
            if str(element.get("rend")).startswith(("dt", "dd")):
                return "\n"
            count = self._counters[-1] if self._counters else None
            if count is None:
                return "\n- "
            self._counters[-1] = count + 1
            return f"\n{count + 1}. "
        if tag == "cell":
            return "" if element.getprevious() is None else " | "
        inside = element.getparent() is not None and element.getparent().tag in {"item", "cell"}
        if tag in {"lb", "row"}:
            return "\n"
        return "\n\n" if tag in {"p", "head", "quote", "table", "code"} and not inside else ""

    def _after(self, element: HtmlElement) -> str:
        if element.tag == "list":
            self._counters.pop()
            text_follows = bool((element.tail or "").strip())
            return "\n\n" if not self._counters else "\n" if text_follows else ""
        inside = element.getparent() is not None and element.getparent().tag in {"item", "cell"}
        if inside:
            return " " if element.tag == "p" else ""
        return "\n\n" if element.tag in {"p", "head", "quote", "table", "code"} else ""


def _metadata(page: HtmlElement) -> Metadata:
    named = dict(_named_values(page))
    publisher = _first(named, _PUBLISHER_KEYS)
    return Metadata(
        title=_title(page, named, publisher),
        publisher=publisher,
        date=_date(page, named),
        language=language_tag(page.get("lang", "").strip()),
        url=_address(page, named),
    )


def _named_values(page: HtmlElement) -> Iterator[tuple[str, str]]:
    """Names and contents of the meta elements; of several with one name the first counts."""
    seen: set[str] = set()
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = one_line(meta.get("content", "")[:10_000])
        if name and content and name not in seen:
            seen.add(name)
            yield name, content


def _first(named: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((named[key] for key in keys if key in named), None)


def _title(page: HtmlElement, named: dict[str, str], publisher: str | None) -> str | None:
    """The title named in the head, else the only h1, else <title> without the site's name."""
    titles = [_first(named, _TITLE_KEYS)]
    headings = [one_line(heading.text_content()) for heading in page.iter("h1")]
    titles += headings if len(headings) == 1 else []
    for element in page.iter("title"):
        whole = one_line(element.text_content())
        parts = re.split(r" [|–—-] ", whole)
        titles.append(whole if len(parts) == 1 or parts[-1] != publisher else parts[0])
    fits = (title for title in titles if title and title != publisher)
    return next((title for title in fits if len(title) <= _LONGEST_TITLE), None)


def _date(page: HtmlElement, named: dict[str, str]) -> str | None:
    """The day of publication that the head or the first <time> gives."""
    times = (time.get("datetime") or time.text_content() for time in page.iter("time"))
    first = next(times, None)
    for value in (*(named[key] for key in _DATE_KEYS if key in named), first):
        day = (value or "").strip()[:10].replace("/", "-")
        if is_iso_date(day):
            return day
        full = [iso for _, _, iso in find_dates(one_line(value or "")[:100]) if iso[0] != "-"]
        if len(full) == 1:
            return full[0]
    return None


def _address(page: HtmlElement, named: dict[str, str]) -> str | None:
    links = [link.get("href", "") for link in page.iter("link") if link.get("rel") == "canonical"]
    candidates = (value.strip() for value in (*links, named.get("og:url", "")))
    return next((value for value in candidates if is_web_address(value)), None)
