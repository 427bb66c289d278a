"""What a run shows of itself while it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from huaweicloud_ocr._runtime.batch.outcome import Outcome
from huaweicloud_ocr._runtime.batch.tally import Tally
from huaweicloud_ocr._runtime.cli.batch_progress import duration, status

from .batches import folder
from .service import Service


def tally(total: int | None = None) -> Tally:
    """A run that has come to an end with 1200 sources."""
    made = Tally()
    for _ in range(1200):
        made.count(Outcome(source="a", result=1, error=None, attempts=1, duration=0.1), ("", False))
    made.total = total
    return made


def test_status_with_an_end_in_sight() -> None:
    """Rate, failures and remaining time stand in one line."""
    assert (
        status(tally(10_000), 11.0)
        == "1,200 of 10,000 done, 0 failed, 11.0 a second, about 13 min left, 0 at once"
    )


def test_status_without() -> None:
    """Where nobody knows how many there are, nothing is said of the end."""
    made = tally()
    made.is_stopping = True
    assert status(made, 11.0) == "1,200 done, 0 failed, 11.0 a second, finishing 0"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.4, "0 s"),
        (119, "119 s"),
        (120, "2 min"),
        (3600, "1 h 0 min"),
        (7290, "2 h 1 min"),
        (90000, "1 d 1 h"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    """A duration is in its largest units."""
    assert duration(seconds) == text


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_on_a_terminal(service: Service, tmp_path: Path) -> None:
    """On a terminal a bar moves, and the cursor is shown again at the end."""
    command = [sys.executable, "-m", "tests.client.batch_process", "--endpoint", service.endpoint]
    arguments = [str(folder(tmp_path / "p", 20)), "--results", str(tmp_path / "out.jsonl")]
    screen, terminal = os.openpty()
    environment = {**os.environ, "NO_PROXY": "*", "COLUMNS": "100", "TERM": "xterm-256color"}
    with subprocess.Popen(
        [*command, *arguments],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env=environment,
    ) as process:
        os.close(terminal)
        shown = b""
        try:
            while part := os.read(screen, 4096):
                shown += part
        except OSError:  # Linux says so that the other end is closed
            pass
        finally:
            os.close(screen)
    assert process.returncode == 0
    assert b"20 of 20 done, 0 failed" in shown
    assert "━".encode() in shown
    assert shown.rindex(b"\x1b[?25h") > shown.rindex(b"\x1b[?25l")
