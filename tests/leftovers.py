"""No test leaves a process behind: what was started is gone when the session ends, or its last test fails.

A server that outlives its test holds a port, a folder and two hundred megabytes, and nobody knows whose it is. A run
that is told to end (SIGTERM) tears its fixtures down as one that is interrupted by hand does.
"""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 10  # seconds for what was told to end
HELPER = "multiprocessing.resource_tracker"  # Python's own: it ends with the process that started it
_MARK = "PYTEST_SESSION"  # in the environment of all that a session starts; what leaves its parent keeps it


def pytest_configure(config: pytest.Config) -> None:
    """Mark this process, so that what comes from it can be told from other people's."""
    os.environ[_MARK] = f"{os.getpid()}.{time.time_ns()}"
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_running() -> Iterator[None]:
    """Fail for processes that survive the session. Set up before all others, so that they are over by now."""
    yield
    until = time.monotonic() + PATIENCE
    mark = os.environ[_MARK]
    while (left := survivors(mark) or survivors(mark)) and time.monotonic() < until:  # processes may hide from one look
        time.sleep(0.1)
    assert not left, "\n".join(["left running by a test:", *(f"{pid} {command}" for pid, command in left.items())])


def survivors(mark: str) -> dict[int, str]:
    """Return ``{pid: command line}`` of the living processes that inherited a mark. Needs /proc; without it, none."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue  # it ended, or is somebody else's
        if f"{_MARK}={mark}".encode() in environment and command and HELPER not in command:
            found[int(folder.name)] = command[:200]
    return found
