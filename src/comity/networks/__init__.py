"""Networks of actors, measures and areas: one pass over the statements, as networkx graphs.

Nodes are prefixed names (``actor:CHN``, ``area:trade-secrets``), with `type`, `label`, `iri`
and, for actors, `kind`. An edge carries `weight` (the number of statements behind it, or what
`comity.networks.weights` makes of it), `statements` (their ids, so that every edge can be read
back to its passages) and the first and last date on which they were made, where known.
"""

from comity.networks.backbone import backbone
from comity.networks.drawing import draw
from comity.networks.events import (
    EVENT_FORMATS,
    event_list,
    events_csv,
    events_json,
    table_csv,
    write_events,
)
from comity.networks.files import DRAWINGS, FILE_FORMATS, check_format, write_network
from comity.networks.filters import UNDERTAKINGS, Filters, several
from comity.networks.measures import Measures, network_measures
from comity.networks.nodes import ADVERSE, COOPERATION, FAVOURABLE, stance
from comity.networks.projections import PROJECTIONS, Projection, network
from comity.networks.slices import Slice, Slices, network_slices
from comity.networks.weights import DUPLICATES, ONE_MODE, QUALIFIERS, TWO_MODE

__all__ = [
    "ADVERSE",
    "COOPERATION",
    "DRAWINGS",
    "DUPLICATES",
    "EVENT_FORMATS",
    "FAVOURABLE",
    "FILE_FORMATS",
    "ONE_MODE",
    "PROJECTIONS",
    "QUALIFIERS",
    "TWO_MODE",
    "UNDERTAKINGS",
    "Filters",
    "Measures",
    "Projection",
    "Slice",
    "Slices",
    "backbone",
    "check_format",
    "draw",
    "event_list",
    "events_csv",
    "events_json",
    "network",
    "network_measures",
    "network_slices",
    "several",
    "stance",
    "table_csv",
    "write_events",
    "write_network",
]
