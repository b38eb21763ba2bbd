# SPDX-License-Identifier: GPL-3.0-or-later
"""Headless Chromium through its own driver: WebDriver over HTTP, by what Python brings along."""
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request


class Browser:
    """One session. Use it in a `with`: its end stops driver and browser and removes the profile."""

    def __init__(self, width=1200, height=900):
        self._profile = tempfile.mkdtemp(prefix="slipway-browser-")
        self._driver = subprocess.Popen(
            [shutil.which("chromedriver"), "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._url = None
        self._session = None
        try:
            for line in self._driver.stdout:
                started = re.search(r"started successfully on port (\d+)", line)
                if started:
                    self._url = f"http://127.0.0.1:{started.group(1)}"
                    break
            arguments = ["--headless=new", "--hide-scrollbars", "--disable-gpu", "--disable-dev-shm-usage",
                         "--force-color-profile=srgb", f"--window-size={width},{height}",
                         f"--user-data-dir={self._profile}", "about:blank"]
            if os.geteuid() == 0:
                arguments.append("--no-sandbox")  # Chromium's sandbox does not run as root
            answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": {
                "goog:chromeOptions": {"binary": shutil.which("chromium"), "args": arguments},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                "timeouts": {"script": 300000, "pageLoad": 300000}}}})
            self._session = "/session/" + answer["sessionId"]
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self._session:
            try:
                self._ask("DELETE", self._session)
            except (OSError, RuntimeError):
                pass
            self._session = None
        self._driver.terminate()
        self._driver.wait()
        self._driver.stdout.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=600) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from error

    def cdp(self, command, **parameters):
        return self._ask("POST", self._session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def look(self, scheme="light", media="screen"):
        self.cdp("Emulation.setEmulatedMedia", media=media,
                 features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, url):
        self._ask("POST", self._session + "/url", {"url": url})

    def run(self, script, *arguments):
        return self._ask("POST", self._session + "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        """The script calls its last argument with the result."""
        return self._ask("POST", self._session + "/execute/async", {"script": script, "args": list(arguments)})

    def console(self):
        """What was written to the console since the last call."""
        return self._ask("POST", self._session + "/se/log", {"type": "browser"})

    def requests(self):
        """The addresses that were asked for since the last call, but for those of the browser's own first tab."""
        messages = [json.loads(entry["message"])["message"]
                    for entry in self._ask("POST", self._session + "/se/log", {"type": "performance"})]
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"
                and not message["params"]["documentURL"].startswith("chrome:")]

    def picture(self, path, width, height):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.cdp("Page.captureScreenshot", format="png")["data"]))
