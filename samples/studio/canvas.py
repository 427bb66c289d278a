"""A surface for designed pictures: gradients, shapes and soft shadows, in pixels of the shown picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from .texture import Colour

Point: TypeAlias = tuple[float, float]
"""x and y, in pixels of the picture as it is shown."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of the picture as it is shown."""

SCALE = 3
"""The picture is drawn this many times larger than it is shown, so that edges come out smooth."""


class Shape:
    """Where a colour goes: a mask that shapes are drawn into."""

    def __init__(self, mask: Image.Image) -> None:
        """Go on from `mask`, a grey picture `SCALE` times larger than the shown one."""
        self.mask = mask
        self._draw = ImageDraw.Draw(mask)

    def polygon(self, points: Sequence[Point]) -> Shape:
        """Add a filled polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)
        return self

    def ellipse(self, box: Box, weight: float | None = None) -> Shape:
        """Add an ellipse that fills `box`, or only its outline, `weight` pixels wide."""
        corners = tuple(side * SCALE for side in box)
        if weight is None:
            self._draw.ellipse(corners, fill=255)
        else:
            self._draw.ellipse(corners, outline=255, width=round(weight * SCALE))
        return self

    def pill(self, box: Box) -> Shape:
        """Add a bar with half-round ends that fills `box`."""
        self._draw.rounded_rectangle(
            [side * SCALE for side in box], radius=(box[3] - box[1]) / 2 * SCALE, fill=255
        )
        return self

    def stroke(self, points: Sequence[Point], weight: float) -> Shape:
        """Add a line through `points`, `weight` pixels wide."""
        self._draw.line(
            [(x * SCALE, y * SCALE) for x, y in points], 255, round(weight * SCALE), joint="curve"
        )
        return self

    def text(self, at: Point, text: str, font: ImageFont.FreeTypeFont) -> Shape:
        """Add `text` with the left end of its base line at `at`; `font` is `SCALE` times its shown size."""
        self._draw.text((at[0] * SCALE, at[1] * SCALE), text, font=font, fill=255, anchor="ls")
        return self

    def within(self, other: Shape) -> Shape:
        """Return what this shape and `other` have in common."""
        return Shape(ImageChops.multiply(self.mask, other.mask))

    def soft(self, radius: float, shift: Point = (0, 0)) -> Shape:
        """Return this shape blurred and shifted: a shadow or a glow."""
        moved = Image.new("L", self.mask.size)
        moved.paste(self.mask, (round(shift[0] * SCALE), round(shift[1] * SCALE)))
        return Shape(moved.filter(ImageFilter.GaussianBlur(radius * SCALE)))


class Canvas:
    """A picture that colours are laid on, in order, through shapes."""

    def __init__(self, size: tuple[int, int]) -> None:
        """Start with a black picture of `size` = (width, height)."""
        self.size = size
        self._picture = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE))

    def shape(self) -> Shape:
        """Return an empty shape for this picture."""
        return Shape(Image.new("L", self._picture.size))

    def everywhere(self) -> Shape:
        """Return the shape that covers the whole picture."""
        return self.shape().polygon([(0, 0), (self.size[0], 0), self.size, (0, self.size[1])])

    def lay(self, shape: Shape, colour: Colour, opacity: float = 1.0) -> None:
        """Lay one colour through `shape`."""
        solid = Image.new("RGB", self._picture.size, tuple(round(part) for part in colour))
        self._picture.paste(solid, mask=shape.mask.point([round(level * opacity) for level in range(256)]))

    def lay_gradient(self, shape: Shape, start: tuple[Point, Colour], end: tuple[Point, Colour]) -> None:
        """Lay a gradient through `shape` that runs from one point and colour to another."""
        (from_x, from_y), first = start
        (to_x, to_y), last = end
        way = np.array([to_x - from_x, to_y - from_y], np.float32)
        x = (np.arange(self.size[0] * SCALE, dtype=np.float32) / SCALE - from_x)[None, :]
        y = (np.arange(self.size[1] * SCALE, dtype=np.float32) / SCALE - from_y)[:, None]
        share = np.clip((x * way[0] + y * way[1]) / float(way @ way), 0, 1)[:, :, None]
        colours = np.asarray(first, np.float32) * (1 - share) + np.asarray(last, np.float32) * share
        self._picture.paste(Image.fromarray(np.asarray(np.round(colours), dtype=np.uint8)), mask=shape.mask)

    def shown(self) -> Image.Image:
        """Return the picture in its shown size."""
        return self._picture.resize(self.size, Image.Resampling.LANCZOS)


def bezier(*controls: Point, steps: int = 48) -> list[Point]:
    """Return points along the Bezier curve of two or more `controls`, both ends included."""
    points: list[Point] = []
    for step in range(steps + 1):
        share = step / steps
        level: list[Point] = list(controls)
        while len(level) > 1:
            level = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(level)]
        points.append(level[0])
    return points
