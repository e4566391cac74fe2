"""A server that fails, lies or cuts: what becomes of it, on a stub on this machine."""

from __future__ import annotations

import hashlib
import json
import re
import traceback
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.remote.servers import Asked, Said, free_port, stub

from comity import KnowledgeGraph
from comity.errors import ComityError, EndpointError, LimitError, QueryError, UsageError
from comity.remote import Credentials, RemoteStore
from comity.remote.transport import Transport, shown
from comity.store import Answer, Table

SECRET = "s3cr3t-and-long"
YES = Said()


def table(rows: list[int], columns: tuple[str, ...] = ("x",)) -> Said:
    """A table of whole numbers in its first column."""
    cells = [
        {columns[0]: {"type": "literal", "value": str(n), "datatype": f"{XSD}integer"}}
        for n in rows
    ]
    document = {"head": {"vars": list(columns)}, "results": {"bindings": cells}}
    return Said(json.dumps(document).encode())


XSD = "http://www.w3.org/2001/XMLSchema#"


def asked_in_turn(*answers: Said) -> Callable[[Asked], Said]:
    """Answers one after the other, the last one for ever."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def ask(url: str, waits: list[float] | None = None, **options: object) -> object:
    """Asks yes or no, of the graphs as the server has them, with no time spent waiting."""
    slept = [] if waits is None else waits
    transport = Transport(sleep=slept.append, **options)  # type: ignore[arg-type]
    return RemoteStore(url, graphs=(), transport=transport).query("ASK { ?s ?p ?o }")


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The graphs are searched as the server has them: nothing is asked about that first."""
    from comity.remote.dataset import Dataset

    monkeypatch.setattr(RemoteStore, "_find_dataset", lambda _: Dataset())


pytestmark = pytest.mark.usefixtures("plain")


# -- tried again ---------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_tried_again(status: int) -> None:
    """A busy server is asked again, after 1, 2, 4 … seconds."""
    waits: list[float] = []
    with stub(asked_in_turn(Said(status=status), Said(status=status), YES)) as server:
        assert ask(server.url, waits) == Answer(True)
    assert waits == [1.0, 2.0]


def test_retry_after() -> None:
    """Retry-After says how long to wait, in seconds."""
    waits: list[float] = []
    busy = Said(status=503, headers={"Retry-After": "7"})
    with stub(asked_in_turn(busy, YES)) as server:
        ask(server.url, waits)
    assert waits == [7.0]


def test_retry_after_a_date_that_has_passed() -> None:
    """Retry-After may be a date; one that has passed means now."""
    waits: list[float] = []
    busy = Said(status=503, headers={"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"})
    with stub(asked_in_turn(busy, YES)) as server:
        ask(server.url, waits)
    assert waits == [0.0]


def test_too_long_to_wait() -> None:
    """A server that wants to be left alone for an hour is not asked again."""
    waits: list[float] = []
    busy = Said(status=503, headers={"Retry-After": "3600"})
    with stub(lambda _: busy) as server, pytest.raises(EndpointError, match="busy or down"):
        ask(server.url, waits)
    assert waits == []


def test_given_up() -> None:
    """After the last try the error says what the matter is."""
    with stub(lambda _: Said(status=503)) as server:
        with pytest.raises(EndpointError, match=r"busy or down \(HTTP 503\)"):
            ask(server.url, retries=2)
        assert len(server.asked) == 3


@pytest.mark.parametrize("status", [400, 404, 500])
def test_not_tried_again(status: int) -> None:
    """What would go wrong again is not tried again."""
    with stub(lambda _: Said(b"no", status, "text/plain")) as server:
        with pytest.raises(ComityError):
            ask(server.url)
        assert len(server.asked) == 1


def test_nobody_listens() -> None:
    """A server that is not there is tried, and named without its query."""
    waits: list[float] = []
    url = f"http://127.0.0.1:{free_port()}/sparql?key={SECRET}"
    with pytest.raises(EndpointError, match="nobody listens there") as caught:
        ask(url, waits, retries=1)
    assert waits == [1.0]
    assert SECRET not in str(caught.value)


def test_cut_body() -> None:
    """An answer that breaks off is asked for again, and never taken for whole."""
    cut = Said(b'{"head":{"vars":["x"]},"results":{"bindings":[', length=500)
    with stub(asked_in_turn(cut, YES)) as server:
        assert ask(server.url) == Answer(True)
    with stub(lambda _: cut) as server, pytest.raises(EndpointError, match="broke off"):
        ask(server.url, retries=0)


# -- limits --------------------------------------------------------------------------------


def test_slow_answer() -> None:
    """A server that takes too long is a limit, with the option that gives it longer."""
    with stub(lambda _: Said(delay=1.0)) as server:
        with pytest.raises(LimitError, match=r"within 0\.2 seconds") as caught:
            ask(server.url, timeout=0.2)
        assert "--timeout" in caught.value.hint


def test_dripping_answer() -> None:
    """The time is that of the whole answer, not of one piece of it."""
    clock = iter(range(0, 1000, 40))
    with stub(lambda _: YES) as server, pytest.raises(LimitError, match="no answer within"):
        ask(server.url, timeout=30, clock=lambda: next(clock))


def test_large_answer() -> None:
    """An answer too large to hold is a limit."""
    large = Said(b" " * 5_000)
    with stub(lambda _: large) as server, pytest.raises(LimitError, match="larger than 1,000 b"):
        ask(server.url, max_bytes=1_000)


@pytest.mark.parametrize(
    "said",
    [
        Said(b"Virtuoso S1T00 Error SR171: Transaction timed out", 500, "text/plain"),
        Said(b"The query timed out", 400, "text/plain"),
        Said(b"{}", headers={"X-SQL-State": "S1TAT"}),
        Said(b"", 413),
    ],
    ids=["virtuoso", "other", "partial", "too long"],
)
def test_limits_of_the_server(said: Said) -> None:
    """A server that gives up, or answers in part, is a limit, and no answer."""
    with stub(lambda _: said) as server, pytest.raises(LimitError):
        ask(server.url)


# -- no SPARQL -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(b"<html><h1>Welcome</h1>", kind="text/html"), "web page"),
        (Said(b"<h1>Hello</h1>"), "begins: 'Hello'"),
        (Said(b'{"head":{"vars":["x"]},"results":{"bindings":['), "cut off"),
        (Said(b'{"error": "timeout"}'), "no SPARQL result"),
        (Said(b"[" * 100_000), "no SPARQL result"),
        (Said(b"", 404), "no SPARQL endpoint here"),
        (Said(b"boom", 500, "text/plain"), r"failed \(HTTP 500\): boom"),
        (Said(b"", 403), "forbids"),
    ],
)
def test_no_sparql(said: Said, words: str) -> None:
    """What is no SPARQL answer is named, and how it begins."""
    with stub(lambda _: said) as server, pytest.raises(EndpointError) as caught:
        ask(server.url)
    assert re.search(words, str(caught.value))


@pytest.mark.parametrize(
    ("said", "where"),
    [
        (b"error at 3:14: expected SELECT", "line 3, column 14"),
        (b"Virtuoso 37000 Error SP030: SPARQL compiler, line 2: syntax error", "line 2"),
        (
            b'Encountered " <VAR> " at line 1, column 7.\n\nWas expecting one of:',
            "line 1, column 7",
        ),
    ],
)
def test_place_in_the_query(said: bytes, where: str) -> None:
    """A refused query is located where the server says so."""
    refused = Said(said, 400, "text/plain")
    with stub(lambda _: refused) as server, pytest.raises(QueryError) as caught:
        ask(server.url)
    assert caught.value.where == where


# -- answers that would be cut ---------------------------------------------------------------


def test_silent_cap() -> None:
    """A server that gives 150 of 400 rows and says nothing is found out, and asked in pages."""

    def capped(asked: Asked) -> Said:
        if "COUNT(*)" in asked.query:
            return table([400], ("comity_count",))
        limit = re.search(r"LIMIT (\d+)", asked.query)
        offset = re.search(r"OFFSET (\d+)", asked.query)
        start = int(offset[1]) if offset else 0
        size = min(150, int(limit[1]) if limit else 400)
        return table(list(range(400))[start : start + size])

    with stub(capped) as server:
        found = RemoteStore(server.url).query("SELECT ?x WHERE { ?x ?p ?o }")
    assert isinstance(found, Table)
    assert [int(str(row[0])) for row in found.rows] == list(range(400))


def test_cap_without_paging() -> None:
    """A server that gives the first 150 rows for every page is a limit, never 150 rows."""

    def capped(asked: Asked) -> Said:
        if "COUNT(*)" in asked.query:
            return table([400], ("comity_count",))
        return table(list(range(150)) if "OFFSET 150" not in asked.query else [])

    with stub(capped) as server, pytest.raises(LimitError, match="after 150 of 400 rows"):
        RemoteStore(server.url).query("SELECT ?x WHERE { ?x ?p ?o }")


def test_pages_that_repeat() -> None:
    """Pages that give some rows twice and others not at all are found out."""

    def repeating(asked: Asked) -> Said:
        if "COUNT(*)" in asked.query:
            return table([400], ("comity_count",))
        return table(list(range(200)))

    with stub(repeating) as server, pytest.raises(EndpointError, match="repeat others"):
        RemoteStore(server.url).query("SELECT ?x WHERE { ?x ?p ?o }")


def test_cap_without_count() -> None:
    """Where rows cannot be counted, an answer that may be cut is a limit."""

    def uncounted(asked: Asked) -> Said:
        return Said(b"no", 400, "text/plain") if "COUNT" in asked.query else table([1] * 100)

    with stub(uncounted) as server, pytest.raises(LimitError, match="cannot count its rows"):
        RemoteStore(server.url).query("SELECT ?x WHERE { ?x ?p ?o }")


def test_few_rows_are_not_counted() -> None:
    """An answer of fewer than 100 rows, or of as many as the LIMIT allows, is one request."""
    with stub(lambda _: table(list(range(99)))) as server:
        RemoteStore(server.url).query("SELECT ?x WHERE { ?x ?p ?o }")
        assert len(server.asked) == 1
    with stub(lambda _: table(list(range(200)))) as server:
        RemoteStore(server.url).query("SELECT ?x WHERE { ?x ?p ?o } LIMIT 200")
        assert len(server.asked) == 1


# -- credentials -----------------------------------------------------------------------------


def credentials(scheme: str) -> Credentials:
    """Credentials as the environment gives them."""
    values = {
        "COMITY_ENDPOINT_USER": "ann",
        "COMITY_ENDPOINT_PASSWORD": SECRET,
        "COMITY_ENDPOINT_TOKEN": SECRET,
    }
    return Credentials.from_environment(scheme, values)


def guarded(scheme: str) -> Callable[[Asked], Said]:
    """Answers who says the right thing."""
    challenge = {
        "basic": 'Basic realm="kg"',
        "digest": 'Digest realm="kg", nonce="abc", qop="auth"',
        "bearer": "Bearer",
    }[scheme]

    def answering(asked: Asked) -> Said:
        said = asked.headers.get("authorization", "")
        if scheme == "basic" and said == "Basic YW5uOnMzY3IzdC1hbmQtbG9uZw==":
            return YES
        if scheme == "bearer" and said == f"Bearer {SECRET}":
            return YES
        if scheme == "digest" and said.startswith("Digest "):
            parts = dict(re.findall(r'(\w+)="?([^",]+)"?', said))
            first = hashlib.md5(f"ann:kg:{SECRET}".encode()).hexdigest()
            second = hashlib.md5(f"GET:{parts['uri']}".encode()).hexdigest()
            text = f"{first}:abc:{parts['nc']}:{parts['cnonce']}:auth:{second}"
            if parts["response"] == hashlib.md5(text.encode()).hexdigest():
                return YES
        return Said(status=401, headers={"WWW-Authenticate": challenge})

    return answering


@pytest.mark.parametrize("scheme", ["basic", "digest", "bearer"])
def test_authentication(scheme: str) -> None:
    """Each scheme signs its requests; nobody else is let in."""
    with stub(guarded(scheme)) as server:
        asking = RemoteStore(server.url, credentials=credentials(scheme))
        assert asking.query("ASK {}") == Answer(True)
        with pytest.raises(EndpointError, match=rf"wants credentials.*--auth {scheme}"):
            ask(server.url)


@pytest.mark.parametrize("scheme", ["basic", "digest", "bearer"])
def test_secrets_stay_secret(scheme: str) -> None:
    """No message, repr or traceback holds a password or token."""
    refused = Said(status=401, headers={"WWW-Authenticate": "Negotiate"})
    with stub(lambda _: refused) as server:
        asking = RemoteStore(server.url, credentials=credentials(scheme))
        with pytest.raises(EndpointError, match="refuses these credentials") as caught:
            asking.query("ASK {}")
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in repr(credentials(scheme))


def test_netrc_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """Without --auth no password is sent, whatever ~/.netrc holds."""
    from pathlib import Path

    file = Path(str(tmp_path)) / "netrc"
    file.write_text(f"machine 127.0.0.1 login ann password {SECRET}\n")
    monkeypatch.setenv("NETRC", str(file))
    with stub(lambda _: YES) as server:
        ask(server.url)
        assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    ("scheme", "values", "words"),
    [
        ("basic", {}, "COMITY_ENDPOINT_USER and COMITY_ENDPOINT_PASSWORD"),
        ("bearer", {"COMITY_ENDPOINT_USER": "ann"}, "COMITY_ENDPOINT_TOKEN"),
        ("kerberos", {}, "one of basic, digest, bearer"),
        ("bearer", {"COMITY_ENDPOINT_TOKEN": "a\nb"}, "line break"),
    ],
)
def test_missing_credentials(scheme: str, values: dict[str, str], words: str) -> None:
    """A variable that is missing or unfit is named."""
    with pytest.raises(UsageError, match=words):
        Credentials.from_environment(scheme, values)


# -- addresses -------------------------------------------------------------------------------


def test_redirect_on_the_same_host() -> None:
    """A redirect on the same host is followed, with credentials."""

    def moved(asked: Asked) -> Said:
        if asked.path.startswith("/sparql"):
            new = asked.path.replace("/sparql", "/new", 1)
            return Said(status=308, headers={"Location": new})
        return guarded("bearer")(asked)

    with stub(moved) as server:
        asking = RemoteStore(server.url, credentials=credentials("bearer"))
        assert asking.query("ASK { ?s ?p ?o }") == Answer(True)


def test_redirect_to_another_host() -> None:
    """A redirect to another host is not followed: it would get the query and the password."""
    with stub(lambda _: YES) as other:
        elsewhere = Said(
            status=307, headers={"Location": other.url.replace("127.0.0.1", "localhost")}
        )
        with stub(lambda _: elsewhere) as server:
            asking = RemoteStore(server.url, credentials=credentials("basic"))
            with pytest.raises(EndpointError, match="points to another host"):
                asking.query("ASK {}")
        assert other.asked == []


def test_redirect_in_a_circle() -> None:
    """A server that points to itself for ever is given up."""
    circle = Said(status=302, headers={"Location": "/sparql?query=x"})
    with stub(lambda _: circle) as server, pytest.raises(EndpointError, match="circle"):
        ask(server.url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.org/sparql", "http or https"),
        ("example.org", "http or https"),
        (f"https://ann:{SECRET}@example.org/sparql", "holds no user or password"),
        ("http://[::1/sparql", "no URL"),
        ("http://example.org:port/", "no URL"),
    ],
)
def test_unfit_address(url: str, words: str) -> None:
    """An address that cannot be one is refused, without repeating a password."""
    with pytest.raises(UsageError, match=words) as caught:
        KnowledgeGraph.connect(url)
    assert SECRET not in str(caught.value)


def test_parameters_of_the_address_are_kept() -> None:
    """Parameters in the address are sent with every query, and not shown."""
    with stub(lambda _: YES) as server:
        ask(f"{server.url}?key={SECRET}&empty=")
        sent = parse_qs(urlsplit(server.asked[0].path).query, keep_blank_values=True)
    assert sent["key"] == [SECRET] and sent["empty"] == [""] and sent["query"]
    assert shown(f"{server.url}?key={SECRET}") == server.url
