"""The command line as a user runs it: a process of its own, in a pipe or on a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60
"""Seconds after which a command that a test waits for is ended."""

CREDENTIALS = {"HUAWEICLOUD_SDK_TOKEN": "token-1", "HUAWEICLOUD_SDK_PROJECT_ID": "project-1"}
COMMAND = [sys.executable, "-W", "error", "-m", "huaweicloud_ocr"]


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    output: str
    errors: str

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.output.splitlines()


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a command: that of the tests, without what a user may have set."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HUAWEICLOUD_", "_HUAWEICLOUD"))
        and name not in ("NO_COLOR", "FORCE_COLOR", "TERM")
    }
    return {**own, "COLUMNS": "80", **variables}


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    variables: Mapping[str, str] = CREDENTIALS,
    command: Sequence[str] = COMMAND,
) -> Done:
    """Run the command line with pipes."""
    done = subprocess.run(
        [*command, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment(**variables),
        timeout=PATIENCE,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def process(
    *arguments: str | Path, variables: Mapping[str, str] = CREDENTIALS
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command line and leave it running."""
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**variables),
        # Tests that run in the background of a shell hand it down as ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as started:
        alarm = threading.Timer(PATIENCE, started.kill)
        alarm.start()
        try:
            yield started
        finally:
            alarm.cancel()
            started.kill()


def on_terminal(
    *arguments: str | Path, typed: str = "", variables: Mapping[str, str] = CREDENTIALS, term: str = "xterm"
) -> Done:
    """Run the command line on a terminal of 80 columns; what it writes there is `output`.

    Args:
        arguments: Arguments of the command.
        typed: What is typed once something is asked for, without the return key.
        variables: Environment variables.
        term: Kind of terminal.
    """
    screen, other_side = pty.openpty()
    fcntl.ioctl(other_side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=other_side,
        stdout=other_side,
        stderr=other_side,
        env=environment(TERM=term, **variables),
        start_new_session=True,
    ) as started:
        os.close(other_side)
        alarm = threading.Timer(PATIENCE, started.kill)
        alarm.start()
        shown = b""
        try:
            while select.select([screen], [], [], PATIENCE)[0] and (part := os.read(screen, 4096)):
                shown += part
                if typed and shown.rstrip().endswith(b":"):
                    os.write(screen, typed.encode() + b"\n")
                    typed = ""
        except OSError:
            pass  # how Linux says that nobody writes there any more
        finally:
            alarm.cancel()
            os.close(screen)
        started.wait()
    return Done(started.returncode, shown.decode().replace("\r\n", "\n"), "")
