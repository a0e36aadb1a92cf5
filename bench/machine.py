"""The machine: what the figures were measured on, and how busy it was."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from bench import chromium


def describe() -> str:
    """Return date, processor, versions and load in one paragraph."""
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    parts = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"{os.cpu_count()} cores of {_processor()}",
        platform.platform(terse=True),
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        _browser(),
        f"load averages at the end {loads}",
    )
    return "; ".join(parts) + "."


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _browser() -> str:
    path = chromium.find()
    if not path:
        return "no Chromium"
    return subprocess.run([path, "--version"], capture_output=True, text=True).stdout.split(" built")[0].strip()
