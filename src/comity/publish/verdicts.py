"""What becomes of each IRI that the release before described and the new one does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from comity.errors import UsageError
from comity.lineage import Link
from comity.publish.content import Content
from comity.publish.difference import joined
from comity.publish.facts import (
    PARTS,
    TYPE,
    Facts,
    Keys,
    Thing,
    facts_of,
    iris,
    links_of,
    look_up,
    name_of,
)
from comity.publish.proposals import (
    actors_again,
    documents_now,
    other_name,
    other_reading,
    passages_before,
    passages_now,
    read_again,
    users,
)
from comity.publish.reasons import Missing, Reason
from comity.publish.sides import Side
from comity.publish.told import Passage
from comity.rdf.namespaces import COMITY, DCTERMS, MEASURE, RDFS, ROOT, SKOS

Codes = tuple[str, str, str | None]
_KEPT = frozenset(
    (
        *(TYPE, SKOS + "prefLabel", RDFS + "label"),
        *(DCTERMS + name for name in ("title", "issued", "identifier")),
        *(COMITY + name for name in ("statedIn", "action", "sourceUrl", "publisherName")),
    )
)
"""What is remembered of a node that is gone."""
_JUDGED = ("document", "statement", "actor", "event")


@dataclass
class Verdicts:
    """What was decided about the IRIs that are described no longer.

    Attributes:
        keys: Tells what belongs to a statement.
        heads: What is gone, but for parts of statements, with what was said of it.
        withdrawn: What is withdrawn and why.
        kept: What the vocabulary still knows.
        extractors: Extractors that no statement comes from any more.
        missing: What lacks a reason.
        restored: What had been withdrawn and is there again, parts of statements left out.
        earlier: How many withdrawals of earlier releases stay.
        came: The documents that are new.
        alive: The keys of the documents that are described.
        seen: The replacements that people named and the new release describes.
        links: The IRIs of the links of the new release.
    """

    keys: Keys
    links: frozenset[str]
    heads: dict[str, Facts] = field(default_factory=dict)
    withdrawn: dict[str, Reason] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    extractors: set[str] = field(default_factory=set)
    missing: list[Missing] = field(default_factory=list)
    restored: set[str] = field(default_factory=set)
    earlier: int = 0
    came: set[str] = field(default_factory=set)
    alive: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def of_part(self, iri: str, base: str) -> Reason | None:
        """Why a part of a statement is withdrawn; None while that lacks a reason itself."""
        owner = f"{base}statement-{self.keys.part(iri)[1]}"
        if owner not in self.heads:
            return Reason("A part that its statement has no longer.", (owner,))
        why = self.withdrawn.get(owner)
        return why and replace(why, text=f"Its statement was withdrawn: {why.text}")


def judge(
    old: Side, content: Content, reasons: Mapping[str, Reason], notes: Mapping[str, str]
) -> Verdicts:
    """What becomes of each IRI; see `comity.publish.withdrawals`.

    Args:
        old: The release before.
        content: What is to be published, under the same base.
        reasons: Why people withdraw what is to be withdrawn, by IRI.
        notes: What reviewers noted where they rejected a statement, by the id of the statement.

    Raises:
        UsageError: if a reason names a replacement that the new release does not describe.
    """
    room = _Room(old, content, reasons, _gathered(old, content, reasons))
    room.known()
    room.rejected(notes)
    room.follow_documents()
    room.follow_users()
    room.documents()
    room.statements()
    room.others()
    room.graphs()
    room.links()
    room.check_replacements()
    return room.verdicts


def _gathered(old: Side, content: Content, reasons: Mapping[str, Reason]) -> Verdicts:
    """What is gone, what came, what is there again, in one pass over both."""
    node = content.namespaces.node
    found = Verdicts(Keys(old), frozenset(node(link.id) for link in content.links))
    named = {iri for reason in reasons.values() for iri in reason.replaced_by}
    documents, graphs = node("document-"), node("graph-")
    ending = f" <{old.withdrawn}> .\n".encode()
    past: list[str] = []
    for each in joined(old.lines(), content.lines()):
        iri = each.subject.decode()[1:-1]
        withdrawn = bool(each.old) and all(line.endswith(ending) for line in each.old)
        if each.new:
            found.seen.update({iri} & named)
            if withdrawn and found.keys.part(iri)[0] not in PARTS.values():
                found.restored.add(iri)
            if iri.startswith(documents):
                found.alive.add(iri.removeprefix(documents))
                found.came.update([iri] if withdrawn or not each.old else [])
        elif withdrawn:
            past.append(iri)
        elif found.keys.part(iri)[0] not in PARTS.values():
            lines = [line for line in each.old if not line.endswith(ending)]
            facts = facts_of(lines) or {}
            found.heads[iri] = {name: facts[name] for name in facts if name in _KEPT}
    back = {i for i in past if i in found.links or i.removeprefix(graphs) in found.alive}
    found.restored |= back
    found.earlier = len(past) - len(back)
    return found


class _Room:
    """The steps of the judgement, each of which decides about some of the IRIs."""

    def __init__(
        self, old: Side, content: Content, reasons: Mapping[str, Reason], verdicts: Verdicts
    ) -> None:
        self.old = old
        self.content = content
        self.reasons = reasons
        self.verdicts = verdicts
        self.again: dict[str, str] = {}
        heads = verdicts.heads
        self.kinds = {iri: Thing(iri, facts, None).kind for iri, facts in heads.items()}
        verdicts.withdrawn |= {iri: reasons[iri] for iri in heads if iri in reasons}

    def _open(self, *kinds: str) -> list[str]:
        """What is not decided yet, of these kinds or of any."""
        v = self.verdicts
        decided = v.withdrawn.keys() | v.kept | v.extractors
        return [i for i, k in self.kinds.items() if i not in decided and (not kinds or k in kinds)]

    def known(self) -> None:
        """What the vocabulary still knows is described on, and extractors are."""
        self.verdicts.extractors.update(self._open("extractor"))
        for iri in self._open("concept", "actor", "measure"):
            if known(iri, self.content):
                self.verdicts.kept.add(iri)

    def rejected(self, notes: Mapping[str, str]) -> None:
        """Statements that a reviewer rejected are withdrawn for that."""
        waiting = set(self._open("statement"))
        for each in self.content.graph.records() if waiting else ():
            iri = self.content.namespaces.node(each.id)
            if each.review == "rejected" and iri in waiting:
                note = notes.get(each.id)
                said = f"Rejected in review: {note}" if note else "Rejected in review."
                self.verdicts.withdrawn[iri] = Reason(said)

    @cached_property
    def passages(self) -> dict[str, tuple[Passage, str]]:
        """Where the statements stood that neither a person nor a review has withdrawn."""
        found = {iri: self.verdicts.heads[iri] for iri in self._open("statement")}
        return passages_before(self.old, found, self.verdicts.keys)

    def follow_documents(self) -> None:
        """Statements of withdrawn documents follow them.

        Where a person has named the document in its place, a statement is replaced by the one
        that is read there in the same words.
        """
        v = self.verdicts
        before = {i: p for i, (p, _) in self.passages.items() if p.document in v.withdrawn}
        places = {p.document: v.withdrawn[p.document].replaced_by for p in before.values()}
        instead = {document: to[0] for document, to in places.items() if len(to) == 1}
        again = read_again(before, passages_now(self.content, set(instead.values())), instead)
        self.again = again
        for iri, passage in before.items():
            what = "replaced" if places[passage.document] else "withdrawn"
            said = f"Its document was {what}: {v.withdrawn[passage.document].text}"
            v.withdrawn[iri] = Reason(said, (again[iri],) if iri in again else ())

    def follow_users(self) -> None:
        """What nothing names but what is gone itself goes with it; else it lacks a reason."""
        v = self.verdicts
        waiting = self._open("actor", "event")
        found = users(self.old, self.content, set(waiting))
        targets = {to for each in found.values() for to in each.now}
        lines = self.content.lines() if targets else iter(())
        names = {iri: name_of(iri, f) for iri, f in look_up(lines, targets.__contains__)}
        renamed = actors_again(self.old, self.content, self.again, v.keys)
        for iri in waiting:
            if found[iri].lasting:
                self._miss(iri, "", other_name(found[iri], self.kinds[iri], names))
            else:
                v.withdrawn[iri] = Reason("What named it was withdrawn.", renamed.get(iri, ()))

    def documents(self) -> None:
        """Documents lack a reason; so do their statements, which will follow them."""
        gone = {iri: self.verdicts.heads[iri] for iri in self._open("document")}
        instead = documents_now(self.content, gone, self.verdicts.came)
        before = {i: p for i, (p, _) in self.passages.items() if p.document in gone}
        again = read_again(before, passages_now(self.content, set(instead.values())), instead)
        for iri in gone:
            own = [i for i, p in before.items() if p.document == iri]
            count = sum(i in again for i in own)
            proposal = None
            if iri in instead:
                said = f"Its text was changed; {count} of {len(own)} statements are read again."
                proposal = Reason(said, (instead[iri],))
            self._miss(iri, f"{len(own)} statements follow it" if own else "", proposal)

    def statements(self) -> None:
        """Statements whose document is still there lack a reason."""
        gone = set(self._open("document"))
        alone = [i for i in self._open("statement") if self.passages[i][0].document not in gone]
        homes = {self.passages[i][0].document for i in alone}
        hashes = {sha256 for i in alone if (sha256 := self.passages[i][0].sha256)}
        now = passages_now(self.content, homes, hashes)
        for iri in alone:
            passage, words = self.passages[iri]
            self._miss(iri, f"“{words}”" if words else "", other_reading(passage, now.values()))

    def others(self) -> None:
        """What is of no kind that is known lacks a reason, and what the vocabulary has lost."""
        for iri in self._open():
            if self.kinds[iri] not in _JUDGED:
                self._miss(iri)
        order = {kind: number for number, kind in enumerate(_JUDGED)}
        self.verdicts.missing.sort(key=lambda m: (order.get(m.kind, len(order)), m.iri))

    def _miss(self, iri: str, about: str = "", proposal: Reason | None = None) -> None:
        name = name_of(iri, self.verdicts.heads[iri]) if self.kinds[iri] != "statement" else ""
        about = "; ".join(filter(None, (name, about)))
        self.verdicts.missing.append(Missing(iri, self.kinds[iri], about, proposal))

    def graphs(self) -> None:
        """The graph of a withdrawn document is withdrawn with it."""
        v, node = self.verdicts, self.content.namespaces.node
        for iri, kind in self.kinds.items():
            why = v.withdrawn.get(iri)
            if kind == "document" and why is not None:
                names = (self._graph(each) for each in why.replaced_by)
                to = tuple(node(name) for name in names if name)
                said = f"Its document was withdrawn: {why.text}"
                v.withdrawn[node(self._graph(iri))] = Reason(said, to)

    def _graph(self, document: str) -> str:
        head = self.content.namespaces.node("document-")
        return f"graph-{document.removeprefix(head)}" if document.startswith(head) else ""

    def links(self) -> None:
        """Links that the rules no longer make are withdrawn."""
        v = self.verdicts
        for iri, facts in (links_of(self.old) or {}).items():
            if iri in v.links:
                continue
            names = ("laterStatement", "earlierStatement")
            ends = [each for name in names for each in iris(facts, COMITY + name)[:1]]
            if not v.heads.keys() & set(ends):
                v.withdrawn[iri] = Reason("The rules do not make this link any more.")
                continue
            now = [v.withdrawn[e].replaced_by if e in v.withdrawn else (e,) for e in ends]
            to = {self._link(*pair) for pair in product(*now) if len(pair) == 2} & v.links
            v.withdrawn[iri] = Reason("It tied a statement that was withdrawn.", tuple(sorted(to)))

    def _link(self, later: str, earlier: str) -> str:
        base = self.content.namespaces.base
        ids = later.removeprefix(base), earlier.removeprefix(base)
        return self.content.namespaces.node(Link(*ids, "", "", "", 0.0).id)

    def check_replacements(self) -> None:
        """What people name in the place of something is described, or made to be."""
        v, base = self.verdicts, self.content.namespaces.base
        for iri, reason in self.reasons.items():
            for to in reason.replaced_by if iri in v.withdrawn else ():
                if to in v.seen or to in v.links or not to.startswith((base, ROOT)):
                    continue
                if not known(to, self.content):
                    raise UsageError(
                        f"it is said to be replaced by {to}, which this release does not describe",
                        where=iri,
                        hint="name one that it describes, or leave replaced_by empty",
                    )
                v.kept.add(to)


# -- the vocabulary --------------------------------------------------------------------------


def known(iri: str, content: Content) -> bool:
    """Whether the vocabulary knows a concept, an actor, or all parts of a measure."""
    index = vocabulary_index(content)
    return iri in index or measure_codes(iri, content) is not None


def measure_codes(iri: str, content: Content) -> Codes | None:
    """The codes that a measure is made of; None when it is none, or one of them is unknown."""
    parts = iri.removeprefix(MEASURE).split(".") if iri.startswith(MEASURE) else []
    if len(parts) not in (2, 3):
        return None
    codes = zip(("measure-type", "direction", "area"), parts, strict=False)
    if not all(code in content.vocabulary.concepts for code in codes):
        return None
    return parts[0], parts[1], parts[2] if len(parts) == 3 else None


def vocabulary_index(content: Content) -> dict[str, tuple[str, str]]:
    """Every IRI of the vocabulary, with scheme and code; actors have the scheme actor."""
    vocabulary = content.vocabulary
    found = {concept.iri: key for key, concept in vocabulary.concepts.items()}
    return found | {actor.iri: ("actor", actor.id) for actor in vocabulary.actors.values()}
