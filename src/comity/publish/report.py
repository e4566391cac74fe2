"""The validation report of a release: its quads held to the shapes of the release profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from comity.check import accepted, check_documents, load_shapes, report_turtle
from comity.model import Violation
from comity.publish.content import Content, Part

PROFILE = "release"


def check_release(content: Content) -> list[Violation]:
    """Every way in which the content breaks the shapes of the release profile.

    Args:
        content: What is published.
    """
    end = f" <{content.namespaces.catalogue}> .\n".encode()
    shared = (line.removesuffix(end) for line in content.lines() if line.endswith(end))
    catalogue = b"".join(triple + b" .\n" for triple in shared)
    documents = (each for each in graphs(content) if each[0] != content.namespaces.catalogue)
    return list(check_documents(documents, catalogue, load_shapes(profile=PROFILE)))


def graphs(content: Content) -> Iterator[tuple[str, bytes]]:
    """Each named graph, in order of their IRIs, with its sorted N-Triples; one at a time.

    Args:
        content: What is published.
    """
    for graph, triples in content.graphs():
        yield graph[1:-1], "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()


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
