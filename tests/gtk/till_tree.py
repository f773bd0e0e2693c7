# SPDX-License-Identifier: GPL-3.0-or-later
"""The till's window as the accessibility bus has it. For the tests beside this file."""
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


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
