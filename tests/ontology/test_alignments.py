"""The alignments: tables of mappings that people keep, and the Turtle made from them."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS, VOID

from comity.model import Actor, Concept
from comity.rdf.vocabulary import load

ALIGNMENT = Path(__file__).parents[2] / "ontology" / "alignment"
TABLES = sorted(file.name.removesuffix(".sssom.tsv") for file in ALIGNMENT.glob("*.sssom.tsv"))
RELATIONS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
JUSTIFICATIONS = {"semapv:ManualMappingCuration", "semapv:BackgroundKnowledgeBasedMatching"}
# How the identifiers of each outside scheme look.
FORMS = {
    "wikidata": r"Q[1-9]\d*",
    "eurovoc": r"\d+|c_[0-9a-f]{8}",
    "eu-country": r"[A-Z]{3}",
    "eu-corporate-body": r"[A-Z_]+",
    "eu-resource-type": r"[A-Z_]+",
    "geonames": r"\d+/",
    "gnd": r"\d+-[\dX]",
    "isni": r"\d{15}[\dX]",
    "polianna": r"\w+",
    "plover": r"[A-Z]+(-[a-z]+)?|context-[a-z]+",
    "ror": r"0[a-z0-9]{6}\d\d",
    "stip": r"(PI|TH|TG)\d+|V\d{4}",
    "trips": r"agreement|article-[\d.]+|part-[ivx]+(-section-\d)?",
    "viaf": r"\d+",
}
# What was found not to mean what its name suggests, and must not come back.
MISLEADING = {
    "eurovoc:8434": "counterfeiting, but of money",
    "wikidata:Q325668": "geographical indication or designation of origin: sources differ",
    "wikidata:Q752401": "told from developing country by elimination only",
}


@cache
def generator() -> ModuleType:
    """The program that makes the Turtle."""
    path = ALIGNMENT.parent / "generate_alignments.py"
    spec = importlib.util.spec_from_file_location("generate_alignments", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def rows(table: str) -> list[dict[str, str]]:
    """The mappings of a table."""
    return [dict(row) for row in generator().read(ALIGNMENT / f"{table}.sssom.tsv").rows]


@cache
def names() -> dict[str, str]:
    """The English name of every concept and actor, by CURIE."""
    vocabulary = load()
    found: list[Concept | Actor] = [*vocabulary.concepts.values(), *vocabulary.actors.values()]
    return {
        f"{each.scheme}:{each.code}" if isinstance(each, Concept) else f"actor:{each.id}": (
            each.name()
        )
        for each in found
    }


@pytest.mark.parametrize("table", TABLES)
def test_turtle_is_generated(table: str) -> None:
    """The Turtle is what the table gives, byte for byte."""
    module = generator()
    made = module.turtle(module.read(ALIGNMENT / f"{table}.sssom.tsv"))
    assert (ALIGNMENT / f"{table}.ttl").read_text(encoding="utf-8") == made


def test_every_turtle_has_a_table() -> None:
    """No link stands in a file that is not made from a table."""
    assert sorted(file.stem for file in ALIGNMENT.glob("*.ttl")) == TABLES


def test_every_scheme_of_the_design_is_aligned() -> None:
    """There are links to Wikidata, EuroVoc, EU tables, STIP, POLIANNA, PLOVER and TRIPS."""
    prefixes = {row["object_id"].partition(":")[0] for table in TABLES for row in rows(table)}
    assert prefixes == set(FORMS)


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_complete_and_sorted(table: str) -> None:
    """A mapping names its subject as the vocabulary does, a SKOS relation, and its source."""
    keys = []
    for row in rows(table):
        assert names()[row["subject_id"]] == row["subject_label"]
        assert row["predicate_id"].removeprefix("skos:") in RELATIONS
        assert row["mapping_justification"] in JUSTIFICATIONS
        assert row["object_label"] and row["source"]
        assert all(value == value.strip() for value in row.values())
        keys.append((row["subject_id"], row["predicate_id"], row["object_id"]))
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("table", TABLES)
def test_identifiers_have_their_form(table: str) -> None:
    """An identifier looks like those of its scheme, so that a slip of the pen is seen."""
    for row in rows(table):
        prefix, _, name = row["object_id"].partition(":")
        assert re.fullmatch(FORMS[prefix], name), row["object_id"]


def test_isni_check_digits() -> None:
    """The last character of an ISNI is the check digit of ISO 7064 MOD 11-2."""
    for row in rows("registries"):
        prefix, _, name = row["object_id"].partition(":")
        if prefix == "isni":
            total = 0
            for digit in name[:-1]:
                total = (total + int(digit)) * 2
            assert name[-1] == "0123456789X"[(12 - total % 11) % 11], row["subject_id"]


def test_one_relation_a_pair() -> None:
    """A subject has one relation to an object, not two."""
    pairs = Counter((r["subject_id"], r["object_id"]) for t in TABLES for r in rows(t))
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_exact_matches_are_one_to_one() -> None:
    """Nothing outside matches two of ours exactly, nor one of ours two of one outside scheme."""
    inward, outward = defaultdict(set), defaultdict(set)
    for table in TABLES:
        for row in rows(table):
            if row["predicate_id"] == "skos:exactMatch":
                inward[row["object_id"]].add(row["subject_id"])
                scheme = row["object_id"].partition(":")[0]
                outward[row["subject_id"], scheme].add(row["object_id"])
    assert [(key, found) for key, found in inward.items() if len(found) > 1] == []
    assert [(key, found) for key, found in outward.items() if len(found) > 1] == []


@pytest.mark.parametrize("curie", MISLEADING)
def test_misleading_identifiers_stay_out(curie: str) -> None:
    """An identifier whose label misleads, or on which sources differ, is not used."""
    assert not [r for table in TABLES for r in rows(table) if r["object_id"] == curie]


def test_schemes_without_iris_are_described() -> None:
    """A code of a scheme that publishes no IRIs is a concept of ours, with label and scheme."""
    for table in ("stip", "polianna", "plover", "trips"):
        graph = Graph().parse(ALIGNMENT / f"{table}.ttl")
        scheme = URIRef(f"https://w3id.org/comity/external/{table}")
        assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
        for row in rows(table):
            concept = URIRef(f"{scheme}/{row['object_id'].partition(':')[2]}")
            assert (concept, SKOS.inScheme, scheme) in graph
            assert graph.value(concept, SKOS.prefLabel) == Literal(row["object_label"], "en")


@pytest.mark.parametrize("table", TABLES)
def test_sets_count_their_links(table: str) -> None:
    """A link set says how many links it holds, no blank nodes, and no identity claims."""
    graph = Graph().parse(ALIGNMENT / f"{table}.ttl")
    (counted,) = graph.objects(URIRef(f"https://w3id.org/comity/alignment/{table}"), VOID.triples)
    links = [p for _, p, _ in graph if p in {SKOS[relation] for relation in RELATIONS}]
    assert int(str(counted)) == len(links) == len(rows(table))
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    assert "sameAs" not in graph.serialize(format="nt")


def test_the_guide_counts_the_rows() -> None:
    """docs/alignments.md gives the number of rows of every table."""
    text = (ALIGNMENT.parents[1] / "docs" / "alignments.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([\w-]+)` \| .* \| (\d+) \|", text, re.MULTILINE))
    assert told == {table: str(len(rows(table))) for table in TABLES}
