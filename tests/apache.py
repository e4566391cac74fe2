"""A local Apache, for tests of what its settings do."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MODULES = Path("/usr/lib/apache2/modules")


def program() -> str:
    """The program; the test is skipped where there is none."""
    found = shutil.which("apache2", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if found is None or not MODULES.exists():
        pytest.skip("there is no Apache: install apache2-bin, or run make test as root")
    return found


@contextmanager
def serving(room: Path, config: str) -> Iterator[int]:
    """Runs an Apache and gives its port.

    Args:
        room: Its folder.
        config: Its settings, with places for `port`, `room` and `modules`.
    """
    server = program()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    file = room / "httpd.conf"
    file.write_text(config.format(port=port, room=room, modules=MODULES), encoding="utf-8")
    process = subprocess.Popen([server, "-f", str(file), "-DFOREGROUND"])
    try:
        _await(port, process, room / "error.log")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        assert process.poll() is None, log.read_text() if log.exists() else "Apache ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Apache does not answer")
