"""Small files that would keep the reader of their format busy for minutes: told by their structure, before it reads.

Some would do so already while their header is read, others only when their pixels are decoded.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterator
from typing import Final

from PIL import JpegImagePlugin

_MOST_SCANS: Final = 100
"""Scans of a JPEG, as libtiff allows them. Real files have about ten; each one goes over all pixels again, and may take
200 bytes."""

_MOST_SEGMENTS: Final = 1000
"""Segments of a JPEG, those of scans included. Real ones have some dozens; Pillow puts those with Exif together one by
one, and copies what it has each time."""

_MOST_CHUNKS: Final = 100_000
"""Chunks of a PNG. Real ones hold some kilobytes each; Pillow takes ten microseconds for one."""

_MOST_FRACTIONS: Final = 1000
"""Fractions in one tag of a TIFF: real ones have six at most. Pillow makes an object of each, 50,000 a second."""

_MOST_NUMBERS: Final = 200_000
"""Whole numbers in one tag of a TIFF. The largest that means something is a palette of 16 bits, three times 65,536;
Pillow takes ten microseconds for each strip or tile."""

_MOST_TAGS: Final = 10_000

_LARGEST_TILE: Final = 16_000_000
"""Pixels of a tile that may be larger than the picture, as those of small pictures are."""

_MOST_PACKED: Final = 16_000_000
"""Pixels of a BMP with run lengths, which Pillow fills one by one, five million a second."""

_JPEG_MARKER: Final = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_END: Final = 0xD9
_SCAN: Final = 0xDA
_EXIF: Final = 0xE1
# Pillow says less of its type.
_MARKERS: Final[dict[int, tuple[str, str, object]]] = vars(JpegImagePlugin)["MARKER"]
# Readers do not agree on which markers have no length, and a segment that one skips the other reads. libjpeg reads to
# the end of the picture, behind which files may hold films and more; Pillow, over such an end, to the first scan.
_LIBJPEG: Final = (frozenset({0x01, 0xD8}), _END)
_PILLOW: Final = (
    frozenset(code & 0xFF for code, (_, _, handler) in _MARKERS.items() if handler is None),
    _SCAN,
)
_FRACTIONS: Final = (5, 10)  # RATIONAL and SRATIONAL
_NUMBERS: Final = (3, 4, 8, 9, 11, 12, 13, 16, 17, 18)
_DIRECTORIES: Final = (330, 34665, 34853, 40965)  # tags whose value is the place of further tags
_TILE_SIDES: Final = (322, 323)
_BITS: Final = {1: 8, 6: 8, 3: 16, 8: 16, 4: 32, 9: 32, 13: 32, 16: 64, 17: 64}


def harm_in_opening(file: bytes) -> str | None:
    """Return why a file takes much longer to open than its size tells, or None if it does not."""
    if file.startswith(b"\xff\xd8"):
        return _harm_of_segments(file, *_LIBJPEG) or _harm_of_segments(file, *_PILLOW)
    if file.startswith(b"\x89PNG"):
        return _harm_of_chunks(file)
    return _harm_of_tags(file)


def harm_in_decoding(file: bytes, pixels: int) -> str | None:
    """Return why a file takes much more to decode than its pixels tell, or None if it does not."""
    if file.startswith(b"\xff\xd8"):
        scans = sum(kind == _SCAN for kind, _, _ in _segments(file, *_LIBJPEG))
        return f"more than {_MOST_SCANS} scans" if scans > _MOST_SCANS else None
    if file.startswith(b"BM"):
        return _harm_of_run_lengths(file, pixels)
    return _harm_of_tiles(file, pixels)


def _harm_of_segments(file: bytes, alone: Collection[int], last: int) -> str | None:
    exif: list[bytes] = []
    for number, (kind, start, end) in enumerate(_segments(file, alone, last)):
        if number >= _MOST_SEGMENTS:
            return f"more than {_MOST_SEGMENTS} segments"
        if kind == _EXIF and file.startswith(b"Exif\0\0", start + 2):
            exif.append(file[start + 8 : end])
    return _harm_of_tags(b"".join(exif))


def _segments(file: bytes, alone: Collection[int], last: int) -> Iterator[tuple[int, int, int]]:
    """Yield the marker of each segment of a JPEG, and where it begins and ends.

    Args:
        file: The file.
        alone: Markers without a length.
        last: The marker at which it ends.
    """
    at = 2
    # Within a scan the marker's first byte is followed by a zero or stands for a restart.
    while match := _JPEG_MARKER.search(file, at):
        kind, at = match[1][0], match.end()
        if kind == last:
            return
        if kind in alone:
            continue
        start, at = at, at + max(2, int.from_bytes(file[at : at + 2]))
        yield kind, start, at


def _harm_of_chunks(file: bytes) -> str | None:
    at = 8
    for _ in range(_MOST_CHUNKS):
        if at >= len(file) or file.startswith(b"IEND", at + 4):
            return None
        at += 12 + int.from_bytes(file[at : at + 4])
    return f"more than {_MOST_CHUNKS} chunks"


def _harm_of_tags(file: bytes) -> str | None:
    try:
        for number, (_, kind, count, _) in enumerate(_tags(file)):
            if number >= _MOST_TAGS:
                return f"more than {_MOST_TAGS} tags"
            if kind in _FRACTIONS and count > _MOST_FRACTIONS:
                return f"more than {_MOST_FRACTIONS} fractions in a tag"
            if kind in _NUMBERS and count > _MOST_NUMBERS:
                return f"more than {_MOST_NUMBERS} numbers in a tag"
    except struct.error:
        pass  # its reader will say so
    return None


def _harm_of_tiles(file: bytes, pixels: int) -> str | None:
    sides = [0, 0]
    is_big = file[2:4] in (b"+\0", b"\0+")
    try:
        for tag, kind, _, value in _tags(file):
            if tag in _TILE_SIDES and kind in _BITS:
                # A short number stands in the first bytes of its place.
                shift = (64 if is_big else 32) - _BITS[kind] if file.startswith(b"MM") else 0
                number = value >> max(0, shift) & (1 << _BITS[kind]) - 1
                sides[_TILE_SIDES.index(tag)] = max(number, sides[_TILE_SIDES.index(tag)])
    except struct.error:
        pass
    tile = sides[0] * sides[1]
    return f"tiles of {tile} pixels" if tile > max(pixels, _LARGEST_TILE) else None


def _tags(file: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield tag, type, count and value of a TIFF's first picture, and of the directories that its tags lead to.

    Raises:
        struct.error: The file ends before they do.
    """
    if file[:2] not in (b"II", b"MM"):
        return
    order = "<" if file[:2] == b"II" else ">"
    is_big = file[2:4] in (b"+\0", b"\0+")
    first, entries, entry = ("8xQ", "Q", "HHQQ") if is_big else ("4xI", "H", "HHII")
    places = [struct.unpack_from(order + first, file)[0]]
    for place in places:  # which grows on the way
        (count,) = struct.unpack_from(order + entries, file, place)
        start, step = place + struct.calcsize(order + entries), struct.calcsize(order + entry)
        for index in range(count):
            found: tuple[int, int, int, int] = struct.unpack_from(order + entry, file, start + index * step)
            if found[0] in _DIRECTORIES and found[2] == 1 and found[3] not in places:
                places.append(found[3])
            yield found


def _harm_of_run_lengths(file: bytes, pixels: int) -> str | None:
    is_packed = file[30:34] in (b"\1\0\0\0", b"\2\0\0\0")
    return (
        f"more than {_MOST_PACKED} pixels with run lengths" if is_packed and pixels > _MOST_PACKED else None
    )
