"""Times as RFC 3339 has them."""

from __future__ import annotations

import datetime
import re
from typing import Final

from .errors import InvalidRequestError

_LEAP_SECOND: Final = (
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}):60(?:\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def check_offset(name: str, value: datetime.date) -> None:
    """Hold a time that is to be sent to its having an offset, without which it is none of RFC 3339.

    Raises:
        InvalidRequestError: It has none; a date needs none.
    """
    if isinstance(value, datetime.datetime) and value.utcoffset() is None:
        raise InvalidRequestError(
            f"{name} is {value.isoformat()}, without an offset from UTC: pass value.astimezone() if it is local time, "
            "or value.replace(tzinfo=datetime.UTC)"
        )


def without_leap_second(text: str) -> str | None:
    """Return a time within a leap second as the last moment before it, or None for any other text.

    RFC 3339 has such times, at the end of a day of UTC, and a datetime has none. Of those that it has, this one is
    next, and neither on another day nor after what came later.
    """
    match = re.fullmatch(_LEAP_SECOND, text) if ":60" in text else None
    if match is None:
        return None
    last = f"{match[1]}:59.999999{match[2]}"
    try:
        in_utc = datetime.datetime.fromisoformat(last.upper()).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return last if (in_utc.hour, in_utc.minute) == (23, 59) else None
