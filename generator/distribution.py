"""What a distribution's metadata can hold of a description's version and licence."""

from __future__ import annotations

import re
from typing import Final

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.version import InvalidVersion, Version

_LONGEST_VERSION: Final = 64
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?![0-9])")
_LONGEST_EXPRESSION: Final = 500


def version(text: str) -> str:
    """Return a version by which installers can order distributions, as PEP 440 asks.

    That is the text itself where it is one (`1.0.0-rc.1` is written `1.0.0rc1`), else the longest part from its
    beginning that is one and does not end within a word (`1.2 (draft)` gives `1.2`), and `0` where there is none. A
    date's parts are numbers of a release: `2024-05-01` gives `2024.5.1`.
    """
    text = text.strip()
    if date := _DATE.match(text):
        text = ".".join(filter(None, date.groups())) + text[date.end() :]
    text = text[:_LONGEST_VERSION]
    for end in range(len(text), 0, -1):
        if text[:end].isascii() and not (text[end - 1].isalnum() and text[end : end + 1].isalnum()):
            try:
                return str(Version(text[:end]))
            except InvalidVersion:
                continue
    return "0"


def spdx(text: str) -> str | None:
    """Return a licence as an SPDX expression in its usual spelling, or None when it is a licence's name in words."""
    if len(text) > _LONGEST_EXPRESSION:
        return None
    try:
        return canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return None
