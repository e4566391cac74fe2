"""Why an input was set aside: the errors of the reading room and the rejections made of them."""

from __future__ import annotations

from comity.errors import ComityError, EncodingError, MetadataError, ReadError
from comity.model import Rejection


class Refused(ReadError):
    """An input that cannot become a Document.

    Args:
        code: A short machine-readable reason, such as ``empty`` or ``binary``.
        message: What is wrong, in one sentence.
        where: File and line, when the source alone does not say it.
        hint: What the user can do about it.
    """

    def __init__(self, code: str, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.code = code


def rejection(source: str, error: ComityError) -> Rejection:
    """The record of an input that was refused with `error`."""
    return Rejection(source=source, stage="read", code=_code(error), reason=str(error))


def _code(error: ComityError) -> str:
    if isinstance(error, Refused):
        return error.code
    if isinstance(error, EncodingError):
        return "encoding"
    if isinstance(error, MetadataError):
        return "metadata"
    return "unreadable"
