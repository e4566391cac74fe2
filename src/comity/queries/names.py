"""From a user's word to the term it stands for: codes, labels, IRIs, prefixed names, values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from numbers import Number
from typing import NoReturn

from comity.errors import RecordError, UnknownNameError, UsageError
from comity.identifiers import fold
from comity.model import SCHEMES, Label, Vocabulary
from comity.rdf.namespaces import XSD, Namespaces
from comity.rdf.resolve import date_term
from comity.rdf.terms import IRI, Literal, from_text, iri_term
from comity.store import Answer, Askable, Table
from comity.words import suggestion, words_of

VALUES = ("date", "integer", "decimal", "string", "language")
NODES = ("actor", "document", "statement", "event")
Word = str | int | float | date
"""What a user may give for a parameter."""
_ANY_IRI = "iri"
TYPES: tuple[str, ...] = (*SCHEMES, *NODES, *VALUES, _ANY_IRI)
"""What a parameter may stand for: a concept, a node of the data, a value, or any IRI."""

_NAMES = {
    "actor": "SELECT ?node ?name WHERE { ?node comity:candidate true ; skos:prefLabel ?name }",
    "document": "SELECT ?node ?name WHERE { ?node a comity:Document ; dcterms:title ?name }",
    "event": "SELECT ?node ?name WHERE { ?node a comity:Event ; rdfs:label ?name }",
}
_THERE = {
    "actor": "ASK { ?node skos:prefLabel ?name }",
    "document": "ASK { ?node a comity:Document }",
    "event": "ASK { ?node a comity:Event }",
    "statement": "ASK { ?node a comity:Statement }",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query must or may be told. `default` is None where there is none."""

    name: str
    type: str
    default: str | None = None
    required: bool = True
    description: str = ""


def resolve(
    parameter: Parameter,
    value: str,
    vocabulary: Vocabulary,
    namespaces: Namespaces | None = None,
    store: Askable | None = None,
) -> IRI | Literal:
    """The term that a user's word stands for.

    Args:
        parameter: What the word is for.
        value: A code, a label in any language (case does not matter), an IRI, a CURIE, or a
            value such as a date.
        vocabulary: Where names of concepts and actors are looked up.
        namespaces: Where the data lives.
        store: Where names of events, documents and candidate actors are looked up.

    Raises:
        UnknownNameError: if nothing has that name; the hint says what may have been meant.
        UsageError: if several things have it, or the value does not fit the type.
    """
    spaces = namespaces or Namespaces()
    if parameter.type == "language":
        return Literal(nearest(_value(parameter, value).value, _languages(vocabulary)))
    if parameter.type in VALUES:
        return _value(parameter, value)
    iri = as_iri(value, spaces)
    if parameter.type == _ANY_IRI:
        if iri is None:
            raise UsageError(
                f"{value!r} is no IRI",
                where=parameter.name,
                hint="write it in full, or with a prefix that `comity prefixes` lists",
            )
        return IRI(iri)
    if parameter.type in SCHEMES:
        return _concept(parameter, value, iri, vocabulary)
    return _node(parameter, value, iri, vocabulary, spaces, store)


def guessed(name: str, value: str, namespaces: Namespaces) -> Parameter:
    """What a parameter without a header is taken for, by its name, else by its value.

    Args:
        name: Its name.
        value: What the user wrote.
        namespaces: Where the data lives.
    """
    kind = name.replace("_", "-")
    if kind in TYPES:
        return Parameter(name, kind)
    return Parameter(name, _ANY_IRI if as_iri(value, namespaces) else "string")


def as_text(name: str, value: Word) -> str:
    """What was given, as a user would write it.

    Args:
        name: The parameter's name, for messages.
        value: What was given.

    Raises:
        UsageError: if it is neither text, nor a number, nor a date.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, Number | date):
        raise UsageError(f"{value!r} is neither text, nor a number, nor a date", where=name)
    return str(value)


def nearest(tag: str, known: Iterable[str]) -> str:
    """The tag among those known that is meant: itself, else for a bare language one of its own.

    Args:
        tag: A language tag, in any case.
        known: Tags in lower case.

    >>> nearest("zh", ["en", "zh-hans"]), nearest("zh-Hant", ["en", "zh-hans"])
    ('zh-hans', 'zh-hant')
    """
    wanted, tags = tag.lower(), sorted(set(known))
    if wanted in tags:
        return wanted
    return next((one for one in tags if one.startswith(f"{wanted}-")), wanted)


def _languages(vocabulary: Vocabulary) -> set[str]:
    labels = [concept.labels for concept in vocabulary.concepts.values()]
    labels += [actor.labels for actor in vocabulary.actors.values()]
    return {label.language.lower() for group in labels for label in group}


def _value(parameter: Parameter, value: str) -> Literal:
    text = value.strip()
    match parameter.type:
        case "integer" if re.fullmatch(r"[+-]?[0-9]+", text):
            return Literal(str(int(text)), datatype=XSD + "integer")
        case "decimal" if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
            return Literal(text, datatype=XSD + "decimal")
        case "language" if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", text):
            return Literal(text.lower())
        case "string":
            return Literal(value)
        case "date":
            try:
                term = from_text(date_term(text))
            except RecordError as error:
                raise UsageError(error.message, where=error.where, hint=error.hint) from error
            if isinstance(term, Literal):
                return term
    raise UsageError(f"{value!r} is no {parameter.type}", where=parameter.name)


def as_iri(value: str, namespaces: Namespaces) -> str | None:
    """The IRI that the value is or abbreviates; None when it is a name."""
    text = value.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    elif "://" not in text:
        prefix, colon, local = text.partition(":")
        namespace = namespaces.prefixes().get(prefix)
        if not colon or namespace is None:
            return None
        text = namespace + local
    try:
        iri_term(text)
    except RecordError as error:
        raise UsageError(error.message, where=error.where, hint=error.hint) from error
    return text


def _concept(parameter: Parameter, value: str, iri: str | None, vocabulary: Vocabulary) -> IRI:
    scheme = vocabulary.scheme(parameter.type)
    if iri is not None:
        if all(concept.iri != iri for concept in scheme.values()):
            _unknown(parameter, value, {code: code for code in scheme})
        return IRI(iri)
    named = [(code, concept.iri, concept.labels) for code, concept in scheme.items()]
    return IRI(_named(parameter, value, named))


def _node(
    parameter: Parameter,
    value: str,
    iri: str | None,
    vocabulary: Vocabulary,
    namespaces: Namespaces,
    store: Askable | None,
) -> IRI:
    kind = parameter.type
    named: list[tuple[str, str, tuple[Label, ...]]] = []
    if kind == "actor":
        named = [(a.id, a.iri, a.labels) for a in vocabulary.actors.values()]
    if iri is not None:
        own = iri.startswith(f"{namespaces.base}{kind}-") or kind != "actor"
        if any(iri == known for _, known, _ in named):
            return IRI(iri)
        if own:
            return _present(parameter, value, IRI(iri), store)
        _unknown(parameter, value, {code: code for code, _, _ in named})
    if re.fullmatch(rf"{kind}-[0-9a-f]+", value.strip()):
        return _present(parameter, value, IRI(namespaces.node(value.strip())), store)
    if store is not None and kind in _NAMES:
        found = store.query(_NAMES[kind])
        for node, name in found.rows if isinstance(found, Table) else ():
            named.append(("", str(node), (Label(str(name)),)))
    if not named and kind != "actor":
        raise UnknownNameError(
            f"there is no {kind} {value!r}", where=parameter.name, hint=f"give its id: {kind}-…"
        )
    return IRI(_named(parameter, value, named))


def _present(parameter: Parameter, value: str, iri: IRI, store: Askable | None) -> IRI:
    """The node itself, when the store, if there is one, has it."""
    kind = parameter.type
    if store is not None:
        there = store.query(_THERE[kind], {"node": iri})
        if isinstance(there, Answer) and not there.value:
            listed = kind in ("statement", "document")
            raise UnknownNameError(
                f"there is no {kind} {value!r} in this graph",
                where=parameter.name,
                hint=f"ids stand in its {kind}s.jsonl" if listed else f"give the {kind}'s name",
            )
    return iri


def _named(
    parameter: Parameter, value: str, named: Iterable[tuple[str, str, tuple[Label, ...]]]
) -> str:
    """The IRI of the only thing with that code, else preferred label, else other label."""
    wanted = fold(value)
    tiers: list[dict[str, str]] = [{}, {}, {}]
    known: dict[str, str] = {}
    for code, iri, labels in named:
        if code and wanted.replace(" ", "-").replace("_", "-") == fold(code):
            tiers[0][iri] = code
        names = {role: {fold(n.text) for n in labels if n.role == role} for role in _LABELS}
        for tier, roles in ((1, ("pref",)), (2, ("alt", "hidden"))):
            if any(wanted in names[role] for role in roles):
                tiers[tier][iri] = code or iri
        shown = [label.text for label in labels if label.role in ("pref", "alt")]
        known |= {name: code or name for name in [*([code] if code else []), *shown]}
    for found in tiers:
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise UsageError(
                f"{value!r} may be any of {', '.join(sorted(found.values()))}",
                where=parameter.name,
                hint="give the code",
            )
    _unknown(parameter, value, known)


_LABELS = ("pref", "alt", "hidden")


def _unknown(parameter: Parameter, value: str, known: Mapping[str, str]) -> NoReturn:
    """Refuses a name; the hint has names like it, else codes that share a word, else all.

    Args:
        parameter: What the name was for.
        value: The name.
        known: Every name that there is, with the code it stands for.
    """
    hint = suggestion(value, known)
    if not hint.startswith("did you mean"):
        asked = words_of(value)
        alike = {code for name, code in known.items() if asked & words_of(name)}
        codes = sorted(alike if 0 < len(alike) <= 10 else set(known.values()))
        if len(codes) <= _MOST_CODES:
            hint = f"there is {', '.join(codes)}" if codes else "there is none"
        else:
            hint = f"give its name, or a code such as {' or '.join(codes[:2])}"
    raise UnknownNameError(
        f"there is no {parameter.type} {value!r}", where=parameter.name, hint=hint
    )


_MOST_CODES = 100
"""Codes that a hint lists: all of the largest scheme."""
