"""`comity review`: a walk through doubtful statements in the terminal."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date as calendar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from comity.cli.building import set_aside
from comity.cli.console import GRAPH, note
from comity.errors import ComityError, UsageError

if TYPE_CHECKING:
    from comity.graph import KnowledgeGraph
    from comity.model import Statement, Vocabulary
    from comity.review.session import Choice, Item, Walk

KEYS = {
    "a": "accept",
    "c": "correct",
    "r": "reject",
    "n": "note",
    "s": "skip",
    "b": "back",
    "q": "quit",
}
ALWAYS = frozenset(
    {"actors", "action", "object", "measure_type", "direction", "areas", "modality", "negated"}
)
"""Fields that are shown even when they hold nothing."""
_HEADS = {"speaker": "speaker", "action_text": "its words", "measure_type": "measure type"}


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity review kg --below 0.7 --reviewer AB   "
        "comity review kg --area trade-secrets --limit 20   "
        "comity build texts/ --out kg --corrections corrections.jsonl"
    )(review)


def review(
    graph: Annotated[
        Path | None, typer.Argument(help="The graph folder; else --kg.", readable=False)
    ] = None,
    kg: GRAPH = Path("kg"),
    corrections: Annotated[
        Path, typer.Option("--corrections", help="The file of decisions.", readable=False)
    ] = Path("corrections.jsonl"),
    below: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Ask for statements less sure than this.")
    ] = None,
    actor: Annotated[
        list[str] | None, typer.Option(help="Only those with this actor, in any role; repeatable.")
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option(help="Only this area and narrower ones; repeatable.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option(help="Only this document: file, id or title; repeatable.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask for so many at most.")] = None,
    reviewer: Annotated[
        str | None, typer.Option(envvar="COMITY_REVIEWER", help="Who decides.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The day of the decisions; today when left out.")
    ] = None,
) -> None:
    """Walk through statements that nobody has decided on: accept, correct or reject them.

    Every decision is written to the file of corrections at once; `comity build --corrections`
    applies them, whatever the extractor finds then. Start again to go on where you stopped.
    Keys: a accept, c correct a field, r reject, n note, s skip, b back, q quit.
    """
    from comity.graph import KnowledgeGraph

    opened = KnowledgeGraph.open(graph or kg)
    choice = _choice(opened, below, actor, area, document)
    walk, unread = _walk(opened, corrections, choice, limit)
    walk.reviewer, walk.date = reviewer, _day(date)
    _hold(walk, corrections)
    told = ", ".join(f"{count} {name}" for name, count in walk.summary().items())
    note(f"{told}; decisions in {corrections}")
    raise typer.Exit(1 if unread else 0)


def _walk(graph: KnowledgeGraph, file: Path, choice: Choice, limit: int | None) -> tuple[Walk, int]:
    """The walk through what is left, and how many lines of the file are no corrections."""
    from comity.review.corrections import Corrections, append_correction, read_corrections
    from comity.review.session import Walk, waiting
    from comity.words import Words

    known = read_corrections([file]) if file.exists() else Corrections()
    set_aside(known.rejections)
    vocabulary, documents = graph.vocabulary, list(graph.documents())
    items, done = waiting(documents, graph.records(), known, choice, vocabulary)
    if done:
        note(f"{done} of the statements asked for are decided already")
    walk = Walk(items[:limit], Words(vocabulary), lambda made: append_correction(file, made))
    return walk, len(known.rejections)


def _hold(walk: Walk, file: Path) -> None:
    """Go the walk, and leave the file sorted however it ends."""
    from comity.review.corrections import sort_file

    try:
        _Terminal(walk, Console(highlight=False, emoji=False)).run()
    finally:
        if file.exists():
            sort_file(file, without=walk.passed)


def _day(given: str | None) -> str:
    from comity.dates import is_iso_date

    if given is None:
        return calendar.today().isoformat()
    if len(given) != 10 or not is_iso_date(given):
        raise UsageError(f"{given!r} is no day", hint="write it as 2026-11-24")
    return given


def _choice(
    graph: KnowledgeGraph,
    below: float | None,
    actors: list[str] | None,
    areas: list[str] | None,
    documents: list[str] | None,
) -> Choice:
    """What the options ask for, by ids and codes."""
    from comity.review.session import Choice
    from comity.review.texts import Texts
    from comity.words import Words

    words, texts = Words(graph.vocabulary), Texts(graph.documents())
    return Choice(
        below=1.01 if below is None else below,
        actors=frozenset(words.actor(name) for name in actors or ()),
        areas=frozenset(words.code("area", name) for name in areas or ()),
        documents=frozenset(texts.document(name).id for name in documents or ()),
    )


class _Terminal:
    """Shows a walk, and does what the keys say."""

    def __init__(self, walk: Walk, screen: Console) -> None:
        self.walk = walk
        self.screen = screen
        self._warned = False

    def run(self) -> None:
        """Ask for one statement after the other, until the last, ``q`` or the end of input."""
        shown: Item | None = None
        while (item := self.walk.item) is not None:
            if item is not shown:
                self._show(item)
                shown = item
            try:
                key = self._key()
            except (EOFError, KeyboardInterrupt):
                self.screen.print()
                return
            if key in ("s", "q") and self._unkept(item):
                continue
            if key == "q":
                return
            shown = None if self._act(key, item) else shown

    def _act(self, key: str, item: Item) -> bool:
        """Do what a key says; whether the statement is to be shown again."""
        try:
            match key:
                case "a":
                    self.walk.accept()
                case "r":
                    self.walk.reject()
                case "s":
                    self.walk.forward()
                case "b":
                    if not self.walk.back():
                        self._say("this is the first one")
                        return False
                case "c":
                    return self._correct(item)
                case "n":
                    item.note = self._line("note: ") or None
                    return False
                case _:
                    self._say(f"no key {key!r}: " + self._legend().plain)
                    return False
        except (EOFError, KeyboardInterrupt):
            self.screen.print()
            return False
        return True

    def _correct(self, item: Item) -> bool:
        """Ask for fields and values until a field is left empty; then go on."""
        corrected = False
        while True:
            again = "another field (Enter: done): " if corrected else "field: "
            try:
                name = self._line(again)
                if not name:
                    break
                corrected = self._ask(item, name) or corrected
            except EOFError:
                break
            except ComityError as error:
                self._say(f"{error.message}{f' ({error.hint})' if error.hint else ''}")
        if corrected:
            self.walk.forward()
        return corrected

    def _ask(self, item: Item, name: str) -> bool:
        """Ask for the value of a field until it is one; False when it is left as it is."""
        from comity.review.fields import show

        chosen = self.walk.field(name)
        now = show(chosen, getattr(item.draft, chosen))
        self._say(f"{chosen} is {now or 'empty'}")
        text = self._line(f"{chosen}: ")
        while True:
            try:
                value = self.walk.correct(chosen, text)
            except ComityError as error:
                self._say(f"{error.message}{f' ({error.hint})' if error.hint else ''}")
                text = self._line(f"{chosen} (Enter: leave it): ")
                if not text:
                    return False
            else:
                self._say(f"{chosen} is now {show(chosen, value) or 'empty'}", "green")
                return True

    def _unkept(self, item: Item) -> bool:
        """Whether a note would be lost: said once."""
        kept = item.decision.note if item.decision is not None else None
        if item.note == kept or self._warned:
            self._warned = False
            return False
        self._say("the note goes with a decision: a, c or r; the same key again drops it")
        self._warned = True
        return True

    # -- what is shown -------------------------------------------------------------------

    def _show(self, item: Item) -> None:
        statement = item.draft
        place = item.document.file or item.document.title or item.document.id
        head = f"{self.walk.at + 1} of {len(self.walk.items)}"
        self.screen.print()
        self.screen.print(
            Rule(
                Text(f"{head} · {_safe(place)} · confidence {statement.confidence:.2f}"),
                align="left",
                style="dim",
            )
        )
        self.screen.print(_passage(item, marks=self._marks()))
        self.screen.print()
        self.screen.print(_table(item, self.walk.words.vocabulary))
        if item.decision is not None:
            self._say(f"decided: {item.decision.decision}")
        if item.note:
            self._say(f"note: {item.note}")
        self.screen.print(self._legend())

    def _marks(self) -> bool:
        """Whether the passage needs brackets: where there are no colours."""
        return self.screen.color_system is None or self.screen.no_color

    def _legend(self) -> Text:
        legend = Text()
        for key, name in KEYS.items():
            legend.append(key, style="bold").append(f" {name}   ", style="dim")
        legend.rstrip()
        return legend

    def _say(self, message: str, style: str = "yellow") -> None:
        self.screen.print(Text(_safe(message), style=style))

    # -- what is asked -------------------------------------------------------------------

    def _key(self) -> str:
        """One key; one line where the input is no terminal.

        Raises:
            EOFError: When the input ends.
        """
        self.screen.print("> ", end="")
        if not sys.stdin.isatty():
            return self._line("").casefold()
        import click

        key = click.getchar().casefold()
        self.screen.print(Text(_safe(key.strip())))
        return key

    def _line(self, prompt: str) -> str:
        self.screen.print(Text(prompt, style="bold"), end="")
        if sys.stdin.isatty():
            return input().strip()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        self.screen.print(Text(_safe(line.strip())))
        return line.strip()


def _passage(item: Item, *, marks: bool) -> Text:
    """The passage in its surroundings."""
    from comity.review.session import SURROUNDINGS

    text, start, end = item.document.text, item.found.start, item.found.end
    before = text[max(0, start - SURROUNDINGS) : start]
    after = text[end : end + SURROUNDINGS]
    if start > SURROUNDINGS:
        before = "…" + before.partition(" ")[2]
    if end + SURROUNDINGS < len(text):
        after = after.rpartition(" ")[0] + " …"
    shown = Text()
    shown.append(_paragraphs(before))
    inner = _paragraphs(text[start:end])
    shown.append(f"⟦{inner}⟧" if marks else inner, style="bold reverse")
    shown.append(_paragraphs(after))
    return shown


def _table(item: Item, vocabulary: Vocabulary) -> Table:
    """The reading, field by field; what was corrected has a star and its value before."""
    from comity.review.fields import READING, changed, show

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    corrected = changed(item.found, item.draft)
    for name in READING:
        value = getattr(item.draft, name)
        if not (name in ALWAYS or value or name in corrected):
            continue
        cell = _value(name, item.draft, vocabulary)
        if name in corrected:
            before = show(name, getattr(item.found, name)) or "empty"
            cell.append(f"  (was {_safe(before)})", style="yellow")
        head = _HEADS.get(name, name.replace("_", " "))
        table.add_row(f"* {head}" if name in corrected else f"  {head}", cell)
    return table


def _value(name: str, statement: Statement, vocabulary: Vocabulary) -> Text:
    """A value as it is typed, with the names of codes and actors."""
    from comity.review.fields import MENTIONS, SCHEMES

    value: Any = getattr(statement, name)
    if name in (*MENTIONS, "speaker"):
        mentions = value if isinstance(value, tuple) else (value,) if value else ()
        return Text("\n").join(_mention(m, vocabulary) for m in mentions)
    if name in SCHEMES:
        codes = value if isinstance(value, tuple) else (value,)
        lines = []
        for code in codes:
            concept = vocabulary.concepts.get((SCHEMES[name], code))
            lines.append(Text(code))
            if concept is not None and concept.name().casefold() != code:
                lines[-1].append(f"  {concept.name()}", style="dim")
        return Text("\n").join(lines)
    if isinstance(value, bool):
        return Text("true" if value else "false")
    if isinstance(value, tuple):
        return Text("\n").join(Text(_safe(words)) for words in value)
    return Text(_safe(str(value or "")))


def _mention(mention: Any, vocabulary: Vocabulary) -> Text:
    shown = Text(_safe(mention.text))
    if mention.id:
        actor = vocabulary.actors.get(mention.id)
        shown.append(f" <{mention.id}>")
        if actor is None:
            shown.append("  not in the vocabulary", style="dim")
        elif actor.name() != mention.text:
            shown.append(f"  {actor.name()}", style="dim")
    if mention.on_behalf_of:
        shown.append(f"  for {mention.on_behalf_of}")
    return shown


def _safe(text: str) -> str:
    """Text without signs that a terminal would obey; white space as one space."""
    spaced = re.sub(r"\s+", " ", text)
    return "".join("�" if unicodedata.category(s) in ("Cc", "Cf") else s for s in spaced)


def _paragraphs(text: str) -> str:
    """As `_safe`, each paragraph on a line of its own."""
    return "\n".join(_safe(part) for part in re.split(r"\s*\n\s*", text))
