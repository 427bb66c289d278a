"""What somebody may have meant by a name that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from generator.findings import quoted

_SHORT = 3


def nearest(name: str, names: Iterable[str], *, alike: float = 0.75) -> str | None:
    """Return the name that is most like another one, or that the other one shortens; upper and lower case aside.

    Args:
        name: The name that is not known.
        names: Those that are.
        alike: How like it they have to be, from 0 (not at all) to 1 (the same).

    Returns:
        One of the names; None if none is like it.
    """
    by_lower = {known.lower(): known for known in names}
    lower = name.lower()
    close = difflib.get_close_matches(lower, by_lower, n=1, cutoff=alike)
    if not close and len(lower) >= _SHORT:
        close = [known for known in by_lower if known.startswith(lower)]
    return by_lower[close[0]] if len(close) == 1 else None


def hint(name: object, names: Iterable[object]) -> str:
    """Return `; perhaps "name" is meant`, to end a sentence with; nothing if no name is like this one."""
    if not isinstance(name, str):
        return ""
    meant = nearest(name, (known for known in names if isinstance(known, str)))
    return "" if meant is None else f"; perhaps {quoted(meant)} is meant"
