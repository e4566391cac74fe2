"""What a user says about the model and its server; the key is in the environment alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from comity.errors import InputError, UsageError
from comity.extract.options import Options

Mode = Literal["tool", "schema", "json"]
MODES: tuple[Mode, ...] = ("tool", "schema", "json")
KEY = "COMITY_LLM_API_KEY"
"""The variable with the server's key. No other is read, so that no other key is sent anywhere."""
NOWHERE = "http://replay.invalid/v1"
"""The base URL where answers are replayed: no such host can exist (RFC 2606)."""
_MODEL = re.compile(r"[!-~]{1,120}")
_NAMES = (
    *("model", "base_url", "mode", "seed", "passage", "retries", "max_tokens"),
    *("timeout", "tries", "record", "replay"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Which model is asked, where and how.

    Args:
        model: The model's name, as the server knows it.
        base_url: The server, up to and without ``/chat/completions``.
        mode: How the form of the answer is enforced: ``tool`` (a function that the model has to
            call), ``schema`` (a JSON schema as response format) or ``json`` (any JSON object; the
            schema stands in the prompt).
        seed: Sent with every request, for servers that heed it.
        passage: The longest passage that is sent at once, in characters.
        retries: How often an answer that does not hold is sent back.
        max_tokens: The longest answer, in tokens.
        timeout: Seconds that one request may take.
        tries: How often a request is tried when the server is busy or fails.
        record: A file that keeps every request and answer.
        replay: A file that answers in the server's stead; no connection is made.
        key: The server's key; never shown.
    """

    model: str
    base_url: str = NOWHERE
    mode: Mode = "tool"
    seed: int = 0
    passage: int = 3000
    retries: int = 2
    max_tokens: int = 4096
    timeout: float = 120.0
    tries: int = 3
    record: Path | None = None
    replay: Path | None = None
    key: str = field(default="", repr=False)

    @classmethod
    def of(cls, options: Options, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings that some options and the environment give.

        Args:
            options: Those that are named as the arguments above are, but for `key`.
            environment: The variables; those of this process when None.

        Raises:
            UsageError: When one is missing, unknown or cannot be used.
            InputError: When there is nothing to replay.
        """
        options.only(*_NAMES)
        record, replay = (_path(options, name) for name in ("record", "replay"))
        if record and replay:
            raise UsageError("record and replay exclude each other", where="extractor llm")
        if replay and not replay.is_file():
            raise InputError("there is no such file to replay", where=str(replay))
        mode: Mode = next(m for m in MODES if m == options.choice("mode", MODES, "tool"))
        return cls(
            model=_model(options),
            base_url=NOWHERE if replay else _base_url(options),
            mode=mode,
            seed=options.whole("seed", 0),
            passage=options.whole("passage", 3000, least=200, most=20_000),
            retries=options.whole("retries", 2, most=5),
            max_tokens=options.whole("max_tokens", 4096, least=64, most=100_000),
            timeout=options.number("timeout", 120.0, most=3600.0),
            tries=options.whole("tries", 3, least=1, most=8),
            record=record,
            replay=replay,
            key="" if replay else _key(os.environ if environment is None else environment),
        )

    def told(self) -> dict[str, str]:
        """What the statements depend on: the model and what it is asked, not where it runs."""
        return {
            "model": self.model,
            "mode": self.mode,
            "seed": str(self.seed),
            "passage": str(self.passage),
            "retries": str(self.retries),
            "max_tokens": str(self.max_tokens),
        }


def _model(options: Options) -> str:
    model = options.get("model", "")
    if not model:
        raise UsageError(
            "which model is to be asked?",
            where="extractor llm",
            hint="name it with --extractor-option model=NAME",
        )
    if not _MODEL.fullmatch(model):
        raise options.wrong("model", "a name of a model has no spaces or letters beyond ASCII")
    return model


def _base_url(options: Options) -> str:
    url = options.get("base_url", "")
    if not url:
        raise UsageError(
            "which server is to be asked? There is no default",
            where="extractor llm",
            hint="name it with --extractor-option base_url=http://localhost:8000/v1",
        )
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise UsageError("base_url is an http or https URL", where="extractor llm")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            "base_url holds no user, password, query or fragment",
            where="extractor llm",
            hint=f"put the key into the environment, as {KEY}",
        )
    return url.rstrip("/")


def _path(options: Options, name: str) -> Path | None:
    value = options.get(name)
    if value is not None and not value.strip():
        raise options.wrong(name, "which file?")
    return Path(value) if value else None


def _key(environment: Mapping[str, str]) -> str:
    key = environment.get(KEY, "").strip()
    if not key.isascii() or any(ord(char) < 0x21 or ord(char) == 0x7F for char in key):
        raise UsageError("this variable holds no key: spaces or strange characters", where=KEY)
    return key
