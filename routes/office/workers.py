"""Workers: processes of their own for what takes long, begun when something waits and nobody works on it.

A worker lives as long as there is something to do. When it dies, or the server is started anew, the page of what waits
or the next thing that is asked for begins another, which goes on from what is stored.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from flask import current_app

from models.imports import sheet_import
from models.printing import paper_batch

ROOT = Path(__file__).parents[2]


class Worker:
    """One of our commands, and those of its processes that this process began."""

    def __init__(self, command: str, is_waiting: Callable[[], bool]) -> None:
        self._command, self._is_waiting = command, is_waiting
        self._begun: list[subprocess.Popen] = []  # asked now and then, so that none is left as a zombie

    def start_if_needed(self) -> None:
        """Begin a process if something waits and this one has not begun a process that still runs."""
        self._begun[:] = [process for process in self._begun if process.poll() is None]
        if not self._begun and self._is_waiting():
            self.start()

    def start(self) -> None:
        """Begin the command on this database, in a session of its own: it outlives a restart of this process."""
        settings = {name: current_app.config[name] for name in ("DATABASE", "SECRET_KEY", "ORIGIN")}
        self._begun.append(subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "app", self._command], cwd=ROOT, start_new_session=True,
            env=os.environ | {f"GANCHANG_{name}": value for name, value in settings.items()},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        ))  # fmt: skip


imports = Worker("import-sheets", sheet_import.is_waiting)  # models/imports/import_run.py
papers = Worker("make-papers", paper_batch.is_waiting)  # models/printing/batch_run.py
