"""The folder of a release is complete or as it was before."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import InputError, LockedError
from comity.publish.target import MARK, writing


def _publish(out: Path, word: str) -> None:
    with writing(out) as folder:
        (folder / MARK).write_text(word)


def test_a_release_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """What the earlier release had is gone, and nothing is left beside it."""
    out = tmp_path / "made" / "dist"
    _publish(out, "one")
    (out / "only-in-one").touch()
    _publish(out, "two")
    assert [each.name for each in out.iterdir()] == [MARK]
    assert (out / MARK).read_text() == "two"
    assert list(out.parent.iterdir()) == [out]


def test_an_error_leaves_things_as_they_were(tmp_path: Path) -> None:
    """Whether or not there was a release before."""
    out = tmp_path / "dist"
    for before in ([], [MARK]):
        with pytest.raises(ZeroDivisionError), writing(out) as folder:
            (folder / MARK).write_text("half")
            raise ZeroDivisionError
        assert sorted(each.name for each in tmp_path.rglob("*") if each.is_file()) == before
        _publish(out, "whole")
        assert (out / MARK).read_text() == "whole"


@pytest.mark.parametrize("killed_at", ["written", "moved away", "moved in"])
def test_a_killed_run_is_cleared_up_by_the_next(tmp_path: Path, killed_at: str) -> None:
    """What a killed run leaves behind harms neither the old release nor the next one."""
    out, fresh, old = tmp_path / "dist", tmp_path / ".dist.new", tmp_path / ".dist.old"
    _publish(out, "old")
    if killed_at == "written":
        fresh.mkdir()
    else:
        out.rename(old)
    if killed_at == "moved in":
        _publish(out, "new")
        assert not old.exists()
    with pytest.raises(ZeroDivisionError), writing(out):
        raise ZeroDivisionError
    assert (out / MARK).read_text() == ("new" if killed_at == "moved in" else "old")
    assert list(tmp_path.iterdir()) == [out]


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    """The second says that there is a first."""
    out = tmp_path / "dist"
    with writing(out) as folder:
        (folder / MARK).touch()
        with pytest.raises(LockedError, match="another release"), writing(out):
            pass
    assert (out / MARK).is_file()


def test_what_is_no_release_is_left_alone(tmp_path: Path) -> None:
    """A folder with other things in it, and a file, are refused."""
    (tmp_path / "thesis.md").write_text("mine")
    with pytest.raises(InputError, match="holds other things"), writing(tmp_path):
        pass
    with pytest.raises(InputError, match="this is a file"), writing(tmp_path / "thesis.md"):
        pass
    assert (tmp_path / "thesis.md").read_text() == "mine"


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    """It need not be removed first."""
    (tmp_path / "dist").mkdir()
    _publish(tmp_path / "dist", "one")
    assert (tmp_path / "dist" / MARK).is_file()
