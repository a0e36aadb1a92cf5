"""What ``make bundle`` made for the tablet's browser, in ``static/built``: which scripts there are and what each needs.

``files.json``, written by bundle/index.js, holds ``{"sources": digest, "scripts": {file: {"entry", "imports", "lazy",
"inputs"}}}``. Scripts are named by their paths below ``static/built``, sources (``entry``, ``inputs``) below the root.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from click import ClickException
from flask import Flask

from routes.web.static import STATIC

ROOT = STATIC.parent
LIST = STATIC / "built" / "files.json"
FOLDERS = ("bundle", "static/css", "static/js")
FILES = ("models/matching/rules.json", "package-lock.json")


class NotBundled(ClickException):
    """The tablet's files are not there, or were made from other sources than those that are here."""


@cache
def check() -> None:
    """Raise NotBundled unless the built files were made from the present sources."""
    if not LIST.exists():
        raise NotBundled("The tablet's pages are not bundled yet: run `make bundle`.")
    if _list()["sources"] != digest_of_sources(ROOT):
        raise NotBundled("The tablet's pages were bundled from other sources than these: run `make bundle`.")


def digest_of_sources(root: Path) -> str:
    """Return the SHA-256, as hex, of every file that has a say in what is built; bundle/sources.js reckons the same."""
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()]
    names = sorted(path.relative_to(root).as_posix() for path in (*found, *(root / file for file in FILES)))
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes())
    return digest.hexdigest()


def needed(entry: str) -> tuple[str, ...]:
    """Return the scripts that ``entry`` loads at once, itself first, each once."""
    return _reached((entry,), ("imports",))


def needed_later(entry: str) -> tuple[str, ...]:
    """Return the scripts that ``entry`` loads only when they are wanted, and theirs."""
    at_once = needed(entry)
    return tuple(script for script in _reached((entry,), ("imports", "lazy")) if script not in at_once)


def needed_with(source: str, entry: str) -> tuple[str, ...]:
    """Return the scripts that a lazily imported module brings to a page that has loaded ``entry``."""
    own = next(name for name, script in _list()["scripts"].items() if script["entry"] == source)
    return tuple(script for script in needed(own) if script not in needed(entry))


def inputs(scripts: tuple[str, ...]) -> list[str]:
    """Return the sources that these scripts were made from, as paths below the repository."""
    return sorted({source for script in scripts for source in _list()["scripts"][script]["inputs"]})


def script(name: str) -> str:
    """Return the text of a built script."""
    return (LIST.parent / name).read_text(encoding="utf-8")


@cache
def _reached(start: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    scripts, waiting = _list()["scripts"], list(start)
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting.extend(other for kind in kinds for other in scripts[name][kind])
    return tuple(found)


@cache
def _list() -> dict:
    return json.loads(LIST.read_text(encoding="utf-8"))


def init_app(app: Flask) -> None:
    """Refuse to begin without the built files."""
    check()
