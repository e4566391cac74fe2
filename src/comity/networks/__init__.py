"""Networks of actors, measures and areas: one pass over the statements, as networkx graphs.

Nodes are prefixed names (``actor:CHN``, ``area:trade-secrets``), with `type`, `label`, `iri`
and, for actors, `kind`. An edge carries `weight` (the number of statements behind it, or what
`comity.networks.weights` makes of it), `statements` (their ids, so that every edge can be read
back to its passages) and the first and last date on which they were made, where known.
"""

from comity.networks.events import EVENT_FORMATS, event_list, write_events
from comity.networks.files import FILE_FORMATS, write_network
from comity.networks.filters import UNDERTAKINGS, Filters, several
from comity.networks.nodes import COOPERATION
from comity.networks.projections import PROJECTIONS, Projection, network
from comity.networks.slices import Slice, Slices, network_slices, span
from comity.networks.weights import DUPLICATES, ONE_MODE, QUALIFIERS, TWO_MODE

__all__ = [
    "COOPERATION",
    "DUPLICATES",
    "EVENT_FORMATS",
    "FILE_FORMATS",
    "ONE_MODE",
    "PROJECTIONS",
    "QUALIFIERS",
    "TWO_MODE",
    "UNDERTAKINGS",
    "Filters",
    "Projection",
    "Slice",
    "Slices",
    "event_list",
    "network",
    "network_slices",
    "several",
    "span",
    "write_events",
    "write_network",
]
