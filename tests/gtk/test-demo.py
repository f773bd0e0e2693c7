#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-demo BUILD: the headless demo ends well and leaves its pictures and the receipt; once as it is, once on a small
screen."""
import os
import pathlib
import subprocess
import sys
import tempfile

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "run-demo"


def play(build, screen):
    with tempfile.TemporaryDirectory(prefix="smiletill-demo-") as folder:
        output = pathlib.Path(folder) / "demo"
        environment = {key: value for key, value in os.environ.items()
                       if key not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "G_DEBUG")}
        environment["SCREEN"] = screen
        ended = subprocess.run([SCRIPT, build, output], env=environment, stdin=subprocess.DEVNULL, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        for line in ended.stdout.splitlines():
            print("#", line)
        pictures = [file for file in output.glob("*.png") if file.stat().st_size > 1000]
        receipt = output / "receipt.txt"
        print(f"# {len(pictures)} pictures")
        return ended.returncode == 0 and len(pictures) >= 8 and receipt.is_file() and "TOTAL" in receipt.read_text()


def main():
    failed = 0
    screens = ("1600x900", "1024x600")
    print(f"1..{len(screens)}")
    for number, screen in enumerate(screens, 1):
        well = play(sys.argv[1], screen)
        failed += not well
        print(f"{'ok' if well else 'not ok'} {number} - the demo on a screen of {screen}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
