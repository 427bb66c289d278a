# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from enum import StrEnum
from typing import Literal, TypeAlias


class ExtractType(StrEnum):
    """A fact about the picture that can be asked for:

    - `image_size`: its width and height in pixels.
    """

    IMAGE_SIZE = "image_size"


ExtractTypeValue: TypeAlias = Literal["image_size"]
"""The same as plain values."""
