"""What a fake service does with the calls that come, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from . import fake_answers
from .fake_answers import Answer, Fault
from .fake_calls import FakeCall

if TYPE_CHECKING:
    from .fake_operation import FakeOperation

Act: TypeAlias = "Callable[[FakeOperation[Any, Any], FakeCall[Any]], Answer | Fault]"


@attrs.define
class Step:
    """What is done with some of the calls.

    Attributes:
        name: As it is written in a test, for messages.
        act: Makes the answer.
        left: For how many calls it holds; None for all that come.
    """

    name: str
    act: Act
    left: int | None


class Scripted:
    """Follows what a test says about the calls to come.

    Each method adds a step. A step holds for `times` calls, or, without `times`, for all that come until another step
    is added. After the last step, calls are answered with the example of the description.
    """

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._lock = threading.RLock()

    def fail(
        self,
        error: str | int,
        *,
        message: str | None = None,
        status: int | None = None,
        times: int | None = None,
    ) -> None:
        """Answer with an error.

        Args:
            error: Its code in the catalogue of the description, or its HTTP status.
            message: Its text; the one that the catalogue has when absent.
            status: HTTP status of a code; the one that the catalogue has when absent.
            times: For how many calls.

        Raises:
            ValueError: The description has no such code.
        """
        self._try(lambda operation: _error(operation, error, message, status))
        self._add(
            f"fail({error!r})", times, lambda operation, call: _error(operation, error, message, status)
        )

    def throttle(self, *, times: int | None = None, retry_after: float = 0) -> None:
        """Answer that there were too many calls.

        Args:
            times: For how many calls.
            retry_after: Seconds after which the client may try again.
        """
        self._add(
            "throttle()",
            times,
            lambda operation, call: fake_answers.throttling(
                operation.operation, operation.examples, retry_after
            ),
        )

    def time_out(self, *, times: int | None = None) -> None:
        """Let the time limit run out, without taking that time."""
        self._add("time_out()", times, lambda operation, call: Fault.TIMED_OUT)

    def refuse(self, *, times: int | None = None) -> None:
        """Refuse the connection: nothing is sent."""
        self._add("refuse()", times, lambda operation, call: Fault.REFUSED)

    def reset(self, *, times: int | None = None) -> None:
        """End the connection in place of an answer."""
        self._add("reset()", times, lambda operation, call: Fault.RESET)

    def truncate(self, *, times: int | None = None) -> None:
        """Break off in the middle of the answer."""
        self._add(
            "truncate()", times, lambda operation, call: attrs.evolve(operation.usual(call), is_cut=True)
        )

    def garble(self, *, times: int | None = None) -> None:
        """Answer with a success whose body is not JSON."""
        self._add("garble()", times, lambda operation, call: _garbled(operation.usual(call)))

    def respond(
        self,
        status: int,
        content: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        times: int | None = None,
    ) -> None:
        """Answer with just this, whatever the description says."""
        answer = Answer(status=status, headers=dict(headers or {}), content=content)
        self._add(f"respond({status})", times, lambda operation, call: answer)

    def _add(self, name: str, times: int | None, act: Act) -> None:
        if times is not None and times < 1:
            raise ValueError(f"times is {times}: a number from 1 is needed, or None for all calls that come")
        with self._lock:
            if self._steps and self._steps[-1].left is None:
                self._steps.pop()
            self._steps.append(Step(name, act, times))

    def next_step(self) -> Step | None:
        """Return what to do with a call, and count it."""
        with self._lock:
            if not self._steps:
                return None
            step = self._steps[0]
            if step.left is not None:
                step.left -= 1
                if step.left == 0:
                    self._steps.pop(0)
            return step

    def unused(self) -> list[str]:
        """Return steps for a number of calls that did not come."""
        return [f"{step.name} for {step.left} more" for step in self._steps if step.left is not None]

    def _try(self, make: Callable[[FakeOperation[Any, Any]], object]) -> None:
        """Make an answer now, so that a mistake in it is found where it stands."""


def _error(
    operation: FakeOperation[Any, Any], error: str | int, message: str | None, status: int | None
) -> Answer:
    return fake_answers.error(operation.operation, operation.examples, error, message=message, status=status)


def _garbled(answer: Answer) -> Answer:
    return attrs.evolve(answer, content=answer.content[: len(answer.content) // 2] or b"{")
