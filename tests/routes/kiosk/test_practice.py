"""The page to practise on: it can keep nothing and reach nobody, and a tablet has it without network."""

import re

import pytest

from routes.kiosk.built import inputs, needed, needed_later
from routes.kiosk.files import PRACTICE
from routes.office.design_tokens import contrast, values
from routes.web.static import STATIC

# What could keep a fact or send it. None of these is loaded where somebody practises.
KEEPERS = re.compile(
    r"static/js/(?:log/(?:outbox|store|channel)\.js|kiosk/(?:enrolment|kiosk|opening|lock|updates)\.js"
    r"|(?:sync|mirror|rescue|sw|vendor/idb))"
)
REACHING = re.compile(
    r"\bindexedDB\b|\bfetch\(|\bcaches\b|sendBeacon|XMLHttpRequest|WebSocket|EventSource|BroadcastChannel|serviceWorker"
    r"|\bdocument\.cookie\b|sessionStorage"
)
# Which camera, how loud: no data of anybody.
OF_THE_DEVICE = {"static/js/scan/camera.js", "static/js/scan/lens.js", "static/js/kiosk/sounds.js"}


@pytest.fixture
def page(client) -> object:
    return client.get("/kiosk/practice?lang=zh")


def test_nothing_that_could_keep_or_send_a_fact_is_loaded():
    loaded = inputs((*needed(PRACTICE), *needed_later(PRACTICE)))

    assert "static/js/practice/booth.js" in loaded
    assert KEEPERS.match("static/js/log/outbox.js") and not [path for path in loaded if KEEPERS.match(path)]
    for path in loaded:
        source = (STATIC.parent / path).read_text(encoding="utf-8")
        if not path.startswith("static/js/vendor/"):
            assert not REACHING.search(source), path
            assert "localStorage" not in source or path in OF_THE_DEVICE, path


def test_the_page_itself_may_ask_no_server(page):
    rules = page.headers["Content-Security-Policy"].split("; ")

    assert page.status_code == 200
    assert "connect-src 'none'" in rules and "default-src 'self'" in rules
    assert not re.search(r"<script(?![^>]*\bsrc=)|<[^>]+\s(style|onclick|onload)=|<style", page.text)


@pytest.mark.parametrize(("lang", "word"), [("zh", "练习"), ("en", "Practice")])
def test_it_says_what_it_is_and_is_left_with_one_tap(client, lang, word):
    text = client.get(f"/kiosk/practice?lang={lang}").text
    bar = text.split('id="practice-bar"')[1].split("</header>")[0]

    assert f"<strong>{word}</strong>" in bar
    assert '<a class="button button-large" id="practice-leave" href="/kiosk"' in bar


def test_it_is_kept_for_days_without_network_and_costs_the_start_nothing(client, page):
    worker = client.get("/kiosk/worker.js?language=zh").text
    settings = worker.split("kioskWorker.start(self, ")[1]
    first, later = settings.split('"later"')
    loaded = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)

    for address in [*loaded, "/kiosk/practice?lang=zh", "/kiosk/practice?lang=en"]:
        assert f'"{address}"' in settings, address
    assert "practice" not in first and "practice.css" in later


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_reads_at_seven_to_one_on_the_other_ground(theme):
    sheet = (STATIC / "css/practice.css").read_text(encoding="utf-8")
    grounds = dict(zip(("light", "dark"), re.findall(r"--paper: (#[0-9a-f]{6})", sheet), strict=True))
    texts = ("ink", "ink-soft", "accent", "new", "again", "attention", "unsent", "sent", "confirmed")

    assert grounds[theme] != values(theme)["paper"]
    assert not [text for text in texts if contrast(values(theme)[text], grounds[theme]) < 7]
