#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/run-tests over the log of a fake meson: what counts as passed, failed and skipped, and the last line."""

import json
import os
import subprocess
import sys

import tap
from tap import holds, same

RUN = tap.TOP / "scripts" / "run-tests"

MESON = """#!/bin/sh
case $1 in
  introspect) echo '[{"name": "b_sanitize", "value": "'"$SANITIZER"'"}]'; exit ;;
esac
echo "$*" > "$FAKE/arguments"
env > "$FAKE/environment"
echo "Ok: 1"
[ ! -e "$FAKE/log" ] || cp "$FAKE/log" "$FAKE/build/meson-logs/testlog.json"
exit $(cat "$FAKE/status")
"""


def run(folder, *records, status=0, names=(), sanitizer="none", log=True):
    """Gives (exit status, last line, all output, arguments to meson)."""
    (folder / "bin").mkdir()
    (folder / "build" / "meson-logs").mkdir(parents=True)
    (folder / "build" / "build.ninja").touch()
    (folder / "build" / "meson-logs" / "testlog.json").write_text(
        json.dumps({"name": "of an earlier run", "result": "OK", "stdout": ""}))
    (folder / "status").write_text(str(status))
    if log:
        (folder / "log").write_text("".join(json.dumps(record) + "\n" for record in records))
    tap.script(folder / "bin" / "meson", MESON)
    own = {key: value for key, value in os.environ.items() if not key.endswith(("SAN_OPTIONS", "_DEBUG"))}
    environment = dict(own, PATH=f"{folder}/bin:/usr/bin:/bin", FAKE=str(folder), SANITIZER=sanitizer)
    result = subprocess.run([RUN, folder / "build", *names], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, env=environment, timeout=tap.WATCHDOG_S, check=False)
    return (result.returncode, result.stdout.splitlines()[-1], result.stdout, (folder / "arguments").read_text())


def program(name, result, *lines):
    return {"name": name, "result": result, "stdout": "\n".join(lines)}


def test_each_test_of_a_program_counts(folder):
    status, last, _, _ = run(folder, program("base", "OK", "1..3", "# Start of base tests", "ok 1 /base/a",
                                             "ok 2 /base/b # SKIP no camera", "ok 3 /base/c"),
                             program("plain", "OK"), program("none", "SKIP", "1..0 # SKIP no display"))
    same((status, last), (0, "3 passed, 0 failed, 2 skipped"))


def test_failed_test_fails_the_run(folder):
    status, last, words, _ = run(folder, program("base", "FAIL", "1..2", "ok 1 a", "not ok 2 b"), status=1)
    same((status, last), (1, "1 passed, 1 failed, 0 skipped"))
    holds(words, "failed: base (1 of 2, fail)")


def test_crash_counts_every_test_it_did_not_get_to(folder):
    status, last, _, _ = run(folder, program("base", "ERROR", "1..5", "ok 1 a", "ok 2 b"), status=1)
    same((status, last), (1, "2 passed, 3 failed, 0 skipped"))


def test_crash_after_the_last_test_counts_once(folder):
    status, last, _, _ = run(folder, program("base", "ERROR", "1..1", "ok 1 a"), status=1)
    same((status, last), (1, "1 passed, 1 failed, 0 skipped"))


def test_timeout_without_a_word_counts_once(folder):
    status, last, _, _ = run(folder, program("base", "TIMEOUT"), status=1)
    same((status, last), (1, "0 passed, 1 failed, 0 skipped"))


def test_incomplete_test_does_not_pass(folder):
    status, last, _, _ = run(folder, program("base", "OK", "1..1", "not ok 1 a # TODO later"))
    same((status, last), (1, "0 passed, 1 failed, 0 skipped"))


def test_run_of_no_test_fails(folder):
    status, last, words, _ = run(folder)
    same((status, last), (1, "0 passed, 0 failed, 0 skipped"))
    holds(words, "no test ran")


def test_log_of_an_earlier_run_does_not_count(folder):
    status, last, _, _ = run(folder, status=1, log=False)
    same((status, last), (1, "0 passed, 0 failed, 0 skipped"))


def test_failure_that_only_meson_saw_fails_the_run(folder):
    status, last, _, _ = run(folder, program("base", "OK", "1..1", "ok 1 a"), status=125)
    same((status, last), (1, "1 passed, 0 failed, 0 skipped"))


def test_names_are_handed_on(folder):
    arguments = run(folder, program("base", "OK"), names=["base", "camera"])[3].split()
    same(arguments[-2:], ["base", "camera"])


def test_sanitizers_get_their_settings(folder):
    arguments = run(folder, program("base", "OK"), sanitizer="address,undefined")[3]
    holds(arguments, "--timeout-multiplier")
    holds((folder / "environment").read_text(), "lsan.supp", "UBSAN_OPTIONS=halt_on_error=1", "GDK_DEBUG=gl-disable")


if __name__ == "__main__":
    sys.exit(tap.run(sys.modules[__name__]))
