# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.model import Model
from ..models.block_type import BlockType


@attrs.frozen(kw_only=True)
class HandwritingWordsBlock(Model):
    """A block of handwritten or printed text.

    Attributes:
        words: The text of the block.
        type: What kind of block this is.
        confidence: How sure the recognition of `words` is.
        location: Where the block stands in the picture.
    """

    words: str
    type: BlockType
    confidence: float
    location: tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]
