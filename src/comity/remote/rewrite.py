"""Queries rewritten for servers: prefixes declared, rows counted, answers asked for in pages.

Only whole parts of the user's own query are moved, by their tokens; nothing is pasted into it
but names of its own variables and numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.errors import QueryError
from comity.rdf import sparql
from comity.rdf.sparql import Token

COUNT = "comity_count"
"""The variable that a count is given in."""
DESCRIBED = ("comity_s", "comity_p", "comity_o")
"""The variables that the triples of a DESCRIBE are given in."""

_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


@dataclass(frozen=True, slots=True)
class Outline:
    """A query cut into its parts; each is text of the query, joined again with spaces.

    The form is SELECT, ASK, CONSTRUCT or DESCRIBE, the head what stands between it and the
    WHERE group (columns, template, resources), and order the whole ORDER BY clause.
    """

    prologue: str
    form: str
    head: str
    where: str
    grouping: str = ""
    order: str = ""
    limit: int | None = None
    offset: int = 0
    values: str = ""
    source: str = ""

    def select(
        self, columns: str = "", *, order: Sequence[str] | None = (), window: str = ""
    ) -> str:
        """The SELECT, without its own LIMIT and OFFSET.

        Args:
            columns: What is selected; its own columns when empty.
            order: Variables to order by after its own; None for no order at all.
            window: The LIMIT and OFFSET to have.
        """
        ordered = ""
        if order is not None:
            own = _keys(self.order)
            more = " ".join(f"?{name}" for name in order if name not in own)
            ordered = f"{self.order or ('ORDER BY' if more else '')} {more}".strip()
        head = columns or self.head
        parts = ("SELECT", head, self.where, self.grouping, ordered, window, self.values)
        return "\n".join(part for part in parts if part)

    @property
    def text(self) -> str:
        """The whole query, if it is a SELECT: as it was written, where nothing had to move."""
        return self.source or f"{self.prologue}{self.select(window=self.window)}"

    def within(self, rows: int) -> int:
        """How many of some rows its LIMIT and OFFSET leave."""
        left = max(0, rows - self.offset)
        return left if self.limit is None else min(left, self.limit)

    @property
    def window(self) -> str:
        """Its own LIMIT and OFFSET."""
        limit = "" if self.limit is None else f"LIMIT {self.limit}"
        return f"{limit} OFFSET {self.offset}" if self.offset else limit


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """The query with the prefixes declared that it uses and does not declare, on its first line.

    Raises:
        QueryError: if a prefix is used that nobody declares, with its place.
    """
    unknown = sparql.unknown_prefix(query, prefixes)
    if unknown:
        raise QueryError(
            f"the prefix {unknown[0]}: is not declared",
            where=unknown[1],
            hint="add PREFIX at the top",
        )
    own: set[str] = set()
    used: list[str] = []
    before = ""
    for token in sparql.tokens(query):
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "word" and colon:
            (own.add if before == "PREFIX" else used.append)(prefix)
        before = token.keyword
    needed = [p for p in dict.fromkeys(used) if p in prefixes and p not in own]
    return "".join(f"PREFIX {p}: <{prefixes[p]}> " for p in needed) + query


def outline(query: str) -> Outline:
    """A query cut into its parts.

    Args:
        query: A query that `comity.rdf.sparql.check` passes.

    Raises:
        QueryError: if it has no WHERE group where it needs one, or a LIMIT that is no number.
    """
    tokens = sparql.tokens(query)
    first = next(
        place
        for place, token in enumerate(tokens)
        if token.keyword in _FORMS and tokens[place - 1 if place else 0].keyword != "PREFIX"
    )
    form = tokens[first].keyword
    groups = list(_groups(tokens, first))
    template = ""
    short = form == "CONSTRUCT" and groups and tokens[groups[0][0] - 1].keyword == "WHERE"
    if form == "CONSTRUCT" and groups:
        start, stop = groups[0]
        template = query[tokens[start].start : tokens[stop].end]
        groups = groups if short else groups[1:]
    if not groups and form != "DESCRIBE":
        raise QueryError(f"{form} has no WHERE {{ … }}", where=sparql.at(query, len(query)))
    if groups:
        start, stop = groups[0]
        where = "WHERE " + query[tokens[start].start : tokens[stop].end]
        named = tokens[start - 1].keyword == "WHERE"
        head_end = tokens[start - 1].start if named else tokens[start].start
        after = stop + 1
    else:
        after = next(
            (n for n in range(first, len(tokens)) if tokens[n].keyword in _MODIFIERS), len(tokens)
        )
        head_end = tokens[after].start if after < len(tokens) else len(query)
        where = ""
    prologue = query[: tokens[first].start]
    head = template or query[tokens[first].end : head_end].strip()
    parts = _modifiers(query, tokens, after)
    values = parts.get("VALUES", "")
    if values and where and not parts.keys() & {"GROUP", "HAVING"}:
        # Virtuoso does not know VALUES at the end; before it, it means the same.
        where, values, query = f"WHERE {{\n{where.removeprefix('WHERE ')}\n{values}\n}}", "", ""
    return Outline(
        prologue=prologue,
        form=form,
        head=head,
        where=where,
        grouping="\n".join(parts[name] for name in ("GROUP", "HAVING") if name in parts),
        order=parts.get("ORDER", ""),
        limit=_number(parts.get("LIMIT")),
        offset=_number(parts.get("OFFSET")) or 0,
        values=values,
        source=query,
    )


def count(asked: Outline, distinct: Sequence[str] = ()) -> str:
    """The query that counts the rows of a SELECT, its LIMIT and OFFSET left out.

    Args:
        asked: The query.
        distinct: The names of its columns, to count rows that are equal once.
    """
    inner = asked.select(order=None)
    if distinct:
        names = " ".join(f"?{name}" for name in distinct)
        inner = f"SELECT DISTINCT {names} WHERE {{ {{\n{inner}\n}} }}"
    return f"{asked.prologue}SELECT (COUNT(*) AS ?{COUNT}) WHERE {{ {{\n{inner}\n}} }}"


def page(asked: Outline, columns: Sequence[str], limit: int, offset: int, *, nested: bool) -> str:
    """The query for some rows of a SELECT, ordered so that pages neither miss nor repeat any.

    The rows are in the query's own order, then in that of their columns. With an order that
    is only partial a server may give rows that tie in another order each time.

    Args:
        asked: The query, its LIMIT and OFFSET left out.
        columns: The names of its columns.
        limit: The number of rows.
        offset: The number of rows before them.
        nested: Whether to order in a sub-select: Virtuoso sorts no more than 10,000 rows for
            one with an OFFSET (error SR353), and takes this way round it.
    """
    window = f"LIMIT {limit} OFFSET {offset}"
    if not nested:
        return f"{asked.prologue}{asked.select(order=columns, window=window)}"
    inner = asked.select(order=columns)
    names = " ".join(f"?{name}" for name in columns)
    return f"{asked.prologue}SELECT {names} WHERE {{ {{\n{inner}\n}} }} {window}"


def solutions(asked: Outline) -> str:
    """The SELECT whose rows fill the template of a CONSTRUCT.

    Rows that say the same are asked for once, unless that would change what a LIMIT counts, or
    how many blank nodes the template makes.
    """
    names = sparql.variables(asked.head)
    makes_nodes = any(t.text == "[" or t.text.startswith("_:") for t in sparql.tokens(asked.head))
    distinct = "" if asked.window or makes_nodes else "DISTINCT "
    columns = " ".join(f"?{name}" for name in names) or "(1 AS ?comity_one)"
    return f"{asked.prologue}{asked.select(distinct + columns, window=asked.window)}"


def resources(asked: Outline) -> tuple[str, str]:
    """What a DESCRIBE describes: the IRIs it names, and the SELECT that finds the others.

    Returns:
        The names as they stand in the query, and the SELECT; either may be empty.
    """
    found = sparql.tokens(asked.head)
    names = " ".join(t.text for t in found if t.kind in ("iri", "word"))
    variables = " ".join(t.text for t in found if t.kind == "var" or t.text == "*")
    if not variables or not asked.where:
        return names, ""
    found_by = asked.select(f"DISTINCT {variables}", window=asked.window)
    return names, f"{asked.prologue}{found_by}"


def description(prologue: str, names: str) -> str:
    """The SELECT of the triples whose subject is one of some resources."""
    subject, predicate, value = (f"?{name}" for name in DESCRIBED)
    return (
        f"{prologue}SELECT DISTINCT {subject} {predicate} {value} WHERE {{ "
        f"VALUES {subject} {{ {names} }} {subject} {predicate} {value} }}"
    )


def _groups(tokens: Sequence[Token], first: int) -> list[tuple[int, int]]:
    """The places of the braces that open and close the groups of the query itself."""
    found: list[tuple[int, int]] = []
    parentheses = braces = 0
    start = first
    for place in range(first, len(tokens)):
        token = tokens[place]
        if token.kind != "punct":
            continue
        if token.text == "(":
            parentheses += 1
        elif token.text == ")":
            parentheses -= 1
        elif token.text == "{" and not (parentheses and not braces):
            start = place if not braces else start
            braces += 1
        elif token.text == "}" and braces:
            braces -= 1
            if not braces:
                found.append((start, place))
    return found


def _modifiers(query: str, tokens: Sequence[Token], first: int) -> dict[str, str]:
    """The clauses after the WHERE group, each from its keyword to the next one."""
    starts: list[int] = []
    depth = 0
    for place in range(first, len(tokens)):
        token = tokens[place]
        if token.kind == "punct" and token.text in "({":
            depth += 1
        elif token.kind == "punct" and token.text in ")}":
            depth -= 1
        elif not depth and token.keyword in _MODIFIERS:
            starts.append(place)
    clauses: dict[str, str] = {}
    for number, place in enumerate(starts):
        stop = starts[number + 1] - 1 if number + 1 < len(starts) else len(tokens) - 1
        clauses[tokens[place].keyword] = query[tokens[place].start : tokens[stop].end]
    return clauses


def _keys(order: str) -> set[str]:
    """The variables that an ORDER BY clause orders by as they are.

    Named a second time, Virtuoso orders wrongly, so that pages miss rows and repeat others.
    """
    found: set[str] = set()
    tokens = sparql.tokens(order)
    depth = 0
    for place, token in enumerate(tokens):
        if token.text in ("(", ")") and token.kind == "punct":
            depth += 1 if token.text == "(" else -1
        elif token.kind == "var":
            before, after = tokens[place - 2 : place], tokens[place + 1 : place + 2]
            alone = [t.text.upper() for t in before][:1] in (["ASC"], ["DESC"])
            if not depth or (depth == 1 and alone and [t.text for t in after] == [")"]):
                found.add(token.text[1:])
    return found


def _number(clause: str | None) -> int | None:
    if clause is None:
        return None
    word, _, digits = clause.partition(" ")
    digits = "".join(t.text for t in sparql.tokens(clause)[1:])
    if not digits.isdecimal():
        raise QueryError(f"{word} takes a whole number", where=clause[:40])
    return int(digits)
