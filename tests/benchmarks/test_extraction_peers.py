"""What the peers of benchmarks/extraction are given, and what is told of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import run
from readings import segments

from comity.identifiers import document_id, text_sha256
from comity.model import Document, Statement
from comity.records import statement_from_record, statement_to_record

INSTALLED = [peer for peer in run.PEERS if run.installed(peer)]
READERS = [peer for peer in INSTALLED if peer.read is not None and not peer.known]
EVERY = next(peer for peer in run.PEERS if peer.name == "every verb with an object")
HERE = Path(run.__file__).parent


@pytest.fixture(scope="module")
def bench() -> run.Bench:
    """Vocabulary and linker."""
    return run.Bench()


def text(words: str) -> Document:
    """A text of some words."""
    sha = text_sha256(words)
    return Document(document_id(sha), sha, words, date="2026-03-01")


def found(bench: run.Bench, words: str, peer: run.Peer = EVERY) -> list[Statement]:
    """What a peer finds in some words."""
    return list(bench.run(peer, [text(words)]))


# -- what all are given ---------------------------------------------------------------------


def test_segments_are_lines_without_their_marks() -> None:
    """Each line is parsed by itself, without the mark of a list, and keeps its place."""
    words = "Plan\n\n1. raise fines\n(b) train judges\n- join the treaty\nA. We will.\n"
    cut = list(segments(words))
    assert [line for _, line in cut] == [
        "Plan",
        "raise fines",
        "train judges",
        "join the treaty",
        "We will.",
    ]
    assert all(words[at : at + len(line)] == line for at, line in cut)


@pytest.mark.parametrize("peer", READERS, ids=lambda peer: peer.name)
def test_an_easy_sentence(bench: run.Bench, peer: run.Peer) -> None:
    """Every peer reads a plain sentence right, so that the bench does not stand in its way."""
    (one,) = found(bench, "Peru will strengthen the protection of trade secrets.", peer)
    assert (one.action, one.object) == ("strengthen", "the protection of trade secrets")
    assert [m.id for m in one.actors] == ["PER"]
    assert (one.modality, one.areas) == ("commitment", ("trade-secrets",))
    assert one.quote == "strengthen the protection of trade secrets"


@pytest.mark.parametrize("peer", READERS, ids=lambda peer: peer.name)
def test_the_embedded_verb_is_the_action(bench: run.Bench, peer: run.Peer) -> None:
    """An infinitive takes the place of the verb above it, whose meaning gives the modality."""
    read = found(bench, "Peru and Chile agreed to share patent data.", peer)
    (one,) = (s for s in read if s.action == "share")
    assert [m.id for m in one.actors] == ["PER", "CHL"]
    assert one.modality == "commitment"
    assert "agree" not in {s.action for s in read}


@pytest.mark.parametrize(
    ("words", "modality", "negated"),
    [
        ("Each Party shall protect designs.", "obligation", False),
        ("No Party shall limit the term of protection.", "prohibition", False),
        ("Members may not refuse applications.", "prohibition", False),
        ("Members may refuse applications.", "permission", False),
        ("Peru will not join the treaty.", "commitment", True),
        ("Members should protect designs.", "recommendation", False),
        ("Peru to protect designs", "commitment", False),
        ("Peru plans to protect designs.", "intention", False),
        ("Peru protected designs.", "report", False),
    ],
)
def test_modality_by_a_published_rule(
    bench: run.Bench, words: str, modality: str, negated: bool
) -> None:
    """Modals, negation, the verb above and headline infinitives give the force."""
    one = found(bench, words)[-1]
    assert (one.modality, one.negated) == (modality, negated)


def test_coordinated_verbs_share_subject_and_modal(bench: run.Bench) -> None:
    """The second of two verbs has the subject and the modal of the first."""
    one, two = found(bench, "Peru will improve its laws and protect designs.")
    assert (one.action, two.action) == ("improve", "protect")
    assert {m.id for s in (one, two) for m in s.actors} == {"PER"}
    assert {s.modality for s in (one, two)} == {"commitment"}
    assert one.quote == "improve its laws"


def test_a_passive_is_turned_round(bench: run.Bench) -> None:
    """The grammatical subject is the object, the agent is the actor, the span begins in front."""
    (one,) = found(bench, "The treaty was ratified by Peru.")
    assert (one.object, [m.id for m in one.actors]) == ("The treaty", ["PER"])
    assert one.quote == "The treaty was ratified by Peru"


def test_speakers(bench: run.Bench) -> None:
    """Who says it is the subject of the verb of saying; who acts as "we" speaks as well."""
    read = found(bench, "The minister said that Peru would protect designs.")
    (one,) = (s for s in read if s.action == "protect")
    assert one.speaker is not None and one.speaker.text == "minister"
    (two,) = found(bench, "We will protect designs.")
    assert two.speaker is not None and two.speaker.text == "We"


def test_only_our_verbs(bench: run.Bench) -> None:
    """With our verbs alone, what the vocabulary does not know as an action is left out."""
    words = "The minister ate an apple. Peru will protect designs."
    assert [s.action for s in found(bench, words)] == ["eat", "protect"]
    assert [s.action for s in found(bench, words, replace(EVERY, known=True))] == ["protect"]


@pytest.mark.parametrize("peer", INSTALLED, ids=lambda peer: peer.name)
def test_what_peers_leave_are_records(bench: run.Bench, peer: run.Peer) -> None:
    """Every statement is a valid record whose quote is what the text has there."""
    documents, _ = bench.gold("corpus")
    read = bench.run(peer, documents[:2])
    assert read
    texts = {d.id: d for d in documents}
    for statement in read:
        assert statement_from_record(statement_to_record(statement)) == statement
        quoted = texts[statement.document].quote(statement.start, statement.end)
        assert quoted == statement.quote


# -- what is told ---------------------------------------------------------------------------


def test_a_peer_that_is_not_installed_is_left_out() -> None:
    """A peer whose package is missing is none of those that run."""
    assert not run.installed(replace(EVERY, needs="no-such-package-at-all"))
    assert run.installed(EVERY)


def test_the_page_shows_the_results() -> None:
    """README.md shows what results.json holds."""
    results = json.loads((HERE / "results.json").read_text("utf-8"))
    assert run.table(results) in (HERE / "README.md").read_text("utf-8")
    assert set(results["sets"]) == set(run.SETS)
    assert all(
        set(each["peers"]) == {p.name for p in run.PEERS} for each in results["sets"].values()
    )


def test_nothing_of_the_peers_is_a_dependency() -> None:
    """What the peers need is in files of their own."""
    project = (HERE.parents[1] / "pyproject.toml").read_text("utf-8")
    for peer in run.PEERS:
        assert not peer.needs or peer.needs not in project
