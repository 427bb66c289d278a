"""Values of parameters as text in a path, a query, a header or a cookie."""

from __future__ import annotations

import datetime
import enum
import math
import re
import uuid
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Final, cast
from urllib.parse import quote, unquote

from .encoded import Base64
from .errors import InvalidRequestError
from .text import shown
from .times import check_offset
from .unset import UNSET

DELIMITERS: Final = {",": ",", " ": "%20", "|": "%7C"}
"""What stands between the items of a list, and how it is written in an address."""

RESERVED: Final = ":/?@!$'()*,;="
"""Reserved characters with which neither a query nor a pair in it ends (RFC 3986, section 3.4)."""

_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def fill_path(template: str, values: Mapping[str, Any]) -> str:
    """Return a path with its parameters filled in, percent-encoded.

    Raises:
        InvalidRequestError: A value is empty, which would name another path.
    """
    path = template
    for name, value in values.items():
        texts = [as_text(name, item) for item in _items(value)]
        text = ",".join(texts)
        if text in ("", ".", ".."):
            raise InvalidRequestError(f"{name} is {text!r}, which would name another path")
        path = path.replace(f"{{{name}}}", ",".join(quote(text, safe="") for text in texts))
    return path


def encode_query(
    values: Mapping[str, Any],
    *,
    joined: Mapping[str, str] | None = None,
    reserved: Container[str] = frozenset(),
) -> str:
    """Return a query; absent parameters and empty lists are left out.

    Args:
        values: Values by name; each item of a list is a pair of its own.
        joined: What stands between the items of lists that are one pair, by their names.
        reserved: Names of parameters whose values may hold reserved characters as they are.
    """
    pairs: list[str] = []
    for name, value in values.items():
        if value is UNSET or value is None:
            continue
        delimiter = joined.get(name, "") if joined else ""
        safe = RESERVED.replace(delimiter or " ", "") if name in reserved else ""
        texts = [quote(as_text(name, item), safe=safe) for item in _items(value)]
        if delimiter and texts:
            texts = [_joined(name, texts, DELIMITERS[delimiter])]
        pairs.extend(f"{quote(name, safe='')}={text}" for text in texts)
    return "&".join(pairs)


def with_query(url: str, query: str) -> str:
    """Return an address with a query, after the one that its path may have already."""
    separator = "" if url.endswith(("?", "&")) else "&" if "?" in url else "?"
    return f"{url}{separator}{query}"


def _joined(name: str, texts: Sequence[str], delimiter: str) -> str:
    """Return texts as one.

    Raises:
        InvalidRequestError: One of several holds what stands between them, so that they could not be told apart.
    """
    if len(texts) > 1 and any(delimiter in text for text in texts):
        raise InvalidRequestError(
            f"an item of {name} holds {unquote(delimiter)!r}, which stands between items: leave it out"
        )
    return delimiter.join(texts)


def _items(value: Any) -> Iterable[Any]:
    return cast("Iterable[Any]", value) if isinstance(value, (list, tuple)) else (value,)


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
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidRequestError(f"{shown(name, 80)} cannot be the name of a header")
        texts = [as_text(name, item) for item in _items(value)]
        text = _joined(name, texts, ",").strip()
        if not all(char == "\t" or " " <= char <= "~" for char in text):
            raise InvalidRequestError(f"header {name} holds a line break or a character outside ASCII")
        if texts:
            headers[name] = text
    return headers


def encode_cookies(values: Mapping[str, Any]) -> str:
    """Return the value of the header `Cookie`; absent parameters are left out."""
    pairs: list[str] = []
    for name, value in values.items():
        if value is not UNSET and value is not None:
            # A cookie holds no comma (RFC 6265, section 4.1.1).
            texts = [as_text(name, item) for item in _items(value)]
            pairs += [f"{quote(name)}={quote(_joined(name, texts, ','), safe='')}"] if texts else []
    return "; ".join(pairs)


def with_headers(headers: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Return headers with others, which take the place of those of the same name, however it is written."""
    replaced = {name.lower() for name in others}
    return {**{name: text for name, text in headers.items() if name.lower() not in replaced}, **others}


def with_cookies(headers: Mapping[str, str], cookies: str) -> dict[str, str]:
    """Return headers with cookies, after those that are there already."""
    present = next((text for name, text in headers.items() if name.lower() == "cookie"), "")
    return with_headers(headers, {"Cookie": f"{present}; {cookies}" if present else cookies})


def as_text(name: str, value: Any) -> str:
    """Return a scalar as text: booleans as JSON has them, times in ISO 8601.

    Raises:
        InvalidRequestError: It is no scalar, a text or a number that cannot be sent, or a time without an offset.
    """
    match value:
        case enum.Enum():
            return str(value.value)
        case bool():
            return "true" if value else "false"
        case str() if any("\ud800" <= char <= "\udfff" for char in value):
            raise InvalidRequestError(f"{name} holds half of a surrogate pair")
        case float() if not math.isfinite(value):
            raise InvalidRequestError(f"{name} is {value}: it has to be a finite number")
        case str() | int() | float() | uuid.UUID():
            return str(value)
        case datetime.date():
            check_offset(name, value)
            return value.isoformat()
        case Base64():
            return value.text
        case _:
            raise InvalidRequestError(f"{name} cannot be {shown(value, 80)}")
