"""Pictures drawn for a test."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pybase64
from PIL import Image, ImageDraw, ImageFont


def draw(
    lines: Mapping[tuple[int, int], str] | None = None,
    *,
    size: tuple[int, int] = (480, 120),
    height: int = 48,
    ink: Any = "black",
    paper: Any = "white",
    mode: str = "RGB",
) -> Image.Image:
    """Draw lines of text, each at its top left corner; without any, the word "Kettle 42"."""
    picture = Image.new(mode, size, paper)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(height)
    for place, text in (lines if lines is not None else {(40, 30): "Kettle 42"}).items():
        pen.text(place, text, fill=ink, font=font)
    return picture


def blank(width: int, height: int) -> Image.Image:
    """Make an empty white picture."""
    return Image.new("RGB", (width, height), "white")


def encode(picture: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    """Return the file of a picture."""
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def base64(file: bytes) -> str:
    """Return a file as plain Base64."""
    return pybase64.b64encode(file).decode()


def image(picture: Image.Image | None = None, format: str = "PNG") -> str:
    """Return a picture as the parameter `image`; without any, a small empty one that is read in no time."""
    return base64(encode(picture or blank(64, 32), format))
