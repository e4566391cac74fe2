"""A server that speaks OpenAI's chat completions and answers by a rule, on this machine.

It stands in for a language model: it reads the passage out of the question and lists every
sentence of the form "X will VERB OBJECT.". What it gets wrong, a test says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.remote.servers import Asked, Said, stub

Entry = dict[str, Any]
Say = Callable[["Question"], "Said | list[Entry]"]

_PASSAGE = re.compile(r"Passage ([0-9a-f]{16}):\n(.*)\nEnd of passage \1\.", re.DOTALL)
_WILL = re.compile(r"(?P<actor>[A-Z]\w+) will (?P<evidence>(?P<verb>[a-z]+) (?P<object>[^.]+))\.")


@dataclass(frozen=True)
class Question:
    """What a model was asked: the body of the request, and the number of the request."""

    body: Mapping[str, Any]
    number: int

    @property
    def passage(self) -> str:
        """The passage that is to be coded."""
        users = [m["content"] for m in self.body["messages"] if m["role"] == "user"]
        found = _PASSAGE.search(users[0])
        assert found is not None
        return found[2]

    @property
    def told(self) -> str:
        """Everything that was said to the model, in one text."""
        return json.dumps(self.body["messages"], ensure_ascii=False)


def entry(evidence: str, **fields: Any) -> Entry:
    """One entry of an answer."""
    return {"evidence": evidence, "action": "protect", "modality": "commitment", **fields}


def promises(question: Question) -> list[Entry]:
    """The sentences that promise something."""
    return [
        entry(
            m["evidence"],
            actors=[m["actor"]],
            action=m["verb"],
            action_text=m["verb"],
            object=m["object"],
        )
        for m in _WILL.finditer(question.passage)
    ]


def completion(question: Question, content: str) -> Said:
    """An answer in the mode that was asked for, whatever stands in it."""
    message: dict[str, Any] = {"role": "assistant", "content": content}
    tools = question.body.get("tools")
    if tools:
        call = {"name": tools[0]["function"]["name"], "arguments": content}
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "call-1", "type": "function", "function": call}],
        }
    return said(message)


def said(message: Mapping[str, Any], **changes: Any) -> Said:
    """A whole answer of the server."""
    choice = {"index": 0, "message": message, "finish_reason": "stop", **changes}
    whole = {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "toy",
        "choices": [choice],
    }
    return Said(json.dumps(whole).encode(), kind="application/json")


@dataclass
class Model:
    """The server: its address, and what it was asked."""

    base_url: str
    requests: list[Asked]

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The requests, as JSON."""
        return [json.loads(one.body) for one in self.requests]


@contextmanager
def model(say: Say = promises) -> Iterator[Model]:
    """A running server; `say` gives the entries for a question, or a whole answer."""
    count = iter(range(1, 10_000))

    def answering(asked: Asked) -> Said:
        question = Question(json.loads(asked.body), next(count))
        answer = say(question)
        if isinstance(answer, Said):
            return answer
        return completion(question, json.dumps({"statements": answer}))

    with stub(answering) as server:
        yield Model(server.url.replace("/sparql", "/v1"), server.asked)
