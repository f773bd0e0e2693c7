#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader reads it: on every page, on show or not, whatever can be operated has a role and a
name."""
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import GLib  # noqa: E402

from till_driver import PATH, Till, check, clip, run  # noqa: E402
from till_tree import nodes, settle, till_node  # noqa: E402

OPERABLE = {"push button", "toggle button", "entry", "text", "combo box", "check box", "radio button", "menu item",
            "spin button", "slider", "list", "table", "search bar", "password text"}
# GTK gives who has no name the name of its type.
NAMELESS = re.compile(r"\s*$|(Gtk|Adw|Till)[A-Z]\w+$")
# What GTK puts into its own widgets: the entry's icons, the menu button's button, the combo row's list, what closes a toast.
INNER = {"entry", "text", "AdwEntryRow", "AdwPasswordEntryRow", "AdwComboRow", "GtkMenuButton", "AdwToastWidget"}


def is_inner(node):
    for _ in range(8):
        node = node.get_parent()
        if node is None:
            return False
        if node.get_role_name() in INNER or node.get_name() in INNER or node.get_role_name() == "combo box":
            return True
        if node.get_role_name() == "push button" and not NAMELESS.match(node.get_name() or ""):
            return True
    return False


def still_nameless(suspects):
    """Those of @suspects that have no name when asked again: while a page is built its buttons are read before their
    words are there."""
    found = []
    for node in suspects:
        try:
            if NAMELESS.match(node.get_name() or ""):
                parent = node.get_parent()
                found.append(f"{node.get_role_name()} in {parent.get_role_name()} “{parent.get_name()}”")
        except GLib.Error:
            continue
    return found


def check_names(till, page):
    settle(till)
    counted = 0
    suspects = []
    for node in nodes(till_node(till)):
        try:
            if node.get_role_name() not in OPERABLE:
                continue
            counted += 1
            if NAMELESS.match(node.get_name() or "") and not is_inner(node):
                suspects.append(node)
        except GLib.Error:
            continue
    settle(till)
    nameless = still_nameless(suspects)
    check(counted > 0, f"nothing to operate was found on the page {page}")
    check(not nameless, f"on the page {page} these have no name: {nameless}")


def sale(build):
    """names on every page of a sale"""
    with Till(build, clip("0-60,loop")) as till:
        check_names(till, "idle")
        till.ring_up()
        check_names(till, "basket")
        for action, state, target in (("charge", "ways", None), ("pay-face", "consent", None),
                                      ("agree", "digits", None), ("digits", "not-confirmed", "9999"),
                                      ("pay-cash", "counter", None), ("take-tender", "paid", None)):
            till.step(action, state, target=GLib.Variant("s", target) if target else None)
            check_names(till, state)


def customers(build):
    """names on the pages of an enrolment with a face pass, the list of customers and the pages about data"""
    with Till(build, clip("0-40")) as till:
        till.activate("show-privacy")
        check_names(till, "privacy")
        till.activate("enrol")
        till.wait("consent", lambda: till.read("enrolment") == "consent")
        till.activate("enrol-age", GLib.Variant("s", "guardian"))
        check_names(till, "enrolment’s choices")
        till.agree_to_enrol("pass")
        till.wait("details", lambda: till.read("enrolment") == "details")
        check_names(till, "enrolment’s details")
        till.activate("enrol-save", GLib.Variant("(sss)", ("", "1234", "pm_card_visa")))
        till.wait("the pass", lambda: till.read("enrolment") == "pass")
        check_names(till, "face pass")
        till.activate("pass-leave")
        check_names(till, "leaving the face pass")
        till.activate("pass-done")
        till.wait("done", lambda: till.read("enrolment") == "done")
        till.activate("enrol-end")
        till.activate("presence", GLib.Variant("s", "erase"))
        till.wait("consent", lambda: till.read("presence") == "consent")
        check_names(till, "consent to be seen once")
        till.activate("presence-end")
        till.activate("customers", path=PATH + "/window/1")
        check_names(till, "customers")


def rules(build):
    """names on the rules for paying by face, on the question for a manager, and where a PIN is asked for"""
    window = PATH + "/window/1"
    with Till(build, clip("0-60,loop"), settings={"pin-allowed": "true"}) as till:
        till.activate("face-payment", path=window)
        check_names(till, "face payment")
    till.set_manager_pin("4826")
    with Till(build, clip("0-60,loop"), till.folder) as till:
        till.activate("face-payment", path=window)
        check_names(till, "the manager’s PIN")
        till.ring_up()
        for action, state in (("charge", "ways"), ("pay-face", "consent"), ("agree", "digits")):
            till.step(action, state)
        till.step("digits", "pin", target=GLib.Variant("s", "9999"))
        check_names(till, "pin")
        till.activate("cancel")


run([sale, customers, rules])
