#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
#
# browser.py PAGE DIR - look at a page in a headless Chromium, as wide as a desk
# and as a telephone, light and dark.  Puts screenshots into DIR and prints, as
# JSON, what was measured: for each look the width of the page and of the window,
# what the console said, and every request.
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

page, out = os.path.abspath(sys.argv[1]), sys.argv[2]
LOOKS = {"desk-light": (1280, 900, False, "light"), "desk-dark": (1280, 900, False, "dark"),
         "phone-light": (390, 844, True, "light"), "phone-dark": (390, 844, True, "dark"),
         "small-phone": (360, 640, True, "light")}
MEASURE = """(() => {
  const root = document.documentElement, box = e => e.getBoundingClientRect();
  const notes = [...document.querySelectorAll(".note")].map(n => {
    const b = box(n), line = n.closest(".lines") && n.previousElementSibling;
    const l = line && [...n.parentElement.children].slice(0, [...n.parentElement.children]
      .indexOf(n)).reverse().find(e => e.classList.contains("l"));
    return {id: n.id, left: b.left, right: b.right, top: b.top, bottom: b.bottom,
            line: l ? l.textContent : null, line_right: l ? box(l).right : null,
            line_top: l ? box(l).top : null, line_bottom: l ? box(l).bottom : null};
  });
  return {scroll: root.scrollWidth, inner: innerWidth, background:
    getComputedStyle(document.body).backgroundColor, notes,
    height: root.scrollHeight, scripts: document.scripts.length,
    broken: [...document.querySelectorAll("a[href^='#']")].map(a => a.hash.slice(1))
      .filter(id => !document.getElementById(id))};
})()"""


class Browser:
    """Chromium, spoken to through a pipe (descriptors 3 and 4)."""

    def __init__(self):
        self.home = tempfile.mkdtemp()
        to_read, self.to = os.pipe()
        self.fro, fro_write = os.pipe()
        command = [shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu",
                   "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
                   "--user-data-dir=" + self.home, "--disable-background-networking",
                   "--disable-component-update", "--disable-sync", "about:blank"]
        self.child = subprocess.Popen(
            ["sh", "-c", 'r=$1 w=$2; shift 2; eval "exec \\"\\$@\\" 3<&$r 4>&$w"', "sh",
             str(to_read), str(fro_write), *command],
            pass_fds=(to_read, fro_write), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(fro_write)
        self.buffer, self.number, self.session, self.events = b"", 0, None, []

    def receive(self):
        while b"\0" not in self.buffer:
            more = os.read(self.fro, 1 << 20)
            if not more:
                sys.exit("the browser has ended")
            self.buffer += more
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self.receive())

    def close(self):
        self.session = None
        self.call("Browser.close")
        self.child.wait(timeout=20)
        shutil.rmtree(self.home, ignore_errors=True)


def look(browser, name, width, height, phone, scheme):
    browser.events = []
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=2 if phone else 1, mobile=phone)
    browser.call("Emulation.setEmulatedMedia",
                 features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.call("Page.navigate", url="file://" + page)
    browser.wait("Page.loadEventFired")
    result = browser.call("Runtime.evaluate", expression=MEASURE, returnByValue=True)
    seen = result["result"]["value"]
    shot = browser.call("Page.captureScreenshot", captureBeyondViewport=True,
                        clip={"x": 0, "y": 0, "width": width, "scale": 1,
                              "height": min(seen["height"], 6000)})
    with open(os.path.join(out, name + ".png"), "wb") as file:
        file.write(base64.b64decode(shot["data"]))
    events = {e.get("method"): [] for e in browser.events}
    for e in browser.events:
        events[e.get("method")].append(e.get("params"))
    seen["width"] = width
    seen["requests"] = [p["request"]["url"] for p in events.get("Network.requestWillBeSent", [])]
    seen["console"] = events.get("Log.entryAdded", []) + \
        events.get("Runtime.consoleAPICalled", []) + events.get("Runtime.exceptionThrown", [])
    return seen


def main():
    browser = Browser()
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.call("Target.attachToTarget", targetId=target,
                                   flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Log", "Network"):
        browser.call(domain + ".enable")
    print(json.dumps({name: look(browser, name, *values) for name, values in LOOKS.items()}))
    browser.close()


main()
