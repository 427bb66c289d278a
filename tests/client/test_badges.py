"""Where the numbers of blocks stand in an annotated copy."""

from __future__ import annotations

import math

import pytest

from huaweicloud_ocr._runtime.cli.badges import Box, place_badges


def _line(left: int, top: int, height: int, length: int = 700) -> Box:
    return [(left, top), (left + length, top), (left + length, top + height), (left, top + height)]


@pytest.mark.parametrize(("pitch", "height"), [(40, 30), (20, 16), (14, 14)])
def test_numbers_stand_before_the_lines_of_a_page(pitch: int, height: int) -> None:
    """On a full page every number stands left of its line, no higher than the line, and covers no text."""
    lines = [_line(60, 10 + row * pitch, height) for row in range(40)]
    labelled = [(str(number), line) for number, line in enumerate(lines, 1)]
    for line, badge in zip(lines, place_badges((1000, 1700), labelled), strict=True):
        left, top, right, bottom = badge.box
        assert left >= 0
        assert right < line[0][0]
        assert line[0][1] <= top
        assert bottom <= line[3][1]


@pytest.mark.parametrize(
    "line",
    [
        _line(0, 0, 30),
        _line(0, 370, 30),
        _line(100, 0, 400),
        _line(0, 200, 30, length=1000),
        [(40, 390), (40, 10), (90, 10), (90, 390)],
        [(300, 100), (600, 300), (580, 330), (280, 130)],
    ],
    ids=["top left", "bottom left", "high", "wide", "upwards", "tilted"],
)
def test_number_is_in_the_picture_and_beside_the_text(line: Box) -> None:
    """Wherever there is room beside a line, its number stands there, within the picture and close by."""
    (badge,) = place_badges((1000, 400), [("1", line)])
    left, top, right, bottom = badge.box
    assert 0 <= left < right <= 1000
    assert 0 <= top < bottom <= 400
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    assert not any(_inside(corner, line) for corner in corners)
    assert min(math.dist(corner, point) for corner in corners for point in _along(line)) < badge.height


def test_number_where_there_is_no_room() -> None:
    """The number of a line that fills the picture stands in it nevertheless."""
    (badge,) = place_badges((760, 170), [("1", _line(0, 0, 170, length=760))])
    assert badge.box[0] == 0
    assert badge.height == 19


def _inside(point: tuple[float, float], box: Box) -> bool:
    """Return whether a point is on the inner side of all edges of a clockwise box."""
    edges = zip(box, [*box[1:], box[0]], strict=True)
    return all((bx - ax) * (point[1] - ay) > (by - ay) * (point[0] - ax) for (ax, ay), (bx, by) in edges)


def _along(box: Box) -> list[tuple[float, float]]:
    """Return points on the edges of a box."""
    edges = zip(box, [*box[1:], box[0]], strict=True)
    return [
        (ax + (bx - ax) * part / 100, ay + (by - ay) * part / 100)
        for (ax, ay), (bx, by) in edges
        for part in range(100)
    ]
