"""Authentication with user and password, for which an identity service gives a token."""

from __future__ import annotations

import datetime
import math
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from .errors import ApiError, ConfigurationError
from .hidden import Hidden, Secretive
from .messages import HttpRequest, RawResponse
from .server import Server, check_endpoint
from .text import one_line

if TYPE_CHECKING:
    from .token_keeper import TokenKeeper

MARGIN: Final = 300.0
"""Seconds before its expiry at which a token is renewed."""


def utc_now() -> datetime.datetime:
    """Return the time."""
    return datetime.datetime.now(datetime.UTC)


class KeystonePasswordAuth(Secretive):
    """Fetches a token of Keystone v3 with user and password, keeps it for all calls and renews it in time.

    Attributes:
        scheme: Name of the class that carries such a token, by which operations ask for it.
        header: Header of a call that carries the token.
        server: Address that gives tokens.
        project_name: Name of the project where no other is given, with the server's variables in braces; or None.
        refused: What is raised when user and password are refused.
    """

    scheme: ClassVar[str]
    header: ClassVar[str]
    server: ClassVar[Server]
    project_name: ClassVar[str | None]
    refused: ClassVar[type[ApiError]] = ApiError

    def __init__(
        self,
        user: str,
        password: Hidden,
        *,
        domain: str,
        project: str | None,
        variables: Mapping[str, str | None],
        endpoint: str | None,
        margin: float,
        now: Callable[[], datetime.datetime],
    ) -> None:
        """Take user and password.

        Raises:
            ConfigurationError: One of them, or a setting, is not usable. The message shows no password.
        """
        self._name = type(self).__name__
        for name, value in (("user", user), ("domain", domain), ("project", project)):
            if not (value is None and name == "project"):
                self._check_text(name, Hidden(value))
        self._check_text("password", password)
        if type(margin) not in (int, float) or not (math.isfinite(margin) and 0 <= margin <= 86400):
            raise ConfigurationError(
                f"{self._name}: margin is {one_line(repr(margin), 80)}; seconds from 0 to 86400 are needed"
            )
        self._user = user
        self._password = password
        self._domain = domain
        self._project = project
        self._variables = {name: value for name, value in variables.items() if value is not None}
        self._endpoint = None if endpoint is None else check_endpoint(endpoint)
        self._margin = datetime.timedelta(seconds=margin)
        self._now = now
        self._keepers: dict[tuple[str, str | None], TokenKeeper] = {}
        if self._endpoint is None and self._variables.keys() >= self.server.variables.keys():
            self.server.address(**self._variables)  # a misspelt one is told here

        # Who has a token or a key pair imports this module too, and needs no more of it than the class.
        from .hidden_logs import hide
        from .keystone import TOKEN_HEADER

        hide(TOKEN_HEADER)

    def _check_text(self, name: str, value: Hidden) -> None:
        kind: type[object] = value.reveal().__class__
        if not issubclass(kind, str):
            raise ConfigurationError(f"{self._name}: {name} is a {kind.__name__}; a str is needed")
        if not value.reveal():
            raise ConfigurationError(f"{self._name}: {name} is empty")
        try:
            value.reveal().encode()
        except UnicodeEncodeError:
            raise ConfigurationError(f"{self._name}: {name} holds a character that is none") from None

    def for_server(self, variables: Mapping[str, str]) -> TokenKeeper:
        """Return what authenticates the calls of a client; clients of one region share its token.

        Args:
            variables: Values of the variables in the client's address; what was given here counts before them.

        Raises:
            ConfigurationError: The address that gives tokens has a variable for which there is no value.
        """
        from .keystone import Login
        from .token_keeper import TokenKeeper

        values = {**variables, **self._variables}
        url, project = self._url(values), self._project
        if project is None and self.project_name is not None:
            project = self._filled(self.project_name, values, "project")
        login = Login(
            url=url,
            user=self._user,
            password=self._password,
            domain=self._domain,
            project=project,
            refused=self.refused,
        )
        keeper = TokenKeeper(
            login,
            header=self.header,
            owner=self._name,
            scheme=self.scheme,
            margin=self._margin,
            now=self._now,
        )
        return self._keepers.setdefault((url, project), keeper)

    def _url(self, values: Mapping[str, str]) -> str:
        if self._endpoint is None:
            self._filled(self.server.url, values, "endpoint")
            return self.server.address(**values)
        path = urlsplit(self.server.url).path
        return self._endpoint if self._endpoint.endswith(path) else f"{self._endpoint}{path}"

    def _filled(self, text: str, values: Mapping[str, str], instead: str) -> str:
        for name in self.server.variables:
            if f"{{{name}}}" in text:
                if name not in values:
                    raise ConfigurationError(
                        f"{self._name}: {name} is not known, because the client has an endpoint of its own: "
                        f"pass {name} or {instead} to {self._name}(…)"
                    )
                text = text.replace(f"{{{name}}}", values[name])
        return text

    # On its own it serves where its own settings say everything.

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the token added, which `refresh` has to have fetched."""
        return self.for_server({}).authenticate(request)

    def refresh(
        self, send: Callable[[HttpRequest], RawResponse], rejected: HttpRequest | None = None
    ) -> bool:
        """Fetch a token if there is none that is fresh, or if the one of a rejected call is not accepted."""
        return self.for_server({}).refresh(send, rejected)

    async def refresh_async(
        self, send: Callable[[HttpRequest], Awaitable[RawResponse]], rejected: HttpRequest | None = None
    ) -> bool:
        """Do what `refresh` does, to be awaited."""
        return await self.for_server({}).refresh_async(send, rejected)
