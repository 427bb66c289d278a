"""Requests and responses as this package sees them, whatever library carries them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from .text import one_line
from .unset import Unset

if TYPE_CHECKING:
    from .retries import Retry

T_co = TypeVar("T_co", covariant=True)


class Headers(Mapping[str, str]):
    """Headers of a request or an answer: their names are the same in any case, and they do not change.

    Where a name comes twice, the later one counts. The repr tells only names.
    """

    __slots__ = ("_items",)

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._items = {name.lower(): (name, value) for name, value in headers.items()}

    def __getitem__(self, name: str) -> str:
        return self._items[name.lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<Headers {', '.join(self)}>"


def _parts(content: bytes | tuple[bytes, ...] | None) -> tuple[bytes, ...] | None:
    return (content,) if isinstance(content, bytes) else content


@attrs.frozen(kw_only=True, repr=False)
class HttpRequest:
    """A request that is ready to be sent. Its repr shows neither headers nor body.

    Attributes:
        method: HTTP method.
        url: Whole address, with query.
        headers: Headers, without those that the transport adds (`Host`, `Content-Length`).
        parts: Body in one or more parts, or None; given as `content`.
        time_limit: Seconds that sending it and reading the answer may take in all.
    """

    method: str
    url: str
    headers: Mapping[str, str] = attrs.field(converter=Headers)
    # A picture is most of a body. To put it together with the rest would copy it once more.
    parts: tuple[bytes, ...] | None = attrs.field(alias="content", converter=_parts)
    time_limit: float

    @property
    def content(self) -> bytes | None:
        """Body as a whole, or None."""
        return None if self.parts is None else b"".join(self.parts)

    @property
    def address(self) -> str:
        """The address without its query, which may hold a key."""
        return self.url.partition("?")[0]

    @property
    def call(self) -> str:
        """Method and address, fit for a message."""
        return f"{self.method} {one_line(self.address, 200)}"

    def __repr__(self) -> str:
        return f"<HttpRequest {self.call}>"


@attrs.frozen(kw_only=True, repr=False)
class RawResponse:
    """An answer as it came.

    Attributes:
        status_code: HTTP status.
        headers: Headers; their names are the same in any case.
        content: Body, decompressed.
    """

    status_code: int
    headers: Mapping[str, str] = attrs.field(converter=Headers)
    content: bytes

    @property
    def request_id(self) -> str | None:
        """Identifier of the call in the service's log, from the header `X-Request-Id`, or None."""
        return self.headers.get("x-request-id")

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code}, {len(self.content)} bytes>"


@attrs.frozen(kw_only=True)
class Response(Generic[T_co]):
    """An answer with what was read from it.

    Attributes:
        status_code: HTTP status; a plain int where the standard library does not know it.
        headers: Headers; their names are the same in any case.
        content: Body as it came, also with members that the models do not know.
        parsed: The model that was read from it.
        attempts: How many requests it took.
    """

    status_code: HTTPStatus | int
    headers: Mapping[str, str]
    content: bytes = attrs.field(repr=lambda content: f"<{len(content)} bytes>")
    parsed: T_co
    attempts: int = 1

    @property
    def request_id(self) -> str | None:
        """Identifier of the call in the service's log, from the header `X-Request-Id`, or None."""
        return self.headers.get("x-request-id")


@attrs.frozen(kw_only=True)
class CallOptions:
    """What one call can set for itself.

    Attributes:
        time_limit: Seconds that an attempt may take in all.
        headers: Headers that are added to, or replace, the client's.
        retries: When the call is repeated, or how often at most.
    """

    time_limit: float | Unset
    headers: Mapping[str, str] | None
    retries: Retry | int | Unset
