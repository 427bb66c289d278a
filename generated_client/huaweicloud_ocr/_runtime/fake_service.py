"""A service for tests, in the same process and without a network."""

from __future__ import annotations

import json as json_module
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

import attrs

from . import fake_transport
from .client import AsyncioClient, SyncClient
from .fake_answers import Answer, Fault
from .fake_calls import FakeCall, UnexpectedCallError
from .fake_operation import FakeOperation
from .fake_scripts import Scripted
from .messages import HttpRequest
from .retries import Retry, to_retry
from .unset import UNSET

C = TypeVar("C", bound=SyncClient)
A = TypeVar("A", bound=AsyncioClient)


class NoAuth:
    """Authentication that adds nothing: a fake does not ask who calls."""

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request as it is."""
        return request

    def __repr__(self) -> str:
        return "NoAuth()"


class Beside(Protocol):
    """Another service, which is asked on the way of a call."""

    def answer(self, request: HttpRequest) -> Answer | None:
        """Answer a request, or return None where it is for somebody else."""
        ...

    def unused(self) -> list[str]:
        """Return what was said about a number of requests that did not come."""
        ...


class FakeService(Scripted, Generic[C, A]):
    """Answers calls as the description says, fails on demand, and keeps the calls that came.

    All of a call's way is gone but the network: checks, encoding, authentication, repetitions, reading of the answer.
    A request that breaks the description fails the test: in the call itself, and at the end of `with`, so that no
    `except` of the code under test hides it. So does a step for a number of calls that did not come.

    Within `with`, each client of the package that is made without an `http_client` of its own calls the fake and not
    the service. `client()` and `async_client()` return ones that need no settings.
    """

    def __init__(
        self,
        *operations: FakeOperation[Any, Any],
        client: type[C],
        async_client: type[A],
        settings: Mapping[str, Any],
        keys: frozenset[str],
        beside: Mapping[str, Beside] | None = None,
    ) -> None:
        """Fake operations.

        Args:
            operations: What is faked.
            client: Class of the client.
            async_client: Class of the asynchronous client.
            settings: What both need.
            keys: Parameters of the query that authenticate.
            beside: Other services that are asked on the way of a call, by the names of the attributes they are.
        """
        super().__init__()
        self._operations = operations
        self._client, self._async_client = client, async_client
        self._settings = settings
        self._keys = keys
        self._beside = beside or {}
        self._calls: list[FakeCall[Any]] = []
        self._others: dict[tuple[str, str], Answer] = {}
        self._broken: list[UnexpectedCallError] = []
        self._restore: list[Callable[[], None]] = []

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, {len(self._calls)} calls>"

    def client(self, **settings: Any) -> C:
        """Return a client that calls the fake, with settings of its own where you give some.

        It repeats calls without waiting, and so do those that the code under test makes.
        """
        given = self._given(settings)
        return self._client(**given, http_client=fake_transport.http_client(self.handle))

    def async_client(self, **settings: Any) -> A:
        """Return an asynchronous client that calls the fake; see `client`."""
        given = self._given(settings)
        return self._async_client(**given, http_client=fake_transport.async_http_client(self.handle))

    def _given(self, settings: dict[str, Any]) -> dict[str, Any]:
        return _at_once({**self._settings, "auth": NoAuth(), **settings})

    def also(
        self,
        method: str,
        path: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        json: object = UNSET,
    ) -> None:
        """Answer at another address too, in place of what the fake itself would answer there.

        Args:
            method: HTTP method.
            path: Path without query, at any host.
            status: HTTP status.
            headers: Headers of the answer.
            json: What the body decodes to; no body when absent.
        """
        content = b"" if json is UNSET else json_module.dumps(json).encode()
        kind = {} if json is UNSET else {"Content-Type": "application/json"}
        self._others[method.upper(), path] = Answer(
            status=status, headers={**kind, **(headers or {})}, content=content
        )

    @property
    def calls(self) -> list[FakeCall[Any]]:
        """The calls that arrived, of all operations in their order, repeated ones too."""
        with self._lock:
            return list(self._calls)

    def assert_not_called(self) -> None:
        """Fail when any call arrived.

        Raises:
            AssertionError: One did.
        """
        for operation in self._operations:
            operation.assert_not_called()

    def check(self) -> None:
        """Fail when a request broke the description, or a step was for calls that did not come.

        Raises:
            UnexpectedCallError: A request broke the description, or had no answer.
            AssertionError: A step was not used up.
        """
        if self._broken:
            raise self._broken[0]
        said: list[tuple[str, Beside | Scripted]] = [("fake", self)]
        said += [(one.name, one) for one in self._operations]
        said += [(f"fake.{name}", one) for name, one in self._beside.items()]
        unused = [f"{name}.{step}" for name, one in said for step in one.unused()]
        if unused:
            raise AssertionError(f"these calls did not come: {', '.join(unused)}")

    def handle(self, request: HttpRequest) -> Answer | Fault:
        """Answer a request.

        Raises:
            UnexpectedCallError: It breaks the description, or has no answer.
        """
        path = request.address.partition("://")[2].partition("/")[2]
        if other := self._others.get((request.method, f"/{path}")):
            return other
        try:
            for one in self._beside.values():
                if answer := one.answer(request):
                    return answer
            operation = self._find(request)
            call = operation.reader.read(request, keys=self._keys)
            with self._lock:
                self._calls.append(call)
            operation.record(call)
            return operation.act(call, self)
        except UnexpectedCallError as error:
            self._broken.append(error)
            raise

    def _find(self, request: HttpRequest) -> FakeOperation[Any, Any]:
        fitting = [
            (match, number, operation)
            for number, operation in enumerate(self._operations)
            if (match := operation.reader.match(request)) is not None
        ]
        if not fitting:
            raise UnexpectedCallError(
                f"no operation of the description is {request.call}: answer another service with fake.also(…)"
            )
        return min(fitting)[2]

    def _try(self, make: Callable[[FakeOperation[Any, Any]], object]) -> None:
        # Not every operation has every error; what none has is a mistake.
        problems: list[ValueError] = []
        for operation in self._operations:
            try:
                make(operation)
            except ValueError as error:
                problems.append(error)
        if problems and len(problems) == len(self._operations):
            raise problems[0]

    def __enter__(self) -> Self:
        self._take_over(SyncClient, fake_transport.http_client)
        self._take_over(AsyncioClient, fake_transport.async_http_client)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        while self._restore:
            self._restore.pop()()
        if error is None:
            self.check()

    def _take_over(self, client: type[Any], make: Callable[[fake_transport.Handle], object]) -> None:
        """Let clients that are made from now on call the fake, unless they have an HTTP client of their own."""
        original: Callable[..., None] = vars(client)["__init__"]

        def initialise(this: object, *, http_client: object = None, **settings: Any) -> None:
            if http_client is None:
                http_client, settings = make(self.handle), _at_once(settings)
            original(this, http_client=http_client, **settings)

        setattr(client, "__init__", initialise)  # noqa: B010
        self._restore.append(lambda: setattr(client, "__init__", original))


def _at_once(settings: dict[str, Any]) -> dict[str, Any]:
    """Return settings with which calls are repeated as often as with these, but without a wait."""
    retries = settings.get("retries", UNSET)
    policy = Retry() if retries is UNSET else to_retry(retries)
    return {**settings, "retries": attrs.evolve(policy, first_delay=0)}
