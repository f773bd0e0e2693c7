#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/check-format tells a laid-out source from one that is not."""

import shutil
import subprocess
import sys

import tap
from tap import holds, same

GOOD = "int\nmain (void)\n{\n  return 0;\n}\n"


def lay_out(folder, **sources):
    for name in ("scripts", "src"):
        (folder / name).mkdir()
    shutil.copy(tap.TOP / "scripts" / "check-format", folder / "scripts")
    shutil.copy(tap.TOP / ".clang-format", folder)
    for name, text in sources.items():
        (folder / "src" / f"{name}.c").write_text(text)


def check(folder, *arguments, **environment):
    return subprocess.run([folder / "scripts" / "check-format", *arguments], capture_output=True, text=True,
                          timeout=tap.WATCHDOG_S, check=False, env={"PATH": "/usr/bin:/bin", **environment})


def test_passes_what_is_laid_out(folder):
    lay_out(folder, good=GOOD)
    result = check(folder)
    same((result.returncode, result.stdout), (0, "ok - 1 sources are laid out as .clang-format says\n1..1\n"))


def test_names_what_is_not_and_mends_it(folder):
    lay_out(folder, good=GOOD, bad="int main(void) { return 0; }\n", worse="int x  ;\n")
    result = check(folder)
    same(result.returncode, 1)
    holds(result.stdout, "not ok - src/bad.c", "not ok - src/worse.c", "1..2")
    holds(result.stderr, "+main (void)")
    assert "good.c" not in result.stdout
    same(check(folder, "--fix").returncode, 0)
    same((folder / "src" / "bad.c").read_text(), GOOD)
    same(check(folder).returncode, 0)


def test_missing_clang_format_is_named(folder):
    lay_out(folder, good=GOOD)
    result = check(folder, CLANG_FORMAT="no-such-clang-format")
    same(result.returncode, 1)
    holds(result.stdout, "Bail out! no-such-clang-format is missing", "scripts/install-packages")


def test_failure_of_clang_format_itself_is_shown(folder):
    lay_out(folder, good=GOOD)
    (folder / ".clang-format").write_text("NoSuchOption: true\n")
    result = check(folder)
    same(result.returncode, 1)
    holds(result.stdout, "Bail out! clang-format failed", "NoSuchOption")


if __name__ == "__main__":
    sys.exit(tap.run(sys.modules[__name__]))
