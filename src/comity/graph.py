"""`KnowledgeGraph`: the façade that a script uses.

::

    from comity import KnowledgeGraph

    kg = KnowledgeGraph.build(["speech.txt"], out="kg")     # or KnowledgeGraph.open("kg")
    kg.query("actors-by-area", area="trade-secrets").to_pandas()
    kg.network("actor-area")
    kg.statements()
    kg.to_rdflib()
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from comity import queries
from comity.asking import Asking
from comity.build.graphfolder import GraphFolder
from comity.errors import (
    GraphFolderError,
    MissingExtraError,
    RecordError,
    UsageError,
)
from comity.identifiers import DEFAULT_BASE
from comity.lineage import Link, derive_links
from comity.model import Document, Statement, Vocabulary
from comity.rdf import vocabulary as vocabularies
from comity.rdf.namespaces import Namespaces
from comity.records import document_from_record, read_lines, statement_from_record
from comity.store import Store

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from comity.build.local import BuildReport
    from comity.endpoint import RemoteGraph
    from comity.extract import Extractor
    from comity.networks import Slices
    from comity.pipeline import Progress
    from comity.publish.run import PublishReport, Told


class KnowledgeGraph(Asking):
    """A built graph: its statements, its store, its networks.

    Args:
        folder: A graph folder that holds a complete build. The object stays with the version
            that is current now; the folder keeps it through the next build, not the one after.

    Raises:
        GraphFolderError: When there is none.
    """

    def __init__(self, folder: GraphFolder) -> None:
        super().__init__()
        self.version = folder.current()
        self.path = folder.path
        self.report: BuildReport | None = None

    @classmethod
    def open(cls, path: Path | str) -> KnowledgeGraph:
        """The graph that `comity build` left in a folder.

        Raises:
            GraphFolderError: When there is none.
        """
        return cls(GraphFolder(path))

    @classmethod
    def build(
        cls,
        sources: Sequence[Path | str] | Path | str,
        out: Path | str,
        *,
        vocabulary: Sequence[Path | str] | Path | str = (),
        base_iri: str = DEFAULT_BASE,
        model: str | None = None,
        extractor: str | Extractor | None = None,
        options: Mapping[str, str] | None = None,
        meta: Path | str | None = None,
        encoding: str | None = None,
        corrections: Sequence[Path | str] | Path | str = (),
        workers: int = 1,
        progress: Progress | None = None,
    ) -> KnowledgeGraph:
        """Build a graph from texts; what was set aside stands in `report`.

        Args:
            sources: Files and folders, or one of them.
            out: The graph folder to write to.
            vocabulary: Turtle files with concepts, labels and actors of one's own, or one.
            base_iri: Where data IRIs live.
            model: Short for the option ``model``: for English, the name of a spaCy pipeline.
            extractor: Name of an installed extractor, or one that was made
                (`comity.extract.Extractor`); the one for English when None.
            options: What to tell the extractor that is named.
            meta: A CSV table with metadata of the files.
            encoding: The character encoding of all files, when it is known.
            corrections: Files of corrections that people made, or one (`comity review`).
            workers: How many processes read the texts; the bytes do not depend on it.
            progress: Told how far each step has come.

        Raises:
            ComityError: See `comity.errors`; input that is merely bad is set aside instead.
        """
        from comity.build.local import build

        folder = GraphFolder(out)
        report = build(
            _several(sources),
            folder,
            vocabulary_files=_several(vocabulary),
            base_iri=base_iri,
            model=model,
            extractor=extractor,
            options=options,
            meta=Path(meta) if meta is not None else None,
            encoding=encoding,
            corrections=_several(corrections),
            workers=workers,
            progress=progress,
        )
        graph = cls(folder)
        graph.report = report
        return graph

    @classmethod
    def from_records(
        cls,
        records: Sequence[Path | str] | Path | str,
        texts: Sequence[Path | str] | Path | str,
        out: Path | str,
        *,
        vocabulary: Sequence[Path | str] | Path | str = (),
        base_iri: str = DEFAULT_BASE,
        meta: Path | str | None = None,
        encoding: str | None = None,
        corrections: Sequence[Path | str] | Path | str = (),
        progress: Progress | None = None,
    ) -> KnowledgeGraph:
        """Build a graph from statements that people coded, or other tools made.

        Args:
            records: Files of statement records, tables of codings, or folders of
                ``*.statements.jsonl``; see `comity.build.local.import_records`.
            texts: The texts that were coded, files or folders.
            out: The graph folder to write to.
            vocabulary: As for `build`.
            base_iri: As for `build`.
            meta: As for `build`.
            encoding: As for `build`.
            corrections: As for `build`.
            progress: As for `build`.

        Raises:
            ComityError: See `comity.errors`; a record that does not fit its text is set aside.
        """
        from comity.build.local import import_records

        folder = GraphFolder(out)
        report = import_records(
            _several(records),
            _several(texts),
            folder,
            vocabulary_files=_several(vocabulary),
            base_iri=base_iri,
            meta=Path(meta) if meta is not None else None,
            encoding=encoding,
            corrections=_several(corrections),
            progress=progress,
        )
        graph = cls(folder)
        graph.report = report
        return graph

    @staticmethod
    def connect(url: str, **options: Any) -> RemoteGraph:
        """A graph on a SPARQL 1.1 server, asked with the same calls.

        Args:
            url: The address that SPARQL queries are sent to.
            options: Those of `comity.endpoint.RemoteGraph`.

        Raises:
            UsageError: When the URL is none, or credentials are missing.
        """
        from comity.endpoint import RemoteGraph

        return RemoteGraph(url, **options)

    # -- what it holds -------------------------------------------------------------------

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Versions, inputs, counts and hashes of the build."""
        try:
            loaded = json.loads((self.version / "manifest.json").read_text("utf-8"))
            if not _is_manifest(loaded):
                raise ValueError("a part is missing or of another kind")
            Namespaces(loaded["settings"]["base_iri"])
        except (OSError, ValueError, RecursionError, UsageError) as error:
            raise self._damaged("manifest.json") from error
        return cast(dict[str, Any], loaded)

    @cached_property
    def namespaces(self) -> Namespaces:
        """The namespaces it was built with."""
        return Namespaces(self.manifest["settings"]["base_iri"])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary it was built with: the bundled one, and the user's own files."""
        folder = self.version / "vocabulary"
        return vocabularies.load(sorted(folder.glob("*.ttl")) if folder.is_dir() else ())

    def records(self) -> Iterator[Statement]:
        """The statements, in the order of documents and text."""
        for number, record in self._lines("statements.jsonl"):
            yield statement_from_record(record, where=f"statements.jsonl:{number}")

    def documents(self) -> Iterator[Document]:
        """The documents with their texts."""
        for number, record in self._lines("documents.jsonl"):
            where = f"documents.jsonl:{number}"
            name = f"texts/{document_from_record(record, where=where).sha256}.txt"
            try:
                text = (self.version / name).read_bytes().decode()
            except (OSError, UnicodeDecodeError) as error:
                raise self._damaged(name) from error
            yield document_from_record(record, text, where=where)

    def lineage(self) -> tuple[Link, ...]:
        """Which statements follow on earlier ones, by the rules of `comity.lineage`, sorted."""
        return derive_links(self.records(), self.documents(), self.vocabulary)

    def _lines(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The records of a file of this version, with their line numbers."""
        try:
            for number, record in read_lines(self.version / name):
                if isinstance(record, RecordError):
                    raise record
                yield number, record
        except OSError as error:
            raise self._damaged(name) from error

    def _damaged(self, name: str) -> GraphFolderError:
        return GraphFolderError(f"{name} cannot be read", where=str(self.path), hint="build again")

    # -- asking --------------------------------------------------------------------------

    @cached_property
    def store(self) -> Store:
        """The embedded SPARQL store, opened to read."""
        return Store.open(self.version / "store", self.namespaces)

    def network(self, projection: str, **options: Any) -> nx.Graph[Any]:
        """A networkx graph of actors, measures and areas; see `comity.networks.network`.

        Args:
            projection: One of `comity.networks.PROJECTIONS`.
            options: Those of `comity.networks.network`; `modality`, `areas` and `review` may be
                labels, CURIEs or IRIs too.

        Raises:
            UnknownNameError: When there is no such projection, modality, area or option.
            UsageError: When `since` or `until` is no date, or an option does not fit.
        """
        from comity import networks

        documents = self.documents() if projection == "actor-event" else ()
        named = self._network_options(options, documents)
        return networks.network(self.records(), projection, **named)

    def network_slices(self, projection: str, **options: Any) -> Slices:
        """Networks of windows of time; see `comity.networks.network_slices`.

        Args:
            projection: As for `network`.
            options: Those of `comity.networks.network_slices`, with names as for `network`.

        Raises:
            ComityError: As for `network`, and where there are too many windows.
        """
        from comity import networks

        documents = self.documents() if projection == "actor-event" else ()
        named = self._network_options(options, documents)
        return networks.network_slices(self.records(), projection, **named)

    def event_list(self, **filters: Any) -> list[dict[str, Any]]:
        """One row a statement, in the order of dates; see `comity.networks.event_list`.

        Args:
            filters: Those of `comity.networks.event_list`, with names as for `network`.

        Raises:
            ComityError: As for `network`.
        """
        from comity import networks

        named = self._network_options(filters, self.documents())
        return networks.event_list(self.records(), **named)

    def _network_options(
        self, options: dict[str, Any], documents: Iterable[Document]
    ) -> dict[str, Any]:
        """Options with names as codes, and what every network needs."""
        from comity import networks

        found = dict(options)
        for name, scheme in (
            ("modality", "modality"),
            ("areas", "area"),
            ("review", "review-status"),
        ):
            words = networks.several(found.get(name))
            if words is not None:
                found[name] = [self._code(scheme, word) for word in words]
        known = {"vocabulary": self.vocabulary, "namespaces": self.namespaces}
        return {**known, "documents": documents, **found}

    def _code(self, scheme: str, word: str) -> str:
        """The code of a concept that a user calls by code, label, CURIE or IRI."""
        parameter = queries.Parameter(scheme, scheme)
        iri = queries.resolve(parameter, word, self.vocabulary, self.namespaces)
        concepts = self.vocabulary.scheme(scheme)
        return next(code for code, concept in concepts.items() if concept.iri == iri.value)

    def statements(self) -> pd.DataFrame:
        """A data frame with one row a statement.

        Raises:
            MissingExtraError: When pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError(
                "data frames need pandas", hint="pip install 'comity[dataframe]'"
            ) from error
        rows = [_row(statement) for statement in self.records()]
        return pd.DataFrame(rows, columns=list(_row(Statement("", "", 0, 1, ""))))

    def publish(
        self,
        out: Path | str,
        release: str,
        *,
        about: Path | str | Mapping[str, object] | None = None,
        issued: str | None = None,
        url: str | None = None,
        quotes: str = "full",
        previous: Path | str | None = None,
        withdrawn: Path | str | None = None,
        site: bool = True,
        progress: Told | None = None,
    ) -> PublishReport:
        """Write a release of the graph; see `comity.publish`.

        Args:
            out: The folder of the release.
            release: Its name, such as ``2026.11``.
            about: A TOML file, or a mapping, with the keys of `comity.publish.release.About`.
            issued: Date of issue; else that of SOURCE_DATE_EPOCH, else what the name says.
            url: Where the folder will be served; ends in a slash.
            quotes: How much of a passage is published: ``full``, ``short`` or ``none``.
            previous: The folder of the release before.
            withdrawn: A CSV file: iri, reason and replaced_by of what is withdrawn.
            site: Whether pages are written.
            progress: Told which step begins.

        Raises:
            UsageError: When an argument cannot be used.
            InputError: When `out` holds other things than a release, or cannot be written to.
            ComityError: When an IRI of the release before would vanish.
        """
        from comity.publish.run import Wishes, publish

        wishes = Wishes(
            release,
            about=about if about is None or isinstance(about, Mapping) else Path(about),
            issued=issued,
            url=url,
            quotes=quotes,
            previous=None if previous is None else Path(previous),
            withdrawn=None if withdrawn is None else Path(withdrawn),
            site=site,
        )
        return publish(self, Path(out), wishes, progress)

    def to_rdflib(self) -> rdflib.Dataset:
        """The whole graph as an rdflib Dataset, one named graph a document."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        try:
            with gzip.open(self.version / "graph.nq.gz", "rb") as quads:
                content = quads.read()
        except (OSError, EOFError) as error:
            raise self._damaged("graph.nq.gz") from error
        dataset.parse(content, format="nquads")
        for prefix, namespace in self.namespaces.prefixes().items():
            dataset.bind(prefix, namespace)
        return dataset


def _is_manifest(value: object) -> bool:
    """Whether a JSON value has the parts of a manifest that are relied upon."""
    kinds = {"settings": str, "counts": int, "files": str}
    parts = [value.get(name) for name in kinds] if isinstance(value, dict) else [None]
    if not all(isinstance(part, dict) for part in parts):
        return False
    settings, counts, files = cast(list[dict[str, Any]], parts)
    return (
        isinstance(settings.get("base_iri"), str)
        and {"statements", "quads"} <= set(counts)
        and all(isinstance(count, int) for count in counts.values())
        and all(isinstance(sha256, str) for sha256 in files.values())
    )


def _several(paths: Sequence[Path | str] | Path | str) -> list[Path]:
    """Paths as a list, where one may stand alone."""
    return [Path(p) for p in ([paths] if isinstance(paths, Path | str) else paths)]


def _row(statement: Statement) -> dict[str, Any]:
    """A statement as a flat row: ids joined by a space, so that it fits a table."""
    speaker = statement.speaker
    return {
        "id": statement.id,
        "document": statement.document,
        "date": statement.date,
        "actors": " ".join(m.id for m in statement.actors if m.id),
        "actor_names": "; ".join(m.text for m in statement.actors),
        "speaker": speaker.id if speaker is not None else None,
        "modality": statement.modality,
        "negated": statement.negated,
        "measure_type": statement.measure_type,
        "direction": statement.direction,
        "areas": " ".join(statement.areas),
        "action": statement.action,
        "object": statement.object,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "event": statement.event,
        "place": statement.place,
        "confidence": statement.confidence,
        "extractor": statement.extractor,
        "review": statement.review,
    }
