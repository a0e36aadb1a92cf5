"""A trial over HTTPS: a laptop, a tablet that was told to trust it, and what a browser then allows."""

import hashlib
import os
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from models.base.clock import utcnow
from models.tls.authority import Authority
from models.tls.folder import CERTIFICATE, KEY
from tests.browser.conftest import FLAGS, program
from tests.browser.laptop import Laptop, home_that_trusts
from tests.browser.server import Server
from tests.browser.test_accessibility import LANGUAGES, faults_of

PATIENCE = 30_000  # ms, for a page on a busy machine
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
CAN = """async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true })
  const size = stream.getVideoTracks()[0].getSettings().width
  stream.getTracks().forEach((track) => track.stop())
  const key = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"])
  const lock = await navigator.locks.request("test", (lock) => lock.name)
  const { scope } = await navigator.serviceWorker.ready
  return { camera: size > 0, crypto: key.privateKey.type, lock, scope: new URL(scope).pathname, safe: isSecureContext }
}"""


@pytest.fixture(scope="module")
def laptop(tmp_path_factory) -> Iterator[Laptop]:
    laptop = Laptop(tmp_path_factory.mktemp("laptop"))
    yield laptop
    laptop.kill()


@pytest.fixture(scope="module")
def installed(chromium, laptop, tmp_path_factory) -> Path:
    """The certificate, saved from the plain page by a browser that trusts nothing yet."""
    page = chromium.new_page(locale="zh-CN", viewport={"width": 360, "height": 740})
    page.goto(laptop.plain_url)
    with page.expect_download() as saving:
        page.get_by_role("link", name="保存证书").click()
    file = tmp_path_factory.mktemp("downloads") / saving.value.suggested_filename
    saving.value.save_as(file)
    page.close()
    return file


@pytest.fixture(scope="module")
def chromium_of_a_tablet(playwright, laptop, installed, tmp_path_factory) -> Iterator[object]:
    """A browser that trusts what was installed, has a camera, and finds some names at the laptop's address."""
    home = home_that_trusts(tmp_path_factory.mktemp("home"), installed)
    names = ",".join(f"MAP {name} {laptop.host}" for name in ("laptop.local", "bank.example"))
    browser = playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or program("chromium"),
        args=[*FLAGS, *CAMERA, f"--host-resolver-rules={names}"], env=os.environ | {"HOME": str(home)},
    )  # fmt: skip
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def tablet(chromium_of_a_tablet, laptop) -> Iterator[object]:
    """The page of a tablet that was enrolled by the link on the laptop's screen."""
    context = chromium_of_a_tablet.new_context(locale="zh-CN", viewport={"width": 800, "height": 1280})
    page = context.new_page()
    page.goto(laptop.link)
    expect(page.locator("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    yield page
    context.close()


def test_what_the_plain_page_gives_has_the_fingerprint_on_the_laptops_screen(laptop, installed):
    assert installed.suffix == ".crt"
    assert hashlib.sha256(installed.read_bytes()).digest() == laptop.fingerprint()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_page_about_trust_can_be_read_by_everybody(chromium, laptop, locale):
    page = chromium.new_page(locale=locale, viewport={"width": 360, "height": 740})
    page.goto(laptop.plain_url)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()


def test_a_tablet_that_was_told_nothing_is_warned(chromium, laptop):
    page = chromium.new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(f"{laptop.url}/enrol")
    page.close()


def test_a_tablet_that_trusts_the_laptop_may_do_everything(tablet):
    assert tablet.evaluate(CAN) == {
        "camera": True, "crypto": "private", "lock": "test", "scope": "/kiosk", "safe": True,
    }  # fmt: skip


def test_its_cookies_are_secure_and_its_browser_is_not_bound_to_https(tablet, laptop):
    cookies = {cookie["name"]: cookie["secure"] for cookie in tablet.context.cookies()}
    assert cookies["ganchang_tablet"] is True and all(cookies.values())
    answers = [tablet.goto(f"{laptop.url}/{path}") for path in ("trust", "enrol", "kiosk")]
    assert not any("strict-transport-security" in answer.headers for answer in answers)


def test_it_opens_without_network(tablet, laptop):
    tablet.goto(f"{laptop.url}/kiosk")
    expect(tablet.locator("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    tablet.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.locator("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    tablet.context.set_offline(False)


def test_a_thief_with_the_laptops_key_can_show_it_no_bank(chromium_of_a_tablet, laptop, tmp_path, monkeypatch):
    monkeypatch.setattr(Authority, "permits", lambda *_: True)
    seen = {}
    for name in ("laptop.local", "bank.example"):
        Authority.load(laptop.folder).certify(tmp_path, [name], [], utcnow())
        page = chromium_of_a_tablet.new_page()
        try:
            seen[name] = page.goto(_pretend(laptop.host, tmp_path, name)).status
        except Error as error:
            seen[name] = error.message.split()[1]
        page.close()
    assert seen == {"laptop.local": 200, "bank.example": "net::ERR_CERT_INVALID"}


def _pretend(address: str, folder: Path, name: str) -> str:
    """Serve a folder's certificate at an address; return where a browser finds it under a name."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer((address, 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / CERTIFICATE, folder / KEY)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://{name}:{server.server_port}/"


@pytest.fixture
def over_plain_http(chromium, laptop, tmp_path) -> Iterator[tuple[object, Server]]:
    """A tablet's page, and a server at an address that is not its own, without TLS."""
    server = Server(tmp_path, HOST=laptop.host)
    server.start()
    page = chromium.new_page(locale="zh-CN", base_url=server.url, viewport={"width": 800, "height": 1280})
    yield page, server
    page.close()
    server.kill()


def test_over_plain_http_the_tablet_says_why_it_cannot(over_plain_http):
    page, server = over_plain_http
    page.goto("/kiosk")
    expect(page.locator("html[data-state=insecure]")).to_be_visible()
    expect(page.locator('[data-for="insecure"]')).to_contain_text("https")
    page.goto(server.command("enrol", "--booth", "1"))
    expect(page.locator('[data-fault="insecure"]')).to_be_visible()
    assert page.context.cookies() == []  # and the code was not spent


def test_ctrl_c_leaves_nothing_behind(tmp_path):
    laptop = Laptop(tmp_path)
    try:
        laptop.press_ctrl_c()
        assert not laptop.is_running()
    finally:
        laptop.kill()
    assert not laptop.answers(f"{laptop.plain_url}/trust") and not laptop.answers(f"{laptop.url}/healthz")
