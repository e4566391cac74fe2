"""The report of a release is that of the release profile over the whole of it."""

from __future__ import annotations

import json
from pathlib import Path

import rdflib

from comity.check import check, load_shapes
from comity.publish.content import Content, parsed
from comity.publish.report import check_release, graphs, write_report


def test_graphs_come_whole_and_in_order(content: Content) -> None:
    """Each named graph once, with all of its triples."""
    found = list(graphs(content))
    assert [graph for graph, _ in found] == sorted({graph for graph, _ in found})
    lines = [
        f"{line.removesuffix(' .')} <{graph}> .\n".encode()
        for graph, text in found
        for line in text.decode().split("\n")[:-1]
    ]
    assert sorted(lines) == list(content.lines())


def test_the_report_is_that_of_the_whole(content: Content, tmp_path: Path) -> None:
    """Checked graph by graph, or all at once: the same results."""
    found = check_release(content)
    union = "".join(" ".join((*parsed(line)[:3], ".\n")) for line in content.lines())
    assert set(found) == set(check(union, load_shapes(profile="release")))
    parts = write_report(found, content, tmp_path)
    assert [part.name for part in parts] == ["report.ttl", "report.json"]
    told = json.loads((tmp_path / "report.json").read_text())
    assert told["accepted"] and not told["conforms"] and len(told["results"]) == len(found)
    report = rdflib.Graph().parse(tmp_path / "report.ttl")
    assert len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))) == len(found)
