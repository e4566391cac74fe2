"""Where every IRI of Comity is made, and read back to the local name it was made of.

Local names are flat: an IRI is a namespace followed by one name without a slash, so that
Turtle and CURIEs stay readable. Characters that a name must not hold are percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from comity.errors import RecordError, UsageError
from comity.identifiers import DEFAULT_BASE, digest, measure_code
from comity.model import SCHEMES
from comity.rdf.terms import iri_term

ROOT = "https://w3id.org/comity/"
COMITY = ROOT + "ontology#"
ACTOR = ROOT + "actor/"
MEASURE = ROOT + "measure/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_OWN: dict[str, str] = {"comity": COMITY, **{scheme: f"{ROOT}{scheme}/" for scheme in SCHEMES}}
_OTHERS = {
    "prov": PROV,
    "oa": OA,
    "dcterms": DCTERMS,
    "skos": SKOS,
    "rdfs": RDFS,
    "rdf": RDF,
    "xsd": XSD,
    "owl": OWL,
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "vann": "http://purl.org/vocab/vann/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "time": "http://www.w3.org/2006/time#",
    "eli": "http://data.europa.eu/eli/ontology#",
}

_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]")
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")


def prefixes(base: str = DEFAULT_BASE) -> Mapping[str, str]:
    """Every prefix that Comity writes and presets in queries, in the order it is written.

    Args:
        base: The IRI under which the data lives, bound to ``id:``.
    """
    return MappingProxyType({**_OWN, "actor": ACTOR, "measure": MEASURE, "id": base, **_OTHERS})


def preset(turtle: bytes) -> bytes:
    """Turtle with Comity's prefixes declared on its first line, so that lines keep their number.

    Args:
        turtle: What a user wrote; prefixes that it declares itself win.
    """
    declared = (f"@prefix {name}: <{iri}> . " for name, iri in prefixes().items())
    return "".join(declared).encode() + turtle


@lru_cache(maxsize=65536)
def local_name(name: str) -> str:
    """A name as it stands at the end of an IRI: all but letters, digits and ``-._~`` encoded.

    Raises:
        RecordError: if the name is empty, a dot segment, or no Unicode text.

    >>> local_name("xi-jinping"), local_name("a/b c")
    ('xi-jinping', 'a%2Fb%20c')
    """
    if _PLAIN.fullmatch(name):
        return name
    if not name or name in (".", ".."):
        raise RecordError("an identifier cannot be empty or a dot segment", where=repr(name))
    try:
        encoded = _UNSAFE.sub(
            lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), name
        )
    except UnicodeEncodeError as error:
        raise RecordError("an identifier must be Unicode text", where=repr(name)) from error
    return encoded


def is_code(code: str) -> bool:
    """Whether `code` can name a concept: letters, digits, ``-`` and ``_``, no dots or spaces."""
    return _CODE.fullmatch(code) is not None


def scheme_iri(scheme: str) -> str:
    """The IRI of the skos:ConceptScheme of one of the eight schemes."""
    return ROOT + scheme


def concept_iri(scheme: str, code: str) -> str:
    """The IRI of a concept of Comity's own vocabulary."""
    return f"{ROOT}{scheme}/{local_name(code)}"


def measure_iri(measure_type: str, direction: str, area: str | None) -> str:
    """The IRI of a measure, made of its codes, so that all who name it point at one node.

    Raises:
        RecordError: if a part is no code.
    """
    for part in (measure_type, direction, *([area] if area is not None else [])):
        if not is_code(part):
            raise RecordError("this is no code of a concept", where=repr(part))
    return MEASURE + measure_code(measure_type, direction, area)


def shorten(iri: str, known: Mapping[str, str]) -> str:
    """An IRI with the prefix of the longest namespace that fits, or as it is.

    >>> shorten("https://w3id.org/comity/actor/CHN", prefixes())
    'actor:CHN'
    """
    fitting = [(len(ns), p, ns) for p, ns in known.items() if iri.startswith(ns)]
    if not fitting:
        return iri
    _, prefix, namespace = max(fitting)
    return f"{prefix}:{iri[len(namespace) :]}"


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The namespaces of one knowledge graph.

    Args:
        base: The absolute IRI, ending in a slash, under which statements, documents,
            events and candidate actors live.

    Raises:
        UsageError: if `base` is no absolute IRI that ends in a slash.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        try:
            iri_term(self.base)
            urlsplit(self.base).port  # noqa: B018 - raises when the port is no number
        except (RecordError, ValueError) as error:
            raise UsageError("this base is no IRI", where=repr(self.base)) from error
        if not self.base.endswith("/") or "#" in self.base or "?" in self.base:
            raise UsageError(
                "the base IRI must end in a slash and hold no # or ?",
                where=self.base,
                hint=f"for example {DEFAULT_BASE}",
            )
        if self.base == ROOT or self.base in _OWN.values() or self.base in {ACTOR, MEASURE}:
            raise UsageError(
                "the base IRI is where the vocabulary lives",
                where=self.base,
                hint=f"data need a place of their own, for example {DEFAULT_BASE}",
            )

    def prefixes(self) -> Mapping[str, str]:
        """Every prefix, with ``id:`` bound to the base."""
        return prefixes(self.base)

    def node(self, identifier: str) -> str:
        """The IRI of a statement, document or event."""
        return self.base + local_name(identifier)

    def actor(self, identifier: str) -> str:
        """The IRI of an actor: candidates live under the base, others in the vocabulary."""
        namespace = self.base if identifier.startswith("actor-") else ACTOR
        return namespace + local_name(identifier)

    def document_graph(self, document: str) -> str:
        """The IRI of the named graph that holds a document and its statements."""
        return f"{self.base}graph-{_key('document', document)}"

    @property
    def catalogue(self) -> str:
        """The IRI of the graph of measures, actors, concepts, events and activities in use."""
        return self.base + "catalogue"

    def evidence(self, statement: str) -> str:
        """The IRI of the oa:SpecificResource that holds a statement's passage."""
        return f"{self.base}evidence-{_key('statement', statement)}"

    def position(self, statement: str) -> str:
        """The IRI of the oa:TextPositionSelector of a statement's passage."""
        return f"{self.base}position-{_key('statement', statement)}"

    def quote(self, statement: str) -> str:
        """The IRI of the oa:TextQuoteSelector of a statement's passage."""
        return f"{self.base}quote-{_key('statement', statement)}"

    def mention(self, statement: str, index: int) -> str:
        """The IRI of a statement's mention; the index keeps the order of the record."""
        return f"{self.base}mention-{_key('statement', statement)}-{index:02d}"

    def activity(self, extractor: str) -> str:
        """The IRI of the prov:Activity of one version of an extractor."""
        return f"{self.base}activity-{digest(extractor)}"

    def local(self, iri: str) -> str:
        """The identifier an IRI of the data or of the actors was made of.

        Raises:
            RecordError: if the IRI is in neither namespace.
        """
        for namespace in (self.base, ACTOR):
            if iri.startswith(namespace):
                return unquote(iri[len(namespace) :], errors="strict")
        raise RecordError(
            f"this IRI is neither under {self.base} nor under {ACTOR}",
            where=iri,
            hint="name the base IRI the data was written with",
        )


def _key(kind: str, identifier: str) -> str:
    """The part of a flat identifier after its kind: the name of everything that belongs to it."""
    head, _, key = identifier.partition("-")
    if head != kind or not key.isalnum() or not key.isascii():
        raise RecordError(
            f"the id of a {kind} must be {kind}- and letters or digits", where=repr(identifier)
        )
    return key
