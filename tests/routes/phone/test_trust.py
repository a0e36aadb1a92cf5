"""How a tablet is brought to trust a trial's authority, and what changes on a server that has one."""

import ssl
from ipaddress import ip_address
from types import SimpleNamespace

import pytest
from flask_login import FlaskLoginClient

from app import create_app
from models.base.clock import utcnow
from models.market.enrolment import Enrolment
from models.tls.authority import Authority
from models.tls.folder import AUTHORITY
from routes.command_line.trial import only_trust

LAPTOP = ip_address("192.168.43.17")
ORIGIN = "https://192.168.43.17:8443"
PATHS = ["/trust", "/trust/authority.crt", "/organiser/trust"]


@pytest.fixture
def trial(database, tmp_path) -> SimpleNamespace:
    """The application of a trial: its folder holds an authority and the laptop's certificate."""
    folder = tmp_path / "tls"
    authority = Authority.make("laptop", [LAPTOP], utcnow())
    authority.keep(folder)
    authority.certify(folder, [], [LAPTOP], utcnow())
    app = create_app(DATABASE=database, TESTING=True, SECRET_KEY="test", ORIGIN=ORIGIN, TLS=str(folder))
    app.test_client_class = FlaskLoginClient
    return SimpleNamespace(app=app, folder=folder, authority=authority, client=app.test_client())


@pytest.fixture
def plain(trial):
    """A browser at the plain page's port, where nothing else is."""
    trial.app.wsgi_app = only_trust(trial.app.wsgi_app)
    return trial.app.test_client()


@pytest.mark.parametrize("path", PATHS)
def test_without_a_trial_there_is_nothing_to_trust(app, fair, path):
    assert app.test_client(user=fair.chen).get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_an_ordinary_certificate_in_the_folder_is_no_trial(trial, fair, tmp_path, path):
    (tmp_path / "ordinary").mkdir()
    trial.app.config["TLS"] = str(tmp_path / "ordinary")
    assert trial.app.test_client(user=fair.chen).get(path).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_each_step_and_leads_on(trial, language):
    answer = trial.client.get(f"/trust?lang={language}")
    assert answer.status_code == 200
    assert f'href="{ORIGIN}/enrol"' in answer.text and 'href="/trust/authority.crt"' in answer.text
    assert ("核对" if language == "zh" else "Compare") in answer.text
    assert "Android" in answer.text and "iPad" in answer.text
    sent = trial.client.get(f"/trust?lang={language}", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip" and len(sent.data) <= 14 * 1024


def test_the_fingerprint_is_not_on_the_page_that_a_stranger_on_the_wifi_could_forge(trial):
    pairs = trial.authority.fingerprint()
    assert " ".join(pairs[:8]) not in trial.client.get("/trust").text


def test_the_page_says_when_it_came_safely(trial):
    asked = [trial.client.get("/trust?lang=en", base_url=url).text for url in (ORIGIN, "http://192.168.43.17:8080")]
    assert ["came over a safe connection" in text for text in asked] == [True, False]


def test_the_certificate_is_what_a_tablet_installs(trial):
    answer = trial.client.get("/trust/authority.crt")
    assert answer.mimetype == "application/x-x509-ca-cert"
    assert answer.headers["Content-Disposition"].endswith('.crt"')
    assert answer.data == ssl.PEM_cert_to_DER_cert((trial.folder / AUTHORITY).read_text())


def test_the_office_shows_the_code_and_the_fingerprint(trial, fair):
    answer = trial.app.test_client(user=fair.chen).get("/organiser/trust")
    assert "http://192.168.43.17:8080/trust" in answer.text and '<svg class="qr"' in answer.text
    pairs = trial.authority.fingerprint()
    assert all(" ".join(pairs[start : start + 8]) in answer.text for start in range(0, 32, 8))


def test_signed_out_the_office_shows_neither(trial):
    assert "/sign-in" in trial.client.get("/organiser/trust").headers["Location"]


def test_enrolling_a_tablet_in_a_trial_leads_to_the_code_for_trust(trial, app, fair):
    path = f"/organiser/market-days/{fair.day.id}/booths/1/tablets"
    assert 'href="/organiser/trust"' in trial.app.test_client(user=fair.chen).post(path).text
    assert 'href="/organiser/trust"' not in app.test_client(user=fair.chen).post(path).text


def test_the_plain_port_has_the_page_and_the_certificate(plain):
    assert plain.get("/trust").status_code == 200
    assert plain.head("/trust/authority.crt").status_code == 200
    assert plain.get("/").headers["Location"] == "/trust"


@pytest.mark.parametrize("path", ["/sign-in", "/organiser/trust", "/kiosk", "/sync", "/healthz", "/trust/"])
def test_the_plain_port_has_nothing_else(plain, path):
    assert plain.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/trust", "/sign-in", "/enrol", "/"])
def test_the_plain_port_takes_nothing(plain, path):
    assert plain.post(path, data={"password": "x"}).status_code == 404


def test_a_trial_asks_no_browser_to_insist_on_https_tomorrow(trial, client):
    assert "Strict-Transport-Security" not in trial.client.get("/kiosk", base_url=ORIGIN).headers
    assert "Strict-Transport-Security" in client.get("/kiosk", base_url="https://ganchang.example").headers


def test_every_cookie_of_a_trial_is_secure(trial, fair):
    client = trial.client
    cookies = [
        *client.get("/sign-in?lang=en").headers.getlist("Set-Cookie"),
        *client.get("/v?text=large").headers.getlist("Set-Cookie"),
        *client.post("/sign-in", data={"login": "chen", "password": "market-day-24"}).headers.getlist("Set-Cookie"),
        *client.post("/enrol", data={"code": Enrolment.open(fair.clothing)}).headers.getlist("Set-Cookie"),
    ]
    names = {cookie.split("=")[0] for cookie in cookies}
    assert names == {"lang", "text", "__Host-session", "ganchang_known", "ganchang_tablet"}
    assert [cookie for cookie in cookies if "Secure" not in cookie] == []
