"""How far a build has come: a bar on terminals, now and then a line elsewhere."""

from __future__ import annotations

from time import monotonic

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from comity.cli.console import err, note

QUIET = 10.0
"""Seconds between two lines, and before the first, where stderr is no terminal."""


class Bar:
    """Progress on stderr: a bar that is drawn on terminals, plain lines elsewhere.

    Lines come at most every `QUIET` seconds, so that short builds print none.
    """

    def __init__(self) -> None:
        self._drawn = err().is_terminal
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=err(),
            transient=True,
            disable=not self._drawn,
        )
        self._total: int | None = None
        self._task = self._progress.add_task("reading", total=None)
        self._told = monotonic()

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, step: str, done: int) -> None:
        """Show how many documents a step has done.

        Args:
            step: One of the steps of `comity.pipeline.Progress`.
            done: How many documents it has done.
        """
        if step == "read":
            self._total = done
            self._progress.update(self._task, description="extracting", total=done, completed=0)
            self._say(f"{done} documents read")
        elif step == "extract":
            description = "checking" if done == self._total else "extracting"
            self._progress.update(self._task, description=description, completed=done)
            self._say(f"extracting: {done} of {self._total} documents")
        elif step == "check":
            self._progress.update(self._task, description="storing")
            self._say(f"storing: {done} documents checked")

    def _say(self, line: str) -> None:
        now = monotonic()
        if not self._drawn and now - self._told >= QUIET:
            self._told = now
            note(line)
