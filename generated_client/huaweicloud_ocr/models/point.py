# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from typing import TypeAlias

Point: TypeAlias = tuple[int, int]
"""A point `[x, y]` in pixels of the picture as sent. The origin is its top left corner, x grows to the right and
y downwards.
"""
