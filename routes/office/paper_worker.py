"""The process that makes papers: begun when a batch waits and nobody makes it (as routes/office/import_worker.py)."""

import subprocess

from models.printing.paper_batch import is_waiting
from routes.office.import_worker import begin

_begun: list[subprocess.Popen] = []  # by this process; asked now and then, so that none is left as a zombie


def start_if_needed() -> None:
    """Begin a process if a batch waits and this one has not begun a process that still runs."""
    _begun[:] = [process for process in _begun if process.poll() is None]
    if not _begun and is_waiting():
        start()


def start() -> None:
    """Begin a process that makes what waits."""
    _begun.append(begin("make-papers"))
