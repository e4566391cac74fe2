"""The site as Chromium shows it, opened from disk: what scripts do, and that nothing is blocked.

Chromium is run as a command and prints the page when its scripts have run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from lxml import html

from comity import KnowledgeGraph
from comity.publish.prepare import prepare
from comity.publish.release import make_release
from comity.publish.site import write_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]
KINDS = (
    "index.html", "documents.html", "statements.html", "areas.html", "measures.html", "about.html",
    "search.html", "404.html", "actor/CHN.html", "area/patents.html", "modality/commitment.html",
    "statements/2019.html",
)  # fmt: skip

Opened = tuple[html.HtmlElement, str]


@pytest.fixture(scope="module")
def site(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site of the hand-coded corpus."""
    folder = tmp_path_factory.mktemp("browser")
    release = make_release("2026.11", graph.namespaces, url="https://example.org/ip/2026.11/")
    with TemporaryDirectory() as room:
        write_site(prepare(graph, release, Path(room)), folder)
    yield folder / "site"


@pytest.fixture
def open_page(site: Path, tmp_path: Path) -> Callable[[str], Opened]:
    """Opens a page from disk: what is shown in the end, and what Chromium logged."""

    def open_(address: str) -> Opened:
        assert CHROMIUM is not None
        call = [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            "--proxy-server=127.0.0.1:9", "--virtual-time-budget=8000", "--dump-dom",
            f"--user-data-dir={tmp_path / 'profile'}", f"file://{site}/{address}",
        ]  # fmt: skip
        done = subprocess.run(call, capture_output=True, text=True, timeout=120, check=True)
        return html.document_fromstring(done.stdout), done.stderr

    return open_


def complaints(log: str) -> list[str]:
    """What a page logged to its console, and what its policy blocked."""
    return [line for line in log.splitlines() if re.search(r":CONSOLE|Content.Security", line)]


def test_nothing_is_blocked_or_fails(open_page: Callable[[str], Opened], site: Path) -> None:
    """A page of each kind has no message on its console, of its policy or of its script."""
    kinds = [
        *KINDS,
        *(f"id/{next(site.glob(f'id/{k}-*.html')).name}" for k in ("document", "event")),
    ]
    for page in kinds:
        shown, log = open_page(page)
        assert complaints(log) == [], page
        assert shown.find(".//main") is not None


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("q=misappropriat+Trade&actor=CHN", "", 1),
        ("q=商业秘密", "Trade secrets and undisclosed information", 5),
        ("only=trade-secrets&actor=CHN&modality=commitment", "", 1),
        ("q=zzzz", "", 0),
    ],
)
def test_search_works_from_disk(
    open_page: Callable[[str], Opened], query: str, first: str, count: int
) -> None:
    """Words, in any language, and facets find statements with no server; results are links."""
    shown, log = open_page(f"search.html?{query}")
    assert complaints(log) == []
    results = shown.xpath("//ol[@id='results']/li/a")
    assert len(results) == count
    assert all(link.get("href").startswith("id/statement-") for link in results)
    things = shown.xpath("//ul[@id='things']/li/a")
    assert [link.text_content() for link in things[:1]] == [first] * bool(first)
    (status,) = shown.xpath("//*[@id='status']")
    wanted = f"{count} statement" if count else "Nothing was found."
    assert wanted in status.text_content()


def test_what_is_searched_for_stands_in_the_form(open_page: Callable[[str], Opened]) -> None:
    """A facet without a field of its own is named, and can be taken away."""
    shown, _ = open_page(
        "search.html?only=trade-secrets&measure=enforcement.strengthen.trade-secrets"
    )
    chosen = [span.text_content() for span in shown.xpath("//*[@id='chosen']/span")]
    assert len(chosen) == 2
    assert chosen[0].startswith("Target area, without narrower ones: Trade secrets")
    assert chosen[1].startswith("Measure: Strengthen: enforcement")


def test_what_can_be_copied_has_a_button(open_page: Callable[[str], Opened]) -> None:
    """The script sets a button beside the IRI and each citation."""
    shown, _ = open_page("actor/CHN.html")
    buttons = [button.text_content() for button in shown.xpath("//button[@class='copy']")]
    assert buttons == ["Copy the IRI", "Copy as APA", "Copy as BibTeX"]


def test_harm_in_the_address_stays_text(open_page: Callable[[str], Opened]) -> None:
    """What stands in the address of the search page is never markup."""
    shown, log = open_page("search.html?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&only=%22%3E%3Cb%3E")
    assert not shown.xpath("//img")
    assert complaints(log) == []
    assert "<b>" in shown.xpath("string(//*[@id='chosen'])")
