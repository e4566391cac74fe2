"""The command line: data on stdout, messages on stderr, exit codes that tell.

0 fine, 1 findings (something set aside, a violation, a difference), 2 usage, 3 unusable
input, 4 a limit was hit.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from comity.cli import (
    asking,
    building,
    checking,
    comparing,
    doctoring,
    exporting,
    following,
    looking,
    networking,
    publishing,
    pushing,
    reviewing,
    scoring,
)
from comity.cli.console import complain
from comity.errors import ComityError
from comity.version import __version__


class _Commands(TyperGroup):
    """The commands; a key that interrupts one ends it in one line."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain("interrupted; the graph is unchanged")
            raise typer.Exit(130) from None


app = typer.Typer(
    name="comity",
    cls=_Commands,
    epilog="Start with:  comity build SPEECH.txt --out kg   then   comity queries",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"comity {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """Policy texts on intellectual-property cooperation, as a knowledge graph."""


building.add_to(app)
asking.add_to(app)
networking.add_to(app)
looking.add_to(app)
following.add_to(app)
checking.add_to(app)
doctoring.add_to(app)
scoring.add_to(app)
comparing.add_to(app)
pushing.add_to(app)
reviewing.add_to(app)
exporting.add_to(app)
publishing.add_to(app)


def main() -> None:
    """Run the command line; every error of ours ends in one clear line and its exit code."""
    try:
        app()
    except ComityError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}")
        sys.exit(ComityError.exit_code)
