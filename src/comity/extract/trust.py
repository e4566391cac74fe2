"""What an extractor says is not trusted: it is looked at before anything is done with it.

Here a statement is held against the types of the model and against its text; codes, ids, dates and
literals are held against the vocabulary and the shapes later on (`comity.pipeline`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from comity.errors import ComityError, ExtractError
from comity.extract import Extracted, Extractor, SetsAside
from comity.extract.plain import plain
from comity.extract.records import RecordsExtractor
from comity.model import Document, Mention, Rejection, Statement

_ID = re.compile(r"statement-[0-9a-f]{20}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS = (
    *("id", "document", "quote", "action", "action_text", "object", "measure_type", "direction"),
    *("modality", "extractor", "review"),
)
_WORDS_OR_NONE = ("deadline", "effective_from", "effective_to", "date", "event", "place")
_WORD_LISTS = ("areas", "principles", "conditions")
_MENTION_LISTS = ("actors", "counterparts", "beneficiaries", "constrained")


def examine(extractor: Extractor, document: Document) -> Extracted:
    """The statements of a document that can be used, and what was set aside.

    Args:
        extractor: The extractor; statements that it makes must bear its name and be unreviewed,
            those that it takes from records keep theirs.
        document: The document.

    Raises:
        ExtractError: When the extractor cannot read this document, or fails at it.
        ComityError: What the extractor raises for another reason.
    """
    try:
        if isinstance(extractor, SetsAside):
            told = extractor.examine(document)
            found, rejections = list(told.statements), list(_told(told.rejections, document))
        else:
            found, rejections = list(extractor.extract(document)), []
    except (ComityError, MemoryError):
        raise
    except Exception as error:  # a stranger's code may raise anything, and costs this document
        said = f"{type(error).__name__}: {plain(error)}".rstrip(": ")
        raise ExtractError(
            f"the extractor {extractor.name} failed: {said}",
            where=document.file or document.id,
        ) from error
    handed_on = isinstance(extractor, RecordsExtractor)
    kept = []
    for statement in found:
        reason = next(_faults(statement, document, "" if handed_on else extractor.name), None)
        if reason is None:
            kept.append(statement)
        else:
            rejections.append(_rejection(document, statement, reason))
    return Extracted(tuple(kept), tuple(rejections))


def _faults(statement: object, document: Document, name: str) -> Iterator[str]:
    """What is wrong with a statement, the gravest first."""
    if not isinstance(statement, Statement):
        yield f"it is no statement but {type(statement).__name__}"
        return
    yield from _types(statement)
    if not _ID.fullmatch(statement.id):
        yield f"{plain(statement.id, 40)!r} is no id of a statement"
    if any(_SURROGATE.search(text) for text in _texts(statement)):
        yield "a text holds half of a surrogate pair"
    if not 0 <= statement.start < statement.end <= len(document.text):
        yield f"{statement.start}-{statement.end} is no span of the text"
    if statement.quote != document.quote(statement.start, statement.end):
        yield "the quote is not what the text has from start to end"
    if statement.document != document.id:
        yield f"the statement is of document {plain(statement.document, 40)}"
    if name and statement.extractor != name:
        yield f"it says that {statement.extractor!r} made it, not {name}"
    if name and statement.review != "unreviewed":
        yield f"an extractor cannot say that it is {statement.review!r}"
    for role, mention in statement.mentions():
        if mention.start is not None and mention.end is not None:
            if not 0 <= mention.start < mention.end <= len(document.text):
                yield f"{role}: {mention.start}-{mention.end} is no span of the text"
            elif name and document.quote(mention.start, mention.end) != mention.text:
                yield f"{role}: the text does not have {mention.text[:60]!r} there"


def _types(statement: Statement) -> Iterator[str]:
    for field in ("start", "end"):
        if type(getattr(statement, field)) is not int:
            yield f"{field}: it is no whole number"
    for field in _WORDS:
        if not isinstance(getattr(statement, field), str):
            yield f"{field}: it is no text"
    for field in _WORDS_OR_NONE:
        if not isinstance(getattr(statement, field), str | None):
            yield f"{field}: it is no text"
    for field in _WORD_LISTS:
        value = getattr(statement, field)
        if not isinstance(value, tuple) or not all(isinstance(word, str) for word in value):
            yield f"{field}: it is no tuple of texts"
    if type(statement.negated) is not bool:
        yield "negated: it is neither true nor false"
    if type(statement.confidence) not in {int, float} or not math.isfinite(statement.confidence):
        yield "confidence: it must be a finite number"
    for field in _MENTION_LISTS:
        value = getattr(statement, field)
        if not isinstance(value, tuple) or not all(_is_mention(each) for each in value):
            yield f"{field}: it is no tuple of mentions"
    if not (statement.speaker is None or _is_mention(statement.speaker)):
        yield "speaker: it is no mention"


def _is_mention(value: object) -> bool:
    if not isinstance(value, Mention) or not isinstance(value.text, str) or not value.text:
        return False
    ends = (value.start, value.end)
    spanned = ends == (None, None) or all(type(end) is int for end in ends)
    return spanned and all(isinstance(x, str | None) for x in (value.id, value.on_behalf_of))


def _texts(statement: Statement) -> Iterator[str]:
    """Every text that a statement holds."""
    for field in (*_WORDS, *_WORDS_OR_NONE):
        yield getattr(statement, field) or ""
    for field in _WORD_LISTS:
        yield from getattr(statement, field)
    for _, mention in statement.mentions():
        yield from (mention.text, mention.id or "", mention.on_behalf_of or "")


def _told(rejections: Iterable[object], document: Document) -> Iterator[Rejection]:
    """What an extractor set aside itself, in words that can be kept."""
    for rejection in rejections:
        if isinstance(rejection, Rejection):
            words = {f.name: getattr(rejection, f.name) for f in fields(rejection)}
            statement = words.pop("statement")
            clean = {name: plain(word, 1000) for name, word in words.items()}
            clean |= {"source": document.file or document.id, "stage": "extract"}
            yield Rejection(**clean, statement=plain(statement, 40) if statement else None)


def _rejection(document: Document, statement: object, reason: str) -> Rejection:
    identifier = statement.id if isinstance(statement, Statement) else None
    known = plain(identifier, 40) if isinstance(identifier, str) else None
    return Rejection(document.file or document.id, "extract", "record", reason, known)
