"""B15: 1,000 paper passes from route to printer, against ``qrcode`` drawing them by default."""

import os
import shutil
import sys
import tempfile
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import qrcode
from qrcode.image.svg import SvgPathImage

from bench.measure import medians, ms
from bench.report import Figure
from bench.server import Server, serving
from bench.world import PASSWORD, World, build
from models.base.database import db, writing
from models.market.market_day import MarketDay
from models.market.organiser import Organiser
from models.people.candidate_pass import PassRange

SERVER_S, PRINT_S = 0.3, 3.0
SAMPLE = 10  # the baseline draws a tenth of the codes and is scaled up
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


def run(small: bool = False) -> list[Figure]:
    """Fetch the sheets from a running server beside the baseline, then print them with Chromium."""
    count, rounds = (20, 1) if small else (1_000, 5)
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        path, numbers = _reserved(world, count)
        with serving(world.url) as server:
            headers = {"Cookie": _session(server)}
            _fetch(server, path, headers)  # templates are compiled once a process
            ours, tenth = medians(
                rounds,
                lambda: _fetch(server, path, headers),
                lambda: _by_default(numbers[::SAMPLE]),
            )
            printed = _print(f"http://127.0.0.1:{server.port}{path}", headers)
    baseline = tenth * SAMPLE
    figure = f"{ms(ours)} (qrcode {ms(baseline)})"
    share = f"{ours / baseline:.1%} of qrcode's own drawing"
    figures = [Figure("B15", f"{count:,} passes, the answer", figure, share, ours <= SERVER_S)]
    if printed is not None:
        what = f"{count:,} passes, Chromium's PDF"
        figures.append(
            Figure(
                "B15", what, ms(printed), f"{printed / ours:.1f} × the answer", printed <= PRINT_S
            )
        )
    return figures


def _reserved(world: World, count: int) -> tuple[str, list[str]]:
    """Return (the sheets' path, their numbers), and let an organiser sign in who may read them."""
    with db.connection_context(), writing():
        day = MarketDay.get_by_id(world.day)
        span = PassRange.reserve(day, count)
        Organiser.enlist(day.county, "bench", PASSWORD)
        return f"/organiser/market-days/{day.id}/passes/{span.id}", span.numbers()


def _session(server: Server) -> str:
    """Sign in, and return the session's cookie."""
    connection = server.connection()
    form = urlencode({"login": "bench", "password": PASSWORD})
    connection.request("POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded"})
    cookies = SimpleCookie()
    for cookie in connection.getresponse().headers.get_all("Set-Cookie"):
        cookies.load(cookie)
    return "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())


def _fetch(server: Server, path: str, headers: dict[str, str]) -> None:
    connection = server.connection()
    connection.request("GET", path, headers=headers | {"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")


def _by_default(numbers: list[str]) -> None:
    for number in numbers:
        link = f"http://127.0.0.1:8000/p/{number}"
        qrcode.make(link, image_factory=SvgPathImage).to_string()


def _print(url: str, headers: dict[str, str]) -> float | None:
    """Return the seconds Chromium takes for the PDF of a loaded page; None without Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        print("B15: without Chromium nothing was printed", file=sys.stderr)
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_context(extra_http_headers=headers).new_page()
        page.goto(url)
        start = time.perf_counter()
        page.pdf(prefer_css_page_size=True, print_background=True)
        seconds = time.perf_counter() - start
        browser.close()
    return seconds
