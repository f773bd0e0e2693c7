#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES lists each source with words to be translated, and nothing else."""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
CALL = re.compile(r"\b(_|N_|C_|NC_|ngettext) \(")


def sources():
    for file in [*(TOP / "src").rglob("*.c"), *(TOP / "src").rglob("*.cpp")]:
        if CALL.search(file.read_text(encoding="utf-8")):
            yield file
    for file in (TOP / "ui").glob("*.ui"):
        if 'translatable="yes"' in file.read_text(encoding="utf-8"):
            yield file
    yield from (TOP / "data").glob("*.in")
    yield from (TOP / "data").glob("*.gschema.xml")


def main():
    wanted = {str(file.relative_to(TOP)) for file in sources()}
    lines = (TOP / "po" / "POTFILES").read_text(encoding="utf-8").splitlines()
    listed = {line for line in lines if line and not line.startswith("#")}
    for file in sorted(wanted - listed):
        print(f"{file} has words to be translated: list it in po/POTFILES")
    for file in sorted(listed - wanted):
        print(f"{file} has no words to be translated: take it out of po/POTFILES")
    return 1 if wanted != listed else 0


if __name__ == "__main__":
    sys.exit(main())
