"""Answers that are read by their media type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

import attrs

from .media_types import bare, is_json


@attrs.frozen
class ByMediaType:
    """What the body of an answer is that may be of several media types.

    Attributes:
        kinds: For each media type, which may be a range such as `image/*`, what stands for it alone.
    """

    kinds: Mapping[str, Any]

    def of(self, media_type: str) -> Any:
        """Return what the body of an answer with this header `Content-Type` is.

        One that is not documented is taken for the first, or for the first that is JSON as it is.
        """
        whole, name = _normal(media_type), bare(media_type)
        ways: tuple[Callable[[str], bool], ...] = (
            lambda known: _normal(known) == whole,
            lambda known: bare(known) == name,
            lambda known: bool(name) and fnmatchcase(name, bare(known)),
            lambda known: is_json(name) and is_json(known),
        )
        found = (kind for fits in ways for known, kind in self.kinds.items() if fits(known))
        return next(found, next(iter(self.kinds.values())))


def kinds_of(kind: Any) -> tuple[Any, ...]:
    """Return all that the body of an answer can be."""
    return tuple(kind.kinds.values()) if isinstance(kind, ByMediaType) else (kind,)


def _normal(media_type: str) -> str:
    return media_type.replace(" ", "").lower()
