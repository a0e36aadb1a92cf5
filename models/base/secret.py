"""Random secrets, of which only a digest is kept."""

import hashlib


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret, the only form in which we keep it."""
    return hashlib.sha256(secret.encode()).hexdigest()
