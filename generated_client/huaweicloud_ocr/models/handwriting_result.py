# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.model import Model
from .handwriting_words_block import HandwritingWordsBlock


@attrs.frozen(kw_only=True)
class HandwritingResult(Model):
    """The text that was read in a picture with handwriting.

    Attributes:
        words_block_count: How many blocks of text there are, which is the length of `words_block_list`.
        words_block_list: The blocks of text in reading order, from left to right and from top to bottom.
    """

    words_block_count: int
    words_block_list: list[HandwritingWordsBlock]
