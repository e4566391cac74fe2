"""Brokerage: whose ties lead from one kind of actor to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from comity.networks.plain import Plain

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


def brokerage(plain: Plain, groups: Sequence[Hashable]) -> list[dict[str, int]]:
    """How often each node stands between two others that are not tied, by their groups.

    Gould, R. V. and Fernandez, R. M. (1989), Structures of mediation: a broker b stands on a
    path a → b → c where a is not tied to c. It is a *coordinator* if all three are of one group,
    an *itinerant* if a and c are, a *representative* if a and b are, a *gatekeeper* if b and c
    are, a *liaison* if all differ. Without direction every tie counts both ways, so that a path
    counts twice, and representatives are gatekeepers.

    All pairs are counted by group first, then those that are tied are taken off: the work grows
    with the triangles, not with the square of the neighbours.

    Args:
        plain: The network.
        groups: The group of each node.

    Returns:
        The number of each of `ROLES`, for each node.
    """
    targets, sources = plain.neighbours()
    found = []
    for broker, own in enumerate(groups):
        roles: Counter[str] = Counter()
        coming = Counter(groups[a] for a in sources[broker])
        going = Counter(groups[c] for c in targets[broker])
        for first, many in coming.items():
            for last, others in going.items():
                roles[_role(first, own, last)] += many * others
        for a in sources[broker]:
            if a in targets[broker]:
                roles[_role(groups[a], own, groups[a])] -= 1
            for c in targets[a] & targets[broker]:
                roles[_role(groups[a], own, groups[c])] -= 1
        found.append({role: roles[role] for role in ROLES})
    return found


def _role(first: Hashable, broker: Hashable, last: Hashable) -> str:
    if first == last:
        return "coordinator" if broker == first else "itinerant"
    if first == broker:
        return "representative"
    return "gatekeeper" if broker == last else "liaison"
