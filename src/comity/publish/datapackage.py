"""What the tables of a release hold, for programs: a Data Package and CSV on the Web.

Sources: Data Package, version 2.0 (datapackage.org/standard: Data Package, Data Resource, Table
Dialect, Table Schema); Metadata Vocabulary for Tabular Data and Generating RDF from Tabular Data
on the Web (W3C Recommendations of 17 December 2015). The JSON Schema of profile 2.0 lacks the type
``list`` that the text of the standard has, and tools that read Parquet by it stumble over lists: so
lists are texts in the Data Package, and lists in CSVW; the Parquet file is told of, not described.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from comity.model import Vocabulary
from comity.publish.columns import Column, columns
from comity.publish.content import Content, Part
from comity.publish.release import About
from comity.rdf.namespaces import COMITY, RDF
from comity.records import schema

PROFILE = "https://datapackage.org/profiles/2.0/"
CSVW = "http://www.w3.org/ns/csvw"
SEPARATOR = " | "
"""What stands between the values of a list in a cell of the CSV."""
NOTATION = (
    "A name is followed by the id of the actor and its place in the text, `the ministry <CHN "
    "@1745-1750>`; a backslash takes the meaning from the sign after it."
)
DATE = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|--[0-9]{2}-[0-9]{2})$"
_PARQUET = "The columns of the table of statements are, typed, those of statements.parquet too."
_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
_LISTS = frozenset({"codes", "iris", "texts"})
_ESCAPED = frozenset({"principles", "conditions"})
"""Lists whose texts may hold the separator, with a backslash before it."""


def write_descriptions(content: Content, folder: Path) -> list[Part]:
    """Write ``datapackage.json`` and ``statements.csv-metadata.json`` for tables that are there.

    Args:
        content: What is published.
        folder: The release folder, with the tables.

    Raises:
        OSError: if a table is missing, or a file cannot be written.
    """
    _write_json(folder / "datapackage.json", data_package(content, folder))
    _write_json(folder / "statements.csv-metadata.json", csv_metadata(content))
    return [
        Part(
            "datapackage.json",
            "Data Package: fields, types and keys of the tables",
            "application/vnd.datapackage+json",
            conforms_to=PROFILE + "datapackage.json",
            role="metadata",
        ),
        Part(
            "statements.csv-metadata.json",
            "CSV on the Web: columns, types and properties of statements.csv",
            "application/csvm+json",
            conforms_to=CSVW,
            role="metadata",
        ),
    ]


# -- Data Package -----------------------------------------------------------------------------


def data_package(content: Content, folder: Path) -> dict[str, Any]:
    """The descriptor of a release's tables, with size and hash of each file.

    Args:
        content: What is published.
        folder: The release folder, with the tables.

    Raises:
        OSError: if a table is missing.
    """
    release, about = content.release, content.release.about
    package: dict[str, Any] = {
        "$schema": PROFILE + "datapackage.json",
        "name": "comity-statements",
        "id": release.version,
        "title": about.title,
        "description": f"{about.description}\n\n{_PARQUET}",
        "version": release.label,
        "homepage": about.landing_page or release.url,
        "keywords": list(about.keywords),
        "licenses": [{"path": about.license}],
        "contributors": list(_contributors(about)),
        "sources": [
            {"title": "The documents that documents.jsonl lists", "path": "documents.jsonl"}
        ],
        "resources": [
            _resource(folder, "statements", "statements.csv", "text/csv")
            | {"dialect": {"$schema": PROFILE + "tabledialect.json", **_DIALECT}}
            | {"schema": _table_schema(content)},
            _resource(folder, "documents", "documents.jsonl", "application/x-ndjson")
            | {"schema": _document_schema(content.vocabulary)},
            _resource(folder, "statement-records", "statements.jsonl", "application/x-ndjson")
            | {"schema": _record_schema(content)},
        ],
    }
    if len(release.issued) == len("2026-11-24"):
        package["created"] = f"{release.issued}T00:00:00Z"
    return package


_TITLES = {
    "statements": "Statements, one row each, with IRIs and labels",
    "documents": "The documents that make the statements",
    "statement-records": "Statements as records",
}


def _resource(folder: Path, name: str, file: str, media_type: str) -> dict[str, Any]:
    path = folder / file
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return {
        "name": name,
        "type": "table",
        "title": _TITLES[name],
        "path": file,
        "format": file.rpartition(".")[2],
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _contributors(about: About) -> Iterator[dict[str, Any]]:
    yield {
        "title": about.publisher,
        "path": about.publisher_iri,
        "roles": ["publisher"],
        **({"email": about.contact} if about.contact and "@" in about.contact else {}),
    }
    yield from ({"title": name, "roles": ["creator"]} for name in about.creators)


def _table_schema(content: Content) -> dict[str, Any]:
    """The schema of the CSV."""
    return {
        "$schema": PROFILE + "tableschema.json",
        "fields": [_csv_field(column, content.vocabulary) for column in columns(content)],
        "missingValues": [""],
        "primaryKey": ["id"],
        "uniqueKeys": [["statement_iri"]],
        "foreignKeys": [
            {"fields": ["document"], "reference": {"resource": "documents", "fields": ["id"]}}
        ],
    }


def _csv_field(column: Column, vocabulary: Vocabulary) -> dict[str, Any]:
    types = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
    found: dict[str, Any] = {
        "name": column.name,
        "title": title(column.name),
        "description": description(column),
        "type": types.get(column.kind, "string"),
        "rdfType": column.property,
    }
    if column.kind == "iri":
        found["format"] = "uri"
    return found | {"constraints": _constraints(column, vocabulary)}


def _constraints(column: Column, vocabulary: Vocabulary) -> dict[str, Any]:
    told: dict[str, Any] = {"required": column.needed}
    if column.name in ("id", "statement_iri"):
        told["unique"] = True
    if column.kind == "code" and column.scheme:
        told["enum"] = sorted(vocabulary.scheme(column.scheme))
    elif column.kind == "date":
        told["pattern"] = DATE
    elif column.kind == "text" and column.pattern:
        told["pattern"] = column.pattern
    elif column.kind == "integer":
        told["minimum"] = 0
    elif column.kind == "decimal":
        told |= {"minimum": 0, "maximum": 1}
    return told


def _record_schema(content: Content) -> dict[str, Any]:
    """The schema of the records of statements: as that of the CSV, with arrays and objects."""
    kinds = {"mention": "object", "mentions": "array", **dict.fromkeys(_LISTS, "array")}
    names = set(schema("statement")["properties"])
    found = []
    for column in columns(content):
        if column.name in names:
            made = _csv_field(column, content.vocabulary)
            kept = {key: made[key] for key in ("name", "title", "rdfType", "constraints")}
            kind = kinds.get(column.kind, made["type"])
            found.append({**kept, "type": kind, "description": column.description})
    table = _table_schema(content)
    return {key: table[key] for key in table if key != "uniqueKeys"} | {"fields": found}


def _document_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    properties = schema("document")["properties"]
    schemes = {"type": "document-type", "bindingness": "bindingness"}
    found = []
    for name, told in properties.items():
        constraints: dict[str, Any] = {"required": name in ("id", "sha256")}
        if name in ("id", "sha256"):
            constraints["unique"] = True
        if "pattern" in told:
            constraints["pattern"] = told["pattern"]
        if name in schemes:
            constraints["enum"] = sorted(vocabulary.scheme(schemes[name]))
        made = {"name": name, "title": title(name), "type": "string", "constraints": constraints}
        found.append(made | ({"description": told["description"]} if "description" in told else {}))
    return {
        "$schema": PROFILE + "tableschema.json",
        "fields": found,
        "missingValues": [""],
        "primaryKey": ["id"],
    }


# -- CSV on the Web ---------------------------------------------------------------------------


def csv_metadata(content: Content) -> dict[str, Any]:
    """The CSVW metadata of the table of statements.

    Only columns whose value the statement has in RDF are turned into triples by a converter; the
    others name the property that they stand for, and are left out of its output.

    Args:
        content: What is published.
    """
    release, about = content.release, content.release.about
    typed = {
        "virtual": True,
        "name": "type",
        "propertyUrl": RDF + "type",
        "valueUrl": COMITY + "Statement",
    }
    return {
        "@context": [CSVW, {"@language": "en"}],
        "@id": release.address("statements.csv-metadata.json"),
        "url": "statements.csv",
        "dc:title": about.title,
        "dc:description": about.description,
        "dc:publisher": {"@id": about.publisher_iri},
        "dc:license": {"@id": about.license},
        "dc:isPartOf": {"@id": release.version},
        "dialect": {"encoding": "utf-8", **_DIALECT, "lineTerminators": ["\n"], "trim": False},
        "tableSchema": {
            "aboutUrl": "{+statement_iri}",
            "primaryKey": "id",
            "columns": [*map(_csvw_column, columns(content)), typed],
        },
    }


def _csvw_column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": description(column),
        "datatype": _datatype(column),
        "required": column.needed,
        "propertyUrl": column.property,
    }
    if is_list(column):
        found["separator"] = SEPARATOR
    if column.stated and column.kind == "iri":
        found["valueUrl"] = f"{{+{column.name}}}"
    if not column.stated:
        found["suppressOutput"] = True
    return found


def _datatype(column: Column) -> str | Mapping[str, Any]:
    if column.kind == "date":
        return {"base": "string", "format": DATE}
    if column.kind == "text" and column.pattern:
        return {"base": "string", "format": column.pattern}
    if column.kind == "decimal":
        return {"base": "decimal", "minimum": "0", "maximum": "1"}
    kinds = {
        "integer": "nonNegativeInteger",
        "boolean": "boolean",
        **dict.fromkeys(("iri", "iris"), "anyURI"),
        **dict.fromkeys(("code", "codes"), "NMTOKEN"),
    }
    return kinds.get(column.kind, "string")


# -- both -------------------------------------------------------------------------------------


def is_list(column: Column) -> bool:
    """Whether a cell of the CSV is a list that any program may split.

    Args:
        column: A column.
    """
    return column.kind in _LISTS and column.name not in _ESCAPED


def title(name: str) -> str:
    """The name of a field in words.

    >>> title("effective_from"), title("statement_iri")
    ('Effective from', 'Statement IRI')
    """
    words = name.replace("_", " ").replace("sha256", "SHA-256").split()
    written = [{"iri": "IRI", "iris": "IRIs", "id": "id", "ids": "ids"}.get(w, w) for w in words]
    return " ".join([written[0][:1].upper() + written[0][1:], *written[1:]])


def description(column: Column) -> str:
    """What a column tells, and how its cells are written in the CSV.

    Args:
        column: A column.
    """
    several = f"Several are separated by `{SEPARATOR.strip()}`"
    if column.kind == "mention":
        return f"{column.description} {NOTATION}"
    if column.kind == "mentions":
        return f"{column.description} {several}. {NOTATION}"
    if column.name in _ESCAPED:
        return f"{column.description} {several}; within one, a backslash stands before it."
    if is_list(column):
        return f"{column.description} {several}."
    return column.description


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
