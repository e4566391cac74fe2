"""Everything about a node."""

from __future__ import annotations

import pytest
from tests.example_graph import documents, statements
from tests.lookup.conftest import Corpus

from comity.errors import UnknownNameError, UsageError
from comity.lookup.show import triples
from comity.rdf.terms import IRI

PHASE_ONE = next(s for s in statements() if s.quote.startswith("widen the list of acts"))


def test_a_statement_is_shown_with_its_passage(corpus: Corpus) -> None:
    """The passage has the offsets, the words around it and the hash of its text."""
    node = corpus.show(PHASE_ONE.id)
    text = next(d.text for d in documents() if d.id == PHASE_ONE.document)
    assert node.passage is not None
    assert text[node.passage.start : node.passage.end] == node.passage.quote == PHASE_ONE.quote
    assert text[: node.passage.start].endswith(node.passage.before)
    assert text[node.passage.end :].startswith(node.passage.after)


def test_mentions_keep_their_role_and_place(corpus: Corpus) -> None:
    """Every party of the record is shown with its role, words and offsets."""
    for statement in statements()[:40]:
        shown = [(m.role, m.text, m.start, m.end) for m in corpus.show(statement.id).mentions]
        coded = [(role, m.text, m.start, m.end) for role, m in statement.mentions()]
        assert shown == coded


def test_values_have_names(corpus: Corpus) -> None:
    """An IRI is shown with the name of what it stands for."""
    facts = {fact.property: fact for fact in corpus.show(PHASE_ONE.id).facts}
    assert facts["comity:actor"].label == "China"
    assert facts["comity:modality"].label == "Obligation"
    for tag in ("zh-Hans", "zh"):
        assert corpus.show("CHN", language=tag).label == "中国"


def test_an_actor_is_shown_with_the_statements_that_name_it(corpus: Corpus) -> None:
    """All of them are counted, by role; the latest come first."""
    node = corpus.show("China", limit=5)
    acting = [s for s in statements() if "CHN" in {m.id for m in s.actors}]
    assert dict(node.roles)["comity:actor"] == len(acting)
    assert len(node.statements) == 5 < node.total
    dates = [said.stated_on for said in node.statements]
    assert dates == sorted(dates, reverse=True)


def test_concepts_are_found_through_measures(corpus: Corpus) -> None:
    """A target area shows the statements whose measure targets it."""
    node = corpus.show("area:trade-secrets", limit=None)
    about = {s.id for s in statements() if "trade-secrets" in s.areas}
    assert {said.passage.statement.rpartition("/")[2] for said in node.statements} == about


@pytest.mark.parametrize(
    "word", ["CHN", "China", "actor:CHN", "https://w3id.org/comity/actor/CHN", "Китай"]
)
def test_a_node_may_be_named_in_many_ways(corpus: Corpus, word: str) -> None:
    """Code, label in any language, prefixed name and IRI lead to the same node."""
    assert corpus.show(word).iri == "https://w3id.org/comity/actor/CHN"


def test_documents_events_and_measures_are_nodes_too(corpus: Corpus) -> None:
    """A title, the name of an event and the three codes of a measure are names."""
    title = "Doha Declaration on the TRIPS Agreement and public health"
    assert "comity:Document" in corpus.show(title).kinds
    assert "comity:Event" in corpus.show("Fourth WTO Ministerial Conference").kinds
    measure = "legislation.strengthen.trade-secrets"
    assert corpus.show(measure).name == f"measure:{measure}"
    label = corpus.label(corpus.show(measure).iri)
    assert label is not None and corpus.show(label).name == f"measure:{measure}"


def test_what_is_unknown_or_ambiguous_is_refused(corpus: Corpus) -> None:
    """The message says what may have been meant, or that the graph is silent."""
    with pytest.raises(UnknownNameError, match="did you mean"):
        corpus.show("Chna")
    with pytest.raises(UnknownNameError, match="this graph says nothing of it"):
        corpus.show("statement-00000000000000000000")
    with pytest.raises(UnknownNameError, match="nothing is called"):
        corpus.show("eu-china-gi-2021.md")
    with pytest.raises(UsageError, match="may be any of"):
        corpus.show("agreement")


def test_the_description_is_json(corpus: Corpus) -> None:
    """Facts are values or pairs of IRI and label; the passage stands beside them."""
    told = corpus.show(PHASE_ONE.id).describe()
    assert told["facts"]["comity:negated"] == [False]
    assert told["facts"]["comity:actor"] == [
        {"iri": "https://w3id.org/comity/actor/CHN", "label": "China"}
    ]
    assert told["passage"]["quote"] == PHASE_ONE.quote


def test_the_triples_of_a_statement_take_in_its_parts(corpus: Corpus) -> None:
    """Mentions, evidence and both selectors come with the statement, and nothing else."""
    subjects = {str(s) for s, _, _ in triples(corpus, corpus.show(PHASE_ONE.id).iri).rows}
    key = PHASE_ONE.id.removeprefix("statement-")
    assert {iri.rpartition("/")[2] for iri in subjects} == {
        PHASE_ONE.id, f"evidence-{key}", f"position-{key}", f"quote-{key}",
        *(f"mention-{key}-{n:02d}" for n in range(len(list(PHASE_ONE.mentions())))),
    }  # fmt: skip
    assert all(isinstance(s, IRI) for s, _, _ in triples(corpus, corpus.show("CHN").iri).rows)
