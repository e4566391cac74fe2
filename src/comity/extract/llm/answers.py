"""The form of an answer: the fields of a statement record that a reader fills in, and no other.

Ids and offsets are not among them: those are the linker's and ours. Codes are a closed list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol, cast

from comity.lexicon import Lexicon
from comity.records import schema

if TYPE_CHECKING:
    from pydantic import BaseModel

MOST = 60
"""Statements that one passage may be read to make."""
SCHEMES = {
    "measure_type": "measure-type",
    "direction": "direction",
    "areas": "area",
    "modality": "modality",
}
"""The fields whose values are codes, and the scheme of each."""
_NEED = frozenset({"evidence", "action", "modality"})
_LISTS = ("actors", "counterparts", "beneficiaries", "constrained", "principles", "conditions")
_TEXTS = ("action", "action_text", "object")
_DATES = ("deadline", "effective_from", "effective_to")
_SAID = {
    "evidence": "The clause that carries the statement, copied character for character from the "
    "passage: from the verb that names the action to the end of its complements.",
    "before": "The few words directly in front of the evidence, copied as well; only where the "
    "evidence stands in the passage more than once.",
    "action_text": "The words of the evidence that make up the verb.",
}
_COPIED = " As names or words that stand in the text, copied character for character."
_DATED = " YYYY-MM-DD, YYYY-MM, YYYY or --MM-DD; null when the text does not tell."


class Reading(Protocol):
    """One statement as a model gives it; nothing in it has been held against the text."""

    evidence: str
    before: str
    actors: list[str]
    speaker: str | None
    action: str
    action_text: str
    object: str
    measure_type: str
    direction: str
    areas: list[str]
    modality: str
    negated: bool
    counterparts: list[str]
    beneficiaries: list[str]
    constrained: list[str]
    principles: list[str]
    conditions: list[str]
    deadline: str | None
    effective_from: str | None
    effective_to: str | None


@dataclass(frozen=True, slots=True)
class Malformed:
    """An entry that does not have the form: its evidence, if it has any, and what is wrong."""

    evidence: str
    reason: str


class Answer(Protocol):
    """What a model says of a passage."""

    statements: list[Reading | Malformed]


def answer_type(lexicon: Lexicon) -> type[Answer]:
    """The Pydantic model of an answer, with the codes of a vocabulary.

    Its JSON schema allows no other field than those of `Reading`. An entry that breaks it becomes
    `Malformed`, so that it spoils no other.

    Args:
        lexicon: The vocabulary's words.
    """
    from pydantic import ConfigDict, Field, WrapValidator, create_model

    told = {name: entry.get("description", "") for name, entry in _properties().items()}
    fields: dict[str, Any] = {}
    for name in ("evidence", "before", "actors", "speaker", *_TEXTS, *SCHEMES, "negated"):
        fields[name] = _field(name, told, lexicon)
    for name in (*_LISTS[1:], *_DATES):
        fields[name] = _field(name, told, lexicon)
    strict = ConfigDict(extra="forbid")
    reading = create_model("Reading", __config__=strict, **fields)
    entries: Any = list[Annotated[reading, WrapValidator(_lenient)]]  # type: ignore[valid-type]
    whole: type[BaseModel] = create_model(
        "Answer",
        __config__=strict,
        statements=(
            entries,
            Field(max_length=MOST, description="One entry a statement, in the order of the text."),
        ),
    )
    return cast("type[Answer]", whole)


def _lenient(value: Any, validate: Callable[[Any], Any]) -> Any:
    from pydantic import ValidationError

    try:
        return validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        evidence = value.get("evidence", "") if isinstance(value, dict) else ""
        reason = f"{where}: {first['msg']}" if where else str(first["msg"])
        return Malformed(evidence if isinstance(evidence, str) else "", reason)


def codes(lexicon: Lexicon, scheme: str) -> list[str]:
    """The codes of a scheme that are in use, sorted.

    Args:
        lexicon: The vocabulary's words.
        scheme: The scheme.
    """
    concepts = lexicon.vocabulary.scheme(scheme).values()
    return [concept.code for concept in concepts if not concept.deprecated]


def _field(name: str, told: dict[str, str], lexicon: Lexicon) -> tuple[Any, Any]:
    from pydantic import Field

    said = _SAID.get(name) or told[name]
    kind: Any = str
    default: Any = ""
    if name in SCHEMES:
        kind = Literal[tuple(codes(lexicon, SCHEMES[name]))]
        default = "unspecified"
        if name == "areas":
            kind, default = list[kind], []
    elif name in _LISTS:
        kind, default, said = list[str], [], said + _COPIED
    elif name in _DATES:
        kind, default, said = str | None, None, said + _DATED
    elif name == "speaker":
        kind, default, said = str | None, None, said + _COPIED
    elif name == "negated":
        kind, default = bool, False
    if name in _NEED:
        return kind, Field(description=said)
    return kind, Field(default=default, description=said)


def _properties() -> dict[str, Any]:
    properties: dict[str, Any] = schema("statement")["properties"]
    return properties
