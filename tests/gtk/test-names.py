#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader reads it: on every page, on show or not, whatever can be operated has a role and a
name."""
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from till_driver import PATH, Till, check, clip, run  # noqa: E402

OPERABLE = {"push button", "toggle button", "entry", "text", "combo box", "check box", "radio button", "menu item",
            "spin button", "slider", "list", "table", "search bar", "password text"}
# GTK gives who has no name the name of its type.
NAMELESS = re.compile(r"\s*$|(Gtk|Adw|Till)[A-Z]\w+$")
# What GTK puts into its own widgets: the entry's icons, the menu button's button, the combo row's list.
INNER = {"entry", "text", "AdwEntryRow", "AdwComboRow", "GtkMenuButton"}


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


def settle(till):
    """The tree follows the page a moment later."""
    for _ in range(20):
        till.describe("state")
        while GLib.MainContext.default().iteration(False):
            pass


def nodes(node, depth=0):
    if node is None or depth > 60:
        return
    yield node
    for index in range(node.get_child_count()):
        try:
            yield from nodes(node.get_child_at_index(index), depth + 1)
        except GLib.Error:
            continue  # gone while it was read


def till_node(till):
    found = []

    def look():
        Atspi.get_desktop(0).clear_cache()
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            node = desktop.get_child_at_index(index)
            if node is not None and node.get_process_id() == till.process.pid and node.get_child_count() > 0:
                found.append(node)
        return bool(found)

    till.wait("the till on the accessibility bus", look)
    return found[-1]


def check_names(till, page):
    settle(till)
    counted = 0
    nameless = []
    for node in nodes(till_node(till)):
        try:
            if node.get_role_name() not in OPERABLE:
                continue
            counted += 1
            if NAMELESS.match(node.get_name() or "") and not is_inner(node):
                parent = node.get_parent()
                nameless.append(f"{node.get_role_name()} “{node.get_name()}” in {parent.get_role_name()} "
                                f"“{parent.get_name()}”")
        except GLib.Error:
            continue
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
    """names on the pages of an enrolment, the list of customers and the page about data"""
    with Till(build, clip("0-40")) as till:
        till.activate("show-privacy")
        check_names(till, "privacy")
        till.activate("enrol")
        till.wait("consent", lambda: till.read("enrolment") == "consent")
        check_names(till, "enrolment’s consent")
        till.activate("enrol-agree")
        till.wait("details", lambda: till.read("enrolment") == "details")
        check_names(till, "enrolment’s details")
        till.activate("enrol-save", GLib.Variant("(sss)", ("Franck", "1234", "pm_card_visa")))
        till.wait("done", lambda: till.read("enrolment") == "done")
        till.activate("enrol-end")
        till.activate("customers", path=PATH + "/window/1")
        check_names(till, "customers")


run([sale, customers])
