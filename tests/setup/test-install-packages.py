#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/install-packages on a path that holds nothing but fakes of dpkg-query, apt-get, apt-cache, id and sudo."""

import re
import shutil
import subprocess
import sys

import tap
from tap import holds, same

INSTALL = tap.TOP / "scripts" / "install-packages"
LIST = tap.TOP / "scripts" / "packages.txt"
REAL = ["sh", "bash", "env", "grep", "tail", "mktemp", "rm", "cat", "dirname", "sed"]

DPKG_QUERY = """#!/bin/sh
while read -r name; do echo "$name ii "; done < "$FAKE/installed"
echo "removed rc "
"""

APT_GET = """#!/bin/bash
words=() skip=
for word; do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $word in -o) skip=yes ;; -q) ;; *) words+=("$word") ;; esac
done
case " ${words[*]} " in
  *" --assume-no "*) echo "Need to get 502 MB of archives."; echo "After this operation, 2,152 MB of additional disk space"
    exit 1 ;;
esac
echo "${words[*]} frontend=${DEBIAN_FRONTEND:-}" >> "$FAKE/calls"
if [ "${words[0]}" = update ]; then
  [ ! -e "$FAKE/no-network" ] || { echo "E: no network to update from" >&2; exit 100; }
  : > "$FAKE/lists"
  exit 0
fi
if [ -e "$FAKE/broken" ] || { [ -e "$FAKE/stale" ] && [ ! -e "$FAKE/lists" ]; }; then
  echo "Reading package lists..."
  echo "E: Unable to fetch some archives" >&2
  exit 100
fi
echo "Unpacking everything"
echo "dlstatus:1:45.1:Retrieving file 1 of 2" >&3
echo "pmstatus:libc6:amd64:62.5:Unpacking libc6" >&3
echo "pmstatus:dpkg-exec:80:Running dpkg" >&3
for word in "${words[@]:1}"; do case $word in -*) ;; *) echo "$word" >> "$FAKE/installed" ;; esac; done
"""

APT_CACHE = """#!/bin/sh
if [ -e "$FAKE/lists" ]; then echo "$2:"; echo "  Candidate: 1.0"; else echo "  Candidate: (none)"; fi
"""

SUDO = """#!/bin/bash
echo "sudo $*" >> "$FAKE/sudo-calls"
[ ! -e "$FAKE/sudo-refuses" ] || exit 1
[ "$1" != -v ] || exit 0
exec "$@"
"""


class Machine:
    def __init__(self, folder, installed=(), root=True, lists=True):
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in REAL:
            (self.bin / tool).symlink_to(shutil.which(tool, path="/usr/bin:/bin"))
        for name, text in (("dpkg-query", DPKG_QUERY), ("apt-get", APT_GET), ("apt-cache", APT_CACHE)):
            tap.script(self.bin / name, text)
        tap.script(self.bin / "id", f"#!/bin/sh\necho {0 if root else 1000}\n")
        (folder / "installed").write_text("".join(f"{name}\n" for name in installed))
        (folder / "packages.txt").write_text("# Build.\nmeson\n\nremoved\n# Fetch.\nnpm npm\n")
        if lists:
            self.mark("lists")

    def mark(self, name):
        (self.folder / name).touch()

    def add_tool(self, name, text="#!/bin/sh\n"):
        tap.script(self.bin / name, text)

    def run(self, *arguments):
        return subprocess.run([INSTALL, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              timeout=tap.WATCHDOG_S, check=False,
                              env={"PATH": str(self.bin), "FAKE": str(self.folder),
                                   "SMILETILL_PACKAGES": str(self.folder / "packages.txt")})

    def calls(self, name="calls"):
        path = self.folder / name
        return path.read_text().splitlines() if path.exists() else []


WHOLE = "install --yes --no-install-recommends {} frontend=noninteractive"
UPDATE = "update frontend=noninteractive"


def test_says_nothing_when_nothing_is_missing(folder):
    machine = Machine(folder, installed=["meson", "removed", "npm"])
    result = machine.run()
    same((result.returncode, result.stdout, result.stderr), (0, "", ""))
    same(machine.calls(), [])


def test_installs_only_what_is_missing(folder):
    machine = Machine(folder, installed=["meson"])
    result = machine.run()
    same((result.returncode, result.stderr), (0, ""))
    holds(result.stdout, "installing 2", "removed npm", "to fetch: 502 MB, on disk: 2,152 MB", "fetching, 45 %", "installing, 62 %", "installing, 80 %",
          "installed 2")
    assert "Unpacking" not in result.stdout
    same(machine.calls(), [WHOLE.format("removed npm")])


def test_command_from_elsewhere_stands_in_for_its_package(folder):
    machine = Machine(folder, installed=["meson", "removed"])
    machine.add_tool("npm")
    same((machine.run().returncode, machine.calls()), (0, []))


def test_lists_are_fetched_when_apt_knows_no_such_package(folder):
    machine = Machine(folder, lists=False)
    same(machine.run().returncode, 0)
    same(machine.calls(), [UPDATE, WHOLE.format("meson removed npm")])


def test_stale_lists_are_fetched_anew(folder):
    machine = Machine(folder)
    machine.mark("stale")
    (machine.folder / "lists").unlink()
    machine.add_tool("apt-cache", "#!/bin/sh\necho '  Candidate: 1.0'\n")
    same(machine.run().returncode, 0)
    same(machine.calls(), [WHOLE.format("meson removed npm"), UPDATE, WHOLE.format("meson removed npm")])


def test_words_of_a_failing_apt_are_shown(folder):
    machine = Machine(folder)
    machine.mark("broken")
    machine.mark("no-network")
    result = machine.run()
    same(result.returncode, 1)
    holds(result.stderr, "E: Unable to fetch some archives", "Missing: meson removed npm", "no network")


def test_sudo_is_asked_only_when_something_is_missing(folder):
    machine = Machine(folder, installed=["meson", "removed", "npm"], root=False)
    machine.add_tool("sudo", SUDO)
    same((machine.run().returncode, machine.calls("sudo-calls")), (0, []))


def test_user_installs_by_sudo(folder):
    machine = Machine(folder, root=False)
    machine.add_tool("sudo", SUDO)
    result = machine.run()
    same((result.returncode, result.stderr), (0, ""))
    holds(result.stdout, "sudo may ask for your password", "installed 3")
    same(machine.calls(), [WHOLE.format("meson removed npm")])
    same(len(machine.calls("sudo-calls")), 2)


def test_refused_sudo_is_told(folder):
    machine = Machine(folder, root=False)
    machine.add_tool("sudo", SUDO)
    machine.mark("sudo-refuses")
    result = machine.run()
    same((result.returncode, machine.calls()), (1, []))
    holds(result.stderr, "sudo was refused")


def test_user_without_sudo_is_told_what_to_do_as_root(folder):
    machine = Machine(folder, root=False)
    result = machine.run()
    same((result.returncode, machine.calls()), (1, []))
    holds(result.stderr, "there is no sudo", "apt-get install --no-install-recommends meson removed npm")


def test_machine_without_apt_is_told(folder):
    machine = Machine(folder)
    (machine.bin / "apt-get").unlink()
    result = machine.run()
    same(result.returncode, 1)
    holds(result.stderr, "there is no apt here", "Debian 12", "packages.txt")


def test_refresh_only_fetches_the_lists(folder):
    machine = Machine(folder)
    same(machine.run("--refresh").returncode, 0)
    same(machine.calls(), [UPDATE])


def test_the_list_of_this_project_is_well_formed(folder):
    names = []
    for line in LIST.read_text().splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+( [a-z0-9-]+)?", line), line
            names.append(line.split()[0])
    same(sorted(set(names)), sorted(names))
    assert len(names) > 20


if __name__ == "__main__":
    sys.exit(tap.run(sys.modules[__name__]))
