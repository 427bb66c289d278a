"""How long the service asks callers to wait, from the header `Retry-After` (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

LONGEST: Final = 366 * 24 * 60 * 60
"""Seconds that are believed at most: what asks for more is a mistake, or malice."""

# The standard has whole seconds; some gateways write fractions. `\\d` alone would take the digits of all scripts.
_SECONDS: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)
_MOST_CHARACTERS: Final = 64


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds to wait, or None where the service does not say, or says it in no known way.

    A date counts from the service's own clock, if it tells that in the header `Date`, for the clock here may be wrong.
    One in the past is 0.
    """
    text = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(text):
        seconds = float(text)
    else:
        until = _moment(text)
        if until is None:
            return None
        now = _moment(headers.get("Date", "").strip()) or datetime.now(UTC)
        seconds = max(0.0, (until - now).total_seconds())
    return seconds if seconds <= LONGEST else None


def _moment(text: str) -> datetime | None:
    if not text or len(text) > _MOST_CHARACTERS or not text.isascii():
        return None
    # It is imported here because nearly every error comes without a date.
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
