"""Contract tests for extractors: what the pipeline relies on, as tests a plug-in can run.

::

    from comity.testing import ExtractorContract

    class TestMemoranda(ExtractorContract):
        extractor = "memoranda"
        texts = ("Norland and Sudmark signed a memorandum on patents.",)

pytest runs one test a rule. Each rule is a function of this module as well; it raises
`ContractError` with the statement at fault, so that other test runners can use it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from comity.build.hiring import Hired, hire
from comity.build.pool import Pool
from comity.errors import ComityError, RecordError
from comity.extract import NAME, Extractor
from comity.extract.records import RecordsExtractor
from comity.extract.trust import examine
from comity.identifiers import DEFAULT_BASE, document_id, statement_id, text_sha256
from comity.lexicon import Lexicon
from comity.link.linker import Linker
from comity.model import UNSPECIFIED, Document, Statement, Vocabulary
from comity.pipeline import make_tools, read_out, route
from comity.rdf import vocabulary as vocabularies
from comity.records import statement_from_record, statement_to_record, validate

ODD_BEGINNING = "“中国 😀 n\u0304” \u202bשלום\u202c\n\n"
"""What is put before each text to see that offsets count code points, no bytes or UTF-16 units."""
STRANGE_TEXTS = (
    "",
    " \n\n\t\n",
    "…",
    "中国将加强知识产权保护。\n",
    "تعزز الدولة حماية البراءات.",
    "\u200b\ufeff😀\u0301",
    "a" * 5000,
    "no sentence " * 400,
)
"""Texts in which an extractor need not find anything, and must not fail."""


_SETS = (
    *("areas", "principles", "conditions"),
    *("actors", "counterparts", "beneficiaries", "constrained"),
)


class ContractError(AssertionError):
    """An extractor does not keep to the contract; the message says where."""


@dataclass(frozen=True)
class Candidate:
    """An extractor under test, and how to make it again.

    Args:
        make: Makes it, each time anew, from the vocabulary's words.
        documents: Documents of which it finds statements in at least one.
        vocabulary: The vocabulary in use.
        vocabulary_files: Turtle files of one's own that are part of `vocabulary`.
    """

    make: Callable[[Lexicon], Hired]
    documents: Sequence[Document]
    vocabulary: Vocabulary = field(default_factory=vocabularies.load)
    vocabulary_files: tuple[Path, ...] = ()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the vocabulary."""
        return Lexicon(self.vocabulary)

    @cached_property
    def extractor(self) -> Extractor:
        """The extractor, made once."""
        return self.make(self.lexicon).extractor

    def fresh(self) -> Extractor:
        """The extractor, made anew."""
        return self.make(self.lexicon).extractor

    @property
    def hands_on(self) -> bool:
        """Whether its statements were made elsewhere, by other names, and may be reviewed."""
        return isinstance(self.extractor, RecordsExtractor)

    def found(self) -> Iterator[tuple[Document, list[Statement]]]:
        """Each document with its statements, also with an odd beginning."""
        for document in (*self.documents, *map(oddly, self.documents)):
            yield document, self.extractor.extract(document)


def document(text: str, title: str | None = None, language: str | None = "en") -> Document:
    """A document as the reader makes it: the title is part of the text.

    Args:
        text: The text, with LF at the ends of lines.
        title: A title, put in front.
        language: A BCP 47 tag, or None.
    """
    whole = f"{title}\n\n{text}" if title else text
    sha256 = text_sha256(whole)
    return Document(document_id(sha256), sha256, whole, title=title, language=language)


def oddly(one: Document) -> Document:
    """The document with `ODD_BEGINNING` before its text.

    Args:
        one: The document.
    """
    text = ODD_BEGINNING + one.text
    sha256 = text_sha256(text)
    return replace(one, id=document_id(sha256), sha256=sha256, text=text, title=None)


# -- the rules -----------------------------------------------------------------------------


def name_has_a_version(candidate: Candidate) -> None:
    """The name is ``name/version``, the same each time, and stands in every statement."""
    name = candidate.extractor.name
    _hold(NAME.fullmatch(name), f"{name!r} is not of the form name/version")
    _hold(candidate.fresh().name == name, "the name changes")
    for where, statement in _statements(candidate):
        if not candidate.hands_on:
            _hold(statement.extractor == name, f"{where} bears the name {statement.extractor!r}")
            _hold(statement.review == "unreviewed", f"{where} claims to be {statement.review!r}")


def finds_something(candidate: Candidate) -> None:
    """It finds a statement in the texts that its author gives: all else would say nothing."""
    total = sum(len(candidate.extractor.extract(one)) for one in candidate.documents)
    _hold(total, "nothing is found in any of the texts")


def same_text_same_statements(candidate: Candidate) -> None:
    """The same document gives the same statements: again, anew, in any order, and all at once."""
    documents = list(candidate.documents)
    once = [candidate.extractor.extract(one) for one in documents]
    for one, found in zip(documents, once, strict=True):
        _hold(candidate.extractor.extract(one) == found, f"{one.id}: not the same the second time")
    other = candidate.fresh()
    backwards = [other.extract(one) for one in reversed(documents)][::-1]
    _hold(backwards == once, "another extractor of the same name, or another order, finds others")
    at_once = list(candidate.fresh().extract_all(documents))
    _hold(at_once == once, "extract_all gives others than extract, or another number of lists")


def offsets_are_exact(candidate: Candidate) -> None:
    """Start and end count code points, and the text has the quote and every mention there."""
    for one, found in candidate.found():
        for statement in found:
            where = f"{statement.quote[:60]!r} ({statement.start}-{statement.end})"
            inside = 0 <= statement.start < statement.end <= len(one.text)
            _hold(inside, f"{where} is no span of the text")
            there = one.text[statement.start : statement.end]
            _hold(there == statement.quote, f"{where}: the text has {there[:60]!r} there")
            for role, mention in statement.mentions():
                if mention.start is None and mention.end is None:
                    continue
                there = one.text[mention.start or 0 : mention.end]
                whole = mention.start is not None and mention.end is not None
                _hold(whole and there == mention.text, f"{where}: {role} {mention.text!r}")


def statements_are_sorted(candidate: Candidate) -> None:
    """Statements stand in the order of the text; what is a set within one is sorted."""
    for one, found in candidate.found():
        order = [(s.start, s.end, s.id) for s in found]
        _hold(order == sorted(order), f"{one.id}: not by start, end and id")
        for statement in found:
            tidy = statement_from_record(statement_to_record(statement))
            for name in _SETS:
                same = getattr(tidy, name) == getattr(statement, name)
                _hold(same, f"{statement.quote[:60]!r}: {name} are not sorted, or one is twice")


def records_are_valid(candidate: Candidate) -> None:
    """Every statement is a record of the published schema, of its document, with codes we have."""
    known = {
        "modality": candidate.vocabulary.scheme("modality"),
        "measure_type": candidate.vocabulary.scheme("measure-type"),
        "direction": candidate.vocabulary.scheme("direction"),
        "review": candidate.vocabulary.scheme("review-status"),
    }
    areas = candidate.vocabulary.scheme("area")
    for one, found in candidate.found():
        for statement in found:
            where = repr(statement.quote[:60])
            try:
                validate("statement", statement_to_record(statement), where)
            except RecordError as error:
                raise ContractError(str(error)) from error
            _hold(statement.document == one.id, f"{where}: of another document")
            for name, scheme in known.items():
                code = getattr(statement, name)
                _hold(code in scheme or code == UNSPECIFIED, f"{where}: no {name} {code!r}")
            _hold(set(statement.areas) <= set(areas), f"{where}: areas {statement.areas}")


def ids_tell_the_place(candidate: Candidate) -> None:
    """A statement's id is made of document, start, end and number, and no two have the same."""
    for one, found in candidate.found():
        count = Counter((s.start, s.end) for s in found)
        for statement in found:
            start, end = statement.start, statement.end
            ours = {statement_id(one.id, start, end, n) for n in range(count[start, end])}
            _hold(
                statement.id in ours,
                f"{statement.quote[:60]!r}: {statement.id} is not "
                "comity.identifiers.statement_id(document, start, end, ordinal)",
            )
        _hold(len({s.id for s in found}) == len(found), f"{one.id}: an id occurs twice")


def linking_is_left_to_the_linker(candidate: Candidate) -> None:
    """Ids of actors are none or the vocabulary's; what the linker does not do is done.

    The linker finds actors by the words of a mention, and a measure's codes where they are
    ``unspecified``. It leaves alone action and modality.
    """
    actors = candidate.vocabulary.actors
    for where, statement in _statements(candidate):
        for role, mention in statement.mentions():
            for identifier in (mention.id, mention.on_behalf_of):
                known = identifier is None or identifier in actors or candidate.hands_on
                _hold(known, f"{where}: {role} {mention.text!r} has the made-up id {identifier!r}")
            _hold(mention.text.strip(), f"{where}: a {role} without words")
        _hold(statement.action.strip(), f"{where}: no action")
        _hold(statement.modality != UNSPECIFIED, f"{where}: no modality")


def strange_texts_do_no_harm(candidate: Candidate) -> None:
    """An empty text has no statements, and no text makes it fail or find what is not there."""
    for text in STRANGE_TEXTS:
        for language in ("en", None):
            one = document(text, language=language)
            try:
                found = candidate.extractor.extract(one)
            except Exception as error:
                raise ContractError(f"{text[:20]!r}: {type(error).__name__}: {error}") from error
            if not text.strip():
                _hold(not found, f"{text!r}: found {len(found)} statements in nothing")
            for statement in found:
                there = one.text[statement.start : statement.end]
                _hold(there == statement.quote, f"{text[:20]!r}: quotes {statement.quote[:40]!r}")


def a_worker_finds_the_same(candidate: Candidate) -> None:
    """Made anew in another process, by its name or as a copy, it finds the same."""
    hired = candidate.make(candidate.lexicon)
    linker = Linker(candidate.lexicon, hired.extractor.name)
    documents = list(candidate.documents)
    here = [read_out(one, hired.extractor, linker) for one in documents]
    try:
        there = list(Pool(1, candidate.vocabulary_files, hired.recipe())(documents))
    except ComityError as error:
        raise ContractError(str(error)) from error
    _hold(here == there, "another process finds others")


def everything_can_be_built(candidate: Candidate) -> None:
    """Nothing that it finds is set aside when a graph is built: by type, record or shape."""
    for one in candidate.documents:
        for rejection in examine(candidate.extractor, one).rejections:
            raise ContractError(f"{rejection.statement}: {rejection.reason}")
    tools = make_tools(
        vocabulary=candidate.vocabulary,
        extractor=candidate.extractor,
        base_iri=DEFAULT_BASE,
        lexicon=candidate.lexicon,
        linker=Linker(candidate.lexicon, candidate.extractor.name),
    )
    distinct = {one.id: one for one in candidate.documents}
    outcome = route([distinct[key] for key in sorted(distinct)], (), tools)
    for rejection in outcome.rejections:
        raise ContractError(f"{rejection.statement}: {rejection.reason}")


RULES: tuple[Callable[[Candidate], None], ...] = (
    name_has_a_version,
    finds_something,
    same_text_same_statements,
    offsets_are_exact,
    statements_are_sorted,
    records_are_valid,
    ids_tell_the_place,
    linking_is_left_to_the_linker,
    strange_texts_do_no_harm,
    a_worker_finds_the_same,
    everything_can_be_built,
)
"""All of them."""


# -- for pytest ----------------------------------------------------------------------------


class ExtractorContract:
    """The rules as tests: derive a class from this one whose name begins with ``Test``.

    `extractor` is the name of an installed plug-in, or an extractor. Instead of it, `make` can be
    overridden. `texts` are texts in which it finds statements; `options` what to tell it.
    """

    extractor: ClassVar[str | Extractor] = ""
    options: ClassVar[Mapping[str, str]] = {}
    texts: ClassVar[Sequence[str | Document]] = ()
    vocabulary_files: ClassVar[tuple[Path, ...]] = ()

    def make(self, lexicon: Lexicon) -> Hired:
        """The extractor, made anew.

        Args:
            lexicon: The vocabulary's words.
        """
        return hire(self.extractor or None, lexicon, options=self.options)

    @property
    def candidate(self) -> Candidate:
        """The extractor with its documents."""
        documents = [t if isinstance(t, Document) else document(t) for t in self.texts]
        files = self.vocabulary_files
        return Candidate(self.make, documents, vocabularies.load(files), files)

    def test_name_has_a_version(self) -> None:
        """See `name_has_a_version`."""
        name_has_a_version(self.candidate)

    def test_finds_something(self) -> None:
        """See `finds_something`."""
        finds_something(self.candidate)

    def test_same_text_same_statements(self) -> None:
        """See `same_text_same_statements`."""
        same_text_same_statements(self.candidate)

    def test_offsets_are_exact(self) -> None:
        """See `offsets_are_exact`."""
        offsets_are_exact(self.candidate)

    def test_statements_are_sorted(self) -> None:
        """See `statements_are_sorted`."""
        statements_are_sorted(self.candidate)

    def test_records_are_valid(self) -> None:
        """See `records_are_valid`."""
        records_are_valid(self.candidate)

    def test_ids_tell_the_place(self) -> None:
        """See `ids_tell_the_place`."""
        ids_tell_the_place(self.candidate)

    def test_linking_is_left_to_the_linker(self) -> None:
        """See `linking_is_left_to_the_linker`."""
        linking_is_left_to_the_linker(self.candidate)

    def test_strange_texts_do_no_harm(self) -> None:
        """See `strange_texts_do_no_harm`."""
        strange_texts_do_no_harm(self.candidate)

    def test_a_worker_finds_the_same(self) -> None:
        """See `a_worker_finds_the_same`."""
        a_worker_finds_the_same(self.candidate)

    def test_everything_can_be_built(self) -> None:
        """See `everything_can_be_built`."""
        everything_can_be_built(self.candidate)


def _statements(candidate: Candidate) -> Iterator[tuple[str, Statement]]:
    for _, found in candidate.found():
        for statement in found:
            yield repr(statement.quote[:60]), statement


def _hold(condition: object, otherwise: str) -> None:
    if not condition:
        raise ContractError(re.sub(r"\s+", " ", otherwise))
