"""The settings for Apache, run by a local one: IRIs lead to pages, files have their types."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from described import METADATA, Described, describe
from tests.apache import program, serving

from comity import KnowledgeGraph
from comity.identifiers import digest
from comity.publish.hosting import NODES
from comity.publish.release import make_release

CODING = f"activity-{digest('hand/1')}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FOLDERS = ("/data/2026.11/", "/elsewhere/")
"""Where the same folder is served: below the root of documents, and by an alias."""
CONFIG = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {room}/apache.pid
ErrorLog {room}/error.log
TypesConfig /dev/null
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule alias_module {modules}/mod_alias.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule negotiation_module {modules}/mod_negotiation.so
LoadModule rewrite_module {modules}/mod_rewrite.so
AddEncoding x-gzip .gz
DocumentRoot {room}/root
Alias /elsewhere {room}/root/data/2026.11
<Directory {room}/root>
    AllowOverride FileInfo Indexes Options=MultiViews
    Options FollowSymLinks
    Require all granted
</Directory>
"""


@pytest.fixture(scope="module")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release of the hand-coded corpus."""
    release = make_release("2026.11", graph.namespaces, url="https://example.org/ip/2026.11/")
    return describe(graph, release, tmp_path_factory.mktemp("hosting") / "room")


@pytest.mark.parametrize("name", METADATA)
def test_every_node_of_the_metadata_has_a_rule(written: Described, name: str) -> None:
    """Each kind of node that a file of metadata describes leads to that file, or to another."""
    base = re.escape(written.release.namespaces.base)
    query = "SELECT DISTINCT ?s WHERE { ?s ?p ?o }"
    kinds = {
        found[1]
        for (iri,) in written.ask(query, name)
        if (found := re.fullmatch(rf"{base}([a-z]+)-2026\.11(?:-.+)?", iri))
    }
    assert kinds <= {kind for each in NODES.values() for kind in each}
    assert set(NODES[name.removesuffix(".ttl")]) & kinds


def test_no_kind_is_in_two_files() -> None:
    """A kind of node has one file that describes it."""
    kinds = [kind for each in NODES.values() for kind in each]
    assert len(kinds) == len(set(kinds))


@pytest.fixture(scope="module")
def apache(written: Described, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an Apache that serves the release, twice."""
    program()
    room = tmp_path_factory.mktemp("apache")
    shutil.copytree(written.folder, room / "root" / "data" / "2026.11")
    for folder in (room, *room.parents):
        if folder.stat().st_uid == room.stat().st_uid and folder.is_relative_to("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)
    with serving(room, CONFIG) as port:
        yield port


def ask(port: int, path: str, accept: str | None = None) -> tuple[int, str, dict[str, str], str]:
    """Status, path that it leads to, headers, and content."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept": accept} if accept else {})
        answer = connection.getresponse()
        headers = {key.lower(): value for key, value in answer.getheaders()}
        target = re.sub(r"^http://[^/]+", "", headers.get("location", ""))
        return answer.status, target, headers, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def names(written: Described) -> dict[str, str]:
    """Names of the data, with the page that each leads to."""
    statement = next(iter(written.content.statements())).id
    key = statement.removeprefix("statement-")
    document = next(iter(written.content.documents())).id
    return {
        f"id/{statement}": f"site/id/{statement}",
        statement: f"site/id/{statement}",
        f"id/evidence-{key}": f"site/id/{statement}",
        f"id/position-{key}": f"site/id/{statement}",
        f"id/quote-{key}": f"site/id/{statement}",
        f"id/mention-{key}-02": f"site/id/{statement}",
        f"id/{document}": f"site/id/{document}",
        f"id/graph-{document.removeprefix('document-')}": f"site/id/{document}",
        f"id/{CODING}": f"site/id/{CODING}",
        "actor/CHN": "site/actor/CHN",
        "area/trade-secrets": "site/area/trade-secrets",
    }


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_name_leads_to_its_page(apache: int, written: Described, folder: str) -> None:
    """303 See Other, wherever the folder lies, for things and for the parts of statements."""
    for name, page in names(written).items():
        status, target, headers, _ = ask(apache, folder + name, BROWSER)
        assert (status, target) == (303, folder + page), name
        assert headers["access-control-allow-origin"] == "*"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("accept", "ending", "media"),
    [
        (BROWSER, "html", "text/html"),
        ("text/turtle", "ttl", "text/turtle"),
        ("application/ld+json", "jsonld", "application/ld+json"),
        (None, "ttl", "text/turtle"),
        ("*/*", "ttl", "text/turtle"),
        ("text/turtle;q=0.3, application/ld+json;q=0.9", "jsonld", "application/ld+json"),
        ("text/html;q=0.2, text/turtle;q=0.9", "ttl", "text/turtle"),
        ("text/html, text/turtle", "ttl", "text/turtle"),
        ("application/xhtml+xml, text/html;q=0.9, text/turtle;q=0.1", "html", "text/html"),
    ],
)
def test_a_page_comes_as_the_client_likes_it(
    apache: int, accept: str | None, ending: str, media: str
) -> None:
    """Weights are compared; caches are told what was compared; `qs` is no client's business."""
    status, _, headers, body = ask(apache, f"{FOLDERS[0]}site/actor/CHN", accept)
    assert (status, body) == (200, f"{media} of site/actor/CHN.{ending}\n")
    assert headers["content-location"] == f"CHN.{ending}"
    assert "accept" in headers["vary"]
    charset = "" if ending == "jsonld" else "; charset=utf-8"
    assert headers["content-type"] == media + charset


@pytest.mark.slow
def test_a_client_that_likes_none_is_told_so(apache: int) -> None:
    """406, with nothing that was not asked for."""
    assert ask(apache, f"{FOLDERS[0]}site/actor/CHN", "application/rdf+xml")[0] == 406


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    ("name", "page", "data"),
    [
        ("", "site/index.html", "dcat.ttl"),
        ("id/dataset", "site/index.html", "dcat.ttl"),
        ("id/dataset-2026.11", "site/index.html", "dcat.ttl"),
        ("id/catalogue", "site/index.html", "comity-2026.11.ttl"),
        ("id/release-2026.11", "site/index.html", "void.ttl"),
        ("id/distribution-2026.11-edges.ttl", "dcat.ttl", "dcat.ttl"),
        ("id/class-2026.11-comity.Statement", "void.ttl", "void.ttl"),
        ("id/build-2026.11", "prov.ttl", "prov.ttl"),
        ("id/activity-00ff", "prov.ttl", "prov.ttl"),
        ("id/link-00ff", "lineage.ttl", "lineage.ttl"),
        ("id/checksum-2026.11-edges.ttl", "dcat.ttl", "dcat.ttl"),
        ("id/checksum-2026.11-vocabulary", "prov.ttl", "prov.ttl"),
        ("ontology", "ontology/comity.ttl", "ontology/comity.ttl"),
        ("ontology/0.2.0", "ontology/comity.ttl", "ontology/comity.ttl"),
        ("contributors", "ontology/comity.ttl", "ontology/comity.ttl"),
        ("area", "ontology/vocabulary/area.ttl", "ontology/vocabulary/area.ttl"),
        ("area/no-page", "ontology/vocabulary/area.ttl", "ontology/vocabulary/area.ttl"),
        ("modality/commitment", *["ontology/vocabulary/modality.ttl"] * 2),
    ],
)
def test_what_has_no_page_leads_to_a_file(
    apache: int, written: Described, folder: str, name: str, page: str, data: str
) -> None:
    """To the metadata or vocabulary that describe it; a browser to a page where there is one."""
    for accept, target in ((BROWSER, page), ("text/turtle", data), (None, data)):
        status, found, _, _ = ask(apache, folder + name, accept)
        assert (status, found) == (303, folder + target)
        assert (written.folder / target).is_file()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["id/statement-00", "id/nothing", "actor/XYZ", "x/y", "id/build"])
def test_other_names_lead_nowhere(apache: int, name: str) -> None:
    """What the release does not hold is not found."""
    assert ask(apache, FOLDERS[0] + name, BROWSER)[0] == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("comity-2026.11.ttl", "text/turtle; charset=utf-8"),
        ("comity-2026.11.nq.gz", "application/gzip"),
        ("comity-2026.11.nt.gz", "application/gzip"),
        ("statements.jsonl", "application/jsonl"),
        ("edges.graphml", "application/graphml+xml"),
        ("ontology/context.jsonld", "application/ld+json"),
        ("ontology/alignment/wikidata.sssom.tsv", "text/tab-separated-values; charset=utf-8"),
        ("linkset.json", "application/linkset+json"),
        ("release.json", "application/json"),
        ("README.md", "text/markdown; charset=utf-8"),
        ("LICENSE", "text/plain; charset=utf-8"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("CITATION.cff", "application/yaml"),
        ("sitemap.xml", "application/xml"),
    ],
)
def test_files_have_their_types(apache: int, name: str, media: str) -> None:
    """The media type and character encoding; what is compressed is not unpacked on the way."""
    status, _, headers, _ = ask(apache, FOLDERS[0] + name)
    assert (status, headers["content-type"]) == (200, media)
    assert "content-encoding" not in headers


@pytest.mark.slow
def test_files_are_found_below_the_base(apache: int) -> None:
    """A release without an address of its own lies, by its IRIs, in a folder below the base."""
    status, target, _, _ = ask(apache, f"{FOLDERS[0]}id/release-2026.11/ontology/comity.ttl")
    assert (status, target) == (302, f"{FOLDERS[0]}ontology/comity.ttl")


@pytest.mark.slow
def test_signposts_are_in_the_headers(apache: int) -> None:
    """The page that people see first, and every file at the top, lead to the link set."""
    link = '<https://example.org/ip/2026.11/linkset.json>; rel="linkset"; '
    for name in ("site/index.html", "dcat.ttl", "comity-2026.11.ttl"):
        headers = ask(apache, FOLDERS[0] + name)[2]
        assert headers["link"] == link + 'type="application/linkset+json"'
    assert "link" not in ask(apache, f"{FOLDERS[0]}site/actor/CHN.html")[2]
