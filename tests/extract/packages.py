"""Packages that offer an extractor, installed into a folder as pip installs them."""

from __future__ import annotations

from pathlib import Path

import pytest

TOY = """\
from tests.extract.toys import Toy, each

def make(lexicon, options):
    options.only("modality")
    return Toy(each(modality=options.get("modality", "commitment")))
"""


def install(
    folder: Path,
    patch: pytest.MonkeyPatch,
    *,
    name: str = "toy",
    package: str = "comity-toy",
    module: str = "comity_toy",
    code: str = TOY,
    factory: str = "make",
) -> None:
    """Put a package with one extractor onto the path, as far as Python can tell."""
    patch.syspath_prepend(str(folder))
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    info = folder / f"{package.replace('-', '_')}-0.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.3\n")
    (info / "entry_points.txt").write_text(f"[comity.extractors]\n{name} = {module}:{factory}\n")
