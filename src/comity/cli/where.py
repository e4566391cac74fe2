"""Which graph a command asks: a folder on this machine, or an endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from comity.cli.console import note
from comity.errors import UsageError

if TYPE_CHECKING:
    from comity.asking import Asking

ENDPOINT = Annotated[
    str | None,
    typer.Option(
        "--endpoint", envvar="COMITY_ENDPOINT", help="Ask this SPARQL 1.1 server, not a folder."
    ),
]
AUTH = Annotated[
    str | None,
    typer.Option(
        "--auth",
        envvar="COMITY_ENDPOINT_AUTH",
        help="basic, digest or bearer: COMITY_ENDPOINT_USER and _PASSWORD, or _TOKEN, are sent.",
    ),
]
TIMEOUT = Annotated[
    float, typer.Option("--timeout", min=0.1, help="Seconds that one request may take.")
]
OWN_WORDS = Annotated[
    list[Path] | None,
    typer.Option(
        "--vocabulary",
        help="With --endpoint: Turtle with concepts, labels or actors of your own; repeatable.",
        readable=False,
    ),
]


def opened(
    context: typer.Context,
    kg: Path,
    endpoint: str | None,
    auth: str | None = None,
    timeout: float = 60.0,
    vocabulary: Sequence[Path] = (),
) -> Asking:
    """The graph that a command asks.

    A folder named in the command wins over an endpoint of the environment.

    Args:
        context: The command, whose options are called kg, endpoint and auth.
        kg: The graph folder.
        endpoint: The address of a server, or None.
        auth: How to say who asks.
        timeout: Seconds that one request may take.
        vocabulary: Turtle files of the user's own, for names that are looked up.

    Raises:
        UsageError: if the command names a folder and an endpoint, or credentials are missing.
        GraphFolderError: if there is no graph in the folder.
    """
    from comity.graph import KnowledgeGraph

    if endpoint is not None and named(context, "kg"):
        if named(context, "endpoint"):
            raise UsageError("name a graph folder or an endpoint, not both")
        endpoint = None
    if endpoint is None:
        if auth is not None and named(context, "auth"):
            raise UsageError("--auth is for an endpoint", hint="name one with --endpoint")
        if vocabulary:
            raise UsageError("a graph folder has the vocabulary it was built with")
        return KnowledgeGraph.open(kg)
    warn_if_overheard(endpoint, auth)
    return KnowledgeGraph.connect(endpoint, auth=auth, timeout=timeout, vocabulary=vocabulary)


def warn_if_overheard(url: str, auth: str | None) -> None:
    """Say so when a password or token would go over the network as it is."""
    parts = urlsplit(url)
    here = (parts.hostname or "") in ("localhost", "127.0.0.1", "::1")
    if auth in ("basic", "bearer") and parts.scheme == "http" and not here:
        note(f"--auth {auth} over http:// can be read on the way; ask for https://")


def named(context: typer.Context, parameter: str) -> bool:
    """Whether the user gave an option in the command itself, not in the environment."""
    source = context.get_parameter_source(parameter)
    return source is not None and source.name == "COMMANDLINE"
