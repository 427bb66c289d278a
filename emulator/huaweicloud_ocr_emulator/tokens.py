"""Tokens as the operator's identity service (IAM) gives them, so that clients that fetch them can be tried."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar, cast

import msgspec
from starlette.responses import Response

from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.settings import Settings

PATH: Final = "/v3/auth/tokens"
LONGEST_LOGIN: Final = 64 * 1024
"""Bytes of the longest request for a token."""

T = TypeVar("T")

_KINDS: Final[dict[type, str]] = {dict: "no object", list: "no list", str: "no text"}
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

    def log_in(self, body: bytes, record: CallRecord) -> Response:
        """Answer a request for a token, as Keystone v3 does, and note why one is refused."""
        try:
            user, project = _login(msgspec.json.decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            record.reason = "the body is not JSON"
        except _NoLogin as error:
            record.reason = str(error)
        else:
            record.reason = self._why_not(user)
            if record.reason is None:
                return self._give(user, project)
            return _error(401, "Unauthorized", "The username or password is wrong.")
        message = f"The request body has not the form of a login with a password: {record.reason}."
        return _error(400, "Bad Request", message)

    def _give(self, user: dict[str, Any], project: str | None) -> Response:
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

    def _why_not(self, user: dict[str, Any]) -> str | None:
        """Return why a user gets no token, or None for one who does."""
        if self._settings.user is None or self._settings.password is None:
            # A token for anybody would open the door that the other credentials close.
            is_open = not self._settings.asks_for_credentials
            return None if is_open else "nobody can log in: --token or --ak is set, and --user is not"
        if user["name"] != self._settings.user:
            return "another user than the one of --user"
        expected = self._settings.password.get_secret_value()
        is_right = hmac.compare_digest(user["password"].encode(errors="surrogatepass"), expected.encode())
        return None if is_right else "another password than the one of --password"


class _NoLogin(Exception):
    """A document has not the form of a login; the message says which member is not as it should be."""


def _login(document: Any) -> tuple[dict[str, Any], str | None]:
    """Return the user of a login, and the name of the project that the token is for.

    Raises:
        _NoLogin: The document has not the form of one.
    """
    user = cast("dict[str, Any]", _member(document, "auth.identity.password.user", dict))
    for name in ("name", "password", "domain.name"):
        _member(document, f"auth.identity.password.user.{name}", str)
    if "password" not in _member(document, "auth.identity.methods", list):
        raise _NoLogin("auth.identity.methods: password is not among them")
    has_project = "scope" in document["auth"] and "project" in _member(document, "auth.scope", dict)
    project = _member(document, "auth.scope.project.name", str) if has_project else None
    return user, project


def _member(document: Any, path: str, kind: type[T]) -> T:
    found, seen = document, "the body"
    for name in path.split("."):
        if not isinstance(found, dict):
            raise _NoLogin(f"{seen} is no object")
        seen = name if found is document else f"{seen}.{name}"
        if name not in found:
            raise _NoLogin(f"{seen} is missing")
        found = cast(Any, found[name])
    if not isinstance(found, kind):
        raise _NoLogin(f"{path} is {_KINDS[kind]}")
    return found


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _error(status: int, title: str, message: str) -> Response:
    return _json({"error": {"code": status, "title": title, "message": message}}, status)


def _json(content: object, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")
