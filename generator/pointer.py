"""JSON pointers (RFC 6901) as text: `/paths/~1v2~1ocr/post`."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote

# What RFC 3986 allows in a fragment without escaping, less what RFC 6901 escapes.
_SAFE_IN_FRAGMENT = "/~!$&'()*+,;=:@?"


def join(pointer: str, *tokens: str | int) -> str:
    """Return the pointer to a member below `pointer`."""
    for token in tokens:
        pointer = f"{pointer}/{escape(token) if isinstance(token, str) else token}"
    return pointer


def escape(token: str) -> str:
    """Return a member's name as it stands in a pointer."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def unescape(token: str) -> str:
    """Return the name of a member that stands in a pointer as `token`."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def split(pointer: str) -> list[str]:
    """Return the names on the way; none for the empty pointer, which is the whole document."""
    return [unescape(token) for token in pointer.split("/")[1:]]


def from_tokens(tokens: Iterable[str | int]) -> str:
    """Return the pointer that leads over these names and indices."""
    return join("", *tokens)


def parent(pointer: str) -> str:
    """Return the pointer to what holds this member; the empty pointer is its own parent."""
    return pointer.rpartition("/")[0]


def to_reference(pointer: str) -> str:
    """Return the `$ref` that points there within the document, percent-encoded where a URL needs it."""
    return "#" + quote(pointer, safe=_SAFE_IN_FRAGMENT)


def from_fragment(fragment: str) -> str | None:
    """Return the pointer of a URL's fragment, without its `#`; None if it is a name and not a pointer."""
    pointer = unquote(fragment)
    return pointer if pointer == "" or pointer.startswith("/") else None


def contains(outer: str, inner: str) -> bool:
    """Return whether `inner` is the same place as `outer` or lies below it."""
    return inner == outer or inner.startswith(f"{outer}/")
