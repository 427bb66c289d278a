"""Proofs that have to be fetched before a call, and anew when the service does not accept them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

from .authentication import Auth
from .errors import ApiError
from .messages import HttpRequest, RawResponse

Send: TypeAlias = Callable[[HttpRequest], RawResponse]
"""Sends a request as it is, without authentication."""

SendAsync: TypeAlias = Callable[[HttpRequest], Awaitable[RawResponse]]
"""Does the same, to be awaited."""


@runtime_checkable
class RefreshingAuth(Auth, Protocol):
    """An `Auth` whose proof expires.

    Both methods are called before each attempt, with `rejected=None`, and once after the service did not accept the
    proof of a call, with that call. Only an answer of False, which says that there is no other proof, keeps that call
    from being repeated once.
    """

    def refresh(self, send: Send, rejected: HttpRequest | None) -> bool | None:
        """Make sure that `authenticate` has a proof that is fresh."""
        ...

    async def refresh_async(self, send: SendAsync, rejected: HttpRequest | None) -> bool | None:
        """Do what `refresh` does, to be awaited."""
        ...


@runtime_checkable
class ServerAuth(Auth, Protocol):
    """An `Auth` that depends on the client's address, such as on its region."""

    def for_server(self, variables: Mapping[str, str]) -> Auth:
        """Return what authenticates the calls of a client.

        Args:
            variables: Values of the variables in the client's address; none for an address of its own.
        """
        ...


def refresh(auths: Sequence[RefreshingAuth], send: Send, rejected: HttpRequest | None = None) -> bool:
    """Refresh whatever expires.

    Returns:
        Whether there is a proof now that a rejected call did not have.
    """
    done = [auth.refresh(send, rejected) for auth in auths]
    return any(one is not False for one in done)


async def refresh_async(
    auths: Sequence[RefreshingAuth], send: SendAsync, rejected: HttpRequest | None = None
) -> bool:
    """Do what `refresh` does, to be awaited."""
    done = [await auth.refresh_async(send, rejected) for auth in auths]
    return any(one is not False for one in done)


def is_rejection(error: ApiError) -> bool:
    """Whether the service did not accept the proof of a call."""
    return error.status == 401 or error.kind == "authentication"
