"""From a person's word to the code it stands for: codes, labels in any language, near misses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from comity.errors import UnknownNameError, UsageError
from comity.identifiers import fold
from comity.model import Label, Vocabulary

_TIERS = (("pref",), ("alt", "hidden"))


def suggestion(name: str, known: Iterable[str]) -> str:
    """What may have been meant, for the hint of a message.

    Args:
        name: What was asked for.
        known: What there is.
    """
    names = sorted(set(known))
    folded = {fold(one).replace("-", " "): one for one in names}
    near = get_close_matches(fold(name).replace("-", " "), folded, n=3, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(folded[match] for match in near)}?"
    if not names:
        return "there is none"
    asked = words_of(name)
    alike = [one for one in names if asked & words_of(one)][:8] if len(names) > 30 else names
    return f"there is {', '.join(alike)}" if alike else ""


def words_of(name: str) -> set[str]:
    """The words of a name that tell something: those of three letters and more."""
    return {word for word in re.findall(r"\w+", fold(name)) if len(word) > 2}


class Words:
    """The names of a vocabulary, looked up by people's words.

    Args:
        vocabulary: The concepts and actors that may be meant.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._tables: dict[str, _Names] = {}

    def code(self, scheme: str, word: str) -> str:
        """The code of the concept of a scheme that has this code or label.

        Codes go before preferred labels, these before other labels; case and hyphens do not
        matter, nor does the language.

        Raises:
            UnknownNameError: When nothing has that name; the hint says what may be meant.
            UsageError: When several have it.
        """
        return self._of(scheme).find(word, scheme)

    def actor(self, word: str) -> str:
        """The id of the actor that has this id or name; an id of a candidate is taken as it is.

        Raises:
            UnknownNameError: When nobody has that name.
            UsageError: When several have it.
        """
        if re.fullmatch(r"actor-[0-9a-f]{20}", word):
            return word
        return self._of("actor").find(word, "actor")

    def _of(self, kind: str) -> _Names:
        if kind not in self._tables:
            named: Iterable[tuple[str, tuple[Label, ...]]]
            if kind == "actor":
                named = ((code, actor.labels) for code, actor in self.vocabulary.actors.items())
            else:
                concepts = self.vocabulary.scheme(kind)
                named = ((code, concept.labels) for code, concept in concepts.items())
            self._tables[kind] = _Names(named)
        return self._tables[kind]


class _Names:
    """Codes by name, in three tiers: the code itself, preferred labels, other labels."""

    def __init__(self, named: Iterable[tuple[str, tuple[Label, ...]]]) -> None:
        self._tiers: list[dict[str, set[str]]] = [{}, {}, {}]
        self._shown: dict[str, str] = {}
        for code, labels in named:
            self._tiers[0].setdefault(_as_code(code), set()).add(code)
            self._shown[code] = code
            for label in labels:
                for tier, roles in enumerate(_TIERS, start=1):
                    if label.role in roles:
                        self._tiers[tier].setdefault(fold(label.text), set()).add(code)
                        self._shown.setdefault(label.text, code)

    def find(self, word: str, kind: str) -> str:
        wanted, as_code = fold(word), _as_code(word)
        if word in self._tiers[0].get(as_code, ()):
            return word
        for names, name in zip(self._tiers, (as_code, wanted, wanted), strict=True):
            found = names.get(name, set())
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise UsageError(
                    f"{word!r} may be any of {', '.join(sorted(found))}", hint="give the code"
                )
        raise UnknownNameError(f"there is no {kind} {word!r}", hint=_hint(word, self._shown))


def _as_code(word: str) -> str:
    return fold(word).replace(" ", "-").replace("_", "-")


def _hint(word: str, shown: Mapping[str, str]) -> str:
    """Names like the word, each with its code, else all codes when they are few."""
    near = suggestion(word, shown)
    if near.startswith("did you mean"):
        names = near.removeprefix("did you mean ").removesuffix("?").split(" or ")
        told = (f"{n} ({shown[n]})" if shown.get(n, n) != n else n for n in names)
        return f"did you mean {' or '.join(told)}?"
    codes = sorted(set(shown.values()))
    return f"there is {', '.join(codes)}" if len(codes) <= 40 else near
