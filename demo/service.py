"""The local service as a process of its own, for as long as it is needed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

_READY: Final = "listening on "
_SECONDS_TO_STOP: Final = 10


class ServiceError(RuntimeError):
    """The local service did not start; the message holds what it said."""


@attrs.define
class ServiceLog:
    """The log of a running service, as far as it was not read yet.

    Attributes:
        path: Its file.
    """

    path: Path
    _read: int = attrs.field(default=0, init=False)

    def new_lines(self) -> list[str]:
        """Return what was logged since this was last asked."""
        with self.path.open("rb") as file:
            file.seek(self._read)
            written = file.read()
        self._read += len(written)
        return written.decode(errors="replace").splitlines()


@contextmanager
def running_service(*arguments: str, log: Path | None = None) -> Generator[str, None, None]:
    """Start the local service on a free port of the loopback interface; give its address and end it afterwards.

    Args:
        arguments: Further arguments of its command line.
        log: The file for its log; None keeps it only for what is said when the service does not start.

    Raises:
        OSError: The file for the log cannot be written.
        ServiceError: It did not start.
    """
    command = [
        sys.executable,
        "-m",
        "huaweicloud_ocr_emulator",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        *arguments,
    ]
    with tempfile.TemporaryFile("w+b") if log is None else log.open("w+b") as written:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=written, text=True)
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith(_READY):
                    yield line.removeprefix(_READY).strip()
                    return
            written.seek(0)
            said = written.read().decode(errors="replace")
            raise ServiceError(f"the local service did not start:\n{said}")
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
