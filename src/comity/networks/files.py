"""Networks as files: GraphML, GEXF, node-link JSON, edge list, Pajek, and drawings."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import InputError, UsageError

if TYPE_CHECKING:
    import networkx as nx

DRAWINGS = (".png", ".svg")
FILE_FORMATS = (".graphml", ".gexf", ".json", ".csv", ".net")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_format(path: Path) -> None:
    """Refuse a file whose ending names no format.

    Raises:
        UsageError: When no format has that ending.
    """
    known = (*FILE_FORMATS, *DRAWINGS)
    if path.suffix.lower() not in known:
        raise UsageError(
            f"no format for networks ends in {path.suffix.lower()!r}",
            where=str(path),
            hint=f"one of {', '.join(known)}",
        )


def write_network(graph: nx.Graph[Any], path: Path) -> None:
    """Write a network to a file, in the format that its ending names; same graph, same bytes.

    ``.graphml`` and ``.gexf`` are read by Gephi, Cytoscape, igraph and others; ``.json`` is
    networkx's node-link format; ``.csv`` is an edge list with the names of both ends; ``.net`` is
    read by Pajek, and keeps labels and weights only; ``.png`` and ``.svg`` are drawings, see
    `comity.networks.drawing.draw`. Lists are written as words joined by spaces.

    Args:
        graph: What `network` gave.
        path: The file.

    Raises:
        UsageError: When no format has that ending.
        MissingExtraError: When a drawing is asked for and matplotlib is not installed.
        InputError: When the file cannot be written.
    """
    check_format(path)
    form = path.suffix.lower()
    if form in DRAWINGS:
        from comity.networks.drawing import draw

        content = draw(graph, form.removeprefix("."))
    else:
        written = {
            ".csv": _edge_list,
            ".json": _node_link,
            ".gexf": _gexf,
            ".graphml": _graphml,
            ".net": _pajek,
        }
        content = written[form](graph).encode()
    write_bytes(content, path)


def write_bytes(content: bytes, path: Path) -> None:
    """Write a file.

    Raises:
        InputError: When it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _node_link(graph: nx.Graph[Any]) -> str:
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _graphml(graph: nx.Graph[Any]) -> str:
    import networkx as nx

    return "".join(f"{line}\n" for line in nx.generate_graphml(_in_xml(graph)))


def _gexf(graph: nx.Graph[Any]) -> str:
    """As networkx writes it, without the day on which it is written."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(_in_xml(graph))
    for meta in list(writer.xml.iter()):
        for child in [c for c in meta if c.tag.rpartition("}")[2] == "meta"]:
            meta.remove(child)
    return f"{writer}\n"


def _flat(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """A copy whose attributes are numbers and text only."""
    copy = graph.copy()
    for *_, values in (*copy.nodes(data=True), *copy.edges(data=True)):
        for key, value in values.items():
            if isinstance(value, tuple):
                values[key] = " ".join(value)
    return copy


def _in_xml(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """Flat, and without the characters that XML 1.0 cannot hold, which U+FFFD stands for."""
    copy = _flat(graph)
    for *_, values in (*copy.nodes(data=True), *copy.edges(data=True)):
        for key, value in values.items():
            if isinstance(value, str):
                values[key] = _NOT_IN_XML.sub("\ufffd", value)
    return copy


def _edge_list(graph: nx.Graph[Any]) -> str:
    known = ("weight", "first", "last", "statements", "measures", "actors", "issues")
    counts = ("congruence", "conflict", "support", "against", "alpha")
    flat = _flat(graph)
    used = [k for k in (*known, *counts) if any(k in v for *_, v in flat.edges(data=True))]
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["source", "source_label", "target", "target_label", *used])
    label = flat.nodes(data="label")
    for source, target, values in flat.edges(data=True):
        cells = [values.get(key, "") for key in used]
        rows.writerow([source, label[source], target, label[target], *cells])
    return out.getvalue()


def _pajek(graph: nx.Graph[Any]) -> str:
    """Vertices by label, those of one type first where there are two; weighted edges or arcs."""
    types = dict(graph.nodes(data="type"))
    nodes = sorted(graph, key=lambda node: list(dict.fromkeys(types.values())).index(types[node]))
    first = sum(types[node] == types[nodes[0]] for node in nodes)
    two_mode = f" {first}" if len(set(types.values())) == 2 else ""
    number = {node: str(place) for place, node in enumerate(nodes, 1)}
    lines = [f"*Vertices {len(nodes)}{two_mode}"]
    lines += [f"{number[node]} {_quoted(name)}" for node, name in _unique_labels(graph, nodes)]
    lines.append("*Arcs" if graph.is_directed() else "*Edges")
    for source, target, weight in graph.edges(data="weight", default=1):
        lines.append(f"{number[source]} {number[target]} {weight}")
    return "".join(f"{line}\n" for line in lines)


def _unique_labels(graph: nx.Graph[Any], nodes: list[Any]) -> list[tuple[Any, str]]:
    """Labels, with the node's name after those that two nodes bear."""
    labels = [" ".join(str(graph.nodes[node].get("label", node)).split()) for node in nodes]
    times = Counter(labels)
    return [
        (node, label if times[label] == 1 else f"{label} ({node})")
        for node, label in zip(nodes, labels, strict=True)
    ]


def _quoted(label: str) -> str:
    """A label between quotes; Pajek knows no escape for the quotes inside."""
    return '"' + label.replace('"', "'") + '"'
