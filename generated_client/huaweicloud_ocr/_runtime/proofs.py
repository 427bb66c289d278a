"""All proofs of a client together: those of this package, and one of the HTTP library."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs

from . import refreshing
from .authentication import Auth
from .errors import ConfigurationError
from .messages import HttpRequest
from .text import one_line
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .transport import HttpAuth


def _those_that_expire(found: Proofs) -> tuple[refreshing.RefreshingAuth, ...]:
    # Asking for a protocol takes long, so it is not done for each call.
    return tuple(auth for auth in found.own if isinstance(auth, refreshing.RefreshingAuth))


@attrs.frozen(repr=False)
class Proofs:
    """What goes along with each call of a client.

    Attributes:
        own: Those that add themselves to a request of this package.
        of_http: One that the HTTP library adds, or absent.
    """

    own: tuple[Auth, ...] = ()
    of_http: HttpAuth | Unset = UNSET
    _expiring: tuple[refreshing.RefreshingAuth, ...] = attrs.field(
        init=False, default=attrs.Factory(_those_that_expire, takes_self=True)
    )

    def __bool__(self) -> bool:
        return bool(self.own) or self.of_http is not UNSET

    def __repr__(self) -> str:
        # The repr of a function may hold its arguments, and among them a secret.
        others = [] if self.of_http is UNSET else [type(self.of_http).__name__]
        return ", ".join([*map(repr, self.own), *others]) or "None"

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the proofs of this package added."""
        for auth in self.own:
            request = auth.authenticate(request)
        return request

    def refresh(self, send: refreshing.Send, rejected: HttpRequest | None = None) -> bool:
        """Refresh whatever expires; return whether there is a proof now that a rejected call did not have."""
        return refreshing.refresh(self._expiring, send, rejected)

    async def refresh_async(self, send: refreshing.SendAsync, rejected: HttpRequest | None = None) -> bool:
        """Do what `refresh` does, to be awaited."""
        return await refreshing.refresh_async(self._expiring, send, rejected)


NO_PROOFS = Proofs()


def proofs(auth: object, variables: Mapping[str, str]) -> Proofs:
    """Return the proofs that a client was given, one or several.

    Args:
        auth: What it was given; None for nothing.
        variables: Values of the variables in the client's address; none for an address of its own.

    Raises:
        ConfigurationError: Something else than a proof is among them.
    """
    own: list[Auth] = []
    of_http: list[Any] = []
    several = isinstance(auth, (list, tuple))
    for one in cast("Sequence[object]", auth) if several else () if auth is None else (auth,):
        if isinstance(one, refreshing.ServerAuth) and not isinstance(one, type):
            own.append(one.for_server(variables))
        elif isinstance(one, Auth) and not isinstance(one, type):
            own.append(one)
        elif _is_of_http(one):
            of_http.append(one)
        else:
            raise ConfigurationError(
                f"auth is {one_line(type(one).__name__, 80)}: pass one of the classes in `auth`, "
                "another object with a method `authenticate`, or an httpx.Auth"
            )
    if len(of_http) > 1:
        raise ConfigurationError("auth holds more than one httpx.Auth: a request goes with one of them")
    return Proofs(tuple(own), of_http[0] if of_http else UNSET)


def _is_of_http(auth: object) -> bool:
    # Nobody has one of its classes before the library was imported, which takes long.
    httpx = sys.modules.get("httpx")
    if httpx is not None and isinstance(auth, httpx.Auth):
        return True
    return callable(auth) and not isinstance(auth, type) and not inspect.iscoroutinefunction(auth)
