"""What ``flask --app app authority`` makes, and what it does when it is run again."""

import socket
from datetime import timedelta
from types import SimpleNamespace

import pytest
import zxingcpp

from app import create_app
from models.base.clock import utcnow
from models.market.enrolment import Enrolment
from models.tls.authority import LIFETIME
from models.tls.folder import AUTHORITY, ISSUER_KEY
from routes.command_line import trial
from tests.tls import shake_hands, trusting

LAPTOP, NEXT_DAY, CAMPUS = "192.168.43.17", "192.168.43.99", "203.0.113.8"


@pytest.fixture
def run(database, tmp_path):
    """Return a function that runs a command as a person types it; ``folder`` is the trial's."""
    folder = tmp_path / "trial"
    app = create_app(DATABASE=database, SECRET_KEY="test", TLS=str(folder), TRUST_PORT=8080)

    def run(*words: str) -> SimpleNamespace:
        result = app.test_cli_runner().invoke(args=words)
        return SimpleNamespace(code=result.exit_code, out=result.stdout, err=result.stderr)

    run.folder, run.app = folder, app
    return run


def root_of(run) -> bytes:
    return (run.folder / AUTHORITY).read_bytes()


def test_it_prints_the_address_alone_and_tells_the_rest_beside_it(run):
    made = run("authority", "--address", LAPTOP, "--name", "Zhang.local")
    assert (made.code, made.out) == (0, f"{LAPTOP}\n")
    assert f"http://{LAPTOP}:8080/trust" in made.err and "every tablet has to be told" in made.err
    for host in (LAPTOP, "zhang.local"):
        shake_hands(trusting(run.folder), host, run.folder)


def test_the_address_is_by_itself_the_one_that_the_network_knows(run):
    made = run("authority")
    if made.code and "address is not clear" in made.err:
        pytest.skip("this machine is on no network")
    shake_hands(trusting(run.folder), made.out.strip(), run.folder)


def test_without_a_network_it_says_what_to_say(run, monkeypatch):
    monkeypatch.setattr(trial, "ELSEWHERE", ("255.255.255.255", 9))  # a broadcast is refused
    assert "GANCHANG_HOST" in run("authority").err
    assert not run.folder.exists()


def test_run_again_at_another_address_the_tablets_need_nothing_new(run):
    run("authority", "--address", LAPTOP)
    root, tablet = root_of(run), trusting(run.folder)
    again = run("authority", "--address", NEXT_DAY)
    assert again.code == 0 and root_of(run) == root and "every tablet" not in again.err
    shake_hands(tablet, NEXT_DAY, run.folder)


def test_an_address_it_may_not_vouch_for_needs_another_authority(run):
    run("authority", "--address", LAPTOP)
    root = root_of(run)
    refused = run("authority", "--address", CAMPUS)
    assert refused.code == 1 and f"may not vouch for {CAMPUS}" in refused.err and "--anew" in refused.err
    assert root_of(run) == root
    anew = run("authority", "--address", CAMPUS, "--anew")
    assert anew.code == 0 and "every tablet" in anew.err
    shake_hands(trusting(run.folder), CAMPUS, run.folder)


def test_an_authority_that_ends_soon_is_made_anew(run, monkeypatch):
    run("authority", "--address", LAPTOP)
    root = root_of(run)
    for days, is_same in ((LIFETIME.days - 5, True), (LIFETIME.days - 3, False)):
        monkeypatch.setattr(trial, "utcnow", lambda days=days: utcnow() + timedelta(days=days))
        run("authority", "--address", LAPTOP)
        assert (root_of(run) == root) is is_same


def test_with_its_key_thrown_away_it_serves_on_and_signs_nothing(run):
    run("authority", "--address", LAPTOP, "--forget-key")
    assert not (run.folder / ISSUER_KEY).exists()
    assert run("authority", "--address", LAPTOP).code == 0
    shake_hands(trusting(run.folder), LAPTOP, run.folder)
    refused = run("authority", "--address", NEXT_DAY)
    assert refused.code == 1 and "thrown away" in refused.err and "--anew" in refused.err
    assert run("authority", "--address", NEXT_DAY, "--anew").code == 0


@pytest.mark.parametrize("host", ["张的电脑", "laptop_1", "-x", "localhost.localdomain"])
def test_a_host_name_that_no_certificate_can_carry_is_left_out(run, monkeypatch, host):
    monkeypatch.setattr(trial.socket, "gethostname", lambda: host)
    assert run("authority", "--address", LAPTOP).code == 0
    shake_hands(trusting(run.folder), LAPTOP, run.folder)


@pytest.mark.parametrize("words", [["--address", "laptop"], ["--name", "bank.example", "--address", LAPTOP]])
def test_a_wrong_word_gets_a_sentence(run, words):
    refused = run("authority", *words)
    assert refused.code == 1 and refused.err.splitlines()[-1].startswith("Error: ")


def test_trust_serves_nothing_without_an_authority(run):
    refused = run("trust")
    assert refused.code == 1 and "flask --app app authority" in refused.err


def test_a_port_that_is_taken_gets_a_sentence(run):
    run("authority", "--address", LAPTOP)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run.app.config.update(HOST="127.0.0.1", TRUST_PORT=taken.getsockname()[1])
        refused = run("trust")
    assert refused.code == 1 and "GANCHANG_TRUST_PORT" in refused.err


def test_serve_says_which_file_is_missing(run):
    refused = run("serve")
    assert refused.code == 1 and "server.pem" in refused.err and "flask --app app authority" in refused.err


def test_an_enrolment_link_can_be_drawn_and_read_by_a_camera(run, fair):
    drawn = run("enrol", "--booth", "1", "--market-day", str(fair.day.id), "--draw")
    link = drawn.out.strip()
    assert "/enrol#" in link and _seen(drawn.err) == link
    assert Enrolment.redeem(link.partition("#")[2]) is not None


HALVES = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255)}  # a terminal's character is two modules high


def _seen(drawn: str) -> str:
    """Return what a reader finds in a code drawn in half blocks."""
    lines = [[HALVES.get(sign, (0, 0)) for sign in line] for line in drawn.splitlines()]
    rows = [bytes(pair[half] for pair in line for _ in range(4)) for line in lines for half in (0, 1) for _ in range(4)]
    image = memoryview(b"".join(rows)).cast("B", (len(rows), len(rows[0])))
    return zxingcpp.read_barcodes(image)[0].text
