"""Exceptions of the libraries that carry a call, told from those of the code around it."""

from __future__ import annotations

from typing import Final

_LIBRARIES: Final = frozenset(
    {
        "anyio",
        "asyncio",
        "h11",
        "h2",
        "hpack",
        "httpcore",
        "httpx",
        "idna",
        "sniffio",
        "socksio",
        "ssl",
        "zlib",
    }
)


def is_foreign(error: Exception) -> bool:
    """Whether an exception comes from what lies below, and not from a transport or a hook of the caller's own.

    Beside their own exceptions these libraries let through what the operating system, the codecs and the event loop
    raise: a broken TLS record, a host name that cannot be encoded, a loop that was closed.
    """
    if isinstance(error, (OSError, EOFError, UnicodeError)) or _library(type(error).__module__):
        return True
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and _library(str(trace.tb_frame.f_globals.get("__name__")))


def _library(module: str) -> bool:
    return module.partition(".")[0] in _LIBRARIES
