"""Consoles and options that all commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

GRAPH = Annotated[
    Path,
    typer.Option(
        "--kg", envvar="COMITY_KG", help="The graph folder.", show_default=True, readable=False
    ),
]
JSON = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


PIPE_WIDTH = 2000
"""Columns of a table that goes to a file or pipe: enough never to cut a cell."""


def out() -> Console:
    """The console for data: stdout, never wrapped when it is no terminal."""
    console = Console(highlight=False, soft_wrap=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, emoji=False, width=PIPE_WIDTH)
    return console


def err() -> Console:
    """The console for progress and messages: stderr."""
    return Console(stderr=True, highlight=False, emoji=False)


def note(message: str) -> None:
    """A message for people, on stderr."""
    err().print(escape(message), soft_wrap=True)


def complain(message: str) -> None:
    """What is wrong, on stderr."""
    err().print(f"[bold red]comity:[/] {escape(message)}", soft_wrap=True)
