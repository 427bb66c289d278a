"""Names of files for things whose names are the description's choice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_OTHERS: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST: Final = 80
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""


def file_names(names: Iterable[str]) -> list[str]:
    """Return a name for a file, without ending, for each name, in their order: its own where that serves.

    They differ also where capitals do not count, hold nothing but letters, digits, `.`, `_` and `-` of ASCII, and
    begin with no dot.
    """
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        base = _OTHERS.sub("-", name)[:_LONGEST].strip("-.") or "unnamed"
        base = f"{base}-" if _RESERVED.fullmatch(base) else base
        chosen, number = base, 1
        while chosen.lower() in taken:
            number += 1
            chosen = f"{base}-{number}"
        taken.add(chosen.lower())
        found.append(chosen)
    return found
