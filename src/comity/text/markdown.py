"""Markdown to plain text: the words, without the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from comity.text.html import strip_tags
from comity.text.metadata import Draft, Metadata
from comity.text.normalise import join_lines, normalise, one_line, starts_item
from comity.text.refusal import Refused

_DEEPEST = 100
_MOST_BRACKETS = 2_000
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b", re.IGNORECASE)
_SHOWN_AGAIN = re.compile(r"</(script|style)\b", re.IGNORECASE)


def read_markdown(text: str) -> Draft:
    """The plain text of a Markdown document (CommonMark and tables).

    Marks of headings, quotations, emphasis, links and code are dropped, and the lines of a
    paragraph are joined. List items keep ``- `` or their number; the cells of a table row
    stand in one line. A level-1 heading at the start is the title.

    Raises:
        Refused: The document is nested deeper, or has more brackets in one paragraph, than
            any text that people write (code ``markdown``).
    """
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.core.ruler.before("inline", "guard", _guard)
    writer = _Writer()
    for token in parser.parse(text):
        writer.take(token)
    return Draft(normalise("".join(writer.parts)), Metadata(title=writer.title))


class _Writer:
    """Takes the blocks of a document one after the other and keeps their text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.title: str | None = None
        self._open = ""  # tag of the heading we are in
        self._tight = False
        self._lists: list[str] = []
        self._list_begun = False
        self._mark = ""
        self._row: list[str] | None = None
        self._in_table = False  # after its first row

    def take(self, token: Token) -> None:
        """Add the text of one token, or note where in the document we are."""
        kind = token.type
        if kind == "inline":
            self._add(_inline(token.children or []))
        elif kind in {"fence", "code_block"}:
            self._add(token.content)
        elif kind == "html_block":
            self._add(strip_tags(token.content))
        elif kind == "heading_open":
            self._open = token.tag
        elif kind == "paragraph_open":
            self._tight = token.hidden
        elif kind in {"heading_close", "paragraph_close"}:
            self._open, self._tight = "", False
        elif kind in {"bullet_list_open", "ordered_list_open"}:
            self._list_begun = self._list_begun and bool(self._lists)
            self._lists.append(kind)
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif kind == "list_item_open":
            self._mark = f"{token.info}{token.markup} " if token.info else "- "
        elif kind == "tr_open":
            self._row = []
        elif kind == "tr_close":
            row, self._row = self._row or [], None
            self._add(" | ".join(row))
            self._in_table = True
        elif kind == "table_close":
            self._in_table = False

    def _add(self, text: str) -> None:
        text = text.strip()
        if self._row is not None:
            self._row.append(" ".join(text.split()))
            return
        if not text:
            return
        if self._open == "h1" and not self.parts:
            self.title = one_line(text)
        follows = (self._tight and self._list_begun) or self._in_table
        self.parts += ["\n" if follows else "\n\n", self._mark, text]
        self._mark = ""
        self._list_begun = bool(self._lists)


def _inline(children: Sequence[Token]) -> str:
    """The text of a paragraph: soft line breaks joined, hard ones kept."""
    lines = [""]
    hard = [True]
    hidden = False
    for token in children:
        if token.type == "html_inline":
            hidden = bool(_HIDDEN.match(token.content)) or (
                hidden and not _SHOWN_AGAIN.match(token.content)
            )
        if hidden:
            continue
        is_break = token.type == "html_inline" and _BREAK.match(token.content)
        if token.type in {"softbreak", "hardbreak"} or is_break:
            lines.append("")
            hard.append(token.type != "softbreak")
        elif token.type == "image":
            lines[-1] += _inline(token.children or [])
        elif token.type in {"text", "code_inline"}:
            lines[-1] += token.content
    done: list[list[str]] = []
    for line, is_hard in zip(map(str.strip, lines), hard, strict=True):
        if is_hard or starts_item(line):
            done.append([])
        done[-1].append(line)
    return "\n".join(map(join_lines, done))


def _guard(state: StateCore) -> None:
    """Refuse what would be cut in silence, or take the parser quadratic time."""
    for token in state.tokens:
        if token.level >= _DEEPEST - 1:
            raise Refused("markdown", f"is nested more than {_DEEPEST - 2} levels deep")
        if token.type == "inline" and token.content.count("[") > _MOST_BRACKETS:
            raise Refused("markdown", f"has more than {_MOST_BRACKETS:,} brackets in one paragraph")
