"""Where the numbers of blocks stand in a picture: beside the text, and over none if there is room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from PIL import Image, ImageDraw

Box: TypeAlias = Sequence[tuple[float, float]]
"""The corners of a block, clockwise from the text's own top left, in pixels."""

_SMALLEST: Final = 10
"""Pixels of height below which no number can be read."""
_SHARES_OF_LINE: Final = (0.8, 0.6)
"""Height of a badge as a share of the height of its line, the better first."""
_LARGEST_SHARE: Final = 1 / 40
"""Height of the largest badge as a share of the longer side of the picture."""
_LETTER: Final = 0.45
"""Width of a character as a share of the height of its badge."""


class Badge(NamedTuple):
    """What stands at a block, and the rectangle that it fills: left, top, right, bottom, in pixels."""

    text: str
    box: tuple[int, int, int, int]

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.box[3] - self.box[1]


def place_badges(size: tuple[int, int], labelled: Sequence[tuple[str, Box]]) -> list[Badge]:
    """Give each block a badge within a picture of this size, in proportion to the height of its line.

    Before the text is best, if need be small; where that is beyond the edge or over other text, above it, below it
    or behind it.

    Args:
        size: Width and height of the picture.
        labelled: What each badge says, and the box of its block.
    """
    taken = Image.new("L", size)
    draw = ImageDraw.Draw(taken)
    for _, box in labelled:
        draw.polygon([*box], fill=1)
    badges: list[Badge] = []
    for text, box in labelled:
        badge = min(_candidates(size, text, box), key=lambda badge: _covered(taken, badge))
        taken.paste(1, badge.box)
        badges.append(badge)
    return badges


def _covered(taken: Image.Image, badge: Badge) -> float:
    """Return the share of a badge that would cover text or other badges."""
    free, covered = taken.crop(badge.box).histogram()[:2]
    return covered / (free + covered)


def _candidates(size: tuple[int, int], text: str, box: Box) -> Iterator[Badge]:
    """Give the places for a badge, the best first, moved into the picture where they are beyond its edge."""
    first, second, last = box[0], box[1], box[-1]
    line, length = math.dist(first, last), math.dist(first, second)
    along, down = _direction(first, second, (1, 0)), _direction(first, last, (0, 1))
    for place in ("before", "above", "below", "behind"):
        for share in _SHARES_OF_LINE:
            height = round(max(_SMALLEST, min(line * share, max(size) * _LARGEST_SHARE)))
            width = round(height * (1 + _LETTER * (len(text) - 1)))
            gap = max(1, height // 6)
            # How far the centre has to be from an edge of the box for the upright badge to clear it.
            aside = (abs(along[0]) * width + abs(along[1]) * height) / 2 + gap
            apart = (abs(down[0]) * width + abs(down[1]) * height) / 2 + gap
            forward, downward = {
                "before": (-aside, line / 2),
                "above": (aside, -apart),
                "below": (aside, line + apart),
                "behind": (length + aside, line / 2),
            }[place]
            x = first[0] + along[0] * forward + down[0] * downward
            y = first[1] + along[1] * forward + down[1] * downward
            left = round(min(max(x - width / 2, 0), max(size[0] - width, 0)))
            top = round(min(max(y - height / 2, 0), max(size[1] - height, 0)))
            yield Badge(text, (left, top, left + width, top + height))


def _direction(
    start: tuple[float, float], end: tuple[float, float], otherwise: tuple[float, float]
) -> tuple[float, float]:
    """Return the vector of length 1 from one point to another."""
    distance = math.dist(start, end)
    return ((end[0] - start[0]) / distance, (end[1] - start[1]) / distance) if distance else otherwise
