"""The value of a field that is absent, as distinct from one that is null."""

from enum import Enum
from typing import Final, Literal


class Unset(Enum):
    """Type of `UNSET`, for annotations: `str | Unset`."""

    # Not that of msgspec: importing it takes longer than all that a program needs before its first call.
    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return self.name


UNSET: Final = Unset.UNSET
"""Absent: neither sent nor received. A singleton, also after copying and pickling; it is falsy."""
