# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.absent import Unset
from .._runtime.model import Model
from .._runtime.unset import UNSET
from .extracted_data import ExtractedData
from .web_image_words_block import WebImageWordsBlock


@attrs.frozen(kw_only=True)
class WebImageResult(Model):
    """The text that was read in a web image.

    Attributes:
        words_block_count: How many blocks of text there are, which is the length of `words_block_list`.
        words_block_list: The blocks of text in reading order, from left to right and from top to bottom.
        extracted_data: What `extract_type` asked for; empty or absent when it asked for nothing.
    """

    words_block_count: int
    words_block_list: list[WebImageWordsBlock]
    extracted_data: ExtractedData | Unset = UNSET
