"""Small files that would keep the reader of their format busy for minutes: told by their structure, before it reads."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode

_MOST_SCANS: Final = 100
"""Scans of a JPEG, as libtiff allows them. Real files have about ten; each one goes over all pixels again, and may take
200 bytes."""

_MOST_FRACTIONS: Final = 1000
"""Fractions in one tag of a TIFF: real ones have six at most. Pillow makes an object of each, 50,000 a second."""

_MOST_TAGS: Final = 10_000

_MARKER: Final = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_END: Final = 0xD9
_SCAN: Final = 0xDA
_ALONE: Final = (0x01, 0xD8)  # markers without a length
_FRACTIONS: Final = (5, 10)  # RATIONAL and SRATIONAL
_DIRECTORIES: Final = (330, 34665, 34853, 40965)  # tags whose value is the place of further tags


def require_harmless(file: bytes) -> None:
    """Make sure that a file does not take much longer to read than its size and its pixels tell.

    Raises:
        CallFailed: It is a JPEG or a TIFF that would.
    """
    if file.startswith(b"\xff\xd8") and _has_too_many_scans(file):
        raise CallFailed(ErrorCode.UNREADABLE_PICTURE, f"more than {_MOST_SCANS} scans")
    if file[:2] in (b"II", b"MM"):
        try:
            is_harmful = any(
                kind in _FRACTIONS and count > _MOST_FRACTIONS for _, kind, count, _ in _tags(file)
            )
        except struct.error:
            return  # its reader will say so
        if is_harmful:
            raise CallFailed(ErrorCode.UNREADABLE_PICTURE, f"more than {_MOST_FRACTIONS} fractions in a tag")


def _has_too_many_scans(file: bytes) -> bool:
    scans, at = 0, 2
    # Within a scan the marker's first byte is followed by a zero or stands for a restart.
    while match := _MARKER.search(file, at):
        kind, at = match[1][0], match.end()
        if kind == _END:
            return False
        if kind == _SCAN:
            scans += 1
            if scans > _MOST_SCANS:
                return True
        if kind not in _ALONE:
            at += max(2, int.from_bytes(file[at : at + 2]))
    return False


def _tags(file: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield tag, type, count and value of the first picture's entries and of the directories they lead to.

    Raises:
        struct.error: The file ends before they do.
    """
    order = "<" if file[:2] == b"II" else ">"
    is_big = file[2:4] in (b"+\0", b"\0+")
    first, entries, entry = ("8xQ", "Q", "HHQQ") if is_big else ("4xI", "H", "HHII")
    places = [struct.unpack_from(order + first, file)[0]]
    seen = 0
    for place in places:  # which grows on the way
        (count,) = struct.unpack_from(order + entries, file, place)
        start, step = place + struct.calcsize(order + entries), struct.calcsize(order + entry)
        for index in range(count):
            seen += 1
            if seen > _MOST_TAGS:
                raise CallFailed(ErrorCode.UNREADABLE_PICTURE, f"more than {_MOST_TAGS} tags")
            found: tuple[int, int, int, int] = struct.unpack_from(order + entry, file, start + index * step)
            if found[0] in _DIRECTORIES and found[2] == 1 and found[3] not in places:
                places.append(found[3])
            yield found
