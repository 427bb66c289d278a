"""Whom to trust over TLS: read when it is needed, for that takes longer than all else that a first call does."""

from __future__ import annotations

import functools
import ssl
from typing import Final

import httpx

from .errors import ConfigurationError
from .text import one_line

_UNREAD: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody: stands for what `certificates` reads until a connection asks for it."""


def for_endpoint(endpoint: str) -> ssl.SSLContext:
    """Return what connections are opened with; for an address without TLS, what `whole` makes complete if need be.

    Raises:
        ConfigurationError: The file or folder that the environment names cannot be read.
    """
    return _UNREAD if endpoint.lower().startswith("http://") else certificates()


def whole(context: ssl.SSLContext) -> ssl.SSLContext:
    """Return the context for a connection that is about to be secured."""
    return certificates() if context is _UNREAD else context


@functools.cache
def certificates() -> ssl.SSLContext:
    """Return what decides whom to trust.

    Raises:
        ConfigurationError: The file or folder that the environment names cannot be read.
    """
    try:
        context = httpx.create_ssl_context()
    except OSError as error:
        why = one_line(str(error), 120)
        raise ConfigurationError(
            f"no certificates in what SSL_CERT_FILE or SSL_CERT_DIR names: {why}"
        ) from error
    context.set_alpn_protocols(["http/1.1"])
    return context
