"""Files of pictures that are made to harm, and files that are broken at random."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from .pictures import draw, encode

FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP")
_PLAIN_TIFF = {
    256: (4, 64),
    257: (4, 64),
    258: (3, 8),
    259: (3, 1),
    262: (3, 1),
    273: (4, 512),
    277: (3, 1),
    278: (4, 64),
}


def png(
    width: int, height: int, *chunks: tuple[bytes, bytes], kind: int = 0, pixels: bytes | None = None
) -> bytes:
    """Make a black PNG, kind 0 in grey, 6 with transparency; further chunks stand before the pixels."""
    if pixels is None:
        row = bytes(1 + width * (4 if kind == 6 else 1))
        packer = zlib.compressobj(9)
        pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def bmp(width: int, height: int, pixels: bytes = b"", *, packed: bool = False) -> bytes:
    """Make a BMP of 24 bits a pixel, or of 8 with run lengths."""
    palette = bytes(1024 if packed else 0)
    kind = (8, 1) if packed else (24, 0)
    head = struct.pack("<IIiiHHIIIIII", 54 + len(palette), 40, width, height, 1, *kind, 0, 0, 0, 0, 0)
    return b"BM" + bytes(8) + head + palette + pixels


def gif(canvas: tuple[int, int], frame: tuple[int, int, int, int], more: bytes = b"") -> bytes:
    """Make a GIF whose only frame has that place and size."""
    head = b"GIF89a" + struct.pack("<HHBBB", *canvas, 0x80, 0, 0) + bytes(6) + more
    return head + b"\x2c" + struct.pack("<HHHHB", *frame, 0) + b"\2\2\x4c\1\0;"


def webp(width: int, height: int) -> bytes:
    """Make a small WEBP that says to be of that size."""
    inner = encode(Image.new("RGBA", (32, 32)), "WEBP", lossless=True)[12:]
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<IBxxx", 10, 0x10) + sides + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff(
    tags: dict[int, tuple[int, int, int]] | None = None, *, following: int = 0, rest: bytes = b""
) -> bytes:
    """Make a grey TIFF of 64 by 64 pixels with further tags: type, count, and value or place."""
    entries = {tag: (kind, 1, value) for tag, (kind, value) in _PLAIN_TIFF.items()} | (tags or {})
    packed = b"".join(struct.pack("<HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    return (
        b"II*\0\x08\0\0\0"
        + struct.pack("<H", len(entries))
        + packed
        + struct.pack("<I", following)
        + bytes(5000)
        + rest
    )


def jpeg_of_many_scans(scans: int) -> bytes:
    """Make a large progressive JPEG that goes over its pixels again and again."""
    file = encode(Image.new("L", (4096, 4096)), "JPEG", progressive=True)
    last = file[file.rindex(b"\xff\xda") : -2]
    return file[:-2] + last * scans + file[-2:]


def jpeg_of_segments(*segments: bytes) -> bytes:
    """Make a small JPEG with further segments, each from its marker on, in the place of its first."""
    file = encode(draw(), "JPEG")
    return file[:2] + b"".join(segments) + file[4 + int.from_bytes(file[4:6], "big") :]


def exif(data: bytes) -> bytes:
    """Make a segment of a JPEG with a part of its Exif data."""
    return b"\xff\xe1" + struct.pack(">H", 8 + len(data)) + b"Exif\0\0" + data


def broken(format: str, count: int, seed: int) -> Iterator[bytes]:
    """Yield files that are broken in all ways: cut, flipped, spliced, zeroed, stretched, with sizes that lie."""
    dice = random.Random(f"{format} {seed}")
    options = {"progressive": True} if format == "JPEG" else {}
    picture = draw({(4, 2): "Ab 1"}, size=(72, 32), height=20)
    whole = encode(picture, format, **options)
    other = encode(picture.convert("L").rotate(90, expand=True), dice.choice(FORMATS))
    for number in range(count):
        file = bytearray(whole)
        for _ in range(dice.choice((1, 1, 2, 5))):
            # Most of what matters stands at the beginning; some formats have it at the end.
            at = dice.randrange(min(len(file), dice.choice((40, 200, len(file)))))
            match (number + dice.randrange(2)) % 8:
                case 0:
                    del file[max(8, at) :]
                case 1:
                    file[at] ^= 1 << dice.randrange(8)
                case 2:
                    file[at] = dice.choice((0, 1, 0x7F, 0x80, 0xFF))
                case 3:
                    file[at : at + 4] = dice.choice(
                        (b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0\0\x20\0", b"\0\x20\0\0")
                    )
                case 4:
                    file[at : at + dice.randrange(64)] = bytes(dice.randrange(64))
                case 5:
                    start = dice.randrange(len(other))
                    file[at:at] = other[start : start + dice.randrange(256)]
                case 6:
                    file[at : at + 32] = file[at : at + 32] * dice.randrange(2, 50)
                case _:
                    file[at : at + 16] = dice.randbytes(16)
            if len(file) < 12:
                break
        yield bytes(file)
