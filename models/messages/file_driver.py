"""The file driver: writes into a folder what would be sent, a line a message, and each line is on the disk.

It is the default, so that nothing is sent by mistake. The files hold numbers: only their owner reads them.
"""

import json
import os
import threading
from pathlib import Path

from models.base.clock import utcnow
from models.messages.driver import SENT, NotTaken, Outcome

SUFFIX = ".jsonl"


class FileDriver:
    """Appends to a file a day, ``2026-02-24.jsonl``: ``{"id", "at", "to", "text"}``."""

    patience = 5.0

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, str(folder)
        self._lock = threading.Lock()

    def send(self, id: str, number: str, text: str) -> Outcome:
        """Write a message down. Raises NotTaken when the folder cannot be written."""
        line = json.dumps({"id": id, "at": utcnow().isoformat(), "to": number, "text": text}, ensure_ascii=False)
        try:
            with self._lock:
                self._append(line)
        except OSError as error:
            raise NotTaken(f"{self.folder}: {error.strerror}") from error
        return Outcome(SENT)

    def ask(self, id: str) -> Outcome | None:
        """Look whether a message was written down."""
        for path in sorted(self.folder.glob(f"*{SUFFIX}"), reverse=True):
            with path.open(encoding="utf-8") as file:
                if any(id in line and line.endswith("}\n") for line in file):
                    return Outcome(SENT)
        return None

    def _append(self, line: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"{utcnow():%Y-%m-%d}{SUFFIX}"
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with open(descriptor, "r+b") as file:
            # A power cut may have left half a line: the next message begins a line of its own.
            torn = file.seek(0, os.SEEK_END) and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n"
            file.write((b"\n" if torn else b"") + line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
