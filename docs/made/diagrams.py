"""Pictures of the model, drawn from the ontology and from one coded statement."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS

from made.terms import COMITY, ROOT, SCHEMA

STATEMENT = "statement-15b7101947a7fc5d6c2b"
STYLE = """
text { font: 13px "DejaVu Sans", Verdana, sans-serif; fill: #1b1f24; }
.name { font-weight: bold; } .small { font-size: 11px; } .edge { font-size: 11px; fill: #0b4f8a; }
.box { fill: #eef4fb; stroke: #0b4f8a; stroke-width: 1.5; rx: 6; }
.code { fill: #fdf3e1; stroke: #9a5b00; stroke-width: 1.5; rx: 6; }
.words { fill: #eaf5ea; stroke: #2c6e2f; stroke-width: 1.5; rx: 6; }
line { stroke: #55606b; stroke-width: 1.2; marker-end: url(#tip); }
.halo { fill: #ffffff; }
"""
TIP = """\
<defs><marker id="tip" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto">
<path d="M0,0 L8,4 L0,8 z" fill="#55606b"/></marker></defs>"""


@dataclass(frozen=True)
class Box:
    """A box with its middle, its lines of text and how it is drawn."""

    x: float
    y: float
    lines: tuple[str, ...]
    kind: str = "box"

    @property
    def width(self) -> float:
        """As wide as its longest line."""
        return max(8.2 * max(len(line) for line in self.lines) + 20, 90)

    @property
    def height(self) -> float:
        """As high as its lines."""
        return 18 * len(self.lines) + 12

    def edge(self, towards: Box) -> tuple[float, float]:
        """Where a line from the middle towards another box leaves this one."""
        dx, dy = towards.x - self.x, towards.y - self.y
        scale = min(
            (self.width / 2) / abs(dx) if dx else 9e9, (self.height / 2) / abs(dy) if dy else 9e9
        )
        return self.x + dx * scale, self.y + dy * scale


def svg(
    size: tuple[int, int], boxes: dict[str, Box], edges: Iterable[tuple[str, str, str]], title: str
) -> str:
    """A picture of boxes and labelled arrows."""
    width, height = size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        TIP,
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    labels: list[str] = []
    for start, end, label in edges:
        (x1, y1), (x2, y2) = boxes[start].edge(boxes[end]), boxes[end].edge(boxes[start])
        parts.append(f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"/>')
        labels += _label((x1 + x2) / 2, (y1 + y2) / 2, label)
    parts += [*labels, *(part for box in boxes.values() for part in _box(box))]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _label(x: float, y: float, label: str) -> Iterator[str]:
    lines = label.split("\n")
    wide, top = 6.9 * max(map(len, lines)) + 8, y - 7 * len(lines)
    yield (
        f'<rect class="halo" x="{x - wide / 2:.0f}" y="{top:.0f}" width="{wide:.0f}" '
        f'height="{14 * len(lines)}"/>'
    )
    for number, line in enumerate(lines):
        at = top + 11 + 14 * number
        yield (
            f'<text class="edge" x="{x:.0f}" y="{at:.0f}" text-anchor="middle">'
            f"{escape(line)}</text>"
        )


def _box(box: Box) -> Iterator[str]:
    left, top = box.x - box.width / 2, box.y - box.height / 2
    yield (
        f'<rect class="{box.kind}" x="{left:.0f}" y="{top:.0f}" width="{box.width:.0f}" '
        f'height="{box.height:.0f}"/>'
    )
    for number, line in enumerate(box.lines):
        kind = ' class="name"' if number == 0 else ' class="small"'
        at = top + 20 + 18 * number
        yield (
            f'<text{kind} x="{box.x:.0f}" y="{at:.0f}" text-anchor="middle">{escape(line)}</text>'
        )


def _classes(graph: Graph) -> dict[str, Box]:
    kinds = sorted(
        str(term).removeprefix(str(COMITY))
        for term in graph.subjects(RDFS.subClassOf, COMITY.Actor)
    )
    shown = (", ".join(kinds[:3]), ", ".join(kinds[3:6]), ", ".join(kinds[6:]))
    return {
        "Actor": Box(520, 60, ("Actor", *shown)),
        "Statement": Box(520, 330, ("Statement",)),
        "Measure": Box(840, 330, ("Measure",)),
        "Concept": Box(960, 530, ("skos:Concept", "area, measure type, direction,", "modality …")),
        "Kind": Box(150, 570, ("skos:Concept", "document type, event type …")),
        "Document": Box(170, 330, ("Document", "LegalDocument")),
        "Event": Box(330, 450, ("Event",)),
        "SpecificResource": Box(
            560, 550, ("oa:SpecificResource", "the passage: offsets and words")
        ),
        "Mention": Box(850, 150, ("Mention", "a name in the text")),
        "Membership": Box(130, 60, ("Membership",)),
        "Tenure": Box(150, 150, ("Tenure",)),
        "LineageLink": Box(330, 215, ("LineageLink",)),
        "WithdrawnResource": Box(1010, 60, ("WithdrawnResource", "described no longer")),
    }


def model() -> str:
    """The classes, and the properties that tie them."""
    graph = Graph().parse(ROOT / "ontology" / "comity.ttl")
    boxes = _classes(graph)
    ties: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in sorted(graph.subjects(RDF.type, OWL.ObjectProperty)):
        if term not in COMITY or (term, COMITY.path, None) in graph:
            continue
        name = str(term).removeprefix(str(COMITY))
        for source in graph.objects(term, SCHEMA.domainIncludes):
            for target in graph.objects(term, SCHEMA.rangeIncludes):
                ends = tuple(
                    str(end).replace("#", "/").rpartition("/")[2] for end in (source, target)
                )
                ends = tuple("Actor" if end == "Person" else end for end in ends)
                if ends[0] in ("Document", "Event") and ends[1] == "Concept":
                    ends = (ends[0], "Kind")
                if ends[0] != ends[1] and set(ends) <= set(boxes):
                    ties[ends[0], ends[1]].append(name)
    edges = []
    for (start, end), names in sorted(ties.items()):
        unique = sorted(set(names))
        rows = [", ".join(unique[n : n + 2]) for n in range(0, len(unique), 2)]
        edges.append((start, end, "\n".join(rows)))
    return svg((1150, 600), boxes, edges, "The classes of Comity and the properties that tie them")


def statement() -> str:
    """One coded statement of the example corpus, with what it ties together."""
    record = _record()
    (actor,) = record["actors"]
    (area,) = record["areas"]
    kind, direction = record["measure_type"], record["direction"]
    boxes = {
        "text": Box(420, 45, (f"… {record['quote']} …", "the words of the text"), "words"),
        "evidence": Box(
            750, 130, ("evidence", f"characters {record['start']} to {record['end']}"), "words"
        ),
        "document": Box(980, 240, ("Document", record["document"][:18] + "…", record["date"])),
        "statement": Box(420, 240, ("Statement", record["id"])),
        "actor": Box(110, 150, (f"actor:{actor['id']}", "China")),
        "measure": Box(420, 380, ("Measure", f"{kind}.{direction}.{area}")),
        "type": Box(160, 500, (f"measure-type:{kind}",), "code"),
        "direction": Box(420, 500, (f"direction:{direction}",), "code"),
        "area": Box(700, 500, (f"area:{area}",), "code"),
        "modality": Box(110, 330, (f"modality:{record['modality']}",), "code"),
    }
    edges = [
        ("statement", "actor", "actor"),
        ("statement", "measure", "measure"),
        ("statement", "modality", "modality"),
        ("statement", "evidence", "evidence"),
        ("statement", "document", "statedIn"),
        ("evidence", "document", "oa:hasSource"),
        ("evidence", "text", "oa:exact"),
        ("measure", "type", "measureType"),
        ("measure", "direction", "direction"),
        ("measure", "area", "targetArea"),
    ]
    return svg((1110, 540), boxes, edges, "A statement, its actor, its measure and its passage")


def _record() -> dict[str, Any]:
    for file in sorted((ROOT / "examples" / "corpus").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record: dict[str, Any] = json.loads(line)
            if record["id"] == STATEMENT:
                return record
    raise LookupError(f"{STATEMENT} is not in the example corpus")
