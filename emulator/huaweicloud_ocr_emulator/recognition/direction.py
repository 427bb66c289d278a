"""Which way the text of a picture runs, by the boxes around it.

Boxes tell along which line text runs, but not which end of it comes first: that takes reading. Angles are in
degrees, clockwise as one sees the picture: text at 0 runs to the right, text at 90 downwards.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Boxes: TypeAlias = NDArray[np.float32]
"""Boxes × 4 corners × (x, y), clockwise."""


def lengths(boxes: Boxes) -> NDArray[np.float32]:
    """Return the length of the longer sides of each box, in pixels."""
    return np.asarray(np.linalg.norm(_long_sides(boxes), axis=1), np.float32)


def slope(boxes: Boxes) -> float:
    """Return the angle of the lines along which the text runs, from -90 to below 90.

    Long boxes count for more, since a box around a single letter lies any way. The angle is doubled for the
    mean, so that both directions along a line are one. The median about that mean then leaves out what runs
    otherwise.
    """
    sides = _long_sides(boxes)
    doubled = 2 * np.arctan2(sides[:, 1], sides[:, 0])
    weights = lengths(boxes)
    mean = np.angle(np.sum(weights * np.exp(1j * doubled)))
    aside = np.angle(np.exp(1j * (doubled - mean)))
    order = np.argsort(aside)
    until = np.cumsum(weights[order])
    median = aside[order][np.searchsorted(until, until[-1] / 2)]
    return float((np.degrees(mean + median) / 2 + 90) % 180 - 90)


def turned(angle: float, by: float) -> float:
    """Return an angle turned further clockwise, from -180 to below 180."""
    return (angle + by + 180) % 360 - 180


def from_top_left(boxes: Boxes, angle: float) -> Boxes:
    """Return boxes with the top left corner of text that runs at an angle first."""
    starts = ((np.roll(boxes, -1, axis=1) - boxes) @ _along(angle)).argmax(axis=1)
    corners = (starts[:, np.newaxis] + np.arange(4)) % 4
    return np.asarray(np.take_along_axis(boxes, corners[:, :, np.newaxis], axis=1), np.float32)


def enclosing(boxes: Boxes, angle: float) -> Boxes:
    """Return the one box around all boxes whose sides run along and across an angle."""
    axes = np.array([_along(angle), _along(angle + 90)])
    places = boxes.reshape(-1, 2) @ axes.T
    (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    return np.asarray(corners @ axes, np.float32)[np.newaxis]


def _along(angle: float) -> NDArray[np.float64]:
    return np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])


def _long_sides(boxes: Boxes) -> Boxes:
    one, other = boxes[:, 1] - boxes[:, 0], boxes[:, 2] - boxes[:, 1]
    is_one = np.linalg.norm(one, axis=1) >= np.linalg.norm(other, axis=1)
    return np.asarray(np.where(is_one[:, np.newaxis], one, other), np.float32)
