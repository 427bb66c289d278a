"""Files of all kinds, and what becomes of their colours, frames and rotation."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from huaweicloud_ocr_emulator.contract import load_contract
from huaweicloud_ocr_emulator.failures import CallFailed
from huaweicloud_ocr_emulator.picture import decode_pixels, open_picture

from .pictures import encode

LIMITS = next(operation.limits for operation in load_contract().operations if "web-image" in operation.path)

BLUE = (10, 20, 200)
RED = (200, 20, 10)
INK = Image.new("RGB", (48, 24), "white")
ImageDraw.Draw(INK).rectangle((4, 4, 19, 19), BLUE)


def on_nothing(colour: tuple[int, int, int]) -> Image.Image:
    """Draw the same square on a transparent ground that is black where it can be seen through."""
    picture = Image.new("RGBA", INK.size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((4, 4, 19, 19), (*colour, 255))
    return picture


def sixteen_bits(suffix: str) -> bytes:
    """Encode with 16 bits for each colour, which Pillow reads but does not write."""
    deep = np.asarray(INK)[:, :, ::-1].astype(np.uint16) * 257
    return cv2.imencode(suffix, deep)[1].tobytes()


def turned(format: str, orientation: int) -> bytes:
    """Encode with a rotation in the EXIF data."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encode(INK, format, exif=exif, **({"quality": 95} if format in ("JPEG", "WEBP") else {}))


def with_second(format: str) -> bytes:
    """Encode with a second frame or page in another colour."""
    second = Image.new("RGB", INK.size, RED)
    return encode(INK, format, save_all=True, append_images=[second])


@pytest.mark.parametrize(
    ("file", "ink", "ground"),
    [
        (encode(INK.convert("CMYK"), "JPEG", quality=95), BLUE, "white"),
        (sixteen_bits(".png"), BLUE, "white"),
        (sixteen_bits(".tiff"), BLUE, "white"),
        (encode(INK.convert("1"), "TIFF", compression="group4"), (0, 0, 0), "white"),
        (encode(INK.convert("YCbCr"), "TIFF"), BLUE, "white"),
        (encode(on_nothing(BLUE).quantize(4)), BLUE, "white"),
        (encode(on_nothing((250, 250, 250)).quantize(4)), (250, 250, 250), "black"),
        (encode(on_nothing(BLUE), "GIF"), BLUE, "white"),
        (encode(on_nothing(BLUE), "WEBP", lossless=True), BLUE, "white"),
        (encode(on_nothing((30, 30, 30)).convert("LA"), "TIFF"), (30, 30, 30), "white"),
        (with_second("GIF"), BLUE, "white"),
        (with_second("WEBP"), BLUE, "white"),
        (with_second("TIFF"), BLUE, "white"),
        (with_second("PNG"), BLUE, "white"),
        *((turned(format, 6), BLUE, "white") for format in ("JPEG", "PNG", "TIFF", "WEBP")),
        *((turned("TIFF", orientation), BLUE, "white") for orientation in (2, 3, 4, 5, 7, 8)),
    ],
)
def test_outcome(file: bytes, ink: tuple[int, int, int], ground: str) -> None:
    """The first frame counts, unturned, as 8 bits for each colour, on a ground that contrasts."""
    pixels = decode_pixels(open_picture(file, LIMITS))
    assert pixels.shape == (24, 48, 3)
    # Blue comes first in our pixels; the middle of the square and the lower right of the ground are told apart.
    assert np.abs(pixels[12, 12].astype(int) - ink[::-1]).max() <= 16
    assert np.abs(pixels[20, 44].astype(int) - (255 if ground == "white" else 0)).max() <= 16


def test_float_colours_are_no_format() -> None:
    """TIFF with floating point colours is answered as a format that is not supported."""
    file = cv2.imencode(".tiff", np.zeros((24, 48, 3), np.float32))[1].tobytes()
    with pytest.raises(CallFailed, match=r"AIS\.0102"):
        open_picture(file, LIMITS)
