# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox as a process of its own: started again whenever it dies, and made to misbehave through its admin endpoint."""

import base64
import http.client
import json
import os
import signal
import ssl
import subprocess
import threading
import time
import urllib.parse

KEY = "sk_test_torture0123456789abcdef"
# Whatever a program complains of ends it.
ENVIRONMENT = {**os.environ, "G_DEBUG": "fatal-criticals"}
# Seconds; nothing takes as long unless it hangs.
WATCHDOG = 120


class Gateway:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.port = 0
        self.process = None
        self.stopping = False
        self.expected = 0  # kills of our own that are not seen yet
        self.own_deaths = 0  # it killed itself, as was ordered
        self.crashes = []
        self.up = threading.Event()
        self.lock = threading.Lock()
        self.connection = None
        self.launch()
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        self.watcher.start()

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    @property
    def certificate(self):
        return os.path.join(self.folder, "cert.pem")

    def launch(self):
        key, other = os.pipe()
        os.write(other, KEY.encode() + b"\n")
        os.close(other)
        command = [self.program, "--dir", self.folder, "--port", str(self.port), "--key-fd", str(key), "--exit-with-stdin"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[key], env=ENVIRONMENT)
        os.close(key)
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the gateway did not start (status {process.wait()})")
        self.port = json.loads(line)["port"]
        self.process = process
        self.up.set()

    def watch(self):
        while True:
            process = self.process
            status = process.wait()
            self.up.clear()
            process.stdin.close()
            process.stdout.close()
            with self.lock:
                if self.stopping:
                    return
                if self.expected:
                    self.expected -= 1
                elif status == -signal.SIGKILL:
                    self.own_deaths += 1
                else:
                    self.crashes.append(f"the gateway ended with status {status}")
            self.launch()

    def kill(self):
        """From outside, whatever it is doing."""
        with self.lock:
            self.expected += 1
        self.process.kill()

    def stop(self):
        self.wait_until_up()
        with self.lock:
            self.stopping = True
        self.process.terminate()
        self.watcher.join(WATCHDOG)

    def wait_until_up(self):
        if not self.up.wait(WATCHDOG):
            raise RuntimeError("the gateway does not come back")

    def has_died(self, before):
        """Whether it has died by its own hand once more than @before; the order may have met a request it refused."""
        end = time.monotonic() + 1
        while self.own_deaths <= before and time.monotonic() < end:
            time.sleep(0.001)
        self.wait_until_up()
        return self.own_deaths > before

    def request(self, method, path, form=None):
        """An exchange beside the till's, repeated until it gets through."""
        body = urllib.parse.urlencode(form) if form is not None else None
        headers = {"Authorization": "Basic " + base64.b64encode(KEY.encode() + b":").decode()}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        end = time.monotonic() + WATCHDOG
        while True:
            self.wait_until_up()
            try:
                if self.connection is None:
                    # Whether certificates are checked is the till's affair.
                    self.connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=WATCHDOG,
                                                                  context=ssl._create_unverified_context())
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                return json.loads(answer.read())
            except (OSError, http.client.HTTPException):
                self.connection = None
                if time.monotonic() > end:
                    raise
                time.sleep(0.002)

    def order(self, kind, method, path, count, milliseconds):
        answer = self.request("POST", "/sandbox/faults", {"kind": kind, "method": method, "path": path, "count": count,
                                                          "milliseconds": milliseconds})
        if answer.get("kind") != kind:
            raise RuntimeError(f"the gateway would not take the fault {kind}: {answer}")

    def clear_orders(self):
        """What was ordered and not met."""
        left = self.request("GET", "/sandbox/faults")["data"]
        if left:
            self.request("DELETE", "/sandbox/faults")
        return left

    def settle(self, kind, identifier, outcome):
        return self.request("POST", f"/sandbox/{kind}/{identifier}/settle", {"outcome": outcome})

    def list(self, path):
        """All of a list, page by page."""
        found = []
        after = ""
        while True:
            page = self.request("GET", f"{path}?limit=100{after}")
            found += page["data"]
            if not page["has_more"]:
                return found
            after = "&starting_after=" + page["data"][-1]["id"]
