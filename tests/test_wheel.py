"""The wheel, installed into a fresh environment, works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from comity import KnowledgeGraph

ROOT = Path(__file__).parents[1]
TEXT = "Norland will strengthen the protection of hush-hush recipes and of trade secrets.\n"
VOCABULARY = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/comity/area/patents> skos:altLabel "hush-hush recipes"@en .
"""

pytestmark = pytest.mark.slow


def call(*command: str | Path, cwd: Path) -> str:
    """Runs a command that knows nothing of the checkout; its stdout."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
    call(*build, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def comity(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `comity` of a fresh environment that holds the wheel and the locked versions."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=True)
    pip = [home / "bin" / "python", "-m", "pip", "install", "--quiet"]
    call(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=home)
    call(*pip, "--no-deps", wheel, cwd=home)
    return home / "bin" / "comity"


def test_wheel_holds_what_is_read_at_run_time(wheel: Path) -> None:
    """Ontology, vocabularies, shapes, queries and schemas travel inside the wheel."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for kind, ending in (("ontology", "*.ttl"), ("shapes", "*.ttl"), ("queries", "*.rq")):
        for file in (ROOT / kind).rglob(ending):
            assert f"comity/_assets/{file.relative_to(ROOT).as_posix()}" in names
    assert "comity/schemas/statement.schema.json" in names
    assert "comity/py.typed" in names


def test_installed_wheel_builds_the_same_graph(comity: Path, tmp_path: Path) -> None:
    """From an empty folder, with a vocabulary of one's own, the bytes are those of the checkout."""
    (tmp_path / "speech.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "own.ttl").write_text(VOCABULARY, encoding="utf-8")
    call(comity, "build", "speech.txt", "--vocabulary", "own.ttl", "--out", "kg", cwd=tmp_path)
    here = KnowledgeGraph.build(
        [tmp_path / "speech.txt"], tmp_path / "here", vocabulary=[tmp_path / "own.ttl"]
    )
    for name in ("graph.ttl", "graph.nq.gz", "statements.jsonl", "manifest.json"):
        assert (tmp_path / "kg" / name).read_bytes() == (here.path / name).read_bytes()
    assert '"patents", "trade-secrets"' in (tmp_path / "kg" / "statements.jsonl").read_text("utf-8")


def test_installed_wheel_answers(comity: Path, tmp_path: Path) -> None:
    """Queries, networks, validation and the doctor work from the wheel alone."""
    (tmp_path / "speech.txt").write_text(TEXT, encoding="utf-8")
    call(comity, "build", "speech.txt", "--out", "kg", cwd=tmp_path)
    answer = call(comity, "query", "actors-by-area", "-p", "area=trade-secrets", cwd=tmp_path)
    assert "Norland" in answer
    call(comity, "validate", "kg", cwd=tmp_path)
    call(comity, "network", "actor-area", "--out", "net.graphml", cwd=tmp_path)
    assert "all is well" in call(comity, "doctor", "kg", cwd=tmp_path)
