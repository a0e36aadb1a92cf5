"""Attempts: how often a secret may be guessed, or a form sent, from one place before it has to wait.

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
    """Tries of one kind (``what``) by key: so many (``tries``) are allowed within the window of so many ``seconds``.

    Each application counts anew.
    """

    def __init__(self, what: str, tries: int, seconds: int = WINDOW_SECONDS) -> None:
        self._what, self._tries, self._seconds = what, tries, seconds

    def are_spent(self, key: str) -> bool:
        """Say whether no further try is allowed now."""
        return not _limiter().test(self._limit(), self._what, key)

    def add(self, key: str) -> None:
        """Count a try: one that failed, where a secret is guessed."""
        _limiter().hit(self._limit(), self._what, key)

    def _limit(self) -> "RateLimitItem":
        from limits import RateLimitItemPerSecond

        return RateLimitItemPerSecond(self._tries, self._seconds)


def _limiter() -> "MovingWindowRateLimiter":
    """Return the application's limiter, made at the first sign-in or enrolment: its import takes 27 ms and 1 MB."""
    if "attempts" not in current_app.extensions:
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        current_app.extensions.setdefault("attempts", MovingWindowRateLimiter(MemoryStorage()))
    return current_app.extensions["attempts"]
