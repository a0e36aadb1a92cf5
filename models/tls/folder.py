"""Folder: the names of the files with which the server speaks TLS, and of a trial's authority."""

from pathlib import Path

CERTIFICATE, KEY = "server.pem", "server.key"
AUTHORITY = "authority.pem"  # what tablets install; nobody has its key
ISSUER, ISSUER_KEY = "issuer.pem", "issuer.key"


def certificate_and_key(folder: str) -> tuple[Path, Path] | None:
    """Return the files that ``serve`` speaks TLS with; None for no folder. Raises FileNotFoundError, saying which."""
    if not folder:
        return None
    files = Path(folder, CERTIFICATE), Path(folder, KEY)
    for file in files:
        if not file.exists():
            raise FileNotFoundError(f"GANCHANG_TLS: there is no {file}; `flask --app app authority` makes one")
    return files
