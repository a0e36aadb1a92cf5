"""The server's first process only watches: it knows the settings, and leaves the application to its workers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.server import Server

ROOT = Path(__file__).parent.parent


def test_what_watches_does_not_load_the_application():
    program = "import serve, sys; print(*({'app', 'flask', 'peewee', 'jinja2'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_without_its_certificate_it_says_so_and_ends(tmp_path):
    environment = os.environ | {"GANCHANG_TLS": str(tmp_path), "GANCHANG_SECRET_KEY": "test"}
    done = subprocess.run([sys.executable, "serve.py"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"GANCHANG_TLS: there is no {tmp_path / 'server.pem'}" in done.stderr


@pytest.mark.parametrize("command", [("serve.py",), ("-m", "flask", "--app", "app", "serve")], ids=["file", "command"])
def test_it_serves_started_by_its_file_and_by_the_command(tmp_path, command):
    server = Server(tmp_path)
    server.start(*command)
    try:
        assert Path(f"/proc/{server.process}/cmdline").read_bytes().rstrip(b"\0").endswith(b"serve.py")
    finally:
        server.kill()
