"""The vocabularies as pages: each scheme with its concepts, and the actors."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, RDF, SKOS
from rdflib.term import Node

from made.terms import COMITY, ROOT, anchor, cell, downloads

ACTOR = Namespace("https://w3id.org/comity/actor/")
SIX = ("ar", "en", "es", "fr", "ru", "zh-Hans")


@cache
def matches() -> Mapping[str, list[dict[str, str]]]:
    """The mappings to other vocabularies, by the CURIE of ours."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for file in sorted((ROOT / "ontology" / "alignment").glob("*.sssom.tsv")):
        lines = [
            line
            for line in file.read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
        ]
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["subject_id"]].append(row)
    return found


@cache
def _scheme(name: str) -> Graph:
    return Graph().parse(ROOT / "ontology" / "vocabulary" / f"{name}.ttl")


def page(name: str) -> str:
    """The page of one scheme."""
    graph = _scheme(name)
    scheme = URIRef(f"https://w3id.org/comity/{name}")
    titles = {_tag(title): str(title) for title in graph.objects(scheme, DCTERMS.title)}
    lines = [f"# {titles['en']}", "", f"*{titles['zh-Hans']}* · `{scheme}`", ""]
    lines += [str(graph.value(scheme, DCTERMS.description)), "", downloads(name), ""]
    lines += ["## Overview", ""]
    lines += [*_tree(graph, sorted(graph.objects(scheme, SKOS.hasTopConcept)), 0), ""]
    lines += ["## Concepts", ""]
    for concept in sorted(graph.subjects(SKOS.inScheme, scheme)):
        lines += _concept(graph, name, concept)
    return "\n".join(lines) + "\n"


def _tree(graph: Graph, concepts: list[Node], depth: int) -> Iterator[str]:
    for concept in concepts:
        code = str(graph.value(concept, SKOS.notation))
        label = _labels(graph, concept, SKOS.prefLabel).get("en", [code])[0]
        yield f"{'  ' * depth}- {anchor('', code, label)} `{code}`"
        yield from _tree(graph, sorted(graph.subjects(SKOS.broader, concept)), depth + 1)


def _concept(graph: Graph, scheme: str, concept: Node) -> Iterator[str]:
    code = str(graph.value(concept, SKOS.notation))
    names = _labels(graph, concept, SKOS.prefLabel)
    yield f'<span id="{code}"></span>'
    yield ""
    yield f"### {names['en'][0]} ({scheme}:{code})"
    yield ""
    yield f"{names.get('zh-Hans', ['–'])[0]} · `{concept}`"
    if (concept, OWL.deprecated, Literal(True)) in graph:
        yield ""
        yield "**Deprecated.**"
    yield ""
    yield str(graph.value(concept, SKOS.definition))
    for note in graph.objects(concept, SKOS.scopeNote):
        yield str(note)
    yield ""
    yield f"Example: {graph.value(concept, SKOS.example)}"
    yield ""
    for language, others in sorted(_labels(graph, concept, SKOS.altLabel).items()):
        yield f"- Also ({language}): {', '.join(others)}"
    yield from _triggers(graph, concept)
    for row in matches().get(f"{scheme}:{code}", []):
        relation = row["predicate_id"].removeprefix("skos:")
        yield f"- {relation}: `{row['object_id']}` {row['object_label']}"
    yield ""


def _triggers(graph: Graph, concept: Node) -> Iterator[str]:
    for kind in ("trigger", "contextTrigger", "nounTrigger", "verbTrigger"):
        words = sorted(str(word) for word in graph.objects(concept, COMITY[kind]))
        if words:
            shown = ", ".join(words[:12]) + (f" and {len(words) - 12} more" if words[12:] else "")
            yield f"- {anchor('ontology.html', kind, kind)}: {shown}"


def _labels(graph: Graph, node: Node, predicate: URIRef) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for label in sorted(graph.objects(node, predicate)):
        found[_tag(label)].append(str(label))
    return found


def _tag(value: Node) -> str:
    return value.language or "" if isinstance(value, Literal) else ""


def actors_page() -> str:
    """The page of the actors: states, organizations, officeholders and memberships."""
    states = _scheme("actors-states")
    lines = [
        "# Actors",
        "",
        "States and territories by ISO 3166-1 code, organizations, offices, courts and",
        "officeholders. [Where each fact comes from](../actors-sources.md); links to other data",
        "sets: [alignments](../alignments.md). No position on the status of a territory is",
        "implied.",
        "",
        downloads("actor"),
        "",
        "## States and territories",
        "",
        f"| code | {' | '.join(SIX)} | kind |",
        "| --- |" + " --- |" * (len(SIX) + 1),
    ]
    for actor in sorted(set(states.subjects(SKOS.inScheme))):
        names = _labels(states, actor, SKOS.prefLabel)
        shown = " | ".join(cell(names.get(tag, [""])[0]) for tag in SIX)
        two = states.value(actor, COMITY.iso2)
        code = states.value(actor, SKOS.notation)
        lines.append(f"| {_code(code)} {two} | {shown} | {_kind(states, actor)} |")
    lines += ["", *_organizations(), "", *_memberships(), "", *_tenures()]
    return "\n".join(lines) + "\n"


def _code(code: object) -> str:
    return f'<span id="{code}"></span>`{code}`'


def _kind(graph: Graph, actor: Node) -> str:
    name = str(graph.value(actor, RDF.type)).removeprefix(str(COMITY))
    return anchor("ontology.html", name, name)


def _organizations() -> Iterator[str]:
    yield "## Organizations, offices, courts and officeholders"
    yield ""
    yield "| code | name | Chinese | kind | acts for | part of | links |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for file in ("actors-organizations", "actors-persons"):
        graph = _scheme(file)
        for actor in sorted(set(graph.subjects(SKOS.inScheme))):
            code = str(graph.value(actor, SKOS.notation))
            names = _labels(graph, actor, SKOS.prefLabel)
            acts, part = (
                ", ".join(sorted(str(o).removeprefix(str(ACTOR)) for o in graph.objects(actor, p)))
                for p in (COMITY.actsFor, ORG.subOrganizationOf)
            )
            links = ", ".join(row["object_id"] for row in matches().get(f"actor:{code}", []))
            chinese = names.get("zh-Hans", [""])[0]
            yield (
                f"| {_code(code)} | {cell(names['en'][0])} | {chinese} | {_kind(graph, actor)} "
                f"| {acts} | {part} | {links} |"
            )


def _memberships() -> Iterator[str]:
    yield "## Memberships"
    yield ""
    yield "Of the blocs below only; other organizations have members that are not listed. Where"
    yield "`to` is empty the membership lasts. For RCEP and CPTPP, `from` is the entry into force."
    yield ""
    yield from _table("memberships", "Membership", ("bloc", "member", "from", "to"))


def _tenures() -> Iterator[str]:
    yield "## Terms of office"
    yield ""
    columns = ("holder", "actsFor", "office", "from", "to")
    yield from _table("actors-persons", "Tenure", columns)


def _table(file: str, kind: str, columns: tuple[str, ...]) -> Iterator[str]:
    """One row for each member of a class, one column for each property; actors by their code."""
    graph = _scheme(file)
    yield f"| {' | '.join(columns)} |"
    yield "|" + " --- |" * len(columns)
    for one in sorted(graph.subjects(RDF.type, COMITY[kind])):
        values = (graph.value(one, COMITY[name]) or "" for name in columns)
        yield f"| {' | '.join(str(value).removeprefix(str(ACTOR)) for value in values)} |"
