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
    except AddressRefused:
        reason = "the host has no public address (--allow-private-urls allows others)"
        raise CallFailed(ErrorCode.URL_NOT_ALLOWED, reason) from None
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
        for _ in range(settings.fetch_redirects + 1):
            async with pool.stream("GET", _checked(url), headers=_HEADERS) as response:
                if response.status not in _REDIRECTS:
                    return await _read(response, max_size, hold)
                location = _header(response, b"location")
                # What is no ASCII here is refused by the check of the next round.
                url = urljoin(url, location.decode("latin-1"))
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


def _checked(url: str) -> str:
    """Return a URL without its fragment, if it is one that may be asked for at all."""
    refused = CallFailed(ErrorCode.URL_NOT_ALLOWED, "not an http or https URL in ASCII without credentials")
    if not _PRINTABLE_ASCII.fullmatch(url):
        raise refused
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refused from None
    # Credentials in a URL end up in the logs of others.
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or "@" in parts.netloc:
        raise refused
    return parts._replace(fragment="").geturl()


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
