"""Changes in words, as JSON, as entries of a feed, and as files of a release."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from tests.publish.editions import Edition, released

from comity.publish.changefiles import write_changes
from comity.publish.changes import HOW, KINDS, Changes, compare
from comity.publish.sides import open_side, side_of
from comity.publish.telling import feed_entries, in_words, said, shortened, to_json
from comity.records import schema

FIRST = Edition()
LATER = (
    FIRST.retold("speech.txt")
    .without("consult Arvane")
    .coded("cooperate on", modality="intention")
    .without_document("hope.txt")
)
FILES = ["added.nt", "changes.json", "changes.rdfp", "changes.ru", "removed.nt"]


@pytest.fixture
def changes(tmp_path: Path) -> Changes:
    """What changed between two editions."""
    old = FIRST.side("2026.10", label="2026.10", issued="2026-10")
    new = LATER.side("2026.11", label="2026.11", issued="2026-11-24")
    return compare(old, new, tmp_path / "room")


# -- words -----------------------------------------------------------------------------------


def test_words_name_both_sides_and_count_what_happened(changes: Changes) -> None:
    """The title has names and dates; each kind has a heading with the number of each happening."""
    lines = list(in_words(changes))
    assert lines[0] == ("title", "2026.10 (2026-10) → 2026.11 (2026-11-24)")
    heads = [line for style, line in lines if style == "head"]
    assert heads[:2] == [
        "Statements: 2 removed, 5 read again, 1 corrected",
        "Documents: 1 removed, 1 replaced",
    ]


def test_words_say_what_a_field_was_and_is(changes: Changes) -> None:
    """A corrected statement is told by its passage, its party, its document and its fields."""
    lines = [line for _, line in in_words(changes)]
    at = lines.index(
        f"corrected: “cooperate on geographical indications”  id:{FIRST.statement('cooperate').id}"
    )
    assert lines[at + 1 : at + 4] == [
        "Ostervale, Sunda · Introduce: international cooperation – geographical indications",
        "Communiqué of the meeting (2021)",
        "modality: Commitment → Intention",
    ]


def test_words_may_be_few(changes: Changes) -> None:
    """Of what happened often, some are told, and how many more there are."""
    few = [line for _, line in in_words(changes, 2)]
    assert "… and 3 more read again" in few
    assert len([line for line in few if line.startswith("read again")]) == 2
    assert not [line for _, line in in_words(changes) if line.startswith("…")]


def test_no_difference_is_said(tmp_path: Path) -> None:
    """Equal data are said to be so, with their size."""
    same = compare(FIRST.side("a"), FIRST.side("b"), tmp_path)
    (_, line) = list(in_words(same))[1]
    assert line == f"no difference: b has the same {len(FIRST.lines()):,} quads"


def test_another_base_is_said(tmp_path: Path) -> None:
    """Data that moved to another base have new IRIs all over, and that is the first thing told."""
    other = replace(FIRST.side("b"), base="https://example.org/id/")
    line = b"<http://x/s> <http://x/p> <http://x/o> <http://x/g> .\n"
    lines = [*FIRST.lines(), line]
    changes = compare(FIRST.side("a"), replace(other, lines=lambda: iter(sorted(lines))), tmp_path)
    assert any("all IRIs are new" in text for _, text in in_words(changes))


def test_another_length_of_passages_is_said(tmp_path: Path) -> None:
    """When a release gives another part of the passages, the first lines say so."""
    new = FIRST.coded("consult Arvane", object="Arvane …").side(quotes="short")
    changes = compare(FIRST.side(quotes="full"), new, tmp_path)
    assert ("item", "passages: full → short") in list(in_words(changes))


def test_every_happening_has_words() -> None:
    """Some words for what happened depend on the kind of thing."""
    assert said("statement", "replaced") == "read again" and said("actor", "replaced") == "replaced"
    assert said("concept", "unused") == "no longer in use"
    assert all(said(kind, how) for kind in KINDS for how in HOW)


# -- JSON ------------------------------------------------------------------------------------


def test_json_fits_its_schema(changes: Changes) -> None:
    """What is written is what `comity schema change` describes, and names every word of it."""
    found = json.loads(json.dumps(to_json(changes)))
    jsonschema.Draft202012Validator(schema("change")).validate(found)
    words = schema("change")["$defs"]
    assert tuple(words["kind"]["enum"]) == KINDS and tuple(words["how"]["enum"]) == HOW
    assert found["counts"]["statement"] == {"removed": 2, "replaced": 5, "corrected": 1}
    assert found["quads"]["added"] == changes.difference.counts["added"]


def test_json_gives_values_with_their_names(changes: Changes) -> None:
    """A field has its values before and after: IRIs with names, literals with their language."""
    found = to_json(changes)["changes"]
    (one,) = (each for each in found if each["change"] == "corrected")
    assert one["fields"] == [
        {
            "field": "modality",
            "before": [
                {"iri": "https://w3id.org/comity/modality/commitment", "name": "Commitment"}
            ],
            "after": [{"iri": "https://w3id.org/comity/modality/intention", "name": "Intention"}],
        }
    ]
    assert one["quote"] == "cooperate on geographical indications"
    assert one["document"]["name"] == "Communiqué of the meeting (2021)"


@pytest.mark.parametrize(("quotes", "quote"), [("short", "two words"), ("none", None)])
def test_json_gives_no_more_of_a_passage_than_the_release(
    tmp_path: Path, quotes: str, quote: str | None
) -> None:
    """Words that may not be published any more are not repeated as what was before."""
    new = FIRST.coded("consult Arvane", object="two words", modality="report")
    changes = compare(FIRST.side(), new.side(quotes=quotes), tmp_path / "room")
    told = to_json(changes, quotes)
    text = json.dumps(told, ensure_ascii=False)
    assert "Arvane on trade secrets" not in text.replace("consult Arvane on trade secrets", "")
    assert ("consult Arvane" in text) is (quotes == "short")
    assert quote is None or quote in text
    assert '"modality"' in text


def test_passages_are_shortened_by_words() -> None:
    """All, 25 words, or nothing."""
    words = " ".join(f"w{n}" for n in range(30))
    assert shortened(words, "full") == words
    assert shortened(words, "short") == " ".join(words.split()[:25]) + " …"
    assert shortened("few words", "short") == "few words"
    assert shortened(words, "none") is None and shortened(None, "full") is None


def test_words_are_counted_as_in_the_rest_of_the_release() -> None:
    """In a script without spaces each character is a word, so that no passage is given whole."""
    assert shortened("加强知识产权保护" * 10, "short") == ("加强知识产权保护" * 10)[:25] + " …"


# -- feed ------------------------------------------------------------------------------------


def test_a_feed_has_an_entry_for_each_change(changes: Changes) -> None:
    """Entries have ids of their own, the date of the release, and lead to what there is now."""
    entries = list(feed_entries(changes))
    assert len({each.id for each in entries}) == len(entries) == len(changes.changes)
    assert {each.issued for each in entries} == {"2026-11-24"}
    assert all(each.id.startswith(f"{changes.new.base}dataset-2026.11#") for each in entries)
    (one,) = (each for each in entries if each.change == "corrected")
    assert one.title.startswith("Corrected: Ostervale, Sunda · Introduce")
    assert one.iri == FIRST.iri("cooperate on") and "modality" in one.summary
    again = next(each for each in entries if (each.kind, each.change) == ("document", "replaced"))
    assert again.iri == LATER.home("speech.txt")
    assert again.title == "Replaced: Speech at the Harbour Forum (2019-04-26)"


def test_a_feed_gives_no_more_of_a_passage_than_the_release(changes: Changes) -> None:
    """Without passages in the release, the feed has none."""
    text = " ".join(each.summary for each in feed_entries(changes, "none"))
    assert "consult Arvane" not in text


# -- files -----------------------------------------------------------------------------------


def test_the_files_of_a_release(tmp_path: Path) -> None:
    """A release has what changed as JSON, as two patches, and as triples; each is named once."""
    old = open_side(released(FIRST.release("2026.10", tmp_path), tmp_path / "dist"), tmp_path)
    content = LATER.release("2026.11", tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    parts = write_changes(content, out, old)
    assert sorted(part.name for part in parts) == FILES == sorted(p.name for p in out.iterdir())
    assert {part.role for part in parts} == {"change"}
    told = json.loads((out / "changes.json").read_text("utf-8"))
    assert told["new"]["canonical_sha256"] == content.canonical_sha256()
    assert told["old"]["label"] == "2026.10" and "left_out" not in told
    again = tmp_path / "again"
    write_changes(content, again, old)
    assert all((out / name).read_bytes() == (again / name).read_bytes() for name in FILES)


def test_files_that_would_repeat_passages_are_left_out(tmp_path: Path) -> None:
    """Where less of the passages is published than before, what was before is not given again."""
    old = side_of(FIRST.release("2026.10", tmp_path))
    content = LATER.release("2026.11", tmp_path, quotes="none")
    out = tmp_path / "out"
    parts = write_changes(content, out, old)
    assert sorted(part.name for part in parts) == ["added.nt", "changes.json"]
    told = json.loads((out / "changes.json").read_text("utf-8"))
    assert told["left_out"] == ["changes.rdfp", "changes.ru", "removed.nt"]
    jsonschema.Draft202012Validator(schema("change")).validate(told)
    more = write_changes(FIRST.release("2026.12", tmp_path), tmp_path / "more", side_of(content))
    assert len(more) == 5, "more of the passages than before may be given"


def test_no_path_of_this_machine_is_written(tmp_path: Path) -> None:
    """What is no release is called by the name of its folder."""
    changes = compare(FIRST.side("/home/one/kg"), LATER.side("/home/two/kg"), tmp_path / "room")
    told = to_json(changes)
    assert (told["old"]["name"], told["new"]["name"]) == ("kg", "kg")
    assert "/home/" not in json.dumps(told)
