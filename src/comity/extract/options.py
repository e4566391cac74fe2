"""What a user tells an extractor: words under names, checked as they are asked for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from comity.errors import UnknownNameError, UsageError


class Options(Mapping[str, str]):
    """Options of an extractor, as ``--extractor-option NAME=VALUE`` gives them.

    Args:
        values: Names and values.
        extractor: Whose they are, for messages.
    """

    def __init__(self, values: Mapping[str, str] | None = None, extractor: str = "") -> None:
        self._values = dict(sorted((values or {}).items()))
        self._extractor = extractor

    @classmethod
    def parse(cls, words: Iterable[str], extractor: str = "") -> Options:
        """Options from words ``NAME=VALUE``.

        Args:
            words: The words.
            extractor: Whose they are, for messages.

        Raises:
            UsageError: When a word is none, or a name occurs twice.
        """
        values: dict[str, str] = {}
        for word in words:
            name, sign, value = word.partition("=")
            if not sign or not name.strip():
                raise UsageError(
                    "an option of an extractor is written NAME=VALUE", where=repr(word[:60])
                )
            if name.strip() in values:
                raise UsageError("this option is given twice", where=name.strip())
            values[name.strip()] = value
        return cls(values, extractor)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def only(self, *names: str) -> None:
        """Refuse options of other names than these.

        Raises:
            UnknownNameError: When there is one.
        """
        unknown = sorted(set(self._values) - set(names))
        if unknown:
            known = f"it has {', '.join(sorted(names))}" if names else "it has none"
            whose = f" of the extractor {self._extractor!r}" if self._extractor else ""
            raise UnknownNameError(f"no option {unknown[0]!r}{whose}", hint=known)

    def whole(self, name: str, default: int, *, least: int = 0, most: int = 2**31 - 1) -> int:
        """The whole number that an option gives.

        Args:
            name: The option.
            default: What it is when it is not given.
            least: The smallest that is allowed.
            most: The greatest that is allowed.

        Raises:
            UsageError: When it is no such number.
        """
        if name not in self._values:
            return default
        try:
            value = int(self._values[name])
        except ValueError:
            raise self.wrong(name, "it is no whole number") from None
        if not least <= value <= most:
            raise self.wrong(name, f"it must be from {least} to {most}")
        return value

    def number(self, name: str, default: float, *, above: float = 0.0, most: float) -> float:
        """The number that an option gives.

        Args:
            name: The option.
            default: What it is when it is not given.
            above: What it must be greater than.
            most: The greatest that is allowed.

        Raises:
            UsageError: When it is no such number.
        """
        if name not in self._values:
            return default
        try:
            value = float(self._values[name])
        except ValueError:
            raise self.wrong(name, "it is no number") from None
        if not math.isfinite(value) or not above < value <= most:
            raise self.wrong(name, f"it must be above {above:g} and at most {most:g}")
        return value

    def choice(self, name: str, choices: Iterable[str], default: str) -> str:
        """One of several words.

        Args:
            name: The option.
            choices: What it may be.
            default: What it is when it is not given.

        Raises:
            UsageError: When it is another word.
        """
        value = self._values.get(name, default)
        known = list(choices)
        if value not in known:
            raise self.wrong(name, f"it must be {' or '.join(known)}")
        return value

    def wrong(self, name: str, reason: str) -> UsageError:
        """The error that says what is wrong with an option.

        Args:
            name: The option.
            reason: What is wrong with it.
        """
        whose = f"extractor {self._extractor}, " if self._extractor else ""
        return UsageError(reason, where=f"{whose}option {name}={self._values.get(name, '')[:60]}")
