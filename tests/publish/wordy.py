"""A corpus of long passages in words of our own: English, broken into lines, and Chinese."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from comity.identifiers import statement_id
from comity.model import Document, Mention, Statement
from comity.records import statement_to_record
from comity.text.read import read_sources

LONG = (
    "The ministry will protect the trade secrets of every enterprise that comes to the country, "
    "large or small, old or new, in any field of industry, so long as it keeps them secret itself"
)
JUST = "will grant " + " ".join(f"plot{n}" for n in range(1, 24))
BROKEN = "Offices will exchange data.\n\nThey will meet twice a year"
CHINESE = "双方将加强知识产权保护合作，完善商业秘密保护制度，并就地理标志的相互承认定期举行磋商会议"
FRONT = """---
title: {title}
type: press-release
publisher: Ministry of Seeds
date: 2024-05-06
language: {language}
url: https://example.org/{language}
license: {license}
---

"""


def _statement(document: Document, quote: str, **said: object) -> Statement:
    start = document.text.index(quote)
    end = start + len(quote)
    known = {"measure_type": "rights-protection", "direction": "strengthen", "action": "protect"}
    return Statement(
        statement_id(document.id, start, end, 0),
        document.id,
        start,
        end,
        quote,
        date="2024-05-06",
        modality="commitment",
        extractor="hand/1",
        review="accepted",
        **{**known, "areas": ("trade-secrets",), **said},  # type: ignore[arg-type]
    )


def write_corpus(folder: Path, license_: str = "all rights reserved") -> list[Path]:
    """Write texts and codings.

    Args:
        folder: Where.
        license_: What the front matter of the texts says.

    Returns:
        The texts.
    """
    bodies = {
        "en": f"{LONG}.\n\nThe council {JUST}.\n\n{BROKEN}.\n",
        "zh-Hans": f"{CHINESE}。\n",
    }
    paths = []
    for language, body in bodies.items():
        head = FRONT.format(title=f"Note {language}", language=language, license=license_)
        paths.append(folder / f"note-{language}.md")
        paths[-1].write_text(head + body, encoding="utf-8")
    with (folder / "notes.statements.jsonl").open("w", encoding="utf-8") as out:
        for statement in statements(*paths):
            out.write(json.dumps(statement_to_record(statement), ensure_ascii=False) + "\n")
    return paths


@cache
def statements(*paths: Path) -> tuple[Statement, ...]:
    """The codings of the texts."""
    found = {d.language: d for d in read_sources(paths) if isinstance(d, Document)}
    english, chinese = found["en"], found["zh-Hans"]
    office = Mention("Offices", "WIPO")
    return (
        _statement(
            english,
            LONG,
            object=LONG[26:],
            action_text="will protect",
            principles=(LONG[LONG.index("large") :],),
            conditions=("so long as it keeps them secret itself",),
        ),
        _statement(english, JUST, action="grant", object=JUST[11:]),
        _statement(english, BROKEN, action="exchange", object="data", actors=(office,)),
        _statement(chinese, CHINESE, object=CHINESE[5:], conditions=("定期",)),
    )
