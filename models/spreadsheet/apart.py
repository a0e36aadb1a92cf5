"""Reading apart: a file is read in a process of its own, which a hostile one may end without harm to this one."""

import json
import resource
import subprocess
import sys
from pathlib import Path

from models.spreadsheet.book import NOT_READ, Row, Sheet, Trouble, read_book

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 20  # of the processor
MOST_MEMORY = 512 * 1024 * 1024  # bytes of addresses
PATIENCE = 60  # seconds on a busy machine


def read_apart(content: bytes) -> list[Sheet]:
    """Return the sheets of a file as ``read_book`` does. Raises Trouble."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "models.spreadsheet.apart"],
            cwd=ROOT, input=content, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Trouble(NOT_READ) from error
    if isinstance(said, str):
        raise Trouble(said)
    return [Sheet(name, [Row(*row) for row in rows], [tuple(one) for one in merged]) for name, rows, merged in said]


def _main() -> None:
    """Read a file from the standard input, and print its sheets or the code of what is wrong, as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        found: object = [[one.name, one.rows, one.merged] for one in read_book(sys.stdin.buffer.read())]
    except Trouble as trouble:
        found = trouble.code
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
