"""The picture on the banner: a steaming cup of green tea with a sprig of the plant."""

from __future__ import annotations

import math

from .canvas import Canvas, Point, bezier
from .texture import Colour

LEAF: tuple[Colour, Colour] = ((132, 186, 84), (44, 122, 66))
PALE_LEAF: tuple[Colour, Colour] = ((206, 226, 120), (122, 178, 78))


def leaf(
    canvas: Canvas,
    stalk: Point,
    length: float,
    angle: float,
    colours: tuple[Colour, Colour] = LEAF,
    far: float = 0.0,
) -> None:
    """Draw a leaf.

    Args:
        canvas: What to draw on.
        stalk: Where the leaf grows from.
        length: From stalk to tip, in pixels.
        angle: Where the tip points, in degrees: 0 right, 90 up.
        colours: At the stalk and at the tip.
        far: How far out of focus it is, in pixels; a leaf out of focus has no veins.
    """
    turn = math.radians(angle)

    def place(along: float, aside: float) -> Point:
        along, aside = along * length, aside * length
        return (
            stalk[0] + along * math.cos(turn) - aside * math.sin(turn),
            stalk[1] - along * math.sin(turn) - aside * math.cos(turn),
        )

    tip = place(1, 0.05)
    upper = bezier(stalk, place(0.22, 0.34), place(0.68, 0.28), tip)
    lower = bezier(tip, place(0.74, -0.17), place(0.28, -0.24), stalk)
    blade = canvas.shape().polygon(upper + lower)
    rib = bezier(stalk, place(0.5, 0.02), tip)
    if far:
        canvas.lay(blade.soft(far), colours[1], 0.55)
        return
    canvas.lay(blade.soft(5, (3, 6)), (6, 40, 30), 0.30)
    canvas.lay_gradient(blade, (stalk, colours[0]), (tip, colours[1]))
    canvas.lay(canvas.shape().polygon([*rib, *lower]).within(blade), (0, 54, 36), 0.16)
    veins = canvas.shape().stroke(rib, 1.4)
    for along in (0.18, 0.32, 0.46, 0.60, 0.74):
        reach = 0.24 * math.sin(math.pi * (along + 0.10))
        veins.stroke(
            bezier(place(along, 0.01), place(along + 0.10, reach * 0.5), place(along + 0.17, reach)), 0.9
        )
        veins.stroke(
            bezier(place(along, 0.01), place(along + 0.10, -reach * 0.4), place(along + 0.17, -reach)), 0.9
        )
    canvas.lay(veins.within(blade), (236, 246, 200), 0.45)


def teacup(canvas: Canvas, centre: Point) -> None:
    """Draw the cup on its saucer; `centre` is the middle of its rim."""
    x, y = centre
    saucer = canvas.shape().ellipse((x - 172, y + 98, x + 172, y + 160))
    canvas.lay(saucer.soft(14, (4, 18)), (5, 40, 30), 0.45)
    canvas.lay_gradient(saucer, ((x - 172, y + 100), (255, 255, 252)), ((x + 172, y + 160), (196, 208, 200)))
    well = canvas.shape().ellipse((x - 118, y + 102, x + 118, y + 142))
    canvas.lay_gradient(well, ((x - 118, y + 100), (206, 216, 208)), ((x + 118, y + 145), (246, 248, 244)))

    handle = canvas.shape().ellipse((x + 88, y + 14, x + 166, y + 92), 15)
    canvas.lay(handle.soft(5, (3, 6)), (20, 60, 46), 0.25)
    canvas.lay_gradient(handle, ((x + 90, y + 10), (255, 255, 252)), ((x + 166, y + 96), (178, 194, 184)))

    right = bezier((x + 128, y), (x + 124, y + 78), (x + 82, y + 122), (x + 52, y + 124))
    left = bezier((x - 52, y + 124), (x - 82, y + 122), (x - 124, y + 78), (x - 128, y))
    foot = canvas.shape().ellipse((x - 56, y + 106, x + 56, y + 136))
    canvas.lay(foot.soft(7, (2, 4)), (30, 60, 48), 0.45)
    canvas.lay_gradient(foot, ((x - 56, y + 120), (240, 243, 238)), ((x + 56, y + 120), (176, 190, 180)))
    body = canvas.shape().polygon(right + left)
    canvas.lay_gradient(body, ((x - 110, y + 10), (255, 255, 252)), ((x + 128, y + 70), (186, 202, 192)))
    canvas.lay(
        canvas.shape().ellipse((x - 104, y + 22, x - 72, y + 92)).soft(9).within(body), (255, 255, 255), 0.9
    )

    rim = canvas.shape().ellipse((x - 128, y - 34, x + 128, y + 34))
    canvas.lay_gradient(rim, ((x - 128, y - 20), (236, 241, 236)), ((x + 128, y + 20), (255, 255, 253)))
    inside = canvas.shape().ellipse((x - 119, y - 28, x + 119, y + 29))
    canvas.lay_gradient(inside, ((x, y - 30), (196, 208, 196)), ((x, y + 30), (240, 244, 238)))
    tea = canvas.shape().ellipse((x - 108, y - 16, x + 108, y + 29)).within(inside)
    canvas.lay_gradient(tea, ((x - 108, y - 10), (196, 200, 74)), ((x + 108, y + 28), (150, 172, 52)))
    canvas.lay(
        canvas.shape().ellipse((x - 70, y - 4, x + 10, y + 10)).soft(5).within(tea), (248, 246, 190), 0.7
    )
    leaf(canvas, (x + 18, y + 12), 52, 14, LEAF)
    leaf(canvas, (x + 20, y + 12), 34, 158, PALE_LEAF)


def steam(canvas: Canvas, foot: Point) -> None:
    """Draw steam that rises from `foot`."""
    x, y = foot
    for shift, height, weight in ((-44, 120, 11), (0, 150, 14), (42, 112, 10)):
        curl = bezier(
            (x + shift, y),
            (x + shift - 40, y - height * 0.35),
            (x + shift + 44, y - height * 0.6),
            (x + shift - 8, y - height),
        )
        canvas.lay(canvas.shape().stroke(curl, weight).soft(7), (255, 255, 255), 0.42)
