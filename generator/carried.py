"""What HTTP does not carry as a description has it: paths, names of headers, addresses of servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from generator.findings import quoted
from generator.pointer import escape
from generator.runtime.server import refusal
from generator.structure import Place

Problem = tuple[str, str, str]
"""JSON pointer, rule and message."""

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What names of headers and cookies are made of (RFC 9110, section 5.6.2)."""

_OF_HTTP: Final = frozenset(
    {
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that say how a request is sent: the library that sends it writes them (RFC 9110, section 7.6.1)."""


def paths(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the paths of a description that are none of an address."""
    for path in document.get("paths", {}):
        place = f"/paths/{escape(path)}"
        if "#" in path:
            yield (
                place,
                "path-sendable",
                f"{quoted(path)} holds a `#`, behind which nothing is sent: write %23 if the path itself has it; if it "
                "only tells operations apart, make them one with parameters of the query",
            )
        elif "{" in path.partition("?")[2]:
            yield (
                place,
                "path-sendable",
                f"{quoted(path)} has a parameter of the path behind its `?`: describe it with `in: query`",
            )


def parameter(place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the name of a parameter that is a header."""
    if place.value.get("in") == "header" and (problem := header_problem(str(place.value.get("name", "")))):
        yield f"{place.pointer}/name", "header-name", problem


def key_problem(scheme: dict[str, Any]) -> str | None:
    """Return what is wrong with the name of an API key, or None."""
    name = str(scheme.get("name", ""))
    match scheme.get("in"):
        case "header":
            return header_problem(name)
        case "cookie" if not _TOKEN.fullmatch(name):
            return f"{quoted(name)} cannot be the name of a cookie: use letters, digits, `-` and `_`"
        case _:
            return None


def header_problem(name: str) -> str | None:
    """Return why a header cannot have a name or be given by a caller, or None."""
    if not _TOKEN.fullmatch(name):
        return f"{quoted(name)} cannot be the name of a header, and no call could be sent: use letters, digits and `-`"
    if name.lower() in _OF_HTTP:
        return (
            f"{quoted(name)} says how a request is sent, which no caller can choose: leave it out, for it is written "
            "with each request as it has to be"
        )
    return None


def server_problems(server: dict[str, Any], index: int) -> Iterator[Problem]:
    """Yield why the server that a client calls, which is at this index of all, has no usable address."""
    address = str(server["url"])
    for name, variable in server.get("variables", {}).items():
        address = address.replace(f"{{{name}}}", str(variable["default"]))
    if reason := _refusal(address):
        yield (
            f"/servers/{index}/url",
            "server-address",
            f"{quoted(address)} is no address that can be called: it {reason}; percent-encode what stands in its path",
        )


def _refusal(address: str) -> str | None:
    """Return why an address, also one without a protocol or a host, cannot be that of a service."""
    if address.lower().startswith(("http://", "https://")):
        return refusal(address)
    return refusal(f"https:{address}" if address.startswith("//") else f"https://host/{address}")
