"""Words of strangers (plug-ins, servers, models) made fit for a message: one line, nothing odd."""

from __future__ import annotations


def plain(text: object, most: int = 300) -> str:
    """Text in one line without control characters, cut after `most` characters.

    >>> plain("two\\nlines \\x1b[31mred")
    'two lines [31mred'
    """
    shown = "".join(char if char.isprintable() else " " for char in str(text)[: 4 * most])
    line = " ".join(shown.split())
    return line if len(line) <= most else line[: most - 1] + "…"
