"""Requests and answers are kept, so that a build with a language model can be repeated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.extract.llm_stub import Entry, Question, entry, model, promises
from tests.extract.reading import document, lexicon
from tests.remote.servers import Said

from comity import KnowledgeGraph
from comity.errors import EndpointError, InputError
from comity.extract import Extracted, SetsAside
from comity.extract.llm.cassette import Cassette, Kept, request_key
from comity.extract.llm.settings import KEY
from comity.extract.plugins import make

pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")

TEXTS = {
    "one.txt": "Norway will protect patents. Peru will cut fees.",
    "two.txt": f"Chile will protect designs.\n\n{'So it went. ' * 30}\n\nJapan will protect marks.",
    "bad.txt": "Kenya will protect nothing that can be read here.",
}


def say(question: Question) -> Said | list[Entry]:
    """Promises, with an entry that does not hold, and a document that the server cannot take."""
    if "nothing" in question.passage:
        return Said(b'{"error": "indigestible"}', 422)
    return [entry("protect dreams"), *promises(question)]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """The file that keeps requests and answers."""
    return tmp_path / "tape.jsonl"


def build(texts: Path, out: Path, workers: int = 1, **options: object) -> dict[str, Any]:
    """The manifest of a build: it has the hashes of all that was written."""
    told = {"model": "toy", "passage": "300", **{k: str(v) for k, v in options.items()}}
    kg = KnowledgeGraph.build(texts, out, extractor="llm", options=told, workers=workers)
    return kg.manifest


def entries(tape: Path) -> list[dict[str, Any]]:
    """What a file keeps."""
    return [json.loads(line) for line in tape.read_text("utf-8").splitlines()]


def extract(text: str = TEXTS["one.txt"], **options: object) -> Extracted:
    """What is found in a text."""
    told = {"model": "toy", **{name: str(value) for name, value in options.items()}}
    extractor = make("llm", lexicon(), told)
    assert isinstance(extractor, SetsAside)
    return extractor.examine(document(text))


# -- builds ----------------------------------------------------------------------------------


def test_record_then_replay(
    texts: Path, tape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recorded or replayed, with one worker or two: the same bytes, what was set aside included."""
    monkeypatch.setenv(KEY, "secret-of-ours")
    with model(say) as server:
        recorded = build(texts, tmp_path / "a", base_url=server.base_url, record=tape)
        asked = len(server.bodies)
        other = tmp_path / "other.jsonl"
        again = build(texts, tmp_path / "b", 2, base_url=server.base_url, record=other)
        assert len(server.bodies) == 2 * asked
    replayed = [build(texts, tmp_path / f"r{n}", n, replay=t) for n, t in ((1, other), (2, tape))]
    assert recorded == again == replayed[0] == replayed[1]
    assert recorded["counts"]["statements"] == 4
    aside = (tmp_path / "r2" / "rejected.jsonl").read_text("utf-8")
    assert "indigestible" in aside and aside.count("protect dreams") > 1
    assert sorted(map(request_key, (e["request"] for e in entries(other)))) == sorted(
        e["key"] for e in entries(tape)
    )


def test_no_secret_and_no_address_is_kept(
    texts: Path, tape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither key nor server stand in file or graph, even when the server repeats the key."""
    monkeypatch.setenv(KEY, "secret-of-ours")

    def repeat(question: Question) -> Said | list[Entry]:
        if question.number == 1:
            return Said(b'{"error": {"message": "key secret-of-ours is odd"}}', 400)
        return say(question)

    with model(repeat) as server:
        build(texts, tmp_path / "kg", base_url=server.base_url, record=tape)
    kept = tape.read_text("utf-8") + (tmp_path / "kg" / "manifest.json").read_text("utf-8")
    kept += (tmp_path / "kg" / "rejected.jsonl").read_text("utf-8")
    assert "key [key] is odd" in kept
    for word in ("secret-of-ours", "Bearer", "127.0.0.1", str(tmp_path)):
        assert word not in kept


def test_the_manifest_tells_what_was_asked(texts: Path, tape: Path, tmp_path: Path) -> None:
    """Model, settings and the hash of the instructions are told; where it ran is not."""
    with model(say) as server:
        manifest = build(texts, tmp_path / "kg", base_url=server.base_url, record=tape, seed=3)
    settings = manifest["settings"]
    assert settings["extractor"] == "llm/1+toy"
    assert set(settings["extractor_options"]) == {
        *("model", "mode", "seed", "passage", "retries", "max_tokens", "prompt_sha256")
    }
    assert settings["extractor_options"]["seed"] == "3"
    assert (settings["model"], settings["extractor_package"]) == (None, None)


# -- replaying -------------------------------------------------------------------------------


def test_what_was_not_recorded_cannot_be_replayed(tape: Path) -> None:
    """Another text or setting is another request: the message names the file and what to do."""
    with model() as server:
        extract(base_url=server.base_url, record=tape)
    assert extract(replay=tape).statements
    for change in ({"text": "Norway will act."}, {"seed": 2}, {"mode": "json"}, {"model": "x"}):
        with pytest.raises(InputError, match=r"tape.jsonl: the answer .* not in this file"):
            extract(**{"replay": tape, **change})  # type: ignore[arg-type]


def test_a_file_to_replay_must_be_there(tape: Path) -> None:
    """A file that is missing is told before anything is read."""
    with pytest.raises(InputError, match=r"tape.jsonl: there is no such file to replay"):
        extract(replay=tape)


def test_an_entry_that_was_changed(tape: Path) -> None:
    """A request that was edited no longer belongs to its key, and is not believed."""
    with model() as server:
        extract(base_url=server.base_url, record=tape)
    tape.write_text(tape.read_text("utf-8").replace("Peru", "Fiji"), encoding="utf-8")
    with pytest.raises(InputError, match="does not belong to its request"):
        extract(replay=tape)


def test_answers_may_be_put_right_by_hand(tape: Path) -> None:
    """What a model said may be corrected in the file: answers are what is replayed."""
    with model() as server:
        extract(base_url=server.base_url, record=tape)
    (kept,) = entries(tape)
    call = kept["answer"]["choices"][0]["message"]["tool_calls"][0]["function"]
    call["arguments"] = json.dumps({"statements": [entry("cut fees", action="cut")]})
    tape.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    assert [s.quote for s in extract(replay=tape).statements] == ["cut fees"]


# -- recording -------------------------------------------------------------------------------


def test_what_is_recorded_is_not_asked_again(tape: Path) -> None:
    """A run that was broken off goes on where it was: only failures are asked again."""
    texts = [TEXTS["one.txt"], "Chile will protect designs."]
    with model(lambda q: promises(q) if q.number != 2 else Said(b"", 401)) as server:
        extract(texts[0], base_url=server.base_url, record=tape)
        with pytest.raises(EndpointError):
            extract(texts[1], base_url=server.base_url, record=tape)
        for text in texts:
            assert extract(text, base_url=server.base_url, record=tape).statements
        assert len(server.bodies) == 3
    assert [e["status"] for e in entries(tape)] == [200, 200]


def test_the_later_answer_counts(tape: Path) -> None:
    """A failure is kept, so that it can be replayed, until a later run has an answer."""
    with model(lambda q: promises(q) if q.number > 1 else Said(b"no", 400)) as server:
        for failed in (True, False):
            if failed:
                with pytest.raises(InputError, match="HTTP 400"):
                    extract(base_url=server.base_url, record=tape)
                with pytest.raises(InputError, match="HTTP 400"):
                    extract(replay=tape)
            else:
                extract(base_url=server.base_url, record=tape)
    assert [e["status"] for e in entries(tape)] == [400, 200]
    assert len(extract(replay=tape).statements) == 2


def test_a_torn_line_spoils_no_other(tape: Path) -> None:
    """A run that was killed as it wrote leaves half a line; it is passed over, not built upon."""
    with model() as server:
        extract(base_url=server.base_url, record=tape)
        whole = tape.read_bytes()
        tape.write_bytes(whole + whole[: len(whole) // 2])
        assert extract(replay=tape).statements
        extract("Chile will protect designs.", base_url=server.base_url, record=tape)
    assert extract("Chile will protect designs.", replay=tape).statements
    assert len(tape.read_bytes().splitlines()) == 3


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that is missing is told, with the name of the file."""
    with model() as server, pytest.raises(InputError, match=r"tape.jsonl: cannot be written to"):
        extract(base_url=server.base_url, record=tmp_path / "none" / "tape.jsonl")


def test_the_order_of_keys_makes_no_difference() -> None:
    """A request is known by its content, however it is written."""
    assert request_key({"a": 1, "b": [2]}) == request_key({"b": [2], "a": 1})
    assert request_key({"a": 1}) != request_key({"a": 2})


@pytest.mark.parametrize(
    "text", ["{}", '{"a": "é\\ud83d\\ude00"}', "", "no JSON", "[1]", '{"a": 1, "a": 2}']
)
def test_an_answer_comes_back_as_it_was_taken(text: str, tape: Path) -> None:
    """What a run works with is what its replay works with, to the letter."""
    kept = Kept(200, text).tidy()
    Cassette(tape).add({"q": 1}, kept)
    assert Cassette(tape).find({"q": 1}) == kept
    assert Cassette(tape).find({"q": 2}) is None


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No key but one that a test sets."""
    monkeypatch.delenv(KEY, raising=False)
    yield
