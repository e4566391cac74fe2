"""Statements by a language model, on any server that speaks OpenAI's chat completions.

The route, top to bottom: `passages` cuts the text, `prompt` says how to read and with which codes,
`asking` asks (`answers` is the form of an answer, `wire` what goes to the server, `cassette` what
is kept of it), and `anchors` holds every answer against the text. The model gives words and codes;
offsets are computed here, ids are the linker's. Nothing is known of how well any model does this:
see ``docs/language-models.md``.

Needs the extra ``comity[llm]``. This is the only extractor that uses the network, and only while
it extracts.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec

from comity.errors import ExtractError, MissingExtraError
from comity.extract import Extracted
from comity.extract.llm.answers import answer_type
from comity.extract.llm.asking import Asked, Asker
from comity.extract.llm.passages import passages
from comity.extract.llm.prompt import instructions
from comity.extract.llm.settings import Settings
from comity.extract.llm.wire import Sleep
from comity.extract.options import Options
from comity.lexicon import Lexicon
from comity.model import Document, Rejection, Statement

VERSION = "1"


class LlmExtractor:
    """The extractor that asks a language model.

    Args:
        lexicon: The vocabulary's words: the model is told the codes and what they mean.
        settings: Which model, where and how.
        sleep: Waits for some seconds between tries.

    Raises:
        MissingExtraError: When pydantic-ai is not installed.
    """

    def __init__(self, lexicon: Lexicon, settings: Settings, sleep: Sleep = asyncio.sleep) -> None:
        if find_spec("pydantic_ai") is None or find_spec("openai") is None:
            raise MissingExtraError(
                "language models need pydantic-ai", hint="pip install 'comity[llm]'"
            )
        self._settings = settings
        self._instructions = instructions(lexicon)
        form = answer_type(lexicon)
        self._asker = Asker(settings, self._instructions, form, self.name, sleep)

    @property
    def name(self) -> str:
        """``llm/<version>+<model>``."""
        return f"llm/{VERSION}+{self._settings.model}"

    @property
    def settings(self) -> Mapping[str, str]:
        """What the statements depend on, for the manifest."""
        prompt = hashlib.sha256(self._instructions.encode()).hexdigest()
        return {**self._settings.told(), "prompt_sha256": prompt}

    def extract(self, document: Document) -> list[Statement]:
        """The statements of one document, in text order.

        Raises:
            ExtractError: When no passage of it can be used.
            EndpointError: When the server cannot be asked.
        """
        return list(self.examine(document).statements)

    def extract_all(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """One list of statements a document."""
        for document in documents:
            yield self.extract(document)

    def examine(self, document: Document) -> Extracted:
        """The statements of one document, and the passages and entries that were set aside.

        Raises:
            ExtractError: When no passage of it can be used.
            EndpointError: When the server cannot be asked.
            InputError: When an answer is to be replayed that is not kept.
        """
        parts = passages(document.text, self._settings.passage)
        asked = self._asker.ask(document, parts) if parts else []
        failures = [each for each in asked if each.failure]
        if failures and len(failures) == len(asked):
            amount = "its only passage" if len(asked) == 1 else f"any of its {len(asked)} passages"
            raise ExtractError(
                f"{self.name} could not read {amount}: {failures[0].failure}",
                where=document.file or document.id,
            )
        return Extracted(
            tuple(s for each in asked for s in each.anchored.statements),
            tuple(r for each in asked for r in _rejections(document, each)),
        )


def make(lexicon: Lexicon, options: Options) -> LlmExtractor:
    """The plug-in ``llm``.

    Args:
        lexicon: The vocabulary's words.
        options: Those of `Settings`.
    """
    return LlmExtractor(lexicon, Settings.of(options))


def _rejections(document: Document, asked: Asked) -> Iterator[Rejection]:
    source = document.file or document.id
    place = f"characters {asked.passage.start}-{asked.passage.end}"
    if asked.failure:
        yield Rejection(source, "extract", "passage", f"{place}: {asked.failure}")
    for fault in asked.anchored.faults:
        yield Rejection(source, "extract", "evidence", f"{place}: {fault}")
