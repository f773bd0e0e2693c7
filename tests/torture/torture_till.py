# SPDX-License-Identifier: GPL-3.0-or-later
"""torture-till as a process: told what to do, heard, and killed."""

import os
import select
import signal
import subprocess
import time

from torture_gateway import ENVIRONMENT, KEY, WATCHDOG


class Till:
    """One life of a till."""

    def __init__(self, program, database, gateway, certificate, seconds):
        command = [program, database, gateway.url, certificate, KEY, str(seconds)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT)
        self.heard = b""
        self.last_step = "nothing"
        self.dying_at = None
        self.dead = False
        self.status = None
        self.number = 0
        self.expect("ready")

    def tell(self, command, *words):
        """Gives the id that the answer begins with. A till that has died meanwhile hears nothing."""
        self.number += 1
        identifier = f"#{self.number}"
        if command in ("die", "trust", "quit"):
            line = [command, *map(str, words)]
        else:
            line = [command, identifier, *map(str, words)]
        try:
            self.process.stdin.write("\t".join(line).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        return identifier

    def hear(self, seconds):
        """The next line as words; None when it is dead, or when nothing was said for so long."""
        end = time.monotonic() + seconds
        while b"\n" not in self.heard:
            left = end - time.monotonic()
            if left <= 0 or self.dead or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                self.bury()
                return None
            self.heard += more
        line, self.heard = self.heard.split(b"\n", 1)
        words = line.decode().split("\t")
        if words[0] == "step":
            self.last_step = words[1]
        elif words[0] == "dying":
            self.dying_at = words[1]
        return words

    def expect(self, first):
        """The answer that begins so; None if the till dies before."""
        end = time.monotonic() + WATCHDOG
        while not self.dead:
            words = self.hear(end - time.monotonic())
            if words is not None and words[0] == first:
                return words[1:]
            if time.monotonic() > end:
                raise RuntimeError(f"the till does not answer {first}")
        return None

    def kill(self):
        """As kill -9 does."""
        self.process.send_signal(signal.SIGKILL)

    def bury(self):
        self.dead = True
        self.process.stdin.close()
        self.status = self.process.wait()
        self.process.stdout.close()
