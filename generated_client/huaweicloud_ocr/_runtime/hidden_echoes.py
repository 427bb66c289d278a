"""Secrets that a server sent back, which an error must not show."""

from __future__ import annotations

import json
import re
from typing import Final

from .hidden import Hidden

_SHORT: Final = 8
"""A secret shorter than this is likely to be part of a word that has nothing to do with it."""

# The end of an escape, such as the n of `\n`, the 22 of `\u0022` or the D of `%3D`, is no part of a word.
_BEGINNING: Final = rb"(?:(?<![0-9A-Za-z])|(?<=\\[bfnrt])|(?<=\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))"
_WORDS: Final = frozenset(
    {
        *("user", "username", "password", "domain", "account", "project", "token"),
        *("error", "error_code", "error_msg", "code", "message", "title"),
        *("the", "or", "is", "wrong", "incorrect", "invalid", "unauthorized", "locked", "login"),
    }
)
"""What answers of identity services say in any case: to hide one of these would tell that it is the secret."""


def hide(content: bytes, secret: Hidden) -> bytes:
    """Return what a server sent without a secret, as it is or as JSON has it.

    A short one is left where it is a part of a longer word, as the p in `password`.
    """
    text: str = secret.reveal()
    if text.lower() in _WORDS:
        # Quoted it may be an echo, unless it is the name of a member.
        return re.sub(rb"(?<=[\"'])" + text.encode() + rb"(?=\\?[\"'])(?!\"\s*:)", b"<hidden>", content)
    for form in {text, json.dumps(text)[1:-1]}:
        content = _pattern(form).sub(b"<hidden>", content)
    return content


def _pattern(form: str) -> re.Pattern[bytes]:
    pattern = re.escape(form.encode())
    if len(form) < _SHORT:
        before = _BEGINNING if form[:1].isalnum() else b""
        after = rb"(?![0-9A-Za-z])" if form[-1:].isalnum() else b""
        pattern = before + pattern + after
    return re.compile(pattern)
