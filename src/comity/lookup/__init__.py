"""Finding, showing and citing what a graph says: for readers rather than for SPARQL.

Everything here asks through `Source`, so it works on a folder and on an endpoint alike.
"""

from __future__ import annotations

from comity.lookup.cite import STYLES, Reference, cite
from comity.lookup.find import FACETS, find
from comity.lookup.nodes import Passage, Source, node_of
from comity.lookup.show import Node, show

__all__ = [
    "FACETS",
    "STYLES",
    "Node",
    "Passage",
    "Reference",
    "Source",
    "cite",
    "find",
    "node_of",
    "show",
]
