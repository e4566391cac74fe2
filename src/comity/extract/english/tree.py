"""A sentence as a plain dependency tree, whose attachments the repair rules may change.

The parser's tokens are copied into `Word`s, so that rules never depend on the parser
library, and every word knows its place in the document's normalised text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@dataclass(slots=True)
class Word:
    """One token. `start` and `end` are document offsets, -1 for words we put in ourselves."""

    i: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    entity: str = ""

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_verb(self) -> bool:
        """Whether it is tagged as a verb, auxiliaries included."""
        return self.tag in VERB_TAGS


@dataclass(slots=True)
class Sentence:
    """The words of one sentence; `head` of a word indexes into `words`, the root's is itself."""

    words: list[Word]
    _kids: list[list[int]] | None = field(default=None, repr=False)

    def reattach(self, i: int, head: int, dep: str) -> None:
        """Hang word `i` under `head`; refuses what would make a cycle."""
        at = head
        while self.words[at].head != at:
            if at == i:
                return
            at = self.words[at].head
        if at == i and head != i:
            return
        self.words[i].head, self.words[i].dep = head, dep
        self._kids = None

    @property
    def root(self) -> Word:
        """The word that hangs under no other."""
        return next(w for w in self.words if w.head == w.i)

    def kids(self, word: Word, *deps: str) -> list[Word]:
        """Children of a word in text order, all or those of the given relations."""
        if self._kids is None:
            self._kids = [[] for _ in self.words]
            for w in self.words:
                if w.head != w.i:
                    self._kids[w.head].append(w.i)
        found = (self.words[i] for i in self._kids[word.i])
        return [w for w in found if not deps or w.dep in deps]

    def kid(self, word: Word, *deps: str) -> Word | None:
        """The first child of the given relations, if any."""
        found = self.kids(word, *deps)
        return found[0] if found else None

    def head(self, word: Word) -> Word | None:
        """The word it hangs under; None for the root."""
        return None if word.head == word.i else self.words[word.head]

    def subtree(self, word: Word, *, without: Iterable[str] = ()) -> list[Word]:
        """The word and all below it, in text order, leaving out branches of some relations."""
        dropped = frozenset(without)
        found: list[Word] = []
        stack = [word]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(k for k in self.kids(at) if k.dep not in dropped)
        return sorted(found, key=lambda w: w.i)

    def above(self, word: Word) -> Iterator[Word]:
        """The words it hangs under, nearest first."""
        at = self.head(word)
        while at is not None:
            yield at
            at = self.head(at)

    def phrase(self, word: Word, text: str) -> str:
        """The document's characters from the first to the last word below `word`."""
        span = extent(self.subtree(word))
        return text[span[0] : span[1]] if span else ""


def extent(words: Iterable[Word]) -> tuple[int, int] | None:
    """From the first to the last character of the words that stand in the document."""
    real = [w for w in words if w.start >= 0]
    if not real:
        return None
    return min(w.start for w in real), max(w.end for w in real)


def contiguous(words: list[Word], anchor: Word) -> list[Word]:
    """The run of `words` (in text order) around `anchor` that has no gap but punctuation."""
    if not words:
        return []
    by_index = {w.i: w for w in words}
    low = high = anchor.i
    while low - 1 in by_index:
        low -= 1
    while high + 1 in by_index:
        high += 1
    return [by_index[i] for i in range(low, high + 1)]
