"""Chromium: a browser as slow as a cheap tablet or an old phone, by its own developer tools."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.engines import builds

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
OLD = 112  # the oldest build that Playwright still speaks to
TRIES = 5
SLOWDOWN = 6  # times: what a cheap tablet's processor is to this one
SLOW_NETWORK = {  # 400 kbit/s, 400 ms
    "offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000,
}  # fmt: skip
FULL_NETWORK = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
QUICK = "BENCH_QUICK"  # in the environment: nothing is slowed, because only whether a benchmark runs is asked
TABLET, PHONE = {"width": 800, "height": 1280}, {"width": 360, "height": 640}


def is_quick() -> bool:
    """Say whether only that a benchmark runs is asked."""
    return QUICK in os.environ


def find() -> str | None:
    """Return the path of a Chromium, or None. A quick run takes the one without windows, which is cheaper."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    if is_quick():
        names.insert(0, "chromium-headless-shell")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def programs() -> list[str]:
    """Return the Chromiums to measure a tablet's pages in: the machine's, and the old one that the tests have.

    CHROMIUM_OLD names another for the old one. A quick run asks only whether the benchmark works: one is enough.
    """
    old = os.environ.get("CHROMIUM_OLD") or builds.found(OLD)
    found = [str(program) for program in (find(), old) if program]
    return found[:1] if is_quick() else found


def version(page: object) -> str:
    """Return a page's browser as it is written in a table."""
    return re.search(r"Chrome/(\d+)", page.evaluate("navigator.userAgent"))[1]


def open_offline(page: object, address: str) -> None:
    """Open a page whose server is gone, and return when its answer comes.

    Chromium 112 does not wait at the first try for a service worker that is a module, as those of earlier releases
    were: it says that there is no network. At the next one the worker runs.
    """
    for _ in range(TRIES - 1):
        with suppress(Exception):
            page.goto(address, wait_until="commit")
            return
        page.wait_for_timeout(1_000)
    page.goto(address, wait_until="commit")


@contextmanager
def browsing(
    profile: Path, viewport: dict[str, int], program: str | None = None, **more: object
) -> Iterator[object]:
    """Run a Chromium with a profile on the disk; ``more`` as Playwright has it. Yields the browser's context."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program or find(), args=FLAGS, viewport=viewport, locale="zh-CN", **more
        )
        yield context
        context.close()


def slow(page: object, times: int = SLOWDOWN, network: dict | None = None) -> object:
    """Slow a page's processor, and its network if asked; return the tools' session."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1 if is_quick() else times})
    if network:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", FULL_NETWORK if is_quick() else network)
    return session
