"""The redirects for w3id.org, run by a local Apache: every IRI leads to a file of the site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from test_site import read
from tests.apache import program, serving

from comity.model import SCHEMES
from comity.rdf.vocabulary import load

W3ID = Path(__file__).parents[2] / "ontology" / "w3id"
SITE = "https://example.org/comity/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TYPES = {
    "text/turtle": "ttl",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
}
THINGS = {
    "ontology": ("reference/ontology.html", "ontology"),
    "ontology/0.1.0": ("reference/ontology.html", "ontology-0.1.0"),
    "ontology/0.2.0": ("reference/ontology.html", "ontology-0.2.0"),
    "contributors": ("reference/ontology.html", "ontology"),
    "measure/enforcement.strengthen.border-measures": (
        "reference/ontology.html#Measure",
        "ontology",
    ),
    "actor": ("reference/actors.html", "actor"),
    "actor/CHN": ("reference/actors.html#CHN", "actor"),
    "actor/xi-jinping": ("reference/actors.html#xi-jinping", "actor"),
    "membership/ASEAN.BRN": ("reference/actors.html", "actor"),
    "tenure/daren-tang.director-general": ("reference/actors.html", "actor"),
    "alignment/wikidata": ("alignments.html", "alignment-wikidata"),
    "alignment/eu-authority": ("alignments.html", "alignment-eu-authority"),
    "external/stip/V0391": ("alignments.html", "alignment-stip"),
    "external/plover": ("alignments.html", "alignment-plover"),
    **{scheme: (f"reference/vocabulary-{scheme}.html", scheme) for scheme in SCHEMES},
    **{
        f"{scheme}/{min(load().scheme(scheme))}": (
            f"reference/vocabulary-{scheme}.html#{min(load().scheme(scheme))}",
            scheme,
        )
        for scheme in SCHEMES
    },
}
CONFIG = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {room}/apache.pid
ErrorLog {room}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {room}/root
<Directory {room}/root>
    AllowOverride All
    Options FollowSymLinks
    Require all granted
</Directory>
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an Apache that has the rules in the folder comity/."""
    program()
    room = tmp_path_factory.mktemp("apache")
    room.chmod(0o755)
    shutil.copytree(W3ID, room / "root" / "comity")
    with serving(room, CONFIG) as port:
        yield port


def ask(port: int, name: str, accept: str | None) -> tuple[int, str, dict[str, str]]:
    """Status, target below the site, and headers that an IRI is answered with."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", f"/comity/{name}", headers={"Accept": accept} if accept else {})
        answer = connection.getresponse()
        headers = {key.lower(): value for key, value in answer.getheaders()}
        return answer.status, headers.get("location", "").removeprefix(SITE), headers
    finally:
        connection.close()


def exists(site: Path, target: str) -> bool:
    """Whether the site has the file, and the file the anchor."""
    file, _, anchor = target.partition("#")
    return (site / file).is_file() and (not anchor or anchor in read(site / file).anchors)


@pytest.mark.parametrize("name", THINGS)
def test_a_browser_gets_the_page(apache: int, site: Path, name: str) -> None:
    """A browser is sent to the page, at the place where the thing is described."""
    status, target, headers = ask(apache, name, BROWSER)
    assert (status, target) == (303, THINGS[name][0])
    assert exists(site, target)
    assert "accept" in headers["vary"].lower() and headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize("accept", TYPES)
def test_a_program_gets_the_data(apache: int, site: Path, name: str, accept: str) -> None:
    """A program is sent to the file in the syntax that it asks for."""
    status, target, _ = ask(apache, name, accept)
    assert (status, target) == (303, f"data/{THINGS[name][1]}.{TYPES[accept]}")
    assert exists(site, target)


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (None, "data/area.ttl"),
        ("*/*", "data/area.ttl"),
        ("text/turtle, text/html;q=0.5", "data/area.ttl"),
        ("text/html, text/turtle;q=0.5", "reference/vocabulary-area.html"),
        ("application/ld+json, application/rdf+xml;q=0.8", "data/area.jsonld"),
        ("application/rdf+xml, application/ld+json;q=0.8", "data/area.rdf"),
        ("application/xml, application/n-triples", "data/area.nt"),
    ],
)
def test_the_first_known_type_counts(apache: int, accept: str | None, ending: str) -> None:
    """The first type that is known decides; without one, Turtle is sent."""
    assert ask(apache, "area", accept)[1] == ending


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("", "index.html"),
        ("context", "data/context.jsonld"),
        ("context.jsonld", "data/context.jsonld"),
        ("ontology.ttl", "data/ontology.ttl"),
        ("area.jsonld", "data/area.jsonld"),
        ("actor.rdf", "data/actor.rdf"),
        ("shapes", "data/shapes.ttl"),
        ("shapes/Statement-evidence", "data/shapes.ttl"),
    ],
)
def test_files_have_addresses(apache: int, site: Path, name: str, target: str) -> None:
    """The front page, the context, the shapes, and files by their ending are found."""
    status, found, _ = ask(apache, name, None)
    assert status in (302, 303)
    assert found == target and exists(site, target)


@pytest.mark.parametrize("name", ["nothing", "area/a/b", "ontology/latest", "id/statement-1"])
def test_other_names_lead_nowhere(apache: int, name: str) -> None:
    """What is no IRI of ours is not found."""
    assert ask(apache, name, None)[0] == 404


def test_every_kind_of_iri_has_a_rule(apache: int) -> None:
    """Each namespace that the vocabulary uses below w3id.org/comity/ is redirected."""
    roots = {
        line.split("https://w3id.org/comity/", 1)[1].split("/")[0].split("#")[0].rstrip(">")
        for file in sorted(W3ID.parent.rglob("*.ttl"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("@prefix") and "https://w3id.org/comity/" in line
    }
    assert roots
    for root in roots:
        name = f"{root}/x" if root in {"alignment", "external"} else root
        assert ask(apache, name, None)[0] in (302, 303), root
