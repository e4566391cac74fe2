from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from comity.build.graphfolder import FILES, KEPT, MARK, GraphFolder
from comity.errors import GraphFolderError, LockedError
from comity.text.sources import GRAPH_MARK


@pytest.fixture
def folder(tmp_path: Path) -> GraphFolder:
    """A folder that does not exist yet."""
    return GraphFolder(tmp_path / "kg")


def write(folder: GraphFolder, content: str) -> Path:
    """A version whose graph.ttl has this content; its real path."""
    with folder.writing() as version:
        (version / "graph.ttl").write_text(content)
    return folder.current()


def versions(folder: GraphFolder) -> list[str]:
    """The names of what lies in the folder of versions."""
    return sorted(path.name for path in (folder.path / "versions").iterdir())


# -- the switch --------------------------------------------------------------------------


def test_first_version(folder: GraphFolder) -> None:
    """A folder is made with its first version, whose files are found where one looks for them."""
    write(folder, "first")
    assert folder.file("graph.ttl").read_text() == "first"
    assert (folder.path / "graph.ttl").read_text() == "first"
    assert {path.name for path in folder.path.iterdir() if path.is_symlink()} == {
        "current",
        *FILES,
    }


def test_old_version_answers_while_a_new_one_is_written(folder: GraphFolder) -> None:
    """Until a version is complete the one before it answers; then all files switch at once."""
    write(folder, "first")
    with folder.writing() as version:
        (version / "graph.ttl").write_text("second")
        assert folder.file("graph.ttl").read_text() == "first"
        assert (folder.path / "graph.ttl").read_text() == "first"
    assert (folder.path / "graph.ttl").read_text() == "second"


def test_a_version_that_was_opened_stays(folder: GraphFolder) -> None:
    """A path that was resolved before a build goes on leading to the same version."""
    before = write(folder, "first")
    write(folder, "second")
    assert (before / "graph.ttl").read_text() == "first"


def test_versions_begin_empty(folder: GraphFolder) -> None:
    """Nothing of the version before is in a new one."""
    write(folder, "first")
    with folder.writing() as version:
        assert list(version.iterdir()) == []


def test_no_more_versions_than_needed_are_kept(folder: GraphFolder) -> None:
    """The current version and the one before it are kept, older ones are not."""
    for number in range(5):
        write(folder, str(number))
        assert len(versions(folder)) <= KEPT == 2
    assert versions(folder) == ["0004", "0005"]


def test_versions_are_counted_as_numbers(folder: GraphFolder) -> None:
    """After version 9999 comes 10000, and it is the newest."""
    write(folder, "old")
    (folder.path / "versions" / "0001").rename(folder.path / "versions" / "9999")
    (folder.path / "current").unlink()
    (folder.path / "current").symlink_to("versions/9999")
    for number in range(3):
        write(folder, str(number))
    assert versions(folder) == ["10001", "10002"]
    assert folder.file("graph.ttl").read_text() == "2"


def test_folder_can_be_moved(folder: GraphFolder, tmp_path: Path) -> None:
    """Links are relative, so that a folder answers wherever it is moved to."""
    write(folder, "first")
    folder.path.rename(tmp_path / "elsewhere")
    assert GraphFolder(tmp_path / "elsewhere").file("graph.ttl").read_text() == "first"


def test_sources_know_the_mark() -> None:
    """The file that marks a graph folder is the one that reading of texts passes over."""
    assert MARK == GRAPH_MARK


# -- what goes wrong ---------------------------------------------------------------------


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_failed_build_changes_nothing(error: type[BaseException], folder: GraphFolder) -> None:
    """When a build fails or is stopped, the old version answers and no half of a new one stays."""
    write(folder, "first")
    with pytest.raises(error), folder.writing() as version:
        (version / "graph.ttl").write_text("second")
        raise error
    assert (folder.path / "graph.ttl").read_text() == "first"
    assert versions(folder) == ["0001"]


def test_failed_first_build_leaves_nothing(tmp_path: Path) -> None:
    """A first build that fails leaves what was there before: no folder, or an empty one."""
    (tmp_path / "empty").mkdir()
    for name in ("new/kg", "empty"):
        folder = GraphFolder(tmp_path / name)
        with pytest.raises(ValueError, match="no"), folder.writing():
            raise ValueError("no")
        with pytest.raises(GraphFolderError, match="this is no graph folder"):
            folder.current()
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]
    write(folder, "first")
    assert versions(folder) == ["0001"]


def test_interrupted_claim_can_be_built_into(folder: GraphFolder) -> None:
    """A folder that a killed first build left without a version says so, and can be built into."""
    (folder.path / "versions").mkdir(parents=True)
    (folder.path / MARK).write_text("format 1\n")
    with pytest.raises(GraphFolderError, match=r"no build has been completed.*build again"):
        folder.current()
    write(folder, "first")
    assert versions(folder) == ["0001"]


def test_full_disk_is_an_error_of_ours(folder: GraphFolder) -> None:
    """When the disk is full, the error names the folder and says that the graph is unchanged."""
    write(folder, "first")
    with (
        pytest.raises(GraphFolderError, match=r"kg: cannot be written to: No space.*unchanged"),
        folder.writing(),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert versions(folder) == ["0001"]


def test_folder_that_cannot_be_reached(
    folder: GraphFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder below one that may not be entered is an error that names it, to read and write."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    for attempt in (folder.current, folder.writing().__enter__):
        with pytest.raises(GraphFolderError, match=r"kg: cannot be .*Permission denied"):
            attempt()


def test_leftovers_of_a_killed_build_are_swept(folder: GraphFolder) -> None:
    """What a killed build left half written goes with the next build."""
    write(folder, "first")
    (folder.path / "versions" / "0002.part" / "store").mkdir(parents=True)
    write(folder, "second")
    assert versions(folder) == ["0001", "0002"]
    assert folder.file("graph.ttl").read_text() == "second"


def test_version_that_was_never_switched_to_is_swept(folder: GraphFolder) -> None:
    """A version whose build was killed before the switch never answers."""
    write(folder, "first")
    (folder.path / "versions" / "0002").mkdir()
    assert folder.file("graph.ttl").read_text() == "first"
    write(folder, "second")
    assert versions(folder) == ["0001", "0002"]
    assert folder.file("graph.ttl").read_text() == "second"


def test_link_out_of_the_folder_sweeps_nothing(folder: GraphFolder, tmp_path: Path) -> None:
    """Where `current` was laid by hand to a version elsewhere, no version is taken for old."""
    write(folder, "first")
    (tmp_path / "mine").mkdir()
    (folder.path / "current").unlink()
    (folder.path / "current").symlink_to(tmp_path / "mine")
    with pytest.raises(ValueError, match="no"), folder.writing():
        raise ValueError("no")
    assert versions(folder) == ["0001"]


def test_foreign_folder_is_refused(tmp_path: Path) -> None:
    """A folder that holds other things is neither written to nor marked as ours."""
    (tmp_path / "thesis.tex").write_text("mine")
    with (
        pytest.raises(GraphFolderError, match="other things than a graph"),
        GraphFolder(tmp_path).writing(),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    """A folder that is there and empty can be built into."""
    assert write(GraphFolder(tmp_path), "first").is_dir()


def test_file_is_no_folder(tmp_path: Path) -> None:
    """A file where the folder should be is refused, and stays as it is."""
    (tmp_path / "kg").write_text("mine")
    with pytest.raises(GraphFolderError, match="a file, not a folder"):
        write(GraphFolder(tmp_path / "kg"), "first")
    with pytest.raises(GraphFolderError, match="no graph folder"):
        GraphFolder(tmp_path / "kg").current()
    assert (tmp_path / "kg").read_text() == "mine"


@pytest.mark.parametrize("mark", [b"format 2\n", b"", b"\xff\xfe"])
def test_other_format_is_refused(mark: bytes, folder: GraphFolder) -> None:
    """A folder of another format is neither read nor written to."""
    write(folder, "first")
    (folder.path / MARK).write_bytes(mark)
    with pytest.raises(GraphFolderError, match=r"another format.*reads format 1"):
        folder.current()
    with pytest.raises(GraphFolderError, match="another format"):
        write(folder, "second")
    assert versions(folder) == ["0001"]


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_what_is_no_graph_folder(name: str, tmp_path: Path) -> None:
    """Reading a folder that holds no graph says how to make one."""
    with pytest.raises(GraphFolderError, match="comity build"):
        GraphFolder(tmp_path / name).current()


def test_missing_file(folder: GraphFolder) -> None:
    """A file that a version lacks is named."""
    write(folder, "first")
    with pytest.raises(GraphFolderError, match=r"manifest.json is missing"):
        folder.file("manifest.json")


def test_edited_file_is_not_hidden(folder: GraphFolder) -> None:
    """Where an editor put a file in place of a link, a build stops before it begins."""
    write(folder, "first")
    (folder.path / "graph.ttl").unlink()
    (folder.path / "graph.ttl").write_text("edited")
    with pytest.raises(GraphFolderError, match=r"graph.ttl is no longer a link.*move it away"):
        write(folder, "second")
    assert versions(folder) == ["0001"] and (folder.path / "graph.ttl").read_text() == "edited"


# -- several at once ---------------------------------------------------------------------


def test_second_writer_is_refused(folder: GraphFolder) -> None:
    """While one build writes, another is told so and disturbs nothing."""
    with folder.writing() as version:
        (version / "graph.ttl").write_text("first")
        with pytest.raises(LockedError, match="another build is writing"):
            write(GraphFolder(folder.path), "second")
    assert folder.file("graph.ttl").read_text() == "first"
    assert versions(folder) == ["0001"]


HOLD = """
import sys
from comity.build.graphfolder import GraphFolder
with GraphFolder(sys.argv[1]).writing() as version:
    (version / "graph.ttl").write_text("theirs")
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(folder: GraphFolder) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes to the folder until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None and process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def test_another_process_is_waited_for(folder: GraphFolder, other: subprocess.Popen[str]) -> None:
    """The lock holds between processes, and is given back when the build is complete."""
    with pytest.raises(LockedError):
        write(folder, "ours")
    other.communicate("")
    assert folder.file("graph.ttl").read_text() == "theirs"
    write(folder, "ours")
    assert folder.file("graph.ttl").read_text() == "ours"


def test_killed_process_leaves_no_lock(folder: GraphFolder, other: subprocess.Popen[str]) -> None:
    """The lock and the leavings of a process that was killed stop nobody."""
    other.kill()
    other.wait()
    assert versions(folder) == ["0001.part"]
    write(folder, "ours")
    assert versions(folder) == ["0001"] and folder.file("graph.ttl").read_text() == "ours"


def test_lock_is_a_file_lock(folder: GraphFolder) -> None:
    """Other tools can hold builds off by locking `.lock`."""
    write(folder, "first")
    with (folder.path / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(LockedError):
            write(folder, "second")


# -- rights ------------------------------------------------------------------------------


@contextmanager
def as_anybody() -> Iterator[None]:
    """Without the rights of root, who may write everywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("made", [False, True])
def test_read_only_folder(made: bool) -> None:
    """A folder that may not be written to, new or built before, is told so and stays."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        folder = GraphFolder(home / "kg")
        folder.path.mkdir()
        if made:
            write(folder, "first")
        for path in (home, folder.path):
            path.chmod(0o555)
        with as_anybody(), pytest.raises(GraphFolderError, match="cannot be written to"):
            write(folder, "second")
        assert (folder.path / "graph.ttl").exists() is made
        for path in (home, folder.path):
            path.chmod(0o755)
