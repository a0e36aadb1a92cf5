"""What a tablet loads before it is anybody's: the shell, the worker that keeps it, the manifest, the decoder."""

import hashlib
import json
import re
from urllib.parse import urlsplit

import pytest

from routes.kiosk import files
from routes.kiosk.files import SCREENS, edition, screen_files
from routes.web.static import release

BEFORE_THE_LARGE_DECODER = 90 * 1024  # bytes, compressed
ONE_SCREEN = 12 * 1024
WHOLE = 650 * 1024  # bytes, compressed


@pytest.fixture
def settings(client):
    """Return what the worker was told: release, language, shell, later."""
    script = client.get("/kiosk/worker.js?language=zh").text
    return json.loads(re.search(r"^kioskWorker\.start\(self, (\{.*\})\)$", script, re.DOTALL | re.MULTILINE)[1])


@pytest.mark.parametrize(("lang", "tongue", "words"), [("zh", "zh-CN", "凭证号"), ("en", "en", "Pass number")])
def test_the_shell_is_public_and_speaks_the_tablets_language(client, fair, lang, tongue, words):
    page = client.get(f"/kiosk?lang={lang}")

    assert page.status_code == 200
    assert f'<html lang="{tongue}" data-state="opening"' in page.text
    assert words in page.text


def test_the_shell_is_the_same_for_everybody_and_holds_no_data(client, fair, enrol):
    tablet = enrol(fair.clothing).browser
    page = client.get("/kiosk?lang=zh").text

    assert tablet.get("/kiosk?lang=zh").text == page
    for word in ("山城制衣厂", "来凤鱼庄", "八塘镇", fair.sewing.number, fair.passes[0]):
        assert word not in page


def test_the_shell_says_whose_codes_are_ours_now_and_before(client):
    client.application.config.update(ORIGIN="https://ganchang.example", FORMER_ORIGINS=["http://old.example:8000"])

    for page in ("/kiosk", "/kiosk/practice"):
        assert 'data-origins="https://ganchang.example http://old.example:8000"' in client.get(page).text


def test_ready_without_network_is_a_tick_and_no_crossed_out_network(client):
    sign = re.search(r'id="offline-ready".*?</p>', client.get("/kiosk?lang=zh").text, re.DOTALL)[0]

    assert "断网可用" in sign
    assert re.findall(r"sprite\.svg#([\w-]+)", sign) == ["check"]


def test_the_shell_runs_nothing_inline(client):
    page = client.get("/kiosk").text

    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<[^>]+\s(style|onclick|onload)=", page)
    assert "<style" not in page


def test_the_worker_is_asked_for_anew_each_time_and_may_serve_the_kiosk(client):
    worker = client.get("/kiosk/worker.js")

    assert worker.status_code == 200
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Service-Worker-Allowed"] == "/kiosk"


def test_the_worker_keeps_the_language_of_the_page_that_asks(client):
    english = client.get("/kiosk/worker.js?language=en").text

    assert '"language": "en"' in english and '"/kiosk?lang=en"' in english


def test_everything_the_worker_keeps_is_there(client, settings):
    for address in settings["shell"] + settings["later"]:
        assert client.get(address).status_code == 200, address
    assert len(set(settings["shell"])) == len(settings["shell"])


def test_another_template_sentence_or_setting_is_another_edition_for_the_worker(settings):
    assert settings["release"].startswith(release()) and len(settings["release"]) == len(release()) + 6
    assert edition("https://a.example") != edition("https://b.example") == edition("https://b.example")
    built = {path.suffix for path in files.STATIC.parent.joinpath("translations").rglob("*.mo")}
    assert built == {".mo"}  # the sentences have a part in it


def test_each_file_that_the_worker_keeps_has_the_mark_of_this_release(client, settings):
    for address in settings["shell"] + settings["later"]:
        mark, content = settings["marks"][address], client.get(address).data
        found = hashlib.sha256(content).hexdigest()
        assert f"sha256-{found}".startswith(mark) if mark.startswith("sha256-") else mark.encode() in content, address
        assert len(mark) > 20 or release() in mark, address


def test_the_worker_keeps_what_the_page_loads(client, settings):
    page = client.get("/kiosk?lang=zh").text
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))

    assert loaded <= set(settings["shell"])


def test_the_worker_keeps_no_facts_and_no_phones_pages(settings):
    for address in settings["shell"] + settings["later"]:
        path = urlsplit(address).path
        parts = (f"/static/{release()}/", "/kiosk/decoder/", "/kiosk/screens/", "/kiosk/manifest")
        assert path in ("/kiosk", "/kiosk/practice") or path.startswith(parts)
        assert not path.endswith("phone.css")


def test_the_precache_is_small_enough_for_a_markets_network(client, settings):
    first, later = (_compressed(client, settings[part]) for part in ("shell", "later"))

    print(f"{first:,} bytes before the large decoder, {later:,} after")
    assert first <= BEFORE_THE_LARGE_DECODER
    assert first + later <= WHOLE


@pytest.mark.parametrize("name", SCREENS)
def test_each_further_screen_is_small(client, settings, name):
    with client.application.test_request_context():
        files = screen_files(name, "zh")

    print(f"{name}: {_compressed(client, files):,} bytes in {len(files)} files")
    assert set(files) <= set(settings["later"])
    assert _compressed(client, files) <= ONE_SCREEN


def _compressed(client: object, addresses: list[str]) -> int:
    """Return the bytes of the bodies as a current Chromium gets them."""
    headers = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    return sum(len(client.get(address, headers=headers).data) for address in addresses)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_manifest_puts_the_kiosk_on_the_home_screen(client, lang):
    answer = client.get(f"/kiosk/manifest.webmanifest?lang={lang}")
    found = json.loads(answer.data)

    assert answer.mimetype == "application/manifest+json"
    assert (found["id"], found["scope"], found["start_url"]) == ("/kiosk", "/kiosk", "/kiosk")
    assert (found["display"], found["lang"], found["short_name"]) == ("standalone", lang, "赶场")
    assert {(icon["sizes"], icon["purpose"]) for icon in found["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in found["icons"]:
        assert client.get(icon["src"]).mimetype == icon["type"]


def test_the_boards_colour_is_the_accent(client):
    accent = re.search(r"--accent: (#\w+);", client.get(f"/static/{release()}/css/base.css").text)[1]

    assert json.loads(client.get("/kiosk/manifest.webmanifest").data)["theme_color"] == accent
    assert f'<meta name="theme-color" content="{accent}">' in client.get("/kiosk").text


def test_the_decoder_of_this_release_is_served_and_another_is_not(client):
    found = client.get(f"/kiosk/decoder/{release()}.js")

    assert (found.status_code, found.mimetype) == (200, "text/javascript")
    assert found.text.startswith(f'importScripts("/static/{release()}/built/scan/worker.js")\n')
    for address in re.findall(r'"(/static/[^"]+)"', found.text):
        assert client.get(address).status_code == 200, address
    assert client.get("/kiosk/decoder/older.js").status_code == 404


@pytest.mark.parametrize(("lang", "word"), [("zh", "开摊"), ("en", "Open the booth")])
def test_a_screen_that_comes_when_it_is_wanted_is_of_this_release_and_language(client, fair, lang, word):
    found = client.get(f"/kiosk/screens/{release()}/gate?lang={lang}")

    assert found.status_code == 200
    assert word in found.text and '"gate.camera.well": "' in found.text
    assert not re.search(r"<script|<style|\sstyle=", found.text)
    assert client.get("/kiosk/screens/older/gate").status_code == 404
    for name in ("", "scan", "../shell"):
        assert client.get(f"/kiosk/screens/{release()}/{name}").status_code == 404


def test_the_page_asks_for_screens_where_the_worker_keeps_them(client, settings):
    base = re.search(r'data-screens="([^"]+)"', client.get("/kiosk?lang=zh").text)[1]
    for name in SCREENS:
        assert {f"{base}{name}?lang={lang}" for lang in ("zh", "en")} <= set(settings["later"])
        assert f"/static/{release()}/built/kiosk-{name}.css" in settings["later"]


def test_a_page_fetched_for_later_chooses_no_language_for_the_reader(client):
    worker, link = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, {"Sec-Fetch-Mode": "navigate"}

    assert "Set-Cookie" not in client.get("/kiosk?lang=en", headers=worker).headers
    assert 'lang="zh-CN"' in client.get("/enrol", headers={"Accept-Language": "zh-CN"}).text
    assert "lang=en" in client.get("/kiosk?lang=en", headers=link).headers["Set-Cookie"]
    assert "lang=en" in client.get("/kiosk?lang=en").headers["Set-Cookie"]  # a browser that does not say
    htmx = {"Sec-Fetch-Mode": "cors", "HX-Request": "true"}
    assert "lang=en" in client.get("/kiosk?lang=en", headers=htmx).headers["Set-Cookie"]
