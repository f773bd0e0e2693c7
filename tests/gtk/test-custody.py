#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What owners and managers do for the keys and for customers: the recovery phrase, a locked and a lost keyring, new keys,
the check of the books, erasing, exporting, ending a lost face pass; by the windows as a screen reader reads them and by
the actions."""
import json
import os
import re
import shutil
import tempfile

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import GLib  # noqa: E402

from till_driver import FOLDER, Till, check, clip, run  # noqa: E402
from till_keyring import Keyring  # noqa: E402
from till_screen_reader import press, seen, write  # noqa: E402

NO_CAMERA = "device:there-is-no-such-camera"
MANAGER = "4826"
OWNER = "739154"
WORD = re.compile(r"(\d)  ([a-z]{5})$")
ENTRY = "The nine words of the recovery phrase"
OPERABLE = {"push button", "toggle button", "entry", "text", "check box", "radio button", "list", "password text",
            "page tab"}
# GTK gives who has no name the name of its type.
NAMELESS = re.compile(r"\s*$|(Gtk|Adw|Till)[A-Z]\w+$")
# The icons inside an entry are GTK's own, the eye in a row for a PIN is libadwaita's.
INNER = {"entry", "text", "push button", "combo box"}
OWN_ICON = "GtkImage"


def text(words):
    return GLib.Variant("s", words)


def ends(till, reading, action, target, outcome):
    """What @action comes to, in words."""
    check(till.enabled(action), f"{action} is not possible; custody is {till.read('custody')}")
    till.activate(action, target)
    till.wait(f"the end of {action}", lambda: till.read(reading)[0] in ("done", "refused"))
    end, words = till.read(reading)
    check(end == outcome and words, f"{action} was {end}: {words}")
    return words


def custody(till, action, target=None, outcome="done"):
    return ends(till, "custody-end", action, target, outcome)


def customers(till, action, target, outcome="done"):
    return ends(till, "customers-end", action, target, outcome)


def names(till):
    return [name for _, name, _, _ in seen(till)]


def reads(till, words):
    till.wait(f"“{words}” to be read out", lambda: any(words in name for name in names(till)))


def check_names(till, title):
    """Whatever can be operated in the window of that title has a name."""
    till.wait(f"the window “{title}”", lambda: any(one[3] == title for one in seen(till)))
    nameless = [f"{role} in {above}" for role, name, above, window in seen(till)
                if window == title and role in OPERABLE and NAMELESS.match(name) and name != OWN_ICON
                and above not in INNER]
    check(nameless == [], f"in “{title}” these have no name: {nameless}")


def shown_words(till):
    """The words of the phrase that are on the screen, by their numbers."""
    return {int(match[1]): match[2] for match in map(WORD.match, names(till)) if match}


def make_phrase(till):
    """The owner's first steps, from the strip on; the phrase."""
    reads(till, "First step for the owner")
    press(till, "Make It Now…")
    check_names(till, "Recovery phrase")
    press(till, "Make the phrase…")
    check_names(till, "Owner")
    write(till, "New owner’s PIN", OWNER)
    write(till, "The new PIN once more", OWNER)
    press(till, "Go On")
    till.wait("the phrase", lambda: till.read("recovery") == "shown" and len(shown_words(till)) == 9)
    words = shown_words(till)
    return [words[number] for number in range(1, 10)]


def confirm_phrase(till, words):
    press(till, "They are on paper")
    write(till, ENTRY, "-".join(words).upper())
    press(till, "Check")
    till.wait("the phrase to be in force", lambda: till.read("recovery") == "made")


def enrol(till, keep="shop"):
    till.activate("enrol")
    till.wait("the text", lambda: till.read("enrolment") == "consent")
    till.agree_to_enrol(keep)
    till.wait("the details", lambda: till.read("enrolment") in ("details", "failed"))
    check(till.read("enrolment") == "details", "no good views in the clip")
    till.activate("enrol-save", GLib.Variant("(sss)", ("Franck", "1234", "pm_card_visa")))
    till.wait("the enrolment", lambda: till.read("enrolment") in ("done", "failed", "pass"))


def phrase(build):
    """the recovery phrase: made with the owner's PIN, counts only once typed back, and is nowhere on the screen then"""
    till = Till(build, NO_CAMERA)
    with till:
        check(till.read("recovery") == "none", "a new till has a recovery phrase")
        words = make_phrase(till)
        press(till, "They are on paper")
        till.wait("the words to go", lambda: shown_words(till) == {})
        write(till, ENTRY, " ".join(words[:8] + ["zzzzz"]))
        press(till, "Check")
        till.wait("the refusal", lambda: till.read("custody-end")[0] == "refused")
        check("9" in till.read("custody-end")[1], f"the wrong word is not named: {till.read('custody-end')[1]}")
        check(till.read("recovery") == "shown", "a wrong word made the phrase count")
        press(till, "Show the words again")
        till.wait("the words again", lambda: [shown_words(till).get(n) for n in range(1, 10)] == words)
        confirm_phrase(till, words)
        reads(till, "The recovery phrase is in force")
        press(till, "Done")
        till.wait("the strip to go", lambda: "Make It Now…" not in names(till))
        left = [name for name in names(till) if any(word in name for word in words)]
        check(left == [], f"words of the phrase are left on the screen: {left}")
        till.activate("show-custody")
        check_names(till, "Keys and recovery")
        press(till, "Change all keys")
        check_names(till, "Change all keys")
        press(till, "Cancel")
        custody(till, "recovery-check", text(" ".join(words)))
        custody(till, "recovery-check", text(" ".join(reversed(words))), "refused")
    with till:
        check(till.read("recovery") == "made", "the phrase does not outlive the till")


def locked(build):
    """a locked keyring: sells by the other ways, says why, and takes faces again once unlocked, without a restart"""
    keyring = Keyring()
    till = Till(build, clip("0-60,loop"))
    with till:
        till.wait("faces", lambda: till.enabled("enrol"))
    keyring.lock()
    try:
        with till:
            check(till.read("custody") == "locked", f"custody is {till.read('custody')}")
            reads(till, "The keyring is locked")
            check("Unlock…" in names(till), "nothing to press for the keyring")
            check(not till.enabled("enrol"), "somebody can be enrolled with a locked keyring")
            till.ring_up()
            till.step("charge", "ways")
            check(not till.enabled("pay-face"), "a smile pays with a locked keyring")
            till.step("pay-cash", "counter")
            till.step("take-tender", "paid")
            till.step("dismiss", "idle")
            keyring.unlock()
            custody(till, "retry-custody")
            check(till.read("custody") == "open", f"custody is {till.read('custody')}")
            till.wait("faces", lambda: till.enabled("enrol"))
            till.wait("the strip to go", lambda: "Unlock…" not in names(till))
    finally:
        keyring.unlock()  # for the tests that follow


def lost(build):
    """a lost key: found at the next start, brought back by the phrase and by no other words"""
    keyring = Keyring()
    till = Till(build, clip("0-40"))
    with till:
        words = make_phrase(till)
        confirm_phrase(till, words)
        press(till, "Done")
        enrol(till)
        till.activate("enrol-end")
    check(keyring.lose() > 0, "the till keeps nothing in the keyring")
    with till:
        till.wait("the loss to be found", lambda: till.read("custody") == "key-lost")
        reads(till, "The key is missing")
        custody(till, "recover", text("lusab babad gutih tugad hilig tajab lusab babad gutih"), "refused")
        press(till, "Bring It Back…")
        write(till, ENTRY, " ".join(words))
        press(till, "Bring it back")
        till.wait("the key", lambda: till.read("custody") == "open")
        press(till, "Done")
        till.activate("show-customers")
        reads(till, "Franck")
        custody(till, "rotate-keys", GLib.Variant("(sb)", ("111111", False)), "refused")
        custody(till, "rotate-keys", GLib.Variant("(sb)", (OWNER, False)))
        custody(till, "recovery-check", text(" ".join(words)))
    with till:
        check(till.read("custody") == "open" and till.read("recovery") == "made", "the new keys do not open the till")
        till.activate("show-customers")
        reads(till, "Phone ends in 1234")


def put_back(build):
    """books that somebody put back: no face is taken until the owner says that it was on purpose; the books say so"""
    till = Till(build, clip("0-60,loop"))
    with till:
        confirm_phrase(till, make_phrase(till))
        press(till, "Done")
    backup = till.folder + ".backup"
    shutil.copytree(till.folder, backup)
    with till:
        till.ring_up()
        for action, state in (("charge", "ways"), ("pay-cash", "counter"), ("take-tender", "paid"),
                              ("dismiss", "idle")):
            till.step(action, state)
    shutil.rmtree(till.folder)
    shutil.move(backup, till.folder)
    with till:
        till.wait("it to be found", lambda: till.read("custody") == "rolled-back")
        reads(till, "These are not the books the till wrote last")
        check(not till.enabled("enrol"), "somebody can be enrolled in books that were put back")
        custody(till, "accept-books", text("111111"), "refused")
        press(till, "Look…")
        press(till, "It Was Restored…")
        write(till, "Owner’s PIN", OWNER)
        press(till, "They Were Restored")
        till.wait("the books to count", lambda: till.read("custody") == "open")
        till.wait("faces", lambda: till.enabled("enrol"))
    put_back_rows = [row for row in till.ledger("recovery") if row["what"] == "books"]
    check(len(put_back_rows) == 1, "the books do not say that they were put back")
    with till:
        check(till.read("custody") == "open", f"the next start finds {till.read('custody')}")


def rights(build):
    """a customer is exported into two files, erased on a manager's word with a receipt; the books stay in order"""
    till = Till(build, clip("0-40"))
    with till:
        enrol(till)
        till.activate("enrol-end")
    till.set_manager_pin(MANAGER)
    customer = till.ctl("customers")[0]["id"]
    with till, tempfile.TemporaryDirectory(dir=FOLDER.name) as folder:
        till.activate("show-customers")
        reads(till, "Erase Franck")
        check_names(till, "Customers")
        customers(till, "export-customer", GLib.Variant("(sss)", (customer, folder, "1111")), "refused")
        check(os.listdir(folder) == [], "something was written without a manager")
        customers(till, "export-customer", GLib.Variant("(sss)", (customer, folder, MANAGER)))
        check_export(folder, customer)
        custody(till, "audit")
        reads(till, "All that was checked is in order")
        check_names(till, "Check of books and records")
        customers(till, "erase-customer", GLib.Variant("(ss)", (customer, "1111")), "refused")
        check(till.read("erasure-receipt") == "", "there is a receipt of what was not erased")
        press(till, "Erase Franck")
        reads(till, "Goes for good, at once")
        check_names(till, "Erase a customer")
        press(till, "Erase…")
        write(till, "Manager’s PIN", MANAGER)
        press(till, "Erase")
        till.wait("the receipt", lambda: customer in till.read("erasure-receipt"))
        check("Franck" not in till.read("erasure-receipt"), "the receipt names whom it is about")
        reads(till, customer)
        press(till, "Done")
        reads(till, "Nobody is enrolled")
        custody(till, "audit")
        check("in order" in till.read("custody-end")[1], f"the books say {till.read('audit-result')}")
    check(till.ctl("customers") == [], "the customer is still there")
    check([row["customer"] for row in till.ledger("erasure")] == [customer], "the books do not say who was erased")


def check_export(folder, customer):
    files = sorted(os.listdir(folder))
    check([name.rsplit(".", 1)[1] for name in files] == ["html", "json"], f"written were {files}")
    for name in files:
        path = os.path.join(folder, name)
        check(os.stat(path).st_mode & 0o077 == 0, f"others can read {name}")
        with open(path, encoding="utf-8") as file:
            words = file.read()
        check("Franck" in words and customer in words, f"{name} does not say whom it is about")
        if name.endswith("json"):
            json.loads(words)


def lost_pass(build):
    """a face pass that was lost is ended by its number, with the manager's PIN, once and for good"""
    till = Till(build, clip("0-40"))
    with till:
        enrol(till, "pass")
        till.activate("pass-done")
        till.activate("enrol-end")
    till.set_manager_pin(MANAGER)
    with till:
        till.activate("show-customers")
        press(till, "Face passes")
        till.wait("the pass", lambda: any(name.startswith("End the face pass ") for name in names(till)))
        number = next(name for name in names(till) if name.startswith("End the face pass ")).rsplit(" ", 1)[1]
        customers(till, "revoke-pass", GLib.Variant("(ss)", ("AAAA-AAAA", MANAGER)), "refused")
        customers(till, "revoke-pass", GLib.Variant("(ss)", (number, "1111")), "refused")
        customers(till, "revoke-pass", GLib.Variant("(ss)", (number.lower().replace("-", ""), MANAGER)))
        reads(till, "Ended on")
    check(len(till.ledger("pass-revoke")) == 1, "the books do not say that the pass was ended")


run([phrase, locked, lost, put_back, rights, lost_pass])
