#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-custody.py BUILD: a whole day in the real till, and then a search of everything that it left anywhere.

Somebody is enrolled, pays, pays again and the till is killed in the middle, is declined, and is erased. Then every byte of
the profile, of the temporary and the user's folders, of the logs and of the files that the till held open is looked through,
and so is the memory that a core of the till would have held: for the template, frames of the camera, the digits, the name of
who was erased, the payer token and the API key. The search is shown to find them where they were planted.
"""
import collections
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Before anything makes a temporary file: all of them are to be in here.
WORLD = tempfile.mkdtemp(prefix="smiletill-custody-")
os.environ["TMPDIR"] = os.path.join(WORLD, "tmp")
os.mkdir(os.environ["TMPDIR"])
tempfile.tempdir = None
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gtk"))

from gi.repository import GLib  # noqa: E402
from till_driver import PATIENCE, Till, check, clip, run  # noqa: E402
from till_gateway import NOTE, Gateway  # noqa: E402

NAME = "Zebulon Quartermaine"
DIGITS = "7306"
MANAGER = "480216"
ENROLLING = "0-40"
PAYING = "74-100"
SMILE = ("68", "90")
FRAME_SIZE = (360, 288)
FRAME_RATE = 25
EVERYTHING = ["template", "frame", "digits", "name", "payer", "API key"]


def hexed(text):
    return text.encode().hex()


def digits_in_context():
    """As text that a program, a page or a log would have them in; four digits alone are anywhere."""
    around = ['"{}"', "'{}'", ">{}<", "={}\n", ": {}\n", " {}\n", "\n{}\n", "{}\0"]
    return [hexed(form.format(DIGITS)) for form in around]


def frames(segment, size):
    """Each frame of the clip between two seconds, as the camera's pipeline makes it."""
    begin, end = segment.split("-")
    words = ["gst-launch-1.0", "-q", "filesrc", f"location={os.environ['SMILETILL_MODELS']}/franck.webm", "!", "decodebin",
             "!", "videoconvert", "!", "video/x-raw,format=BGR", "!", "fdsink", "fd=1"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    number = 0
    while True:
        frame = process.stdout.read(size)
        if len(frame) < size:
            break
        if int(begin) * FRAME_RATE <= number <= int(end) * FRAME_RATE:
            yield frame
        number += 1
    process.wait()
    check(number > 0, "no frame of the clip could be decoded")


def shown(piece):
    """As a page would draw these pixels: with a fourth byte each, as they are or as in a mirror."""
    pixels = [piece[i:i + 3] + b"\xff" for i in range(0, len(piece), 3)]
    yield b"".join(pixels).hex()
    yield b"".join(reversed(pixels)).hex()


def frame_needles(segment):
    """Pieces of the rows in the middle, where the face is; plain ones are anywhere and say nothing."""
    width, height = FRAME_SIZE
    for frame in frames(segment, width * height * 3):
        for row in range(height // 4, 3 * height // 4, height // 24):
            start = (row * width + width // 2) * 3
            piece = frame[start:start + 24]
            if len(set(piece)) >= 12:
                yield piece.hex()
                yield from shown(piece)


class Search:
    """What should be nowhere, and where it was looked for."""

    def __init__(self, build):
        self.program = os.path.join(build, "tests", "custody", "find-needles")
        self.needles = collections.defaultdict(set)
        self.file = os.path.join(tempfile.mkdtemp(dir=os.path.dirname(WORLD), prefix="smiletill-needles-"), "needles")

    def add(self, label, *pieces):
        self.needles[label].update(pieces)

    def look(self, labels, paths=(), pid=None, everything=False):
        """(label, where) of what was found, and how many bytes were looked through."""
        with open(self.file, "w", encoding="ascii") as file:
            for label in labels:
                check(self.needles[label], f"nothing is known of the {label} to look for")
                file.writelines(f"{label}\t{piece}\n" for piece in sorted(self.needles[label]))
        process = ["--pid", str(pid)] if pid else []
        process += ["--all"] if everything else []
        ended = subprocess.run([self.program, *process, self.file, *paths], capture_output=True, text=True, check=False,
                               errors="replace")
        check(ended.returncode == 0, f"the search failed: {ended.stderr}")
        *finds, summary = [line.split("\t") for line in ended.stdout.splitlines()]
        check(summary[0] == "searched" and int(summary[1].split()[0]) > 0, "nothing was searched")
        return [(words[0], words[1], words[2]) for words in finds], int(summary[2])

    def end(self):
        shutil.rmtree(os.path.dirname(self.file))


def files_below(*folders):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield str(path)


def open_files(pid):
    """What it holds open, also what has no name any more."""
    for path in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        if os.path.isfile(path):
            yield os.path.realpath(path) if os.path.exists(os.path.realpath(path)) else str(path)


class Stopped:
    """A process that stands still: what a core of it would hold at this moment."""

    def __init__(self, process):
        self.process = process

    def __enter__(self):
        self.process.send_signal(signal.SIGSTOP)
        os.waitpid(self.process.pid, os.WUNTRACED)
        return self.process.pid

    def __exit__(self, kind, value, trace):
        self.process.send_signal(signal.SIGCONT)


def is_core(path):
    """An ELF file of the type that cores have."""
    with open(path, "rb") as file:
        head = file.read(18)
    return head[:4] == b"\x7fELF" and head[16:18] == b"\x04\x00"


class Day:
    """What happened, for the tests to look at."""

    def __init__(self, build):
        self.build = build
        self.search = Search(build)
        self.profile = os.path.join(WORLD, "profile")
        self.memory = {}  # moment to what was found then

    def look_at_memory(self, till, moment, *labels):
        """What a core would hold now, and the files that are open, be they without a name."""
        with Stopped(till.process) as pid:
            finds, size = self.search.look(labels, pid=pid)
            held = list(open_files(pid))
            in_files, more = self.search.look(labels, held) if held else ([], 0)
        self.memory[moment] = finds + in_files
        print(f"# {moment}: {size >> 20} MB of memory, {more >> 20} MB in {len(held)} open files", flush=True)

    def find_frames(self, till):
        with Stopped(till.process) as pid:
            self.all_frames, _ = self.search.look(["frame"], pid=pid, everything=True)
        return self.all_frames

    def till(self, camera):
        return Till(self.build, clip(camera), self.profile)

    def learn_what_is_kept(self):
        with open(os.path.join(self.profile, "profile-id"), encoding="utf-8") as file:
            profile_id = file.read().strip()
        kept = subprocess.run([os.path.join(self.build, "tests", "custody", "list-kept"),
                               os.path.join(self.profile, "smiletill.db"), profile_id],
                              capture_output=True, text=True, check=True)
        for line in kept.stdout.splitlines():
            label, piece = line.split("\t")
            self.search.add(label, piece)
        self.payer = bytes.fromhex(next(iter(self.search.needles["payer"]))).decode()

    def enrol(self):
        with self.till(ENROLLING) as till:
            till.activate("enrol")
            till.wait("the consent", lambda: till.read("enrolment") == "consent")
            till.agree_to_enrol()
            till.wait("the details", lambda: till.read("enrolment") in ("details", "failed"))
            check(till.read("enrolment") == "details", "no good views in the clip")
            till.activate("enrol-save", GLib.Variant("(sss)", (NAME, DIGITS, "pm_card_visa")))
            till.wait("the enrolment", lambda: till.read("enrolment") in ("done", "failed", "pin"))
            if till.read("enrolment") == "pin":
                till.activate("enrol-no-pin")
                till.wait("the enrolment", lambda: till.read("enrolment") in ("done", "failed"))
            check(till.read("enrolment") == "done", "nobody was enrolled")
            till.activate("enrol-end")
            till.wait("the till to be free", lambda: till.read("enrolment") == "")
        known = till.ctl("customers")
        check([row["name"] for row in known] == [NAME], f"enrolled are {known}")
        self.person = known[0]["id"]
        till.set_manager_pin(MANAGER)
        self.learn_what_is_kept()

    def begin_to_pay(self, till):
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-face", "consent")
        till.step("agree", "digits")
        till.wait("the camera", lambda: till.read("camera") is True)

    def pay(self, till, *ends):
        till.activate("digits", GLib.Variant("s", DIGITS))
        others = {"approved", "declined", "not-confirmed", "doubt", "no-camera"}
        till.wait("the end of the payment", lambda: till.read("state") in others.union(ends))
        check(till.read("state") in ends, f"the sale ended as {till.read('state')} ({till.read('reason')})")

    def crash(self, till):
        """In the middle of a charge that the gateway does not answer, the camera having been on a moment before."""
        self.gateway.silence()
        self.begin_to_pay(till)
        self.pay(till, "charging", "doubt")
        self.look_at_memory(till, "in the middle of a charge", "template", "frame", "digits")
        till.process.send_signal(signal.SIGSEGV)
        till.process.wait(timeout=60)
        check(till.process.returncode == -signal.SIGSEGV, f"the till ended with {till.process.returncode}")
        till.process.returncode = 0  # as it was told

    def decline(self, till):
        self.gateway.request("POST", f"/v1/payment_methods/{self.payer.split('/')[1]}/detach")
        self.begin_to_pay(till)
        self.pay(till, "declined")
        till.step("pay-cash", "counter")
        till.step("take-tender", "paid")
        till.step("dismiss", "idle")

    def erase(self, till):
        """As soon as the charge in doubt has its end, which the till finds out by itself."""
        deadline = time.monotonic() + PATIENCE
        while True:
            till.activate("erase-customer", GLib.Variant("(ss)", (self.person, MANAGER)))
            till.wait("the erasure", lambda: till.read("customers-end")[0] not in ("", "busy"))
            if till.read("customers-end")[0] == "done":
                return
            check(time.monotonic() < deadline, f"nobody was erased: {till.read('customers-end')}")
            time.sleep(1)

    def play(self):
        resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
        os.mkdir(os.path.join(WORLD, "cwd"))
        os.chdir(os.path.join(WORLD, "cwd"))
        self.search.add("name", hexed(NAME))
        self.search.add("digits", *digits_in_context())
        self.search.add("frame", *frame_needles(ENROLLING), *frame_needles(PAYING))
        self.enrol()
        with self.till(PAYING + ",loop") as till:
            self.gateway = Gateway(self.profile)
            self.search.add("API key", hexed(self.gateway.note["key"]))
            self.begin_to_pay(till)
            till.wait("frames of the camera", lambda: self.find_frames(till))
            self.look_at_memory(till, "while the camera looks", "template", "frame")
            self.pay(till, "approved")
            till.step("dismiss", "idle")
            self.look_at_memory(till, "after a payment", "template", "frame", "digits", "payer", "API key")
            self.crash(till)
        with self.till(PAYING + ",loop") as till:
            self.gateway = Gateway(self.profile)
            self.decline(till)
            self.erase(till)
            self.look_at_memory(till, "after the erasure", *EVERYTHING)
        self.ended = till


class PassDay(Day):
    """The same of somebody who carries their face on a pass and leaves nothing at the shop."""

    LABELS = ["pass", "digits", "payer"]

    def __init__(self, build):
        super().__init__(build)
        self.profile = os.path.join(WORLD, "profile-of-passes")

    def issue(self):
        with Till(self.build, clip(ENROLLING), self.profile, options=("--tester",)) as till:
            till.activate("enrol")
            till.wait("the consent", lambda: till.read("enrolment") == "consent")
            till.agree_to_enrol("pass")
            till.wait("the details", lambda: till.read("enrolment") in ("details", "failed"))
            till.activate("enrol-save", GLib.Variant("(sss)", ("", DIGITS, "pm_card_visa")))
            till.wait("the pass", lambda: till.read("enrolment") in ("pass", "failed"))
            code = till.read("enrolled-pass")
            till.activate("pass-leave")
            till.activate("pass-done")
            till.wait("the enrolment", lambda: till.read("enrolment") == "done")
            till.activate("enrol-end")
            gateway = Gateway(self.profile)
            payer = gateway.request("GET", "/v1/customers")["data"][0]["id"]
            method = gateway.request("GET", f"/v1/payment_methods?customer={payer}")["data"][0]["id"]
        # Sealed as it is, a shorter piece tells nobody anything; the stack of a thread that read it may keep one.
        self.search.add("pass", *(hexed(code[i:i + 32]) for i in range(0, len(code) - 32)))
        self.search.add("payer", hexed(f"{payer}/{method}"))
        self.search.add("digits", *digits_in_context())
        return code

    def play(self):
        code = self.issue()
        # Of the customer's own, so it is nowhere that is searched.
        held_up = os.path.join(os.path.dirname(self.search.file), "pass.webm")
        subprocess.run([os.path.join(self.build, "tests", "customers", "make-pass-clip"), code,
                        os.path.join(os.environ["SMILETILL_MODELS"], "franck.webm"), *SMILE, held_up], check=True)
        with Till(self.build, f"clip:{held_up},loop", self.profile) as till:
            self.begin_to_pay(till)
            till.wait("the pass", lambda: till.read("pass") not in ("", "reading"))
            check(till.read("pass") == "accepted", f"the pass is taken for {till.read('pass')}")
            self.pay(till, "approved")
            till.step("dismiss", "idle")
            self.look_at_memory(till, "after a payment with a pass", *self.LABELS)
        self.ended = till


DAY = []


def carried(build):
    """somebody pays with a face pass: no file and no core holds the pass, its payer or its digits"""
    passes = PassDay(build)
    try:
        passes.play()
        intents = passes.ended.ledger("charge-intent")
        check([row["pass"][:5] for row in intents] == ["pass_"], f"charged were {intents}")
        paths = [path for path in files_below(WORLD, os.environ["SMILETILL_PRIVATE_SESSION"]) if not path.endswith(NOTE)]
        finds, _ = passes.search.look(passes.LABELS, paths)
        check(not finds, f"found in files: {finds}")
        check(not any(passes.memory.values()), f"found in memory: {passes.memory}")
    finally:
        passes.search.end()


def day(build):
    """the day goes as days go: enrolled, paid, crashed in the middle of a charge, declined, erased"""
    DAY.append(Day(build))
    DAY[0].play()
    check(DAY[0].ended.ctl("customers") == [], "somebody is still enrolled")


def books(build):
    """the books hold the day, and nothing is open or wrong in them"""
    till = DAY[0].ended
    ends = [row["status"] for row in till.ledger("charge-end")]
    check(ends in (["approved", "approved", "declined"], ["approved", "declined", "declined"]), f"the charges ended {ends}")
    check(len(till.ledger("erasure")) == 1, "no erasure is in the books")
    check(len(till.ledger("payer-removed")) == 1, "the payment service was not told to forget the payer")
    audit = subprocess.run([os.path.join(build, "src", "ctl", "smiletillctl"), "audit", "--profile", till.folder],
                           capture_output=True, text=True, check=False)
    check(audit.returncode == 0, f"the audit says {audit.stdout} {audit.stderr}")


def memory(build):
    """no core of the till would have held any of it, at no moment of the day"""
    moments = DAY[0].memory
    check(set(moments) == {"while the camera looks", "after a payment", "in the middle of a charge", "after the erasure"},
          f"looked at {list(moments)}")
    check(not any(moments.values()), f"found in memory: {moments}")


def frames_are_there(build):
    """while the camera looks its frames are found in memory: so they would have been found afterwards"""
    check(DAY[0].all_frames, "no frame is in memory at all")


def no_core(build):
    """the crash left no core, where that of another program does"""
    places = [path for path in files_below(WORLD, os.environ["SMILETILL_PRIVATE_SESSION"])]
    check(not [path for path in places if is_core(path)], "the till left a core")
    limit = resource.getrlimit(resource.RLIMIT_CORE)[0]
    with open("/proc/sys/kernel/core_pattern", encoding="ascii") as pattern:
        here = not pattern.read().startswith(("|", "/"))
    if limit == 0 or not here:
        print("# this system leaves no cores here for any program")
        return
    subprocess.run([sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"], check=False)
    cores = [path for path in files_below(os.getcwd()) if is_core(path)]
    check(cores, "no core of another program is found: the test proves nothing")
    for path in cores:
        os.remove(path)


def files(build):
    """no file of the profile, of the temporary and the user's folders, and no log holds any of it"""
    paths = [path for path in files_below(WORLD, os.environ["SMILETILL_PRIVATE_SESSION"]) if not path.endswith(NOTE)]
    finds, size = DAY[0].search.look(EVERYTHING, paths)
    print(f"# {len(paths)} files, {size >> 10} kB")
    check(any(path.endswith("smiletill.db") for path in paths) and any(path.endswith("till.log") for path in paths),
          "neither database nor log was searched")
    check(not finds, f"found in files: {finds}")


def journal(build):
    """the system's journal, where there is one, holds none of it"""
    if shutil.which("journalctl") is None:
        print("# there is no journal here")
        return
    said = subprocess.run(["journalctl", "--no-pager", "--quiet", "--since", "-1 hour"], capture_output=True, check=False)
    for needle in (NAME, DAY[0].payer, DAY[0].gateway.note["key"]):
        check(needle.encode() not in said.stdout, "it is in the journal")


def planted_in_files(build):
    """the search finds each of them in a file where it was planted"""
    search = DAY[0].search
    path = os.path.join(DAY[0].profile, "planted")
    for label in EVERYTHING:
        piece = bytes.fromhex(sorted(search.needles[label])[-1])
        with open(path, "wb") as file:
            file.write(os.urandom(100003) + piece + os.urandom(17))
        finds, _ = search.look(EVERYTHING, [path])
        check((label, path, "100003") in finds, f"a planted {label} is not found: {finds}")
    os.remove(path)


HOLDER = """
import mmap, sys
room = mmap.mmap(-1, 1 << 20)
if sys.argv[1] == "hidden":
    room.madvise(mmap.MADV_DONTDUMP)
for line in sys.stdin:
    if line == "\\n":
        break
    room.write(bytes.fromhex(line))
line = None
print("there", flush=True)
sys.stdin.read()
"""


def planted_in_memory(build):
    """the search finds each of them in the memory of a process, but for what no core would hold"""
    search = DAY[0].search
    for mode, everything, expected in (("open", False, set(EVERYTHING)), ("hidden", True, set(EVERYTHING)),
                                       ("hidden", False, set())):
        holder = subprocess.Popen([sys.executable, "-c", HOLDER, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  text=True)
        for label in EVERYTHING:
            holder.stdin.write(sorted(search.needles[label])[-1] + "\n")
        holder.stdin.write("\n")
        holder.stdin.flush()
        check(holder.stdout.readline() == "there\n", "the holder did not start")
        with Stopped(holder) as pid:
            finds, _ = search.look(EVERYTHING, pid=pid, everything=everything)
        holder.kill()
        holder.communicate()
        found = {label for label, where, _ in finds if "/dev/zero" in where or mode == "open"}
        check(found == expected, f"{mode}: {found} instead of {expected}")


try:
    run([day, books, memory, frames_are_there, no_core, files, journal, planted_in_files, planted_in_memory, carried])
finally:
    if DAY:
        DAY[0].search.end()
    os.chdir("/")
    shutil.rmtree(WORLD, ignore_errors=True)
