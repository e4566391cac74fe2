"""SPARQL text before any engine sees it: refused when dangerous, and bound to parameters.

The engine fetches from the network on SERVICE and LOAD and has no switch for it, and its
recursive parser and optimiser crash the process on deep nesting or long chains. So a query is
split into tokens here, under rules strict enough that the engine cannot read it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comity.errors import LimitError, QueryError, RecordError
from comity.rdf.terms import BlankNode, Term, to_text

MAX_CHARACTERS = 100_000
MAX_DEPTH = 100
MAX_TOKENS = 2_000
"""Tokens outside VALUES blocks; a chain of some 2,500 OPTIONALs or BINDs crashes the engine."""

_TOKEN = re.compile(
    r"""
      (?P<space>[\x20\t\r\n]+ | \#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*+\"\"\" | \'\'\'(?:\'{0,2}(?:[^'\\]|\\.))*+\'\'\'
        | "(?!"")(?:[^"\\\r\n]|\\.)*+" | '(?!'')(?:[^'\\\r\n]|\\.)*+')
    | (?P<var>[?$]\w+)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<word>(?:[^\W\d][\w.\-]*)?:(?:[\w:%.\-]|\\.)* | [^\W\d]\w*)
    | (?P<punct><<|>>|[^\s\\"'])
    """,
    re.VERBOSE | re.DOTALL,
)
_WHOLE_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_PLAIN_IRI = re.compile(r"<[\w:./~%@-]*>")
_SIGNS = re.compile(r"[-.:/]")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_FORBIDDEN = {
    "SERVICE": "other endpoints are not asked from here",
    "LOAD": "a query changes nothing and fetches nothing",
    "FROM": "every graph of the store is searched; name one with GRAPH",
}
_OPEN = {"{": "}", "(": ")", "[": "]", "<<": ">>"}
_CLOSE = set(_OPEN.values())
_AFTER_HAVING = {"ORDER", "LIMIT", "OFFSET", "VALUES"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of SPARQL: its kind (iri, string, var, number, word or punct), text and place."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next character stands."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The text in capitals if it is a word that may be a keyword, else nothing."""
        return self.text.upper() if self.kind == "word" and ":" not in self.text else ""

    @property
    def weight(self) -> int:
        """How many tokens the engine may take it for: a-b is one name or a subtraction."""
        if self.kind == "word" or (self.kind == "iri" and not _WHOLE_IRI.match(self.text)):
            return 1 + len(_SIGNS.findall(self.text))
        return 1


def tokens(query: str) -> list[Token]:
    """The tokens of a query, without white space and comments.

    Raises:
        QueryError: if some text could be read in more than one way, or is no token at all.
    """
    found = []
    place = 0
    while place < len(query):
        match = _TOKEN.match(query, place)
        if match is None:
            raise QueryError(
                f"no SPARQL can go on with {query[place : place + 10]!r}", where=at(query, place)
            )
        text, kind = match.group(), match.lastgroup or ""
        if kind == "iri" and not (_WHOLE_IRI.match(text) or _PLAIN_IRI.fullmatch(text)):
            raise QueryError(
                f"{text[:80]} may be an IRI or a comparison",
                where=at(query, place),
                hint="write spaces around < and >, or the IRI in full",
            )
        if kind != "space":
            found.append(Token(kind, text, place))
        place = match.end()
    return found


def check(query: str) -> list[Token]:
    """Refuses what is dangerous: see the head of this module.

    Args:
        query: A SPARQL query.

    Returns:
        The tokens of the query.

    Raises:
        QueryError: for SERVICE, LOAD, FROM, an update, or brackets that do not match.
        LimitError: for more than 100,000 characters, a nesting deeper than 100, or more than
            2,000 tokens outside VALUES blocks.
    """
    if len(query) > MAX_CHARACTERS:
        raise LimitError(
            f"a query may have {MAX_CHARACTERS:,} characters, not {len(query):,}", where="query"
        )
    found = tokens(query)
    for token in found:
        _check_word(query, token)
    _check_form(query, found)
    _check_brackets(query, found)
    inside = _in_data(found)
    length = sum(token.weight for place, token in enumerate(found) if place not in inside)
    if length > MAX_TOKENS:
        raise LimitError(
            f"a query may have {MAX_TOKENS:,} words and signs, not {length:,}",
            where="query",
            hint="put long lists into VALUES, which does not count",
        )
    return found


def bind(query: str, bindings: Mapping[str, Term]) -> str:
    """The query with each parameter bound to its term, wherever the variable stands.

    ``VALUES ?name { term }`` is set at the head of every group that names the variable, so
    that it holds in sub-queries, OPTIONAL, UNION, MINUS and EXISTS as well. If the query
    itself has ``VALUES ?name { … }`` (a default, or UNDEF), its content gives way to the term.
    In FILTER, BIND and HAVING the term takes the place of the variable, save in BOUND: not
    every engine sees a variable there that two groups bind. Terms are written by `to_text`
    alone.

    Args:
        query: A SPARQL query.
        bindings: Variable name, without question mark, to term.

    Raises:
        QueryError: if the query does not use the variable where it can be bound, assigns it
            itself, or a term cannot stand in a query.
        LimitError: as `check` does.

    >>> from comity.rdf.terms import IRI
    >>> bind("SELECT ?s WHERE { ?s a ?class }", {"class": IRI("https://example.org/C")})
    'SELECT ?s WHERE { VALUES ?class { <https://example.org/C> } ?s a ?class }'
    """
    found = check(query)
    if not bindings:
        return query
    terms = {name: _written(name, term) for name, term in bindings.items()}
    reading = _Reading(found, set(terms))
    edits: list[tuple[int, int, str]] = []
    for name, term in terms.items():
        places = list(reading.edits(name, term))
        if name in reading.assigned:
            raise QueryError(f"the query sets ?{name} itself", hint="bind another variable")
        if not places:
            raise QueryError(
                f"the query has no parameter ?{name}",
                hint="a parameter is a variable within WHERE { … }",
            )
        edits.extend(places)
    text, end = [], 0
    for start, stop, new in sorted(edits):
        text += [query[end:start], new]
        end = stop
    return "".join([*text, query[end:]])


def variables(query: str) -> list[str]:
    """The names of the variables of a query, in order of first use.

    Raises:
        QueryError: as `tokens` does.
    """
    return list(dict.fromkeys(t.text[1:] for t in tokens(query) if t.kind == "var"))


def unknown_prefix(query: str, known: Iterable[str]) -> tuple[str, str] | None:
    """The first prefix that is used and not declared, with its place; None if there is none.

    Args:
        query: A SPARQL query.
        known: Prefixes that need no declaration.

    Raises:
        QueryError: as `tokens` does.
    """
    declared = {*known, "_"}
    before = ""
    for token in tokens(query):
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "word" and colon:
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return prefix, at(query, token.start)
        before = token.keyword
    return None


def at(query: str, place: int) -> str:
    """Line and column of a character, for messages."""
    line = query.count("\n", 0, place) + 1
    return f"line {line}, column {place - query.rfind(chr(10), 0, place)}"


@dataclass(eq=False)
class _Frame:
    """A query (its clauses outside braces) or a pair of braces within it."""

    kind: str  # query, group, template, data
    start: int
    parent: _Frame | None
    names: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    where: _Frame | None = None
    depth: int = -1
    """Parentheses open within FILTER or BIND; -1 outside of both."""


class _Reading:
    """Where the variables of a query stand, read in one pass over its tokens."""

    def __init__(self, found: list[Token], wanted: set[str]) -> None:
        self._tokens = found
        self._wanted = wanted
        self.assigned: set[str] = set()
        self._frames = [_Frame("query", -1, None)]
        self._data: list[tuple[str, int, int]] = []
        self._inline: list[tuple[str, Token]] = []
        self._before: dict[int, Token] = {}
        self._read()

    def edits(self, name: str, term: str) -> Iterable[tuple[int, int, str]]:
        """The changes that bind a variable: start, end and new text of each."""
        for frame in self._frames:
            mentioned = name in frame.names
            if frame.parent and frame.parent.where is frame and name in frame.parent.names:
                mentioned = True
            if frame.kind == "group" and mentioned and name not in frame.given:
                yield frame.start, frame.start, f" VALUES ?{name} {{ {term} }}"
        for variable, start, end in self._data:
            if variable == name:
                yield start, end, f" {term} "
        for variable, token in self._inline:
            if variable == name:
                yield token.start, token.end, term

    def _read(self) -> None:
        current, having = self._frames[0], False
        for place, token in enumerate(self._tokens):
            if token.text == "{" and token.kind == "punct":
                current = self._enter(place, token, current)
                having = False
            elif token.text == "}" and token.kind == "punct":
                current = self._leave(token, current)
            elif token.kind == "var" and token.text[1:] in self._wanted:
                self._mention(place, token, current, having)
            elif token.keyword == "HAVING":
                having = True
            elif token.keyword in _AFTER_HAVING:
                having = False
            _follow(token, current)

    def _mention(self, place: int, token: Token, current: _Frame, having: bool) -> None:
        name = token.text[1:]
        before = self._tokens[place - 1].keyword if place else ""
        call = self._tokens[place - 2].keyword if place > 1 else ""
        if before == "AS":
            self.assigned.add(name)
        elif call != "BOUND" and (current.depth > 0 or (having and current.kind == "query")):
            self._inline.append((name, token))
        elif before != "VALUES" and current.kind in ("group", "query"):
            current.names.add(name)

    def _enter(self, place: int, token: Token, parent: _Frame) -> _Frame:
        before = self._tokens[place - 1] if place else token
        following = self._tokens[place + 1 : place + 2]
        frame = _Frame("group", token.end, parent)
        self._before[frame.start] = before
        if _is_data(self._tokens, place):
            frame.kind = "data"
            if before.kind == "var":
                parent.given.add(before.text[1:])
        elif self._is_template(place):
            frame.kind = "template"
        elif following and following[0].keyword == "SELECT":
            frame.kind = "query"
        if frame.kind == "group" and parent.kind == "query" and before.keyword != "EXISTS":
            parent.where = parent.where or frame
        self._frames.append(frame)
        return frame

    def _leave(self, token: Token, current: _Frame) -> _Frame:
        if current.kind == "data":
            variable = self._before[current.start]
            if variable.kind == "var":
                self._data.append((variable.text[1:], current.start, token.start))
        return current.parent or current

    def _is_template(self, place: int) -> bool:
        """Whether a brace opens what takes no VALUES: CONSTRUCT {, CONSTRUCT WHERE {, {|."""
        words = [token.keyword for token in self._tokens[max(0, place - 2) : place]]
        short = self._tokens[place + 1 : place + 2]
        annotation = bool(short) and short[0].text == "|"
        return annotation or words[-1:] == ["CONSTRUCT"] or words == ["CONSTRUCT", "WHERE"]


def _follow(token: Token, frame: _Frame) -> None:
    """Keep count of the parentheses of a FILTER or BIND."""
    if frame.kind == "group" and token.keyword in ("FILTER", "BIND"):
        frame.depth = 0
    elif frame.depth >= 0 and token.text == "(":
        frame.depth += 1
    elif frame.depth > 0 and token.text == ")":
        frame.depth = frame.depth - 1 or -1
    elif frame.depth == 0 and token.text == "}":  # of FILTER EXISTS { }
        frame.depth = -1


def _check_word(query: str, token: Token) -> None:
    """Refuses what fetches, also where the engine would find the keyword at a name's head."""
    head = token.text.split(":", 1)[0].upper() if token.kind == "word" else ""
    for keyword, reason in _FORBIDDEN.items():
        if keyword in head:
            raise QueryError(f"{keyword} is refused: {reason}", where=at(query, token.start))


def _check_form(query: str, found: list[Token]) -> None:
    for place, token in enumerate(found):
        prologue = place and found[place - 1].keyword == "PREFIX"
        if token.kind == "iri" or prologue or token.keyword in ("PREFIX", "BASE"):
            continue
        if token.keyword in _UPDATES:
            raise QueryError(
                "this is an update: a query changes nothing", where=at(query, token.start)
            )
        if token.keyword not in _FORMS:
            raise QueryError(
                f"a query starts with {', '.join(_FORMS)} or a PREFIX, not with {token.text[:40]}",
                where=at(query, token.start),
            )
        return
    raise QueryError("the query is empty", hint=f"it starts with {' or '.join(_FORMS)}")


def _check_brackets(query: str, found: list[Token]) -> None:
    expected: list[str] = []
    for token in found:
        if token.kind != "punct":
            continue
        if token.text in _OPEN:
            expected.append(_OPEN[token.text])
            if len(expected) > MAX_DEPTH:
                raise LimitError(
                    f"a query may be nested {MAX_DEPTH} deep", where=at(query, token.start)
                )
        elif token.text in _CLOSE and (not expected or expected.pop() != token.text):
            raise QueryError(f"{token.text} closes nothing", where=at(query, token.start))
    if expected:
        raise QueryError(f"the query ends before its {expected[-1]}", where=at(query, len(query)))


def _is_data(found: list[Token], place: int) -> bool:
    """Whether the brace at `place` opens the rows of VALUES ?x { or VALUES (?x ?y) {."""
    back = place - 1
    if back >= 0 and found[back].text == ")":
        back -= 1
        while back >= 0 and found[back].kind == "var":
            back -= 1
        return back > 0 and found[back].text == "(" and found[back - 1].keyword == "VALUES"
    return back > 0 and found[back].kind == "var" and found[back - 1].keyword == "VALUES"


def _in_data(found: list[Token]) -> set[int]:
    """The places of the tokens that are rows of VALUES."""
    inside: set[int] = set()
    place = 0
    while place < len(found):
        if found[place].text == "{" and _is_data(found, place):
            place += 1
            while place < len(found) and found[place].text != "}":
                inside.add(place)
                place += 1
        place += 1
    return inside


def _written(name: str, term: Term) -> str:
    if not re.fullmatch(r"\w+", name):
        raise QueryError("this is no name of a variable", where=repr(name))
    if isinstance(term, BlankNode):
        raise QueryError(f"?{name} cannot be bound to a blank node", hint="bind an IRI or literal")
    try:
        return to_text(term)
    except RecordError as error:
        raise QueryError(f"?{name}: {error.message}", where=error.where, hint=error.hint) from error
