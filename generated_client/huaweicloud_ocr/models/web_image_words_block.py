# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.model import Model


@attrs.frozen(kw_only=True)
class WebImageWordsBlock(Model):
    """A block of text in a web image.

    Attributes:
        words: The text of the block.
        confidence: How sure the recognition of `words` is.
        location: Where the block stands in the picture.
    """

    words: str
    confidence: float
    location: tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]
