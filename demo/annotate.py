"""Pictures with the recognised blocks drawn over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from PIL import Image, ImageDraw, ImageFont

_COLOUR: Final = (220, 38, 127)
_LIGHT: Final = (255, 255, 255)
_SMOOTHNESS: Final = 3
_LARGE: Final = 3000
"""Pixels of the longer side beyond which nothing is smoothed."""

Point = tuple[int, int]


class Block(Protocol):
    """What both operations tell about a block."""

    @property
    def location(self) -> tuple[Point, Point, Point, Point]:
        """Corners, clockwise from the text's own top left, in pixels."""
        ...


def annotate(picture: Path, blocks: Sequence[Block], output: Path) -> None:
    """Write a copy of a picture with each block's box and its place in the reading order."""
    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    # Drawn larger and scaled down, lines are smooth; a large picture has pixels enough.
    scale = _SMOOTHNESS if max(image.size) <= _LARGE else 1
    layer = Image.new("RGBA", (image.width * scale, image.height * scale))
    unit = max(layer.size) / 600
    font = ImageFont.load_default(size=9 * unit)
    draw = ImageDraw.Draw(layer)
    for number, block in enumerate(blocks, start=1):
        corners = [(x * scale, y * scale) for x, y in block.location]
        draw.line([*corners, corners[0]], fill=_COLOUR, width=max(1, round(unit)), joint="curve")
        _badge(draw, corners[0], str(number), font, unit)
    layer = layer.resize(image.size, Image.Resampling.BOX)
    image.paste(layer, mask=layer)
    output.parent.mkdir(parents=True, exist_ok=True)
    image.save(output)


def _badge(
    draw: ImageDraw.ImageDraw,
    at: Point,
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    unit: float,
) -> None:
    radius = 7 * unit
    x, y = max(at[0], radius), max(at[1], radius)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_COLOUR)
    draw.text((x, y), text, fill=_LIGHT, font=font, anchor="mm")
