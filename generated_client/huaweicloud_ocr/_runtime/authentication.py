"""How a call proves who makes it."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import ClassVar, Final, Literal, Protocol, runtime_checkable
from urllib.parse import quote

import attrs

from .errors import ConfigurationError
from .hidden import Hidden, Secretive
from .messages import HttpRequest
from .text import is_visible_ascii

_COOKIE_VALUE: Final = re.compile(r"""("?)[!#-+\--:<-\[\]-~]*\1""")
"""What a cookie may hold, in quotes or without (RFC 6265, section 4.1.1)."""


@runtime_checkable
class Auth(Protocol):
    """Whatever adds its proof to a request."""

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the proof added."""
        ...


class ApiKeyAuth(Secretive):
    """A secret that goes along with each call, in a header, the query or a cookie."""

    name: ClassVar[str]
    location: ClassVar[Literal["header", "query", "cookie"]]

    def __init__(self, value: str) -> None:
        """Take the secret.

        Raises:
            ConfigurationError: It is empty or has characters that HTTP does not carry. The message does not show it.
        """
        secret = Hidden(value)
        del value  # the variables of this function are in the report of an error
        self._value = _usable(self, secret)
        if self.location == "cookie" and not _COOKIE_VALUE.fullmatch(self._value.reveal()):
            raise ConfigurationError(
                f"{type(self).__name__}: the value holds a quote, a comma, a semicolon or a backslash, which no cookie "
                "carries: pass it as the service wrote it into the cookie"
            )

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the secret added."""
        if self.location == "query":
            separator = "&" if "?" in request.url else "?"
            return attrs.evolve(
                request,
                url=f"{request.url}{separator}{quote(self.name)}={quote(self._value.reveal(), safe='')}",
            )
        if self.location == "cookie":
            # Whoever gave the key out wrote it in the form that comes back: to encode it would make another one of it.
            cookie = Hidden(f"{self.name}={self._value.reveal()}")
            others = request.headers.get("Cookie")
            return attrs.evolve(
                request,
                headers={
                    **request.headers,
                    "Cookie": f"{others}; {cookie.reveal()}" if others else cookie.reveal(),
                },
            )
        return attrs.evolve(request, headers={**request.headers, self.name: self._value.reveal()})


class BearerAuth(Secretive):
    """A token that goes along with each call, in the header `Authorization`."""

    def __init__(self, token: str) -> None:
        """Take the token.

        Raises:
            ConfigurationError: It is empty or has characters that HTTP does not carry. The message does not show it.
        """
        secret = Hidden(token)
        del token
        self._token = _usable(self, secret)

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the token added."""
        value = Hidden(f"Bearer {self._token.reveal()}")
        return attrs.evolve(request, headers={**request.headers, "Authorization": value.reveal()})


class BasicAuth(Secretive):
    """A user name and a password that go along with each call, in the header `Authorization`."""

    def __init__(self, username: str, password: str) -> None:
        """Take both.

        Raises:
            ConfigurationError: The user name holds a colon, which would end it. Nothing is shown.
        """
        secret = Hidden(password)
        del password
        if ":" in username:
            raise ConfigurationError(f"{type(self).__name__}: the user name holds a colon")
        self._credentials = Hidden(b64encode(f"{username}:{secret.reveal()}".encode()).decode())

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with user name and password added."""
        return attrs.evolve(
            request, headers={**request.headers, "Authorization": f"Basic {self._credentials.reveal()}"}
        )


def _usable(auth: object, secret: Hidden) -> Hidden:
    """Return a secret that a header carries."""
    name = type(auth).__name__
    if not isinstance(secret.reveal(), str):
        raise ConfigurationError(f"{name}: the value is a {type(secret.reveal()).__name__}; a str is needed")
    if not secret.reveal():
        raise ConfigurationError(f"{name}: the value is empty")
    if not is_visible_ascii(secret.reveal()):
        raise ConfigurationError(
            f"{name}: the value holds a space, a line break or a character outside ASCII"
        )
    return secret
