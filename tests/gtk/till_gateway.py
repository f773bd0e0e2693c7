#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The till's own payment sandbox, with faults on order. For the tests beside this file.

As a program it stands between till and sandbox: it notes the key and the port in the sandbox's folder, which only the
till knows otherwise, and becomes the sandbox named by TILL_GATEWAY.
"""
import json
import os
import pathlib
import socket
import ssl
import sys
import urllib.parse
import urllib.request

NOTE = "gateway-of-a-test.json"


class Gateway:
    """The sandbox of the till on profile @folder."""

    def __init__(self, folder):
        notes = list(pathlib.Path(folder).rglob(NOTE))
        self.note = json.loads(notes[0].read_text(encoding="utf-8"))

    def request(self, method, path, form=None):
        request = urllib.request.Request(
            f"https://127.0.0.1:{self.note['port']}{path}", method=method,
            data=urllib.parse.urlencode(form).encode() if form else None,
            headers={"Authorization": f"Bearer {self.note['key']}"})
        with urllib.request.urlopen(request, timeout=30, context=ssl._create_unverified_context()) as answer:
            return json.load(answer)

    def silence(self, kind="drop_after"):
        """From now on, whatever is asked is done, and not answered."""
        for method in ("POST", "GET"):
            self.request("POST", "/sandbox/faults", {"kind": kind, "method": method, "path": "/v1/", "count": 100000})

    def speak(self):
        self.request("DELETE", "/sandbox/faults")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(arguments):
    descriptor = int(arguments[arguments.index("--key-fd") + 1])
    folder = pathlib.Path(arguments[arguments.index("--dir") + 1])
    place = arguments.index("--port") + 1
    with os.fdopen(os.dup(descriptor), "rb") as pipe:
        key = pipe.read()
    if arguments[place] == "0":
        arguments[place] = str(free_port())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(folder / NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as note:
        json.dump({"port": int(arguments[place]), "key": key.decode().strip()}, note)
    reading, writing = os.pipe()
    os.write(writing, key)
    os.close(writing)
    os.dup2(reading, descriptor, inheritable=True)
    os.execv(os.environ["TILL_GATEWAY"], [os.environ["TILL_GATEWAY"], *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
