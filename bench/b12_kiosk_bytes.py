"""B12: the kiosk's bytes as they travel: what it opens with, each further screen, and everything that it keeps."""

import json
import re
import tempfile
from pathlib import Path

from app import create_app
from bench.report import Figure
from bench.server import Server, serving
from bench.world import build
from routes.kiosk.files import SCREENS, screen_files

SHELL, SCREEN, ALL = 90 * 1024, 12 * 1024, 650 * 1024  # bytes, compressed
LISTS = re.compile(r"^kioskWorker\.start\(self, (\{.*\})\)$", re.DOTALL | re.MULTILINE)


def run(small: bool = False) -> list[Figure]:
    """Ask for every file on the service worker's two lists, as a browser over HTTPS does."""
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        with create_app(DATABASE=world.url, SECRET_KEY="bench").test_request_context():
            screens = {name: screen_files(name, "zh") for name in SCREENS}
        with serving(world.url) as server:
            lists = json.loads(LISTS.search(_get(server, "/kiosk/worker.js", "identity").decode())[1])
            shell, later = _sizes(server, lists["shell"]), _sizes(server, lists["later"])
            largest, name = max((_sizes(server, files)[0], name) for name, files in screens.items())
    packed, whole = shell[0], shell[0] + later[0]
    plain = shell[1] + later[1]
    return [
        Figure("B12", f"kiosk's shell, {len(lists['shell'])} files, before the large decoder", _kb(packed),
               f"{packed / SHELL:.0%} of {_kb(SHELL)}; unpacked {_kb(shell[1])}", packed <= SHELL),
        Figure("B12", f"the largest of {len(screens)} further screens: {name}", _kb(largest),
               f"{largest / SCREEN:.0%} of {_kb(SCREEN)}", largest <= SCREEN),
        Figure("B12", "everything that the kiosk keeps", _kb(whole),
               f"{whole / ALL:.0%} of {_kb(ALL)}; unpacked {_kb(plain)}", whole <= ALL),
    ]  # fmt: skip


def _sizes(server: Server, addresses: list[str]) -> tuple[int, int]:
    """Return how many bytes travel for these addresses, and how many they are unpacked."""
    packed = sum(len(_get(server, address, "br, gzip")) for address in addresses)
    return packed, sum(len(_get(server, address, "identity")) for address in addresses)


def _get(server: Server, address: str, encoding: str) -> bytes:
    connection = server.connection()
    connection.request("GET", address, headers={"Accept-Encoding": encoding, "Accept-Language": "zh-CN"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    return content


def _kb(size: int) -> str:
    return f"{size / 1024:.1f} KB"
