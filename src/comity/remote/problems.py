"""What a server says went wrong, as an error of ours: its words, trimmed, and where."""

from __future__ import annotations

import re

from comity.errors import ComityError, EndpointError, LimitError, QueryError
from comity.remote.transport import Reply

_PLACE = re.compile(
    r"\bline (\d+)(?:,? (?:column|col\.?|position) (\d+))?|\bat (\d+):(\d+)\b", re.I
)
_LATE = re.compile(
    r"time[- ]?(?:d )?out|timeout|cancell?ed|too long|S1T00|exceeds the limit of", re.IGNORECASE
)
_PARTIAL = "S1TAT"
"""Virtuoso's SQL state of an answer given in part because the time was up."""
_LONGEST = 300


def problem(reply: Reply, where: str) -> ComityError | None:
    """The error that an answer to a query stands for; None if it holds results.

    Args:
        reply: The answer.
        where: The endpoint, for messages.
    """
    if reply.headers.get("x-sql-state", "").upper() == _PARTIAL:
        return LimitError(
            "the server ran out of time and answered in part",
            where=where,
            hint="ask for less",
        )
    if 200 <= reply.status < 300:
        if "html" in reply.kind:
            return EndpointError(
                "this is a web page, no SPARQL endpoint",
                where=where,
                hint="name the address that queries are sent to, often ending in /sparql or /query",
            )
        return None
    said = words(reply)
    if _LATE.search(said) or reply.status == 408:
        return LimitError(f"the server gave up on this query: {said}", where=where)
    if reply.status in (404, 405, 410, 501):
        return EndpointError(
            f"there is no SPARQL endpoint here (HTTP {reply.status})",
            where=where,
            hint="check the address",
        )
    if reply.status in (413, 414):
        return LimitError("the query is too long for this server", where=where)
    if reply.status in (400, 422) or "SPARQL" in said or "Virtuoso" in said:
        place = _PLACE.search(said)
        if place:
            line, column = place[1] or place[3], place[2] or place[4]
            where = f"line {line}" + (f", column {column}" if column else "")
        return QueryError(f"the server refuses the query: {said}", where=where)
    return EndpointError(
        f"the server failed (HTTP {reply.status}): {said}", where=where, hint="try again later"
    )


def words(reply: Reply) -> str:
    """The first lines of an error message, on one line and without the tags of a web page."""
    text = (
        re.sub(
            r"<(?:script|style)\b.*?</(?:script|style)>|<[^>\s][^>]*>",
            " ",
            reply.text[:20_000],
            flags=re.S,
        )
        if "html" in reply.kind
        else reply.text[:2_000]
    )
    head = text.strip().partition("\n\n")[0]
    flat = " ".join("".join(c if c.isprintable() else " " for c in head).split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST] + " …"
