#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tester's view as a screen reader reads it: there with --tester, with every bar's name and value, and only then."""
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from till_driver import Till, check, clip, run  # noqa: E402
from till_tree import nodes, settle, till_node  # noqa: E402

BARS = {"Alone", "Size", "Sharp", "Light", "Pose", "Live", "Eyes", "Identity", "Margin", "Smile"}


def is_visible(node):
    while node is not None and node.get_role_name() != "application":
        if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
            return False
        node = node.get_parent()
    return True


def panels(till):
    """The tester's view on every page that has one, on show or not."""
    settle(till)
    found = []
    for node in nodes(till_node(till)):
        try:
            if node.get_name() == "Tester’s view" and node.get_role_name() == "panel" and is_visible(node):
                found.append(node)
        except GLib.Error:
            continue  # gone while it was read
    return found


def bars(till):
    """What each bar says, by its name; on several pages, on the one that says the most."""
    best = {}
    for panel in panels(till):
        try:
            found = {node.get_name(): node.get_description() for node in nodes(panel)
                     if node.get_role_name() == "level bar"}
        except GLib.Error:
            continue
        best = max(best, found, key=lambda bars: sum(words[0] != "–" for words in bars.values()))
    return best


def is_living(till):
    return bars(till).get("Live", "").endswith("for")


def look(till):
    till.ring_up()
    till.step("charge", "ways")
    till.step("pay-face", "consent")
    till.step("agree", "digits")


def shown(build):
    """with --tester every bar has a name and a value, and the view can be hidden"""
    with Till(build, clip("0-60,loop"), options=("--tester",)) as till:
        look(till)
        till.wait("the bars", lambda: set(bars(till)) == BARS)
        till.wait("a living face", lambda: is_living(till))
        check(till.read("tester-view") is True, "the action does not say that the view is shown")
        till.activate("tester-view")
        till.wait("no view", lambda: not panels(till))
        till.activate("tester-view")
        till.wait("a living face again", lambda: is_living(till))
        till.step("digits", "not-confirmed", target=GLib.Variant("s", "9999"))
        till.wait("why nobody was confirmed", lambda: bars(till).get("Identity", "").endswith("against"))


def hidden(build):
    """without --tester there is neither the view nor the action"""
    with Till(build, clip("0-60,loop")) as till:
        look(till)
        check(till.read("tester-view") is None, "there is an action for the tester's view")
        check(not panels(till), "the tester's view is shown to everybody")


def enrolment(build):
    """an enrolment shows its evidence too"""
    with Till(build, clip("0-40"), options=("--tester",)) as till:
        till.activate("enrol")
        till.agree_to_enrol()
        till.wait("looking", lambda: till.read("enrolment") == "looking")
        till.wait("the size of the face", lambda: bars(till).get("Size", "").endswith("for"))
        till.activate("enrol-end")


run([shown, hidden, enrolment])
