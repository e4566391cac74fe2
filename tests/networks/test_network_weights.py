"""Weights are those of the Discourse Network Analyzer, on an example that is worked out by hand.

Four actors, three issues, ten statements; `docs/networks.md` shows the same table.

=========  =============  ===========  ==========
actor      trade secrets  IP treaties  at borders
=========  =============  ===========  ==========
Arvane     for, twice     against
Bregana    for            for
Corvia     against        against      for
Dorne      for                         for
=========  =============  ===========  ==========
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import vocabulary as small_vocabulary
from tests.strategies import VOCABULARY
from tests.strategies import statements as any_statements

from comity.errors import UnknownNameError, UsageError
from comity.model import Mention, Statement, Vocabulary
from comity.networks import ONE_MODE, PROJECTIONS, QUALIFIERS, TWO_MODE, network, stance
from comity.rdf.vocabulary import load

SECRETS, TREATIES, BORDERS = (
    ("rights-protection", "trade-secrets"),
    ("treaty-accession", "ip-treaties"),
    ("enforcement", "border-measures"),
)
SAID = (
    ("Arvane", SECRETS, "strengthen", False, "d1", "2019-03-01"),
    ("Arvane", SECRETS, "strengthen", False, "d1", "2019-03-01"),
    ("Arvane", TREATIES, "introduce", True, "d1", "2019-03-01"),
    ("Bregana", SECRETS, "maintain", False, "d2", "2019"),
    ("Bregana", TREATIES, "introduce", False, "d2", "2019"),
    ("Corvia", SECRETS, "weaken", False, "d3", "2020-05"),
    ("Corvia", TREATIES, "abolish", False, "d3", "2020-05"),
    ("Corvia", BORDERS, "strengthen", False, "d3", "2020-05"),
    ("Dorne", SECRETS, "strengthen", False, "d4", None),
    ("Dorne", BORDERS, "strengthen", False, "d4", None),
)
SIDES: dict[str, dict[str, dict[str, float]]] = {
    "congruence": {"AB": {"w": 2}, "AC": {"w": 1}, "AD": {"w": 2}, "BD": {"w": 1}, "CD": {"w": 1}},
    "conflict": {"AB": {"w": 1}, "AC": {"w": 2}, "BC": {"w": 2}, "CD": {"w": 1}},
    "subtract": {"AB": {"w": 1}, "AC": {"w": -1}, "AD": {"w": 2}, "BC": {"w": -2}, "BD": {"w": 1}},
    "combine": {
        "AB": {"w": 3},
        "AC": {"w": 3},
        "AD": {"w": 1},
        "BC": {"w": 2},
        "BD": {"w": 1},
        "CD": {"w": 3},
    },
}


def said() -> list[Statement]:
    """The ten statements of the example."""
    return [
        Statement(
            f"statement-{number}",
            document,
            number,
            number + 1,
            "",
            actors=(Mention(actor, f"actor-{actor.lower()}"),),
            measure_type=kind,
            areas=(area,),
            direction=direction,
            negated=negated,
            modality="commitment",
            date=date,
        )
        for number, (actor, (kind, area), direction, negated, document, date) in enumerate(SAID)
    ]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The whole vocabulary."""
    return load()


def weights(graph: nx.Graph[Any]) -> dict[str, float]:
    """The weights of an actor–actor network, by the first letters of both actors."""
    label = graph.nodes(data="label")
    found = {
        "".join(sorted(label[a][0] + label[b][0])): weight
        for a, b, weight in graph.edges(data="weight")
    }
    return dict(sorted(found.items()))


# -- sides ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "negated", "side"),
    [
        ("introduce", False, 1),
        ("strengthen", False, 1),
        ("maintain", False, 1),
        ("weaken", False, -1),
        ("abolish", False, -1),
        ("introduce", True, -1),
        ("abolish", True, 1),
        ("unspecified", False, 0),
        ("unspecified", True, 0),
    ],
)
def test_sides(direction: str, negated: bool, side: int) -> None:
    """To introduce, strengthen and maintain is for, to weaken and abolish against; no turns it."""
    assert stance(Statement("", "", 0, 1, "", direction=direction, negated=negated)) == side


@pytest.mark.parametrize("direction", ["introduce", "strengthen", "abolish", "unspecified"])
def test_to_prohibit_is_to_be_against(direction: str) -> None:
    """The issue of a prohibition is the practice, however the direction was coded."""
    banned = Statement("", "", 0, 1, "", measure_type="prohibition", direction=direction)
    assert stance(banned) == -1
    assert stance(replace(banned, negated=True)) == 1


def test_every_direction_has_a_side_or_is_not_told(vocabulary: Vocabulary) -> None:
    """A direction that is added to the vocabulary must be given a side."""
    sideless = {
        code
        for code in vocabulary.scheme("direction")
        if stance(Statement("", "", 0, 1, "", direction=code)) == 0
    }
    assert sideless == {"unspecified"}


def test_those_who_end_a_practice_agree(vocabulary: Vocabulary) -> None:
    """A prohibition acts on the practice: all who end it are on one side, against the practice."""
    end = replace(
        said()[0],
        measure_type="prohibition",
        direction="abolish",
        areas=("forced-technology-transfer",),
    )
    other = replace(end, id="x", actors=(Mention("Bregana", "actor-b"),))
    graph = network([end, other], "actor-actor", vocabulary=vocabulary, qualifier="congruence")
    ((_, _, edge),) = graph.edges(data=True)
    assert edge["issues"] == ("issue:prohibition.forced-technology-transfer",)
    issue = network([end], "actor-issue", vocabulary=vocabulary)
    assert [values["against"] for *_, values in issue.edges(data=True)] == [1]


def test_untold_directions_are_left_out_and_counted(vocabulary: Vocabulary) -> None:
    """A statement whose direction is not told takes no side; the graph says how many there are."""
    vague = [replace(s, direction="unspecified") for s in said()[:3]]
    graph = network(vague + said()[3:], "actor-actor", vocabulary=vocabulary, qualifier="subtract")
    assert graph.graph["left_out"] == 3
    assert "actor-arvane" not in "".join(graph)


# -- one type of nodes ----------------------------------------------------------------------


@pytest.mark.parametrize("qualifier", SIDES)
def test_agreement_and_disagreement(vocabulary: Vocabulary, qualifier: str) -> None:
    """Counts on the same side are multiplied issue by issue, and so are those on opposite sides."""
    found = network(
        said(), "actor-actor", vocabulary=vocabulary, qualifier=qualifier, duplicates="all"
    )
    assert weights(found) == {pair: w["w"] for pair, w in SIDES[qualifier].items()}
    assert "sides" in found.graph["description"] and found.graph["qualifier"] == qualifier


def test_ignoring_sides_joins_by_measures(vocabulary: Vocabulary) -> None:
    """Without a qualifier actors are joined by whole measures, and refusals do not count."""
    found = network(said(), "actor-actor", vocabulary=vocabulary, duplicates="all")
    assert weights(found) == {"AD": 2, "CD": 1}
    once = network(said(), "actor-actor", vocabulary=vocabulary)
    assert weights(once) == {"AD": 1, "CD": 1}


@pytest.mark.parametrize(
    ("normalise", "expected"),
    [
        # activity: A 3, B 2, C 3, D 2 statements
        (
            "average-activity",
            {"AB": 2 / 2.5, "AC": 1 / 3, "AD": 2 / 2.5, "BD": 1 / 2, "CD": 1 / 2.5},
        ),
        # shared counts multiplied, plus what either says alone: AB 2 + 1 + 1, AC 1 + 2 + 2, …
        ("jaccard", {"AB": 2 / 4, "AC": 1 / 5, "AD": 2 / 4, "BD": 1 / 3, "CD": 1 / 4}),
        # lengths of the rows of counts: A √5, B √2, C √3, D √2
        (
            "cosine",
            {
                "AB": 2 / sqrt(10),
                "AC": 1 / sqrt(15),
                "AD": 2 / sqrt(10),
                "BD": 1 / 2,
                "CD": 1 / sqrt(6),
            },
        ),
        ("cosine-dna", {"AB": 2 / 6, "AC": 1 / 9, "AD": 2 / 6, "BD": 1 / 4, "CD": 1 / 6}),
    ],
)
def test_normalisations(vocabulary: Vocabulary, normalise: str, expected: dict[str, float]) -> None:
    """Each normalisation divides congruence by what the formula on the page gives by hand."""
    found = network(
        said(),
        "actor-actor",
        vocabulary=vocabulary,
        qualifier="congruence",
        duplicates="all",
        normalise=normalise,
    )
    assert weights(found) == pytest.approx(expected, abs=1e-12)


def test_edges_name_what_they_rest_on(vocabulary: Vocabulary) -> None:
    """An edge names the issues and statements of agreement, or those of conflict."""
    both = {
        qualifier: network(said(), "actor-actor", vocabulary=vocabulary, qualifier=qualifier)
        for qualifier in ("congruence", "conflict")
    }
    ends = ("id:actor-arvane", "id:actor-bregana")
    agreed, disputed = both["congruence"].edges[ends], both["conflict"].edges[ends]
    assert agreed["issues"] == ("issue:rights-protection.trade-secrets",)
    assert agreed["statements"] == ("statement-0", "statement-1", "statement-3")
    assert disputed["issues"] == ("issue:treaty-accession.ip-treaties",)
    assert disputed["statements"] == ("statement-2", "statement-4")


@pytest.mark.parametrize(
    ("duplicates", "weight"), [("all", 6), ("document", 4), ("day", 2), ("once", 1)]
)
def test_duplicates(vocabulary: Vocabulary, duplicates: str, weight: int) -> None:
    """What an actor says again counts each time, once a document, once a day, or once."""
    again = [
        replace(said()[0], id=f"s{n}", document=document, date=date)
        for n, (document, date) in enumerate(
            [
                ("d1", "2019-03-01"),
                ("d1", "2019-03-01"),
                ("d2", "2019-03-01"),
                ("d3", "2019-03"),
                ("d4", "2019-03"),
                ("d4", "2019-03"),
            ]
        )
    ]
    graph = network(again, "actor-area", vocabulary=vocabulary, duplicates=duplicates)
    ((_, _, edge),) = graph.edges(data=True)
    assert edge["weight"] == weight
    assert len(edge["statements"]) == 6


def test_undated_statements_of_a_day_count_by_document(vocabulary: Vocabulary) -> None:
    """Counted by day, statements without a date count once a document."""
    again = [replace(said()[0], id=f"s{n}", document=f"d{n % 2}", date=None) for n in range(4)]
    graph = network(again, "actor-area", vocabulary=vocabulary, duplicates="day")
    assert [w for *_, w in graph.edges(data="weight")] == [2]


def test_areas_are_normalised_by_the_statements_that_name_them(vocabulary: Vocabulary) -> None:
    """Areas that go together are weighed against the statements that name either."""
    base = said()[0]
    areas = [("patents", "trade-secrets"), ("patents", "trade-secrets"), ("patents",), ("patents",)]
    named = [replace(base, id=f"s{n}", areas=each) for n, each in enumerate(areas)]
    found = {
        way: next(
            iter(network(named, "area-area", vocabulary=vocabulary, normalise=way).edges(data=True))
        )[2]["weight"]
        for way in ONE_MODE
    }
    assert found == pytest.approx(
        {
            "no": 2,
            "average-activity": 2 / 3,
            "jaccard": 2 / 4,
            "cosine": 2 / sqrt(8),
            "cosine-dna": 2 / 8,
        }
    )


# -- two types of nodes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("ignore", [2, 1, 1, 1, 1, 1, 1, 1, 1]),
        ("subtract", [2, -1, 1, 1, -1, -1, 1, 1, 1]),
        ("combine", [1, 2, 1, 1, 2, 2, 1, 1, 1]),
    ],
)
def test_actors_and_issues(vocabulary: Vocabulary, qualifier: str, expected: list[int]) -> None:
    """Between actors and issues, opposition is counted, taken off, or told by a code."""
    graph = network(said(), "actor-issue", vocabulary=vocabulary, qualifier=qualifier)
    order = (SECRETS, TREATIES, BORDERS)
    rank = {f"issue:{kind}.{area}": n for n, (kind, area) in enumerate(order)}
    edges = sorted(graph.edges(data="weight"), key=lambda edge: (edge[0], rank[edge[1]]))
    assert [weight for *_, weight in edges] == expected


def test_shares_of_activity_and_prominence(vocabulary: Vocabulary) -> None:
    """Activity makes an actor's weights add up to 1, prominence those of an issue."""
    for way, of in (("activity", 0), ("prominence", 1)):
        graph = network(said(), "actor-issue", vocabulary=vocabulary, normalise=way)
        sums: dict[str, float] = {}
        for edge in graph.edges(data="weight"):
            sums[edge[of]] = sums.get(edge[of], 0) + edge[2]
        assert sums == pytest.approx(dict.fromkeys(sums, 1.0))


def test_actors_meet_at_events(vocabulary: Vocabulary) -> None:
    """Actors are joined to the events at which they undertake something."""
    held = [replace(s, event="Harbour Summit") for s in said()[:2]] + said()[2:]
    graph = network(held, "actor-event", vocabulary=vocabulary)
    ((actor, event, values),) = graph.edges(data=True)
    assert (graph.nodes[actor]["label"], graph.nodes[event]["label"]) == (
        "Arvane",
        "Harbour Summit",
    )
    assert graph.nodes[event]["type"] == "event"
    assert values["weight"] == 2


def test_measures_are_joined_by_their_actors(vocabulary: Vocabulary) -> None:
    """Two measures are joined by each actor that undertakes both."""
    graph = network(said(), "measure-measure", vocabulary=vocabulary)
    assert {frozenset(edge[:2]): edge[2]["actors"] for edge in graph.edges(data=True)} == {
        frozenset(
            (
                "measure:enforcement.strengthen.border-measures",
                "measure:rights-protection.strengthen.trade-secrets",
            )
        ): ("id:actor-dorne",),
        frozenset(
            (
                "measure:rights-protection.maintain.trade-secrets",
                "measure:treaty-accession.introduce.ip-treaties",
            )
        ): ("id:actor-bregana",),
        **{
            frozenset((a, b)): ("id:actor-corvia",)
            for a, b in (
                (
                    "measure:enforcement.strengthen.border-measures",
                    "measure:rights-protection.weaken.trade-secrets",
                ),
                (
                    "measure:enforcement.strengthen.border-measures",
                    "measure:treaty-accession.abolish.ip-treaties",
                ),
                (
                    "measure:rights-protection.weaken.trade-secrets",
                    "measure:treaty-accession.abolish.ip-treaties",
                ),
            )
        },
    }


# -- what does not fit ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("projection", "options", "error"),
    [
        ("actor-area", {"qualifier": "congruence"}, UsageError),
        ("actor-issue", {"qualifier": "conflict"}, UsageError),
        ("actor-area", {"normalise": "jaccard"}, UsageError),
        ("actor-actor", {"normalise": "activity"}, UsageError),
        ("actor-actor", {"qualifier": "combine", "normalise": "jaccard"}, UsageError),
        ("actor-actor", {"qualifier": "agreement"}, UnknownNameError),
        ("actor-area", {"duplicates": "week"}, UnknownNameError),
        ("actor-area", {"normalise": "average"}, UnknownNameError),
        ("actor-area", {"review": "seen"}, UnknownNameError),
    ],
)
def test_options_that_do_not_fit_are_refused(
    vocabulary: Vocabulary, projection: str, options: dict[str, str], error: type[Exception]
) -> None:
    """An option that does not exist, or means nothing for a projection, is refused."""
    with pytest.raises(error, match=r"one of|leave normalise out"):
        network([], projection, vocabulary=vocabulary, **options)  # type: ignore[arg-type]


def test_review_status_is_a_filter(vocabulary: Vocabulary) -> None:
    """Only statements of the status asked for count, rejected ones too if they are asked for."""
    one, two = said()[0], replace(said()[1], review="accepted")
    rejected = replace(said()[3], review="rejected")
    for status, actors in (
        (None, {"Arvane"}),
        ("accepted", {"Arvane"}),
        ("rejected", {"Bregana"}),
        (["accepted", "rejected"], {"Arvane", "Bregana"}),
    ):
        graph = network([one, two, rejected], "actor-area", vocabulary=vocabulary, review=status)
        labels = {v["label"] for v in graph.nodes.values() if v["type"] == "actor"}
        assert labels == actors
    only = network([one, two], "actor-area", vocabulary=vocabulary, review="accepted")
    assert [w for *_, w in only.edges(data="weight")] == [1]


# -- properties -----------------------------------------------------------------------------


@given(st.lists(any_statements(linked=True), max_size=6, unique_by=lambda s: s.id), st.data())
def test_laws(found: list[Statement], data: st.DataObject) -> None:
    """Order does not matter; congruence less conflict is the difference; shares lie in 0 to 1."""
    shuffled = data.draw(st.permutations(found))
    duplicates = data.draw(st.sampled_from(["all", "document", "day", "once"]))

    def made(order: list[Statement], projection: str, **options: str) -> nx.Graph[Any]:
        return network(order, projection, vocabulary=VOCABULARY, duplicates=duplicates, **options)  # type: ignore[arg-type]

    for name, kind in PROJECTIONS.items():
        ways = ONE_MODE if kind.folded or kind.alike else TWO_MODE
        way = data.draw(st.sampled_from(ways))
        first, second = made(found, name, normalise=way), made(shuffled, name, normalise=way)
        assert nx.node_link_data(first) == nx.node_link_data(second)
        if way in ("jaccard", "cosine", "activity", "prominence"):
            assert all(0 < w <= 1 + 1e-12 for *_, w in first.edges(data="weight"))
    graphs = {q: made(found, "actor-actor", qualifier=q) for q in QUALIFIERS}
    pairs = {pair for graph in graphs.values() for pair in graph.edges}

    def weight(qualifier: str, pair: tuple[str, str]) -> float:
        graph = graphs[qualifier]
        return float(graph.edges[pair]["weight"]) if graph.has_edge(*pair) else 0.0

    for pair in pairs:
        difference = weight("congruence", pair) - weight("conflict", pair)
        assert weight("subtract", pair) == difference


def test_hubs_are_folded_by_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Joining actors through a hub takes as many steps for many statements as for few."""
    from comity.networks import weights as module

    steps: list[int] = []
    plain = module._add
    monkeypatch.setattr(module, "_add", lambda *each: steps.append(1) or plain(*each))
    base = replace(said()[0], areas=("trade-secrets",))
    counted = []
    for times in (1, 10, 100):
        steps.clear()
        crowd = [
            replace(base, id=f"s{actor}-{n}", actors=(Mention("x", f"actor-{actor}"),))
            for actor in range(12)
            for n in range(times)
        ]
        network(crowd, "actor-actor", vocabulary=small_vocabulary(), duplicates="all")
        counted.append(len(steps))
    assert counted == [66, 66, 66]
