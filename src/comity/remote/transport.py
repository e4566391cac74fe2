"""HTTP to an endpoint: tried again where that helps, within limits of time and size.

Tried again are answers of 429, 502, 503 and 504 and connections that fail or break off, after
1, 2, 4 … seconds or what Retry-After (RFC 9110, 10.2.3) says; queries and PUT can be repeated
safely. A redirect is followed on the same host only, so that no other gets a password or query.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from comity.errors import ComityError, EndpointError, LimitError, UsageError
from comity.remote.credentials import Credentials
from comity.version import __version__

if TYPE_CHECKING:
    import requests

AGENT = f"comity/{__version__}"
MAX_BYTES = 256 * 1024 * 1024
"""The largest answer that is read."""
LONGEST_WAIT = 60.0
"""Seconds between two tries at most; a server that asks for more is not asked again."""

_AGAIN = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 307, 308})
_HOPS = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of a server, whole: its status, headers (names in lower case) and bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The bytes as text; what is no UTF-8 is replaced."""
        return self.body.decode("utf-8", errors="replace")


class Transport:
    """Sends requests to one server.

    Args:
        credentials: Who asks.
        timeout: Seconds that one request may take, from the first byte sent to the last read.
        retries: How often a request is tried again.
        max_bytes: The largest answer that is read.
        sleep: Waits for some seconds.
        clock: Seconds that never go back.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 3,
        max_bytes: int = MAX_BYTES,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if timeout <= 0:
            raise UsageError("the time-out must be more than 0 seconds", where=str(timeout))
        self.timeout = timeout
        self._credentials = credentials or Credentials()
        self._retries = retries
        self._max_bytes = max_bytes
        self._sleep = sleep
        self._clock = clock
        self._session: requests.Session | None = None

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer to a request, whatever its status, save what `EndpointError` is for.

        Raises:
            EndpointError: if the server cannot be reached, breaks off, wants other
                credentials, points elsewhere, or stays busy.
            LimitError: if it takes too long or says too much.
        """
        tries = 0
        while True:
            wait: float | None = None
            try:
                reply = self._follow(method, url, params, data, headers)
                if reply.status not in _AGAIN:
                    return _accepted(reply, url, self._credentials)
                wait = _retry_after(reply)
                problem = _busy(reply, url)
            except _Broken as broken:
                problem = broken.error
            wait = 2.0**tries if wait is None else wait
            if tries >= self._retries or wait > LONGEST_WAIT:
                raise problem
            self._sleep(wait)
            tries += 1

    def _follow(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        data: bytes | None,
        headers: Mapping[str, str] | None,
    ) -> Reply:
        here = url
        for _ in range(_HOPS + 1):
            reply = self._once(method, here, params, data, headers)
            target = reply.headers.get("location")
            if reply.status not in _MOVED or not target:
                return reply
            there = urljoin(here, target)
            if not _same_host(urlsplit(here), urlsplit(there)):
                raise EndpointError(
                    f"the endpoint points to another host, {shown(there)}, which is not asked",
                    where=shown(url),
                    hint="name that address itself if you trust it",
                )
            here, params = there, None if urlsplit(there).query else params
        raise EndpointError("the endpoint points in a circle", where=shown(url))

    def _once(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        data: bytes | None,
        headers: Mapping[str, str] | None,
    ) -> Reply:
        import requests
        import urllib3

        if self._session is None:
            self._session = requests.Session()
            self._session.auth = self._credentials.signer()
        end = self._clock() + self.timeout
        try:
            with self._session.request(
                method,
                url,
                params=params,
                data=data,
                headers={"User-Agent": AGENT, **(headers or {})},
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            ) as answer:
                body = self._read(answer, end, url)
                names = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status_code, names, body)
        except requests.Timeout:
            raise self._late(url) from None
        except requests.exceptions.SSLError:
            raise EndpointError("its certificate cannot be trusted", where=shown(url)) from None
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
            if "Read timed out" in str(error):
                raise self._late(url) from None
            raise _Broken(_unreachable(error, url)) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
            raise EndpointError(
                f"the request cannot be sent: {type(error).__name__}", where=shown(url)
            ) from None

    def _read(self, answer: requests.Response, end: float, url: str) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_content(65_536):
            size += len(part)
            if size > self._max_bytes:
                raise LimitError(
                    f"the answer is larger than {self._max_bytes:,} bytes",
                    where=shown(url),
                    hint="ask for less, with a LIMIT or fewer columns",
                )
            if self._clock() > end:
                raise self._late(url)
            parts.append(part)
        return b"".join(parts)

    def _late(self, url: str) -> LimitError:
        return LimitError(
            f"no answer within {self.timeout:g} seconds",
            where=shown(url),
            hint="ask for less, or give it longer with --timeout",
        )


class _Broken(Exception):
    """A connection that failed, and may not fail the next time."""

    def __init__(self, error: ComityError) -> None:
        super().__init__(error.message)
        self.error = error


def shown(url: str) -> str:
    """A URL for messages: without user, password, query and fragment.

    >>> shown("https://me:secret@example.org:8890/sparql?key=1#x")
    'https://example.org:8890/sparql'
    """
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def checked_url(url: str) -> str:
    """The URL of an endpoint, if it can be one.

    Raises:
        UsageError: if it is no http or https URL, or holds a password.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("this is no URL", where=shown_or_text(url)) from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(
            "an endpoint is an http or https URL",
            where=shown_or_text(url),
            hint="for example http://localhost:7878/query",
        )
    if "@" in parts.netloc:
        raise UsageError(
            "the URL of an endpoint holds no user or password",
            where=shown(url),
            hint="set them in the environment and name --auth",
        )
    return url.partition("#")[0]


def shown_or_text(url: str) -> str:
    """A URL for messages, if it is one, else the start of the text, up to any ``@``."""
    try:
        return shown(url)
    except ValueError:
        return url.partition("@")[0][:40]


def _same_host(here: SplitResult, there: SplitResult) -> bool:
    """Whether a redirect stays: same host, and the same port or a step from http to https."""
    if here.hostname != there.hostname:
        return False
    same = (here.scheme, here.port) == (there.scheme, there.port)
    return same or (here.scheme, there.scheme) == ("http", "https")


def _accepted(reply: Reply, url: str, credentials: Credentials) -> Reply:
    if reply.status == 401:
        offered = reply.headers.get("www-authenticate", "").split(" ")[0].lower()
        hint = f"it asks for --auth {offered}" if offered else "name --auth"
        said = (
            "the endpoint refuses these credentials"
            if credentials.scheme
            else ("the endpoint wants credentials")
        )
        raise EndpointError(said, where=shown(url), hint=hint)
    if reply.status in (403, 407):
        raise EndpointError(
            f"the endpoint forbids this (HTTP {reply.status})",
            where=shown(url),
            hint="ask who runs it for the right to read or write",
        )
    return reply


def _busy(reply: Reply, url: str) -> ComityError:
    if reply.status == 504:
        return LimitError("the server in front of the endpoint gave up waiting", where=shown(url))
    return EndpointError(
        f"the endpoint is busy or down (HTTP {reply.status})",
        where=shown(url),
        hint="try again later",
    )


def _unreachable(error: Exception, url: str) -> EndpointError:
    text = str(error)
    if "refused" in text:
        reason = "nobody listens there"
    elif "resolve" in text or "Name or service" in text:
        reason = "there is no such host"
    elif "IncompleteRead" in text or "Connection aborted" in text or "broken" in text:
        reason = "the connection broke off"
    else:
        reason = "the connection failed"
    return EndpointError(
        f"the endpoint cannot be reached: {reason}",
        where=shown(url),
        hint="check the address, and that the server runs",
    )


def _retry_after(reply: Reply) -> float | None:
    """Seconds that a server asks to wait: a number, or the time until a date."""
    said = reply.headers.get("retry-after", "").strip()
    if not said:
        return None
    if said.isdecimal():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
