"""How many of the documents' own words a release gives, by its policy for quotations."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publish.wordy import BROKEN, CHINESE, JUST, LONG, write_corpus
from tests.strategies import VOCABULARY, corpora, texts

from comity import KnowledgeGraph
from comity.check import Shapes, check_documents, load_shapes
from comity.errors import GraphFolderError
from comity.identifiers import text_sha256
from comity.model import Document, Statement, Violation
from comity.publish import quotes
from comity.publish.content import Content, graph_lines
from comity.publish.quotes import MOST, limited_lines, limited_statement, shortened, shortened_all
from comity.publish.release import POLICIES, QuotePolicy, Release
from comity.publish.report import graphs
from comity.rdf.namespaces import COMITY, OA, Namespaces
from comity.rdf.read import read_nquads
from comity.rdf.write import document_triples, nquads

Prepared = Callable[[KnowledgeGraph, Release], Content]
SPACES = Namespaces()
POLICY = pytest.mark.parametrize("policy", POLICIES)
LIMITED = pytest.mark.parametrize("policy", ["short", "none"])


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A graph whose passages are long: 2 documents, 4 statements."""
    room = tmp_path_factory.mktemp("wordy")
    found = write_corpus(room)
    graph = KnowledgeGraph.from_records([room], found, room / "kg")
    assert graph.report is not None and not graph.report.rejections
    return graph


def contents(graph: KnowledgeGraph, release: Release, prepared: Prepared) -> dict[str, Content]:
    """The content of a graph under each policy."""
    return {
        policy: prepared(graph, replace(release, label=f"1.{number}", quotes=policy))
        for number, policy in enumerate(POLICIES)
    }


# -- words -------------------------------------------------------------------------------


@given(st.one_of(texts(max_size=400), st.text("ab \n—", max_size=200)), st.integers(1, 30))
def test_the_first_words_are_what_a_text_begins_with(text: str, most: int) -> None:
    """A shortened text is its exact beginning, of no more words than white space tells apart."""
    first = shortened(text, most)
    assert text.startswith(first)
    assert first == text or (first and first == first.rstrip())
    assert len(first.split()) <= most


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=40), st.sampled_from(" \n\t"))
def test_a_cut_falls_between_words(words: list[str], space: str) -> None:
    """A text of 25 words or less is left as it is; a longer one ends after its 25th word."""
    assert shortened(space.join(words)) == space.join(words[:MOST])


@given(st.text("知识产权保护", min_size=1, max_size=60))
def test_without_spaces_a_character_is_a_word(text: str) -> None:
    """Of Chinese, 25 characters are given."""
    assert shortened(text) == text[:MOST]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("one two three", "one two three"),
        ("one two three four", "one two three"),
        ("one  two\nthree\nfour", "one  two\nthree"),
        ("one, two—three—four", "one, two—three—"),
        ("one / two three", "one / two"),
        ("state-owned firms' trade secrets", "state-owned firms' trade"),
        ("one two three (four", "one two three"),
        ("one two “ three", "one two"),
        ("保护。商标", "保护。商"),
        ("加强 IP 保护", "加强 IP"),
        ("加强（保护）商标", "加强（保"),
        ("商标权（商标）", "商标权"),
        ("ก่ข้คง", "ก่ข้ค"),
        ("", ""),
        ("((( [[[ {{{ a", "((( [[[ {{{"),
    ],
)
def test_where_a_text_is_cut(text: str, first: str) -> None:
    """Marks stay with their letter, a dash ends a word, no opening bracket is left at the end."""
    assert shortened(text, most=3) == first


@given(st.sets(st.text("ab c", min_size=1), max_size=6), st.integers(0, 12))
def test_texts_of_one_kind_share_the_words(found: set[str], most: int) -> None:
    """All principles of a statement together have no more words than are given."""
    kept = shortened_all(found, most)
    assert sum(len(text.split()) for text in kept) <= most
    assert all(any(text.startswith(first) for text in found) for first in kept)
    assert list(kept) == sorted(set(kept))


# -- statements and quads ----------------------------------------------------------------


def lines(documents: Sequence[Document], statements: Sequence[Statement]) -> list[bytes]:
    """The sorted lines of the graphs of documents."""
    found: list[str] = []
    for document in documents:
        own = [each for each in statements if each.document == document.id]
        triples = document_triples(document, own, VOCABULARY, SPACES)
        found += nquads(triples, SPACES.document_graph(document.id))
    return sorted(line.encode() for line in found)


@given(st.text("ab ", min_size=1, max_size=120), st.data())
def test_no_wording_goes_beyond_the_quotation(passage: str, data: st.DataObject) -> None:
    """Of a passage that is cut, object, principles and the like give nothing that was cut off."""
    places = st.integers(0, len(passage))

    def part() -> str:
        start, end = sorted((data.draw(places), data.draw(places)))
        return passage[start:end]

    whole = Statement("statement-0", "document-0", 0, len(passage), passage, object=part())
    whole = replace(whole, principles=tuple(sorted({part(), part(), "ab from elsewhere"})))
    given_ = limited_statement(whole, "short")
    wording = (given_.object, given_.action_text, *given_.principles)
    if given_.abridged:
        assert all(text in given_.quote for text in wording)
    else:
        assert given_.object == whole.object


@settings(max_examples=60)
@given(corpora(), st.sampled_from(POLICIES))
def test_quads_say_what_the_statements_say(
    corpus: tuple[Sequence[Document], Sequence[Statement]], policy: QuotePolicy
) -> None:
    """Quads under a policy are those that are written of the statements under the policy."""
    documents, statements = corpus
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "MOST", 3)
        whole = lines(documents, statements)
        given_ = list(limited_lines(lambda: whole, SPACES, policy))
        told = [limited_statement(each, policy) for each in statements]
    assert given_ == lines(documents, told)


@POLICY
def test_quads_are_read_back_as_the_statements(
    wordy: KnowledgeGraph, release: Release, prepared: Prepared, policy: str
) -> None:
    """Who reads the quads of a release gets the statements that its tables hold."""
    content = contents(wordy, release, prepared)[policy]
    read = read_nquads(content.quads.read_text("utf-8"), wordy.namespaces).statements
    assert list(read) == sorted(content.statements(), key=lambda each: each.id)


@POLICY
def test_quads_stay_sorted_and_distinct(
    wordy: KnowledgeGraph, release: Release, prepared: Prepared, policy: str
) -> None:
    """Under every policy the lines are in order, so that their hash is that of RDFC-1.0."""
    found = list(contents(wordy, release, prepared)[policy].lines())
    assert found == sorted(set(found))


def test_full_gives_every_word(wordy: KnowledgeGraph, release: Release, prepared: Prepared) -> None:
    """Under full nothing is changed, and nothing added."""
    content = contents(wordy, release, prepared)["full"]
    assert list(content.statements()) == list(wordy.records())
    assert b"passageSha256" not in content.quads.read_bytes()


def test_short_gives_the_first_25_words(
    wordy: KnowledgeGraph, release: Release, prepared: Prepared
) -> None:
    """Passages and wording have 25 words at most; what has no more stays whole."""
    content = contents(wordy, release, prepared)["short"]
    found = {each.quote[:9]: each for each in content.statements()}
    long, just, broken, chinese = (found[text[:9]] for text in (LONG, JUST, BROKEN, CHINESE))
    assert long.quote == " ".join(LONG.split()[:25]) and long.abridged
    assert long.object == " ".join(LONG.split()[4:25])
    assert long.action_text == "will protect"
    assert long.principles == ("large or small, old or new, in any field of",)
    assert long.conditions == ()  # it stands behind the 25th word
    assert just.quote == JUST and not just.abridged
    assert broken.quote == BROKEN and not broken.abridged
    assert chinese.abridged and re.sub(r"\W", "", chinese.quote) == re.sub(r"\W", "", CHINESE)[:25]
    text = content.quads.read_text("utf-8")
    assert text.count(f"<{COMITY}abridged>") == 2
    assert f"<{OA}prefix>" not in text and f"<{OA}suffix>" not in text


def test_none_gives_no_words(wordy: KnowledgeGraph, release: Release, prepared: Prepared) -> None:
    """Under none no word of a passage is left but names, titles and the lemma of the action."""
    content = contents(wordy, release, prepared)["none"]
    for each in content.statements():
        wording = (each.quote, each.object, each.action_text, each.principles, each.conditions)
        assert wording == ("", "", "", (), ()) and each.action and each.abridged
    text = content.quads.read_text("utf-8")
    for word in (
        "secrets of",
        "plot1",
        "exchange data",
        "相互承认",
        "so long as",
        "large or small",
    ):
        assert word not in text
    assert "TextQuoteSelector" not in text and "/quote-" not in text
    assert '"Offices"@en' in text and '"Note en"@en' in text
    assert text.count("TextPositionSelector") == 4


@LIMITED
def test_the_hash_is_that_of_the_whole_passage(
    wordy: KnowledgeGraph, release: Release, prepared: Prepared, policy: str
) -> None:
    """Whoever has the text can prove that the passage at the offsets is the one meant."""
    content = contents(wordy, release, prepared)[policy]
    known = {document.id: document for document in wordy.documents()}
    for each in content.statements():
        passage = known[each.document].quote(each.start, each.end)
        assert each.quote_sha256 == text_sha256(passage)
        evidence = wordy.namespaces.evidence(each.id)
        told = f'<{evidence}> <{COMITY}passageSha256> "{each.quote_sha256}" '
        assert told in content.quads.read_text("utf-8")


@LIMITED
def test_documents_are_described_as_before(
    graph: KnowledgeGraph, release: Release, prepared: Prepared, policy: str
) -> None:
    """Titles, mentions, measures, dates: only quotations, evidence and wording are changed."""
    every = contents(graph, release, prepared)
    base = re.escape(graph.namespaces.base).encode()
    part = re.compile(rb"<" + base + rb"(?:quote|evidence|statement)-")
    before, after = (
        [line for line in every[name].lines() if not part.match(line)] for name in ("full", policy)
    )
    assert before == after


@LIMITED
def test_what_was_rejected_is_left_out_here_too(
    wordy: KnowledgeGraph, release: Release, prepared: Prepared, policy: QuotePolicy
) -> None:
    """A rejected statement leaves no evidence, and the hashes of the others stay theirs."""
    first = min(each.id for each in wordy.records())

    class Reviewed:
        def __getattr__(self, name: str) -> object:
            return getattr(wordy, name)

        def records(self) -> Iterator[Statement]:
            for each in wordy.records():
                yield replace(each, review="rejected") if each.id == first else each

    every = contents(wordy, release, prepared)[policy]
    kept = prepared(Reviewed(), replace(release, label="2.1", quotes=policy))  # type: ignore[arg-type]
    assert first.partition("-")[2].encode() not in kept.quads.read_bytes()
    hashed = [line for line in every.lines() if b"passageSha256" in line]
    assert [line for line in kept.lines() if b"passageSha256" in line] == [
        line for line in hashed if first.partition("-")[2].encode() not in line
    ]


def test_a_passage_without_words_is_a_damaged_graph(wordy: KnowledgeGraph) -> None:
    """What has no words has no hash: the graph is to be built again."""
    found = [line for line in graph_lines(wordy) if b"oa#exact" not in line]
    with pytest.raises(GraphFolderError, match="no words of this passage"):
        list(limited_lines(lambda: found, wordy.namespaces, "none"))


# -- size and shapes ---------------------------------------------------------------------


def _many(count: int) -> Iterator[bytes]:
    """The lines of a graph of some statements that say the same."""
    base, graph = "https://w3id.org/comity/id/", "<https://w3id.org/comity/id/graph-1> .\n"
    for kind, fact in (
        ("evidence", f"<{OA}hasSelector> <{base}quote-%06d>"),
        ("quote", f'<{OA}exact> "{LONG} %06d"'),
        ("statement", f'<{COMITY}objectText> "{LONG} %06d"@en'),
    ):
        for number in range(count):
            yield f"<{base}{kind}-{number:06d}> {fact % number} {graph}".encode()


def _peak(count: int) -> int:
    tracemalloc.start()
    try:
        for _ in limited_lines(lambda: _many(count), SPACES, "short"):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_statements() -> None:
    """No more than one subject is held at a time."""
    _peak(100)
    assert _peak(4000) < 1.5 * _peak(400)


@pytest.fixture(scope="module")
def shapes() -> dict[str, Shapes]:
    """The shapes of the two profiles that a graph is held to."""
    return {name: load_shapes(profile=name) for name in ("core", "release")}


def _checked(content: Content, shapes: Shapes) -> list[Violation]:
    every = dict(graphs(content))
    catalogue = every.pop(content.namespaces.catalogue)
    return list(check_documents(every.items(), catalogue, shapes))


@pytest.mark.parametrize("profile", ["core", "release"])
def test_no_policy_breaks_a_shape(
    wordy: KnowledgeGraph,
    release: Release,
    prepared: Prepared,
    shapes: dict[str, Shapes],
    profile: str,
) -> None:
    """A release with few words or none conforms exactly as the one with all."""
    every = contents(wordy, release, prepared)
    full, short, none = (_checked(every[policy], shapes[profile]) for policy in POLICIES)
    assert full == short == none
    assert not [each for each in full if each.severity == "Violation"]
