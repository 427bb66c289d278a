"""Settings of a client, checked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Self

import attrs

from .answers import ENCODING
from .authentication import Auth
from .bodies import check_content_type
from .errors import ConfigurationError, InvalidRequestError
from .events import Observer
from .messages import CallOptions, Headers, HttpRequest
from .operation import Operation
from .parameters import encode_headers, with_headers
from .proofs import NO_PROOFS, Proofs, proofs
from .publication import Publication
from .requirements import Alternatives, chosen, lacking
from .retries import Retry, to_retry
from .server import check_endpoint
from .text import shown
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .transport import HttpAuth

LONGEST_TIME_LIMIT: Final = 24 * 60 * 60
"""Seconds that a time limit has at most: no call takes a day, and sockets cannot wait for ever longer."""


@attrs.frozen(kw_only=True, repr=False)
class Settings:
    """What holds for all calls of a client, unless a call says otherwise.

    Attributes:
        client: Name of the client's class, for messages.
        endpoint: Address that paths are added to, without a slash at its end.
        auth: What adds proof to each attempt.
        publication: Warns of operations that are not offered where they are called.
        parameters: Values of parameters that are the same for all calls.
        instead: Variables of the environment that these parameters come from.
        time_limit: Seconds that an attempt may take.
        headers: Headers of each request.
        retries: When a call is repeated.
        observers: Who is told of attempts and calls.
    """

    client: str
    endpoint: str
    auth: Proofs
    publication: Publication
    parameters: Mapping[str, str | None]
    instead: Mapping[str, str]
    time_limit: float
    headers: Mapping[str, str]
    retries: Retry
    observers: tuple[Observer, ...]
    _chosen: dict[Alternatives, Proofs | None] = attrs.field(
        init=False, factory=dict[Alternatives, Proofs | None]
    )

    @classmethod
    def make(
        cls,
        client: str,
        *,
        endpoint: str,
        auth: Auth | HttpAuth | Sequence[Auth | HttpAuth] | None,
        variables: Mapping[str, str],
        parameters: Mapping[str, str | None],
        instead: Mapping[str, str] | None = None,
        time_limit: float,
        headers: Mapping[str, str] | None,
        user_agent: str,
        retries: Retry | int | Unset,
        observers: Sequence[Observer],
    ) -> Self:
        """Check settings.

        Raises:
            ConfigurationError: One of them is not usable; the message says which and why.
        """
        own = {"User-Agent": user_agent, "Accept-Encoding": ENCODING}
        try:
            return cls(
                client=client,
                endpoint=check_endpoint(endpoint),
                auth=proofs(auth, variables),
                publication=Publication(variables),
                parameters=parameters,
                instead=instead or {},
                time_limit=_seconds(time_limit),
                headers={**own, **encode_headers(headers or {})},
                retries=Retry() if retries is UNSET else to_retry(retries),
                observers=_callables(observers),
            )
        except InvalidRequestError as error:
            raise ConfigurationError(str(error)) from None

    def __repr__(self) -> str:
        return f"endpoint={self.endpoint!r}, auth={self.auth}"

    def parameter(self, name: str, value: str | Unset) -> str:
        """Return a parameter that is the same for all calls, unless a call gives a value of its own.

        Raises:
            InvalidRequestError: Neither the client nor the call has one.
        """
        found = self.parameters.get(name) if value is UNSET else value
        if not found:
            instead = self.instead.get(name)
            hint = f", or set {instead} in the environment" if instead else ""
            raise InvalidRequestError(f"{name} is missing: pass it to {self.client}(…){hint}")
        return found

    def policy(self, options: CallOptions) -> Retry:
        """Return when a call is repeated.

        Raises:
            InvalidRequestError: The call's own number is out of its range.
        """
        return self.retries if options.retries is UNSET else to_retry(options.retries)

    def request(
        self, operation: Operation[Any], options: CallOptions, parts: Mapping[str, Any]
    ) -> HttpRequest:
        """Make the request of a call, without authentication.

        Raises:
            InvalidRequestError: It breaks the description, or has to be authenticated and cannot be.
        """
        limit = self.time_limit if options.time_limit is UNSET else _seconds(options.time_limit)
        own = encode_headers(options.headers) if options.headers else {}
        headers = {**self.headers, **own} if own else self.headers
        request = operation.request(endpoint=self.endpoint, time_limit=limit, headers=headers, **parts)
        if request.parts is not None and (kind := Headers(own).get("Content-Type")):
            check_content_type(kind, request.headers["Content-Type"], parts["body"])
            request = attrs.evolve(request, headers=with_headers(request.headers, {"Content-Type": kind}))
        wanted = operation.authentication
        if wanted and self._proofs(wanted) is None:
            raise InvalidRequestError(
                f"{request.call} {lacking(wanted, self.auth)}: "
                f"pass auth{'=[…]' if any(len(names) > 1 for names in wanted) else ''} to {self.client}(…)"
            )
        self.publication.check(operation)
        return request

    def proofs(self, operation: Operation[Any]) -> Proofs:
        """Return what authenticates calls of an operation."""
        wanted = operation.authentication
        return self.auth if wanted is None else self._proofs(wanted) or NO_PROOFS

    def _proofs(self, wanted: Alternatives) -> Proofs | None:
        # The same for all calls of an operation, and finding out takes longer than signing.
        if wanted not in self._chosen:
            self._chosen[wanted] = chosen(wanted, self.auth)
        return self._chosen[wanted]


def _callables(observers: Sequence[Observer]) -> tuple[Observer, ...]:
    if not isinstance(observers, (list, tuple)) or not all(map(callable, observers)):
        raise ConfigurationError("observers is no list of functions: pass observers=[function]")
    return tuple(observers)


def _seconds(time_limit: float) -> float:
    # The type is compared because True is an int, too.
    if type(time_limit) not in (int, float) or not 0 < time_limit <= LONGEST_TIME_LIMIT:
        raise InvalidRequestError(
            f"the time limit is {shown(time_limit, 80)}: "
            f"a number of seconds above 0 is needed, at most {LONGEST_TIME_LIMIT}"
        )
    return float(time_limit)
