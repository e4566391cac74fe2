"""Asks a model about the passages of a document, through pydantic-ai; the only file that knows it.

An answer is held against its form by pydantic-ai and against the text by `anchors`. One that does
not hold is sent back with the reasons, a bounded number of times; after the last, what holds of it
is taken and the rest is set aside.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from comity.extract.llm.anchors import Anchored, anchor
from comity.extract.llm.answers import Answer
from comity.extract.llm.passages import Passage
from comity.extract.llm.prompt import question
from comity.extract.llm.settings import Settings
from comity.extract.llm.wire import Sleep, Unusable, Wire
from comity.extract.plain import plain
from comity.model import Document

if TYPE_CHECKING:
    from pydantic_ai import Agent, RunContext

_SHOWN = 10
"""Faults that are told to the model at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a passage was read to say; `failure` is set where nothing could be had."""

    passage: Passage
    anchored: Anchored = field(default_factory=lambda: Anchored(()))
    failure: str = ""


@dataclass(frozen=True, slots=True)
class _About:
    """What a question is about."""

    document: Document
    passage: Passage


class Asker:
    """Asks a model.

    Args:
        settings: Which model, where and how.
        instructions: What it is told of every passage.
        form: The form of an answer.
        extractor: Name of the extractor, for the statements.
        sleep: Waits for some seconds.
    """

    def __init__(
        self,
        settings: Settings,
        instructions: str,
        form: type[Answer],
        extractor: str,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._instructions = instructions
        self._form = form
        self._extractor = extractor
        self._wire = Wire(settings, sleep)

    def ask(self, document: Document, passages: Sequence[Passage]) -> list[Asked]:
        """What each passage says, in their order.

        Args:
            document: The document.
            passages: Its passages.

        Raises:
            ComityError: When the server cannot be asked at all.
        """
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(self._ask_all(document, passages))
        with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own
            return thread.submit(asyncio.run, self._ask_all(document, passages)).result()

    async def _ask_all(self, document: Document, passages: Sequence[Passage]) -> list[Asked]:
        import httpx2

        transport = httpx2.MockTransport(self._wire.answer)
        async with httpx2.AsyncClient(transport=transport) as client:
            agent = self._agent(client)
            return [await self._one(agent, _About(document, passage)) for passage in passages]

    async def _one(self, agent: Agent[_About, Answer], about: _About) -> Asked:
        from openai import OpenAIError
        from pydantic_ai.exceptions import AgentRunError

        try:
            result = await agent.run(question(about.document, about.passage), deps=about)
        except Unusable as trouble:
            return Asked(about.passage, failure=str(trouble))
        except (AgentRunError, OpenAIError) as error:
            return Asked(about.passage, failure=_told(error))
        return Asked(about.passage, self._anchored(about, result.output))

    def _agent(self, client: Any) -> Agent[_About, Answer]:
        from openai import AsyncOpenAI
        from pydantic_ai import Agent, ModelRetry
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

        sdk = AsyncOpenAI(
            api_key="unused: see Wire",
            base_url=self._settings.base_url,
            http_client=client,
            max_retries=0,
        )
        provider = OpenAICompatibleProvider("comity", openai_client=sdk)
        agent: Agent[_About, Answer] = Agent(
            OpenAIChatModel(self._settings.model, provider=provider),
            deps_type=_About,
            output_type=self._output(),
            instructions=self._instructions,
            retries=self._settings.retries,
            name="comity",
            model_settings={
                "temperature": 0.0,
                "seed": self._settings.seed,
                "max_tokens": self._settings.max_tokens,
                "timeout": 86_400.0,  # the wire has its own
            },
        )
        agent.instrument = False

        @agent.output_validator
        def hold(context: RunContext[_About], answer: Answer) -> Answer:
            """Send an answer back while there are tries left and something in it is wrong."""
            held = self._anchored(context.deps, answer)
            faults = [fault for fault in held.faults if not fault.repeats]
            if faults and context.retry < context.max_retries:
                listed = "\n".join(f"- {fault}" for fault in faults[:_SHOWN])
                raise ModelRetry(
                    f"These entries do not hold:\n{listed}\n"
                    "Copy from the passage character for character, or leave the entry out. "
                    "Give the whole list again."
                )
            return answer

        return agent

    def _output(self) -> Any:
        from pydantic_ai import NativeOutput, PromptedOutput, ToolOutput

        if self._settings.mode == "tool":
            return ToolOutput(self._form, name="statements")
        if self._settings.mode == "schema":
            return NativeOutput(self._form, name="statements")
        return PromptedOutput(self._form, name="statements")

    def _anchored(self, about: _About, answer: Answer) -> Anchored:
        return anchor(about.document, about.passage, answer.statements, self._extractor)


def _told(error: Exception) -> str:
    """What was wrong with the last answer, as far as the library tells."""
    import pydantic
    from pydantic_ai.exceptions import ContentFilterError

    if isinstance(error, ContentFilterError):
        return f"the model refused: {plain(error.message)}"
    known: BaseException | None = error
    while known is not None:
        if isinstance(known, pydantic.ValidationError):
            first = known.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            wrong = plain(f"{where} {first['msg']}")
            return f"the model's answer does not have the form that was asked for: {wrong}"
        known = known.__cause__
    said = getattr(error, "message", None) or str(error)
    return f"the model gave no usable answer: {plain(said) or type(error).__name__}"
