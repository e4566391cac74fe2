"""What happened to each thing, on editions of the small graph."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from tests.publish.editions import SPACES, Edition

from comity.model import Label, Mention, Vocabulary
from comity.publish.changes import HOW, KINDS, Changes, compare
from comity.publish.happened import Change
from comity.publish.patches import apply_patch, patch_lines, update_lines
from comity.publish.withdrawals import Reason, withdrawn_triples
from comity.queries import library
from comity.rdf.namespaces import ACTOR, COMITY, ROOT, SKOS
from comity.rdf.terms import IRI
from comity.rdf.write import nquads
from comity.store import Store, Table

FIRST = Edition()
SPEECH = "strengthen the protection of trade secrets and"
OWNERS = "foreign owners"
GUILD = SPACES.actor("actor-40778383345a35c5cf66")
Compared = Callable[[Edition, Edition], Changes]


@pytest.fixture
def compared(tmp_path: Path) -> Compared:
    """Compares two editions."""
    return lambda old, new: compare(old.side("old"), new.side("new"), tmp_path / "room")


def told(changes: Changes, kind: str, how: str) -> list[Change]:
    """What happened so to things of a kind."""
    return [each for each in changes.changes if (each.kind, each.change) == (kind, how)]


def only(changes: Changes, kind: str, how: str) -> Change:
    """The one thing of a kind to which this happened."""
    (one,) = told(changes, kind, how)
    return one


# -- statements ------------------------------------------------------------------------------


def test_nothing_changes_from_an_edition_to_itself(compared: Compared) -> None:
    """Equal data have no difference."""
    changes = compared(FIRST, FIRST)
    assert not changes and changes.changes == () and changes.counts == {}


def test_a_corrected_statement_says_which_fields(compared: Compared) -> None:
    """The same IRI with another reading: each field with what it was and what it is."""
    new = FIRST.coded("consult Arvane", modality="commitment", areas=("patents",))
    one = only(compared(FIRST, new), "statement", "corrected")
    assert one.iri == FIRST.iri("consult Arvane") and one.quote == "consult Arvane on trade secrets"
    assert one.document == FIRST.home("meeting.txt") and one.actors == (ACTOR + "SUN",)
    by_name = {field.name: (field.before, field.after) for field in one.fields}
    assert by_name == {
        "modality": ((f"<{ROOT}modality/intention>",), (f"<{ROOT}modality/commitment>",)),
        "measure": (
            (f"<{ROOT}measure/dialogue.introduce.trade-secrets>",),
            (f"<{ROOT}measure/dialogue.introduce.patents>",),
        ),
    }


def test_a_review_is_no_correction(compared: Compared) -> None:
    """Another review status alone is a review; another confidence or extractor an update."""
    reviewed = compared(FIRST, FIRST.coded("consult Arvane", review="accepted", confidence=1.0))
    assert {f.name for f in only(reviewed, "statement", "reviewed").fields} >= {"reviewStatus"}
    updated = compared(FIRST, FIRST.coded("consult Arvane", extractor="english/2"))
    assert [f.name for f in only(updated, "statement", "updated").fields] == ["wasGeneratedBy"]
    assert only(updated, "extractor", "used").label == "english/2"


def test_statements_come_and_go(compared: Compared) -> None:
    """A statement on one side only is added or removed."""
    less = FIRST.without("consult Arvane")
    assert only(compared(FIRST, less), "statement", "removed").iri == FIRST.iri("consult Arvane")
    assert only(compared(less, FIRST), "statement", "added").iri == FIRST.iri("consult Arvane")


def test_a_mention_that_differs_is_told(compared: Compared) -> None:
    """Words, role or place of a mention; its actor is told by the property for the role."""
    old = FIRST.statement("consult Arvane")
    (sunda,) = old.actors
    word = compared(
        FIRST, FIRST.coded("consult Arvane", actors=(replace(sunda, text="The delegation"),))
    )
    (field,) = only(word, "statement", "corrected").fields
    assert (field.name, field.before) == ("mention", ('"Sunda (actor, 12–17)"',))
    actor = compared(FIRST, FIRST.coded("consult Arvane", actors=(replace(sunda, id="OST"),)))
    assert [f.name for f in only(actor, "statement", "corrected").fields] == ["actor"]


def test_a_mention_that_changes_no_party_is_told(compared: Compared) -> None:
    """When another mention has the actor too, the mention itself is told, with its actor."""
    (sunda,) = FIRST.statement("consult Arvane").actors
    again = Mention("The delegation", None, 0, 3)
    old = FIRST.coded("consult Arvane", actors=(again, sunda))
    new = FIRST.coded("consult Arvane", actors=(replace(again, id="SUN"), sunda))
    (field,) = only(compared(old, new), "statement", "corrected").fields
    assert field.name == "mention"
    assert field.before[0].endswith('nobody"') and field.after[0].endswith('actor:SUN"')


def test_statements_are_read_again_in_a_changed_text(compared: Compared) -> None:
    """A document with the same address is replaced, and its statements are paired by passage."""
    new = FIRST.retold("speech.txt")
    changes = compared(FIRST, new)
    document = only(changes, "document", "replaced")
    assert (document.iri, document.to) == (FIRST.home("speech.txt"), (new.home("speech.txt"),))
    again = told(changes, "statement", "replaced")
    assert {each.iri: each.to for each in again} == {
        FIRST.iri(each.quote): (new.iri(each.quote),)
        for each in FIRST.found
        if each.document == FIRST.document("speech.txt").id
    }
    assert not any(each.fields for each in again)
    assert set(changes.counts) <= {"statement", "document", "link"}


def test_what_is_read_otherwise_in_a_changed_text_is_told_first(compared: Compared) -> None:
    """A statement that is read again with other fields says which, before those without."""
    new = FIRST.retold("speech.txt").coded("train examiners", modality="report")
    first, *others = told(compared(FIRST, new), "statement", "replaced")
    assert first.iri == FIRST.iri("train examiners")
    assert [field.name for field in first.fields] == ["modality"]
    assert not any(each.fields for each in others)


def test_title_and_publisher_tell_a_document_too(compared: Compared) -> None:
    """Without an address, a document is known by title and publisher."""
    assert only(compared(FIRST, FIRST.retold("news.txt")), "document", "replaced")


def test_one_of_two_alike_is_not_guessed(compared: Compared) -> None:
    """Where two documents have the same address, neither is said to be the other."""
    twice = FIRST.described("news.txt", url="https://example.org/speech")
    new = twice.retold("speech.txt").retold("news.txt")
    changes = compared(twice, new)
    assert {each.iri for each in told(changes, "document", "replaced")} == {
        FIRST.home("speech.txt"),
        FIRST.home("news.txt"),
    }, "their titles differ"
    same = {"title": "The same", "publisher": "The same", "url": "https://example.org/same"}
    alike = FIRST.described("news.txt", **same).described("speech.txt", **same)
    changes = compared(alike, alike.retold("speech.txt").retold("news.txt"))
    assert changes.counts["document"] == {"added": 2, "removed": 2}


def test_moved_to_another_graph(compared: Compared, tmp_path: Path) -> None:
    """The same triple in another named graph is a difference of quads, not of triples."""
    line = b"<http://x/s> <http://x/p> <http://x/o> <http://x/%s> .\n"
    old, new = (
        replace(FIRST.side(), lines=lambda graph=graph: iter([line % graph]), links=None)
        for graph in (b"one", b"two")
    )
    changes = compare(old, new, tmp_path / "room")
    assert changes and changes.changes == ()
    assert changes.difference.counts == {
        **{"removed": 1, "added": 1, "removed_triples": 0, "added_triples": 0}
    }


# -- documents, events, actors ---------------------------------------------------------------


def test_metadata_of_a_document(compared: Compared) -> None:
    """Another title or force of a document is an update of it, and of its statements' force."""
    changes = compared(FIRST, FIRST.described("news.txt", title="Checks", bindingness="political"))
    assert [f.name for f in only(changes, "document", "updated").fields] == ["bindingness", "title"]
    assert {each.change for each in changes.changes if each.kind == "statement"} == {"updated"}


def test_a_document_that_is_left_out(compared: Compared) -> None:
    """A dropped document is removed with its statements, its event, and what nothing else names."""
    changes = compared(FIRST, FIRST.without_document("meeting.txt"))
    assert only(changes, "document", "removed").label == "Communiqué of the meeting (2021)"
    assert len(told(changes, "statement", "removed")) == 5
    assert only(changes, "event", "removed").label == "Lake Meeting"
    assert only(changes, "actor", "removed").iri == GUILD
    assert {each.label for each in told(changes, "actor", "unused")} >= {"High Court of Arvane"}
    assert told(changes, "measure", "unused")


def test_a_candidate_that_entered_the_vocabulary_is_replaced_or_merged(compared: Compared) -> None:
    """Mentions of an actor that is gone tell which actor it is now."""
    known = FIRST.mentioning(lambda m: replace(m, id="OST") if m.text.startswith("Guild") else m)
    one = only(compared(FIRST, known), "actor", "merged")
    assert (one.iri, one.to, one.count) == (GUILD, (ACTOR + "OST",), 1)
    assert one.label == "Guild of Cheese Makers"
    other = SPACES.actor("actor-00000000000000000001")
    fresh = FIRST.mentioning(
        lambda m: replace(m, id=other.rpartition("/")[2]) if m.text.startswith("Guild") else m
    )
    changes = compared(FIRST, fresh)
    assert only(changes, "actor", "replaced").to == (other,)
    assert not told(changes, "actor", "added")


def test_two_actors_that_become_one_new_one_are_merged(compared: Compared) -> None:
    """An actor in whose place two others stand is new, and both are merged with it."""
    two = FIRST.mentioning(
        lambda m: replace(m, id="actor-0000000000000000000b") if m.id is None else m
    )
    one = two.mentioning(
        lambda m: (
            replace(m, id="actor-0000000000000000000c") if (m.id or "").startswith("actor-") else m
        )
    )
    changes = compared(two, one)
    assert len(told(changes, "actor", "merged")) == 2
    assert only(changes, "actor", "added").iri == SPACES.actor("actor-0000000000000000000c")


def test_an_actor_among_whose_mentions_are_several_others_is_split(compared: Compared) -> None:
    """Where mentions go different ways, all are named, the most frequent first."""
    old = FIRST.mentioning(
        lambda m: replace(m, id="actor-0000000000000000000b") if m.id == "SUN" else m
    )
    taken = Counter[str]()

    def dealt(mention: Mention) -> Mention:
        if mention.id != "actor-0000000000000000000b":
            return mention
        taken[""] += 1
        return replace(mention, id="OST" if taken[""] == 1 else "SUN")

    one = only(compared(old, old.mentioning(dealt)), "actor", "split")
    assert one.to == (ACTOR + "SUN", ACTOR + "OST") and one.count == taken[""]


def test_mentions_that_stand_for_another_actor(compared: Compared) -> None:
    """The actor is still there, and some of its mentions are linked otherwise, or to nobody."""
    (sunda,) = FIRST.statement("consult Arvane").actors
    other = FIRST.coded("consult Arvane", actors=(replace(sunda, id="OST"),))
    one = only(compared(FIRST, other), "actor", "relinked")
    assert (one.iri, one.to, one.count) == (ACTOR + "SUN", (ACTOR + "OST",), 1)
    none = FIRST.coded("consult Arvane", actors=(replace(sunda, id=None),))
    assert only(compared(FIRST, none), "actor", "relinked").to == ()


def test_actors_of_a_changed_text_are_the_same(compared: Compared) -> None:
    """Actors known by description get another IRI with the text; that is no correction."""

    def local(edition: Edition, number: int) -> Edition:
        name = f"actor-{number:020d}"
        return edition.mentioning(
            lambda m: replace(m, id=name) if m.text == "foreign owners" else m
        )

    changes = compared(local(FIRST, 1), local(FIRST.retold("speech.txt"), 2))
    one = only(changes, "actor", "replaced")
    assert one.to == (SPACES.actor(f"actor-{2:020d}"),)
    assert not any(each.fields for each in told(changes, "statement", "replaced"))


# -- vocabulary ------------------------------------------------------------------------------


def renamed(edition: Edition, code: str, **fields: object) -> Edition:
    """An edition in whose vocabulary an area has other fields."""
    concepts = dict(edition.vocabulary.concepts)
    concepts["area", code] = replace(concepts["area", code], **fields)  # type: ignore[arg-type]
    return replace(edition, vocabulary=Vocabulary(concepts, edition.vocabulary.actors))


def test_concepts_are_renamed_moved_and_deprecated(compared: Compared) -> None:
    """Each is told by its own word; measures are renamed with their areas."""
    name = compared(FIRST, renamed(FIRST, "trade-secrets", labels=(Label("Secrets"),)))
    assert only(name, "concept", "renamed").label == "Secrets"
    assert told(name, "measure", "renamed") and not told(name, "concept", "updated")
    place = compared(FIRST, renamed(FIRST, "trade-secrets", broader=("ip-system",)))
    assert [f.name for f in only(place, "concept", "moved").fields] == ["broader"]
    old = renamed(FIRST, "trade-secrets", deprecated=True, replaced_by="patents")
    one = only(compared(FIRST, old), "concept", "deprecated")
    assert one.to == (ROOT + "area/patents",)


def ontology(folder: Path, **terms: str) -> tuple[Path, ...]:
    """A file of an ontology with some terms, as a release has it."""
    folder.mkdir()
    head = f"""@prefix comity: <{COMITY}> . @prefix skos: <{SKOS}> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix area: <{ROOT}area/> ."""
    (folder / "comity.ttl").write_text(head + "\n".join(terms.values()), encoding="utf-8")
    return (folder / "comity.ttl",)


def test_terms_of_the_ontology(tmp_path: Path) -> None:
    """Where both sides bring their ontology, its terms and all concepts are compared."""
    header = "<https://w3id.org/comity/ontology> owl:versionInfo '%s' ."
    old = ontology(
        tmp_path / "old",
        header=header % "0.1.0",
        one="comity:one a owl:Class .",
        area="area:seeds a skos:Concept ; skos:prefLabel 'Seeds'@en .",
        foreign="<http://x/y> a owl:Class .",
    )
    new = ontology(
        tmp_path / "new",
        header=header % "0.2.0",
        one="comity:one a owl:Class ; owl:deprecated true ; rdfs:comment 'No longer.' .",
        two="comity:two a owl:ObjectProperty .",
        area="area:seeds a skos:Concept ; skos:prefLabel 'Seed banks'@en .",
        trees="area:trees a skos:Concept .",
    )
    sides = FIRST.side(ontology=old), FIRST.side(ontology=new)
    changes = compare(*sides, tmp_path / "room")
    assert changes.ontology == ("0.1.0", "0.2.0") and changes
    assert changes.counts == {
        "concept": {"added": 1, "renamed": 1},
        "term": {"added": 1, "deprecated": 1, "updated": 1},
    }
    none = compare(FIRST.side(ontology=old), FIRST.side(), tmp_path / "other")
    assert none.changes == () and none.ontology == ("0.1.0", None)


def test_links_come_and_go(tmp_path: Path) -> None:
    """Links between statements are told with what they tie; not when one side has none."""
    new = FIRST.without("improve the protection")
    assert FIRST.links() != new.links()
    changes = compare(FIRST.side(), new.side(), tmp_path / "room")
    gone = told(changes, "link", "removed")
    assert {each.iri for each in gone} == {
        SPACES.node(link.id) for link in {*FIRST.links()} - {*new.links()}
    }
    assert {f.name for f in gone[0].fields} == {"laterStatement", "earlierStatement", "relation"}
    silent = compare(FIRST.side(), new.side(links=None), tmp_path / "other")
    assert "link" not in silent.counts


# -- withdrawals, words, order ---------------------------------------------------------------


def with_withdrawn(edition: Edition, iri: str, reason: Reason) -> list[bytes]:
    """The lines of an edition in which something is withdrawn."""
    triples = withdrawn_triples(iri, reason, SPACES.node("dataset-2026.11"))
    lines = (line.encode() for line in nquads(triples, SPACES.node("withdrawn")))
    return sorted([*edition.lines(), *lines])


def test_what_is_withdrawn_says_why(tmp_path: Path) -> None:
    """A reason and a replacement that the later data state are told; so is a return."""
    iri, other = FIRST.iri("consult Arvane"), FIRST.iri("cooperate on")
    less = FIRST.without("consult Arvane")
    lines = with_withdrawn(less, iri, Reason("A doublet.", (other,)))
    later = replace(less.side(), lines=lambda: iter(lines))
    changes = compare(FIRST.side(), later, tmp_path / "room")
    one = only(changes, "statement", "withdrawn")
    assert (one.reason, one.to, changes.withdrawals) == ("A doublet.", (other,), (1, 0))
    back = compare(later, FIRST.side(), tmp_path / "back")
    assert only(back, "statement", "restored").iri == iri and back.withdrawals == (0, 1)


def test_a_replacement_that_is_stated_goes_first(tmp_path: Path) -> None:
    """What the data say about who took whose place is not guessed otherwise."""
    new = FIRST.retold("speech.txt")
    iri, other = FIRST.iri("never allow"), new.iri("train examiners")
    lines = with_withdrawn(new, iri, Reason("Read otherwise.", (other,)))
    later = replace(new.side(), lines=lambda: iter(lines))
    again = told(compare(FIRST.side(), later, tmp_path / "room"), "statement", "replaced")
    assert (iri, (other,)) in [(each.iri, each.to) for each in again]
    assert len({each.to for each in again}) == len(again)


def test_other_wording_under_another_policy_is_no_correction(tmp_path: Path) -> None:
    """Where passages are published in another length, their words say nothing of the reading."""
    new = FIRST.coded("consult Arvane", object="Arvane on …")
    sides = FIRST.side(quotes="full"), new.side(quotes="short")
    assert only(compare(*sides, tmp_path / "a"), "statement", "updated")
    same = FIRST.side(quotes="full"), new.side(quotes="full")
    assert only(compare(*same, tmp_path / "b"), "statement", "corrected")


def test_names_are_found_on_either_side(compared: Compared) -> None:
    """What changes mention has its name, whether it changed or not, or is gone."""
    changes = compared(FIRST, FIRST.without_document("meeting.txt"))
    assert changes.name(ACTOR + "SUN") == "Sunda"
    assert changes.name(ACTOR + "ARV-court") == "High Court of Arvane"
    assert changes.name("https://w3id.org/comity/area/none") == "area:none"


def test_all_words_are_known(compared: Compared) -> None:
    """Kinds and happenings are those that are documented, in that order."""
    new = FIRST.retold("news.txt").without_document("meeting.txt").coded("never", negated=True)
    found = [(KINDS.index(c.kind), HOW.index(c.change)) for c in compared(FIRST, new).changes]
    assert found == sorted(found)


# -- against the query, and against engines --------------------------------------------------


def test_the_same_as_the_query_of_the_house(compared: Compared) -> None:
    """Query `changes`, over both editions as two graphs, names the same statements and fields."""
    new = (
        FIRST.without("consult Arvane")
        .coded("never allow", modality="report")
        .coded("train examiners", areas=("patents",))
    )
    old_side, new_side = f"{ROOT}graph-old", f"{ROOT}graph-new"
    quads = "".join(
        line.decode()[:-3].rpartition(" ")[0] + f" <{graph}> .\n"
        for edition, graph in ((FIRST, old_side), (new, new_side))
        for line in edition.lines()
    )
    query = library()["changes"]
    table = Store.of(quads).query(query.text, {"old": IRI(old_side), "new": IRI(new_side)})
    assert isinstance(table, Table)
    rows = {tuple(str(cell) for cell in row) for row in table.rows}
    changes = compared(FIRST, new)
    for how, word in (("added", "added"), ("removed", "removed")):
        named = {each.iri for each in told(changes, "statement", how)}
        assert {row[1] for row in rows if row[0] == word} == named
    fields = {
        (each.iri, COMITY + field.name)
        for each in told(changes, "statement", "corrected")
        for field in each.fields
    }
    assert {(row[1], row[2]) for row in rows if row[0] in ("was", "is")} == fields


@pytest.mark.parametrize(
    "change",
    [
        lambda first: first.retold("news.txt"),
        lambda first: first.without_document("speech.txt").described("news.txt", title="Ä \\u0041"),
        lambda first: first.coded("never allow", modality="report"),
    ],
)
def test_both_patches_give_the_later_data(
    compared: Compared, tmp_path: Path, change: Callable[[Edition], Edition]
) -> None:
    """The RDF Patch gives its canonical hash; the update what the engine makes of the data."""
    new = change(FIRST)
    found = compared(FIRST, new).difference
    patch = tmp_path / "changes.rdfp"
    patch.write_bytes(b"".join(patch_lines(found)))
    after = b"".join(apply_patch(FIRST.lines(), patch))
    assert hashlib.sha256(after).hexdigest() == found.new.sha256
    stores = []
    for edition in (FIRST, new):
        store = pyoxigraph.Store()
        store.load(b"".join(edition.lines()), format=pyoxigraph.RdfFormat.N_QUADS)
        stores.append(store)
    stores[0].update(b"".join(update_lines(found)).decode())
    assert set(stores[0]) == set(stores[1])
