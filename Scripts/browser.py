# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Drives chromium by its DevTools protocol, over a pipe and without a library.

https://chromedevtools.github.io/devtools-protocol: a message is JSON and ends with a zero byte;
the browser reads descriptor 3 and writes descriptor 4.
"""

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import time

START_SECONDS = 60
ANSWER_SECONDS = 60
# Above those that the browser is to have as 3 and 4.
FREE_DESCRIPTOR = 10
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
        "ArrowDown": 40}


class Failure(Exception):
    """What did not hold, in one line."""


class Browser:
    """A browser without a window, ended with the value."""

    def __init__(self, folder):
        program = shutil.which("chromium")
        if program is None:
            raise Failure("no chromium here: run Scripts/install-dependencies.sh test")
        command = [
            program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={folder}",
            "--no-first-run", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
        ]
        if os.getuid() == 0:
            # The sandbox refuses to be started by root, as in a container.
            command.append("--no-sandbox")
        theirs_in, self.output = self.pipe()
        self.input, theirs_out = self.pipe()

        def give_descriptors():
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        self.process = subprocess.Popen(
            command, preexec_fn=give_descriptors, close_fds=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.buffer = b""
        self.number = 0
        self.tabs = {}

    @staticmethod
    def pipe():
        """Both ends, out of the way of 3 and 4, and closed in the browser."""
        ends = []
        for end in os.pipe():
            ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, FREE_DESCRIPTOR))
            os.close(end)
        return ends

    def __enter__(self):
        self.call("Target.getTargets", seconds=START_SECONDS)
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError, Failure):
            self.call("Browser.close")
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.output)
        os.close(self.input)

    def call(self, method, session=None, seconds=ANSWER_SECONDS, **parameters):
        """The answer to a command; events that come before it go to their tabs."""
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        answers = {}
        self.read_until(lambda: number in answers, seconds, method, answers)
        answer = answers[number]
        if "error" in answer:
            raise Failure(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def read_until(self, is_done, seconds, what, answers=None):
        deadline = time.monotonic() + seconds
        while not is_done():
            while b"\0" in self.buffer:
                text, self.buffer = self.buffer.split(b"\0", 1)
                message = json.loads(text)
                if "id" in message:
                    if answers is not None:
                        answers[message["id"]] = message
                elif message.get("sessionId") in self.tabs:
                    self.tabs[message["sessionId"]].on_event(message)
            if is_done():
                return
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.input], [], [], left)[0]:
                raise Failure(f"the browser did not answer {what} within {seconds} s")
            data = os.read(self.input, 1 << 20)
            if not data:
                raise Failure(f"the browser ended before it answered {what}")
            self.buffer += data

    @contextlib.contextmanager
    def open(self, path):
        """A tab with a page, of a file or by its address, until the block ends."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session)
        self.tabs[session] = tab
        try:
            tab.load(path if isinstance(path, str) else path.as_uri())
            yield tab
        finally:
            del self.tabs[session]
            self.call("Target.closeTarget", targetId=target)


class Tab:
    """A page in the browser, and all that it complained about or asked for."""

    def __init__(self, browser, session):
        self.browser = browser
        self.session = session
        self.complaints = []
        self.requests = []
        self.is_loaded = False
        self.address = None
        # Without one nothing of a page tells when it is drawn.
        self.has_script = True

    def call(self, method, **parameters):
        return self.browser.call(method, session=self.session, **parameters)

    def load(self, address):
        self.address = address
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(f"{domain}.enable")
        self.size(1200, 900)
        self.media("light")
        self.go(address)

    def go(self, address):
        """Another page, as if its address was typed."""
        with self.loading():
            self.call("Page.navigate", url=address)

    @contextlib.contextmanager
    def loading(self):
        """What is done in the block loads a page, and the block ends when it is there."""
        self.is_loaded = False
        yield
        self.browser.read_until(lambda: self.is_loaded, ANSWER_SECONDS, "the page")
        self.settle()

    def on_event(self, message):
        method, parameters = message["method"], message["params"]
        if method == "Page.loadEventFired":
            self.is_loaded = True
        elif method == "Network.requestWillBeSent":
            if parameters["request"]["url"] != self.address:
                self.requests.append(parameters["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            text = details.get("exception", {}).get("description", details["text"])
            self.complaints.append(text)
        elif method == "Runtime.consoleAPICalled":
            texts = [str(value.get("value")) for value in parameters["args"]]
            self.complaints.append(" ".join(texts))
        elif method == "Log.entryAdded":
            self.complaints.append(parameters["entry"]["text"])
        elif method == "Audits.issueAdded":
            issue = parameters["issue"]
            if issue["code"] == "ContentSecurityPolicyIssue":
                self.complaints.append(f"Content Security Policy: {json.dumps(issue['details'])}")

    def settle(self):
        """Waits until what was asked for is drawn."""
        if not self.has_script:
            return
        frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        self.evaluate(frames, wait=True)

    def evaluate(self, expression, wait):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=wait)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Failure(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def value(self, expression, wait=False):
        """The value of an expression, and then what it caused is drawn."""
        value = self.evaluate(expression, wait)
        self.settle()
        return value

    def key(self, key, shift=False, settles=True):
        """Presses a key; where that leads to another page, nothing settles."""
        parameters = {"key": key, "modifiers": 8 if shift else 0}
        if key in KEYS:
            parameters |= {"code": key, "windowsVirtualKeyCode": KEYS[key]}
        else:
            parameters |= {"text": key}
        if key == "Enter":
            # Buttons hear the character, not the key.
            parameters |= {"text": "\r"}
        self.call("Input.dispatchKeyEvent", type="keyDown", **parameters)
        parameters.pop("text", None)
        self.call("Input.dispatchKeyEvent", type="keyUp", **parameters)
        if settles:
            self.settle()

    def keys(self, *keys):
        for key in keys:
            self.key(key)

    def type(self, text):
        self.call("Input.insertText", text=text)
        self.settle()

    def move(self, x, y):
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.settle()

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.settle()

    def script(self, is_on):
        """Whether pages may run scripts, from the next one on."""
        self.has_script = is_on
        self.call("Emulation.setScriptExecutionDisabled", value=not is_on)

    def picture(self, target, height):
        self.size(1200, height)
        self.settle()
        picture = self.call("Page.captureScreenshot", format="png")["data"]
        target.write_bytes(base64.b64decode(picture))
        print(f"{target}: {target.stat().st_size} bytes")

    def media(self, scheme):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
