#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One look at a till's windows through the accessibility bus, in a process of its own: what was read before is never
taken for what is there now. For the tests beside this file.

till_screen_reader.py PID list | press NAME | write NAME WORDS
"""
import json
import subprocess
import sys

PRESSED = {"push button", "toggle button", "page tab"}
WRITTEN = {"text", "entry", "password text"}


def ask(till, *words):
    """What the program below prints, one list per control; None when there is no such control yet."""
    ended = subprocess.run([sys.executable, __file__, str(till.process.pid), *words], capture_output=True, text=True,
                           check=False)
    return [json.loads(line) for line in ended.stdout.splitlines()] if ended.returncode == 0 else None


def seen(till):
    """[role, name, role of its parent, title of its window] of each."""
    return ask(till, "list") or []


def press(till, name):
    till.wait(f"the button “{name}”", lambda: ask(till, "press", name) is not None)


def write(till, name, words):
    till.wait(f"the entry “{name}”", lambda: ask(till, "write", name, words) is not None)


def main(pid, deed, name="", words=""):
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib

    from till_tree import nodes

    desktop = Atspi.get_desktop(0)
    children = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())]
    windows = [child.get_child_at_index(index) for child in children
               if child is not None and child.get_process_id() == pid for index in range(child.get_child_count())]
    found = None
    for title, node in [(window.get_name(), node) for window in windows if window is not None
                        for node in nodes(window)]:
        try:
            role, named, parent = node.get_role_name(), node.get_name() or "", node.get_parent()
            if deed == "list" and parent is not None:
                print(json.dumps([role, named, parent.get_role_name(), title or ""]))
            elif deed == "press" and role in PRESSED and named.endswith(name):
                # On several pages: the one on show has a size.
                if found is None or found.get_component_iface().get_size().x <= 0:
                    found = node
            elif deed == "write" and role in WRITTEN and named.endswith(name):
                found = node
        except GLib.Error:
            continue  # gone while it was read
    if deed == "press":
        found.get_action_iface().do_action(0)
    elif deed == "write":
        found.get_editable_text_iface().set_text_contents(words)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
