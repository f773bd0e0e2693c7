# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test_ functions of a module, each in an empty folder of its own, and prints TAP."""

import pathlib
import sys
import tempfile
import traceback

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
# No test asserts a time; this only ends a run that hangs.
WATCHDOG_S = 120


def run(module):
    tests = [(name, value) for name, value in vars(module).items() if name.startswith("test_")]
    print(f"1..{len(tests)}", flush=True)
    failed = False
    for number, (name, test) in enumerate(tests, 1):
        words = name.removeprefix("test_").replace("_", " ")
        try:
            with tempfile.TemporaryDirectory() as folder:
                test(pathlib.Path(folder))
        except Exception:  # whatever went wrong, the other tests still run
            failed = True
            traceback.print_exc()
            print(f"not ok {number} - {words}", flush=True)
        else:
            print(f"ok {number} - {words}", flush=True)
    return 1 if failed else 0


def same(found, expected):
    if found != expected:
        raise AssertionError(f"expected {expected!r}, found {found!r}")


def holds(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"{part!r} is not in:\n{text}")


def script(path, text):
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
