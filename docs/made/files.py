"""The ontology, vocabularies, alignments and shapes as files to publish, in four syntaxes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from rdflib import OWL, Graph, URIRef

from comity.model import SCHEMES
from made.terms import ROOT

ONTOLOGY = ROOT / "ontology"
SYNTAXES = {
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}


def groups() -> dict[str, list[Path]]:
    """What goes into which file: by the name of the file, without its ending."""
    vocabulary = ONTOLOGY / "vocabulary"
    return {
        "ontology": [ONTOLOGY / "comity.ttl"],
        **{name: [vocabulary / f"{name}.ttl"] for name in SCHEMES},
        "actor": [*sorted(vocabulary.glob("actors-*.ttl")), vocabulary / "memberships.ttl"],
        "shapes": sorted((ROOT / "shapes").glob("*.ttl")),
        **{
            f"alignment-{file.stem}": [file]
            for file in sorted((ONTOLOGY / "alignment").glob("*.ttl"))
        },
    }


def write(folder: Path) -> None:
    """Write every group in every syntax into ``data/`` below the folder, and the context."""
    target = folder / "data"
    target.mkdir(parents=True, exist_ok=True)
    everything = groups()
    core = Graph().parse(ONTOLOGY / "comity.ttl")
    version = core.value(URIRef("https://w3id.org/comity/ontology"), OWL.versionInfo)
    everything[f"ontology-{version}"] = everything["ontology"]
    for file in (ONTOLOGY / "versions").glob("comity-*.ttl"):
        everything[f"ontology-{file.stem.removeprefix('comity-')}"] = [file]
    for name, files in everything.items():
        (target / f"{name}.ttl").write_text(_turtle(files), encoding="utf-8")
        if name == "shapes":
            continue  # their lists are blank nodes, which no other syntax writes reproducibly
        triples = sorted(_triples(files), key=str)
        for ending, form in SYNTAXES.items():
            data = ox.serialize(triples, format=form)
            assert data is not None
            (target / f"{name}.{ending}").write_bytes(data)
    shutil.copyfile(ONTOLOGY / "context.jsonld", target / "context.jsonld")


def _turtle(files: Iterable[Path]) -> str:
    """The files after one another, each prefix declared once."""
    prefixes: dict[str, None] = {}
    bodies = []
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        prefixes.update(dict.fromkeys(line for line in lines if line.startswith("@prefix")))
        bodies.append("\n".join(line for line in lines if not line.startswith("@prefix")).strip())
    return "\n".join(sorted(prefixes)) + "\n\n" + "\n\n".join(bodies) + "\n"


def _triples(files: Iterable[Path]) -> set[ox.Triple]:
    return {
        quad.triple for file in files for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)
    }
