"""Where the ontology, the shapes and the queries lie: in the checkout, or inside the wheel."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from comity.errors import InputError, UsageError

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_assets", _PACKAGE.parent.parent)
KINDS = ("ontology", "shapes", "queries")


def path(name: str) -> Path:
    """The file or folder of that name.

    Args:
        name: A path with forward slashes below ``ontology``, ``shapes`` or ``queries``, such
            as ``ontology/vocabulary`` or ``queries``.

    Raises:
        UsageError: if the name is not below one of the three folders.
        InputError: if the installation lacks it.

    >>> path("ontology/vocabulary").name
    'vocabulary'
    """
    parts = PurePosixPath(name).parts
    if not parts or parts[0] not in KINDS or ".." in parts:
        raise UsageError(f"an asset is one of {', '.join(KINDS)} or below it", where=repr(name))
    for root in _ROOTS:
        found = root.joinpath(*parts)
        if found.exists():
            return found
    raise InputError(
        "this part of Comity is missing from the installation",
        where=name,
        hint="install Comity again, or run it from a complete checkout",
    )
