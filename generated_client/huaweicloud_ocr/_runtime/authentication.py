"""How a call proves who makes it."""

from __future__ import annotations

from typing import ClassVar, Literal, Protocol, runtime_checkable
from urllib.parse import quote

import attrs

from .errors import ConfigurationError
from .messages import HttpRequest
from .text import is_visible_ascii


@runtime_checkable
class Auth(Protocol):
    """Whatever adds its proof to a request."""

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the proof added."""
        ...


class ApiKeyAuth:
    """A secret that goes along with each call, in a header, the query or a cookie."""

    name: ClassVar[str]
    location: ClassVar[Literal["header", "query", "cookie"]]

    def __init__(self, value: str) -> None:
        """Take the secret.

        Raises:
            ConfigurationError: It is empty or has characters that HTTP does not carry. The message does not show it.
        """
        if not value:
            raise ConfigurationError(f"{type(self).__name__}: the value is empty")
        if not is_visible_ascii(value):
            raise ConfigurationError(
                f"{type(self).__name__}: the value holds a space, a line break or a character outside ASCII"
            )
        self._value = value

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the secret added."""
        if self.location == "query":
            separator = "&" if "?" in request.url else "?"
            return attrs.evolve(
                request, url=f"{request.url}{separator}{quote(self.name)}={quote(self._value, safe='')}"
            )
        name, value = (
            (self.name, self._value)
            if self.location == "header"
            else ("Cookie", f"{self.name}={self._value}")
        )
        return attrs.evolve(request, headers={**request.headers, name: value})

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<hidden>)"
