"""Signatures by the algorithm SDK-HMAC-SHA256, verified with the secret key."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import math
import re
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from starlette.datastructures import Headers
from starlette.types import Scope

from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode

_PARTS: Final = re.compile(
    r"Access=(?P<access>[^\s,]+),\s*SignedHeaders=(?P<headers>[^\s,]+),\s*Signature=(?P<signature>[0-9a-f]{64})"
)
_DATE: Final = "X-Sdk-Date"
_CONTENT_HASH: Final = "X-Sdk-Content-Sha256"
_SKEW: Final = datetime.timedelta(minutes=15)
"""How far the time of a signature may be off, either way."""

_FAILURES_BEFORE_LOCK: Final = 5
_LOCKED_SECONDS: Final = 300.0
"""The operator locks a key pair for five minutes after five failed signatures in a row."""


class SignatureCheck:
    """Verifies the signatures of one key pair, and locks it as the operator does."""

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        *,
        scheme: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take a key pair and the word with which such signatures begin."""
        self._access_key = access_key
        self._secret_key = secret_key
        self._scheme = scheme
        self._monotonic = monotonic
        self._failures = 0
        self._locked_until = 0.0

    def verify(self, authorization: str, scope: Scope, headers: Headers, body: bytes) -> None:
        """Hold a request to its signature.

        Raises:
            CallFailed: It does not verify, is too old, or the pair is locked.
        """
        if self._monotonic() < self._locked_until:
            left = math.ceil(self._locked_until - self._monotonic())
            raise _refused(f"the key pair is locked after five failed signatures, for {left} s more")
        found = _PARTS.fullmatch(authorization.partition(" ")[2].strip())
        if found is None:
            raise _refused("the signature has not the form Access=…, SignedHeaders=…, Signature=…")
        if found["access"] != self._access_key:
            raise _refused("another access key than the one of --ak")
        try:
            self._verify(found, scope, headers, body)
        except CallFailed as failure:
            self._failures += 1
            if self._failures < _FAILURES_BEFORE_LOCK:
                raise
            self._failures, self._locked_until = 0, self._monotonic() + _LOCKED_SECONDS
            lock = f"; as the fifth in a row it locks the key pair for {_LOCKED_SECONDS:g} s"
            raise _refused(failure.reason + lock) from None
        self._failures = 0

    def _verify(self, found: re.Match[str], scope: Scope, headers: Headers, body: bytes) -> None:
        date = headers.get(_DATE, "")
        _require_recent(date)
        names = found["headers"].lower().split(";")
        for name in (_DATE.lower(), "host"):
            if name not in names:
                raise _refused(f"{name} is not among the signed headers")
        content_hash = hashlib.sha256(body).hexdigest()
        if headers.get(_CONTENT_HASH, content_hash) != content_hash:
            raise _refused(f"{_CONTENT_HASH} is not that of the body")
        canonical = "\n".join(
            (
                scope["method"].upper(),
                _canonical_path(scope),
                _canonical_query(scope),
                "".join(f"{name}:{headers.get(name, '').strip()}\n" for name in names),
                found["headers"],
                content_hash,
            )
        )
        to_sign = f"{self._scheme}\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        expected = hmac.digest(self._secret_key.encode(), to_sign.encode(), "sha256").hex()
        if not hmac.compare_digest(expected, found["signature"]):
            raise _refused("the signature does not verify")


def _require_recent(date: str) -> None:
    try:
        signed = datetime.datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
    except ValueError:
        raise _refused(f"{_DATE} is no time such as 20260102T030405Z") from None
    if abs(datetime.datetime.now(datetime.UTC) - signed) > _SKEW:
        raise _refused(f"{_DATE} is off by more than 15 minutes")


def _canonical_path(scope: Scope) -> str:
    raw = scope.get("raw_path") or scope["path"].encode()
    path = quote(unquote(raw.decode("latin-1").partition("?")[0]), safe="/~")
    return path if path.endswith("/") else f"{path}/"


def _canonical_query(scope: Scope) -> str:
    query: str = scope["query_string"].decode("latin-1")
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs)


def _refused(reason: str) -> CallFailed:
    return CallFailed(ErrorCode.WRONG_CREDENTIALS, reason)
