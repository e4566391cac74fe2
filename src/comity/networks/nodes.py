"""What a statement joins: actors, measures, areas, issues and events, as named nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.errors import UsageError
from comity.model import UNSPECIFIED, Document, Mention, Statement, Vocabulary
from comity.rdf.catalogue import measure_labels
from comity.rdf.namespaces import Namespaces, measure_iri, shorten
from comity.rdf.resolve import event_identifier, statement_event

COOPERATION = frozenset({"cooperation", "agreement"})
"""The measure types, with their narrower ones, that are carried out with a counterpart."""

FAVOURABLE = frozenset({"introduce", "strengthen", "maintain"})
"""The directions that support an issue; the opposite ones are `ADVERSE`."""

ADVERSE = frozenset({"weaken", "abolish"})
"""The directions that are against an issue."""
PROHIBITION = "prohibition"
"""The type of measure whose issue is the practice that is to end."""


@dataclass(frozen=True, slots=True)
class View:
    """A statement as a projection sees it: names of nodes only."""

    actors: tuple[str, ...]
    counterparts: tuple[str, ...]
    areas: tuple[str, ...]
    measures: tuple[tuple[str, str | None], ...]
    issues: tuple[str, ...]
    event: str | None
    cooperates: bool


def stance(statement: Statement) -> int:
    """Where a statement stands on its issue, measure type and area: 1 for, -1 against it.

    To introduce, strengthen or maintain is to support; to weaken or abolish is to be against;
    a negated statement stands on the other side. 0 where the direction is not told. The issue of
    a prohibition is the practice: to prohibit it is to be against it, whatever the direction.

    >>> stance(Statement("", "", 0, 1, "", direction="weaken", negated=True))
    1
    """
    side = (statement.direction in FAVOURABLE) - (statement.direction in ADVERSE)
    if statement.measure_type == PROHIBITION:
        side = -1
    return -side if statement.negated else side


class Names:
    """Names and attributes of nodes, each looked up once.

    Args:
        vocabulary: Names of actors and concepts.
        namespaces: Where data IRIs live.
        documents: The documents of the statements, by id; they tell the year of events.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        namespaces: Namespaces,
        documents: Mapping[str, Document] | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._namespaces = namespaces
        self._documents = documents or {}
        self._prefixes = namespaces.prefixes()
        self._cooperation = {
            code
            for code in vocabulary.scheme("measure-type")
            if COOPERATION & {code, *vocabulary.ancestors("measure-type", code)}
        }
        self._known: dict[tuple[str | None, ...], str] = {}
        self._attributes: dict[str, dict[str, Any]] = {}
        self._wordings: dict[str, Counter[str]] = {}

    def view(self, statement: Statement, areas: Collection[str] | None = None) -> View:
        """The nodes of a statement.

        Args:
            statement: The statement, linked.
            areas: The areas asked for; those outside them and their narrower ones are left out.
        """
        found = [a for a in statement.areas if self._wanted(a, areas)]
        in_measures: list[str | None] = list(found)
        if not statement.areas and areas is None:
            in_measures = [None]
        return View(
            self._actors(statement.actors) if in_measures else (),
            self._actors(statement.counterparts) if in_measures else (),
            tuple(sorted({self.concept("area", a) for a in found})),
            tuple(
                (self._measure(statement, a), self.concept("area", a) if a is not None else None)
                for a in in_measures
            ),
            tuple(self._issue(statement, a) for a in in_measures),
            self._event(statement) if in_measures and statement.event else None,
            statement.measure_type in self._cooperation,
        )

    def attributes(self, node: str) -> dict[str, Any]:
        """Type, label, IRI and kind of a node; a candidate is labelled as texts name it most."""
        values = self._attributes[node]
        if node in self._wordings:
            words = self._wordings[node]
            return values | {"label": min(words, key=lambda word: (-words[word], word))}
        return values

    def label(self, nodes: Iterable[str]) -> str:
        """The labels of nodes, in one line."""
        return "; ".join(str(self.attributes(node)["label"]) for node in nodes)

    def concept(self, scheme: str, code: str) -> str:
        """The node of a concept.

        Raises:
            UsageError: When the vocabulary does not have it.
        """
        concept = self._vocabulary.concepts.get((scheme, code))
        if concept is None:
            raise UsageError(f"the vocabulary has no {scheme} {code!r}")
        return self._node((scheme, code), concept.iri, type=scheme, label=concept.name())

    def _wanted(self, area: str, areas: Collection[str] | None) -> bool:
        if areas is None or area in areas:
            return True
        return bool(self._vocabulary.ancestors("area", area) & set(areas))

    def _actors(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        found = set()
        for mention in mentions:
            if mention.id is not None:
                node = self._actor(mention.id)
                found.add(node)
                if mention.id not in self._vocabulary.actors:
                    self._wordings.setdefault(node, Counter())[mention.text] += 1
        return tuple(sorted(found))

    def _actor(self, identifier: str) -> str:
        known = self._vocabulary.actors.get(identifier)
        iri = known.iri if known is not None else self._namespaces.actor(identifier)
        label = known.name() if known is not None else identifier
        kind = known.kind if known is not None else "Actor"
        return self._node(("actor", identifier), iri, type="actor", label=label, kind=kind)

    def _measure(self, statement: Statement, area: str | None) -> str:
        parts = (statement.measure_type, statement.direction, area)
        known = self._known.get(("measure", *parts))
        if known is not None:
            return known
        codes = (("measure-type", statement.measure_type), ("direction", statement.direction))
        for scheme, code in (*codes, *([("area", area)] if area is not None else [])):
            self.concept(scheme, code)
        label = measure_labels(parts, self._vocabulary)["en"]
        return self._node(("measure", *parts), measure_iri(*parts), type="measure", label=label)

    def _issue(self, statement: Statement, area: str | None) -> str:
        """Measure type and area without the direction: what actors are for or against."""
        key = ("issue", statement.measure_type, area)
        known = self._known.get(key)
        if known is None:
            codes = [("measure-type", statement.measure_type)]
            codes += [("area", area)] if area is not None else []
            label = self.label(self.concept(*code) for code in codes).replace("; ", ": ")
            known = self._known[key] = "issue:" + ".".join(code for _, code in codes)
            self._attributes[known] = {"type": "issue", "label": label}
        return known

    def _event(self, statement: Statement) -> str:
        document = self._documents.get(statement.document)
        name = statement.event or UNSPECIFIED
        identifier = statement_event(statement, document) if document is not None else None
        identifier = identifier or event_identifier(name, statement.date)
        iri = self._namespaces.node(identifier)
        return self._node(("event", identifier), iri, type="event", label=name)

    def _node(self, key: tuple[str | None, ...], iri: str, **values: str) -> str:
        if key not in self._known:
            node = self._known[key] = shorten(iri, self._prefixes)
            self._attributes[node] = {**values, "iri": iri}
        return self._known[key]
