"""Prepared kiosks: a browser's profile that the bench of a checkout, this one or an earlier one, enrolled and filled.

Run as a program in a checkout's folder it makes one there: ``prepared.py FOLDER CANDIDATES FACTS``.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 300  # seconds
CARDS = 40


@dataclass(frozen=True)
class Prepared:
    """A kiosk whose server is gone: its browser and profile, its address, passes that nobody has shown to it."""

    program: str
    profile: Path
    address: str
    cards: list[str]


def prepared(folder: Path, program: str, size: tuple[int, int], checkout: Path = ROOT) -> Prepared:
    """Let a checkout prepare a kiosk for ``program`` (a Chromium) with ``size`` (candidates, facts) in its store."""
    folder.mkdir(parents=True)
    settings = {"PYTHONPATH": str(checkout), "CHROMIUM": program}
    command = [sys.executable, __file__, str(folder), *map(str, size)]
    done = subprocess.run(
        command, cwd=checkout, env=os.environ | settings, capture_output=True, text=True, timeout=PATIENCE
    )
    if done.returncode:
        raise RuntimeError(f"{checkout.name}: {done.stderr.strip().splitlines()[-1]}")
    return Prepared(program, folder / "profile", **json.loads((folder / "kiosk.json").read_text()))


def _prepare(folder: Path, size: tuple[int, int]) -> None:
    """Do it with the bench of the checkout that this process runs in."""
    from bench import kiosk
    from bench.server import serving
    from bench.world import build

    kiosk.OFFLINE = "#offline-ready:not([style*=none])"  # an earlier bench did not wait for the worker
    world = build(folder, vacancies=5)
    with serving(world.url) as server:
        kiosk.prepare(folder / "profile", server, world, size)
        found = {"address": f"http://127.0.0.1:{server.port}/kiosk", "cards": kiosk.cards(world, CARDS)}
    (folder / "kiosk.json").write_text(json.dumps(found))


if __name__ == "__main__":
    _prepare(Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3])))
