"""What is gone and what is new, where the one is the other under another name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Final

from generator.comparison.views import as_text
from generator.comparison.words import without_words
from generator.plain import is_list, is_mapping

_ALIKE: Final = 0.5
_SAYS_MUCH: Final = 60
"""Characters of JSON from which on the same content is no coincidence."""

_MOST_GUESSES: Final = 10_000


def renamed(gone: Mapping[str, Any], come: Mapping[str, Any]) -> dict[str, str]:
    """Return what is gone by name, with what it is called now.

    The content has to be the same, documentation aside, and to tell enough: two members that are just any text are
    the same one only if they are described alike or have names that are alike.

    Args:
        gone: What is gone, by name.
        come: What is new, by name.
    """
    found: dict[str, str] = {}
    may_guess = len(gone) * len(come) <= _MOST_GUESSES
    fresh = {name: as_text(without_words(value)) for name, value in come.items()}
    described = {name: _description(value) for name, value in come.items()}
    for name, value in gone.items():
        text, words = as_text(without_words(value)), _description(value)
        candidates = [
            other
            for other, content in fresh.items()
            if other not in found.values()
            and content == text
            and (
                len(text) >= _SAYS_MUCH
                or (words and words == described[other])
                or (may_guess and _are_alike(name, other))
            )
        ]
        exact = [other for other in candidates if words and words == described[other]]
        for chosen in (exact, candidates):
            if len(chosen) == 1:
                found[name] = chosen[0]
                break
    return found


def _description(value: Any) -> str:
    if is_list(value):
        return _description(value[0]) if value else ""
    found = value.get("description") if is_mapping(value) else None
    return found if isinstance(found, str) else ""


def _are_alike(one: str, other: str) -> bool:
    plain, second = [name.lower().replace("_", "").replace("-", "") for name in (one, other)]
    return (
        plain in second or second in plain or difflib.SequenceMatcher(None, plain, second).ratio() >= _ALIKE
    )
