"""The columns of ``edges.csv``: for people, and for tools as CSV on the Web (W3C 2015)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.publish.content import Content

CSVW = "http://www.w3.org/ns/csvw"
SEPARATOR = " | "
"""What stands between the ids of a list, as in the table of statements."""
METADATA = "edges.csv-metadata.json"
_DATE = {"base": "string", "format": r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|--[0-9]{2}-[0-9]{2}"}
_COLUMNS: Mapping[str, tuple[str | Mapping[str, str], str]] = {
    "subject": ("anyURI", "IRI of the actor or measure from which the edge leads."),
    "subject_label": ("string", "Its name in English, where it has one."),
    "subject_kind": ("string", "Name of its class, such as State or Measure."),
    "predicate": ("anyURI", "IRI of the property; its definition says how it is derived."),
    "object": ("anyURI", "IRI of the actor, measure or area to which the edge leads."),
    "object_label": ("string", "Its name in English, where it has one."),
    "object_kind": ("string", "Name of its class; that of an area is Concept."),
    "weight": ("positiveInteger", "Number of statements from which the edge follows."),
    "first": (_DATE, "Earliest date of these statements, as precise as it is known."),
    "last": (_DATE, "Latest date of these statements."),
    "statements": ("NMTOKEN", "Their ids; the IRI of each is the base IRI followed by the id."),
}
COLUMNS = tuple(_COLUMNS)
"""The columns of ``edges.csv``."""
_NEEDED = ("subject", "predicate", "object")


def metadata(content: Content) -> dict[str, Any]:
    """The CSVW metadata of ``edges.csv``; a converter makes the triples of ``edges.ttl`` of it.

    Args:
        content: What the release publishes.
    """
    release, about = content.release, content.release.about
    edge = {
        "virtual": True,
        "name": "edge",
        "propertyUrl": "{+predicate}",
        "valueUrl": "{+object}",
    }
    return {
        "@context": [CSVW, {"@language": "en"}],
        "@id": release.address(METADATA),
        "url": "edges.csv",
        "dc:title": f"{about.title}: derived edges",
        "dc:license": {"@id": about.license},
        "dc:publisher": {"@id": about.publisher_iri},
        "dc:isPartOf": {"@id": release.version},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "trim": False},
        "tableSchema": {
            "aboutUrl": "{+subject}",
            "primaryKey": list(_NEEDED),
            "columns": [*map(_column, COLUMNS), edge],
        },
    }


def _column(name: str) -> dict[str, Any]:
    datatype, description = _COLUMNS[name]
    column: dict[str, Any] = {
        "name": name,
        "titles": name,
        "dc:description": description,
        "datatype": datatype,
        "required": name in _NEEDED,
        "suppressOutput": True,
    }
    return column | ({"separator": SEPARATOR} if name == "statements" else {})
