"""Attempts: how often a secret may be guessed before its guesser has to wait.

Counted by the package ``limits`` in a sliding window, in the memory of the process. Where several processes serve
(``GANCHANG_WORKERS``), each counts for itself: as many times more guesses pass as there are processes.
"""

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.strategies import MovingWindowRateLimiter

WINDOW_SECONDS = 300


class Attempts:
    """Failures of one kind (``what``) by key: ``tries`` are allowed within the window. Each application counts anew."""

    def __init__(self, what: str, tries: int) -> None:
        self._what, self._tries = what, tries

    def are_spent(self, key: str) -> bool:
        """Say whether no further try is allowed now."""
        return not _limiter().test(self._limit(), self._what, key)

    def add(self, key: str) -> None:
        """Count a failure."""
        _limiter().hit(self._limit(), self._what, key)

    def _limit(self) -> "RateLimitItem":
        from limits import RateLimitItemPerSecond

        return RateLimitItemPerSecond(self._tries, WINDOW_SECONDS)


def _limiter() -> "MovingWindowRateLimiter":
    """Return the application's limiter, made at the first sign-in or enrolment: its import takes 27 ms and 1 MB."""
    if "attempts" not in current_app.extensions:
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        current_app.extensions.setdefault("attempts", MovingWindowRateLimiter(MemoryStorage()))
    return current_app.extensions["attempts"]
