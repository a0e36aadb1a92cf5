"""B8: server time of the phone's vacancy page, against a bare Flask view that renders as many bytes."""

import gzip
import tempfile
import time
from pathlib import Path

from flask import Flask, render_template_string

from app import create_app
from bench.measure import medians, ms
from bench.report import Figure
from bench.world import World, build, connected
from bench.wsgi import caller

TIMES_BARE, KEPT_CPU = 1.5, 0.0002  # and seconds
BARE_TEMPLATE = "<!doctype html><title>{{ title }}</title>{% for row in rows %}<p>{{ row }}</p>{% endfor %}"
PIECE = 80  # bytes that one of the bare view's rows writes
GZIP = {"Accept-Encoding": "gzip"}


def run(small: bool = False) -> list[Figure]:
    """Render the page anew, answer it as it is kept, and render as many bytes in a bare view."""
    rounds = 3 if small else 200
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        app = create_app(DATABASE=world.url, SECRET_KEY="bench", ORIGIN="http://bench.example")
        with connected():
            anew, kept, bare, known = _times(app, world, rounds)
    return [
        Figure("B8", "phone's vacancy page rendered and compressed, CPU", ms(anew),
               f"{anew / bare:.2f} × a bare view of as many bytes ({ms(bare)})",
               anew <= TIMES_BARE * bare),
        Figure("B8", "the same page as it is kept, CPU", ms(kept), f"{kept / bare:.2f} ×", None),
        Figure("B8", "the same, answered 304 to its ETag, CPU", ms(known), f"{known / bare:.2f} ×",
               known <= KEPT_CPU),
    ]  # fmt: skip


def _times(app: Flask, world: World, rounds: int) -> list[float]:
    path = f"/v/{world.stands[0].vacancies[0]}"
    get = caller(app, path, headers=GZIP)
    first = get()
    again = caller(app, path, headers=GZIP | {"If-None-Match": first.headers["ETag"]})
    assert (first.status, again().status) == (200, 304)
    bare = _bare_view(len(gzip.decompress(first.body)))

    def anew() -> None:
        app.extensions.pop("page_cache", None)
        get()

    works = (anew, get, caller(bare, "/", headers=GZIP), again)
    medians(2, *works)
    return medians(rounds, *works, clock=time.process_time)


def _bare_view(size: int) -> Flask:
    """Return an application whose one page is rendered to ``size`` bytes and compressed."""
    app = Flask(__name__)
    rows = [f"{n:0{PIECE - 7}d}" for n in range(size // PIECE)]

    @app.get("/")
    def show() -> tuple[bytes, dict[str, str]]:
        html = render_template_string(BARE_TEMPLATE, title="bare", rows=rows)
        return gzip.compress(html.encode(), 6), {"Content-Encoding": "gzip"}

    return app
