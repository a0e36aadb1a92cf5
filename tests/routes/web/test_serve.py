"""The server's first process only watches: it has the port for itself, and leaves the application to its workers."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.browser.server import Server

ROOT = Path(__file__).parents[3]
SERVE = ("-m", "routes.web.serve")


def test_what_watches_does_not_load_the_application():
    program = "import routes.web.serve, sys; print(*({'app', 'flask', 'peewee', 'jinja2'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_without_its_certificate_it_says_so_and_ends(tmp_path):
    environment = os.environ | {"GANCHANG_TLS": str(tmp_path), "GANCHANG_SECRET_KEY": "test"}
    command = [sys.executable, *SERVE]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"GANCHANG_TLS: there is no {tmp_path / 'server.pem'}" in done.stderr


@pytest.mark.parametrize("command", [SERVE, ("-m", "flask", "--app", "app", "serve")], ids=["module", "command"])
def test_it_serves_started_by_its_module_and_by_the_command(tmp_path, command):
    server = Server(tmp_path)
    server.start(*command)
    try:
        assert Path(f"/proc/{server.process}/cmdline").read_bytes().rstrip(b"\0").endswith(b"routes.web.serve")
    finally:
        server.kill()


SENTENCE = "GANCHANG_PORT: port {port} of 127.0.0.1 is taken; is Ganchang running already?"


def serve_on(port: int, tmp_path: Path, *command: str) -> subprocess.CompletedProcess:
    """Start a server that is expected to end by itself."""
    environment = os.environ | {
        "GANCHANG_PORT": str(port), "GANCHANG_SECRET_KEY": "test",
        "GANCHANG_DATABASE": f"sqlite:///{tmp_path}/second.db",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def assert_one_sentence(done: subprocess.CompletedProcess, port: int) -> None:
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [SENTENCE.format(port=port)] and done.stdout == ""


@pytest.mark.parametrize("command", [SERVE, ("-m", "flask", "--app", "app", "serve")], ids=["module", "command"])
def test_a_second_server_on_the_port_stops_with_one_sentence_and_the_first_goes_on(tmp_path, command):
    first = Server(tmp_path)
    first.start()
    try:
        port = urlsplit(first.url).port
        assert_one_sentence(serve_on(port, tmp_path, *command), port)
        assert {urlopen(f"{first.url}/healthz").status for _ in range(10)} == {200}
    finally:
        first.kill()


@pytest.mark.parametrize("shares", [False, True], ids=["alone", "sharing"])
def test_so_it_does_when_another_program_has_the_port(tmp_path, shares):
    with socket.socket() as other:
        if shares:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert_one_sentence(serve_on(port, tmp_path, *SERVE), port)


def test_a_server_starts_again_at_once_on_the_port_of_one_that_was_killed(tmp_path):
    server = Server(tmp_path)
    for _ in range(2):
        server.start()
        with closing(HTTPConnection(urlsplit(server.url).netloc)) as kept:  # it leaves a connection that lingers
            kept.request("GET", "/healthz")
            assert kept.getresponse().status == 200
            server.kill()


def test_an_address_that_is_not_ours_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("GANCHANG_HOST", "192.0.2.1")
    done = serve_on(8000, tmp_path, *SERVE)
    assert done.returncode == 1
    assert done.stderr.startswith("GANCHANG_HOST, GANCHANG_PORT: nobody can listen on port 8000 of 192.0.2.1: ")


def test_waitress_serves_where_granian_has_no_wheel(tmp_path, monkeypatch):
    """A second one says the same sentence."""
    (tmp_path / "granian.py").write_text("raise ImportError('no wheel')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    server = Server(tmp_path)
    server.start()
    try:
        with urlopen(f"{server.url}/healthz") as answer:
            assert answer.status == 200 and answer.headers["Server"] == "waitress"
        port = urlsplit(server.url).port
        assert_one_sentence(serve_on(port, tmp_path, *SERVE), port)
    finally:
        server.kill()
