"""The words of the pages: all in one place, each in use."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from markupsafe import Markup

from comity.errors import UnknownNameError
from comity.model import SCHEMES
from comity.web.holdings import ROLES
from comity.web.interface import interface
from comity.web.render import SECTIONS
from comity.web.search import ENTRY_KINDS, FACETS
from comity.web.views.listing import KINDS

ROOM = files("comity.web")
SOURCES = [
    *(each.read_text("utf-8") for each in (ROOM / "templates").iterdir()),
    *(each.read_text("utf-8") for each in ROOM.iterdir() if each.name.endswith(".py")),
    (files("comity.publish") / "site.py").read_text("utf-8"),
]
PLAIN = re.compile(r"""["']([a-z_]+\.[a-z][\w-]*)["']""")
FILES = (".html", ".css", ".js", ".svg", ".atom")
MADE = re.compile(r"""\b(?:t|tn|say|count)\(\s*f?["']([a-z_]+\.[\w-]*)(?:["'] ~|\{)""")


def used() -> tuple[set[str], set[str]]:
    """The messages that are named in full, and the beginnings of those that are put together."""
    plain = {name for text in SOURCES for name in PLAIN.findall(text)}
    made = {name for text in SOURCES for name in MADE.findall(text)}
    return plain, made


def test_every_message_that_is_used_exists() -> None:
    """Templates and views name messages that the file of the language has."""
    messages = set(interface().messages)
    plain, _ = used()
    assert len(plain) > 100
    sections = {name.partition(".")[0] for name in messages}
    for name in plain:
        if name.partition(".")[0] not in sections or name.endswith((*FILES, "_")):
            continue
        assert name in messages or {f"{name}_one", f"{name}_other"} <= messages, name


def test_every_message_is_used() -> None:
    """No message is left over."""
    plain, made = used()
    for name in interface().messages:
        single = re.sub(r"_(one|other)$", "", name)
        known = name in plain or single in plain
        assert known or any(name.startswith(start) for start in made), name


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("section", SECTIONS),
        ("role", ROLES),
        ("kind", KINDS),
        ("kinds", KINDS),
        ("scheme", SCHEMES),
        ("scheme_one", SCHEMES),
        ("found", ENTRY_KINDS),
        ("search", FACETS),
    ],
)
def test_every_code_has_its_word(section: str, names: tuple[str, ...]) -> None:
    """What is named by a code of the program has a message for each."""
    assert {f"{section}.{name}" for name in names} <= set(interface().messages)


def test_numbers_go_with_their_words() -> None:
    """One is singular, everything else plural, with separators of thousands."""
    say = interface().count
    assert [say("list.statements", n) for n in (0, 1, 2000)] == [
        "0 statements",
        "1 statement",
        "2,000 statements",
    ]


def test_values_are_escaped() -> None:
    """A value is text, and no markup, unless it is made as markup."""
    say = interface().say
    assert say("statement.says", who="<b>") == "said by &lt;b&gt;"
    assert say("statement.says", who=Markup("<b>")) == "said by <b>"


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [
        ("2019-04-26", "26 April 2019", "26 Apr 2019"),
        ("2019-04", "April 2019", "Apr 2019"),
        ("2019", "2019", "2019"),
        ("--04-26", "26 April", "26 Apr"),
        ("2019-13-01", "1 13 2019", "1 13 2019"),
        ("spring", "spring", "spring"),
    ],
)
def test_dates_are_as_precise_as_known(date: str, long: str, short: str) -> None:
    """A date is written with what is known of it; what is none is left as it is."""
    assert interface().date(date) == long
    assert interface().date(date, short=True) == short


@pytest.mark.parametrize("language", ["xx", "../en", ""])
def test_other_languages_are_refused(language: str) -> None:
    """A language that the pages do not speak is named in the message."""
    with pytest.raises(UnknownNameError, match="do not speak"):
        interface(language)
