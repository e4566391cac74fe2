"""How much the reading room takes in before it refuses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which an input is refused, never cut.

    Attributes:
        max_bytes: Size of one document: a file, or one line of a JSON Lines file. Also the
            size of a side table.
        max_front_matter: Characters of the YAML block at the start of a text.
        max_value: Characters of one metadata value.
        max_csv_field: Characters of one field of a side table.
    """

    max_bytes: int = 20_000_000
    max_front_matter: int = 65_536
    max_value: int = 10_000
    max_csv_field: int = 1_048_576


DEFAULT_LIMITS = Limits()
