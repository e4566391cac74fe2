"""Reading with several processes: each has tools of its own, results come in order.

What a document is read to say depends on that document alone, so the bytes of a build do not
depend on how many processes there are. Each process makes the extractor anew, by its recipe, or
gets a copy of one that can be pickled.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from comity.errors import ComityError, UsageError
from comity.extract import Extractor
from comity.extract.plugins import Recipe
from comity.lexicon import Lexicon
from comity.link.linker import Linker
from comity.model import Document
from comity.pipeline import Reading, read_out
from comity.rdf import vocabulary as vocabularies


class WorkerError(ComityError):
    """A process that was reading documents died."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An extractor on its way to another process."""

    data: bytes

    @classmethod
    def of(cls, extractor: Extractor) -> Packed:
        """The extractor, packed.

        Args:
            extractor: An extractor that can be pickled.

        Raises:
            UsageError: When it cannot.
        """
        try:
            return cls(pickle.dumps(extractor))
        except (pickle.PicklingError, TypeError, AttributeError, ValueError) as error:
            raise UsageError(
                f"the extractor {extractor.name} cannot be sent to another process: {error}",
                hint="name it instead, or read with one worker",
            ) from error

    def make(self, _lexicon: Lexicon) -> Extractor:
        """The extractor, unpacked."""
        made: Extractor = pickle.loads(self.data)
        return made


@dataclass(frozen=True)
class Pool:
    """Processes that read documents.

    Args:
        workers: How many.
        vocabulary_files: The user's own vocabulary.
        recipe: How each process comes by its extractor.
    """

    workers: int
    vocabulary_files: tuple[Path, ...]
    recipe: Recipe | Packed

    def __call__(self, documents: Sequence[Document]) -> Iterator[Reading]:
        """What is read out of each document, in order.

        Args:
            documents: The documents.

        Raises:
            WorkerError: When a process dies, for example because memory runs out.
            ComityError: What reading a document raises.
        """
        count = min(self.workers, max(1, len(documents)))
        executor = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
        try:
            waiting = [
                executor.submit(_read, document, self.vocabulary_files, self.recipe)
                for document in documents
            ]
            for number, future in enumerate(waiting):
                try:
                    yield future.result()
                except BrokenProcessPool as error:
                    raise _died(documents[number:]) from error
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _died(unread: Sequence[Document]) -> WorkerError:
    first = unread[0].file or unread[0].id
    return WorkerError(
        f"a worker process died; {len(unread)} documents were not read, {first} the first of them",
        hint="use fewer workers if memory is short; one worker shows which document it is; "
        "a script that builds with several needs `if __name__ == '__main__':`",
    )


def _read(
    document: Document, vocabulary_files: tuple[Path, ...], recipe: Recipe | Packed
) -> Reading:
    linker, extractor = _tools(vocabulary_files, recipe)
    return read_out(document, extractor, linker)


@lru_cache(maxsize=1)
def _tools(vocabulary_files: tuple[Path, ...], recipe: Recipe | Packed) -> tuple[Linker, Extractor]:
    """The tools of a process, made for its first document and kept for all others."""
    lexicon = Lexicon(vocabularies.load(vocabulary_files))
    extractor = recipe.make(lexicon)
    return Linker(lexicon, extractor.name), extractor
