#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-sandbox-sdk.py SANDBOX FOLDER: runs the provider's official SDK against the sandbox.

The SDK is fetched into FOLDER once, by npm, in the version and with the sha512 that package-lock.json names.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
KEY = "sk_test_sdk0123456789abcdef"
# Seconds; no test asserts a time, this only ends one that hangs.
WATCHDOG = 120


def skip(words):
    print(f"1..0 # SKIP {words}")
    sys.exit(0)


def fetch(folder):
    """The folder that has node_modules in it, with what the lock file says and nothing else."""
    stamp = folder / "fetched.json"
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    # Its own folder for npm's cache: tests have no home.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", f"--cache={folder / 'cache'}"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=WATCHDOG,
                              env={**os.environ, "HOME": str(folder)})
        trouble = done.stderr if done.returncode else ""
    except subprocess.TimeoutExpired:
        trouble = f"npm did not end within {WATCHDOG} s"
    if "EINTEGRITY" in trouble:
        sys.exit(f"Bail out! what npm brought is not what package-lock.json names: {trouble}")
    if trouble:
        skip("the SDK is not to be had: " + " ".join(trouble.split())[:200])
    shutil.rmtree(folder / "cache", ignore_errors=True)
    stamp.write_text(lock, encoding="utf-8")


def start_sandbox(program, folder):
    reading, writing = os.pipe()
    os.write(writing, KEY.encode() + b"\n")
    os.close(writing)
    process = subprocess.Popen([program, "--dir", folder, "--key-fd", str(reading), "--exit-with-stdin"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[reading])
    os.close(reading)
    return process, json.loads(process.stdout.readline())


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if shutil.which("node") is None or shutil.which("npm") is None:
        skip("node and npm are not installed; scripts/install-packages brings them")
    fetch(folder)
    with tempfile.TemporaryDirectory() as place:
        sandbox, ready = start_sandbox(program, place)
        test = subprocess.run(["node", str(HERE / "test-sdk.mjs"), str(folder), str(ready["port"]), ready["certificate"], KEY])
        sandbox.stdin.close()
        ended = sandbox.wait(WATCHDOG)
    return test.returncode or ended


if __name__ == "__main__":
    sys.exit(main())
