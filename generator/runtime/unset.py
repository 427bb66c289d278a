"""The value of a field that is absent, as distinct from one that is null."""

from typing import Final, TypeAlias

import msgspec

Unset: TypeAlias = msgspec.UnsetType
"""Type of `UNSET`, for annotations: `str | Unset`."""

UNSET: Final = msgspec.UNSET
"""Absent: neither sent nor received. A singleton, also after copying and pickling; it is falsy."""
