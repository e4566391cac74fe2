"""`comity review`, and `build` and `import` with the corrections it leaves."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from select import select
from typing import Any

import pytest
from tests.cli.conftest import SPEECH, Run
from typer.testing import CliRunner, Result

from comity.cli import app

DAY = ("--reviewer", "AB", "--date", "2026-11-24")


@pytest.fixture
def kg(graph: Path) -> Path:
    """A graph of three statements, and its text."""
    Path("speech.txt").write_text(SPEECH, encoding="utf-8")
    shutil.copytree(graph, "kg", symlinks=True)
    return Path("kg")


def review(keys: str, *options: str) -> Result:
    """`comity review` with keys typed into it."""
    return CliRunner().invoke(app, ["review", "kg", *DAY, *options], input=keys)


def read(file: Path | str) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]


def test_each_decision_is_kept(kg: Path) -> None:
    """Accepting, correcting and rejecting each leave a line, with who and when; then it ends."""
    done = review("a\nc\nmodality\naspiration\n\nr\n")
    assert done.exit_code == 0
    assert "1 accepted, 1 corrected, 1 rejected, 0 left" in done.output
    made = read("corrections.jsonl")
    assert sorted(r["decision"] for r in made) == ["accept", "correct", "reject"]
    assert {(r["reviewer"], r["date"]) for r in made} == {("AB", "2026-11-24")}
    corrected = next(r for r in made if r["decision"] == "correct")
    assert corrected["fields"] == {"modality": "aspiration"}
    assert corrected["record"]["modality"] == "aspiration"


def test_the_passage_is_shown_in_its_surroundings(kg: Path) -> None:
    """The words around the passage, the passage marked, and the reading with its labels."""
    shown = review("q\n").output
    assert "Norway and Peru to ⟦share patent data⟧\nOSLO, May 4" in re.sub(r" +\n", "\n", shown)
    assert "Norway <NOR>" in shown and "ip-information  IP information" in shown
    assert "a accept" in shown and "q quit" in shown


def test_what_is_decided_is_not_asked_again(kg: Path) -> None:
    """Whoever stops goes on later with the statements that are left."""
    assert "1 of 3" in review("a\nq\n").output
    again = review("q\n")
    assert "1 of 2" in again.output
    assert "1 of the statements asked for are decided already" in again.output
    assert len(read("corrections.jsonl")) == 1


def test_a_wrong_value_is_asked_again(kg: Path) -> None:
    """A value that is none is refused with what may be meant; so is a field."""
    done = review("c\nmodalty\nmodality\nobligaton\nobligation\n\nq\n")
    assert "did you mean modality?" in done.output
    assert "did you mean obligation" in done.output
    (made,) = read("corrections.jsonl")
    assert made["fields"] == {"modality": "obligation"}


def test_several_fields_are_one_decision(kg: Path) -> None:
    """Fields corrected one after the other, abbreviated or not, end in one line."""
    review("c\nareas\nPatents | Copyright\nneg\nyes\n\nq\n")
    (made,) = read("corrections.jsonl")
    assert made["fields"] == {"areas": ["copyright", "patents"], "negated": True}
    assert made["was"] == {"areas": ["ip-information"], "negated": False}


def test_back_decides_again(kg: Path) -> None:
    """Going back and deciding otherwise leaves the last decision alone."""
    done = review("a\ns\nb\nb\nr\nq\n")
    assert "decided: accept" in done.output
    assert [r["decision"] for r in read("corrections.jsonl")] == ["reject"]


def test_notes_go_with_a_decision(kg: Path) -> None:
    """A note is kept with the decision that follows; without one, a warning comes first."""
    done = review("n\nnot sure\ns\nr\nq\n")
    assert "goes with a decision" in done.output
    (made,) = read("corrections.jsonl")
    assert (made["decision"], made["note"]) == ("reject", "not sure")


def test_input_that_ends_is_a_quit(kg: Path) -> None:
    """What was decided before the input broke off is there."""
    assert review("a\nc\nmodality\n").exit_code == 0
    assert [r["decision"] for r in read("corrections.jsonl")] == ["accept"]


def test_choosing_what_to_ask(kg: Path) -> None:
    """Confidence, actor, area, document and number choose the statements."""
    assert "of 2" in review("q\n", "--limit", "2").output
    assert "0 left" in review("", "--below", "0.1").output
    assert "of 1 " in review("q\n", "--area", "Trade secrets").output
    assert "of 1 " in review("q\n", "--area", "undisclosed information").output
    assert "of 3" in review("q\n", "--document", "speech.txt").output


def test_unknown_names_are_refused(run: Run, kg: Path) -> None:
    """An actor, area or day that is none is a usage error, with what may be meant."""
    for option, value in (("--area", "tradesecrets"), ("--actor", "Norwai"), ("--date", "soon")):
        done = run("review", "kg", option, value)
        assert done.code == 2 and value in done.err


def test_a_graph_may_be_named_by_option(run: Run, kg: Path) -> None:
    """--kg and COMITY_KG name the graph as for other commands."""
    done = run("review", "--kg", "kg", "--below", "0")
    assert done.code == 0 and "0 left" in done.err


def test_signs_that_a_terminal_obeys_are_not_sent(run: Run) -> None:
    """A text cannot move the cursor or change colours."""
    Path("odd.jsonl").write_text(
        json.dumps({"text": "Peru will protect \u001b[31mtrade secrets\u202e and patents."})
    )
    run("build", "odd.jsonl", "--out", "kg")
    shown = review("q\n").output
    assert "\u001b" not in shown and "\u202e" not in shown


def test_a_terminal(kg: Path) -> None:
    """On a terminal one key is enough, without Enter; the passage stands out."""
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "comity", "review", "kg", *DAY],
        stdin=child,
        stdout=child,
        stderr=subprocess.PIPE,
        env=environment,
    )
    os.close(child)
    shown = b""
    for key, sign in ((b"", b"1 of 3"), (b"a", b"2 of 3"), (b"r", b"3 of 3"), (b"q", b"> q")):
        while sign not in shown:
            os.write(parent, key)  # again, when the terminal was not ready for it
            while select([parent], [], [], 1)[0]:
                shown += os.read(parent, 4096)
                if sign in shown:
                    break
        while select([parent], [], [], 0.3)[0] and key != b"q":
            shown += os.read(parent, 4096)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0 and b"1 accepted, 0 corrected, 1 rejected, 1 left" in told
    assert b"\x1b[1;7m" in shown
    assert len(read("corrections.jsonl")) == 2


# -- building with corrections ---------------------------------------------------------------


def built(run: Run, out: str, *corrections: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """A graph of the speech with corrections: exit code, and statements by quote."""
    options = [part for file in corrections for part in ("--corrections", file)]
    code = run("build", "speech.txt", "--out", out, *options).code
    return code, {r["quote"]: r for r in read(Path(out, "statements.jsonl"))}


def test_build_applies_corrections(run: Run, kg: Path) -> None:
    """Decisions reach records, RDF and manifest; a rejected statement stays, and says so."""
    before = {r["quote"]: r for r in read(kg / "statements.jsonl")}
    review("a\nc\nmodality\naspiration\n\nr\n")
    code, now = built(run, "kg2", "corrections.jsonl")
    assert code == 0 and set(now) == set(before)
    assert sorted(r["review"] for r in now.values()) == ["accepted", "corrected", "rejected"]
    corrected = next(r for r in now.values() if r["review"] == "corrected")
    assert corrected["modality"] == "aspiration"
    turtle = Path("kg2/graph.ttl").read_text("utf-8")
    assert turtle.count("comity:reviewStatus review-status:rejected") == 1
    rejected = next(r["id"] for r in now.values() if r["review"] == "rejected")
    assert rejected not in Path("kg2/derived.ttl").read_text("utf-8")
    manifest = json.loads(Path("kg2/manifest.json").read_text("utf-8"))
    (file,) = manifest["corrections"]
    assert (file["file"], file["decisions"], len(file["sha256"])) == ("corrections.jsonl", 3, 64)
    assert manifest["counts"]["corrections_applied"] == 3


def test_corrections_outlive_the_extractor(run: Run, kg: Path) -> None:
    """A statement that was accepted is built though the extractor finds it no more."""
    review("a\nq\n")
    (made,) = read("corrections.jsonl")
    other = made | {"record": made["record"] | {"action": "sing", "action_text": "sing"}}
    moved = {"start": 0, "end": 6, "quote": "Norway", "prefix": "", "suffix": ""}
    other = {k: v for k, v in (other | moved).items() if k not in ("id", "statement")}
    other["record"] = {k: v for k, v in other["record"].items() if k != "id"} | {
        k: moved[k] for k in ("start", "end", "quote")
    }
    Path("more.jsonl").write_text(json.dumps(other) + "\n")
    code, now = built(run, "kg2", "corrections.jsonl", "more.jsonl")
    assert code == 0 and now["Norway"]["action"] == "sing" and len(now) == 4


def test_a_changed_text_keeps_its_decisions(run: Run, kg: Path) -> None:
    """Where the passage and its surroundings stand in the new text, the decision holds."""
    review("a\na\nr\n")
    changed = SPEECH.replace(". Peru", ". At noon, Peru") + "\nThat was all.\n"
    Path("speech.txt").write_text(changed, encoding="utf-8")
    code, now = built(run, "kg2", "corrections.jsonl")
    assert code == 1
    decided = {quote: r["review"] for quote, r in now.items()}
    assert decided["share patent data"] == "accepted"
    assert list(decided.values()).count("unreviewed") == 2
    aside = read("kg2/rejected.jsonl")
    assert [(r["stage"], r["code"]) for r in aside] == [("review", "moved")] * 2


def test_a_decision_that_fits_no_text_is_told(run: Run, kg: Path) -> None:
    """It stands in rejected.jsonl, is said on stderr, and the exit code is 1."""
    review("a\nq\n")
    Path("speech.txt").write_text("Chile will promote copyright.\n", encoding="utf-8")
    done = run("build", "speech.txt", "--out", "kg2", "--corrections", "corrections.jsonl")
    assert done.code == 1 and "none of the texts" in done.err
    assert [r["code"] for r in read("kg2/rejected.jsonl")] == ["gone"]


def test_the_order_of_files_makes_no_difference(run: Run, kg: Path) -> None:
    """Files of corrections in any order give the same bytes."""
    review("a\na\nq\n", "--corrections", "a.jsonl")
    review("r\nc\nmodality\nreport\n\nq\n", "--corrections", "b.jsonl")
    built(run, "one", "a.jsonl", "b.jsonl")
    built(run, "two", "b.jsonl", "a.jsonl")
    for file in ("graph.ttl", "graph.nq.gz", "statements.jsonl", "rejected.jsonl", "manifest.json"):
        assert Path("one", file).read_bytes() == Path("two", file).read_bytes()


def test_import_applies_corrections(run: Run, kg: Path) -> None:
    """Codings made by hand are corrected in the same way."""
    review("r\nq\n")
    options = ("--texts", "speech.txt", "--corrections", "corrections.jsonl")
    shutil.copy(kg / "statements.jsonl", "coded.jsonl")
    assert run("import", "coded.jsonl", *options, "--out", "kg2").code == 0
    assert [r["review"] for r in read("kg2/statements.jsonl")].count("rejected") == 1


def test_a_missing_file_of_corrections_is_refused(run: Run, kg: Path) -> None:
    """A name that is mistyped does not build a graph without the decisions."""
    done = run("build", "speech.txt", "--out", "kg2", "--corrections", "correction.jsonl")
    assert done.code == 3 and "correction.jsonl" in done.err and not Path("kg2/current").exists()


def test_a_script_may_build_with_corrections(kg: Path) -> None:
    """`KnowledgeGraph.build` and `from_records` take corrections too."""
    from comity import KnowledgeGraph

    review("a\na\na\n")
    graph = KnowledgeGraph.build("speech.txt", "kg2", corrections="corrections.jsonl")
    assert {s.review for s in graph.records()} == {"accepted"}
    shutil.copy(kg / "statements.jsonl", "coded.jsonl")
    coded = KnowledgeGraph.from_records(
        "coded.jsonl", "speech.txt", "kg3", corrections=["corrections.jsonl"]
    )
    assert {s.review for s in coded.records()} == {"accepted"}
