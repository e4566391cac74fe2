"""Why IRIs are withdrawn: the table that people fill in, and the notes of reviewers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.errors import InputError, RecordError, UsageError
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import iri_term
from comity.review.corrections import Corrections
from comity.review.tables import read_table, text_of

COLUMNS = ("iri", "reason", "replaced_by")
_HELP = ("about", "proposed_reason", "proposed_replacement")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is withdrawn, and what to use instead.

    Args:
        text: The reason, in English.
        replaced_by: The IRIs of what has its place.
    """

    text: str
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """An IRI of the release before that would vanish without a reason.

    Args:
        iri: The IRI.
        kind: What it is, such as statement or document.
        about: What it is in words: its name, or its passage and document.
        proposal: What might be the reason, where something can be told. A person decides.
    """

    iri: str
    kind: str
    about: str
    proposal: Reason | None = None


def read_reasons(path: Path, namespaces: Namespaces) -> dict[str, Reason]:
    """The reasons that people gave, by IRI.

    Args:
        path: A table (``.csv``, ``.tsv``, ``.xlsx``) with the columns iri, reason and, where
            there is a replacement, replaced_by: IRIs, or ids such as statement-3f9c…; several
            are separated by spaces. Other columns are not read, nor are rows without a reason.
        namespaces: Where the data live, for ids.

    Raises:
        InputError: if the table cannot be read or lacks a column; `where` names file and row.
    """
    sheet = read_table(path)
    for column in COLUMNS[:2]:
        if column not in sheet.columns:
            raise InputError(f"it has no column {column}", where=path.name, hint=", ".join(COLUMNS))
    found: dict[str, Reason] = {}
    for row in sheet.rows:
        where = f"{path.name}:{row.number}"
        try:
            named, said, instead = (text_of(row.cells.get(name)).strip() for name in COLUMNS)
            if not said:
                if instead:
                    raise UsageError("it names a replacement and no reason")
                continue
            iri = _iri(named, namespaces)
            reason = Reason(" ".join(said.split()), tuple(_iris(instead, namespaces)))
        except (RecordError, UsageError) as error:
            raise InputError(error.message, where=where, hint=error.where) from error
        if found.setdefault(iri, reason) != reason:
            raise InputError(f"another row gives another reason for {iri}", where=where)
    return found


def _iris(text: str, namespaces: Namespaces) -> list[str]:
    return sorted({_iri(each, namespaces) for each in text.replace("|", " ").split()})


def _iri(text: str, namespaces: Namespaces) -> str:
    """An IRI, given as it is, in angle brackets, or as an id of the data."""
    name = text.removeprefix("<").removesuffix(">").removeprefix("id:")
    iri = name if ":" in name else namespaces.node(name)
    return iri_term(iri)[1:-1]


def reasons_table(missing: Iterable[Missing]) -> str:
    """The table to fill in, as CSV.

    The columns reason and replaced_by are empty: whoever agrees with a proposal copies it there.

    Args:
        missing: What lacks a reason.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow((*COLUMNS, *_HELP))
    for each in missing:
        proposal = each.proposal or Reason("")
        row = (each.iri, "", "", each.about, proposal.text, " ".join(proposal.replaced_by))
        table.writerow(row)
    return out.getvalue()


def rejection_notes(corrections: Corrections) -> Mapping[str, str]:
    """What reviewers noted where they rejected a statement, by the id of the statement.

    Args:
        corrections: What people decided (`comity review`).
    """
    rejections = sorted(
        (each for each in corrections.standing if each.decision == "reject" and each.note),
        key=lambda each: each.order,
    )
    return {each.statement: " ".join((each.note or "").split()) for each in rejections}
