"""LIGHTHOUSE: the phone's pages by Lighthouse's own rules and throttling, a mark of 100 in each category."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from app import create_app
from bench import chromium
from bench.report import Figure
from bench.server import serving
from bench.world import connected
from bench.wsgi import caller
from models import demo
from models import schema as models
from models.base.database import connect_database, migrate, writing

CLI = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
CODE, LEAST, VISITS = "LIGHTHOUSE", 95, 3
FLAGS = "--headless=new --no-sandbox --disable-gpu"
PATIENCE = 180  # seconds for one page


@dataclass(frozen=True)
class Visit:
    """A page: what it is, where, and the cookie of a phone that is known."""

    name: str
    path: str
    cookie: str = ""


def run(small: bool = False) -> list[Figure]:
    """Let Lighthouse visit every kind of phone page of the demo."""
    if not (CLI.exists() and _node() and chromium.find()):
        return [Figure(CODE, "phone pages", "not measured: no Lighthouse or no Chromium", "–", None)]
    visits_each = 1 if small else VISITS
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'lighthouse.db'}"
        visits = _lay(url)
        with serving(url) as server:
            return [_marks(visit, server.port, visits_each) for visit in visits[: 1 if small else None]]


def _lay(url: str) -> list[Visit]:
    """Load the demo, register a phone, and return what there is to visit."""
    connect_database(url)
    with connected():
        migrate()
        with writing():
            demo.load(date.today())
        day = models.MarketDay.select().order_by(models.MarketDay.date.desc()).first()
        booth = day.booths.first()
        vacancy = f"/v/{booth.offers.first().vacancy.number}"
        card = models.PassRange.select().first().numbers()[0]
        mine, cookie = _register(create_app(DATABASE=url, SECRET_KEY="bench"), vacancy)
    return [
        Visit("vacancy, with its form", vacancy),
        Visit("board of a market day", f"/m/{day.id}"),
        Visit("booth", f"/b/{booth.id}"),
        Visit("number to type", "/v"),
        Visit("paper pass", f"/p/{card}"),
        Visit("own page with the pass", mine, cookie),
        Visit("vacancy, for a known phone", vacancy, cookie),
    ]


def _register(app: object, vacancy: str) -> tuple[str, str]:
    """Register a phone as the form does. Returns the path of its own page and its cookie."""
    form = {"registration": str(uuid4()), "name": "陈秀英", "phone": "", "birth_year": "1975",
            "trades": "sewing", "consent": "yes"}  # fmt: skip
    answer = caller(app, vacancy, method="POST", data=form)()
    return re.search(r"/me/.*", answer.headers["Location"])[0], answer.cookies


def _marks(visit: Visit, port: int, times: int) -> Figure:
    """Return the marks of the visit whose performance is the median one."""
    reports = [_report(f"http://127.0.0.1:{port}{visit.path}", visit.cookie) for _ in range(times)]
    report = sorted(reports, key=lambda report: report["categories"]["performance"]["score"])[times // 2]
    marks = {name: round(100 * (category["score"] or 0)) for name, category in report["categories"].items()}
    audits = report["audits"]
    seen = [f"{word} {audits[audit]['displayValue']}" for word, audit in
            (("painted", "largest-contentful-paint"), ("blocked", "total-blocking-time"))]  # fmt: skip
    figure = ", ".join(f"{name} {mark}" for name, mark in marks.items())
    return Figure(CODE, visit.name, figure, ", ".join(seen), min(marks.values()) >= LEAST)


def _report(url: str, cookie: str) -> dict:
    headers = {"Accept-Language": "zh-CN"} | ({"Cookie": cookie} if cookie else {})
    done = subprocess.run(
        [_node(), CLI, url, "--output=json", "--quiet", "--no-enable-error-reporting",
         f"--extra-headers={json.dumps(headers)}", f"--chrome-flags={FLAGS}"],
        env=os.environ | {"CHROME_PATH": chromium.find()}, capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    report = json.loads(done.stdout)
    if error := report.get("runtimeError"):
        raise RuntimeError(error["message"])
    return report


def _node() -> str | None:
    """Return the node that came with the test packages, or another."""
    return shutil.which("node", path=Path(sys.executable).parent) or shutil.which("node")
