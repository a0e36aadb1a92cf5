"""A tablet that is switched on and off, as people do it and as an empty battery does."""

import os
import signal
import subprocess
from pathlib import Path

from tests.browser.conftest import FLAGS, program


class Switched:
    """A tablet: a Chromium with a profile on disk and a film for a camera. It can be switched off hard."""

    def __init__(self, playwright: object, profile: Path, film: Path | None = None) -> None:
        self._playwright, self._profile, self._film = playwright, profile, film

    def switch_on(self) -> object:
        self._context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=program("chromium"),
            args=[*FLAGS, *self._camera()],
            viewport={"width": 800, "height": 1280},
            locale="zh-CN",
        )
        return self._context.pages[0]

    def _camera(self) -> list[str]:
        """Return what makes a film the camera, if there is one."""
        if self._film is None:
            return []
        film = f"--use-file-for-fake-video-capture={self._film}"
        return ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", film]

    def cut_off(self) -> None:
        self._context.set_offline(True)

    def connect(self) -> None:
        self._context.set_offline(False)

    def switch_off(self) -> None:
        """Close the browser as people do, with time to write down its cookies."""
        self._context.close()

    def pull_the_plug(self) -> None:
        """Kill the browser's processes without a word, as an empty battery does."""
        found = subprocess.run(
            ["pgrep", "-f", f"user-data-dir={self._profile}"], capture_output=True, text=True
        )
        for pid in found.stdout.split():
            try:
                os.kill(int(pid), signal.SIGKILL)
            except ProcessLookupError:
                continue
