"""From a picture to blocks of text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from huaweicloud_ocr_emulator.recognition.char_set import CharSet
from huaweicloud_ocr_emulator.recognition.engine import Engine, Pixels
from huaweicloud_ocr_emulator.recognition.reading_order import reading_order

Corners: TypeAlias = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]

# In pixels. Larger makes text that fills a small picture too large to be found, and costs time by its square.
_LONGEST_SIDE: Final = 960
# When that made the lines lower than this, still smaller ones were lost, and the picture is looked at again
_LEGIBLE_HEIGHT: Final = 18
# with this many pixels, which is a screen of 2133 by 1200, in tiles.
_CLOSER_LOOK: Final = 1600 * 1600
_TILE: Final = 640

# A box this much taller than wide is one narrow letter, or a line that runs downwards or upwards.
_TALL: Final = 1.5

# Below this a block is more likely a pattern than text. What is read with a narrow set is less sure by its
# nature.
_LEAST_CONFIDENCE: Final = 0.5
_LEAST_CONFIDENCE_OF_NARROW_SET: Final = 0.3


@dataclass(frozen=True, slots=True)
class Block:
    """A line of text in a picture.

    Attributes:
        words: The text, never empty.
        confidence: How sure the reading is, from 0 to 1.
        corners: The corners of the box around it in pixels (x, y), clockwise from the text's own top left.
    """

    words: str
    confidence: float
    corners: Corners


class Recogniser:
    """Reads pictures. Safe to be used by several threads at a time."""

    def __init__(self, engine: Engine, char_sets: Iterable[str]) -> None:
        """Prepare for some character sets.

        Raises:
            ValueError: One of the character sets is unknown.
        """
        self._engine = engine
        self._char_sets = {name: CharSet(name, engine.characters) for name in char_sets}

    def read(self, picture: Pixels, *, char_set: str = "general", single_line: bool = False) -> list[Block]:
        """Return the blocks of text of a picture in reading order.

        Args:
            picture: The picture.
            char_set: Which characters the text consists of.
            single_line: Take the whole picture for one line instead of looking for lines. Twice as fast.
        """
        allowed = self._char_sets[char_set]
        boxes = np.zeros((0, 4, 2), np.float32) if single_line else self._find(picture)
        if len(boxes):
            found = [self._read_box(picture, boxes[index], allowed) for index in reading_order(boxes)]
        else:
            # A word that fills its picture is not always found, yet easily read.
            found = [self._read_line(picture, _whole(picture), allowed)]
        return [block for block in found if block is not None]

    def _find(self, picture: Pixels) -> NDArray[np.float32]:
        height, width = picture.shape[:2]
        longest = max(height, width)
        boxes = self._engine.detect(picture, _LONGEST_SIDE, _LONGEST_SIDE)
        closer = min(longest, int(longest * math.sqrt(_CLOSER_LOOK / (height * width))))
        if closer <= _LONGEST_SIDE or _median_height(boxes) * _LONGEST_SIDE / longest >= _LEGIBLE_HEIGHT:
            return boxes
        return max(boxes, self._engine.detect(picture, closer, _TILE), key=len)

    def _read_box(self, picture: Pixels, box: NDArray[np.float32], char_set: CharSet) -> Block | None:
        line = self._engine.cut(picture, box)
        height, width = line.shape[:2]
        best = self._read_line(line, box, char_set)
        if height < _TALL * width:
            return best
        # Downwards and upwards; the text's own top left is another corner of the box then.
        for turns, first in ((1, 1), (-1, 3)):
            turned = self._read_line(np.rot90(line, turns), np.roll(box, -first, axis=0), char_set)
            # A single letter is no line: a turned l is an underscore.
            if turned and len(turned.words) > 1 and (best is None or turned.confidence > best.confidence):
                best = turned
        return best

    def _read_line(self, line: Pixels, box: NDArray[np.float32], char_set: CharSet) -> Block | None:
        text = char_set.read(self._engine.read(line))
        words = text.words.strip()
        least = _LEAST_CONFIDENCE if char_set.name == "general" else _LEAST_CONFIDENCE_OF_NARROW_SET
        if not words or text.confidence < least:
            return None
        return Block(words, min(text.confidence, 1.0), _corners(box))


def _median_height(boxes: NDArray[np.float32]) -> float:
    if len(boxes) == 0:
        return 0.0
    sides = np.linalg.norm(boxes - np.roll(boxes, -1, axis=1), axis=2)
    return float(np.median(np.minimum(sides[:, 0], sides[:, 1])))


def _whole(picture: Pixels) -> NDArray[np.float32]:
    height, width = picture.shape[:2]
    return np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)


def _corners(box: NDArray[np.float32]) -> Corners:
    a, b, c, d = ((round(x), round(y)) for x, y in box.tolist())
    return a, b, c, d
