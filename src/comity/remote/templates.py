"""The template of a CONSTRUCT, filled with rows that came from a server.

The embedded engine does it, on a store that holds nothing, so that blank nodes, lists and
triples that cannot be are treated alike, wherever the rows come from.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.rdf import sparql
from comity.rdf.terms import IRI, BlankNode, Term, to_text
from comity.store import Store, Table, Triples

_BLANK = "urn:x-comity-blank:"
_BATCH = 50_000
"""Characters of rows that are filled in at once; a query may have twice as many."""


def filled(prologue: str, template: str, rows: Table) -> Triples:
    """The triples that a template makes of some rows, each once.

    Args:
        prologue: The prefixes that the template uses, declared.
        template: The template with its braces.
        rows: The solutions; its columns are the variables of the template.
    """
    names = sparql.variables(template)
    places = [rows.columns.index(name) for name in names]
    store = Store.of("")
    triples: dict[tuple[Term, Term, Term], None] = {}
    variables = " ".join(f"?{name}" for name in names)
    for batch in _batches(rows, places):
        where = f"VALUES ({variables}) {{ {batch} }}" if names else ""
        made = store.query(f"{prologue}CONSTRUCT {template} WHERE {{ {where} }}")
        if isinstance(made, Triples):
            for subject, predicate, value in made.triples:
                triples[_back(subject), _back(predicate), _back(value)] = None
    return Triples(tuple(triples))


def _batches(rows: Table, places: list[int]) -> Iterator[str]:
    """The rows as data of VALUES, some at a time."""
    batch: list[str] = []
    size = 0
    for row in rows.rows:
        text = f"({' '.join(_written(row[place]) for place in places)})"
        if batch and size + len(text) > _BATCH:
            yield " ".join(batch)
            batch, size = [], 0
        batch.append(text)
        size += len(text) + 1
        if not places:
            break
    if batch:
        yield " ".join(batch)


def _written(term: Term | None) -> str:
    """A term for VALUES, which has no blank nodes: they stand there as IRIs."""
    if term is None:
        return "UNDEF"
    return to_text(IRI(_BLANK + term.value) if isinstance(term, BlankNode) else term)


def _back(term: Term) -> Term:
    if isinstance(term, IRI) and term.value.startswith(_BLANK):
        return BlankNode(term.value.removeprefix(_BLANK))
    return term
