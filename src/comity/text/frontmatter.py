"""Front matter: a block of YAML between ``---`` lines at the very start of a text.

Only the events of the YAML parser are read, so nothing is ever built from the block but
strings: ``NO`` stays "NO", a date stays as written, and aliases, tags, nested values and
repeated keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from comity.errors import MetadataError
from comity.text.limits import Limits
from comity.text.metadata import KEYS, Codes, Metadata, checked

_START = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"\s*[A-Za-z][\w-]*[ \t]*:(?:\s|$)")

_NOTHING = frozenset({"~", "null", "Null", "NULL"})
_QUOTE = "quote a value that starts with &, * or !"


@dataclass(frozen=True, slots=True)
class _Value:
    text: str | list[str]
    line: int


def split_front_matter(
    text: str, *, name: str, codes: Codes, limits: Limits
) -> tuple[Metadata, str]:
    """The metadata at the start of a text, and the text without it.

    A text that starts with ``---`` but not with ``key: value`` lines after it has no front
    matter: the dashes are a rule.

    Args:
        text: The characters of a file.
        name: The file, for messages.
        codes: The codes that `type` and `bindingness` may have.
        limits: How long the block and its values may be.

    Raises:
        MetadataError: The block is malformed; the message says where and what to write.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = _START.match(text)
    if start is None or not _looks_like_yaml(text, start.end()):
        return Metadata(), text
    end = _END.search(text, start.end())
    if end is None:
        raise MetadataError(
            "front matter has no end", where=f"{name}:1", hint="close it with a line of ---"
        )
    block = text[start.end() : end.start()]
    if len(block) > limits.max_front_matter:
        raise MetadataError(
            f"front matter is longer than {limits.max_front_matter} characters", where=f"{name}:1"
        )
    values = _values(block, name)
    metadata = checked(
        {key: value.text for key, value in values.items()},
        codes=codes,
        where=lambda key: f"{name}:{values[key].line}",
        longest=limits.max_value,
    )
    return metadata, text[end.end() :]


def _looks_like_yaml(text: str, start: int) -> bool:
    """Whether the first line that is neither blank nor a comment is ``key:`` or a closing rule."""
    for line in text[start : start + 4096].split("\n"):
        if line.strip() and not line.startswith("#"):
            return _KEY.match(line) is not None or _END.match(line) is not None
    return False


def _values(block: str, name: str) -> Mapping[str, _Value]:
    try:
        return dict(_pairs(block, name))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "it holds a character YAML does not allow"
        raise MetadataError(
            f"front matter is no YAML: {problem}",
            where=f"{name}:{line}",
            hint="write key: value, and quote a value that holds a colon",
        ) from error


def _pairs(block: str, name: str) -> Iterator[tuple[str, _Value]]:
    """Keys in lower case with their values, one pair after the other."""
    events = _plain_events(block, name)
    seen: set[str] = set()
    first = next(events, None)
    if first is None:
        return
    if not isinstance(first, yaml.MappingStartEvent):
        raise _refused("front matter holds no key: value lines", first, name)
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            continue
        if not isinstance(event, yaml.ScalarEvent):
            raise _refused("a key is a word", event, name)
        key = event.value.strip().casefold()
        if key in seen:
            raise _refused(f"the key {key[:50]!r} occurs twice", event, name, "keep one")
        seen.add(key)
        yield key, _Value(_value(key, events, name), _line(event))


def _value(key: str, events: Iterator[yaml.Event], name: str) -> str | list[str]:
    event = next(events)
    if isinstance(event, yaml.ScalarEvent):
        return "" if event.implicit[0] and event.value in _NOTHING else event.value
    if not isinstance(event, yaml.SequenceStartEvent):
        raise _refused(f"{key[:50]!r} has values inside its value", event, name)
    if key in KEYS:
        raise _refused(f"{key!r} takes one value, not a list", event, name)
    items: list[str] = []
    for item in events:
        if isinstance(item, yaml.SequenceEndEvent):
            break
        if not isinstance(item, yaml.ScalarEvent):
            raise _refused(f"{key[:50]!r} has lists or values inside its list", item, name)
        items.append(item.value)
    return items


def _plain_events(block: str, name: str) -> Iterator[yaml.Event]:
    """The events of one YAML document, without the frame around it."""
    documents = 0
    for event in yaml.parse(block, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1 or event.version or event.tags:
                raise _refused("front matter is one plain YAML document", event, name)
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused("anchors and aliases are not allowed", event, name, _QUOTE)
        elif getattr(event, "tag", None):
            raise _refused("tags are not allowed", event, name, _QUOTE)
        elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _refused(
    problem: str, event: yaml.Event, name: str, hint: str = "write plain key: value lines"
) -> MetadataError:
    return MetadataError(problem, where=f"{name}:{_line(event)}", hint=hint)


def _line(event: yaml.Event) -> int:
    """The line of the file, where the block starts on the second."""
    return event.start_mark.line + 2 if event.start_mark else 1
