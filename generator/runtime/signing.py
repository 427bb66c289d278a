"""Requests signed with an access key pair, by the algorithm SDK-HMAC-SHA256."""

from __future__ import annotations

import datetime
import functools
import hashlib
import hmac
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import attrs

from .errors import ConfigurationError
from .hidden import Hidden, Secretive
from .messages import HttpRequest
from .text import is_visible_ascii

ALGORITHM = "SDK-HMAC-SHA256"


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class SdkHmacSha256Auth(Secretive):
    """Signs each request with an access key (AK) and its secret key (SK), which itself never travels."""

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        *,
        security_token: str | None = None,
        now: Callable[[], datetime.datetime] = _utc_now,
    ) -> None:
        """Take a key pair.

        Args:
            access_key: The access key (AK).
            secret_key: The secret key (SK).
            security_token: The token that comes with a temporary key pair.
            now: The clock; the service refuses signatures whose time is off by more than some minutes.

        Raises:
            ConfigurationError: One of them is empty or has characters that HTTP does not carry. Nothing is shown.
        """
        self._access_key = Hidden(access_key)
        self._secret_key = Hidden(secret_key)
        self._security_token = None if security_token is None else Hidden(security_token)
        del (
            access_key,
            secret_key,
            security_token,
        )  # the variables of this function are in the report of an error
        self._check("access_key", self._access_key)
        self._check("secret_key", self._secret_key)
        if self._security_token is not None:
            self._check("security_token", self._security_token)
        self._now = now

    def _check(self, name: str, secret: Hidden) -> None:
        if not isinstance(secret.reveal(), str):
            raise ConfigurationError(
                f"{type(self).__name__}: {name} is a {type(secret.reveal()).__name__}; a str is needed"
            )
        if not secret.reveal() or not is_visible_ascii(secret.reveal()):
            raise ConfigurationError(
                f"{type(self).__name__}: {name} is empty, or holds a space, a line break "
                "or a character outside ASCII"
            )

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with `X-Sdk-Date`, `Host`, `Authorization` and, if temporary, `X-Security-Token`."""
        time = self._now().astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
        headers = {
            **request.headers,
            "X-Sdk-Date": time,
            "Host": urlsplit(request.url).netloc.rpartition("@")[2],
        }
        if self._security_token is not None:
            headers["X-Security-Token"] = self._security_token.reveal()
        signed = {name.lower(): value.strip() for name, value in headers.items() if _is_signed(name)}
        names = ";".join(sorted(signed))
        canonical = "\n".join(
            (
                request.method.upper(),
                _canonical_path(request.address),
                _canonical_query(request.url),
                "".join(f"{name}:{signed[name]}\n" for name in sorted(signed)),
                names,
                _hash(request.parts or ()),
            )
        )
        to_sign = f"{ALGORITHM}\n{time}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.digest(self._secret_key.reveal().encode(), to_sign.encode(), "sha256").hex()
        headers["Authorization"] = (
            f"{ALGORITHM} Access={self._access_key.reveal()}, SignedHeaders={names}, Signature={signature}"
        )
        return attrs.evolve(request, headers=headers)


def _hash(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.hexdigest()


def _is_signed(name: str) -> bool:
    # A gateway may rewrite or drop other headers on the way, and what is signed must arrive unchanged.
    name = name.lower()
    return name in {"host", "content-type"} or (name.startswith("x-") and "_" not in name)


# Calls go to few addresses; a query, which may hold a key, is not kept in memory.
@functools.lru_cache(maxsize=64)
def _canonical_path(address: str) -> str:
    path = quote(unquote(urlsplit(address).path), safe="/~")
    return path if path.endswith("/") else f"{path}/"


def _canonical_query(url: str) -> str:
    if "?" not in url:
        return ""
    pairs = sorted(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    return "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs)
