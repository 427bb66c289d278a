"""A terminal to run commands on, and what they show there."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .command_line import environment
from .project import ROOT

PATIENCE = 60
"""Seconds after which a command that a test waits for is ended."""


class Terminal:
    """A process whose standard error is a terminal, and what has been shown there."""

    def __init__(self, process: subprocess.Popen[str], screen: int) -> None:
        self.process = process
        self._screen = screen
        self._seen = b""

    def until(self, text: str) -> None:
        """Wait for a text to be shown."""
        while text.encode() not in self._seen:
            self._seen += os.read(self._screen, 4096)

    def go_on(self) -> None:
        """Press the return key."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def rest(self) -> str:
        """Wait for the end; return all that the terminal was sent."""
        try:
            while part := os.read(self._screen, 4096):
                self._seen += part
        except OSError:
            pass  # how Linux says that nobody writes there any more
        self.process.wait()
        return self._seen.decode()


@contextmanager
def terminal(*arguments: str, shows_output: bool = False, **variables: str) -> Iterator[Terminal]:
    """Run Python on a terminal, which gets standard output too if that is to be shown."""
    screen, other_side = os.openpty()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment() | {"TERM": "xterm", **variables},
        stdin=subprocess.PIPE,
        stdout=other_side if shows_output else subprocess.PIPE,
        stderr=other_side,
        text=True,
        encoding="utf-8",
    ) as process:
        os.close(other_side)
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        try:
            yield Terminal(process, screen)
        finally:
            alarm.cancel()
            process.kill()
            os.close(screen)
