"""Pictures that the tests send."""

from __future__ import annotations

import functools
import io

from PIL import Image

FORMATS = {
    "recognize_handwriting": ("JPEG", "PNG", "BMP", "TIFF"),
    "recognize_web_image": ("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP"),
}
SHORTEST = {"recognize_handwriting": 8, "recognize_web_image": 15}
LONGEST = 8192
MOST_BYTES = 10 * 1024 * 1024 // 4 * 3
"""Bytes of the largest file whose Base64 text is within the limit of 10 MB."""


@functools.cache
def picture(kind: str = "PNG", width: int = 32, height: int = 32) -> bytes:
    """Draw a grey picture."""
    file = io.BytesIO()
    Image.new("L", (width, height), 128).save(file, kind)
    return file.getvalue()


def padded(size: int) -> bytes:
    """Return a picture whose file has just this size; decoders ignore what follows its end."""
    return picture().ljust(size, b"\0")
