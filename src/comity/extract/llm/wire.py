"""What goes over the wire: one request to the one server that was named, tried within bounds.

All that leaves is the body of the request, with the key where one is set; the headers that client
libraries add about themselves and the machine are left out. Redirects are not followed. An answer
of 429, 500, 502, 503 or 504, a time-out or a connection that fails is tried again, after 1, 2, 4 …
seconds or what Retry-After (RFC 9110, 10.2.3) says, at most a minute. A server that cannot be
reached, refuses, or fails at several passages in a row ends the run.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from comity.errors import ComityError, EndpointError, InputError
from comity.extract.llm.cassette import Cassette, Kept
from comity.extract.llm.settings import KEY, Settings
from comity.extract.plain import plain
from comity.version import __version__

if TYPE_CHECKING:
    import httpx2

MAX_BYTES = 1_000_000
"""The largest answer that is read."""
LONGEST_WAIT = 60.0
"""Seconds between two tries at most; a server that asks for more is not asked again."""
CONNECTING = 20.0
"""Seconds that a connection may take."""
IN_A_ROW = 5
"""Passages at which a server may fail one after the other before it is given up."""
HIDDEN = "[key]"
"""What stands where a server repeated the key."""
_AGAIN = frozenset({429, 500, 502, 503, 504})
_OF_THE_PASSAGE = frozenset({0, 400, 413, 422, 500, 502, 503, 504})
"""What may be the fault of one passage; any other failure is the same for all of them."""

Sleep = Callable[[float], Awaitable[None]]


class Unusable(Exception):
    """The answer to one passage cannot be had; the message says why."""


class Wire:
    """Answers the requests of a client library: from a cassette, or from the server.

    Args:
        settings: Where the server is, and how long to wait.
        sleep: Waits for some seconds.
    """

    def __init__(self, settings: Settings, sleep: Sleep = asyncio.sleep) -> None:
        self._settings = settings
        self._sleep = sleep
        path = settings.replay or settings.record
        self._cassette = Cassette(path) if path else None
        self._failed = 0

    async def answer(self, request: httpx2.Request) -> httpx2.Response:
        """What the server says, or said when it was recorded.

        Args:
            request: The request of the client library.

        Raises:
            Unusable: When the server failed at this request.
            ComityError: When it would fail at all, or there is nothing to replay.
        """
        import httpx2

        content = await request.aread()
        kept = await self._kept(json.loads(content), content)
        if kept.status != 200:
            raise self._problem(kept)
        return httpx2.Response(
            200,
            content=kept.text.encode(errors="replace"),
            headers={"Content-Type": "application/json"},
            request=request,
        )

    async def _kept(self, body: Mapping[str, Any], content: bytes) -> Kept:
        known = self._cassette.find(body) if self._cassette else None
        if self._settings.replay:
            if known is None:
                raise InputError(
                    "the answer to a request is not in this file",
                    where=str(self._settings.replay),
                    hint="replay with the texts, vocabulary, options and versions of Comity and "
                    "pydantic-ai that it was recorded with, or record again",
                )
            return known
        if known is not None and known.status == 200:
            return known
        kept = await self._ask(content)
        self._count(kept)
        if self._cassette and kept.status in {200, *_OF_THE_PASSAGE}:
            self._cassette.add(body, kept)
        return kept

    def _count(self, kept: Kept) -> None:
        self._failed = self._failed + 1 if kept.status == 0 or kept.status >= 500 else 0
        if self._failed >= IN_A_ROW:
            raise EndpointError(
                f"the model's server failed at {IN_A_ROW} passages in a row, "
                f"the last time with: {self._problem(kept)}",
                where=self._settings.base_url,
                hint="see to it, and go on with the same record file: what it has is not asked "
                "again",
            )

    async def _ask(self, content: bytes) -> Kept:
        for tries in range(1, self._settings.tries + 1):
            wait: float | None = None
            try:
                kept, wait = await self._once(content)
            except _Broken as broken:
                if tries == self._settings.tries:
                    raise broken.error from None
            else:
                if kept.status not in {0, *_AGAIN} or tries == self._settings.tries:
                    return kept
                if wait is not None and wait > LONGEST_WAIT:
                    return kept
            await self._sleep(2.0 ** (tries - 1) if wait is None else wait)
        raise AssertionError("there is at least one try")

    async def _once(self, content: bytes) -> tuple[Kept, float | None]:
        """One answer, and the seconds that the server asks to wait."""
        import httpx2

        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": f"comity/{__version__}",
        }
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        url = f"{self._settings.base_url}/chat/completions"
        seconds = self._settings.timeout
        limits = httpx2.Timeout(seconds, connect=min(seconds, CONNECTING))
        try:
            async with (
                asyncio.timeout(seconds),
                httpx2.AsyncClient(timeout=limits, follow_redirects=False) as client,
                client.stream("POST", url, content=content, headers=headers) as answer,
            ):
                text = self._without_key(await _read(answer))
                return Kept(answer.status_code, text).tidy(), _retry_after(answer.headers)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise _Broken(self._unreachable(error)) from error
        except (TimeoutError, httpx2.TimeoutException):
            return Kept(0, f"no answer within {seconds:g} seconds"), None
        except _TooLong:
            return Kept(0, f"the answer is larger than {MAX_BYTES:,} bytes"), LONGEST_WAIT + 1
        except httpx2.TransportError as error:
            return Kept(0, f"the connection broke off ({type(error).__name__})"), None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise EndpointError(
                f"the request cannot be sent: {type(error).__name__}",
                where=self._settings.base_url,
            ) from error

    def _without_key(self, text: str) -> str:
        key = self._settings.key
        return text.replace(key, HIDDEN) if len(key) >= 8 else text

    def _unreachable(self, error: Exception) -> EndpointError:
        reason = "its certificate cannot be trusted" if "CERTIFICATE" in str(error) else ""
        return EndpointError(
            f"the model's server cannot be reached{': ' if reason else ''}{reason}",
            where=self._settings.base_url,
            hint="check base_url, and that the server runs",
        )

    def _problem(self, kept: Kept) -> Exception:
        said = self._said(kept.text)
        if kept.status == 0:
            return Unusable(kept.text)
        if kept.status in _OF_THE_PASSAGE:
            return Unusable(f"the model's server failed (HTTP {kept.status}){said}")
        return self._refused(kept.status, said)

    def _refused(self, status: int, said: str) -> ComityError:
        if status in {401, 403}:
            hint = f"set the server's key in the environment, as {KEY}"
        elif status == 429:
            hint = "wait, and go on with the same record file: what it has is not asked again"
        elif 300 <= status < 400:
            hint = "it points elsewhere; name that address as base_url if you trust it"
        else:
            hint = "check base_url and the name of the model"
        return EndpointError(
            f"the model's server refuses (HTTP {status}){said}",
            where=self._settings.base_url,
            hint=hint,
        )

    def _said(self, text: str) -> str:
        """The server's own words about a failure, short."""
        try:
            error = json.loads(text)["error"]
            text = error["message"] if isinstance(error, dict) else str(error)
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        said = plain(text, 200)
        return f": {said}" if said else ""


class _Broken(Exception):
    """A connection that could not be made, and may be the next time."""

    def __init__(self, error: ComityError) -> None:
        super().__init__(error.message)
        self.error = error


class _TooLong(Exception):
    """More bytes than are read."""


async def _read(answer: httpx2.Response) -> str:
    parts: list[bytes] = []
    size = 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > MAX_BYTES:
            raise _TooLong
        parts.append(part)
    return b"".join(parts).decode("utf-8", errors="replace")


def _retry_after(headers: Mapping[str, str]) -> float | None:
    said = headers.get("retry-after", "").strip()
    return float(said) if said.isdecimal() else None
