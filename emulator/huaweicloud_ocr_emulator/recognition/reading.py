"""From one picture to blocks of text."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from huaweicloud_ocr_emulator.recognition import columns, direction
from huaweicloud_ocr_emulator.recognition.char_set import CharSet, Text
from huaweicloud_ocr_emulator.recognition.direction import Boxes
from huaweicloud_ocr_emulator.recognition.engine import Engine, Pixels
from huaweicloud_ocr_emulator.recognition.reading_order import reading_order

_log = logging.getLogger(__name__)

Corners: TypeAlias = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]

# In pixels. Larger makes text that fills a small picture too large to be found, and costs time by its square.
_LONGEST_SIDE: Final = 960
# A turned picture is larger by up to twice its pixels, and the network's memory would grow with them.
_TURNED_TILE: Final = 736
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

# The longest lines tell which way is up; more of them only cost time.
_TRIED_LINES: Final = 5
_TRIED_COLUMNS: Final = 3
# When neither direction along the lines is surer than this, they may not be lines at all.
_SURE: Final = 0.7
# In degrees. Lines that are tilted by less are found and read as they are, without blurring the picture.
_LEAST_TILT: Final = 3.0

# In pixels of what the network for lines is given, which takes some 50 s for a million of them on one core. A
# page of print has up to 100,000. Without an end a picture of a thousand specks would keep a core for half a
# minute.
_MOST_WIDTH: Final = 120_000


class Abandoned(Exception):
    """Nobody waits for what is being read any more."""


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


@dataclass(frozen=True, slots=True)
class _Line:
    """What was read.

    Attributes:
        text: Its words, and how sure they are.
        box: 4 corners × (x, y), clockwise from the one where the first letter has its top left; also of columns.
        pixels: The box, cut out so that it can be read from the left.
        is_column: Whether its characters stand upright one below the other.
    """

    text: Text
    box: NDArray[np.float32]
    pixels: Pixels
    is_column: bool = False


class Reading:
    """One picture being read; not to be used by several threads."""

    def __init__(
        self, engine: Engine, char_set: CharSet, picture: Pixels, is_wanted: Callable[[], bool]
    ) -> None:
        """Begin.

        Args:
            engine: What finds and reads lines.
            char_set: Which characters the text consists of.
            picture: The picture.
            is_wanted: Asked before each step of the work.
        """
        self._engine = engine
        self._char_set = char_set
        self._picture = picture
        self._is_wanted = is_wanted
        self._width_left = _MOST_WIDTH

    def lines(self, any_direction: bool) -> list[Block]:
        """Look for lines, and read each.

        Raises:
            Abandoned: The picture is not wanted any more.
        """
        boxes = self._look(_LONGEST_SIDE, _LONGEST_SIDE)
        angle = self._angle(boxes) if any_direction and len(boxes) else 0.0
        if angle:
            boxes = self._look(_LONGEST_SIDE, _TURNED_TILE, angle)
        boxes = self._look_closer(boxes, angle)
        if len(boxes) == 0:
            # A word that fills its picture is not always found, yet easily read.
            return self._whole(any_direction)
        lines = self._read_boxes(boxes)
        return self._blocks(self._with_columns(lines) if angle else lines)

    def single_line(self, any_direction: bool) -> list[Block]:
        """Take the whole picture for one line.

        Raises:
            Abandoned: The picture is not wanted any more.
        """
        if not any_direction:
            return self._whole(any_direction)
        boxes = self._look(_LONGEST_SIDE, _LONGEST_SIDE)
        if len(boxes) == 0:
            return self._whole(any_direction)
        angle = self._angle(boxes)
        # At quarter turns the line is the picture; at others it does not reach into the corners.
        around = self._edges() if angle % 90 == 0 else boxes
        box = direction.enclosing(around, angle)[0]
        return self._blocks([self._read_line(self._engine.cut(self._picture, box), box)])

    def _whole(self, any_direction: bool) -> list[Block]:
        height, width = self._picture.shape[:2]
        angles = [0.0]
        if any_direction:
            lying = [0.0, -180.0] if height < _TALL * width else []
            standing = [90.0, -90.0] if width < _TALL * height else []
            angles = lying + standing
        found: list[_Line | None] = []
        for angle in angles:
            picture = np.rot90(self._picture, round(angle / 90))
            found.append(self._read_line(picture, direction.from_top_left(self._edges(), angle)[0]))
        return self._blocks([max(found, key=_sureness)])

    def _look(self, longest_side: int, tile_side: int, angle: float = 0.0) -> Boxes:
        return self._engine.detect(self._picture, longest_side, tile_side, angle=angle, between=self._go_on)

    def _look_closer(self, boxes: Boxes, angle: float) -> Boxes:
        """Look at a large picture again, should what was found in it be small."""
        height, width = self._picture.shape[:2]
        longest = max(height, width)
        closer = min(longest, int(longest * math.sqrt(_CLOSER_LOOK / (height * width))))
        if closer <= _LONGEST_SIDE or _median_height(boxes) * _LONGEST_SIDE / longest >= _LEGIBLE_HEIGHT:
            return boxes
        return max(boxes, self._look(closer, _TILE, angle), key=len)

    def _angle(self, boxes: Boxes) -> float:
        """Return the angle at which the text runs: exact quarter turns, or the one that was measured."""
        longest = boxes[np.argsort(direction.lengths(boxes))[-_TRIED_LINES:]]
        along = direction.slope(boxes)
        sureness = {
            angle: self._sureness_at(angle, longest) for angle in (along, direction.turned(along, 180))
        }
        if max(sureness.values()) < _SURE:
            across = direction.turned(along, 90), direction.turned(along, -90)
            sureness |= {angle: self._sureness_at(angle, longest) for angle in across}
        angle = max(sureness, key=sureness.__getitem__)
        quarter = round(angle / 90) * 90.0
        return quarter if abs(angle - quarter) < _LEAST_TILT else angle

    def _sureness_at(self, angle: float, boxes: Boxes) -> float:
        texts = [
            self._read(self._engine.cut(self._picture, box)) for box in direction.from_top_left(boxes, angle)
        ]
        return float(np.average([text.confidence for text in texts], weights=direction.lengths(boxes)))

    def _read_boxes(self, boxes: Boxes) -> list[_Line | None]:
        """Read the largest boxes first, until there is too much to read."""
        sides = np.linalg.norm(boxes - np.roll(boxes, -1, axis=1), axis=2)
        lines: list[_Line | None] = []
        for index in np.argsort(-sides[:, 0] * sides[:, 1], kind="stable"):
            if self._width_left <= 0:
                _log.warning(
                    "%d of %d lines are not read: there are too many", len(boxes) - len(lines), len(boxes)
                )
                break
            lines.append(self._read_box(boxes[index]))
        return lines

    def _read_box(self, box: NDArray[np.float32]) -> _Line | None:
        pixels = self._engine.cut(self._picture, box)
        height, width = pixels.shape[:2]
        best = self._read_line(pixels, box)
        if height < _TALL * width:
            return best
        # Downwards and upwards; the text's own top left is another corner of the box then.
        for turns, first in ((1, 1), (-1, 3)):
            turned = self._read_line(np.rot90(pixels, turns), np.roll(box, -first, axis=0))
            # A single letter is no line: a turned l is an underscore.
            if turned and len(turned.text.words) > 1 and _sureness(turned) > _sureness(best):
                best = turned
                if turns == 1:
                    best = self._with_column(turned)
        return best

    def _with_columns(self, lines: list[_Line | None]) -> list[_Line | None]:
        """Return the lines of a turned picture, all as columns should most of those that are tried be some."""
        chinese = [line for line in lines if line and columns.is_chinese(line.text.words)]
        tried = [self._is_column(line) for line in chinese[:_TRIED_COLUMNS]]
        if 2 * sum(tried) <= len(tried):
            return lines
        return [line and _Line(line.text, line.box, line.pixels, is_column=True) for line in lines]

    def _with_column(self, line: _Line) -> _Line:
        is_column = columns.is_chinese(line.text.words) and self._is_column(line)
        return _Line(line.text, line.box, line.pixels, is_column)

    def _is_column(self, line: _Line) -> bool:
        return columns.is_column(line.pixels, line.text.words, lambda pixels: self._read(pixels).words)

    def _read_line(self, pixels: Pixels, box: NDArray[np.float32]) -> _Line | None:
        text = self._read(pixels)
        words = text.words.strip()
        is_narrow = self._char_set.name != "general"
        least = _LEAST_CONFIDENCE_OF_NARROW_SET if is_narrow else _LEAST_CONFIDENCE
        if not words or text.confidence < least:
            return None
        return _Line(Text(words, min(text.confidence, 1.0)), box, pixels)

    def _read(self, line: Pixels) -> Text:
        self._go_on()
        self._width_left -= self._engine.width_of(line)
        return self._char_set.read(self._engine.read(line))

    def _go_on(self) -> None:
        if not self._is_wanted():
            raise Abandoned

    def _blocks(self, found: list[_Line | None]) -> list[Block]:
        """Put lines in reading order."""
        lines = [line for line in found if line]
        if not lines:
            return []
        boxes = np.array([line.box for line in lines])
        long = direction.lengths(boxes)
        of_columns = long[[line.is_column for line in lines]].sum()
        if 2 * of_columns > long.sum():
            # As if the page lay on its left side: columns are its rows then, the rightmost on top.
            first = lines[int(np.argmax(long * [line.is_column for line in lines]))]
            boxes = direction.from_top_left(boxes, _angle_of(first.box))
        height, width = self._picture.shape[:2]
        return [
            Block(
                lines[index].text.words, lines[index].text.confidence, _corners(lines[index], width, height)
            )
            for index in reading_order(boxes)
        ]

    def _edges(self) -> Boxes:
        height, width = self._picture.shape[:2]
        return np.array([[[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]]], np.float32)


def _sureness(line: _Line | None) -> float:
    return line.text.confidence if line else 0.0


def _angle_of(box: NDArray[np.float32]) -> float:
    x, y = (box[1] - box[0]).tolist()
    return math.degrees(math.atan2(y, x))


def _median_height(boxes: Boxes) -> float:
    if len(boxes) == 0:
        return 0.0
    sides = np.linalg.norm(boxes - np.roll(boxes, -1, axis=1), axis=2)
    return float(np.median(np.minimum(sides[:, 0], sides[:, 1])))


def _corners(line: _Line, width: int, height: int) -> Corners:
    """Return whole pixels within a picture, from the top left of the letters as they stand."""
    box = np.roll(line.box, 1, axis=0) if line.is_column else line.box
    a, b, c, d = ((round(x), round(y)) for x, y in np.clip(box, 0, (width - 1, height - 1)).tolist())
    return a, b, c, d
