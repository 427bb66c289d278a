"""A service that gives tokens, as IAM does, on loopback."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

from .service import Behaviour, Exchange, Service, answer

NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime.datetime:
        """Tell the time."""
        return self.time

    def pass_(self, **span: float) -> None:
        """Move on."""
        self.time += datetime.timedelta(**span)


def token(
    value: str = "token-1", *, body: object = None, headers: Mapping[str, str] | None = None
) -> Behaviour:
    """Give a token that is valid for a day from `NOW`."""
    described = {"token": {"issued_at": _text(NOW), "expires_at": _text(NOW + DAY)}} if body is None else body
    return answer(described, status=201, headers={"X-Subject-Token": value, **(headers or {})})


def lifetime(expires: object, issued: object = None) -> dict[str, Any]:
    """Make the body of an answer that says when a token was issued and expires; absent where it is None."""
    times = {"issued_at": issued, "expires_at": expires}
    shown = {name: _text(time) for name, time in times.items() if time is not None}
    return {"token": {"methods": ["password"], **shown}}


def _text(time: object) -> object:
    return f"{time:%Y-%m-%dT%H:%M:%S.%fZ}" if isinstance(time, datetime.datetime) else time


def tokens() -> Behaviour:
    """Give another token each time: `token-1`, `token-2` and so on."""
    numbers = count(1)

    def act(exchange: Exchange) -> None:
        token(f"token-{next(numbers)}")(exchange)

    return act


def refusal(status: int = 401, message: str = "The username or password is wrong.") -> Behaviour:
    """Refuse, in the form of Keystone."""
    return answer(
        {"error": {"code": status, "message": message, "title": "Unauthorized"}},
        status=status,
        headers={"X-Request-Id": "iam-1"},
    )


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Service]:
    """Run a server that follows a script."""
    with Service() as server:
        server.plays(*behaviours)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
    assert not server.failures
