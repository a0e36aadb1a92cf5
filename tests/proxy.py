"""A real reverse proxy with the configuration of docs/proxies, at ports and with a certificate of the test's own."""

import http.client
import os
import re
import socket
import ssl
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from models.base.clock import utcnow
from models.tls.authority import Authority
from models.tls.folder import CERTIFICATE, KEY
from tests.browser.conftest import program
from tests.browser.server import PATIENCE, ROOT, free_port
from tests.tls import trusting

NAME = "ganchang.local"
KINDS = ["nginx", "caddy"]
PROXIES = ROOT / "docs" / "proxies"
NGINX = """
{user}
error_log stderr;
pid {folder}/nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""
CADDY = """
{{
	admin off
	storage file_system {folder}/caddy
	http_port {plain}
	https_port {port}
}}
{site}
"""


def program_of(kind: str) -> str:
    """Return the path of nginx or caddy; without it, skip, before anything is started for its sake."""
    return program("nginx", "/usr/sbin/nginx") if kind == "nginx" else program("caddy")


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Proxy:
    """``kind`` is nginx or caddy; it stands before ``upstream``, a host and a port."""

    def __init__(self, kind: str, folder: Path, upstream: str) -> None:
        self.port, self.plain_port = free_port(), free_port()
        self.url = f"https://{NAME}:{self.port}"
        self.folder, self._upstream = folder, upstream
        authority = Authority.make("proxy", [], utcnow())
        authority.keep(folder)
        authority.certify(folder, [NAME], [], utcnow())
        self._trust = trusting(folder)
        command = self._nginx() if kind == "nginx" else self._caddy()
        self._log = (folder / "log").open("wb")
        environment = os.environ | {"HOME": str(folder)}
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log, env=environment)
        self._wait()

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **more: object) -> Answer:
        """Ask over TLS. ``headers``: a mapping; ``source``: the address to ask from."""
        raw = socket.create_connection(("127.0.0.1", self.port), 30, (more.get("source", "127.0.0.1"), 0))
        connection = http.client.HTTPConnection(NAME, self.port)
        connection.sock = self._trust.wrap_socket(raw, server_hostname=NAME)
        return _answer(connection, path, method, body, more.get("headers", {}))

    def ask_plainly(self, path: str) -> Answer:
        """Ask the port without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=30)
        return _answer(connection, path, headers={"Host": NAME})

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()

    def _nginx(self) -> list[str]:
        site = _changed(
            (PROXIES / "nginx.conf").read_text(),
            (r"ssl_certificate( +)\S+;", rf"ssl_certificate\1{self.folder / CERTIFICATE};", 1),
            (r"ssl_certificate_key( +)\S+;", rf"ssl_certificate_key\1{self.folder / KEY};", 1),
            (r"listen 80;", f"listen 127.0.0.1:{self.plain_port};", 1),
            (r"listen 443 ", f"listen 127.0.0.1:{self.port} ", 1),
            (r"127\.0\.0\.1:8000;", f"{self._upstream};", 1),
            (r"server_name ganchang\.example;", f"server_name {NAME};", 2),
        )
        user = "user root;" if os.geteuid() == 0 else ""  # else its children could not enter the test's folder
        file = self.folder / "nginx.conf"
        file.write_text(NGINX.format(user=user, folder=self.folder, site=site))
        return [program_of("nginx"), "-p", str(self.folder), "-c", str(file), "-g", "daemon off;"]

    def _caddy(self) -> list[str]:
        tls = f"tls {self.folder / CERTIFICATE} {self.folder / KEY}"
        site = _changed(
            (PROXIES / "Caddyfile").read_text(),
            (r"^ganchang\.example \{", f"{NAME} {{\n\tbind 127.0.0.1\n\t{tls}", 1),
            (r"reverse_proxy 127\.0\.0\.1:8000", f"reverse_proxy {self._upstream}", 1),
        )
        file = self.folder / "Caddyfile"
        file.write_text(CADDY.format(folder=self.folder, plain=self.plain_port, port=self.port, site=site))
        return [program_of("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)]

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            try:
                self.ask("/healthz")
                return
            except (ConnectionError, ssl.SSLError):
                time.sleep(0.1)
        self.stop()
        pytest.fail(f"the proxy did not answer:\n{(self.folder / 'log').read_text()[-2000:]}")


def _answer(connection, path: str, method: str = "GET", body: bytes | None = None, headers=None) -> Answer:
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def _changed(text: str, *changes: tuple[str, str, int]) -> str:
    """Return the documented configuration with what a test must have of its own, and nothing else."""
    for old, new, times in changes:
        text, count = re.subn(old, new, text, flags=re.MULTILINE)
        assert count == times, old
    return text
