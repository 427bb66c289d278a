"""What an object of a description looks like, for references that lead to one where another kind is expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from generator.structure import METHODS, Kind

_SCHEMES: Final = ("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect")

# Members that only objects of some kinds have. What several kinds have, such as a description, tells nothing.
_TELLING: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.PARAMETER: frozenset({"in", "schema", "content"}),
    Kind.SECURITY_SCHEME: frozenset({"scheme", "flows", "openIdConnectUrl", "bearerFormat", "in"}),
    Kind.RESPONSE: frozenset({"content", "headers", "links"}),
    Kind.REQUEST_BODY: frozenset({"content"}),
    Kind.HEADER: frozenset({"schema", "content"}),
    Kind.SCHEMA: frozenset(
        {
            *("type", "properties", "items", "enum", "const", "format", "pattern", "additionalProperties"),
            *("allOf", "anyOf", "oneOf", "not", "$defs", "prefixItems", "nullable"),
        }
    ),
}


def looks_like_another(value: Mapping[str, Any], kind: Kind) -> Kind | None:
    """Return the kind that an object plainly is, if that is not the one that is expected; None if one cannot tell."""
    if kind not in _TELLING or _TELLING[kind] & value.keys() or "$ref" in value:
        return None
    if any(method in value for method in METHODS):
        return Kind.PATH_ITEM
    if "in" in value and "name" in value:
        found = Kind.SECURITY_SCHEME if value.get("type") in _SCHEMES else Kind.PARAMETER
    elif value.get("type") in _SCHEMES:
        found = Kind.SECURITY_SCHEME
    else:
        order = (Kind.SCHEMA, Kind.HEADER, Kind.RESPONSE)
        fitting = (one for one in order if _TELLING[one] & value.keys())
        found = next(fitting, kind)
    return None if found is kind else found
