"""One sentence on its way from text to Turtle; run this file to write what each step gives.

The route of `comity.pipeline`, one step at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from comity.extract.english import EnglishExtractor
from comity.lexicon import Lexicon
from comity.link.linker import Linker
from comity.model import Document, Statement
from comity.rdf.namespaces import Namespaces
from comity.rdf.turtle import serialize
from comity.rdf.vocabulary import load
from comity.rdf.write import document_triples
from comity.records import document_to_record, statement_to_record
from comity.text.read import read_file

FOLDER = Path(__file__).parent
STEPS = ("document.json", "extracted.json", "linked.json", "sentence.ttl")


def steps(file: Path) -> dict[str, str]:
    """What each step makes of a file, by the name of the file that keeps it."""
    vocabulary = load()
    lexicon = Lexicon(vocabulary)
    namespaces = Namespaces()

    (document,) = read_file(file)
    assert isinstance(document, Document)
    extracted = EnglishExtractor(lexicon).extract(document)
    linked = Linker(lexicon).link(document, extracted).statements
    triples = document_triples(document, linked, vocabulary, namespaces)
    turtle = serialize(triples, namespaces.prefixes())

    found = (as_json(document_to_record(document)), records(extracted), records(linked), turtle)
    return dict(zip(STEPS, found, strict=True))


def records(statements: Iterable[Statement]) -> str:
    """Statements as a JSON array of records, indented to be read."""
    return as_json([statement_to_record(s) for s in statements])


def as_json(value: object) -> str:
    """JSON for people, keys in the order of the schema."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for name, content in steps(FOLDER / "sentence.txt").items():
        (FOLDER / name).write_text(content, encoding="utf-8", newline="\n")
