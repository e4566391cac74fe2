"""SHACL → list of violations in plain words.

The shapes are always an explicit graph of their own, never the data and never the ontology;
inference, imports, rules and network are off. Both graphs are parsed by Oxigraph and handed
to pySHACL term by term, with the lexical forms kept as they are written: no global setting of
rdflib is touched.
"""

from comity.check.report import accepted, explain, report_turtle, statement_of
from comity.check.shapes import CORE, SH, SHAPES, Shapes, from_graph, load_shapes, profiles
from comity.check.validate import check, check_documents, check_file

__all__ = [
    "CORE",
    "SH",
    "SHAPES",
    "Shapes",
    "accepted",
    "check",
    "check_documents",
    "check_file",
    "explain",
    "from_graph",
    "load_shapes",
    "profiles",
    "report_turtle",
    "statement_of",
]
