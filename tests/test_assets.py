from __future__ import annotations

from pathlib import Path

import pytest

from comity import assets
from comity.errors import InputError, UsageError


@pytest.mark.parametrize("name", ["ontology", "shapes", "queries", "ontology/vocabulary/area.ttl"])
def test_assets_are_found(name: str) -> None:
    """Each asset folder, and any file in it, is found by its name."""
    assert assets.path(name).exists()


@pytest.mark.parametrize("name", ["", "src", "ontology/../src", "/etc/passwd", "../ontology"])
def test_nothing_else_is_reached(name: str) -> None:
    """A name outside the three folders is refused."""
    with pytest.raises(UsageError, match="ontology"):
        assets.path(name)


def test_missing_assets_say_what_to_do() -> None:
    """A missing asset is an error with a hint, not an empty answer."""
    with pytest.raises(InputError, match="install Comity again"):
        assets.path("queries/no-such-question.rq")


def test_installed_assets_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What travels inside the wheel is preferred to what lies beside it."""
    inside, beside = tmp_path / "_assets", tmp_path / "checkout"
    for root in (inside, beside):
        (root / "queries").mkdir(parents=True)
    monkeypatch.setattr(assets, "_ROOTS", (inside, beside))
    assert assets.path("queries") == inside / "queries"
