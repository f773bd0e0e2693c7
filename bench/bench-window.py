#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-window BUILD: what the till costs in its window: nothing to do and the camera off, and a sale by face.

To be run on a screen and in a session of its own, as scripts/run-bench does. IDLE_SECONDS in the environment is how
long each idle till is watched.
"""
import ctypes
import os
import pathlib
import statistics
import sys
import time
import typing

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "gtk"))
from gi.repository import GLib

from till_driver import PATIENCE, Till, check, clip

IDLE_SECONDS = float(os.environ.get("IDLE_SECONDS", "60"))
CONSENT_SECONDS = 20  # less than a customer is given for the decision
SETTLE_SECONDS = 4  # after which whatever was on its way is done: pages, a closing camera, the last row in the books
SALES = 3
ENDINGS = ("approved", "declined", "not-confirmed")
PAUSE_SECONDS = 0.004  # between two questions to the till

libc = ctypes.CDLL(None, use_errno=True)


class Answer(typing.NamedTuple):
    """How long it took; how long the interface's thread computed meanwhile, and waited for a core to compute on."""
    seconds: float
    computed: float
    waited: float
    step: str


def interface_times(pid):
    words = pathlib.Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()
    return int(words[0]) / 1e9, int(words[1]) / 1e9


class WatchedTill(Till):
    """Notes how long each answer took: the interface's thread gives it once it is done with what it was doing."""

    def __init__(self, *arguments, **words):
        super().__init__(*arguments, **words)
        self.answers = []  # of Answer
        self.step_words = "opening"

    def call(self, *arguments, **words):
        computed, waited = interface_times(self.process.pid)
        asked = time.monotonic()
        answer = super().call(*arguments, **words)
        took = time.monotonic() - asked
        now = interface_times(self.process.pid)
        self.answers.append(Answer(took, now[0] - computed, now[1] - waited, self.step_words))
        return answer

    def wait(self, what, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            check(self.process.poll() is None, f"the till ended: {self.tail()}")
            check(time.monotonic() < deadline, f"waited in vain for {what}; the till says {self.read('state')}")
            time.sleep(PAUSE_SECONDS)

    def step(self, action, *states, target=None):
        self.step_words = f"{action} to {states[0]}"
        super().step(action, *states, target=target)


def processor_seconds(pid):
    """Of all threads that are and were."""
    clock = ctypes.c_int()
    check(libc.clock_getcpuclockid(pid, ctypes.byref(clock)) == 0, f"process {pid} has no clock")
    return time.clock_gettime(clock.value)


def wakeups(pid):
    """How often each thread has gone to sleep, and so was woken."""
    counts = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            name = (task / "comm").read_text().strip()
            status = (task / "status").read_text()
        except OSError:  # it has ended
            continue
        counts[task.name] = (name, int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0]))
    return counts


def print_line(name, value, unit, words=""):
    print(f"  {name:<34} {value:8.3f} {unit:<5} {words}".rstrip(), flush=True)


def measure_idle(till, name, seconds, aim=""):
    check(till.read("camera") is False, "the camera is on")
    time.sleep(SETTLE_SECONDS)
    pid = till.process.pid
    before, spent, began = wakeups(pid), processor_seconds(pid), time.monotonic()
    time.sleep(seconds)
    lasted = time.monotonic() - began
    spent, after = processor_seconds(pid) - spent, wakeups(pid)
    woken = {}
    for task, (thread, count) in after.items():
        woken[thread] = woken.get(thread, 0) + count - before.get(task, (thread, 0))[1]
    total = sum(woken.values()) / lasted
    names = ", ".join(f"{thread} {count / lasted:.2f}" for thread, count in sorted(woken.items()) if count)
    print_line(name, 100 * spent / lasted, "%", f"of one core, {total:.2f} wakeups/s over {lasted:.0f} s{aim}")
    if names:
        print(f"    woken each second: {names}", flush=True)


def enrol(till):
    till.activate("enrol")
    till.activate("enrol-agree")
    till.wait("good views", lambda: till.read("enrolment") in ("details", "failed"))
    till.activate("enrol-save", GLib.Variant("(sss)", ("Franck", "1234", "pm_card_visa")))
    till.wait("the enrolment", lambda: till.read("enrolment") in ("done", "failed"))
    check(till.read("enrolment") == "done", "nobody was enrolled")
    till.activate("enrol-end")


def sell(till):
    """One sale by face; how it ended. A machine that is too busy to see a smile as it grows pays nothing."""
    till.answers.clear()
    till.step_words = "ringing up"
    till.ring_up()
    till.step("charge", "ways")
    till.step("pay-face", "consent")
    till.step("agree", "digits")
    till.step("digits", "smile", *ENDINGS, target=GLib.Variant("s", "1234"))
    till.step_words = "smile to receipt"
    till.wait_state(*ENDINGS)
    ending = till.read("state")
    if ending == "approved":
        till.step("dismiss", "idle")
    else:
        till.step("dismiss", "ways")
        till.step("cancel", "idle")
    return ending


def measure_sales(till):
    approved = 0
    for number in range(1, SALES + 1):
        ending = sell(till)
        if ending != "approved":
            print(f"  sale {number} was left out: it ended as {ending}", flush=True)
            continue
        approved += 1
        longest = max(till.answers)
        common = statistics.median(answer.seconds for answer in till.answers)
        print_line(f"longest stall of sale {number}", 1000 * longest.seconds, "ms",
                   f"{longest.step}: computing {1000 * longest.computed:.1f}, waiting for a core "
                   f"{1000 * longest.waited:.1f}; {len(till.answers)} answers, {1000 * common:.2f} ms as a rule")
    check(approved > 0, "no sale was approved")


def measure(build):
    aim = " (aim: under 0.2 %)"
    with Till(build, clip("0-40")) as till:
        profile = till.folder
        measure_idle(till, "idle, camera off", IDLE_SECONDS, aim)
        enrol(till)
        measure_idle(till, "idle after an enrolment", IDLE_SECONDS, aim)
    with WatchedTill(build, clip("74-100,loop"), profile) as till:
        print("  The interface's thread during whole sales by face", flush=True)
        measure_sales(till)
        measure_idle(till, "idle after payments by face", IDLE_SECONDS, aim)
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-face", "consent")
        measure_idle(till, "consent, its time running down", CONSENT_SECONDS)


if len(sys.argv) != 2:
    sys.exit(__doc__)
print("\nThe till in its window\n", flush=True)
measure(os.path.abspath(sys.argv[1]))
