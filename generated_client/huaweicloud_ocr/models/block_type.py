# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from typing import Literal, TypeAlias

from .._runtime.enums import ExtensibleStrEnum


class BlockType(ExtensibleStrEnum):
    """The kind of a block. `text` is the one that is known; treat any other value as a kind you do not know.

    A value that is not known today is kept: it equals its plain text, and `known` is false.
    """

    TEXT = "text"


BlockTypeValue: TypeAlias = Literal["text"]
"""The same as plain values."""
