"""What pages show, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests import example_graph, small_graph
from tests.strategies import VOCABULARY
from tests.strategies import documents as any_document
from tests.web_pages import Made, holdings_of, make

from comity.identifiers import (
    candidate_id,
    document_id,
    local_actor_id,
    statement_id,
    text_sha256,
)
from comity.lineage import Link
from comity.model import Document, Label, Mention, Statement
from comity.rdf.background import Match
from comity.web.addresses import Place
from comity.web.holdings import Holdings, roles
from comity.web.naming import clip, others, preferred
from comity.web.render import around, mark, size
from comity.web.views.actor import actor_view
from comity.web.views.common import ROWS, listed, outside, web_link
from comity.web.views.concept import branches
from comity.web.views.document import document_views, reading
from comity.web.views.statement import certainty, statement_view


@pytest.fixture(scope="module")
def example() -> Holdings:
    """The example corpus."""
    vocabulary = example_graph.load()
    return holdings_of(
        example_graph.documents(), example_graph.statements(), vocabulary, example_graph.lineage()
    )


@pytest.fixture(scope="module")
def small() -> Made:
    """The pages of the small graph."""
    statements = small_graph.statements()
    found = holdings_of(small_graph.documents(), statements, small_graph.vocabulary())
    return make(found, {each.id: each.text for each in small_graph.documents()})


def document(text: str, **fields: str) -> Document:
    """A document of which this is known."""
    sha256 = text_sha256(text)
    return Document(document_id(sha256), sha256, text, **fields)  # type: ignore[arg-type]


# -- what is told of actors, areas and measures ------------------------------------------------


def test_roles_are_told_apart() -> None:
    """An actor may speak, and speak for another; each has each role once."""
    said = Statement(
        "statement-1",
        "document-1",
        0,
        1,
        "x",
        actors=(Mention("China", "CHN"), Mention("the Chinese side", "CHN"), Mention("others")),
        speaker=Mention("Xi", "xi-jinping", on_behalf_of="CHN"),
    )
    assert roles(said) == {"CHN": ["actor", "behalf"], "xi-jinping": ["speaker"]}


def test_an_actor_counts_its_statements_by_role(example: Holdings) -> None:
    """The numbers of a page of an actor are those of the statements."""
    actor = example.vocabulary.actors["CHN"]
    view = actor_view("CHN", actor, example)
    statements = example.statements
    expected = {
        "actor": sum(any(m.id == "CHN" for m in s.actors) for s in statements),
        "behalf": sum(bool(s.speaker and s.speaker.on_behalf_of == "CHN") for s in statements),
    }
    assert dict(view.counts) == expected
    cells = sum(cell.count for _, row in view.areas.rows for cell in row)
    assert cells <= sum(len(s.areas) for s in statements if "CHN" in {m.id for m in s.actors})


def test_what_is_narrower_counts_above(example: Holdings) -> None:
    """In the tree of areas, one has at least as many statements as any below it."""
    tree = list(branches(Place("area", ""), example))
    assert len({each.ref for each in tree}) == len(tree) == len(example.pages("area"))
    above = [tree[0]]
    for branch in tree[1:]:
        above = [*above[: branch.depth], branch]
        assert branch.own <= branch.below
        assert all(each.below >= branch.below for each in above)


def test_candidates_of_one_name_are_told_apart() -> None:
    """Two documents' own "members" carry the titles of their documents; others do not."""
    found = [document("Members act.", title="One accord"), document("Members acted.", title="Two")]
    statements = [
        made_by(each, Mention("Members", local_actor_id(each.id, "members"))) for each in found
    ]
    statements.append(made_by(found[0], Mention("Partners", candidate_id("Partners")), end=8))
    holdings = holdings_of(found, statements, VOCABULARY)
    names = {holdings.names.actor(id_).text for _, id_ in holdings.actors()}
    assert names == {"Members (One accord)", "Members (Two)", "Partners"}
    rows = listed(range(3), holdings).rows
    assert [row.actors[0].written for row in rows] == ["", "", ""]


def made_by(document: Document, actor: Mention, start: int = 0, end: int = 7) -> Statement:
    """A statement of which only its actor is known."""
    return Statement(
        statement_id(document.id, start, end, 0),
        document.id,
        start,
        end,
        document.text[start:end],
        actors=(actor,),
        measure_type="cooperation",
        modality="commitment",
    )


def test_lists_come_in_pages_of_equal_size(example: Holdings) -> None:
    """A list is dealt out whole, in order, the latest first."""
    numbers = example.numbers(Place("actor", "CHN"))
    first = listed(numbers, example)
    parts = [listed(numbers, example, part).rows for part in range(1, first.parts + 1)]
    found = [row.place for rows in parts for row in rows]
    assert found == [example.addresses.node(example.statements[n].id) for n in numbers]
    assert len(first.rows) == ROWS


def test_a_measure_that_nothing_names_keeps_its_page(example: Holdings) -> None:
    """What is described on, though no statement has it any more, is there with no statements."""
    codes = ("enforcement", "weaken", "patents")
    place = example.addresses.measure(*codes)
    kept = {
        **example.described,
        place: "https://w3id.org/comity/measure/enforcement.weaken.patents",
    }
    holdings = Holdings(**{**vars_of(example), "described": kept})
    assert holdings.measures()[place] == codes
    assert "There is none." in make(holdings, {}).html[place.page]


def vars_of(holdings: Holdings) -> dict[str, object]:
    """The fields that holdings are made of."""
    return {name: getattr(holdings, name) for name in Holdings.__dataclass_fields__}


# -- a statement ----------------------------------------------------------------------------------


def test_follow_ups_are_told_from_both_ends(example: Holdings) -> None:
    """A link stands on the page of the later statement and on that of the earlier one."""
    link: Link = example_graph.lineage()[0]
    for id_, other, later in ((link.later, link.earlier, False), (link.earlier, link.later, True)):
        statement = example.statements[example.by_id[id_]]
        view = statement_view(statement, 0, [statement], example, None, Place("id", "x"))
        steps = view.later if later else view.earlier
        assert (link.relation, other) in {(s.relation, s.row.place.name) for s in steps}


def test_a_passage_that_is_not_given_is_no_empty_quotation(example: Holdings) -> None:
    """Without its words the statement stands there all the same, by its measure."""
    statement = example.statements[0]
    bare = Statement(**{**{n: getattr(statement, n) for n in statement.__slots__}, "quote": ""})
    view = statement_view(bare, 0, [bare], example, None, Place("id", "x"))
    assert view.excerpt is None
    assert view.row.quote == ""
    assert view.measures


@pytest.mark.parametrize(("value", "word"), [(0.8, "high"), (0.79, "fair"), (0.49, "low")])
def test_confidence_has_a_word(value: float, word: str) -> None:
    """High from 0.8, fair from 0.5, low below."""
    assert certainty(value) == word


# -- a document -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "live"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org/x", False),
        ("https:///x", False),
        ("https://[x", False),
        ("file:///etc/passwd", False),
        ("vbscript:x", False),
        ("https:\\\\example.org", False),
    ],
)
def test_only_web_addresses_are_followed(url: str, live: bool) -> None:
    """Any other address is shown as text: on the page of its document there is no link to it."""
    assert (web_link(url) == url) is live
    found = document("A text.", url=url, license=url)
    page = make(holdings_of([found], [], VOCABULARY), {}).read(f"id/{found.id}.html")
    assert (url in {each.attributes["href"] for each in page.all("a")}) is live


def test_a_title_of_a_million_characters_is_cut() -> None:
    """Headings and lists have its beginning; the page stays small."""
    found = document("A text.", title="Long " * 200_000)
    made = make(holdings_of([found], [], VOCABULARY), {found.id: found.text})
    assert all(len(page) < 40_000 for page in made.html.values())


def test_a_long_text_is_divided() -> None:
    """A long text has several pages; a passage is shown, and listed, on the page it stands on."""
    text = "\n\n".join(f"Peru acts {n}. " + "Words follow. " * 2_000 for n in range(9))
    found = document(text)
    starts = [text.index(f"Peru acts {n}") for n in range(9)]
    statements = [made_by(found, Mention("Peru"), at, at + 9) for at in starts]
    made = make(holdings_of([found], statements, VOCABULARY), {found.id: text})
    paths = [path for path in made.html if found.id in path]
    assert len(paths) > 2
    for statement in statements:
        page = made.read(f"id/{statement.id}.html")
        (link,) = [e for e in page.all("a") if e.attributes["href"].endswith(f"#{statement.id}")]
        target = link.attributes["href"].partition("#")[0].removeprefix("../")
        ids = made.read(target).ids()
        assert {statement.id, f"about-{statement.id}"} <= set(ids)


@given(any_document())
def test_a_document_without_statements_has_a_page(found: Document) -> None:
    """Whatever is known of it."""
    holdings = holdings_of([found], [], VOCABULARY)
    views = list(
        document_views(holdings.documents[found.id], [], holdings, reading(found.text, []))
    )
    assert [view.rows for view in views] == [()] * len(views)
    assert views


# -- names --------------------------------------------------------------------------------------


def test_names_are_in_the_page_s_language_first() -> None:
    """Else in English, else in any; the others follow, one a language."""
    labels = (Label("专利", "zh-Hans"), Label("Brevets", "fr"), Label("patent", "en", "alt"))
    shown = preferred(labels, "en")
    assert shown is not None
    assert shown.text == "专利"
    assert [label.text for label in others(labels, "en")] == ["Brevets"]


def test_links_to_other_data_sets_have_their_names() -> None:
    """A data set that is known is called by its name, another by its host."""
    found = outside(
        [
            Match("exactMatch", "http://www.wikidata.org/entity/Q148"),
            Match("closeMatch", "https://example.org/x"),
            Match("closeMatch", "javascript:alert(1)"),
        ]
    )
    assert [(each.dataset, each.live) for each in found] == [
        ("Wikidata", True),
        ("example.org", True),
        ("", False),
    ]


@pytest.mark.parametrize(
    ("text", "most", "cut"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a bc de", 6, "a bc…")]
)
def test_texts_are_cut_at_words(text: str, most: int, cut: str) -> None:
    """An ellipsis shows that something is missing."""
    assert clip(text, most) == cut


def test_small_things_for_templates() -> None:
    """Classes, sizes and the pages that a pager names."""
    assert mark("report") == "m-report"
    assert mark('x" onclick="') == "m-other"
    assert size(1024) == "1.0 KiB"
    assert list(around(1, 1)) == [1]
    assert list(around(1, 4)) == [1, 2, None, 4]


def test_the_small_graph_has_its_pages(small: Made) -> None:
    """A vocabulary of one's own, with no labels but English ones, does as well."""
    assert {f"id/{each.id}.html" for each in small_graph.statements()} <= set(small.html)
