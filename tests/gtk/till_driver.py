# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a till as the programs on its bus can, and reports TAP. For the tests beside this file."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback

from gi.repository import Gio, GLib

NAME = "io.github.smiletill.Smiletill"
PATH = "/io/github/smiletill/Smiletill"
PATIENCE = 240  # seconds for any one step
FAULTS = re.compile(r"CRITICAL \*\*|(?<!till-gtk-)WARNING \*\*")  # the till itself warns of trouble it was put into

FOLDER = tempfile.TemporaryDirectory(prefix="smiletill-test-")


class Failure(Exception):
    pass


def check(condition, words):
    if not condition:
        raise Failure(words)


class Till:
    """One till on a profile of its own; ends with the with block."""

    def __init__(self, build, camera, profile=None, options=(), settings=None):
        self.build = build
        self.camera = camera
        self.options = options
        self.folder = profile or os.path.join(tempfile.mkdtemp(dir=FOLDER.name), "profile")
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        self.log = os.path.join(self.folder, "till.log")
        if settings:
            with open(os.path.join(self.folder, "settings.ini"), "w", encoding="utf-8") as file:
                file.write("[Smiletill]\n" + "".join(f"{key}={value}\n" for key, value in settings.items()))
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def __enter__(self):
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [os.path.join(self.build, "src", "gtk", "smiletill"), "--profile", self.folder, "--camera", self.camera,
                 *self.options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self.wait("the till to open", lambda: self.read("state") in ("idle", "failed"))
        check(self.read("state") == "idle", f"the till did not open: {self.read('reason')}")
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.activate("quit")
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure("the till did not quit") from None
        if kind is None:
            check(self.process.returncode == 0, f"the till ended with {self.process.returncode}: {self.tail()}")
            faults = [line.strip() for line in self.lines() if FAULTS.search(line)]
            check(not faults, f"the till's log tells of faults: {faults[:3]}")

    def lines(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.readlines()

    def tail(self):
        return "".join(self.lines()[-5:])

    def call(self, method, parameters, answer=None, path=PATH):
        return self.bus.call_sync(NAME, path, "org.gtk.Actions", method, parameters,
                                  GLib.VariantType(answer) if answer else None,
                                  Gio.DBusCallFlags.NO_AUTO_START, 60000, None)

    def describe(self, action):
        try:
            return self.call("Describe", GLib.Variant("(s)", (action,)), "((bgav))").unpack()[0]
        except GLib.Error:
            return (False, "", [])

    def read(self, action):
        states = self.describe(action)[2]
        return states[0] if states else None

    def enabled(self, action):
        return self.describe(action)[0]

    def activate(self, action, target=None, path=PATH):
        targets = [target] if target is not None else []
        self.call("Activate", GLib.Variant("(sava{sv})", (action, targets, {})), path=path)

    def wait(self, what, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            check(self.process.poll() is None, f"the till ended with {self.process.returncode}: {self.tail()}")
            check(time.monotonic() < deadline,
                  f"waited in vain for {what}; the till says {self.read('state')} ({self.read('reason')})")
            time.sleep(0.03)

    def wait_state(self, *states):
        self.wait(" or ".join(states), lambda: self.read("state") in states)

    def step(self, action, *states, target=None):
        check(self.enabled(action), f"{action} is not possible in {self.read('state')}")
        self.activate(action, target)
        self.wait_state(*states)

    def ring_up(self):
        self.activate("add-article", GLib.Variant("s", "croissant"))
        self.activate("set-quantity", GLib.Variant("(su)", ("croissant", 3)))
        self.wait("the basket", lambda: self.read("total") == "3.90")

    def agree_to_enrol(self, keep="shop"):
        """Decides as a grown-up would, and agrees."""
        for action, choice in (("enrol-keep", keep), ("enrol-age", "adult")):
            self.activate(action, GLib.Variant("s", choice))
        self.wait("what there is to agree to", lambda: self.enabled("enrol-agree"))
        self.activate("enrol-agree")

    def ledger(self, *kinds):
        """Bodies of the ledger's rows of these kinds."""
        return [row["body"] for row in self.ctl("ledger") if row["kind"] in kinds]

    def ctl(self, *command, typed=""):
        """What smiletillctl prints; after the till has ended, for one program at a time holds a profile."""
        check(self.process.poll() is not None, "the till still has its profile")
        program = os.path.join(self.build, "src", "ctl", "smiletillctl")
        ended = subprocess.run([program, *command, "--json", "--profile", self.folder], input=typed,
                               capture_output=True, text=True, check=False)
        check(ended.returncode == 0, f"smiletillctl {' '.join(command)}: {ended.stderr.strip()}")
        return [json.loads(line) for line in ended.stdout.splitlines()]

    def set_manager_pin(self, pin):
        self.ctl("staff", "set-manager-pin", typed=pin + "\n")


def clip(segment):
    return f"clip:{os.environ['SMILETILL_MODELS']}/franck.webm@{segment}"


def run(tests):
    """Runs each of @tests (functions of BUILD), prints TAP, and ends the program."""
    build = sys.argv[1]
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        words = test.__doc__ or test.__name__
        try:
            test(build)
            print(f"ok {number} - {words}", flush=True)
        except Exception:  # any failure is this test's
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} - {words}", flush=True)
    sys.exit(1 if failed else 0)
