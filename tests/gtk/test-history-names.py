#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The windows of sales that are over, as a screen reader reads them: whatever can be operated has a role and a name, and
pressing it there works as pressing it on the screen."""
import re

from gi.repository import GLib

from till_driver import Till, check, run
from till_screen_reader import press, seen, write

NO_CAMERA = "device:there-is-no-such-camera"
PIN = "4826"
OPERABLE = {"push button", "toggle button", "entry", "text", "check box", "radio button", "spin button", "list",
            "table", "password text"}
# GTK gives who has no name the name of its type.
NAMELESS = re.compile(r"\s*$|(Gtk|Adw|Till)[A-Z]\w+$")
# The icons inside an entry are GTK's own, and so is what a menu button or a list is made of.
INNER = {"entry", "text", "push button", "combo box"}
# The eye in a row for a PIN is libadwaita's own.
OWN_ICON = "GtkImage"
TITLES = {"Sales of the day", "Refund", "Void the sale", "Outcome unknown"}


def read_names(till):
    return {name for role, name, _, _ in seen(till) if role in OPERABLE}


def check_names(till, *wanted):
    till.wait(f"{wanted} to be read out", lambda: all(any(n.endswith(w) for n in read_names(till)) for w in wanted))
    nameless = [f"{role} in {above} of “{title}”" for role, name, above, title in seen(till)
                if role in OPERABLE and NAMELESS.match(name) and name != OWN_ICON and above not in INNER
                and title in TITLES]
    check(nameless == [], f"these have no name: {nameless}")


def windows(build):
    """the sales of the day, a sale, the refund, the unknown outcomes: all has a name, and a sale is made void by it"""
    with Till(build, NO_CAMERA) as till:
        pass
    till.set_manager_pin(PIN)
    with Till(build, NO_CAMERA, till.folder) as till:
        till.ring_up()
        for action, state in (("charge", "ways"), ("pay-cash", "counter"), ("take-tender", "paid"),
                              ("dismiss", "idle")):
            till.step(action, state)
        till.activate("history-search", GLib.Variant("s", "croissant"))
        till.wait("the sale", lambda: till.read("history-sale") != "")
        check_names(till, "Refund…", "Void…", "Print…", "Save as PDF…", "Sales, newest first")
        rows = [name for role, name, _, _ in seen(till) if role == "list item" and "3 × " in name]
        check(rows and "€3.90" in rows[0] and rows[0].endswith("Paid"), f"the sale reads as {rows}")
        press(till, "Refund…")
        check_names(till, "How many of Butter croissant", "Common reasons", "Manager’s PIN")
        press(till, "Cancel")
        press(till, "Void…")
        write(till, "Reason, in a few words", "rung up by mistake")
        write(till, "Manager’s PIN", PIN)
        press(till, "Void and give back")
        till.wait("the money to be back", lambda: till.read("refund-state") == "given-back")
        till.activate("unresolved")
        till.wait("the list of unknown outcomes", lambda: "Nothing is open" in [one[1] for one in seen(till)])


run([windows])
