"""A sign of life for long work: on a terminal, elsewhere, and never for work that is quick."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading

import pytest

from .command_line import environment
from .project import ROOT
from .terminal import PATIENCE, terminal

on_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")

# Work that says which stage it has reached, and lasts until a line comes in.
WORK = """\
import sys
from generator.commands.progress import Progress
progress = Progress("doing it", patience=0)
progress.tell("first")
with progress:
    sys.stdin.readline()
    progress.tell("second")
    sys.stdin.readline()
"""


@on_a_terminal
def test_a_terminal_shows_a_spinner_that_is_gone_afterwards() -> None:
    """The spinner tells work, stage and seconds; at the end its line is cleared and the cursor is back."""
    with terminal("-c", WORK) as shown:
        shown.until("doing it: first … ")
        shown.go_on()
        shown.until("doing it: second … ")
        shown.go_on()
        text = shown.rest()
        assert "\x1b[?25h" in text
        assert re.search(r"\x1b\[2K(\x1b\[[0-9?]*[A-Za-z]|\r)*$", text)
        assert shown.process.returncode == 0


@on_a_terminal
def test_a_terminal_that_cannot_move_its_cursor_gets_a_line() -> None:
    """A dumb terminal is not sent control sequences."""
    with terminal("-c", WORK, TERM="dumb") as shown:
        shown.until("doing it: first … ")
        shown.go_on()
        shown.go_on()
        assert "\x1b" not in shown.rest()


@on_a_terminal
def test_an_interruption_leaves_the_terminal_in_order() -> None:
    """After Ctrl-C the cursor is there again."""
    with terminal("-c", WORK) as shown:
        shown.until("doing it")
        shown.process.send_signal(signal.SIGINT)
        assert "\x1b[?25h" in shown.rest()


def test_a_log_gets_plain_lines() -> None:
    """Where standard error is no terminal, long work is a line without control sequences."""
    with subprocess.Popen(
        [sys.executable, "-c", WORK],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        assert process.stderr is not None
        assert re.fullmatch(r"doing it: first … \d+ s\n", process.stderr.readline())
        process.communicate("\n\n")
        alarm.cancel()
        assert process.returncode == 0


@on_a_terminal
def test_quick_work_says_nothing() -> None:
    """A command that takes but a moment sends the terminal nothing, and imports nothing to do so."""
    code = "import sys; from generator.cli import main; main(['check']); sys.exit('rich' in sys.modules)"
    with terminal("-c", code) as shown:
        assert shown.rest() == ""
        assert shown.process.returncode == 0
