"""Addresses of the service as the description gives them."""

from __future__ import annotations

from collections.abc import Mapping

from .errors import ConfigurationError
from .text import is_visible_ascii, shown


class Server:
    """An address with variables.

    Attributes:
        url: The address, or only its path, with its variables in braces.
        variables: For each variable the values that it can have; empty when any will do.
    """

    # Not an attrs class: those who import a client would wait for attrs.
    def __init__(self, url: str, variables: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.url = url
        self.variables = variables or {}

    def address(self, **values: str) -> str:
        """Return the address with its variables filled in.

        Raises:
            ConfigurationError: A value is none of the known ones; the message lists them.
        """
        url = self.url
        for name, known in self.variables.items():
            value = values[name]
            if known and value not in known:
                from difflib import get_close_matches

                close = get_close_matches(shown(value, 80).strip("'\""), known, n=1, cutoff=0.75)
                hint = f" Did you mean {close[0]!r}?" if close else ""
                raise ConfigurationError(
                    f"{name} {shown(value, 80)} is not known.{hint} Known: {', '.join(known)}. "
                    "For another address pass endpoint='https://…'."
                )
            url = url.replace(f"{{{name}}}", value)
        return url

    def at(self, endpoint: str, **values: str) -> str:
        """Return the address at a host, to which the path of this one is added unless it ends in that already.

        Raises:
            ConfigurationError: The host's address or a value is not usable.
        """
        from urllib.parse import urlsplit

        endpoint, path = check_endpoint(endpoint), self.address(**values)
        return endpoint if urlsplit(endpoint).path.endswith(path) else endpoint + path


def check_endpoint(endpoint: str) -> str:
    """Return the address of a service, to which the paths of operations are added.

    Raises:
        ConfigurationError: It is no such address.
    """
    reason = refusal(endpoint)
    if reason:
        # There may be a password before an @.
        what = "" if "@" in shown(endpoint, 1_000_000) else f" {shown(endpoint, 80)}"
        raise ConfigurationError(
            f"endpoint{what} {reason}; an endpoint is an address such as 'http://127.0.0.1:8765'"
        )
    return endpoint.rstrip("/")


def refusal(endpoint: object) -> str | None:
    """Return why something cannot be the address of a service, or None if it can."""
    if not isinstance(endpoint, str) or not endpoint.lower().startswith(("http://", "https://")):
        return "is not an http or https address"
    if not is_visible_ascii(endpoint):
        return "holds white space, or a character outside ASCII"
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(endpoint)
        if not _is_host(parts.hostname or "") or parts.port == 0:
            return "has no usable host or port"
    except ValueError:
        return "has no usable host or port"
    if "@" in parts.netloc:
        return "holds a user name or a password: pass `auth` instead"
    if "?" in endpoint or "#" in endpoint:
        return "has a query or a fragment"
    return None


def _is_host(host: str) -> bool:
    """Whether a name can be looked up: its labels have 1 to 63 characters, and it 253 (RFC 1035, section 2.3.4)."""
    labels = host.removesuffix(".").split(".")
    return ":" in host or (len(host) <= 254 and all(0 < len(label) < 64 for label in labels))
