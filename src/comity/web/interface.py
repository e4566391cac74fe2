"""The words of the pages, each language in one file: ``languages/en.toml``.

A message is named by its section and key, as in ``statement.actor``. It may hold values in
braces. A message that goes with a number has two keys, ending in ``_one`` and ``_other``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from comity.errors import UnknownNameError


@dataclass(frozen=True)
class Interface:
    """The words of one language.

    Args:
        language: Its BCP 47 tag, which the pages carry.
        messages: Name to text.
    """

    language: str
    messages: Mapping[str, str]
    _escaped: dict[str, Markup] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        escaped = {name: escape(text) for name, text in self.messages.items()}
        object.__setattr__(self, "_escaped", escaped)

    def say(self, name: str, **values: object) -> Markup:
        """A message with its values; what is no markup is escaped.

        Raises:
            UnknownNameError: if there is no message of that name.
        """
        message = self._escaped[name] if name in self._escaped else escape(self._text(name))
        return message.format(**values) if values else message

    def plain(self, name: str, **values: object) -> str:
        """A message as text, for what is no HTML.

        Raises:
            UnknownNameError: if there is no message of that name.
        """
        return self._text(name).format(**values)

    def count(self, name: str, number: int, **values: object) -> Markup:
        """A message with a number, which is written with separators of thousands.

        Raises:
            UnknownNameError: if there is no message of that name.
        """
        ending = "one" if number == 1 else "other"
        return self.say(f"{name}_{ending}", n=f"{number:,}", **values)

    def date(self, date: str, *, short: bool = False) -> str:
        """A date of any precision, as people write it.

        Args:
            date: ``2019-04-26``, ``2019-04``, ``2019`` or ``--04-26``.
            short: Whether the month is abbreviated.

        >>> interface("en").date("2019-04-26"), interface("en").date("--04-26", short=True)
        ('26 April 2019', '26 Apr')
        """
        year, *rest = date.removeprefix("--").split("-") if date[:2] != "--" else ["", *_rest(date)]
        if not rest or not all(part.isdigit() and part.isascii() for part in rest):
            return date
        months = self._text("date.months_short" if short else "date.months").split()
        number = int(rest[0])
        month = months[number - 1] if 1 <= number <= len(months) else rest[0]
        name = "date.day" if rest[1:] else "date.month"
        day = str(int(rest[1])) if rest[1:] else ""
        return self.plain(name, day=day, month=month, year=year).strip()

    def _text(self, name: str) -> str:
        try:
            return self.messages[name]
        except KeyError:
            raise UnknownNameError(f"no message is named {name!r}", where=self.language) from None


def _rest(date: str) -> list[str]:
    return date.removeprefix("--").split("-")


@cache
def interface(language: str = "en") -> Interface:
    """The words of a language.

    Raises:
        UnknownNameError: if the pages do not speak it.
    """
    file = files("comity.web") / "languages" / f"{language}.toml"
    if not language.replace("-", "").isalnum() or not file.is_file():
        raise UnknownNameError(f"the pages do not speak {language!r}", hint="take en")
    sections = tomllib.loads(file.read_text("utf-8"))
    return Interface(
        language,
        {f"{name}.{key}": text for name, part in sections.items() for key, text in part.items()},
    )
