from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from comity.errors import LimitError, VocabularyError
from comity.model import SCHEMES, Label, Vocabulary
from comity.rdf import vocabulary
from comity.rdf.vocabulary import language_tag, load, read

HEAD = """\
@prefix comity: <https://w3id.org/comity/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix area: <https://w3id.org/comity/area/> .
@prefix direction: <https://w3id.org/comity/direction/> .
@prefix actor: <https://w3id.org/comity/actor/> .
@prefix my: <https://example.org/terms#> .
"""
OLD = "owl:deprecated true"
SMALL = """
area:patents a skos:Concept ; skos:prefLabel "Patents"@en , "专利"@zh-Hans ;
    skos:altLabel "patent rights"@en ; skos:hiddenLabel "patnets"@en ;
    comity:trigger "patent law"@en ; comity:nounTrigger "patent"@en ;
    comity:verbTrigger "patent"@en ; skos:notation "patents" ;
    skos:definition "A right in an invention."@en ;
    skos:inScheme <https://w3id.org/comity/area> .
area:sep a skos:Concept ; skos:prefLabel "Standard-essential patents"@en ;
    skos:broader area:patents ; skos:inScheme <https://w3id.org/comity/area> .
actor:CHN a comity:State ; skos:prefLabel "China"@en ; comity:demonym "Chinese"@en ;
    comity:capital "Beijing"@en .
actor:CNIPA a comity:Actor , comity:IPOffice ; skos:prefLabel "CNIPA"@en ;
    comity:actsFor actor:CHN .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small vocabulary."""
    (tmp_path / "small.ttl").write_text(HEAD + SMALL, encoding="utf-8")
    return tmp_path


def with_file(folder: Path, turtle: str) -> Vocabulary:
    """The small vocabulary with a user's file."""
    mine = folder / "mine.ttl"
    mine.write_text(HEAD + turtle, encoding="utf-8")
    return read([folder / "small.ttl", mine])


def roles(labels: tuple[Label, ...]) -> dict[str, list[str]]:
    """The texts of labels by role."""
    found: dict[str, list[str]] = {}
    for label in labels:
        found.setdefault(label.role, []).append(label.text)
    return found


def test_deprecated_terms_name_their_replacement(folder: Path) -> None:
    """A deprecated concept or actor keeps its code, and its labels stand for what replaces it."""
    found = with_file(
        folder,
        "area:sep owl:deprecated true ; dcterms:isReplacedBy area:patents . "
        "actor:CNIPA owl:deprecated true .",
    )
    concept, actor = found.concepts["area", "sep"], found.actors["CNIPA"]
    assert concept.deprecated and concept.replaced_by == concept.current == "patents"
    assert actor.deprecated and actor.replaced_by is actor.current is None
    assert found.concepts["area", "patents"].current == "patents"
    assert found.actors["CHN"].current == "CHN"


def test_each_role_of_a_label_is_kept(folder: Path) -> None:
    """Preferred, alternative and hidden labels and the three triggers keep their roles."""
    patents = read([folder / "small.ttl"]).concepts["area", "patents"]
    assert roles(patents.labels) == {
        "pref": ["Patents", "专利"],
        "alt": ["patent rights"],
        "hidden": ["patnets"],
        "trigger": ["patent law"],
        "noun": ["patent"],
        "verb": ["patent"],
    }
    assert patents.definition == "A right in an invention."
    assert patents.name("zh-Hans") == "专利"


def test_broader_concepts_are_codes(folder: Path) -> None:
    """A concept knows its broader ones by code; a code is the local name without notation."""
    small = read([folder / "small.ttl"])
    assert small.concepts["area", "sep"].broader == ("patents",)
    assert small.ancestors("area", "sep") == {"patents"}


def test_actors_have_one_kind(folder: Path) -> None:
    """An actor's kind is the narrowest of its classes; it knows for whom it acts."""
    office = read([folder / "small.ttl"]).actors["CNIPA"]
    assert (office.kind, office.acts_for) == ("IPOffice", ("CHN",))


def test_demonyms_and_capitals_are_patterns(folder: Path) -> None:
    """An actor's demonym is a label of role noun, its capital one of role trigger."""
    china = read([folder / "small.ttl"]).actors["CHN"]
    assert roles(china.labels) == {"pref": ["China"], "trigger": ["Beijing"], "noun": ["Chinese"]}


def test_users_add_labels(folder: Path) -> None:
    """A user's file adds a label to a concept that is there, and takes none away."""
    mine = with_file(folder, 'area:patents skos:altLabel "brevets"@fr .')
    labels = mine.concepts["area", "patents"].labels
    assert Label("brevets", "fr", "alt") in labels
    assert Label("patent rights", "en", "alt") in labels


def test_users_add_concepts(folder: Path) -> None:
    """A user's concept has its own IRI; its scheme is area unless it says otherwise."""
    mine = with_file(
        folder,
        'my:seeds a skos:Concept ; skos:prefLabel "Seeds" ; skos:broader area:patents .\n'
        'my:up a skos:Concept ; skos:prefLabel "Up"@en ; skos:notation "raise" ;\n'
        "  skos:inScheme <https://w3id.org/comity/direction> .",
    )
    assert mine.concepts["area", "seeds"].iri == "https://example.org/terms#seeds"
    assert mine.concepts["area", "seeds"].broader == ("patents",)
    assert mine.concepts["direction", "raise"].name() == "Up"


def test_users_add_actors(folder: Path) -> None:
    """A user's actor has its own IRI, and its id is its notation or local name."""
    mine = with_file(
        folder, 'my:council a comity:StakeholderGroup ; skos:prefLabel "The Council"@en .'
    )
    assert mine.actors["council"].iri == "https://example.org/terms#council"


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ('area:patents skos:prefLabel "Patent"@en .', "two preferred labels in en"),
        ('area:patnets skos:altLabel "brevets"@fr .', "neither in the vocabulary nor declared"),
        ("my:a a skos:Concept .", "no skos:prefLabel"),
        ('my:a a skos:Concept ; skos:prefLabel " "@en .', "an empty label"),
        ('my:patents a skos:Concept ; skos:prefLabel "P"@en .', "have the same area code patents"),
        ('my:a a skos:Concept ; skos:prefLabel "A"@en ; skos:notation "a.b" .', "no code"),
        ('my:a a skos:Concept ; skos:notation "b", "c" ; skos:prefLabel "A" .', "more than one"),
        ('my:a a skos:Concept ; skos:prefLabel "A"@en ; skos:inScheme my:x .', "one scheme"),
        ('my:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader my:x .', "not in its scheme"),
        (
            'my:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader my:a .',
            "broader than itself",
        ),
        ("area:patents skos:broader area:sep .", "broader than itself"),
        ('actor:UTO skos:prefLabel "Utopia"@en .', "has no kind"),
        ('actor:UTO a comity:State ; skos:prefLabel "U"@en ; comity:actsFor my:x .', "no actor"),
        ('my:CHN a comity:State ; skos:prefLabel "China"@en .', "have the same actor code CHN"),
        ('area:patents comity:demonym "Patentish"@en .', "for actors"),
        ('area:sep owl:deprecated "no" .', "write true or false"),
        ("area:sep dcterms:isReplacedBy area:patents .", "add `owl:deprecated true`"),
        ("area:sep owl:deprecated true ; dcterms:isReplacedBy my:x .", "not in its scheme"),
        ("area:sep owl:deprecated true ; dcterms:isReplacedBy area:sep .", "not in its scheme"),
        (
            "area:sep owl:deprecated true ; dcterms:isReplacedBy area:patents , actor:CHN .",
            "replaced by 2 others",
        ),
        (
            f"area:sep {OLD} ; dcterms:isReplacedBy area:patents . area:patents {OLD} .",
            "deprecated itself",
        ),
    ],
)
def test_contradictions_are_refused(folder: Path, turtle: str, message: str) -> None:
    """What contradicts the rest is refused, with the file and the line where it stands."""
    with pytest.raises(VocabularyError, match=message) as caught:
        with_file(folder, turtle)
    assert caught.value.where in (
        f"{folder / 'mine.ttl'}, line 7",
        f"{folder / 'small.ttl'}, line 12",
    )


@pytest.mark.parametrize("turtle", ["area:patents skos:altLabel ;", "<a b> a skos:Concept .", "a"])
def test_malformed_files_are_refused(folder: Path, turtle: str) -> None:
    """A file that is no Turtle is refused, with its name and line."""
    with pytest.raises(VocabularyError, match=r"mine\.ttl, line [78]: this is no Turtle"):
        with_file(folder, turtle)


def test_other_encodings_are_refused(folder: Path) -> None:
    """A file that is no UTF-8 is refused, not read with wrong characters."""
    mine = folder / "mine.ttl"
    mine.write_bytes((HEAD + 'area:patents skos:altLabel "é"@fr .').encode("latin-1"))
    with pytest.raises(VocabularyError, match=r"line 7.*UTF-8"):
        read([folder / "small.ttl", mine])


def test_missing_files_are_refused(folder: Path) -> None:
    """A file that is not there is refused by name."""
    with pytest.raises(VocabularyError, match=r"none\.ttl: the file cannot be read"):
        read([folder / "none.ttl"])


def test_large_files_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused before it is parsed."""
    monkeypatch.setattr(vocabulary, "MAX_BYTES", 100)
    with pytest.raises(LimitError, match="100 bytes"):
        read([folder / "small.ttl"])


def test_large_literals_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A literal beyond the limit is refused."""
    monkeypatch.setattr(vocabulary, "MAX_LITERAL", 100)
    with pytest.raises(LimitError, match=r"line 7: a literal may have 100"):
        with_file(folder, f'area:patents skos:altLabel "{"a" * 101}"@en .')


@pytest.mark.parametrize(("start", "end"), [("[ skos:note ", " ]"), ("( ", " )")])
def test_deep_nesting_does_no_harm(folder: Path, start: str, end: str) -> None:
    """Turtle nested a hundred thousand deep is read like any other."""
    nested = start * 100_000 + '"x"' + end * 100_000
    mine = with_file(folder, f"area:patents skos:note {nested} .")
    assert "patents" in mine.scheme("area")


def test_hash_is_of_the_content(folder: Path) -> None:
    """Equal content has an equal hash, whatever its order, files or layout; other has another."""
    whole = folder / "whole.ttl"
    statements = [each for each in SMALL.split(" .\n") if each.strip()]
    whole.write_text(HEAD + " .\n".join(reversed(statements)) + " .\n", encoding="utf-8")
    small = read([folder / "small.ttl"])
    assert read([whole]) == small == read([folder / "small.ttl", whole])
    assert with_file(folder, 'area:patents skos:altLabel "brevets"@fr .').sha256 != small.sha256


@pytest.mark.parametrize(
    ("given", "cased"),
    [("EN", "en"), ("zh-hans", "zh-Hans"), ("pt-br", "pt-BR"), ("zh-hant-hk", "zh-Hant-HK")],
)
def test_language_tags_are_cased(given: str, cased: str) -> None:
    """Language tags, which engines write small, have the usual case in the model."""
    assert language_tag(given) == cased


def test_the_bundled_vocabulary_loads() -> None:
    """Comity's own vocabulary has concepts in each of the eight schemes, and actors."""
    own = load()
    assert all(own.scheme(scheme) for scheme in SCHEMES)
    assert own.actors["CHN"].kind == "State"


def test_loading_starts_no_other_library() -> None:
    """The vocabulary is loaded without rdflib or spaCy."""
    code = (
        "import sys\nfrom comity.rdf.vocabulary import load\nload()\n"
        "print(sorted({'rdflib', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
