"""How building and measuring networks grows: ratios and exponents, no absolute gate.

Run with ``python benchmarks/networks/run.py``; `--size` is the number of statements to begin with.
"""

from __future__ import annotations

import argparse
import gc
import random
from collections.abc import Callable
from math import log
from statistics import median
from time import process_time

import networkx as nx

from comity.model import Mention, Statement, Vocabulary
from comity.networks import PROJECTIONS, network, network_measures, network_slices
from comity.rdf.vocabulary import load

DIRECTIONS = ("introduce", "strengthen", "maintain", "weaken")


def made(size: int, actors: int, vocabulary: Vocabulary, *, hub: bool = False) -> list[Statement]:
    """Synthetic statements of some actors; with a hub, all of them on one measure."""
    chance = random.Random(20190426)
    types = list(vocabulary.scheme("measure-type"))[:5]
    areas = list(vocabulary.scheme("area"))[:8]
    found = []
    for number in range(size):
        names = chance.sample(range(actors), 2)
        found.append(
            Statement(
                f"statement-{number}",
                f"document-{number // 10}",
                number,
                number + 1,
                "",
                actors=(Mention("a", f"actor-{names[0]:05}"),),
                counterparts=(Mention("b", f"actor-{names[1]:05}"),),
                measure_type="cooperation" if hub else chance.choice(types),
                direction="strengthen" if hub else chance.choice(DIRECTIONS),
                areas=("patents",) if hub else tuple(sorted(chance.sample(areas, 2))),
                modality="commitment",
                date=f"{2000 + number % 25}-0{1 + number % 9}-1{number % 9}",
                event=f"Meeting {number % 200}",
            )
        )
    return found


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """CPU seconds of the median round."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = process_time()
        work()
        times.append(process_time() - start)
    return median(times)


def row(name: str, times: list[float]) -> None:
    """One line: the ratios to the first size, and the exponent from the first to the last."""
    ratios = "  ".join(f"{time / times[0]:5.2f}" for time in times)
    exponent = log(times[-1] / times[0]) / log(4)
    print(f"{name:44} {ratios}   n^{exponent:.2f}")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--nodes", type=int, default=3_000)
    options = parser.parse_args()
    vocabulary = load()
    sizes = [options.size, 2 * options.size, 4 * options.size]
    print(f"building, {options.size:,} statements = 1      n      2n     4n   exponent")
    fixed = [made(size, 100, vocabulary) for size in sizes]
    hubs = [made(size, 100, vocabulary, hub=True) for size in sizes]

    def build(name: str, given: list[list[Statement]], projection: str, **how: str) -> None:
        each = [
            seconds(lambda s=s: network(s, projection, vocabulary=vocabulary, **how))  # type: ignore[misc]
            for s in given
        ]
        row(name, each)

    for projection in PROJECTIONS:
        build(projection, fixed, projection)
    build("actor-actor, congruence, all", fixed, "actor-actor", qualifier="congruence",
          duplicates="all")  # fmt: skip
    build("actor-actor through one hub measure", hubs, "actor-actor", duplicates="all")
    for way in ("year", "90d"):

        def slices(given: list[Statement], window: str = way) -> object:
            return network_slices(given, "actor-area", vocabulary=vocabulary, window=window)

        times = [seconds(lambda s=s, f=slices: f(s), 1) for s in fixed]  # type: ignore[misc]
        row(f"actor-area in windows of {way}", times)
    graph = nx.barabasi_albert_graph(options.nodes, 4, seed=1)
    print(f"\nall measures of {options.nodes:,} nodes, igraph = 1")
    first = seconds(lambda: network_measures(graph, engine="igraph"), 1)
    print(f"networkx {seconds(lambda: network_measures(graph, engine='networkx'), 1) / first:.1f}")
    try:
        import igraph
    except ImportError:
        return
    plain = igraph.Graph(options.nodes, list(graph.edges))
    first = seconds(plain.betweenness, 1)
    second = seconds(lambda: nx.betweenness_centrality(graph), 1)
    print(f"betweenness alone, igraph = 1\nnetworkx {second / first:.0f}")


if __name__ == "__main__":
    main()
