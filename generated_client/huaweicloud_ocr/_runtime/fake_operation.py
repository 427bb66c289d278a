"""One operation of a fake service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, Generic, TypeVar

import attrs

from . import fake_answers
from .errors import InvalidDataError
from .fake_answers import Answer, Example, Fault
from .fake_calls import CallReader, FakeCall, Place, UnexpectedCallError, same, show
from .fake_scripts import Scripted
from .messages import HttpRequest, RawResponse
from .operation import Operation
from .text import one_line

B = TypeVar("B")
T = TypeVar("T")

_MOST_SHOWN: Final = 10


class FakeOperation(Scripted, Generic[B, T]):
    """What a fake service does with the calls of one operation, and which came.

    Attributes:
        name: Name of the method of the client.
        operation: What the description says about it.
        examples: Examples that the description has of its answers.
    """

    def __init__(
        self,
        name: str,
        operation: Operation[Any],
        *,
        places: Sequence[Place],
        body_required: bool,
        examples: tuple[Example, ...],
    ) -> None:
        super().__init__()
        self.name = name
        self.operation = operation
        self.examples = examples
        self.reader = CallReader(name, operation, places, body_required=body_required)
        self._calls: list[FakeCall[B]] = []

    def __repr__(self) -> str:
        return f"<fake {self.name}, {_counted(len(self._calls))}>"

    def answer(
        self,
        answer: T | Mapping[str, Any] | Sequence[Any] | Callable[[FakeCall[B]], Any],
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        times: int | None = None,
    ) -> None:
        """Answer with a success.

        Args:
            answer: The model, or what its JSON decodes to, or a function that returns one of these for a call.
            status: HTTP status; the first that the description has when absent.
            headers: Headers that are added.
            times: For how many calls; for all that come when absent.

        Raises:
            InvalidDataError: The description does not allow this answer; with the JSON path.
        """
        more = headers or {}
        if callable(answer):
            make = answer
            self._add("answer(…)", times, lambda operation, call: self._success(make(call), status, more))
            return
        made = self._success(answer, status, more)
        self._add("answer(…)", times, lambda operation, call: made)

    def _success(self, value: Any, status: int | None, headers: Mapping[str, str]) -> Answer:
        try:
            made = fake_answers.success(self.operation, value, status=status)
        except InvalidDataError as error:
            raise InvalidDataError(f"{self.name} cannot be answered so: {error}", path=error.path) from None
        return attrs.evolve(made, headers={**made.headers, **headers})

    def example(self, name: str | None = None) -> T:
        """Return an example that the description has of a success, to be changed with `attrs.evolve`.

        Args:
            name: Name of the example; the first when absent.

        Raises:
            LookupError: There is none.
        """
        found = [example for example in self.examples if example.key in self.operation.success]
        for example in found:
            if name in (None, example.name):
                raw = fake_answers.from_example(self.operation, example)
                parsed: T = self.operation.parse(
                    HttpRequest(method="", url="", headers={}, content=None, time_limit=1),
                    RawResponse(status_code=raw.status, headers=raw.headers, content=raw.content),
                ).parsed
                return parsed
        names = ", ".join(repr(example.name) for example in found) or "none"
        raise LookupError(f"the description has no example {name!r} of {self.name}: it has {names}")

    def usual(self, call: FakeCall[Any]) -> Answer:
        """Return the answer when nothing is said: the first example, or a success without a body.

        Raises:
            UnexpectedCallError: The description has neither.
        """
        problem = "the description has no example of its answer"
        for example in self.examples:
            if example.key in self.operation.success:
                try:
                    return fake_answers.from_example(self.operation, example)
                except InvalidDataError as error:
                    problem = f"the example in the description does not fit: {error}"
        for key, kind in self.operation.success.items():
            if kind is None:
                return Answer(status=204 if key in (204, "2XX", "default") else fake_answers.status_of(key))
        raise UnexpectedCallError(f"{call!r} has no answer: {problem}; say one with {self.name}.answer(…)")

    def record(self, call: FakeCall[B]) -> None:
        """Keep a call that arrived."""
        with self._lock:
            self._calls.append(call)

    def act(self, call: FakeCall[B], beside: Scripted) -> Answer | Fault:
        """Return what happens to a call: its own next step, the service's, or what is usual."""
        step = self.next_step() or beside.next_step()
        return step.act(self, call) if step else self.usual(call)

    @property
    def calls(self) -> list[FakeCall[B]]:
        """The calls that arrived, repeated ones too."""
        with self._lock:
            return list(self._calls)

    @property
    def call(self) -> FakeCall[B]:
        """The one call that arrived.

        Raises:
            AssertionError: None arrived, or more than one.
        """
        calls = self.calls
        if len(calls) != 1:
            raise AssertionError(f"{self.name} was called {_times(len(calls))}, not once{_shown(calls)}")
        return calls[0]

    def assert_called(self, times: int | None = None, /, **expected: Any) -> None:
        """Fail unless calls with these arguments arrived.

        Args:
            times: How many; at least one when absent.
            expected: Arguments of the method of the client, as many as matter. A file may be bytes or a path.

        Raises:
            AssertionError: There were none, or another number of them.
            TypeError: The method has no such argument; the message says which one is probably meant.
        """
        self._check_names(expected)
        calls = self.calls
        fitting = [
            call
            for call in calls
            if all(
                name in (given := call.arguments()) and same(value, given[name])
                for name, value in expected.items()
            )
        ]
        if fitting and times in (None, len(fitting)):
            return
        if times == 0 and not fitting:
            return
        wanted = "" if times is None else f" {_times(times)}"
        arguments = ", ".join(f"{name}={show(value)}" for name, value in expected.items())
        raise AssertionError(
            f"{self.name}({arguments}) was to be called{wanted}, and was called {_times(len(fitting))}"
            f"{_shown(calls)}"
        )

    def _check_names(self, names: Iterable[str]) -> None:
        known = self.reader.arguments()
        arrived = {name for call in self.calls for name in call.arguments()}
        for name in names:
            if name not in known and name not in arrived:
                close = get_close_matches(name, known, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"it has {', '.join(known) or 'none'}"
                raise TypeError(f"{self.name} has no parameter {one_line(repr(name), 80)}: {hint}")

    def assert_not_called(self) -> None:
        """Fail when a call arrived.

        Raises:
            AssertionError: One did.
        """
        if calls := self.calls:
            raise AssertionError(f"{self.name} was not to be called{_shown(calls)}")

    def _try(self, make: Callable[[FakeOperation[Any, Any]], object]) -> None:
        make(self)


def _counted(count: int) -> str:
    return f"{count} call{'' if count == 1 else 's'}"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _shown(calls: Sequence[FakeCall[Any]]) -> str:
    if not calls:
        return "; no call arrived"
    lines = [f"\n  {call!r}" for call in calls[:_MOST_SHOWN]]
    if len(calls) > _MOST_SHOWN:
        lines.append(f"\n  and {len(calls) - _MOST_SHOWN} more")
    return "; calls that arrived:" + "".join(lines)
