"""Reading with several processes: each has tools of its own, results come in order.

What a document is read to say depends on that document alone, so the bytes of a build do not
depend on how many processes there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from comity.errors import ComityError
from comity.extract.english import EnglishExtractor
from comity.lexicon import Lexicon
from comity.link.linker import Linked, Linker
from comity.model import Document
from comity.rdf import vocabulary as vocabularies


class WorkerError(ComityError):
    """A process that was reading documents died."""


@dataclass(frozen=True)
class Pool:
    """Processes that read English documents.

    Args:
        workers: How many.
        vocabulary_files: The user's own vocabulary.
        model: Name of a spaCy pipeline.
    """

    workers: int
    vocabulary_files: tuple[Path, ...]
    model: str

    def __call__(self, documents: Sequence[Document]) -> Iterator[Linked]:
        """The linked statements of each document, in order.

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
                executor.submit(_read, document, self.vocabulary_files, self.model)
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


def _read(document: Document, vocabulary_files: tuple[Path, ...], model: str) -> Linked:
    linker, extractor = _tools(vocabulary_files, model)
    return linker.link(document, extractor.extract(document))


@lru_cache(maxsize=1)
def _tools(vocabulary_files: tuple[Path, ...], model: str) -> tuple[Linker, EnglishExtractor]:
    """The tools of a process, made for its first document and kept for all others."""
    lexicon = Lexicon(vocabularies.load(vocabulary_files))
    return Linker(lexicon), EnglishExtractor(lexicon, model)
