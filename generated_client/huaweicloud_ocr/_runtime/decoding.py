"""Base64 text as a file of what it stands for."""

from __future__ import annotations

import io
from typing import Any

import pybase64


class Decoding(io.RawIOBase):
    """The binary content of plain Base64 text; what is read is decoded, and nothing else."""

    def __init__(self, encoded: bytes) -> None:
        self._encoded = encoded
        self._size = len(encoded) // 4 * 3 - encoded[-2:].count(b"=")
        self._at = 0

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def seekable(self) -> bool:
        """Whether reading can go on elsewhere: yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the content."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("a place before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Read as much as there is room for, and return how much that was."""
        room = memoryview(buffer).cast("B")
        count = max(0, min(len(room), self._size - self._at))
        # Four characters stand for three bytes.
        first, skipped = divmod(self._at, 3)
        last = -((self._at + count) // -3)
        part = pybase64.b64decode(self._encoded[4 * first : 4 * last])
        room[:count] = part[skipped : skipped + count]
        self._at += count
        return count
