"""Apache Jena in a process of its own: files counted, queries answered.

Reads a JSON object on stdin with ``jars`` (the class path), ``files`` (paths to read), ``data``
(the path to ask) and ``queries`` (SPARQL). Writes one with ``counts`` (path → graph → triples) and
``answers`` (for each query its rows, as `term` has
them). A warning of Jena's parsers is an error.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import jpype


def jena(name: str) -> Any:
    """A class of Jena."""
    return jpype.JClass(f"org.apache.jena.{name}")


def read(path: str) -> Any:
    """A file as a data set; any warning, such as one about an IRI or a literal, is an error."""
    strict = jena("riot.system.ErrorHandlerFactory").errorHandlerStrictNoLogging
    parser = jena("riot.RDFParser").create().source(path).checking(True).errorHandler(strict)
    return parser.toDataset()


def counts(dataset: Any) -> dict[str, int]:
    """The triples of each graph; the name of the default graph is empty."""
    found = {"": int(dataset.getDefaultModel().size())}
    for name in dataset.listNames():
        found[str(name)] = int(dataset.getNamedModel(name).size())
    return {name: number for name, number in found.items() if number}


def term(node: Any) -> list[str] | None:
    """A node: an IRI alone, a literal with its language and datatype; nothing where unbound."""
    if node is None:
        return None
    if node.isURIResource():
        return [str(node.getURI())]
    return [str(node.getLexicalForm()), str(node.getLanguage()), str(node.getDatatypeURI())]


def rows(model: Any, query: str) -> list[list[list[str] | None]]:
    """The rows of an answer."""
    with jena("query.QueryExecutionFactory").create(query, model) as execution:
        results = execution.execSelect()
        names = list(results.getResultVars())
        found = []
        while results.hasNext():
            row = results.nextSolution()
            found.append([term(row.get(name)) for name in names])
        return found


def main() -> None:
    """Does what stdin asks for."""
    task = json.load(sys.stdin)
    jpype.startJVM(classpath=task["jars"])
    jena("sys.JenaSystem").init()
    asked = read(task["data"]).getUnionModel()
    json.dump(
        {
            "counts": {path: counts(read(path)) for path in task["files"]},
            "answers": [rows(asked, query) for query in task["queries"]],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
