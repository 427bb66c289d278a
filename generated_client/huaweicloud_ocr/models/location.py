# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from typing import TypeAlias

from .point import Point

Location: TypeAlias = tuple[Point, Point, Point, Point]
"""The four corners of a box around a text, clockwise from the text's own top left: top left, top right, bottom
right, bottom left. The box of tilted text is tilted too.
"""
