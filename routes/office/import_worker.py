"""The import worker: a process of its own that goes on with spreadsheets, begun when one waits and nobody does.

It lives as long as there is something to do. When it dies, or the server is started anew, the page of the import or
the next one that is taken in begins another, which goes on from what is stored (models/imports/import_run.py).
"""

import os
import subprocess
import sys
from pathlib import Path

from flask import current_app

from models.imports.sheet_import import is_waiting

ROOT = Path(__file__).parents[2]
_begun: list[subprocess.Popen] = []  # by this process; asked now and then, so that none is left as a zombie


def start_if_needed() -> None:
    """Begin a process if an import waits and this one has not begun a process that still runs."""
    _begun[:] = [process for process in _begun if process.poll() is None]
    if not _begun and is_waiting():
        start()


def start() -> None:
    """Begin a process that goes on with what waits. It outlives a restart of this one."""
    _begun.append(begin("import-sheets"))


def begin(command: str) -> subprocess.Popen:
    """Begin one of our commands on this database, in a session of its own."""
    settings = {name: current_app.config[name] for name in ("DATABASE", "SECRET_KEY", "ORIGIN")}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", command], cwd=ROOT, start_new_session=True,
        env=os.environ | {f"GANCHANG_{name}": value for name, value in settings.items()},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
