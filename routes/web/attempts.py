"""Attempts: how often somebody may guess a secret before having to wait."""

import threading
import time


class Attempts:
    """Counts failures by key within a window, in this process's memory."""

    def __init__(self, tries: int, window_seconds: int = 300) -> None:
        self._tries, self._window_seconds = tries, window_seconds
        self._failures: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def are_spent(self, key: str) -> bool:
        """Say whether no further try is allowed now."""
        with self._lock:
            return len(self._recent(key)) >= self._tries

    def add(self, key: str) -> None:
        """Note a failure."""
        with self._lock:
            self._failures[key] = [*self._recent(key), time.monotonic()]

    def forget(self) -> None:
        """Start anew, for tests."""
        self._failures.clear()

    def _recent(self, key: str) -> list[float]:
        since = time.monotonic() - self._window_seconds
        recent = [at for at in self._failures.pop(key, ()) if at > since]
        if recent:
            self._failures[key] = recent
        return recent
