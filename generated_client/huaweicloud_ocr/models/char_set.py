# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from enum import StrEnum
from typing import Literal, TypeAlias


class CharSet(StrEnum):
    """The characters that a text can consist of:

    - `digit`: digits only.
    - `letter`: letters only.
    - `digit_letter`: digits and letters.
    - `general`: everything that the service can read.
    """

    DIGIT = "digit"
    LETTER = "letter"
    DIGIT_LETTER = "digit_letter"
    GENERAL = "general"


CharSetValue: TypeAlias = Literal["digit", "letter", "digit_letter", "general"]
"""The same as plain values."""
