"""Vertical Chinese: columns of upright characters, read downwards, the rightmost column first.

The network for lines reads such a column when it lies on its left side, as it does a line of text that really
lies so. Both look like tall boxes, but the characters of a column stand upright: set upright side by side they
say the same, while those of a line say nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import Final

import numpy as np

from huaweicloud_ocr_emulator.recognition.engine import Pixels

# As many characters decide about a column as well as all of it.
_TRIED_CHARACTERS: Final = 8
# Measured: of the characters of columns more than half are read again, of lines hardly any.
_SAME: Final = 0.5


def is_chinese(words: str) -> bool:
    """Tell whether a text can be a column: two wide characters, and half of all, at least."""
    wide = sum(unicodedata.east_asian_width(character) == "W" for character in words)
    return wide >= 2 and 2 * wide >= len(words)


def is_column(line: Pixels, words: str, read: Callable[[Pixels], str]) -> bool:
    """Tell whether what was read as a line is a column that lies on its left side.

    Args:
        line: The column, its upper end to the left.
        words: What was read.
        read: Reads a line.
    """
    count = min(len(words), _TRIED_CHARACTERS)
    edges = [round(index * line.shape[1] / len(words)) for index in range(count + 1)]
    spans = [(start, end) for start, end in pairwise(edges) if end > start]
    # All as wide as the widest, so that they are one line.
    width = max(end - start for start, end in spans)
    characters = [_as_wide(line[:, start:end], width) for start, end in spans]
    again = read(np.concatenate([np.rot90(character, -1) for character in characters], axis=1))
    tried = set(words[:count])
    return len(tried & set(again)) >= _SAME * len(tried)


def _as_wide(character: Pixels, width: int) -> Pixels:
    return np.pad(character, ((0, 0), (0, width - character.shape[1]), (0, 0)), mode="edge")
