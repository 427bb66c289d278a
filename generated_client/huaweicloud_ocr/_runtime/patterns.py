r"""Regular expressions as JSON Schema has them, which are those of ECMA-262, compiled as Python's.

What both languages write alike means something else in places: in ECMA-262 `$` is the very end, and not before a line
break there, `\d`, `\w` and `\b` know ASCII only, `\s` knows other white space, and no line break fits a `.`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final

_Ranges = tuple[tuple[int, int], ...]
"""Characters, from the first to the last of each range, in order."""

_DIGITS: Final[_Ranges] = ((0x30, 0x39),)
_WORD: Final[_Ranges] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE: Final[_Ranges] = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
_LINE_ENDS: Final[_Ranges] = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))

_TOKENS: Final = re.compile(
    r"""
    \\u\{(?P<point>[0-9A-Fa-f]+)\}  # a character by its number
    | \\c(?P<control>[A-Za-z])      # a control character
    | \\k<(?P<reference>[^>]*)>     # a group by its name
    | \\(?P<escaped>.)              # something else that is escaped
    | \(\?<(?P<group>[^=!>][^>]*)>  # a group with a name
    | \[(?P<empty>\^?)\]            # a class of no character, or of any
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FLAGS: Final = re.compile(r"\(\?([A-Za-z]+)(?:-[A-Za-z]+)?[:)]")


def _written(ranges: Iterable[tuple[int, int]]) -> str:
    """Return characters as what stands in a class."""
    return "".join(
        f"\\U{first:08x}" if first == last else f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges
    )


def _others(ranges: _Ranges) -> _Ranges:
    """Return all other characters."""
    ends = [-1, *(last for _, last in ranges)]
    begins = [*(first for first, _ in ranges), 0x110000]
    return tuple((end + 1, begin - 1) for end, begin in zip(ends, begins, strict=True) if end + 1 < begin)


_CLASSES: Final = {
    "d": _written(_DIGITS),
    "D": _written(_others(_DIGITS)),
    "w": _written(_WORD),
    "W": _written(_others(_WORD)),
    "s": _written(_SPACE),
    "S": _written(_others(_SPACE)),
}
_NO_LINE_END: Final = f"[^{_written(_LINE_ENDS)}]"


@functools.lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a regular expression of ECMA-262 as one of Python.

    Raises:
        re.error: Python has nothing for it.
    """
    return re.compile(_translated(pattern))


def _translated(pattern: str) -> str:
    # Whoever writes Python's flags, which ECMA-262 has not, means what Python means by them.
    flags = "".join(_FLAGS.findall(pattern))
    parts: list[str] = []
    in_class = False
    after_class = False  # whether a class of characters, such as `\d`, stands before within a class
    position = 0
    while match := _TOKENS.match(pattern, position):
        if in_class and match.lastgroup in ("reference", "group", "empty"):
            match = _ONE.match(pattern, position) or match
        position = match.end()
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        was_class, after_class = after_class, False
        match kind:
            case "point":
                parts.append(_character(int(text, 16)))
            case "control":
                parts.append(_character(ord(text) % 32))
            case "escaped" if text in _CLASSES:
                parts.append(_CLASSES[text] if in_class else f"[{_CLASSES[text]}]")
                after_class = in_class
            case "escaped" if text in "bB" and not in_class:
                parts.append(f"(?a:\\{text})")
            case "escaped":
                parts.append(f"\\{text}")
            case "reference":
                parts.append(f"(?P={text})")
            case "group":
                parts.append(f"(?P<{text}>")
            case "empty":
                parts.append(r"[\s\S]" if text else r"(?!)")
            case _ if in_class:
                in_class = text != "]"
                # A hyphen beside a class of characters is itself; what the others would mean in Python may change.
                is_itself = text == "-" and (
                    was_class or pattern[position : position + 2] in _ESCAPED_CLASSES
                )
                parts.append(f"\\{text}" if is_itself or text in "[&~|" else text)
            case _ if text == "[":
                in_class = True
                parts.append("[")
                if pattern[position : position + 1] == "^":
                    parts.append("^")
                    position += 1
            case _ if text == "$" and "m" not in flags:
                parts.append(r"\Z")
            case _ if text == "." and "s" not in flags:
                parts.append(_NO_LINE_END)
            case _:
                parts.append(text)
    return "".join(parts)


_ONE: Final = re.compile(r"\\(?P<escaped>.)|(?P<other>.)", re.DOTALL)
_ESCAPED_CLASSES: Final = frozenset(f"\\{name}" for name in _CLASSES)


def _character(number: int) -> str:
    if number > 0x10FFFF:
        raise re.error(f"there is no character {number:#x}")
    return f"\\U{number:08x}"
