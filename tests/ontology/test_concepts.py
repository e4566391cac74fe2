"""The eight schemes: codes, hierarchy, labels, and the words that lead to each concept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

from comity.lexicon import Lexicon, tokens
from comity.model import SCHEMES
from comity.rdf import vocabulary

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/comity/"
COMITY = Namespace(BASE + "ontology#")
TRIGGERS = (COMITY.trigger, COMITY.nounTrigger, COMITY.verbTrigger)
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
# Phrases that name two areas at once, so that an object with them has both.
SHARED = {
    "developing and least developed countries",
    "developing and least-developed country Members",
    "developing and least-developed members",
    "environment for business and innovation",
    "export of goods and services",
    "goods and services",
    "import of goods and services",
    "trade in goods and services",
}
# Words that stand in too many policy texts to tell an area on their own.
GENERIC = [
    *("protection", "agreement", "cooperation", "rights", "system", "development", "trade"),
    *("services", "goods", "investment", "market", "environment", "policy", "law", "exchange"),
    *("measures", "steps", "efforts", "registration", "office", "dialogue", "implementation"),
]


def codes(scheme: str) -> list[str]:
    """The codes that this scheme has had since its first version; none may ever go."""
    lines = (Path(__file__).parent / "codes.txt").read_text(encoding="utf-8").split()
    return sorted(line.partition("/")[2] for line in lines if line.startswith(scheme + "/"))


def members(concepts: Graph) -> list[URIRef]:
    """The concepts of one scheme, in order."""
    found = concepts.subjects(RDF.type, SKOS.Concept)
    return sorted(subject for subject in found if isinstance(subject, URIRef))


def words(text: str) -> str:
    """A phrase as the lexicon sees it: without case, plural and hyphen."""
    return " ".join(token.stem for token in tokens(text))


def owners(concepts: Graph, predicates: Iterable[URIRef]) -> dict[str, set[str]]:
    """The concepts that each English phrase stands for."""
    found = defaultdict(set)
    for predicate in predicates:
        for concept, label in concepts.subject_objects(predicate):
            if isinstance(label, Literal) and label.language == "en":
                found[words(label)].add(str(concept).rpartition("/")[2])
    return found


@cache
def lexicon() -> Lexicon:
    """The lexicon of the eight schemes alone."""
    files = [ROOT / "ontology" / "vocabulary" / f"{scheme}.ttl" for scheme in SCHEMES]
    return Lexicon(vocabulary.read(files))


def areas(text: str) -> list[str]:
    """The areas that the lexicon finds in a phrase."""
    return sorted({match.code for match in lexicon().areas.find(text)})


def test_every_code_is_there(scheme: str, concepts: Graph) -> None:
    """Each scheme has the codes it is published with; one more is fine, one less is not."""
    found = {str(code) for code in concepts.objects(None, SKOS.notation)}
    assert codes(scheme)
    assert set(codes(scheme)) - found == set()


def test_code_ends_the_iri(scheme: str, concepts: Graph) -> None:
    """A concept's IRI is that of its scheme, a slash, and its one notation."""
    for concept in members(concepts):
        (code,) = concepts.objects(concept, SKOS.notation)
        assert str(concept) == f"{BASE}{scheme}/{code}"
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", str(code))


def test_concept_belongs_to_its_scheme(scheme: str, concepts: Graph) -> None:
    """A concept is in the scheme of its file, and is defined by it."""
    for concept in members(concepts):
        for predicate in (SKOS.inScheme, RDFS.isDefinedBy):
            assert list(concepts.objects(concept, predicate)) == [URIRef(BASE + scheme)]


def test_scheme_describes_itself(scheme: str, concepts: Graph) -> None:
    """A scheme has title, description, creator, date, licence IRI, version and prefix."""
    node = URIRef(BASE + scheme)
    assert (node, RDF.type, SKOS.ConceptScheme) in concepts
    titles = {t.language for t in concepts.objects(node, DCTERMS.title) if isinstance(t, Literal)}
    assert titles == {"en", "zh-Hans"}
    for predicate in (DCTERMS.description, DCTERMS.created, OWL.versionInfo):
        assert isinstance(concepts.value(node, predicate), Literal)
    for predicate in (DCTERMS.creator, DCTERMS.license):
        assert isinstance(concepts.value(node, predicate), URIRef)
    assert str(concepts.value(node, VANN.preferredNamespaceUri)) == f"{BASE}{scheme}/"
    assert str(concepts.value(node, VANN.preferredNamespacePrefix)) == scheme


def test_top_concepts_agree(scheme: str, concepts: Graph) -> None:
    """The concepts without a broader one are the top concepts, told from both ends."""
    node = URIRef(BASE + scheme)
    bare = {c for c in members(concepts) if (c, SKOS.broader, None) not in concepts}
    assert set(concepts.objects(node, SKOS.hasTopConcept)) == bare
    assert set(concepts.subjects(SKOS.topConceptOf, node)) == bare


def test_hierarchy_has_no_circle(concepts: Graph) -> None:
    """A broader concept exists in the same file and is never below the narrower one."""
    everyone = set(members(concepts))
    for concept in everyone:
        for parent in concepts.objects(concept, SKOS.broader):
            assert parent in everyone
            assert concept not in set(concepts.transitive_objects(parent, SKOS.broader))


def test_one_preferred_label_a_language(concepts: Graph) -> None:
    """A concept has one preferred label in English, and in Chinese at most one."""
    for concept in members(concepts):
        found = [label.language for label in concepts.objects(concept, SKOS.prefLabel)]  # type: ignore[attr-defined]
        assert found.count("en") == 1, concept
        assert len(found) == len(set(found)), concept


def test_chinese_labels_are_chinese(concepts: Graph) -> None:
    """A label in simplified Chinese is written in Chinese characters, other labels are not."""
    for predicate in LABELS:
        for label in concepts.objects(None, predicate):
            assert isinstance(label, Literal)
            assert bool(re.search(r"[\u4e00-\u9fff]", label)) is (label.language == "zh-Hans")


def test_labels_are_disjoint(concepts: Graph) -> None:
    """A phrase is no more than one of preferred, alternative, hidden label and trigger of it."""
    for concept in members(concepts):
        seen: dict[tuple[str | None, str], URIRef] = {}
        for predicate in (*LABELS, COMITY.trigger):
            for label in concepts.objects(concept, predicate):
                assert isinstance(label, Literal)
                key = (label.language, words(label) if label.language == "en" else str(label))
                assert key not in seen, (concept, label, seen.get(key), predicate)
                seen[key] = predicate


def test_labels_are_unique_in_a_scheme(concepts: Graph) -> None:
    """No two concepts of a scheme share a label in one language, whatever the case."""
    found = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, label in concepts.subject_objects(predicate):
            assert isinstance(label, Literal)
            found[label.language, label.casefold()].add(concept)
    assert {key: value for key, value in found.items() if len(value) > 1} == {}


@pytest.mark.parametrize("predicate", [SKOS.definition, SKOS.scopeNote, SKOS.example])
def test_every_concept_is_explained(concepts: Graph, predicate: URIRef) -> None:
    """A concept has one definition, one scope note and one example, in English sentences."""
    for concept in members(concepts):
        (text,) = concepts.objects(concept, predicate)
        assert isinstance(text, Literal)
        assert text.language == "en"
        assert text[0].isupper() or text[0] == '"', text
        assert text.endswith("."), text


def test_definitions_are_one_sentence_and_differ(concepts: Graph) -> None:
    """A definition is one sentence, and no two concepts have the same."""
    found = [str(text) for text in concepts.objects(None, SKOS.definition)]
    assert len(found) == len(set(found)) == len(members(concepts))
    assert [text for text in found if re.search(r"\.\s", text)] == []


def test_phrases_are_clean(concepts: Graph) -> None:
    """Labels and triggers have no stray space and hold at least one word."""
    for predicate in (*LABELS, *TRIGGERS):
        for label in concepts.objects(None, predicate):
            assert str(label) == " ".join(str(label).split())
            assert words(label) or label.language == "zh-Hans", label  # type: ignore[attr-defined]


def test_triggers_are_english(concepts: Graph) -> None:
    """Triggers are English: they serve the English extractor."""
    for predicate in TRIGGERS:
        for label in concepts.objects(None, predicate):
            assert isinstance(label, Literal)
            assert label.language == "en"


def test_verb_triggers_are_lemmas(concepts: Graph) -> None:
    """A verb trigger is written small and begins with the base form of the verb."""
    for label in concepts.objects(None, COMITY.verbTrigger):
        assert re.fullmatch(r"[a-z-]+(?: [a-z-]+)*", str(label)), label
        first = str(label).split()[0]
        assert not re.search(r"(?:ing|ed|[^s]es)$", first) or first in {"bring", "speed", "proceed"}


@pytest.mark.parametrize("predicate", TRIGGERS)
def test_a_trigger_leads_to_one_concept(scheme: str, concepts: Graph, predicate: URIRef) -> None:
    """A trigger stands for one concept of a scheme, save for the phrases that name two areas."""
    found = {p for p, held in owners(concepts, [predicate]).items() if len(held) > 1}
    shared = {words(phrase) for phrase in SHARED} if scheme == "area" else set()
    assert found - shared == set()


def test_no_trigger_of_one_area_names_another(scheme: str, concepts: Graph) -> None:
    """What names one concept by its label is no trigger of another one."""
    named, signalled = owners(concepts, LABELS), owners(concepts, [COMITY.trigger])
    clashes = {p: (named[p], signalled[p]) for p in set(named) & set(signalled)}
    assert {p: held for p, held in clashes.items() if held[0] != held[1]} == {}


def test_shared_phrases_are_shared() -> None:
    """The list of phrases that name two areas holds no phrase that does not."""
    for phrase in SHARED:
        assert len(lexicon().areas.codes(phrase)) == 2, phrase


def test_concepts_stand_in_order(scheme: str) -> None:
    """Concepts stand in alphabetical order of their codes in the file."""
    text = (ROOT / "ontology" / "vocabulary" / f"{scheme}.ttl").read_text(encoding="utf-8")
    found = re.findall(rf"^{scheme}:([\w-]+) a skos:Concept ;$", text, re.MULTILINE)
    assert len(found) >= len(codes(scheme))
    assert [pair for pair in pairwise(found) if pair[0] >= pair[1]] == []


@pytest.mark.parametrize("word", GENERIC)
def test_generic_words_tell_no_area(word: str) -> None:
    """A word that any policy text may hold leads to no area on its own."""
    assert areas(f"further {word} by all parties") == []


@pytest.mark.parametrize(
    "words_",
    ["IP", "IPR", "IPRs", "IP rights", "intellectual property", "intellectual-property rights"],
)
@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{}", "ip-rights"),
        ("{} protection", "ip-protection"),
        ("the protection of {}", "ip-protection"),
        ("{} enforcement", "ip-enforcement"),
        ("infringement of {}", "ip-enforcement"),
        ("{} legislation", "ip-legislation"),
        ("the legal system for {} protection", "ip-legislation"),
        ("{} awareness", "ip-awareness"),
        ("a national {} strategy", "ip-strategy"),
        ("{} cooperation", "ip-cooperation"),
        ("{} pledge financing", "ip-finance"),
        ("{} disputes", "dispute-resolution"),
        ("{} cases", "ip-adjudication"),
        ("commercialisation of {}", "ip-commercialization"),
    ],
)
def test_intellectual_property_by_any_name(pattern: str, code: str, words_: str) -> None:
    """IP, IPR, IP rights and intellectual property are one word to the lexicon."""
    assert areas(pattern.format(words_)) == [code]


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("cooperation with other countries in IP protection", "ip-protection"),
        ("the lawful rights and interests of foreign IP owners", "foreign-rights-holders"),
        ("forced transfer of technology", "forced-technology-transfer"),
        ("voluntary technology transfer", "technology-transfer"),
        ("a sound environment for innovation", "innovation"),
        ("counterfeit trade-mark goods", "counterfeiting-and-piracy"),
        ("bad faith trademark applications", "bad-faith-trademarks"),
        ("standard essential patents", "standard-essential-patents"),
        ("appellations of origin", "geographical-indications"),
        ("neighbouring rights", "related-rights"),
        ("the Patent Prosecution Highway", "work-sharing"),
        ("market access for imported films", "market-access"),
        ("reform and opening up", "opening-up"),
        ("micro, small and medium-sized enterprises", "smes"),
        ("nationals of other Members", "foreign-rights-holders"),
    ],
)
def test_longest_phrase_wins(phrase: str, code: str) -> None:
    """A narrower area is told by its longer phrase, not by a word inside it."""
    assert code in areas(phrase)


@pytest.mark.parametrize(
    ("verb", "kind", "direction"),
    [
        ("crack down", "enforcement", "strengthen"),
        ("ratify", "treaty-accession", "introduce"),
        ("prohibit", "prohibition", "abolish"),
        ("fulfil", "implementation", "maintain"),
        ("harmonise", "harmonization", "strengthen"),
        ("train", "capacity-building", "introduce"),
        ("enact", "legislation", "introduce"),
        ("promote", "facilitation", "strengthen"),
    ],
)
def test_verbs_tell_type_and_direction(verb: str, kind: str, direction: str) -> None:
    """A verb that names a course of action tells its measure type and its direction."""
    assert lexicon().measure_verbs.codes(verb) == (kind,)
    assert lexicon().direction_verbs.codes(verb) == (direction,)


@pytest.mark.parametrize(
    ("verb", "modality"),
    [
        ("pledge", "commitment"),
        ("undertake", "commitment"),
        ("intend", "intention"),
        ("urge", "recommendation"),
        ("call on", "recommendation"),
        ("hope", "aspiration"),
    ],
)
def test_verbs_of_will_tell_modality(verb: str, modality: str) -> None:
    """A verb of will or appeal tells the modality of what it governs."""
    assert lexicon().modality(verb) == modality


def test_unspecified_has_no_words() -> None:
    """Nothing in a text leads to "unspecified": it is what is left when nothing else is told."""
    for scheme in ("measure-type", "direction"):
        labels = lexicon().vocabulary.concepts[scheme, "unspecified"].labels
        assert {label.role for label in labels} == {"pref"}
