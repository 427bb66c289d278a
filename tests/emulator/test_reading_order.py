"""The order of blocks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from huaweicloud_ocr_emulator.recognition.reading_order import reading_order


def box(x: float, y: float, width: float = 100, height: float = 20) -> list[list[float]]:
    """Make an upright box from its top left corner."""
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]


def turned(boxes: NDArray[np.float32], degrees: float) -> NDArray[np.float32]:
    """Turn boxes clockwise about the origin."""
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(boxes @ matrix, np.float32)


def boxes(*corners: list[list[float]]) -> NDArray[np.float32]:
    """Gather boxes."""
    return np.array(corners, np.float32)


def test_no_boxes() -> None:
    """Without boxes there is no order."""
    assert reading_order(np.zeros((0, 4, 2), np.float32)) == []


def test_rows_then_columns() -> None:
    """Rows come from the top, and within a row the leftmost box comes first."""
    assert reading_order(boxes(box(200, 104), box(0, 200), box(0, 100), box(200, 197))) == [2, 0, 1, 3]


@pytest.mark.parametrize("degrees", [-60, -5, 5, 60, 90, 137, 180, -179.9])
def test_tilted_page(degrees: float) -> None:
    """The order does not change when the whole page is tilted, though later words of a row lie far lower."""
    page = boxes(box(0, 0), box(300, 0), box(600, 0), box(0, 30), box(300, 30), box(600, 30))
    assert reading_order(turned(page, degrees)) == [0, 1, 2, 3, 4, 5]


def test_stairs_are_no_row() -> None:
    """Boxes that each stand a little lower than the one before are not chained to one row."""
    stairs = [box(200 - 40 * step, 8 * step) for step in range(5)]
    order = reading_order(boxes(*stairs))
    assert order.index(0) < order.index(2) < order.index(4)


def test_small_lines_beside_a_large_one() -> None:
    """Two small lines beside a large one are not taken for one row because the large one reaches over both."""
    order = reading_order(boxes(box(0, 0, 200, 80), box(300, 10, 100, 20), box(300, 50, 100, 20)))
    assert order.index(1) < order.index(2)
