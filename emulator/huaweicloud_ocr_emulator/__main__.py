"""The start of the command, as `huaweicloud-ocr-emulator` and as `python -m huaweicloud_ocr_emulator`."""

import os
import signal
import sys
from types import FrameType


def main() -> int:
    """Run the command; a signal that comes before it serves ends it at once, quietly, with 128 and its number."""
    # An exception in the midst of an import would be a traceback, or that of a library that makes another of it.
    # The default of the system would do, but not where this is the first process of a container.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    from huaweicloud_ocr_emulator import cli

    return cli.main()


def _end(number: int, _: FrameType | None) -> None:
    os._exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
