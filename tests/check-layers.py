#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-layers.py [TOP]: holds the sources to the order of the rooms and to the rules of CONTRIBUTING.md.

Prints TAP, one line a rule, on standard output and every offence as "file:line: what and the mend" on standard error.
"""

import pathlib
import re
import sys

ORDER = ["base", "camera", "vision", "store", "vault", "ledger", "sale", "customers", "payment", "recognition",
         "evaluation", "checkout", "shop", "gtk"]
# The programs beside the tower: what each may include besides itself.
ASIDE = {"ctl": [room for room in ORDER if room != "gtk"], "sandbox": ["base"], "": ["base", "shop", "gtk"]}
FOLDERS = ["src", "tests", "bench"]
SUFFIXES = {".c", ".h", ".cpp", ".hpp", ".cc", ".hh", ".cxx"}
HEADERS = {".h", ".hpp", ".hh"}
CXX = SUFFIXES - {".c", ".h"}
TEXTS = SUFFIXES | {".py", ".sh", ".md", ".txt", ".json", ".ui", ".xml", ".in", ".build", ".yml", ".yaml", ""}
GENERATED = re.compile(r"[\w-]+-(resources|enums|config)\.h|config\.h")
MOST_LINES = 700
MOST_FUNCTION_LINES = 60
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
TOOLKIT = re.compile(r"(gtk|gdk|gsk|adwaita|libadwaita)([/.]|$)")
OPENCV = re.compile(r"opencv")
# The bare handle passes through: the store hands it to the functions that it runs on its thread.
SQLITE = re.compile(r"\bsqlite3(_\w+|\.h)\b")
SECRET = re.compile(r"\bsecret_(password|service|item|collection|value|schema|backend|prompt)_\w+\s*\(")
HOSTS = re.compile(r"\b(npm[j]s\.|pypi[.]|pythonhosted[.]|crates[.]io|deb[.]debian[.]|security[.]debian[.]"
                   r"|repo1?[.]maven|proxy[.]golang|registry[.][a-z])", re.IGNORECASE)
MARKS = re.compile(r"\b(TODO|FIXME)\b")

RULES = {
    "order": "rooms include only the rooms below them",
    "form": 'includes are written "room/till-noun.h"',
    "toolkit": "no GTK below the gtk room",
    "opencv": "OpenCV and C++ in vision alone",
    "sqlite": "SQLite only in store and in files ending -sqlite",
    "secret": "libsecret only in vault",
    "length": f"no source past {MOST_LINES} lines",
    "function": f"no function past {MOST_FUNCTION_LINES} lines",
    "licence": "every source begins with its licence",
    "once": "every header has #pragma once",
    "marks": "no marks of unfinished work",
    "hosts": "no package registry's host named",
}


def blank_out(text):
    """Replaces comments, strings and characters by blanks, so that what is left is code at the same place."""
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def blank_directives(code):
    """Blanks preprocessor lines, whose braces need not pair."""
    return re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda match: re.sub(r"[^\n]", " ", match[0]), code,
                  flags=re.MULTILINE)


def functions(code):
    """Yields (line, lines) of the body of each function: a block after a closing parenthesis at file or type level."""
    kinds = []
    line = 1
    before = ""
    for char in code:
        if char == "\n":
            line += 1
        elif char == "{":
            inside = "function" in [kind for kind, _ in kinds]
            opens = re.search(r"\)\s*(const|noexcept|override|final|\s)*$", before) and not inside
            kinds.append(("function" if opens else "other", line))
            before = ""
        elif char == "}":
            kind, start = kinds.pop() if kinds else ("other", line)
            if kind == "function":
                yield start, line - start + 1
            before = ""
        if char == ";":
            before = ""
        elif char not in "{}":
            before = before[-200:] + char


class Checker:
    def __init__(self, top):
        self.top = top
        self.offences = {rule: [] for rule in RULES}
        self.files = 0
        self.includes = 0

    def offend(self, rule, path, line, words):
        self.offences[rule].append(f"{path.relative_to(self.top)}:{line}: {words}")

    def room_of(self, path):
        """The room of a file under src/, "" for one right in src/, None for tests and benchmarks."""
        parts = path.relative_to(self.top).parts
        if parts[0] != "src":
            return None
        return parts[1] if len(parts) > 2 else ""

    def check_include(self, path, line, own, system):
        self.includes += 1
        room = self.room_of(path)
        name = own or system
        if TOOLKIT.match(name) and not (own and own.startswith("gtk/till-")) and room not in ("gtk", "", None):
            self.offend("toolkit", path, line, f"<{name}> in {room}; only src/gtk may know the toolkit")
        if OPENCV.match(name) and room not in ("vision", None):
            self.offend("opencv", path, line, f"<{name}> outside vision; go through vision/till-vision.h")
        if "libsecret" in name and room not in ("vault", None):
            self.offend("secret", path, line, f"<{name}> outside vault; go through vault/till-keyring.h")
        if own and room is not None:
            self.check_order(path, line, room, own)

    def check_order(self, path, line, room, own):
        if GENERATED.fullmatch(own):
            return
        target, slash, _ = own.partition("/")
        if not slash or target not in ORDER + ["ctl", "sandbox"]:
            self.offend("form", path, line, f'"{own}" names no room; write "room/till-noun.h"')
            return
        if target == room:
            return
        allowed = ASIDE[room] if room in ASIDE else ORDER[:ORDER.index(room)] if room in ORDER else []
        if target not in allowed:
            self.offend("order", path, line, f'{room or "main"} may not include "{own}": {target} is not below it')

    def check_code(self, path, text):
        code = blank_out(text)
        room = self.room_of(path)
        for number, words in enumerate(text.split("\n"), 1):
            if include := INCLUDE.match(words):
                self.check_include(path, number, include[1], include[2])
            if MARKS.search(words):
                self.offend("marks", path, number, "finish it, or file an issue")
        if room is not None and room not in ("store", "sandbox") and not re.search(r"-sqlite\.[ch]$", path.name):
            self.search("sqlite", path, code, SQLITE, "SQLite's API outside store; use store/till-statement.h")
        if room not in (None, "vault"):
            self.search("secret", path, code, SECRET, "libsecret's API outside vault; use vault/till-keyring.h")
        for start, length in functions(blank_directives(code)):
            if length > MOST_FUNCTION_LINES:
                self.offend("function", path, start, f"a function of {length} lines; split it")

    def search(self, rule, path, code, pattern, words):
        for number, line in enumerate(code.split("\n"), 1):
            if pattern.search(line):
                self.offend(rule, path, number, words)

    def check_shape(self, path, text):
        lines = text.split("\n")
        if SPDX not in "\n".join(lines[:2]):
            self.offend("licence", path, 1, f"begin with /* {SPDX} */")
        if path.suffix in HEADERS and "#pragma once" not in lines:
            self.offend("once", path, 1, "write #pragma once below the licence")
        if len(lines) - 1 > MOST_LINES:
            self.offend("length", path, MOST_LINES + 1, f"{len(lines) - 1} lines; split the file by its nouns")
        if path.suffix in CXX and self.room_of(path) not in ("vision", None):
            self.offend("opencv", path, 1, "C++ outside vision; write it in C")

    def check_source(self, path):
        self.files += 1
        text = path.read_text(encoding="utf-8", errors="replace")
        self.check_shape(path, text)
        self.check_code(path, text)

    def check_hosts(self):
        for path in sorted(self.top.rglob("*")):
            parts = path.relative_to(self.top).parts
            if parts[0] in (".git", "node_modules") or parts[0].startswith("build") or parts[:2] == ("models", "files"):
                continue
            if path.suffix in TEXTS and path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 20:
                text = path.read_text(encoding="utf-8", errors="replace")
                self.search("hosts", path, text, HOSTS, "leave the registry's host to the machine's settings")

    def check_tree(self):
        for folder in FOLDERS:
            for path in sorted((self.top / folder).rglob("*")):
                if path.suffix in SUFFIXES and path.is_file():
                    self.check_source(path)
        self.check_hosts()

    def report(self):
        for number, (rule, words) in enumerate(RULES.items(), 1):
            print(f"{'not ok' if self.offences[rule] else 'ok'} {number} - {words}")
            for offence in self.offences[rule]:
                print(offence, file=sys.stderr)
        some = self.files > 0
        print(f"{'ok' if some else 'not ok'} {len(RULES) + 1} - {self.files} files, {self.includes} includes checked")
        print(f"1..{len(RULES) + 1}")
        return 0 if some and not any(self.offences.values()) else 1


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent).resolve()
    checker = Checker(top)
    checker.check_tree()
    return checker.report()


if __name__ == "__main__":
    sys.exit(main())
