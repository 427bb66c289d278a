"""Values of parameters as text in a path, a query, a header or a cookie."""

from __future__ import annotations

import datetime
import enum
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast
from urllib.parse import quote, urlencode

from .errors import InvalidRequestError
from .text import shown
from .unset import UNSET

_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def fill_path(template: str, values: Mapping[str, Any]) -> str:
    """Return a path with its parameters filled in, percent-encoded.

    Raises:
        InvalidRequestError: A value is empty, which would name another path.
    """
    path = template
    for name, value in values.items():
        text = as_text(name, value)
        if text in ("", ".", ".."):
            raise InvalidRequestError(f"{name} is {text!r}, which would name another path")
        path = path.replace(f"{{{name}}}", quote(text, safe=""))
    return path


def encode_query(values: Mapping[str, Any]) -> str:
    """Return a query with each item of a list as a pair of its own; absent parameters are left out."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is UNSET or value is None:
            continue
        items = cast("Iterable[Any]", value) if isinstance(value, (list, tuple)) else (value,)
        pairs.extend((name, as_text(name, item)) for item in items)
    return urlencode(pairs, quote_via=quote)


def encode_headers(values: Mapping[str, Any]) -> dict[str, str]:
    """Return headers; absent parameters are left out.

    Raises:
        InvalidRequestError: A name or a value has characters that a header cannot carry.
    """
    if not isinstance(values, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidRequestError(
            f"headers is a {type(values).__name__}: a dict of names and values is needed"
        )
    headers: dict[str, str] = {}
    for name, value in values.items():
        if value is UNSET or value is None:
            continue
        items = cast("Iterable[Any]", value) if isinstance(value, (list, tuple)) else (value,)
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidRequestError(f"{shown(name, 80)} cannot be the name of a header")
        text = ",".join(as_text(name, item) for item in items).strip()
        if not all(char == "\t" or " " <= char <= "~" for char in text):
            raise InvalidRequestError(f"header {name} holds a line break or a character outside ASCII")
        headers[name] = text
    return headers


def encode_cookies(values: Mapping[str, Any]) -> str:
    """Return the value of the header `Cookie`; absent parameters are left out."""
    pairs = [(name, value) for name, value in values.items() if value is not UNSET and value is not None]
    return "; ".join(f"{quote(name)}={quote(as_text(name, value), safe='')}" for name, value in pairs)


def joined(name: str, values: Any) -> Any:
    """Return the items of a list as one text with commas between them, or pass on that there is none."""
    if values is UNSET or values is None:
        return values
    return ",".join(as_text(name, value) for value in values)


def as_text(name: str, value: Any) -> str:
    """Return a scalar as text: booleans as JSON has them, times in ISO 8601.

    Raises:
        InvalidRequestError: It is no scalar, or a text that cannot be sent.
    """
    match value:
        case enum.Enum():
            return str(value.value)
        case bool():
            return "true" if value else "false"
        case str() if any("\ud800" <= char <= "\udfff" for char in value):
            raise InvalidRequestError(f"{name} holds half of a surrogate pair")
        case str() | int() | float() | uuid.UUID():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case _:
            raise InvalidRequestError(f"{name} cannot be {shown(value, 80)}")
