"""The type `Unset` where the codec reads annotations: in models, and in the types of an operation's parameters."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .unset import Unset as Unset
else:
    # The codec leaves out what has this type. The value itself is always our `UNSET`: it is each such member's default.
    from msgspec import UnsetType as Unset

__all__ = ["Unset"]
