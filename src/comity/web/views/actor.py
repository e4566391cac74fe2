"""The page of an actor: what it undertakes and says, about what, when, with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.model import Actor, ActorKind, Statement
from comity.rdf.background import Background
from comity.web.charts import Columns, Heat, Tally, tallies
from comity.web.holdings import ROLES, Holdings, roles
from comity.web.naming import Ref, clip, others
from comity.web.views.common import Outside, Rows, Titled, area_heat, in_time, listed, outside

PARTNERS = 10
"""Others that are listed, of each kind."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that the vocabulary says of an actor: a membership, an office, a superior.

    `kind` is ``member`` (it belongs to a bloc), ``members`` (another belongs to it), ``office``
    (it holds one), ``holder`` (someone holds one of its own), ``actsFor``, ``jurisdiction``,
    ``memberOf`` or ``subOrganizationOf``.
    """

    kind: str
    other: Ref
    since: str = ""
    until: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class ActorView:
    """Everything that a page of an actor shows. `counts` is role to number of statements."""

    titled: Titled
    kind: ActorKind
    candidate: bool
    deprecated: bool
    replaced_by: Ref | None
    counts: tuple[tuple[str, int], ...]
    documents: int
    areas: Heat
    years: Columns
    partners: tuple[Tally, ...]
    beneficiaries: tuple[Tally, ...]
    addressed_by: tuple[Tally, ...]
    spoken_for_by: tuple[Tally, ...]
    ties: tuple[Tie, ...]
    outside: tuple[Outside, ...]
    rows: Rows


def actor_view(identifier: str, actor: Actor, holdings: Holdings) -> ActorView:
    """What the page of an actor shows.

    Args:
        identifier: The actor's id.
        actor: What is known of it.
        holdings: What the graph holds.
    """
    names = holdings.names
    place = holdings.addresses.actor(identifier)
    statements = list(holdings.at(place))
    found = [(each, roles(each)) for each in statements]
    counts = Counter(role for _, each in found for role in each.get(identifier, ()))
    acting = [each for each, who in found if "actor" in who.get(identifier, ())]
    name = names.actor(identifier)
    background = holdings.background
    return ActorView(
        Titled(clip(name.text, 200), name.language, others(actor.labels, names.language)),
        actor.kind,
        actor.candidate,
        actor.deprecated,
        names.actor(actor.replaced_by) if actor.replaced_by else None,
        tuple((role, counts[role]) for role in ROLES if counts[role]),
        len({each.document for each in statements}),
        area_heat(acting, holdings, actor=identifier),
        in_time(statements),
        _others(found, identifier, "actor", "counterpart", holdings),
        _others(found, identifier, "actor", "beneficiary", holdings),
        _others(found, identifier, "counterpart", "actor", holdings),
        _others(found, identifier, "behalf", "speaker", holdings),
        _ties(actor, background, holdings),
        outside(background.matches.get(actor.iri, ())),
        listed(holdings.numbers(place), holdings, actor=identifier),
    )


def _others(
    found: Sequence[tuple[Statement, Mapping[str, list[str]]]],
    me: str,
    mine: str,
    role: str,
    holdings: Holdings,
) -> tuple[Tally, ...]:
    """Those who have a role in the statements in which this actor has its own."""
    counts = Counter(
        other
        for _, who in found
        if mine in who.get(me, ())
        for other, theirs in who.items()
        if other != me and role in theirs
    )
    return tallies(counts, holdings.names.actor)[:PARTNERS]


def _ties(actor: Actor, background: Background, holdings: Holdings) -> tuple[Tie, ...]:
    """What the vocabulary says of an actor; a dated membership goes before a plain link."""
    ties = []
    for held in background.tenures.get(actor.iri, ()):
        mine = held.holder == actor.iri
        other = holdings.named(held.body if mine else held.holder)
        ties.append(Tie("office" if mine else "holder", other, held.since, held.until, held.office))
    joined = background.memberships.get(actor.iri, ())
    for each in joined:
        mine = each.member == actor.iri
        other = holdings.named(each.bloc if mine else each.member)
        ties.append(Tie("member" if mine else "members", other, each.since, each.until))
    dated = {each.bloc for each in joined}
    for principal in actor.acts_for:
        ties.append(Tie("actsFor", holdings.names.actor(principal)))
    for kind, iri in background.ties.get(actor.iri, ()):
        if not (kind == "memberOf" and iri in dated):
            ties.append(Tie(kind, holdings.named(iri)))
    return tuple(ties)
