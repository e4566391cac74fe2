"""IRIs never vanish: what a release no longer has stays, withdrawn, with its reason.

Compared with the release before, an IRI that is not described any more

- is withdrawn by rule, when it is a part of a statement, a statement that was rejected in review,
  a statement or the graph of a withdrawn document, a link that the rules no longer make, or an
  actor or event that nothing names but what is gone itself;
- is described on, when the vocabulary still knows it, or when it is an extractor: measures,
  concepts and actors may come into use again;
- needs a reason from a person otherwise.

What was withdrawn in an earlier release stays withdrawn, until it is described again.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path

from comity.errors import UsageError, WithdrawalError
from comity.publish.content import Content, parsed, write_lines
from comity.publish.difference import joined
from comity.publish.reasons import Missing, Reason
from comity.publish.sides import Side
from comity.publish.sorting import sorted_lines
from comity.publish.verdicts import Verdicts, judge, measure_codes, vocabulary_index
from comity.rdf.catalogue import kept_triples
from comity.rdf.namespaces import COMITY, DCTERMS, OWL, Namespaces
from comity.rdf.terms import RDF_TYPE, Triple, boolean_term, iri_term, literal_term
from comity.rdf.write import nquads

_SHOWN = 3


class VanishingError(WithdrawalError):
    """IRIs of the release before would vanish; `missing` has all that lack a reason."""

    def __init__(
        self, missing: tuple[Missing, ...], message: str, *, where: str, hint: str
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.missing = missing


@dataclass(frozen=True)
class Withdrawals:
    """What a release keeps of the one before.

    Args:
        quads: A file of sorted N-Quads: what is withdrawn, and what is described on.
        graph: The IRI of the graph of what is withdrawn.
        verdicts: What is withdrawn now and why, parts of statements left out.
        missing: What lacks a reason.
        kept: What is described on though nothing names it.
        restored: What had been withdrawn and is described again.
        needless: The IRIs for which a reason was given that none was needed for.
        earlier: How many withdrawals of earlier releases stay.
    """

    quads: Path
    graph: str
    verdicts: Mapping[str, Reason]
    missing: tuple[Missing, ...]
    kept: tuple[str, ...]
    restored: tuple[str, ...]
    needless: tuple[str, ...]
    earlier: int

    def lines(self) -> Iterator[bytes]:
        """The sorted lines of its N-Quads."""
        with self.quads.open("rb") as lines:
            yield from lines

    @property
    def triples(self) -> Iterator[Triple]:
        """The triples of the graph of what is withdrawn, sorted."""
        graph = f"<{self.graph}>"
        return (quad[:3] for quad in map(parsed, self.lines()) if quad[3] == graph)

    def check(self) -> None:
        """Refuses a release in which an IRI would vanish.

        Raises:
            WithdrawalError: if a reason is missing; `where` names the first IRIs.
        """
        if self.missing:
            count = len(self.missing)
            shown = ", ".join(each.iri for each in self.missing[:_SHOWN])
            more = f" and {count - _SHOWN:,} more" if count > _SHOWN else ""
            what = "1 IRI" if count == 1 else f"{count:,} IRIs"
            raise VanishingError(
                self.missing,
                f"{what} of the release before would vanish without a reason",
                where=shown + more,
                hint="fill in a table of iri, reason, replaced_by and name it: --withdrawn FILE",
            )


def plan_withdrawals(
    old: Side,
    content: Content,
    reasons: Mapping[str, Reason],
    room: Path,
    notes: Mapping[str, str] | None = None,
) -> Withdrawals:
    """What a release must keep of the one before, and for what it lacks a reason.

    Args:
        old: The release before.
        content: What is to be published, with as much of the passages as it gives.
        reasons: Why people withdraw what is to be withdrawn, by IRI.
        room: A folder for the quads; it must outlive the result.
        notes: What reviewers noted where they rejected a statement, by the id of the statement.

    Raises:
        UsageError: if the release before lives under another base, or a reason names a
            replacement that the new release does not describe.
        InputError: if the release before is damaged.
    """
    if old.base != content.namespaces.base:
        raise UsageError(
            f"the release before lives under another base: {old.base}",
            where=content.namespaces.base,
            hint="build with --base-iri, so that IRIs stay what they were",
        )
    verdicts = judge(old, content, reasons, notes or {})
    room.mkdir(parents=True, exist_ok=True)
    lines = chain(_standing(old, content, verdicts), _decided(content, verdicts))
    return Withdrawals(
        write_lines(sorted_lines(lines), room / "withdrawn.nq"),
        withdrawn_graph(content.namespaces),
        dict(sorted(verdicts.withdrawn.items())),
        tuple(verdicts.missing),
        tuple(sorted(verdicts.kept | verdicts.extractors)),
        tuple(sorted(verdicts.restored)),
        tuple(sorted(reasons.keys() - verdicts.withdrawn.keys())),
        verdicts.earlier,
    )


def with_withdrawals(content: Content, withdrawals: Withdrawals, room: Path) -> Content:
    """The content of a release with what it keeps of the one before.

    Args:
        content: What is to be published.
        withdrawals: What `plan_withdrawals` gave for it.
        room: A folder for the quads; it must outlive the result.

    Raises:
        WithdrawalError: if a reason is missing.
    """
    withdrawals.check()
    room.mkdir(parents=True, exist_ok=True)
    merged = heapq.merge(content.lines(), withdrawals.lines())
    quads = write_lines((line for line, _ in groupby(merged)), room / "quads-withdrawn.nq")
    return replace(content, quads=quads)


def withdrawn_graph(namespaces: Namespaces) -> str:
    """The IRI of the graph of what was withdrawn.

    Args:
        namespaces: Where the data live.
    """
    return namespaces.node("withdrawn")


def withdrawn_triples(iri: str, reason: Reason, version: str) -> list[Triple]:
    """What is said of a withdrawn IRI, sorted.

    Args:
        iri: The IRI.
        reason: Why it was withdrawn, and what has its place.
        version: The IRI of the release that does not have it any more.

    Raises:
        RecordError: if an IRI or the reason cannot be written.
    """
    node = iri_term(iri)
    return sorted(
        [
            (node, RDF_TYPE, f"<{COMITY}WithdrawnResource>"),
            (node, f"<{OWL}deprecated>", boolean_term(True)),
            (node, f"<{COMITY}withdrawalReason>", literal_term(reason.text, "en")),
            (node, f"<{COMITY}withdrawnIn>", iri_term(version)),
            *((node, f"<{DCTERMS}isReplacedBy>", iri_term(to)) for to in reason.replaced_by),
        ]
    )


def _standing(old: Side, content: Content, verdicts: Verdicts) -> Iterator[bytes]:
    """What was withdrawn before, what is said of old extractors, and the parts of statements."""
    ending = f" <{old.withdrawn}> .\n".encode()
    for node in joined(old.lines(), content.lines()):
        iri = node.subject.decode()[1:-1]
        if not node.old or node.new or iri in verdicts.restored:
            continue
        past = [line for line in node.old if line.endswith(ending)]
        if len(past) == len(node.old):
            yield from past
        elif iri in verdicts.extractors:
            yield from (line for line in node.old if not line.endswith(ending))
        elif iri not in verdicts.heads:
            reason = verdicts.of_part(iri, content.namespaces.base)
            if reason is not None:
                yield from _lines(iri, reason, content)


def _decided(content: Content, verdicts: Verdicts) -> Iterator[bytes]:
    """What is withdrawn now, and what the vocabulary says of what is described on."""
    for iri, reason in verdicts.withdrawn.items():
        yield from _lines(iri, reason, content)
    index = vocabulary_index(content)
    measures = [codes for iri in verdicts.kept if (codes := measure_codes(iri, content))]
    named = [index[iri] for iri in verdicts.kept if iri in index]
    concepts = [key for key in named if key[0] != "actor"]
    actors = [name for scheme, name in named if scheme == "actor"]
    spaces = content.namespaces
    triples = kept_triples(measures, concepts, actors, content.vocabulary, spaces)
    yield from (line.encode() for line in nquads(triples, spaces.catalogue))


def _lines(iri: str, reason: Reason, content: Content) -> Iterator[bytes]:
    triples = withdrawn_triples(iri, reason, content.release.version)
    graph = withdrawn_graph(content.namespaces)
    yield from (line.encode() for line in nquads(triples, graph))
