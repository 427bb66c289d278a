"""The local service as a process of its own, for as long as it is needed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_READY: Final = "listening on "
_SECONDS_TO_STOP: Final = 10


@contextmanager
def running_service(*arguments: str) -> Generator[str, None, None]:
    """Start the local service on a free port of the loopback interface; give its address and end it afterwards.

    Args:
        arguments: Further arguments of its command line.

    Raises:
        RuntimeError: It did not start; with what it said.
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
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith(_READY):
                    yield line.removeprefix(_READY).strip()
                    return
            log.seek(0)
            raise RuntimeError(f"the local service did not start:\n{log.read()}")
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
