"""Differences that no rule has words for: where they are, so that somebody can look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator import pointer as pointers
from generator.comparison.changes import Change, Direction, Step, Verdict
from generator.comparison.places import Side, code
from generator.comparison.views import as_text
from generator.plain import is_list, is_mapping

_MOST: Final = 10
"""Places that are told one by one."""

_THEN: Final = "no rule judges that, see for yourself whether it asks for the same"
_PLACE = tuple[str, str, str]
"""The pointer now, the pointer before, and what is so at that place."""


def unjudged(old: Side, new: Side) -> list[Change]:
    """Tell of differences that no rule has words for, so that no document changes without notice.

    Args:
        old: The document before.
        new: The document after; no rule may have told of anything between the two.

    Returns:
        A change for each place that differs, of many for the first; none if nothing but the version differs.
    """
    before, after = [_without_version(side.document) for side in (old, new)]
    places = list(_places("", before, after))
    if not places:
        return (
            [_change("", "", "the order of members differs, and nothing else")]
            if _moved(before, after)
            else []
        )
    changes = [
        _change(new.nearest(pointer), was, f"{_called(pointer or was)} {fact}: {_THEN}")
        for pointer, was, fact in places[:_MOST]
    ]
    if len(places) > _MOST:
        changes.append(_change("", "", f"{len(places) - _MOST} more places are written otherwise: {_THEN}"))
    return changes


def _change(pointer: str, old: str, message: str) -> Change:
    return Change(
        pointer, old, "written-otherwise", Verdict.DOCUMENTATION, Direction.NONE, message, Step.PATCH,
        next(reversed(pointers.split(pointer or old)), ""),
    )  # fmt: skip


def _called(pointer: str) -> str:
    tokens = pointers.split(pointer)
    named = [index for index, token in enumerate(tokens) if not token.isdecimal()]
    if not named:
        return "the document"
    return code("/".join(tokens[named[-1] :]))


def _places(pointer: str, old: Any, new: Any) -> Iterator[_PLACE]:
    """Find what is written otherwise, as deep down as both documents are built alike."""
    if as_text(old) == as_text(new) and not _is_other_number(old, new):
        return
    if is_mapping(old) and is_mapping(new) and not _is_replaced(old, new):
        for name in dict.fromkeys([*old, *new]):
            below = pointers.join(pointer, name)
            if name not in new:
                yield below, below, "is not written any more"
            elif name not in old:
                yield below, "", "is written now"
            else:
                yield from _places(below, old[name], new[name])
    elif is_list(old) and is_list(new) and len(old) == len(new):
        if sorted(map(as_text, old)) == sorted(map(as_text, new)):
            yield pointer, pointer, "is in another order now"
            return
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _places(pointers.join(pointer, index), one, other)
    else:
        yield pointer, pointer, "is written otherwise"


def _is_replaced(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Return whether the one object stands for the other as a whole, such as a reference for what it leads to."""
    return ("$ref" in old) != ("$ref" in new) or bool(old and new and not old.keys() & new.keys())


def _is_other_number(old: Any, new: Any) -> bool:
    return isinstance(old, int | float) and isinstance(new, int | float) and type(old) is not type(new)


def _moved(old: Any, new: Any) -> bool:
    """Return whether two values that say the same have their members in another order."""
    if is_mapping(old) and is_mapping(new):
        return list(old) != list(new) or any(_moved(old[name], new[name]) for name in old)
    if is_list(old) and is_list(new):
        return any(map(_moved, old, new))
    return False


def _without_version(document: dict[str, Any]) -> dict[str, Any]:
    info = document.get("info")
    if not is_mapping(info):
        return document
    return {**document, "info": {name: member for name, member in info.items() if name != "version"}}
