"""Text of others on its way to a terminal."""

from __future__ import annotations

import re
from typing import Final

# Control characters, ends of lines, marks that turn the direction of text around, halves of surrogate pairs.
_COMMANDS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return a text on one line, in which nothing is a command to a terminal; all that is visible stays."""
    return _COMMANDS.sub(" ", text)


def escaped(json: str) -> str:
    """Return JSON that means the same, in which nothing is a command to a terminal; its own line ends stay."""
    return _COMMANDS.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", json)
