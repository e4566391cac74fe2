"""How Sphinx builds the documentation: `make docs`. The reference is made from the ontology."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from comity.model import SCHEMES  # noqa: E402
from comity.version import __version__  # noqa: E402

project = "Comity"
author = "The Comity developers"
copyright = "2026, The Comity developers"
release = version = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["made"]
html_theme = "furo"
html_title = f"Comity {__version__}"
html_copy_source = False
html_show_sphinx = False
nitpicky = True
smartquotes = False
# Pages link to files of the repository that are no pages.
# The highlighter knows no alternatives in SPARQL paths.
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]


def make_reference(_app: object) -> None:
    """Write the pages and pictures that are made from ontology, shapes, queries and examples."""
    from made import diagrams, questions, terms, vocabularies

    folder = HERE / "reference"
    folder.mkdir(exist_ok=True)
    root = HERE.parent
    made = {
        "ontology.md": terms.page(),
        "actors.md": vocabularies.actors_page(),
        "shapes.md": terms.shapes_page(sorted((root / "shapes").glob("*.ttl"))),
        **questions.pages(),
        "changes.md": (root / "ontology" / "CHANGELOG.md").read_text(encoding="utf-8"),
        "model.svg": diagrams.model(),
        "statement.svg": diagrams.statement(),
        **{f"vocabulary-{name}.md": vocabularies.page(name) for name in SCHEMES},
    }
    for name, text in made.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


def make_files(app: Any, problem: Exception | None) -> None:
    """Write the ontology, vocabularies, alignments and shapes beside the pages, as RDF."""
    from made import files

    if problem is None:
        files.write(Path(app.outdir))


def setup(app: Any) -> None:
    """Let Sphinx make the reference before it looks for pages, and the files after them."""
    app.connect("builder-inited", make_reference)
    app.connect("build-finished", make_files)
