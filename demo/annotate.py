"""Pictures with the recognised blocks drawn over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from PIL import Image, ImageDraw, ImageFont

from huaweicloud_ocr_emulator.picture import decode_pixels

from .badges import Badge, place_badges

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
    """Write a copy of a picture with each block's box and its place in the reading order.

    Raises:
        OSError: The copy cannot be written.
    """
    with Image.open(picture) as opened:
        # As the service sees it: its first frame, on a ground where it is transparent.
        image = Image.fromarray(decode_pixels(opened)[:, :, ::-1])
    # Drawn larger and scaled down, lines are smooth; a large picture has pixels enough.
    scale = _SMOOTHNESS if max(image.size) <= _LARGE else 1
    layer = Image.new("RGBA", (image.width * scale, image.height * scale))
    draw = ImageDraw.Draw(layer)
    width = max(1, round(max(layer.size) / 700))
    boxes = [block.location for block in blocks]
    for box in boxes:
        corners = [(x * scale, y * scale) for x, y in box]
        draw.line([*corners, corners[0]], fill=_COLOUR, width=width, joint="curve")
    for badge in place_badges(image.size, boxes):
        _draw_badge(draw, badge, scale)
    layer = layer.resize(image.size, Image.Resampling.BOX)
    image.paste(layer, mask=layer)
    output.parent.mkdir(parents=True, exist_ok=True)
    image.save(output)


def _draw_badge(draw: ImageDraw.ImageDraw, badge: Badge, scale: int) -> None:
    left, top, right, bottom = (side * scale for side in badge.box)
    draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius=(bottom - top) / 2, fill=_COLOUR)
    font = ImageFont.load_default(size=badge.height * scale * 0.7)
    draw.text(((left + right) / 2, (top + bottom) / 2), badge.text, fill=_LIGHT, font=font, anchor="mm")
