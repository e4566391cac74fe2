"""One tree of errors. Every message says what is wrong, where, and what to do.

Each class carries the exit code the command line ends with when the error reaches it:
1 something must be decided first, 2 usage, 3 unusable input, 4 a limit was hit.
"""

from __future__ import annotations


class ComityError(Exception):
    """Base of every error that Comity raises on purpose.

    Args:
        message: What is wrong, in one sentence.
        where: File, line or offset, or the name of the thing at fault; empty when the
            message says it.
        hint: What the user can do about it; empty when there is nothing to do.
    """

    exit_code: int = 3

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} ({self.hint})" if self.hint else head


class UsageError(ComityError):
    """The call itself is wrong: an unknown option value, name or parameter."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A code, query, projection or parameter that does not exist."""


class MissingExtraError(UsageError):
    """An optional dependency is needed and not installed."""


class InputError(ComityError):
    """Input that cannot be used."""


class ReadError(InputError):
    """A file that cannot be turned into a Document."""


class EncodingError(ReadError):
    """Bytes whose character encoding cannot be told with confidence."""


class MetadataError(ReadError):
    """Front matter, side table or JSON metadata that is malformed."""


class RecordError(InputError):
    """A statement or document record that breaks its schema."""


class VocabularyError(InputError):
    """Vocabulary Turtle that cannot be read or contradicts itself."""


class GraphFolderError(InputError):
    """A graph folder that is missing, damaged or of another version."""


class QueryError(InputError):
    """A query that the engine refuses, or parameters that do not fit it."""


class ShapeError(InputError):
    """A shapes graph that cannot be used."""


class ModelError(InputError):
    """A language model (spaCy pipeline) that is not installed or does not fit."""


class PluginError(ComityError):
    """A plug-in that cannot be loaded, or does not give what it is to give."""


class ExtractError(InputError):
    """A document that an extractor cannot read; it is set aside, and the others go on."""


class LimitError(ComityError):
    """A limit on size, depth, time or memory was hit."""

    exit_code = 4


class LockedError(ComityError):
    """Another process is writing to the same graph folder."""


class EndpointError(InputError):
    """A SPARQL endpoint that cannot be reached, refuses, or does not answer as one."""


class WithdrawalError(ComityError):
    """A release would drop what the one before it described, and nobody has said why."""

    exit_code = 1
