"""The identity service of a fake: it gives a token to whoever asks with user and password."""

from __future__ import annotations

import datetime
import json
import re
import threading
from typing import Any, cast
from urllib.parse import urlsplit

import attrs

from . import codec
from .errors import InvalidDataError
from .fake_answers import REQUEST_ID, Answer
from .fake_calls import UnexpectedCallError
from .keystone import TOKEN_HEADER
from .messages import HttpRequest
from .server import Server

_LIFETIME = datetime.timedelta(days=1)


@attrs.frozen(kw_only=True)
class TokenCall:
    """A request for a token that arrived. The password is not kept.

    Attributes:
        user: Name of the user.
        domain: Name of the account that the user belongs to.
        project: Name of the project that the token is for; None for a token without one.
    """

    user: str
    domain: str
    project: str | None


class FakeTokens:
    """Gives tokens as the identity service of the description does, at its path on any host."""

    def __init__(self, server: Server) -> None:
        """Take the address that gives tokens."""
        parts = re.split(r"\{[^{}]*\}", urlsplit(server.url).path)
        self._path = re.compile(".*" + "[^/]+".join(map(re.escape, parts)))
        self._lock = threading.Lock()
        self._calls: list[TokenCall] = []
        self._rejecting: int | None = 0

    def __repr__(self) -> str:
        return f"<fake tokens, asked for {len(self._calls)} times>"

    @property
    def calls(self) -> list[TokenCall]:
        """The requests that arrived, rejected ones too."""
        with self._lock:
            return list(self._calls)

    def reject(self, *, times: int | None = None) -> None:
        """Say that user or password is wrong.

        Args:
            times: For how many requests; for all that come when absent.
        """
        if times is not None and times < 1:
            raise ValueError(f"times is {times}: a number from 1 is needed, or None for all requests")
        with self._lock:
            self._rejecting = times

    def unused(self) -> list[str]:
        """Return what was said about a number of requests that did not come."""
        return [f"reject() for {self._rejecting} more"] if self._rejecting else []

    def answer(self, request: HttpRequest) -> Answer | None:
        """Answer a request for a token; return None to others.

        Raises:
            UnexpectedCallError: It is not one with user and password.
        """
        if request.method != "POST" or not self._path.fullmatch(urlsplit(request.url).path):
            return None
        call = _read(request)
        with self._lock:
            self._calls.append(call)
            number, is_rejected = len(self._calls), self._rejecting != 0
            if self._rejecting:
                self._rejecting -= 1
        return _rejection() if is_rejected else _token(number)


def _read(request: HttpRequest) -> TokenCall:
    try:
        auth = codec.decode(request.content or b"", dict[str, Any])["auth"]
        user = auth["identity"]["password"]["user"]
        call = TokenCall(
            user=user["name"], domain=user["domain"]["name"], project=_project(auth.get("scope"))
        )
        is_complete = isinstance(user["password"], str)
    except (InvalidDataError, KeyError, TypeError, AttributeError):
        is_complete, call = False, TokenCall(user="", domain="", project=None)
    if not is_complete:
        # The body is not shown: it may have the password.
        raise UnexpectedCallError(f"{request.call} does not ask for a token with user, domain and password")
    return call


def _project(scope: object) -> str | None:
    return None if scope is None else cast("dict[str, Any]", scope)["project"]["name"]


def _token(number: int) -> Answer:
    now = datetime.datetime.now(datetime.UTC)
    times = {"issued_at": _text(now), "expires_at": _text(now + _LIFETIME)}
    return Answer(
        status=201,
        headers={"Content-Type": "application/json", TOKEN_HEADER: f"fake-token-{number}"},
        content=json.dumps({"token": {"methods": ["password"], **times}}).encode(),
    )


def _rejection() -> Answer:
    error = {"code": 401, "message": "The username or password is wrong.", "title": "Unauthorized"}
    return Answer(
        status=401,
        headers={"Content-Type": "application/json", "X-Request-Id": REQUEST_ID},
        content=json.dumps({"error": error}).encode(),
    )


def _text(time: datetime.datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
