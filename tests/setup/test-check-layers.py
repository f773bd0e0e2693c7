#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule of tests/check-layers.py: a small right tree passes, and with one wrong file that file and line are named."""

import subprocess
import sys

import tap
from tap import holds, same

CHECK = tap.TOP / "tests" / "check-layers.py"
C = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
RIGHT = {
    "src/main.c": C + '#include "gtk/till-application.h"\n#include "shop/till-shop.h"\n#include <adwaita.h>\n',
    "src/base/till-money.h": C + "#pragma once\n#include <glib.h>\n",
    "src/base/till-money.c": C + '#include "base/till-money.h"\n',
    "src/vision/till-net.hpp": C + "#pragma once\n#include <opencv2/dnn.hpp>\n",
    "src/vision/till-net.cpp": C + '#include "vision/till-net.hpp"\n#include "camera/till-frame.h"\n',
    "src/store/till-store.c": C + "#include <sqlite3.h>\nint x = sqlite3_open (0);\n",
    "src/customers/till-customers-sqlite.c": C + "#include <sqlite3.h>\n",
    "src/vault/till-keyring.c": C + "#include <libsecret/secret.h>\nint y = secret_password_store_sync (0);\n",
    "src/sandbox/main.c": C + '#include "base/till-money.h"\n#include <sqlite3.h>\n',
    "src/ctl/main.c": C + '#include "shop/till-shop.h"\n#include "ctl/till-command.h"\n',
    "src/gtk/till-application.c": C + '#include "gtk/till-application.h"\n#include "till-resources.h"\n'
                                      "#include <gtk/gtk.h>\n#include <gdk/gdk.h>\n",
    "tests/base/test-base.c": C + '#include "gtk/till-application.h"\n#include "scripted.h"\n',
}


def check(folder, **wrong):
    """Writes the right tree and the wrong files over it; gives (exit status, TAP, offences)."""
    for name, text in {**RIGHT, **wrong}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    result = subprocess.run([CHECK, folder], capture_output=True, text=True, timeout=tap.WATCHDOG_S, check=False)
    return result.returncode, result.stdout, result.stderr


def caught(folder, name, text, line, *words):
    status, lines, offences = check(folder, **{name: text})
    same(status, 1)
    holds(offences, f"{name}:{line}: ", *words)
    same(len(offences.splitlines()), 1)
    same(lines.count("not ok"), 1)
    (folder / name).unlink()


def passes(folder, name, text):
    status, _, offences = check(folder, **{name: text})
    same((status, offences), (0, ""))


def test_right_tree_passes_and_is_counted(folder):
    status, lines, offences = check(folder)
    same((status, offences), (0, ""))
    holds(lines, f"{len(RIGHT)} files, 21 includes checked")


def test_include_that_goes_up(folder):
    above = {"base": "camera", "camera": "vision", "vision": "store", "store": "vault", "vault": "ledger",
             "ledger": "sale", "sale": "customers", "customers": "payment", "payment": "recognition",
             "recognition": "checkout", "checkout": "shop", "shop": "gtk"}
    for room, upper in above.items():
        caught(folder, f"src/{room}/till-a.c", C + f'#include "{upper}/till-b.h"\n', 2, f"{upper} is not below it")


def test_include_that_goes_down_or_stays(folder):
    passes(folder, "src/checkout/till-a.c", C + '#include "checkout/till-b.h"\n#include "base/till-b.h"\n')


def test_programs_beside_the_tower(folder):
    caught(folder, "src/ctl/till-a.c", C + '\n#include "gtk/till-b.h"\n', 3, "ctl may not include")
    caught(folder, "src/sandbox/till-a.c", C + '#include "store/till-b.h"\n', 2, "sandbox may not include")
    caught(folder, "src/shop/till-a.c", C + '#include "ctl/till-b.h"\n', 2, "shop may not include")
    caught(folder, "src/gtk/till-a.c", C + '#include "sandbox/till-b.h"\n', 2, "gtk may not include")
    caught(folder, "src/main.c", C + '#include "store/till-b.h"\n', 2, "main may not include")


def test_include_that_names_no_room(folder):
    caught(folder, "src/sale/till-a.c", C + '#include "till-b.h"\n', 2, "names no room")
    caught(folder, "src/sale/till-a.c", C + '#  include "lib/till-b.h"\n', 2, "names no room")


def test_toolkit_below_gtk(folder):
    for header in ("gtk/gtk.h", "adwaita.h", "gdk/gdk.h", "gsk/gsk.h"):
        caught(folder, "src/shop/till-a.c", C + f"#include <{header}>\n", 2, "only src/gtk may know the toolkit")
    caught(folder, "src/ctl/till-a.c", C + "#include <gtk/gtk.h>\n", 2, "only src/gtk may know the toolkit")
    # The decoder of pictures has gdk in its name alone.
    passes(folder, "src/vision/till-a.c", C + "#include <gdk-pixbuf/gdk-pixbuf.h>\n")


def test_opencv_and_cxx_outside_vision(folder):
    caught(folder, "src/camera/till-a.c", C + "#include <opencv2/core.hpp>\n", 2, "outside vision")
    caught(folder, "src/camera/till-a.cpp", C, 1, "C++ outside vision")


def test_sqlite_outside_store(folder):
    caught(folder, "src/ledger/till-a.c", C + "int a = sqlite3_step (b);\n", 2, "SQLite")
    passes(folder, "src/ledger/till-a.c",
           C + '/* sqlite3_step () */\nconst char *a = "sqlite3_step";\nvoid b (sqlite3 *db);\n')


def test_libsecret_outside_vault(folder):
    caught(folder, "src/payment/till-a.c", C + "#include <libsecret/secret.h>\n", 2, "outside vault")
    caught(folder, "src/payment/till-a.c", C + "int a = secret_password_lookup_sync (b);\n", 2, "outside vault")


def test_long_source(folder):
    passes(folder, "src/sale/till-a.c", C + "int a;\n" * 699)
    caught(folder, "src/sale/till-a.c", C + "int a;\n" * 700, 701, "701 lines")


def test_long_function(folder):
    def function(lines):
        return C + "int\na (void)\n{\n" + "  a ();\n" * (lines - 2) + "}\n"
    passes(folder, "src/sale/till-a.c", function(60))
    caught(folder, "src/sale/till-a.c", function(61), 4, "a function of 61 lines")
    caught(folder, "tests/sale/test-a.c", function(61), 4, "a function of 61 lines")


def test_function_is_told_from_what_only_looks_like_one(folder):
    table = "static const T table[] = {\n" + "  { 'a', \"}\", F (1) },\n" * 80 + "};\n"
    macro = "#define M(x) do { \\\n  x; \\\n  {\n"
    comment = "/* a (b)\n{\n" + "x\n" * 80 + "} */\n"
    passes(folder, "src/sale/till-a.c", C + table + macro + comment + "struct\n{\n" + "  int a;\n" * 80 + "};\n")
    body = "\nnamespace {\nclass A\n{\n  int\n  a () const\n  {\n" + "    if (b)\n      {\n      }\n" * 20 + "  }\n};\n}\n"
    caught(folder, "src/vision/till-a.cpp", C + body, 8, "a function of 62 lines")


def test_source_without_its_licence(folder):
    caught(folder, "src/sale/till-a.c", "int a;\n", 1, "SPDX")


def test_header_without_pragma_once(folder):
    caught(folder, "src/sale/till-a.h", C + "#ifndef A\n#define A\n#endif\n", 1, "#pragma once")


def test_marks_of_unfinished_work(folder):
    caught(folder, "src/sale/till-a.c", C + "/* TO" "DO: more */\n", 2, "finish it")


def test_host_of_a_package_registry(folder):
    caught(folder, "docs/guide.md", "\nhttps://regis" "try.npm" "js.org/x\n", 2, "registry")
    caught(folder, "scripts/fetch", "http://deb.deb" "ian.org\n", 1, "registry")


def test_empty_tree_does_not_pass(folder):
    result = subprocess.run([CHECK, folder], capture_output=True, text=True, check=False)
    same(result.returncode, 1)


if __name__ == "__main__":
    sys.exit(tap.run(sys.modules[__name__]))
