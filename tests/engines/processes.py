"""Which processes a browser left behind: each is started with a home folder of its own, and its children inherit it."""

import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 5  # seconds for a killed process to go


def left_over(home: Path) -> list[str]:
    """Return the commands of the processes that still run with this home folder."""
    until = time.monotonic() + PATIENCE
    while (found := _running(home)) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def _running(home: Path) -> list[str]:
    wanted, found = f"HOME={home}".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return found
