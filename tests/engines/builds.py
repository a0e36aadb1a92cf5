"""Old builds of Chromium as npm packages ship them for servers: a program each, packed by brotli."""

import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import brotli
import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = Path(__file__).parent / "node_modules"
UNPACKED = ROOT / "build" / "engines"
CHUNK = 1 << 20  # bytes


def chromium(version: int) -> Path:
    """Return the program of a Chromium of package.json. Where npm brought none, skip loudly, or fail where CI runs."""
    program = found(version)
    if program is None:
        miss(f"Chromium {version} is not here (make test installs it, by npm): it was NOT tested")
    return program


@cache
def found(version: int) -> Path | None:
    """Return the program of a Chromium of package.json, unpacked once (140 MB, 2 s); None where npm brought none."""
    packed = next((PACKAGES / f"chromium-{version}" / "bin").glob("chromium*.br"), None)
    if packed is None:
        return None
    folder = UNPACKED / f"chromium-{version}"
    if not (folder / "chromium").exists():
        _unpack(packed, folder)
    return folder / "chromium"


def _unpack(packed: Path, folder: Path) -> None:
    """Unpack beside the place and move it there whole: several processes of pytest may want it at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(mkdtemp(dir=folder.parent))
    reader = brotli.Decompressor()
    with packed.open("rb") as source, (new / "chromium").open("wb") as target:
        while part := source.read(CHUNK):
            target.write(reader.process(part))
    (new / "chromium").chmod(0o755)
    try:
        new.rename(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(new)


def miss(what: str) -> None:
    """Skip loudly on a laptop; fail where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
