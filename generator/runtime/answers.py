"""The body of an answer, in parts as they come, and never more of it than fits."""

from __future__ import annotations

import zlib
from typing import Any, Final

MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes that an answer has at most, compressed or not; a thousand times that of a page full of text."""

ENCODING: Final = "gzip"
"""The compression that is asked for: one that can be undone within bounds, and is spoken everywhere."""

_PART: Final = 1024 * 1024


class AnswerError(Exception):
    """A body is compressed in a way that was not asked for, is broken, or too large."""


class Body:
    """Gathers the body of an answer from its parts."""

    def __init__(self, encoding: str | None) -> None:
        """Begin.

        Args:
            encoding: Value of the header `Content-Encoding`.

        Raises:
            AnswerError: The compression is none that was asked for.
        """
        self._parts: list[bytes] = []
        self._size = 0
        self._received = 0
        self._inflate = _decompressor((encoding or "identity").strip().lower())

    def add(self, part: bytes) -> None:
        """Take the next part as it came.

        Raises:
            AnswerError: The body is too large, or not what its compression says.
        """
        self._received += len(part)
        _check_size(self._received)
        if self._inflate is None:
            self._keep(part)
            return
        while part:
            try:
                self._keep(self._inflate.decompress(part, _PART))
            except zlib.error:
                raise AnswerError("the body is not compressed as its header says") from None
            part = self._inflate.unconsumed_tail

    def whole(self) -> bytes:
        """Return the body.

        Raises:
            AnswerError: It ended in the middle of what is compressed.
        """
        if self._inflate is not None and self._received:
            self._keep(self._inflate.flush())
            if not self._inflate.eof:
                raise AnswerError("the compressed body is not complete")
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        _check_size(self._size)
        self._parts.append(part)


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise AnswerError(f"the body has more than {MOST_BYTES // 1024 // 1024} MB")


def _decompressor(encoding: str) -> Any:
    match encoding:
        case "identity" | "":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        case _:
            raise AnswerError(f"the body is compressed as {encoding[:40]!r}, which was not asked for")
