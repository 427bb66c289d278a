"""Pictures made to harm, and pictures that are broken: a documented error or an answer, and the next is served."""

from __future__ import annotations

import struct
import time
import zlib
from collections import Counter
from typing import Any

import pytest
from PIL import Image

from .caller import HANDWRITING, WEB_IMAGE
from .hostile_pictures import (
    FORMATS,
    bmp,
    broken,
    exif,
    gif,
    jpeg_of_many_scans,
    jpeg_of_segments,
    png,
    tiff,
    webp,
)
from .pictures import base64, draw, encode
from .process import Process

BROKEN_OF_EACH_FORMAT = 40

# A directory whose only tag says to have many of them.
_FRACTIONS = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 282, 5, 800_000, 26) + bytes(60_000)


def _icon(format: str) -> bytes:
    return encode(Image.new("RGB", (64, 64)), format)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (png(30_000, 30_000, pixels=b""), "AIS.0103"),
        (png(30_000, 20, pixels=b""), "AIS.0103"),
        (png(2**31 - 1, 2**31 - 1, pixels=b""), "AIS.0103"),
        (png(64, 64, (b"zTXt", b"k\0\0" + zlib.compress(bytes(100_000_000)))), "AIS.0102"),
        (png(64, 64, (b"iCCP", b"k\0\0" + zlib.compress(bytes(100_000_000)))), "AIS.0102"),
        (png(64, 64, pixels=zlib.compress(bytes(100_000_000))), ""),
        (png(64, 64, *[(b"tEXt", b"k\0v")] * 20_000), ""),
        (png(64, 64, *[(b"abCd", b"")] * 600_000), "AIS.0104"),
        (jpeg_of_many_scans(500), "AIS.0104"),
        (jpeg_of_segments(*[exif(bytes(65_000))] * 60, *[exif(b"\0")] * 300_000), "AIS.0104"),
        (jpeg_of_segments(b"\xff\xf0", *[exif(bytes(65_000))] * 40, *[exif(b"\0")] * 60_000), "AIS.0104"),
        (jpeg_of_segments(b"\xff\xd9", *[exif(bytes(65_000))] * 40, *[exif(b"\0")] * 60_000), "AIS.0104"),
        (encode(draw(), "JPEG") + b"\xff\xe9\0\4ab" * 100_000, ""),
        (jpeg_of_segments(exif(_FRACTIONS), *[exif(bytes(65_000))] * 98), "AIS.0104"),
        (bmp(8192, 8192), "AIS.0104"),
        (bmp(-100, -(2**31)), "AIS.0103"),
        (bmp(1000, 1000, b"\0\2\xff\xff" * 100_000, packed=True), ""),
        (bmp(8192, 8192, b"\1\1\0\0" * 8192 + b"\0\1", packed=True), "AIS.0104"),
        (tiff(following=8), ""),
        (
            tiff(
                {259: (3, 1, 8), 322: (4, 1, 46_000), 323: (4, 1, 46_000), 324: (4, 1, 300), 325: (4, 1, 11)}
            ),
            "AIS.0104",
        ),
        (tiff({273: (3, 3_600_000, 300)}, rest=bytes(7_200_000)), "AIS.0104"),
        (tiff(dict.fromkeys(range(30000, 39000), (7, 500000, 1000)), rest=bytes(500_000)), ""),
        (tiff({282: (5, 500_000, 1000)}, rest=b"\1\2\3\4" * 1_000_000), "AIS.0104"),
        (tiff({34665: (4, 1, 200)} | dict.fromkeys(range(30000, 45000), (4, 1, 0))), "AIS.0104"),
        (gif((16, 16), (0, 0, 65_535, 65_535)), "AIS.0103"),
        (gif((16, 16), (60_000, 60_000, 16, 16)), "AIS.0103"),
        (gif((64, 64), (0, 0, 64, 64), b"\x21\xfe\x01a\0" * 100_000), "AIS.0104"),
        (webp(13_000, 13_000), "AIS.0102"),
        (encode(draw(), "WEBP")[:-2], "AIS.0104"),
        (webp(2**24, 2**24), "AIS.0103"),
        (b"GIF89a/*" + bytes(50) + b"*/=1;alert(1)", "AIS.0102"),
        (encode(draw(), "JPEG") + b"PK\3\4" + bytes(100) + b"PK\5\6" + bytes(18), ""),
        (_icon("ICO"), "AIS.0102"),
        (_icon("PDF"), "AIS.0102"),
        (_icon("EPS"), "AIS.0102"),
        (_icon("PPM"), "AIS.0102"),
        (_icon("TGA"), "AIS.0102"),
        (_icon("JPEG2000"), "AIS.0102"),
        (b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 64, 64, 8, 3) + bytes(12), "AIS.0102"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'/>", "AIS.0102"),
    ],
    ids=lambda value: value[:4].hex() if isinstance(value, bytes) else value,
)
def test_picture(process: Process, file: bytes, code: str) -> None:
    """A bomb, a liar, a polyglot or another format is refused in seconds and little memory, or read as what it is."""
    began = time.monotonic()
    with process.within(megabytes=300):  # the pixels of the largest that is allowed, and no more
        response = process.post(WEB_IMAGE, {"image": base64(file)})
        assert response.json().get("error_code", "") == code
    assert time.monotonic() - began < 10


def test_largest_picture(process: Process) -> None:
    """The largest picture with transparency takes two gigabytes at most."""
    with process.within(megabytes=2000):
        assert process.blocks(HANDWRITING, image=base64(png(8192, 8192, kind=6))) == []


@pytest.mark.parametrize("format", FORMATS)
def test_broken_pictures(process: Process, format: str, record_property: Any) -> None:
    """Of pictures broken in all ways each is read or refused as documented, by both operations, and none with a 5xx."""
    found: Counter[str] = Counter()
    with process.within(megabytes=1500):
        for file in broken(format, BROKEN_OF_EACH_FORMAT, seed=1):
            for path in (HANDWRITING, WEB_IMAGE):
                response = process.post(path, {"image": base64(file)})
                assert response.status_code in (200, 400)
                found[response.json().get("error_code", "read")] += 1
    told = ", ".join(f"{code} {count}" for code, count in sorted(found.items()))
    record_property("figures", f"{BROKEN_OF_EACH_FORMAT} broken {format} files, both operations: {told}")
