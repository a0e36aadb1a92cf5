"""Firefox and WebKitGTK driven by WebDriver's commands: over Marionette's socket, and over WebKitWebDriver's HTTP.

Debian has no geckodriver; Marionette, which geckodriver itself speaks to, takes the same commands as JSON.
"""

import json
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.browser.server import free_port

PATIENCE = 60  # seconds: these browsers take long to start on a busy machine
ENTER = "\ue007"
SHOWN = "Array.from(document.querySelectorAll({})).some((one) => one.getClientRects().length)"


class Refused(Exception):
    """The browser refused a command: nothing there, something before it, a script that threw."""


class Driver:
    """A browser with one window. ``folder`` takes its profile and what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen] = []

    def goto(self, url: str) -> None:
        self._send("Navigate", url=url)

    def evaluate(self, expression: str) -> object:
        """Return the value of an expression."""
        return self._send("ExecuteScript", script=f"return {expression}", args=[])

    def wait(self, expression: str) -> object:
        """Evaluate until the value is true, and return it. Raises Refused after a minute."""
        return self._insist(lambda: self.evaluate(expression), expression)

    def wait_for(self, selector: str) -> None:
        """Wait until an element of this selector is shown."""
        self.wait(SHOWN.format(json.dumps(selector)))

    def click(self, selector: str) -> None:
        """Press the first element of this selector, once it can be pressed."""
        self.wait_for(selector)
        self._insist(lambda: self._send("ElementClick", id=self._find(selector)) is None, selector)

    def type(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.wait_for(selector)
        self._send("ElementSendKeys", id=self._find(selector), text=text)

    def errors(self) -> list[str]:
        """Return what pages threw, and what they wrote to the console as errors."""
        raise NotImplementedError

    def quit(self) -> None:
        """End it, with all its processes."""
        for process in reversed(self.processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _send(self, command: str, **params: object) -> object:
        raise NotImplementedError

    def _find(self, selector: str) -> str:
        found = self._send("FindElement", using="css selector", value=selector)
        return next(iter(found.get("value", found).values()))

    def _start(self, *command: object, **options: object) -> None:
        with (self.folder / "log").open("ab") as log:
            started = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **options)
        self.processes.append(started)

    @staticmethod
    def _insist(attempt: object, what: str) -> object:
        until, said = time.monotonic() + PATIENCE, None
        while time.monotonic() < until:
            try:
                if found := attempt():
                    return found
            except (Refused, URLError, ConnectionError) as error:
                said = error
            time.sleep(0.1)
        raise Refused(f"never true: {what} ({said})")


class Firefox(Driver):
    """Firefox without a window, over Marionette: messages are their length, a colon and JSON."""

    def __init__(self, program: str, folder: Path) -> None:
        super().__init__(folder)
        port = free_port()
        (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
        command = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", folder]
        self._start(program, *command, env=os.environ | {"HOME": str(folder)})
        self._socket = self._insist(lambda: socket.create_connection(("127.0.0.1", port), PATIENCE), "Marionette")
        self._stream, self._count = self._socket.makefile("rwb"), 0
        self._receive()  # it says who it is
        self._send("NewSession", capabilities={})

    def errors(self) -> list[str]:
        script = """return Services.console.getMessageArray().filter((one) => one instanceof Ci.nsIScriptError)
          .filter((one) => !(one.flags & one.warningFlag) && /^http/.test(one.sourceName)).map(String)"""
        self._send("SetContext", value="chrome")
        found = self._send("ExecuteScript", script=script, args=[])
        self._send("SetContext", value="content")
        return found["value"]

    def evaluate(self, expression: str) -> object:
        return super().evaluate(expression)["value"]

    def quit(self) -> None:
        super().quit()
        self._socket.close()

    def _send(self, command: str, **params: object) -> object:
        self._count += 1
        domain = "Marionette" if command == "SetContext" else "WebDriver"
        message = json.dumps([0, self._count, f"{domain}:{command}", params]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _, _, error, answer = self._receive()
        if error:
            raise Refused(error["message"])
        return None if answer == {"value": None} and command != "ExecuteScript" else answer

    def _receive(self) -> list:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise Refused("the browser ended")
            length += digit
        return json.loads(self._stream.read(int(length)))


class WebKit(Driver):
    """WebKitGTK's MiniBrowser on a screen of its own: it has no headless mode."""

    PATHS = {"Navigate": "url", "ExecuteScript": "execute/sync", "FindElement": "element"}
    OF_ELEMENTS = {"ElementClick": "click", "ElementSendKeys": "value"}

    def __init__(self, programs: dict[str, str], folder: Path) -> None:
        super().__init__(folder)
        self._url, self._session = f"http://127.0.0.1:{free_port()}", ""
        screen = self._open_screen(programs["Xvfb"])
        environment = os.environ | {"DISPLAY": f":{screen}", "HOME": str(folder)}
        self._start(programs["WebKitWebDriver"], f"--port={self._url.rpartition(':')[2]}", env=environment)
        browser = {"binary": str(self._telling(programs["MiniBrowser"])), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": browser}}}
        self._insist(lambda: self._call("GET", "/status"), "WebKitWebDriver")
        self._session = f"/session/{self._call('POST', '/session', wanted)['sessionId']}"

    def errors(self) -> list[str]:
        said = (self.folder / "console").read_text(errors="replace").splitlines()
        return [line for line in said if line.startswith("CONSOLE") and " ERROR " in line]

    def quit(self) -> None:
        if self._session:
            with suppress(Refused, URLError, ConnectionError):
                self._call("DELETE", self._session)  # the browser's processes are not its driver's to be killed with
        super().quit()

    def _open_screen(self, program: str) -> int:
        read, write = os.pipe()
        self._start(
            program, "-displayfd", str(write), "-screen", "0", "1280x1400x24", "-nolisten", "tcp", pass_fds=[write]
        )
        os.close(write)
        with os.fdopen(read) as told:
            return int(told.readline())

    def _send(self, command: str, **params: object) -> object:
        if command in self.OF_ELEMENTS:
            path = f"element/{params.pop('id')}/{self.OF_ELEMENTS[command]}"
        else:
            path = self.PATHS[command]
        return self._call("POST", f"{self._session}/{path}", params)

    def _call(self, method: str, path: str, body: dict | None = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        asked = Request(self._url + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urlopen(asked, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise Refused(json.load(error)["value"]["message"]) from None
