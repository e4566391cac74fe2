"""Extractors are plug-ins: found by name among the installed packages, made when asked for."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.extract.packages import TOY, install
from tests.extract.reading import document, lexicon
from tests.extract.toys import TEXT, Toy, each

from comity import KnowledgeGraph
from comity.build.hiring import hire
from comity.errors import PluginError, UnknownNameError, UsageError
from comity.extract import Extractor
from comity.extract.english import EnglishExtractor
from comity.extract.options import Options
from comity.extract.plugins import GROUP, OWN, find, installed, make

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """The modules of packages that a test installed are not those of the next test."""
    yield
    for name in ("comity_toy", "comity_other"):
        sys.modules.pop(name, None)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file with two promises."""
    path = tmp_path / "speech.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


# -- finding ---------------------------------------------------------------------------------


def test_own_extractors_are_declared_as_anyone_s() -> None:
    """The entry points of Comity's package are those that it knows of itself."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert declared["entry-points"][GROUP] == OWN


def test_english_can_be_named() -> None:
    """The extractor that a build takes by default can be asked for, with its model."""
    found = make("english", lexicon(), {"model": "some_pipeline"})
    assert isinstance(found, EnglishExtractor)
    assert found.name == "english/1+some_pipeline"


def test_a_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package is found by its entry point; nothing of it is imported for that."""
    install(tmp_path, monkeypatch)
    assert [str(plugin) for plugin in installed()["toy"]] == ["toy (comity-toy 0.3)"]
    assert "comity_toy" not in sys.modules
    assert make("toy", lexicon()).name == "toy/1"


def test_a_class_can_be_the_factory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever takes a lexicon and options and gives an extractor will do."""
    code = "from tests.extract.toys import Toy\nclass Mine(Toy):\n  def __init__(self, a, b): ...\n"
    install(tmp_path, monkeypatch, code=code, factory="Mine")
    assert isinstance(make("toy", lexicon()), Extractor)


def test_unknown_names_are_told_with_those_there_are() -> None:
    """An extractor that is not installed: the message lists those that are."""
    with pytest.raises(UnknownNameError, match=r"'toy' is installed \(one of english, llm\)"):
        find("toy")


def test_own_names_cannot_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that calls its extractor "english" does not get the texts."""
    install(tmp_path, monkeypatch, name="english")
    assert find("english").package == "comity"
    assert isinstance(make("english", lexicon()), EnglishExtractor)


def test_packages_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A torn list of entry points anywhere is told, and does not keep English from working."""
    install(tmp_path, monkeypatch)
    (tmp_path / "comity_toy-0.3.dist-info" / "entry_points.txt").write_text("[x]\nnonsense\n")
    assert find("english")
    with pytest.raises(PluginError, match=r"entry points of a package .* cannot be read"):
        find("toy")


def test_two_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two packages with one name: neither is taken, both are named."""
    install(tmp_path, monkeypatch)
    install(tmp_path, monkeypatch, package="comity-other", module="comity_other")
    with pytest.raises(PluginError, match=r"comity-other 0.3 and comity-toy 0.3: .* several"):
        find("toy")
    assert find("english")


WRONG = {
    "missing module": ("import no_such_module", "cannot be loaded: ModuleNotFoundError: No module"),
    "no factory": ("", "cannot be loaded: AttributeError"),
    "bad Python": ("def make(:", "cannot be loaded: SyntaxError"),
    "leaves": ("raise SystemExit('enough')", "cannot be loaded: SystemExit: enough"),
    "no function": ("make = 3", "cannot be made: comity_toy:make is no function"),
    "other arguments": ("def make(): pass", "cannot be made: TypeError"),
    "fails": ("def make(a, b): raise KeyError('x')", "cannot be made: KeyError: 'x'"),
    "nothing": ("def make(a, b): pass", "is no extractor: its factory gives NoneType"),
    "no extract": (
        "class X:\n  name = 'x/1'\ndef make(a, b): return X()",
        "is no extractor: its factory gives X",
    ),
    "no version": (TOY.replace("return Toy(", "return Toy(name='toy', change="), "name/version"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_package_that_fails_is_named(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong in a plug-in, the message names its package and what to do."""
    code, said = WRONG[fault]
    install(tmp_path, monkeypatch, code=code)
    with pytest.raises(PluginError) as caught:
        make("toy", lexicon())
    assert str(caught.value).startswith("package comity-toy 0.3: the extractor 'toy' ")
    assert said in str(caught.value) and "update that package, or remove it" in str(caught.value)


def test_a_package_s_own_errors_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a plug-in says in Comity's terms, for example of its options, is not wrapped."""
    install(tmp_path, monkeypatch)
    with pytest.raises(UnknownNameError, match="no option 'tone' of the extractor 'toy'"):
        make("toy", lexicon(), {"tone": "low"})


def test_a_package_that_nobody_asks_for_does_no_harm(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken plug-in does not keep another extractor from working."""
    (tmp_path / "site").mkdir()
    install(tmp_path / "site", monkeypatch, code="raise RuntimeError('broken')")
    assert KnowledgeGraph.build(text, tmp_path / "kg").report is not None


# -- options ---------------------------------------------------------------------------------


def test_options_are_words_with_names() -> None:
    """NAME=VALUE; the value may hold further signs, or nothing."""
    assert dict(Options.parse(["a=1", "b=x=y", "c="])) == {"a": "1", "b": "x=y", "c": ""}


@pytest.mark.parametrize("word", ["a", "=1", " =1"])
def test_a_word_that_is_no_option(word: str) -> None:
    """What has no name or no sign is refused, with the form."""
    with pytest.raises(UsageError, match="NAME=VALUE"):
        Options.parse([word])


def test_an_option_given_twice() -> None:
    """Of two values neither is taken."""
    with pytest.raises(UsageError, match="a: this option is given twice"):
        Options.parse(["a=1", "a=2"])


@pytest.mark.parametrize("value", ["", "x", "1.5", "-1", "9", "1e1"])
def test_whole_numbers(value: str) -> None:
    """A number must be whole and within its bounds."""
    options = Options({"n": value}, "toy")
    with pytest.raises(UsageError, match="extractor toy, option n="):
        options.whole("n", 3, most=8)
    assert options.whole("m", 3) == 3 and Options({"n": "8"}).whole("n", 3, most=8) == 8


@pytest.mark.parametrize("value", ["", "x", "nan", "inf", "0", "-1", "9"])
def test_numbers(value: str) -> None:
    """A number must be finite and within its bounds."""
    with pytest.raises(UsageError, match="option n="):
        Options({"n": value}).number("n", 1.0, most=8.0)
    assert Options({"n": "0.5"}).number("n", 1.0, most=8.0) == 0.5


def test_choices() -> None:
    """One of several words; the message lists them."""
    with pytest.raises(UsageError, match="it must be red or blue"):
        Options({"c": "green"}).choice("c", ["red", "blue"], "red")


# -- building --------------------------------------------------------------------------------


def manifest(graph: KnowledgeGraph) -> dict[str, Any]:
    """What a build tells of its extractor."""
    settings = graph.manifest["settings"]
    return {key: settings[key] for key in settings if key.startswith("extractor")}


def test_a_build_by_name(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph is built with a plug-in and its options; the manifest tells both, and whose it is."""
    install(tmp_path, monkeypatch)
    kg = KnowledgeGraph.build(
        text, tmp_path / "kg", extractor="toy", options={"modality": "intention"}
    )
    assert {s.modality for s in kg.records()} == {"intention"}
    assert manifest(kg) == {
        "extractor": "toy/1",
        "extractor_options": {"modality": "intention"},
        "extractor_package": "comity-toy 0.3",
    }
    assert kg.manifest["settings"]["model"] is None


def test_the_linker_does_its_part(text: Path, tmp_path: Path) -> None:
    """Actors are linked, and codes that an extractor leaves open are found by the words."""
    kg = KnowledgeGraph.build(text, tmp_path / "kg", extractor=Toy())
    one, two = sorted(kg.records(), key=lambda s: s.start)
    assert [m.id for s in (one, two) for m in s.actors] == ["NOR", "PER"]
    assert (one.measure_type, one.areas) == ("rights-protection", ("patents",))
    assert two.direction == "strengthen"


def test_what_an_extractor_decides_stays(text: Path, tmp_path: Path) -> None:
    """Codes that an extractor gives are kept, whatever the words say."""
    toy = Toy(each(measure_type="adjudication", direction="weaken", areas=("copyright",)))
    kg = KnowledgeGraph.build(text, tmp_path / "kg", extractor=toy)
    assert {(s.measure_type, s.direction, s.areas) for s in kg.records()} == {
        ("adjudication", "weaken", ("copyright",))
    }


def test_two_processes_give_the_same(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plug-in is made anew in each worker, by name; an object is sent there."""
    install(tmp_path, monkeypatch)
    more = tmp_path / "more.txt"
    more.write_text("Chile will protect designs.", encoding="utf-8")
    graphs = [
        KnowledgeGraph.build([text, more], tmp_path / f"kg{number}", extractor=extractor, workers=n)
        for number, (extractor, n) in enumerate([("toy", 1), ("toy", 2), (Toy(), 1), (Toy(), 2)])
    ]
    files = [{**g.manifest["files"], "canonical": g.manifest["canonical_sha256"]} for g in graphs]
    assert files[0] == files[1] == files[2] == files[3]
    assert graphs[0].manifest == graphs[1].manifest


def test_an_object_that_cannot_travel(text: Path, tmp_path: Path) -> None:
    """With several workers, an extractor must be named or be able to be copied."""
    toy = Toy(lambda found, _: found)
    with pytest.raises(UsageError, match=r"toy/1 cannot be sent .* \(name it instead"):
        KnowledgeGraph.build(text, tmp_path / "kg", extractor=toy, workers=2)
    assert not (tmp_path / "kg").exists()


def test_an_object_takes_no_options(text: Path) -> None:
    """Options are for an extractor that is named."""
    with pytest.raises(UsageError, match="made already"):
        hire(Toy(), lexicon(), options={"a": "b"})
    with pytest.raises(UsageError, match="int: this is no extractor"):
        hire(3, lexicon())  # type: ignore[arg-type]


def test_one_model() -> None:
    """`model` is short for the option of that name; two different ones are refused."""
    assert hire(None, lexicon(), model="x").extractor.name == "english/1+x"
    assert hire("english", lexicon(), options={"model": "x"}, model="x").options == {"model": "x"}
    with pytest.raises(UsageError, match="x, y: two models"):
        hire(None, lexicon(), model="x", options={"model": "y"})


def test_nothing_is_imported_to_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To list the extractors loads neither spaCy nor a client of language models."""
    code = (
        "import sys, json; from comity.extract import plugins; plugins.installed();"
        "print(json.dumps([m for m in ('spacy', 'pydantic_ai', 'openai') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(done.stdout) == []


def test_documents_are_of_the_right_form() -> None:
    """The small extractor of these tests finds what it should."""
    assert [s.quote for s in Toy().extract(document(TEXT))] == [
        "protect patents",
        "improve the examination of patents",
    ]
