"""Whatever two editions hold: no IRI vanishes, every statement is told of, both patches fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.publish.editions import Edition
from tests.strategies import VOCABULARY, corpora

from comity.publish.changes import Changes, compare
from comity.publish.content import parsed
from comity.publish.patches import apply_patch, patch_lines
from comity.publish.reasons import Reason
from comity.publish.sides import side_of
from comity.publish.telling import feed_entries, in_words, to_json
from comity.publish.withdrawals import plan_withdrawals, with_withdrawals
from comity.rdf.namespaces import COMITY
from comity.rdf.terms import RDF_TYPE
from comity.records import validate

LARGE = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def editions(draw: st.DrawFn) -> tuple[Edition, Edition]:
    """Two editions that share some documents and statements, some of them read otherwise."""
    texts, found = draw(corpora())
    more, others = draw(corpora())
    old = Edition(tuple(texts), tuple(found), VOCABULARY)
    kept = [each for each in texts if draw(st.booleans())]
    known = {each.id for each in kept}
    read = [each for each in found if each.document in known and draw(st.booleans())]
    review = st.sampled_from(["unreviewed", "accepted", "accepted"])
    read = [replace(each, review=draw(review)) for each in read]
    fresh = [each for each in more if each.id not in known]
    names = {each.id for each in fresh}
    read += [each for each in others if each.document in names]
    return old, Edition((*kept, *fresh), tuple(read), VOCABULARY)


def statements(edition: Edition) -> set[str]:
    """The IRIs of the statements that the quads describe."""
    kind = f"<{COMITY}Statement>"
    quads = (parsed(line) for line in edition.lines())
    return {quad[0][1:-1] for quad in quads if quad[1:3] == (RDF_TYPE, kind)}


@LARGE
@given(editions())
def test_no_iri_vanishes(pair: tuple[Edition, Edition]) -> None:
    """When every reason that is asked for is given, each IRI of the release before is described."""
    with TemporaryDirectory() as folder:
        room = Path(folder)
        before = pair[0].release("2026.10", room)
        content = pair[1].release("2026.11", room)
        first = plan_withdrawals(side_of(before), content, {}, room / "first")
        reasons = {each.iri: Reason("So it was decided.") for each in first.missing}
        planned = plan_withdrawals(side_of(before), content, reasons, room / "then")
        assert not planned.missing and not planned.needless
        whole = with_withdrawals(content, planned, room / "whole")
        described = {parsed(line)[0] for line in whole.lines()}
        assert {parsed(line)[0] for line in before.lines()} <= described
        lines = list(whole.lines())
        assert lines == sorted(set(lines)) and set(content.lines()) <= set(lines)


@LARGE
@given(editions())
def test_every_statement_is_told_of(pair: tuple[Edition, Edition]) -> None:
    """What comes, goes or differs is told once, fits the schema, and the patch gives the rest."""
    old, new = pair
    with TemporaryDirectory() as folder:
        room = Path(folder)
        changes = compare(old.side("old"), new.side("new"), room)
        told = [each for each in changes.changes if each.kind == "statement"]
        gone, come = statements(old) - statements(new), statements(new) - statements(old)
        assert {each.iri for each in told if each.change in ("removed", "replaced")} == gone
        fresh = {each.iri for each in told if each.change == "added"}
        assert fresh | {to for each in told for to in each.to} == come
        assert len({each.iri for each in told}) == len(told)
        assert bool(changes) is (old.lines() != new.lines())
        patch = room / "changes.rdfp"
        patch.write_bytes(b"".join(patch_lines(changes.difference)))
        assert list(apply_patch(old.lines(), patch)) == new.lines()
        _readable(changes)


def _readable(changes: Changes) -> None:
    validate("change", to_json(changes), "")
    assert all(line for _, line in in_words(changes))
    assert len({each.id for each in feed_entries(changes)}) == len(changes.changes)
