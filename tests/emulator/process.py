"""The service as a process of its own, whose memory can be looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .caller import HANDWRITING, Caller
from .pictures import image


@dataclass(frozen=True)
class Process(Caller):
    """Calls a service in a process of its own."""

    pid: int = 0

    def megabytes(self, name: str = "VmHWM") -> int:
        """Return the most memory that it ever had, or what it has (`VmRSS`)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) // 1000

    @contextmanager
    def within(self, megabytes: int) -> Iterator[None]:
        """Hold it to so much memory beyond what it has now, and to go on serving."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")  # the most is what there is now
        before = self.megabytes("VmRSS")
        yield
        assert self.megabytes() - before <= megabytes
        assert self.post(HANDWRITING, {"image": image()}).status_code == 200


@contextmanager
def running(*options: str) -> Iterator[Process]:
    """Run the command for as long as the context lasts."""
    command = [
        sys.executable,
        "-m",
        "huaweicloud_ocr_emulator",
        "--port",
        "0",
        "--log-level",
        "error",
        *options,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUAWEICLOUD")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            yield Process(process.stdout.readline().strip().removeprefix("listening on "), pid=process.pid)
            assert process.poll() is None, "it is still there"
        finally:
            process.terminate()
