"""The validation report of a release: its quads held to the shapes of the release profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from comity.check import accepted, check_documents, load_shapes, report_turtle
from comity.model import Violation
from comity.publish.content import Content, Part
from comity.publish.sorting import sorted_lines

PROFILE = "release"


def check_release(content: Content) -> list[Violation]:
    """Every way in which the content breaks the shapes of the release profile.

    Args:
        content: What is published.
    """
    catalogue = content.namespaces.catalogue
    shared = b""
    for graph, triples in graphs(content):
        if graph == catalogue:
            shared = triples
    documents = ((graph, triples) for graph, triples in graphs(content) if graph != catalogue)
    return list(check_documents(documents, shared, load_shapes(profile=PROFILE)))


def graphs(content: Content) -> Iterator[tuple[str, bytes]]:
    """Each named graph, in order of their IRIs, with its sorted N-Triples; one at a time.

    Args:
        content: What is published.
    """
    turned = (_turned(line) for line in content.lines())
    for graph, lines in groupby(sorted_lines(turned), key=lambda line: line.partition(b" ")[0]):
        yield graph[1:-1].decode(), b"".join(line.partition(b" ")[2] for line in lines)


def _turned(line: bytes) -> bytes:
    """A line with its graph in front."""
    triple, _, graph = line.removesuffix(b" .\n").rpartition(b" ")
    return graph + b" " + triple + b" .\n"


def write_report(violations: list[Violation], content: Content, folder: Path) -> list[Part]:
    """Write the report as RDF and as JSON.

    `conforms` is SHACL's: no result at all; `accepted`: no sh:Violation among them.
    """
    text = report_turtle(violations, content.namespaces.base)
    (folder / "report.ttl").write_text(text, encoding="utf-8", newline="\n")
    told = {
        "profile": PROFILE,
        "conforms": not violations,
        "accepted": accepted(violations),
        "results": [asdict(violation) for violation in violations],
    }
    body = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / "report.json").write_text(body, encoding="utf-8", newline="\n")
    shacl = "http://www.w3.org/ns/shacl#"
    return [
        Part("report.ttl", "Validation report", "text/turtle", conforms_to=shacl, role="metadata"),
        Part("report.json", "Validation report", "application/json", role="metadata"),
    ]
