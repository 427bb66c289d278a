# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.model import Model
from .block_type import BlockType
from .location import Location


@attrs.frozen(kw_only=True)
class HandwritingWordsBlock(Model):
    """A block of handwritten or printed text.

    Attributes:
        words: The text of the block.
        type: What kind of block this is.
        confidence: How sure the recognition of the text is, from 0 (not at all) to 1 (fully). It is not
            the share of right characters.
        location: Where the block stands in the picture. The four corners of a box around a text,
            clockwise from the text's own top left: top left, top right, bottom right, bottom left. The box of
            tilted text is tilted too.
    """

    words: str
    type: BlockType
    confidence: float
    location: Location
