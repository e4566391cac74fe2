from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal as EngineLiteral
from pyoxigraph import NamedNode, RdfFormat, parse
from tests.strategies import deadlines, texts

from comity.errors import RecordError
from comity.rdf.resolve import date_term
from comity.rdf.terms import (
    IRI,
    XSD,
    BlankNode,
    Literal,
    Term,
    decimal_term,
    from_text,
    iri_term,
    literal_term,
    to_text,
)


def terms() -> st.SearchStrategy[Term]:
    """Terms of each sort."""
    return st.one_of(
        st.just(IRI("https://example.org/a")),
        st.just(BlankNode("b0.x")),
        st.builds(Literal, texts(min_size=0), st.sampled_from([None, "en", "zh-hans"])),
        st.builds(lambda text: Literal(text, datatype=XSD + "date"), texts(min_size=0)),
    )


@given(terms())
def test_terms_survive_their_text(term: Term) -> None:
    """A term written as text is read back as the same term."""
    assert from_text(to_text(term)) == term


@given(texts(min_size=0), st.sampled_from([None, "en", "zh-Hans"]))
def test_literals_are_canonical(text: str, language: str | None) -> None:
    """Literals are escaped as in canonical N-Triples, which the engine writes too."""
    assert literal_term(text, language) == str(EngineLiteral(text, language=language))


@given(texts(min_size=0))
def test_literals_are_parsed_back(text: str) -> None:
    """A parser gives back the characters that were written, control characters as well."""
    line = f"<a:a> <a:a> {literal_term(text)} .\n"
    assert "\n" not in line[:-1]
    (quad,) = parse(line.encode(), format=RdfFormat.N_TRIPLES)
    assert quad.object == EngineLiteral(text)


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\udc80b"])
def test_lone_surrogates_are_refused(text: str) -> None:
    """Half of a surrogate pair is no character, and refused with its place."""
    with pytest.raises(RecordError, match="surrogate"):
        literal_term(text)


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "a",
        "/a",
        "a b:c",
        "a:<",
        "a:>",
        'a:"',
        "a:{",
        "a:|",
        "a:^",
        "a:`",
        "a:\\",
        "a:\n",
        "a: ",
        "a:\ud800",
        "a:%",
        "a:%4",
        "a:%gg",
        "a:\x7f",
        "a:\x80",
        "a:\ue000",
        "a:[",
        "a:#b#",
        "1:a",
    ],
)
def test_illegal_iris_are_refused(iri: str) -> None:
    """An IRI that is relative or holds a forbidden character never reaches a file."""
    with pytest.raises(RecordError):
        iri_term(iri)


@given(st.text(max_size=12))
def test_accepted_iris_cannot_break_out(tail: str) -> None:
    """Whatever is accepted as an IRI is accepted by the engine too, as one term."""
    iri = f"https://example.org/{tail}"
    try:
        term = iri_term(iri)
    except RecordError:
        return
    (quad,) = parse(f"{term} <a:a> <a:a> .\n".encode(), format=RdfFormat.N_TRIPLES)
    assert quad.subject == NamedNode(iri)


@pytest.mark.parametrize("tag", ["", "e n", "languages", "en_GB", "en-", "-", "1", "en--a"])
def test_malformed_language_tags_are_refused(tag: str) -> None:
    """A language tag that BCP 47 does not know the form of is refused."""
    with pytest.raises(RecordError, match="language"):
        literal_term("a", tag)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.0, "0"),
        (-0.0, "0"),
        (0.5, "0.5"),
        (1e-07, "0.0000001"),
        (0.1 + 0.2,) * 2,
        (100.0, "100"),
        (0.91, "0.91"),
    ],
)
def test_decimals_are_canonical(value: float, text: str | float) -> None:
    """Decimals have no exponent, no sign of zero and no zeros at their ends."""
    assert decimal_term(value) == f'"{text}"^^<{XSD}decimal>'


@given(st.floats(0, 1))
def test_decimals_keep_the_number(value: float) -> None:
    """A decimal read back is the very number that was written."""
    literal = from_text(decimal_term(value))
    assert isinstance(literal, Literal)
    assert float(literal.value) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_without_end_are_refused(value: float) -> None:
    """Neither infinity nor NaN is a decimal."""
    with pytest.raises(RecordError, match="finite"):
        decimal_term(value)


@given(deadlines())
def test_dates_keep_their_precision(text: str) -> None:
    """A date is typed by what is known of it, and never padded."""
    types = {10: "date", 7: "gYearMonth", 4: "gYear"}
    name = "gMonthDay" if text.startswith("--") else types[len(text)]
    assert date_term(text) == f'"{text}"^^<{XSD}{name}>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-4-26",
        "2019-02-29",
        "2019-13",
        "0000",
        "26 April 2019",
        "2019-04-26T00:00:00",
        "--02-30",
        "--13-01",
        "２０１９",
        "2019-04-26\n",
        "19",
    ],
)
def test_impossible_dates_are_refused(text: str) -> None:
    """What is no date of the calendar is refused."""
    with pytest.raises(RecordError, match="date"):
        date_term(text)


@pytest.mark.parametrize("text", ["", "a", '"a', '"a"x', "'a'"])
def test_what_is_no_term_is_refused(text: str) -> None:
    """Text that is no term is refused."""
    with pytest.raises(RecordError, match="no RDF term"):
        from_text(text)
