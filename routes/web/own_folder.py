"""Folders in which a start keeps its work for the next: nobody else may write what we would then send or run."""

import os
from contextlib import suppress
from pathlib import Path

BUILD = Path(__file__).parents[2] / "build"
WRITABLE_BY_OTHERS = 0o022


def is_own(folder: Path) -> bool:
    """Make a folder, and say whether nobody but us and root may write into it. Windows has no such modes."""
    with suppress(OSError):
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        found = folder.stat()
    except OSError:
        return False
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid in (0, os.geteuid()) and not found.st_mode & WRITABLE_BY_OTHERS
