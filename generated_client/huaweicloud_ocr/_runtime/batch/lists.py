"""Lists of sources, a line each."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from typing import BinaryIO, Final

from ..text import one_line
from .errors import BatchError

_LONGEST: Final = 64 * 1024
"""Bytes of a line at most: paths and addresses are shorter, and what is longer is no list."""


def read_list(file: BinaryIO, name: str) -> Iterator[str]:
    """Yield the lines of a list, without their ends and without empty ones.

    Args:
        file: The list.
        name: What it is called in messages.

    Raises:
        BatchError: It is no list in UTF-8: it has zero bytes, lines of extreme length, or is UTF-16.
    """
    shown = one_line(name, 200)
    number = 0
    while line := file.readline(_LONGEST + 1):
        number += 1
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise BatchError(f"{shown} is a list in UTF-16: save it as UTF-8")
            line = line.removeprefix(codecs.BOM_UTF8)
        if b"\0" in line or len(line) > _LONGEST:
            raise BatchError(
                f"{shown}, line {number}: this is no list of files and addresses, a line each; "
                "a file with an ending of its own, or a folder, is named itself"
            )
        # The bytes of a name need not be UTF-8.
        if text := os.fsdecode(line).rstrip("\r\n"):
            yield text
