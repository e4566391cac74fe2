"""A difference as RDF Patch and as SPARQL Update, either of which turns the old data into the new.

RDF Patch is that of Apache Jena (https://jena.apache.org/documentation/rdf-patch/): ``D`` and
``A`` lines in one transaction. Its ids are made of the hashes of the data, so that the patches of
one release after the other make a patch log.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from comity.errors import InputError
from comity.publish.difference import Difference

OPERATION = 1000
"""Quads that one operation of an update holds at most: some servers refuse longer ones."""
_HEAD = ("H ", "TX ", "TC ", "PA ", "PD ")
_ESCAPE = re.compile(rb"\\\\([uU])|\\u([0-9A-F]{4})|\\.")


# -- RDF Patch -------------------------------------------------------------------------------


def patch_lines(difference: Difference) -> Iterator[bytes]:
    """The lines of an RDF Patch.

    The headers ``id`` and ``prev`` name the data after and before; ``old-sha256`` and
    ``new-sha256`` are the RDFC-1.0 hashes of both.

    Args:
        difference: What to write.
    """
    old, new = difference.old.sha256, difference.new.sha256
    yield f"H id <{patch_id(new)}> .\n".encode()
    yield f"H prev <{patch_id(old)}> .\n".encode()
    yield f'H old-sha256 "{old}" .\n'.encode()
    yield f'H new-sha256 "{new}" .\n'.encode()
    yield b"TX .\n"
    for letter, path in ((b"D ", difference.removed), (b"A ", difference.added)):
        with path.open("rb") as lines:
            yield from (letter + line for line in lines)
    yield b"TC .\n"


def patch_id(sha256: str) -> str:
    """The id of the patch that leads to data of this hash: equal data have equal ids.

    >>> patch_id("ab" * 32)
    'uuid:bf99eab8-d6e2-5857-9f75-a3c62380d409'
    """
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:sha256:{sha256}')}"


def apply_patch(lines: Iterable[bytes], patch: Path) -> Iterator[bytes]:
    """The lines of a data set after an RDF Patch as `patch_lines` writes it: sorted D, sorted A.

    Args:
        lines: The sorted lines of the data set before.
        patch: The file.

    Raises:
        InputError: if the patch cannot be read, is in no such order, or is not for these data:
            it deletes what is not there, or adds what is there.
    """
    with ExitStack() as stack:
        deleted = _operations(stack, patch, b"D ")
        added = _operations(stack, patch, b"A ")
        gone, fresh = next(deleted, None), next(added, None)
        for line in lines:
            while fresh is not None and fresh < line:
                yield fresh
                fresh = next(added, None)
            if fresh == line:
                raise _unfit("it adds what is there", patch, line)
            if gone is not None and gone < line:
                raise _unfit("it deletes what is not there", patch, gone)
            if gone == line:
                gone = next(deleted, None)
            else:
                yield line
        if gone is not None:
            raise _unfit("it deletes what is not there", patch, gone)
        while fresh is not None:
            yield fresh
            fresh = next(added, None)


def _operations(stack: ExitStack, patch: Path, letter: bytes) -> Iterator[bytes]:
    """The quads of the lines that begin with a letter, which must be in order."""
    before = line = b""
    try:
        source = stack.enter_context(patch.open("rb"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(patch)) from error
    for number, line in enumerate(source, start=1):
        where = f"{patch}, line {number}"
        if line.startswith(letter):
            quad = line[2:]
            if quad <= before or not quad.endswith(b" .\n"):
                raise InputError("the lines of the patch are not sorted", where=where)
            before = quad
            yield quad
        elif not line.decode(errors="replace").startswith(("A ", "D ", *_HEAD)):
            raise InputError("this is no line of an RDF Patch", where=where)
    if line != b"TC .\n":
        raise InputError("the patch is cut off", where=str(patch), hint="its last line is TC .")


def _unfit(what: str, patch: Path, line: bytes) -> InputError:
    return InputError(
        f"the patch is not for these data: {what}",
        where=f"{patch}: {line.decode(errors='replace')[:120].rstrip()}",
        hint="the header old-sha256 names the data that it is for",
    )


# -- SPARQL Update ---------------------------------------------------------------------------


def update_lines(difference: Difference, size: int = OPERATION) -> Iterator[bytes]:
    """The lines of a SPARQL 1.1 Update: what goes, then what comes, `size` quads an operation.

    Between two operations stands a line with a semicolon alone, so that a long update can be
    sent in parts.

    Args:
        difference: What to write.
        size: Quads of an operation.
    """
    first = True
    for verb, path in ((b"DELETE", difference.removed), (b"INSERT", difference.added)):
        with path.open("rb") as lines:
            for block in _blocks(lines, size):
                if not first:
                    yield b";\n"
                first = False
                yield verb + b" DATA {\n"
                for graph, group in groupby(block, key=lambda quad: quad[1]):
                    yield b"GRAPH " + graph + b" {\n"
                    yield from (statement for statement, _ in group)
                    yield b"}\n"
                yield b"}\n"
    if first:
        yield b"# nothing has changed\n"


def operations(path: Path) -> Iterator[str]:
    """The operations of an update that `update_lines` wrote, one by one.

    Raises:
        InputError: if the file cannot be read.
    """
    waiting: list[str] = []
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                if line == ";\n":
                    yield "".join(waiting)
                    waiting = []
                elif not line.startswith("#"):
                    waiting.append(line)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from error
    if waiting:
        yield "".join(waiting)


def _blocks(lines: Iterable[bytes], size: int) -> Iterator[list[tuple[bytes, bytes]]]:
    """Statements with their graphs, some at a time."""
    block: list[tuple[bytes, bytes]] = []
    for line in lines:
        cut = line.rindex(b" <")
        block.append((_spelt(line[:cut]) + b" .\n", line[cut + 1 : -3]))
        if len(block) == size:
            yield block
            block = []
    if block:
        yield block


def _spelt(statement: bytes) -> bytes:
    r"""A statement spelt so that no SPARQL parser misreads it.

    In N-Triples ``\\u0041`` is a backslash and five letters. Some parsers replace ``\u0041``
    before they look at the backslash before it, so that the letter is written as an escape here;
    and some read up to eight digits after ``\u``, so that escapes have the form with eight.
    """
    return _ESCAPE.sub(_escape, statement) if b"\\" in statement else statement


def _escape(match: re.Match[bytes]) -> bytes:
    letter, digits = match[1], match[2]
    if letter is not None:
        return b"\\\\\\U%08X" % ord(letter)
    return b"\\U0000" + digits if digits is not None else match[0]
