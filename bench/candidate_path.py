"""PATH: a candidate from the poster's code to the pass on a slow phone, at a slow person's pace."""

import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import chromium
from bench.report import Figure
from bench.server import serving
from bench.world import build

CODE, MOST_SECONDS, MOST_FIELDS = "PATH", 60, 4
READING, AIMING, KEY = 10.0, 2.0, 1.0  # seconds: the vacancy, each tap, each key
# What is typed, and by how many keys: a name in pinyin and the choice of its signs.
FIELDS = {"name": ("王师傅", 10), "birth_year": ("1975", 4), "phone": ("13800138000", 11)}
KEYS = sum(keys for _, keys in FIELDS.values())
FORM = "#want [name]:not([type=hidden]):not([name=consent])"


@dataclass
class Hand:
    """One finger, and how long it takes; ``pace`` 0 is a machine's."""

    page: object
    pace: float
    taps: int = 0

    def rest(self, seconds: float) -> None:
        """Wait as a person does."""
        time.sleep(self.pace * seconds)

    def tap(self, target: str) -> None:
        """Aim and tap."""
        self.rest(AIMING)
        self.page.locator(target).first.tap()
        self.taps += 1

    def fill(self, name: str) -> None:
        """Tap a field and type into it."""
        text, keys = FIELDS[name]
        self.tap(f"[name={name}]")
        self.rest(keys * KEY)
        self.page.keyboard.insert_text(text)


def run(small: bool = False) -> list[Figure]:
    """Walk the path once at a person's pace; the page's own share is what is not waited for."""
    what = "poster's code to the pass, 400 kbit/s, 400 ms, 6 × CPU"
    if not chromium.find():
        return [Figure(CODE, what, "not measured: no Chromium", "–", None)]
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        path = f"/v/{world.stands[0].vacancies[0]}"
        with serving(world.url, until=path) as server:
            url = f"http://127.0.0.1:{server.port}{path}"
            seconds, taps, fields, waited = _walk(Path(folder), url, pace=0 if small else 1)
    figure = f"{seconds:.0f} s, {fields} fields, {taps} taps, {KEYS} keys"
    met = seconds <= MOST_SECONDS and fields <= MOST_FIELDS
    return [Figure(CODE, what, figure, f"{seconds - waited:.1f} s of it pages and network", met)]


def _walk(folder: Path, url: str, pace: float) -> tuple[float, int, int, float]:
    """Return the seconds until the pass is painted, the taps, the fields, and the seconds that the person took."""
    with chromium.browsing(folder / "phone", chromium.PHONE, has_touch=True) as context:
        page = context.new_page()
        chromium.slow(page, network=chromium.SLOW_NETWORK)
        hand = Hand(page, pace)
        start = time.monotonic()
        page.goto(url)
        fields = page.locator(FORM).evaluate_all("(all) => new Set(all.map((one) => one.name)).size")
        hand.rest(READING)
        hand.tap("main .button-main")
        for name in FIELDS:
            hand.fill(name)
        hand.tap("[name=consent]")
        hand.tap("#want .button-main")
        page.wait_for_selector(".pass .number")
        assert re.search(r"/me/", page.url)
        seconds = time.monotonic() - start
    return seconds, hand.taps, fields, pace * (READING + hand.taps * AIMING + KEYS * KEY)
