"""The file of a picture from its URL."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final
from urllib.parse import urljoin, urlsplit

import anyio
import httpcore

from huaweicloud_ocr_emulator import __version__
from huaweicloud_ocr_emulator.addresses import AddressRefused, CheckingBackend, NameNotResolved
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.settings import Settings

_PRINTABLE_ASCII: Final = re.compile(r"[\x21-\x7e]+")
_REDIRECTS: Final = (301, 302, 303, 307, 308)
# Without compression the number of bytes that arrive is the number of bytes that are kept.
_HEADERS: Final[Mapping[str | bytes, str | bytes]] = {
    "User-Agent": f"huaweicloud-ocr-emulator/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


async def fetch(url: str, max_size: int, settings: Settings, hold: Callable[[int], None]) -> bytes:
    """Fetch a file of at most `max_size` bytes by http or https, redirects included.

    Unless the settings say otherwise, only public addresses are connected to, whatever names and redirects
    lead there. Proxies from the environment are not used: they would connect on our behalf, unchecked.

    Args:
        url: The URL.
        max_size: Bytes that the file may have.
        settings: How long it may take, and what is allowed.
        hold: Told of the bytes that arrive, before they are kept.

    Raises:
        CallFailed: The URL, or where it redirects to, is not allowed; the file could not be obtained; or there is no
            room for it.
    """
    try:
        with anyio.fail_after(settings.fetch_seconds):
            return await _follow(url, max_size, settings, hold)
    except NameNotResolved:
        raise CallFailed(ErrorCode.URL_NOT_OBTAINED, "the host name does not resolve") from None
    except TimeoutError:
        raise CallFailed(
            ErrorCode.URL_NOT_OBTAINED, f"not there after {settings.fetch_seconds:g} s"
        ) from None
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        raise CallFailed(ErrorCode.URL_NOT_OBTAINED, _what_broke(error)) from None


async def _follow(url: str, max_size: int, settings: Settings, hold: Callable[[int], None]) -> bytes:
    backend = CheckingBackend(allow_private=settings.allow_private_urls)
    async with httpcore.AsyncConnectionPool(ssl_context=_ssl_context(), network_backend=backend) as pool:
        for redirects in range(settings.fetch_redirects + 1):
            what = "where a redirect leads" if redirects else "the URL"
            try:
                async with pool.stream("GET", _checked(url, what), headers=_HEADERS) as response:
                    if response.status not in _REDIRECTS:
                        return await _read(response, max_size, hold)
                    location = _header(response, b"location")
            except AddressRefused:
                reason = f"{what} has a host without a public address (--allow-private-urls allows others)"
                raise CallFailed(ErrorCode.URL_NOT_ALLOWED, reason) from None
            # What is no ASCII here is refused by the check of the next round.
            url = _joined(url, location.decode("latin-1"))
    raise CallFailed(ErrorCode.URL_NOT_OBTAINED, f"more than {settings.fetch_redirects} redirects")


def _what_broke(error: Exception) -> str:
    """Say why a connection failed, in our words: those of the libraries can hold what the server sent."""
    # httpcore passes on what it was told by the network as the argument of its own exception.
    inner = error.args[0] if error.args else None
    if isinstance(inner, ssl.SSLError):
        return f"no TLS with the server ({inner.reason or 'SSLError'})"
    if isinstance(error, (httpcore.ConnectError, httpcore.ConnectTimeout)):
        return "the server does not answer"
    if isinstance(error, httpcore.RemoteProtocolError):
        return "the server's answer is not HTTP, or incomplete"
    return f"the connection broke ({type(error).__name__})"


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location  # which the check of the next round refuses


def _checked(url: str, what: str) -> str:
    """Return a URL without its fragment, if it is one that may be asked for at all."""
    if problem := _why_not(url):
        raise CallFailed(ErrorCode.URL_NOT_ALLOWED, f"{what} {problem}")
    return urlsplit(url)._replace(fragment="").geturl()


def _why_not(url: str) -> str | None:
    """Return what is wrong with a URL, and nothing of it, or None."""
    if not url:
        return "is empty"
    if not _PRINTABLE_ASCII.fullmatch(url):
        return "has spaces, control characters or others outside ASCII: write them as %20, hosts as xn--"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "is not well formed"
    if parts.scheme not in ("http", "https"):
        return "is neither http nor https"
    if "@" in parts.netloc:
        # They would end up in the logs of others.
        return "has a user or password in it"
    if not parts.hostname:
        return "has no host"
    try:
        is_port = parts.port != 0
    except ValueError:
        is_port = False
    return None if is_port else "has a port that is no number from 1 to 65535"


async def _read(response: httpcore.Response, max_size: int, hold: Callable[[int], None]) -> bytes:
    if response.status != 200:
        raise CallFailed(ErrorCode.URL_NOT_OBTAINED, f"the server answered {response.status}")
    if _header(response, b"content-encoding").lower() not in (b"", b"identity"):
        raise CallFailed(ErrorCode.URL_NOT_OBTAINED, "the server sent it compressed, unasked")
    declared = _header(response, b"content-length")
    too_large = CallFailed(ErrorCode.URL_NOT_OBTAINED, f"the file is larger than {max_size} bytes")
    if declared.isdigit() and int(declared) > max_size:
        raise too_large
    file = bytearray()
    async for chunk in response.aiter_stream():
        if len(file) + len(chunk) > max_size:
            raise too_large
        hold(len(chunk))
        file += chunk
    return bytes(file)


def _header(response: httpcore.Response, name: bytes) -> bytes:
    return next((value for key, value in response.headers if key.lower() == name), b"")


@cache
def _ssl_context() -> ssl.SSLContext:
    # Loading the certificate authorities takes longer than fetching a picture from nearby.
    return httpcore.default_ssl_context()
