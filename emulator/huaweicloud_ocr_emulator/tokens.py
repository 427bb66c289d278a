"""Tokens as the operator's identity service (IAM) gives them, so that clients that fetch them can be tried."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

import msgspec
from starlette.responses import Response

from huaweicloud_ocr_emulator.settings import Settings

PATH: Final = "/v3/auth/tokens"
LONGEST_LOGIN: Final = 64 * 1024
"""Bytes of the longest request for a token."""

_TOKEN_HEADER: Final = "X-Subject-Token"
_MOST_KEPT: Final = 10_000
"""Tokens that are remembered; of more than these the oldest are forgotten."""


class Tokens:
    """Gives tokens to who logs in, and knows which of them are valid. Threads may share it."""

    def __init__(self, settings: Settings, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._expiries: OrderedDict[str, float] = OrderedDict()

    def is_valid(self, token: str) -> bool | None:
        """Return whether a token of this service is valid still; None for one that it did not give."""
        with self._lock:
            expiry = self._expiries.get(token)
        return None if expiry is None else self._monotonic() < expiry

    def log_in(self, body: bytes) -> Response:
        """Answer a request for a token, as Keystone v3 does."""
        try:
            user, project = _login(msgspec.json.decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError, TypeError):
            return _error(400, "Bad Request", "The request body has not the form of a login with a password.")
        if not self._knows(user):
            return _error(401, "Unauthorized", "The username or password is wrong.")
        issued = datetime.now(UTC)
        token = secrets.token_urlsafe(48)
        with self._lock:
            self._expiries[token] = self._monotonic() + self._settings.expire_after
            while len(self._expiries) > _MOST_KEPT:
                self._expiries.popitem(last=False)
        content = {
            "token": {
                "methods": ["password"],
                "issued_at": _time(issued),
                "expires_at": _time(issued + timedelta(seconds=self._settings.expire_after)),
                "user": {"name": user["name"], "domain": {"name": user["domain"]["name"]}},
                **({"project": {"name": project}} if project is not None else {}),
            }
        }
        return _json(content, 201, {_TOKEN_HEADER: token})

    def _knows(self, user: dict[str, Any]) -> bool:
        if self._settings.user is None or self._settings.password is None:
            return True
        expected = self._settings.password.get_secret_value()
        return user["name"] == self._settings.user and hmac.compare_digest(
            user["password"].encode(errors="surrogatepass"), expected.encode()
        )


def _login(document: Any) -> tuple[dict[str, Any], str | None]:
    """Return the user of a login, and the name of the project that the token is for."""
    auth = document["auth"]
    user = auth["identity"]["password"]["user"]
    scope = auth.get("scope", {})
    project = scope["project"]["name"] if "project" in scope else None
    texts = (user["name"], user["password"], user["domain"]["name"], project or "")
    if "password" not in auth["identity"]["methods"] or not all(isinstance(text, str) for text in texts):
        raise TypeError
    return cast(dict[str, Any], user), project


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _error(status: int, title: str, message: str) -> Response:
    return _json({"error": {"code": status, "title": title, "message": message}}, status)


def _json(content: object, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")
