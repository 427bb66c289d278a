"""How a call proves who makes it."""

from __future__ import annotations

from base64 import b64encode
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
        self._value = _secret(self, value)

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the secret added."""
        if self.location == "query":
            separator = "&" if "?" in request.url else "?"
            return attrs.evolve(
                request, url=f"{request.url}{separator}{quote(self.name)}={quote(self._value, safe='')}"
            )
        if self.location == "cookie":
            cookie = f"{self.name}={quote(self._value, safe='')}"
            others = request.headers.get("Cookie")
            return attrs.evolve(
                request, headers={**request.headers, "Cookie": f"{others}; {cookie}" if others else cookie}
            )
        return attrs.evolve(request, headers={**request.headers, self.name: self._value})

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<hidden>)"


class BearerAuth:
    """A token that goes along with each call, in the header `Authorization`."""

    def __init__(self, token: str) -> None:
        """Take the token.

        Raises:
            ConfigurationError: It is empty or has characters that HTTP does not carry. The message does not show it.
        """
        self._token = _secret(self, token)

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the token added."""
        return attrs.evolve(request, headers={**request.headers, "Authorization": f"Bearer {self._token}"})

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<hidden>)"


class BasicAuth:
    """A user name and a password that go along with each call, in the header `Authorization`."""

    def __init__(self, username: str, password: str) -> None:
        """Take both.

        Raises:
            ConfigurationError: The user name holds a colon, which would end it. Nothing is shown.
        """
        if ":" in username:
            raise ConfigurationError(f"{type(self).__name__}: the user name holds a colon")
        self._credentials = b64encode(f"{username}:{password}".encode()).decode()

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with user name and password added."""
        return attrs.evolve(
            request, headers={**request.headers, "Authorization": f"Basic {self._credentials}"}
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<hidden>)"


def _secret(auth: object, value: str) -> str:
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(
            f"{type(auth).__name__}: the value is a {type(value).__name__}; a str is needed"
        )
    if not value:
        raise ConfigurationError(f"{type(auth).__name__}: the value is empty")
    if not is_visible_ascii(value):
        raise ConfigurationError(
            f"{type(auth).__name__}: the value holds a space, a line break or a character outside ASCII"
        )
    return value
