#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What customers decide, carry and take back themselves, on their side of the till: where their face is kept, the face
pass, seeing what is kept of them, and having it erased."""
import os
import re
import subprocess

from gi.repository import GLib

from till_driver import Till, check, clip, run
from till_screen_reader import press, seen

# Franck's smile, after seconds without one.
SMILE = (68, 90)


def text(words):
    return GLib.Variant("s", words)


def wait_enrolment(till, *states):
    till.wait(" or ".join(states), lambda: till.read("enrolment") in states)


def wait_presence(till, *states):
    till.wait(" or ".join(states), lambda: till.read("presence") in states)


def enrol(till, keep="shop"):
    till.activate("enrol")
    wait_enrolment(till, "consent")
    till.agree_to_enrol(keep)
    wait_enrolment(till, "details", "failed")
    check(till.read("enrolment") == "details", "no good views in the clip")
    till.activate("enrol-save", GLib.Variant("(sss)", ("Franck" if keep == "shop" else "", "1234", "pm_card_visa")))
    wait_enrolment(till, "done", "pass", "failed")
    check(till.read("enrolment") == ("done" if keep == "shop" else "pass"), "it was not written down")


def pressed(till):
    """Names of what can be pressed, and of those that are chosen."""
    return {name for role, name, parent, window in seen(till) if role in ("push button", "toggle button")}


def decides(build):
    """nothing is chosen for a customer: no consent before both choices, and a guardian has a name"""
    with Till(build, clip("0-40")) as till:
        till.activate("enrol")
        wait_enrolment(till, "consent")
        check(not till.enabled("enrol-agree"), "there is something to agree to before anything was chosen")
        till.activate("enrol-agree")
        till.activate("enrol-age", text("adult"))
        check(not till.enabled("enrol-agree"), "where the face is kept was chosen for the customer")
        till.activate("enrol-keep", text("pass"))
        till.wait("the text", lambda: till.enabled("enrol-agree"))
        till.activate("enrol-choose")
        till.wait("the choices", lambda: not till.enabled("enrol-agree"))
        till.activate("enrol-keep", text("shop"))
        till.activate("enrol-age", text("guardian"))
        check(not till.enabled("enrol-agree"), "a guardian agreed who has no name")
        till.activate("enrol-guardian", text("  "))
        check(not till.enabled("enrol-agree"), "a guardian agreed whose name is blank")
        till.activate("enrol-guardian", text("Anna"))
        till.wait("the text", lambda: till.enabled("enrol-agree"))
        check(till.read("camera") is False, "the camera is on before the customer agreed")
        till.activate("enrol-end")
        wait_enrolment(till, "")
        till.activate("enrol")
        wait_enrolment(till, "consent")
        check(not till.enabled("enrol-agree"), "the next customer finds what the last one chose")
        till.activate("enrol-end")


def unasked(build):
    """a shop that gives out no passes and asks nobody’s age goes to the text at once"""
    with Till(build, clip("0-40"), settings={"face-pass-allowed": "false", "guardian-age": "0"}) as till:
        till.activate("enrol")
        wait_enrolment(till, "consent")
        check(till.enabled("enrol-agree"), "there is nothing to agree to")
        check(not till.enabled("enrol-keep") and not till.enabled("enrol-age"), "what is not asked can be answered")
        till.activate("enrol-end")


def show_pass_to_camera(build, folder, code, face_from, face_to):
    """A clip in which the pass is held up, and then the face."""
    path = os.path.join(folder, "pass.webm")
    subprocess.run([os.path.join(build, "tests", "customers", "make-pass-clip"), code,
                    os.path.join(os.environ["SMILETILL_MODELS"], "franck.webm"), str(face_from), str(face_to), path],
                   check=True)
    return f"clip:{path},loop"


def issue_pass(build):
    with Till(build, clip("0-40"), options=("--tester",)) as till:
        enrol(till, "pass")
        code = till.read("enrolled-pass")
        check(re.fullmatch(r"[0-9A-Z $%*+./:-]{100,}", code), f"that is no text of a pass: {code[:20]}…")
        check(not till.enabled("enrol-end"), "the pass can be lost without being asked")
        paper = os.path.join(till.folder, "pass.png")
        till.activate("pass-save", text(paper))
        till.wait("the paper", lambda: os.path.exists(paper) and os.path.getsize(paper) > 0)
        os.remove(paper)
        till.activate("pass-leave")
        till.activate("pass-stay")
        check(till.read("enrolment") == "pass", "the pass is gone though it was to stay")
        till.activate("pass-leave")
        till.activate("pass-done")
        wait_enrolment(till, "done")
        check(till.read("enrolled-pass") == "", "the pass is still to be had")
        till.activate("enrol-end")
    check(till.ctl("customers") == [], "the shop has a record of somebody who carries a pass")
    return till.folder, code


def start_paying(till):
    till.ring_up()
    till.step("charge", "ways")
    till.step("pay-face", "consent")
    check(till.read("camera") is False, "the camera is on before the customer agreed")
    till.step("agree", "digits")


def carries(build):
    """a face pass: enrolled, taken away, shown and paid with, and the shop keeps no record"""
    folder, code = issue_pass(build)
    with Till(build, show_pass_to_camera(build, folder, code, *SMILE), folder) as till:
        start_paying(till)
        till.wait("the pass", lambda: till.read("pass") not in ("", "reading"))
        check(till.read("pass") == "accepted", f"the pass is taken for {till.read('pass')}")
        check(till.read("enrolled-pass") == "", "whoever is no tester reads passes from the bus")
        till.activate("digits", text("1234"))
        till.wait_state("approved", "not-confirmed", "declined", "doubt")
        check(till.read("state") == "approved", f"the sale ended as {till.read('state')} ({till.read('reason')})")
        till.step("dismiss", "idle")
    intents = till.ledger("charge-intent")
    check(len(intents) == 1 and intents[0].get("pass", "").startswith("pass_"), "the ledger does not name the pass")


def sees(build):
    """a customer sees what is kept of them, and nobody else does"""
    with Till(build, clip("0-40,loop")) as till:
        enrol(till)
        till.activate("enrol-end")
        till.activate("show-privacy")
        till.activate("presence", text("show"))
        wait_presence(till, "consent")
        check(till.read("camera") is False, "the camera is on before the customer agreed")
        check(not till.enabled("charge"), "a sale could begin beside it")
        till.activate("presence-agree")
        wait_presence(till, "digits")
        till.wait("the camera", lambda: till.read("camera") is True)
        till.activate("presence-digits", text("9999"))
        wait_presence(till, "not-confirmed", "shown")
        check(till.read("presence") == "not-confirmed", "wrong digits were shown what is kept")
        check(till.read("camera") is False, "the camera is still on")
        till.activate("presence", text("show"))
        wait_presence(till, "consent")
        till.activate("presence-agree")
        wait_presence(till, "digits")
        till.activate("presence-digits", text("1234"))
        wait_presence(till, "shown", "failed", "not-confirmed")
        check(till.read("presence") == "shown", f"it ended as {till.read('presence')}")
        till.wait("the name on the page", lambda: any("Franck" in name for role, name, parent, window in seen(till)))
        till.activate("presence-end")
        wait_presence(till, "")
        till.wait("an empty page", lambda: not any("Franck" in name for role, name, parent, window in seen(till)))
    check(len(till.ctl("customers")) == 1, "somebody was erased")


def leaves(build):
    """a customer has themselves erased in three touches beside the digits, and gets a receipt of it"""
    with Till(build, clip("0-40,loop")) as till:
        enrol(till)
        till.activate("enrol-end")
        press(till, "Erase me")
        wait_presence(till, "consent")
        press(till, "Agree")
        wait_presence(till, "digits")
        till.activate("presence-digits", text("1234"))
        wait_presence(till, "confirmed", "not-confirmed")
        check(till.read("presence") == "confirmed", "the customer was not confirmed")
        check(till.read("camera") is False, "the camera is still on")
        press(till, "Erase it all")
        wait_presence(till, "erased", "failed")
        check(till.read("presence") == "erased", "the customer was not erased")
        receipt = till.read("erasure")
        check("Franck" not in receipt and len(receipt) > 40, f"the receipt of it reads: {receipt}")
        till.activate("presence-end")
        wait_presence(till, "")
        check(till.read("erasure") == "", "the receipt stays on show")
        till.activate("presence", text("show"))
        wait_presence(till, "consent")
        till.activate("presence-agree")
        wait_presence(till, "digits")
        till.activate("presence-digits", text("1234"))
        wait_presence(till, "not-confirmed", "shown", "confirmed", "locked")
        check(till.read("presence") == "not-confirmed", "whoever was erased is still known")
        till.activate("presence-end")
    check(till.ctl("customers") == [], "the record is still there")
    check(len(till.ledger("erasure")) == 1, "the ledger does not say so")


run([decides, unasked, carries, sees, leaves])
