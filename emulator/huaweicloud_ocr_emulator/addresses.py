"""Which addresses of the network a picture may be fetched from."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, cast

import anyio
import httpcore

# Global unicast. The rest of IPv6 is local, reserved, or leads to IPv4 by translation (64:ff9b::/96).
_IPV6_PUBLIC: Final = IPv6Network("2000::/3")
# What not every version of Python that this runs on knows to be special: 6to4 and its relays, documentation,
# protocol assignments.
_SPECIAL: Final = (
    IPv6Network("2002::/16"),
    IPv6Network("3fff::/20"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
)


class AddressRefused(Exception):
    """A host has no address that may be connected to."""


class NameNotResolved(Exception):
    """A host name does not resolve."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet.

    Not public: this machine, private and shared networks, link-local addresses (among them the metadata
    services of clouds), multicast, reserved ranges, and IPv6 addresses that stand for an IPv4 address.
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed not in _IPV6_PUBLIC:
        return False
    if any(parsed in network for network in _SPECIAL):
        return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


class CheckingBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, or to any if that is allowed.

    A name is resolved here, once, and the connection goes to an address that was looked at: a name that
    resolves to another address a moment later changes nothing. It is the pool's only way to a socket, so that
    redirects and odd spellings of addresses pass through it too. Not a packet goes to a refused address.
    """

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._sockets = cast(httpcore.AsyncNetworkBackend, httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that is allowed and answers.

        Raises:
            NameNotResolved: The name of the host does not resolve.
            AddressRefused: The host has no address that is allowed.
            httpcore.ConnectError: No address answers.
        """
        failure: Exception = AddressRefused("no public address")
        for address in await _resolve(host, port):
            if not self._allow_private and not is_public(address):
                continue
            try:
                return await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


async def _resolve(host: str, port: int) -> list[str]:
    try:
        found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NameNotResolved from error
    return list(dict.fromkeys(address[0] for *_, address in found))
