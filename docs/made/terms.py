"""The ontology as a page: its header, its classes and properties, each with an anchor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN
from rdflib.term import Node

from comity.rdf.namespaces import prefixes

ROOT = Path(__file__).parents[2]
COMITY = Namespace("https://w3id.org/comity/ontology#")
SCHEMA = Namespace("https://schema.org/")
HEADER = URIRef("https://w3id.org/comity/ontology")
KINDS = (
    ("Classes", OWL.Class),
    ("Object properties", OWL.ObjectProperty),
    ("Datatype properties", OWL.DatatypeProperty),
    ("Annotation properties", OWL.AnnotationProperty),
)
FACTS = (
    ("Below", RDFS.subClassOf),
    ("Below", RDFS.subPropertyOf),
    ("Excludes", OWL.disjointWith),
    ("Meant for", SCHEMA.domainIncludes),
    ("Values", SCHEMA.rangeIncludes),
    ("Values from", COMITY.valuesFrom),
    ("Stands for the path", COMITY.path),
    ("Replaced by", DCTERMS.isReplacedBy),
)


def anchor(page: str, name: str, text: str) -> str:
    """A link to a term or concept, whose anchor is its name in the IRI, capitals and all."""
    return f'<a href="{page}#{name}">{text}</a>'


def downloads(name: str) -> str:
    """Links to the file of a group in every syntax."""
    kinds = {"ttl": "Turtle", "rdf": "RDF/XML", "jsonld": "JSON-LD", "nt": "N-Triples"}
    links = (f'<a href="../data/{name}.{end}">{title}</a>' for end, title in kinds.items())
    return "Download: " + " · ".join(links)


def cell(text: str) -> str:
    """A text inside a table of Markdown."""
    return text.replace("|", "\\|").replace("\n", " ")


def page() -> str:
    """The page of the ontology."""
    graph = Graph().parse(ROOT / "ontology" / "comity.ttl")
    lines = ["# Ontology", "", *_header(graph)]
    lines += [
        "",
        "## Diagrams",
        "",
        "```{image} model.svg",
        ":alt: Classes and how they tie",
        "```",
    ]
    lines += ["", "A worked statement:", ""]
    lines += ["```{image} statement.svg", ":alt: One statement with what it ties", "```", ""]
    for title, kind in KINDS:
        terms = sorted(t for t in graph.subjects(RDF.type, kind) if t in COMITY)
        lines += [f"## {title}", "", ", ".join(_link(graph, term) for term in terms), ""]
        for term in terms:
            lines += _term(graph, term)
    return "\n".join([*lines, *_reused(graph)]) + "\n"


def _reused(graph: Graph) -> Iterator[str]:
    """The terms of other vocabularies, and what they are used for here."""
    yield "## Terms of other vocabularies"
    yield ""
    yield "What data use beside Comity's own terms. Definitions: in the vocabularies themselves."
    yield ""
    yield "| term | kind | used for |"
    yield "| --- | --- | --- |"
    for title, kind in KINDS:
        for term in sorted(t for t in graph.subjects(RDF.type, kind) if t not in COMITY):
            name = graph.namespace_manager.normalizeUri(str(term))
            used = cell(str(graph.value(term, RDFS.comment)))
            yield f"| `{name}` | {title.lower()} | {used} |"
    yield ""
    yield "| prefix | namespace |"
    yield "| --- | --- |"
    for prefix, namespace in sorted(prefixes().items()):
        yield f"| `{prefix}:` | `{namespace}` |"


def _header(graph: Graph) -> Iterator[str]:
    yield str(graph.value(HEADER, DCTERMS.description))
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    for name, predicate in (
        ("IRI", None),
        ("Version", OWL.versionInfo),
        ("Version IRI", OWL.versionIRI),
        ("Version before", OWL.priorVersion),
        ("Created", DCTERMS.created),
        ("Modified", DCTERMS.modified),
        ("Licence", DCTERMS.license),
        ("Prefix", VANN.preferredNamespacePrefix),
        ("Namespace", VANN.preferredNamespaceUri),
        ("Cite as", DCTERMS.bibliographicCitation),
    ):
        value = HEADER if predicate is None else graph.value(HEADER, predicate)
        yield f"| {name} | `{value}` |" if isinstance(value, URIRef) else f"| {name} | {value} |"
    yield ""
    yield "There is no `rdfs:domain`: what a property is meant for is said with"
    yield "`schema:domainIncludes`, and what data must look like in the [shapes](shapes.md). The"
    yield "history of the terms is in [changes](changes.md); how to ask for them, in"
    yield "[Ask in SPARQL](../ask-in-sparql.md)."
    yield ""
    yield downloads("ontology") + ' · <a href="../data/context.jsonld">JSON-LD context</a>'


def _term(graph: Graph, term: Node) -> Iterator[str]:
    name = str(term).removeprefix(str(COMITY))
    chinese = next((o for o in graph.objects(term, RDFS.label) if _tag(o) == "zh-Hans"), "")
    yield f'<span id="{name}"></span>'
    yield ""
    yield f"### comity:{name}"
    yield ""
    label = graph.value(term, RDFS.label, any=True)
    english = next((o for o in graph.objects(term, RDFS.label) if _tag(o) == "en"), label)
    yield f"*{english}* · {chinese} · `{term}`"
    yield ""
    yield str(graph.value(term, SKOS.definition))
    for note in graph.objects(term, SKOS.scopeNote):
        yield ""
        yield str(note)
    yield ""
    yield f"Example: {graph.value(term, SKOS.example)}"
    yield ""
    for title, predicate in FACTS:
        values = sorted(graph.objects(term, predicate))
        if values:
            yield f"- {title}: {', '.join(_link(graph, value) for value in values)}"
    traits = {OWL.SymmetricProperty: "symmetric", OWL.AsymmetricProperty: "asymmetric"}
    for kind in sorted(set(graph.objects(term, RDF.type)) & set(traits)):
        yield f"- {traits[kind].capitalize()}"
    yield from _uses(graph, term)
    yield ""


def _uses(graph: Graph, term: Node) -> Iterator[str]:
    for title, predicate in (
        ("Above", RDFS.subClassOf),
        ("Properties", SCHEMA.domainIncludes),
        ("Value of", SCHEMA.rangeIncludes),
    ):
        found = sorted(graph.subjects(predicate, term))
        if found:
            yield f"- {title}: {', '.join(_link(graph, value) for value in found)}"


def _link(graph: Graph, value: Node) -> str:
    if isinstance(value, Literal):
        return f"`{value}`"
    if value in COMITY:
        name = str(value).removeprefix(str(COMITY))
        return anchor("", name, f"comity:{name}")
    scheme = str(value).removeprefix("https://w3id.org/comity/")
    if scheme != str(value):
        return f"[{scheme}](vocabulary-{scheme}.md)"
    return f"`{graph.namespace_manager.normalizeUri(str(value))}`"


def _tag(value: Node) -> str:
    return value.language or "" if isinstance(value, Literal) else ""


def shapes_page(files: Iterable[Path]) -> str:
    """The page of the shapes: what each asks for, and how grave it is when it is missing."""
    lines = [
        "# Shapes",
        "",
        "What a graph is held to, in [SHACL](https://www.w3.org/TR/shacl/). A violation makes a",
        "statement unusable and sets it aside; a warning is kept and listed; a remark says what",
        "would be good to know. `comity validate DIR` checks the **core**; `--profile release` and",
        "`--profile ontology` add what publication asks for.",
        "",
    ]
    shacl = Namespace("http://www.w3.org/ns/shacl#")
    for file in files:
        graph = Graph().parse(file)
        profile = file.stem if file.stem in ("release", "ontology") else "core"
        lines += [f"## {file.stem}", "", f"`shapes/{file.name}` · profile {profile}", ""]
        lines += ["| shape | severity | what it says |", "| --- | --- | --- |"]
        for shape in sorted(set(graph.subjects(shacl.message))):
            severity = graph.value(shape, shacl.severity)
            name = str(shape).rpartition("/")[2]
            said = str(severity).rpartition("#")[2].lower() if severity else "–"
            lines.append(f"| `{name}` | {said} | {cell(str(graph.value(shape, shacl.message)))} |")
        lines.append("")
    return "\n".join(lines)
