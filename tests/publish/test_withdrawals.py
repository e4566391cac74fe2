"""IRIs never vanish: what becomes of what the release before described, on the small graph."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.publish.editions import SPACES, Edition, released

from comity.check import check
from comity.errors import UsageError, WithdrawalError
from comity.model import Vocabulary
from comity.publish.content import Content, parsed
from comity.publish.reasons import Reason, reasons_table
from comity.publish.sides import Side, open_side, side_of
from comity.publish.withdrawals import Withdrawals, plan_withdrawals, with_withdrawals
from comity.rdf.namespaces import ACTOR, COMITY, DCTERMS, MEASURE, OWL, ROOT, Namespaces
from comity.rdf.terms import RDF_TYPE

FIRST = Edition()
GUILD = SPACES.actor("actor-40778383345a35c5cf66")
CONSULT = FIRST.iri("consult Arvane")
Reasons = Mapping[str, Reason]


@dataclass
class Series:
    """Releases, one after the other, each compared with the one before."""

    room: Path
    old: Side
    number: int = 1

    def plan(self, edition: Edition, reasons: Reasons | None = None, **more: object) -> Withdrawals:
        """What the next release must keep of the one before; it is not made."""
        self.number += 1
        label = f"2026.{self.number:02d}"
        self.content = edition.release(label, self.room)
        place = self.room / f"withdrawn-{label}"
        return plan_withdrawals(self.old, self.content, reasons or {}, place, **more)  # type: ignore[arg-type]

    def publish(self, edition: Edition, reasons: Reasons | None = None) -> Content:
        """The next release, which is then the one before."""
        planned = self.plan(edition, reasons)
        content = with_withdrawals(self.content, planned, self.room / f"whole-{self.number}")
        folder = released(content, self.room / f"dist-{self.number}")
        self.old = open_side(folder, self.room)
        return content


@pytest.fixture
def series(tmp_path: Path) -> Series:
    """A first release of the small graph."""
    content = FIRST.release("2026.01", tmp_path)
    return Series(tmp_path, open_side(released(content, tmp_path / "dist-1"), tmp_path))


def subjects(content: Content) -> set[str]:
    """Every IRI that a release describes."""
    return {parsed(line)[0][1:-1] for line in content.lines()}


def said(content: Content, iri: str) -> dict[str, list[str]]:
    """What the graph of what is withdrawn says of an IRI, by the local name of the property."""
    found: dict[str, list[str]] = {}
    for line in content.lines():
        subject, predicate, value, graph = parsed(line)
        if subject == f"<{iri}>" and graph == f"<{SPACES.node('withdrawn')}>":
            name = predicate[1:-1].replace("#", "/").rpartition("/")[2]
            found.setdefault(name, []).append(value)
    return found


# -- by rule ---------------------------------------------------------------------------------


def test_nothing_is_withdrawn_from_an_equal_release(series: Series) -> None:
    """The same data need no reasons and stay the same bytes."""
    content = series.publish(FIRST)
    assert list(content.lines()) == list(FIRST.release("2099.01", series.room).lines())


def test_every_iri_stays(series: Series) -> None:
    """Whatever changes, each IRI of the release before is described in the next."""
    before = subjects(FIRST.release("2099.02", series.room))
    new = FIRST.without_document("meeting.txt").coded("never allow", review="rejected")
    new = new.retold("news.txt").coded("train examiners", areas=("patents",))
    reasons = {
        FIRST.home("meeting.txt"): Reason("Taken down."),
        FIRST.home("news.txt"): Reason("Corrected by its publisher.", (new.home("news.txt"),)),
    }
    content = series.publish(new, reasons)
    assert before <= subjects(content)
    graphs = {parsed(line)[3][1:-1] for line in FIRST.lines()}
    assert graphs <= {parsed(line)[3][1:-1] for line in content.lines()} | subjects(content)


def test_what_is_withdrawn_fits_its_shape(series: Series) -> None:
    """A release with withdrawals breaks no shape of the core that it did not break before."""
    new = FIRST.without_document("meeting.txt").retold("news.txt")
    reasons = {FIRST.home(name): Reason("Gone.") for name in ("meeting.txt", "news.txt")}
    content = series.publish(new, reasons)
    from comity.check import load_shapes

    triples = "".join(f"{' '.join(triple)} .\n" for triple in content.triples())
    found = check(triples, load_shapes())
    assert "WithdrawnResource" in triples
    assert not [each for each in found if each.severity == "Violation"]


def test_a_rejected_statement_is_withdrawn_with_the_note_of_its_reviewer(series: Series) -> None:
    """No reason is asked for; the note of the reviewer stands in it."""
    new = FIRST.coded("consult Arvane", review="rejected")
    notes = {FIRST.statement("consult Arvane").id: "it is a wish of others"}
    assert series.plan(new).verdicts[CONSULT].text == "Rejected in review."
    planned = series.plan(new, notes=notes)
    assert planned.verdicts[CONSULT].text == "Rejected in review: it is a wish of others"
    assert not planned.missing


def test_parts_follow_their_statement(series: Series) -> None:
    """Evidence, selectors and mentions of a withdrawn statement are withdrawn with its reason."""
    content = series.publish(FIRST.coded("consult Arvane", review="rejected"))
    key = CONSULT.rpartition("-")[2]
    for name in (f"evidence-{key}", f"position-{key}", f"quote-{key}", f"mention-{key}-00"):
        facts = said(content, SPACES.node(name))
        assert facts["withdrawalReason"] == [
            '"Its statement was withdrawn: Rejected in review."@en'
        ]
        assert "isReplacedBy" not in facts


def test_a_part_of_a_statement_that_lives_is_replaced_by_it(series: Series) -> None:
    """A mention that is gone leads to its statement."""
    content = series.publish(FIRST.coded("consult Arvane", counterparts=()))
    key = CONSULT.rpartition("-")[2]
    assert said(content, SPACES.node(f"mention-{key}-01")) == {
        "type": [f"<{COMITY}WithdrawnResource>"],
        "deprecated": ['"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'],
        "withdrawalReason": ['"A part that its statement has no longer."@en'],
        "withdrawnIn": [f"<{SPACES.node('dataset-2026.02')}>"],
        "isReplacedBy": [f"<{CONSULT}>"],
    }


def test_links_that_the_rules_no_longer_make_are_withdrawn(series: Series) -> None:
    """A link between statements is withdrawn with one of them, or by another reading."""
    links = {SPACES.node(link.id) for link in FIRST.links()}
    planned = series.plan(FIRST.coded("improve the protection", review="rejected"))
    gone = links & planned.verdicts.keys()
    assert gone and {planned.verdicts[iri].text for iri in gone} == {
        "It tied a statement that was withdrawn."
    }
    read = series.plan(FIRST.coded("improve the protection", date=None, object="what is not said"))
    gone = links & read.verdicts.keys()
    assert gone and {read.verdicts[iri].text for iri in gone} == {
        "The rules do not make this link any more."
    }


def test_a_link_between_statements_that_are_read_again_is_replaced(series: Series) -> None:
    """Where both ends have a place now, and are tied there, the link leads to the new one."""
    new = FIRST.retold("speech.txt")
    reasons = {FIRST.home("speech.txt"): Reason("Corrected.", (new.home("speech.txt"),))}
    planned = series.plan(new, reasons)
    old = {SPACES.node(link.id) for link in FIRST.links()}
    now = {SPACES.node(link.id) for link in new.links()}
    moved = [planned.verdicts[iri].replaced_by for iri in old - now]
    assert moved and set(moved) <= {(iri,) for iri in now - old}


# -- described on ----------------------------------------------------------------------------


def test_what_the_vocabulary_knows_is_described_on(series: Series) -> None:
    """Measures, concepts and actors that nothing names stay, with what the vocabulary says."""
    planned = series.plan(
        FIRST.without_document("meeting.txt"), {FIRST.home("meeting.txt"): Reason("Gone.")}
    )
    assert {
        ACTOR + "ARV-court",
        ROOT + "area/ip-awareness",
        MEASURE + "penalties.strengthen.trade-secrets",
    } <= {*planned.kept}
    content = with_withdrawals(series.content, planned, series.room / "whole")
    kept = [parsed(line) for line in content.lines()]
    court = {quad[1:] for quad in kept if quad[0] == f"<{ACTOR}ARV-court>"}
    assert court == {quad[1:] for quad in map(parsed, FIRST.lines()) if quad[0].endswith("court>")}
    described = {quad[0] for quad in kept}
    named = {quad[2] for quad in kept if quad[2].startswith((f"<{ACTOR}", f"<{ROOT}area/"))}
    assert named <= described


def test_what_is_described_on_has_the_labels_of_today(series: Series) -> None:
    """A concept that was renamed since is described by its new name."""
    concepts = dict(FIRST.vocabulary.concepts)
    area = concepts["area", "ip-awareness"]
    labels = tuple(replace(label, text="Public awareness") for label in area.labels)
    concepts["area", "ip-awareness"] = replace(area, labels=labels)
    new = replace(FIRST, vocabulary=Vocabulary(concepts, FIRST.vocabulary.actors))
    content = series.publish(
        new.without_document("meeting.txt"), {FIRST.home("meeting.txt"): Reason("Gone.")}
    )
    assert b'"Public awareness"' in b"".join(content.lines())


def test_what_the_vocabulary_has_lost_needs_a_reason(series: Series) -> None:
    """A concept or actor that was deleted from the vocabulary does not vanish in silence."""
    actors = {name: a for name, a in FIRST.vocabulary.actors.items() if name != "ARV-court"}
    concepts = {key: c for key, c in FIRST.vocabulary.concepts.items() if key[1] != "penalties"}
    new = replace(FIRST.without("raise penalties"), vocabulary=Vocabulary(concepts, actors))
    planned = series.plan(new, {FIRST.iri("raise penalties"): Reason("A doublet.")})
    assert {each.iri for each in planned.missing} == {
        ROOT + "measure-type/penalties",
        MEASURE + "penalties.strengthen.trade-secrets",
    }
    assert planned.verdicts[ACTOR + "ARV-court"].text == "What named it was withdrawn."


def test_extractors_stay(series: Series) -> None:
    """What statements were once read by is described as it was."""
    everything = replace(
        FIRST, found=tuple(replace(each, extractor="english/2") for each in FIRST.found)
    )
    planned = series.plan(everything)
    assert SPACES.activity("english/1") in planned.kept and not planned.missing
    content = with_withdrawals(series.content, planned, series.room / "whole")
    assert b'"english/1"' in b"".join(content.lines())


# -- reasons of people -----------------------------------------------------------------------


def test_a_statement_that_is_read_no_longer_needs_a_reason(series: Series) -> None:
    """The release is refused with the IRI, and made when somebody says why."""
    less = FIRST.without("consult Arvane")
    planned = series.plan(less)
    (missing,) = planned.missing
    assert (missing.iri, missing.kind) == (CONSULT, "statement")
    assert missing.about == "“consult Arvane on trade secrets”"
    with pytest.raises(WithdrawalError, match=r"1 IRI .*would vanish") as caught:
        with_withdrawals(series.content, planned, series.room / "whole")
    assert caught.value.where == CONSULT and caught.value.exit_code == 1
    content = series.publish(less, {CONSULT: Reason("A wish of others.")})
    assert said(content, CONSULT)["withdrawalReason"] == ['"A wish of others."@en']


def test_a_document_that_is_left_out_needs_one_reason(series: Series) -> None:
    """Its statements, its graph, its event and what only it names follow it."""
    less = FIRST.without_document("meeting.txt")
    (missing,) = series.plan(less).missing
    assert (missing.iri, missing.kind) == (FIRST.home("meeting.txt"), "document")
    assert missing.about == "Communiqué of the meeting (2021); 5 statements follow it"
    assert missing.proposal is None
    content = series.publish(less, {FIRST.home("meeting.txt"): Reason("Taken down.")})
    assert said(content, CONSULT)["withdrawalReason"] == [
        '"Its document was withdrawn: Taken down."@en'
    ]
    key = FIRST.home("meeting.txt").rpartition("-")[2]
    for iri in (SPACES.node(f"graph-{key}"), GUILD, SPACES.node("event-1")):
        assert said(content, iri) or iri.endswith("event-1")
    events = {each for each in subjects(content) if "/event-" in each}
    assert any(said(content, event) for event in events)


def test_statements_of_a_replaced_document_lead_to_the_same_words(series: Series) -> None:
    """When a person names the document in its place, the same passages are replaced in it."""
    new = FIRST.retold("speech.txt")
    (missing,) = series.plan(new).missing
    assert missing.proposal == Reason(
        "Its text was changed; 5 of 5 statements are read again.", (new.home("speech.txt"),)
    )
    reasons = {FIRST.home("speech.txt"): Reason("Corrected.", (new.home("speech.txt"),))}
    planned = series.plan(new, reasons)
    for each in FIRST.found:
        if each.document == FIRST.document("speech.txt").id:
            verdict = planned.verdicts[SPACES.node(each.id)]
            assert verdict.replaced_by == (new.iri(each.quote),)
            assert verdict.text == "Its document was replaced: Corrected."
    plain = series.plan(new, {FIRST.home("speech.txt"): Reason("Corrected.")})
    assert plain.verdicts[FIRST.iri("never allow")].replaced_by == ()


def test_actors_of_a_replaced_document_lead_to_those_of_the_new_one(series: Series) -> None:
    """Actors known by description get another IRI with the text, and are replaced by it."""

    def local(edition: Edition, number: int) -> Edition:
        name = f"actor-{number:020d}"
        return edition.mentioning(
            lambda m: replace(m, id=name) if m.text == "foreign owners" else m
        )

    old, new = local(FIRST, 1), local(FIRST.retold("speech.txt"), 2)
    first = Series(series.room, side_of(old.release("2099.03", series.room)), 5)
    reasons = {old.home("speech.txt"): Reason("Corrected.", (new.home("speech.txt"),))}
    verdict = first.plan(new, reasons).verdicts[SPACES.actor(f"actor-{1:020d}")]
    assert verdict.replaced_by == (SPACES.actor(f"actor-{2:020d}"),)


def test_a_proposal_is_never_applied_by_itself(series: Series) -> None:
    """What might have the place of a statement is told, and a reason is asked for all the same."""
    old = FIRST.statement("consult Arvane")
    longer = replace(
        old, id="statement-00000000000000000001", start=old.start - 5, quote="will " + old.quote
    )
    new = FIRST.without("consult Arvane")
    new = replace(new, found=(*new.found, longer))
    (missing,) = series.plan(new).missing
    assert missing.proposal == Reason(
        "Read in another way in the same place.", (SPACES.node(longer.id),)
    )


def test_the_same_words_elsewhere_are_a_proposal(series: Series) -> None:
    """Where one other statement has the very words of the passage, it is proposed."""
    new = FIRST.without("consult Arvane")
    speech = FIRST.statement("never allow")
    copy = replace(
        speech, id="statement-00000000000000000001", quote="consult Arvane on trade secrets"
    )
    (missing,) = series.plan(replace(new, found=(*new.found, copy))).missing
    assert missing.proposal == Reason("The same words are read elsewhere.", (SPACES.node(copy.id),))


def test_a_candidate_whose_mentions_stand_for_another_needs_a_reason(series: Series) -> None:
    """What its mentions stand for now is proposed."""
    new = FIRST.mentioning(lambda m: replace(m, id="OST") if m.id == GUILD[-26:] else m)
    (missing,) = series.plan(new).missing
    assert (missing.iri, missing.kind, missing.about) == (GUILD, "actor", "Guild of Cheese Makers")
    assert missing.proposal == Reason("The actor is now Ostervale.", (ACTOR + "OST",))
    planned = series.plan(new, {GUILD: Reason("Known as Ostervale.", (ACTOR + "OST",))})
    assert not planned.missing


def test_an_event_with_another_name_needs_a_reason(series: Series) -> None:
    """The event that its statements and documents name now is proposed."""
    new = FIRST.described("meeting.txt", event="Meeting at the lake")
    found = tuple(
        replace(each, event="Meeting at the lake") if each.event == "Lake Meeting" else each
        for each in new.found
    )
    (missing,) = series.plan(replace(new, found=found)).missing
    assert (missing.kind, missing.about) == ("event", "Lake Meeting")
    assert missing.proposal is not None
    assert missing.proposal.text == "The event is now Meeting at the lake."


def test_a_person_decides_over_a_rule(series: Series) -> None:
    """A reason that a person gives takes the place of one that follows from a rule."""
    new = FIRST.coded("consult Arvane", review="rejected")
    planned = series.plan(new, {CONSULT: Reason("A doublet.", (FIRST.iri("cooperate on"),))})
    assert planned.verdicts[CONSULT].text == "A doublet."


def test_a_replacement_must_be_there(series: Series) -> None:
    """What is said to have the place of something is described, or lies elsewhere."""
    less = FIRST.without("consult Arvane")
    for to in (SPACES.node("statement-0"), ACTOR + "nobody", CONSULT):
        with pytest.raises(UsageError, match="does not describe") as caught:
            series.plan(less, {CONSULT: Reason("A doublet.", (to,))})
        assert caught.value.where == CONSULT
    elsewhere = Reason("Moved.", ("https://example.org/other",))
    assert series.plan(less, {CONSULT: elsewhere}).verdicts[CONSULT] == elsewhere


def test_a_replacement_of_the_vocabulary_is_described(series: Series) -> None:
    """An actor that nothing names yet may have the place of another, and is described for that."""
    new = FIRST.mentioning(lambda m: replace(m, id=None) if m.id == GUILD[-26:] else m)
    new = new.without("conclude the Accord").coded("cooperate on", actors=())
    reasons = {
        GUILD: Reason("Known.", (ACTOR + "OST",)),
        FIRST.iri("conclude the Accord"): Reason("A doublet."),
    }
    planned = series.plan(new, reasons)
    assert ACTOR + "OST" in planned.kept


def test_reasons_that_nothing_needs_are_told(series: Series) -> None:
    """A reason for what is still described, or never was, is named and does no harm."""
    planned = series.plan(
        FIRST, {CONSULT: Reason("A doublet."), SPACES.node("x"): Reason("A slip.")}
    )
    assert planned.needless == (CONSULT, SPACES.node("x")) and not planned.verdicts


def test_another_base_is_refused(series: Series) -> None:
    """Under another base every IRI would vanish."""
    other = replace(FIRST, namespaces=Namespaces("https://example.org/data/"))
    with pytest.raises(UsageError, match="another base"):
        series.plan(other)


# -- from release to release -----------------------------------------------------------------


def test_withdrawals_are_carried_on(series: Series) -> None:
    """What was withdrawn in one release stays so in all later ones, word for word."""
    less = FIRST.without("consult Arvane")
    first = series.publish(less, {CONSULT: Reason("A wish of others.")})
    again = series.publish(less)
    assert said(first, CONSULT) == said(again, CONSULT)
    assert said(again, CONSULT)["withdrawnIn"] == [f"<{SPACES.node('dataset-2026.02')}>"]
    third = series.publish(less.retold("news.txt"), {FIRST.home("news.txt"): Reason("Corrected.")})
    assert said(third, CONSULT) == said(first, CONSULT)
    assert series.plan(less.retold("news.txt")).earlier > 0


def test_what_is_described_on_stays_so(series: Series) -> None:
    """Measures that nothing names are kept in every later release."""
    less = FIRST.without_document("meeting.txt")
    measure = MEASURE + "penalties.strengthen.trade-secrets"
    series.publish(less, {FIRST.home("meeting.txt"): Reason("Gone.")})
    assert measure in subjects(series.publish(less))
    assert measure in subjects(series.publish(less))


def test_what_comes_back_is_alive_again(series: Series) -> None:
    """A withdrawn document with all that belonged to it may be described again."""
    less = FIRST.without_document("meeting.txt")
    series.publish(less, {FIRST.home("meeting.txt"): Reason("Taken down by mistake.")})
    planned = series.plan(FIRST)
    assert {FIRST.home("meeting.txt"), CONSULT, GUILD} <= {*planned.restored}
    content = with_withdrawals(series.content, planned, series.room / "whole")
    assert not list(planned.triples) and not said(content, CONSULT)
    assert list(content.lines()) == FIRST.release(
        "2099.04", series.room
    ).quads.read_bytes().splitlines(True)


def test_withdrawals_do_not_name_what_they_replace_to_life(series: Series) -> None:
    """That something withdrawn once named a node does not keep that one alive."""
    new = FIRST.retold("speech.txt")
    series.publish(new, {FIRST.home("speech.txt"): Reason("Corrected.", (new.home("speech.txt"),))})
    (missing,) = series.plan(FIRST).missing
    assert missing.iri == new.home("speech.txt")
    assert missing.proposal is not None
    assert missing.proposal.replaced_by == (FIRST.home("speech.txt"),)


def test_the_order_of_statements_does_not_matter(series: Series) -> None:
    """The same release before and after give the same bytes, whatever comes first."""
    new = FIRST.without_document("meeting.txt").retold("news.txt")
    reasons = {FIRST.home(name): Reason("Gone.") for name in ("meeting.txt", "news.txt")}
    first = series.plan(new, reasons)
    turned = replace(new, found=new.found[::-1], texts=new.texts[::-1])
    series.number -= 1
    other = Series(series.room / "other", series.old, series.number)
    assert b"".join(first.lines()) == b"".join(other.plan(turned, reasons).lines())


def test_the_table_to_fill_in_is_filled_in_by_hand(series: Series) -> None:
    """It has a row for what lacks a reason, its proposals apart, its first columns empty."""
    new = FIRST.retold("speech.txt").without("consult Arvane")
    planned = series.plan(new)
    rows = list(csv.DictReader(io.StringIO(reasons_table(planned.missing))))
    assert [row["iri"] for row in rows] == [FIRST.home("speech.txt"), CONSULT]
    assert not any(row["reason"] or row["replaced_by"] for row in rows)
    assert rows[0]["proposed_replacement"] == new.home("speech.txt")


def test_the_triples_are_those_of_the_graph_of_what_is_withdrawn(series: Series) -> None:
    """They are sorted, and each names its class, its reason and its release."""
    planned = series.plan(FIRST.coded("consult Arvane", review="rejected"))
    triples = list(planned.triples)
    assert triples == sorted(triples)
    names = {RDF_TYPE, *(f"<{COMITY}{n}>" for n in ("withdrawalReason", "withdrawnIn"))}
    found = {p for s, p, _ in triples if s == f"<{CONSULT}>"}
    assert found == {*names, f"<{OWL}deprecated>"}
    assert f"<{DCTERMS}isReplacedBy>" not in found
