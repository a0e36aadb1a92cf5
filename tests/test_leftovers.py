"""A test that leaves a process behind fails its session, and a session that is told to end leaves none."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.postgres import find_programs

ROOT = Path(__file__).parents[1]
LEAVES = """
import subprocess

def test_leaves():
    subprocess.Popen(["sleep", "{seconds}"], start_new_session=True)
"""
WAITS = """
import subprocess, time, pytest

@pytest.fixture(scope="session")
def server():
    process = subprocess.Popen(["sleep", "{seconds}"], start_new_session=True)
    yield process
    process.kill()
    process.wait()

def test_waits(server):
    open("{started}", "w").close()
    time.sleep(60)
"""


@pytest.fixture
def session(tmp_path):
    """Return a function that starts a session of its own over one test file."""

    def session(source: str) -> subprocess.Popen:
        (tmp_path / "test_it.py").write_text(source)
        command = [sys.executable, "-m", "pytest", "-p", "tests.leftovers", "--noconftest", "-p", "no:cacheprovider",
                   "-c", os.devnull, "--rootdir", str(tmp_path), str(tmp_path)]  # fmt: skip
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    return session


def test_what_outlives_a_session_fails_it(session):
    said, _ = (process := session(LEAVES.format(seconds=300))).communicate()
    found = re.search(r"left running by a test:\n\D*(\d+) sleep 300", said)
    assert found and process.returncode == 1, said
    os.kill(int(found[1]), signal.SIGKILL)


def test_what_ends_in_time_does_not(session):
    (process := session(LEAVES.format(seconds=1))).communicate()
    assert process.returncode == 0


def test_a_session_that_is_told_to_end_stops_what_it_started(session, tmp_path):
    started, seconds = tmp_path / "started", 900_000 + os.getpid()  # nobody else sleeps so long
    process = session(WAITS.format(started=started, seconds=seconds))
    while not started.exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate()
    assert process.returncode == pytest.ExitCode.INTERRUPTED, said
    running = subprocess.run(["ps", "axo", "args"], capture_output=True, text=True).stdout.splitlines()
    assert f"sleep {seconds}" not in running


def test_a_database_server_does_not_outlive_who_started_it():
    programs = find_programs() or pytest.skip("PostgreSQL's server is not installed")
    start = f"from pathlib import Path; from tests.postgres import Postgres; server = Postgres(Path('{programs}'))"
    command = [sys.executable, "-c", f"{start}; print(server.port, server.folder, flush=True); input()"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port, folder = process.stdout.readline().split()
    process.kill()
    process.communicate()
    until = time.monotonic() + 20
    while is_open(int(port)):
        assert time.monotonic() < until
        time.sleep(0.1)
    shutil.rmtree(folder)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
