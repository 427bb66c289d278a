"""What a description says, in extensions, about getting access: tokens, the environment, where an operation is offered.

What is wrong with an extension is found here for both: the house rules, and the run that would make code of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import jsonschema_rs

from generator import pointer as pointers
from generator.findings import quoted
from generator.plain import is_mapping
from generator.spelling import hint
from generator.violations import explain

TOKEN_ENDPOINT: Final = "x-token-endpoint"
"""The extension of a security scheme that tells where its tokens come from."""

ENVIRONMENT: Final = "x-environment"
"""The extension of a security scheme or a parameter that tells which variables of the environment hold it."""

PUBLISHED_IN: Final = "x-published-in"
"""The extension of an operation that tells for which values of a server's variables it is known to be offered."""

SIGNATURE: Final = "SDK-HMAC-SHA256"
"""The one algorithm of `x-signature` that there is."""

ARGUMENTS: Final = {
    "ApiKeyAuth": (("value",), ()),
    "BasicAuth": (("username", "password"), ()),
    "BearerAuth": (("token",), ()),
    "SdkHmacSha256Auth": (("access_key", "secret_key"), ("security_token",)),
}
"""Arguments of each way to authenticate: those that it needs, and the others."""

Problems = Iterator[tuple[str, str]]
"""What is wrong with the value of an extension: JSON pointer within the value, and message."""

_NAME: Final = {"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_]*$"}
_TEXT: Final = {"type": "string", "pattern": r"\S"}
TOKEN_SHAPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["url", "protocol"],
    "additionalProperties": False,
    "properties": {
        "url": {"type": "string", "pattern": r"^https?://[!-~]+$"},
        "protocol": {"enum": ["keystone-v3-password"]},
        "project": _TEXT,
        "description": _TEXT,
    },
}
"""JSON Schema of `x-token-endpoint`."""

_ENVIRONMENT_SHAPE: Final[dict[str, Any]] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": _NAME,
}
_PUBLISHED_SHAPE: Final[dict[str, Any]] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"type": "string"},
    },
}
_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


def base_of(scheme: Mapping[str, Any]) -> str | None:
    """Return the class that a security scheme's own derives from, or None where there is none."""
    signature = scheme.get("x-signature")
    if signature is not None:
        return "SdkHmacSha256Auth" if signature == SIGNATURE else None
    match scheme.get("type"), str(scheme.get("scheme", "")).lower():
        case "apiKey", _:
            return "ApiKeyAuth"
        case ("http", "bearer") | ("oauth2", _) | ("openIdConnect", _):
            return "BearerAuth"
        case "http", "basic":
            return "BasicAuth"
        case _:
            return None


def server_variables(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables of the server whose address a client takes: the first that is not relative."""
    for server in document.get("servers") or ():
        if is_mapping(server) and str(server.get("url", "")).startswith(("http://", "https://")):
            variables = server.get("variables")
            return variables if is_mapping(variables) else {}
    return {}


def token_endpoint_problems(scheme: Mapping[str, Any], document: Mapping[str, Any]) -> Problems:
    """Yield what is wrong with the `x-token-endpoint` of a security scheme."""
    value = scheme[TOKEN_ENDPOINT]
    problems = list(_shape_problems(value, TOKEN_SHAPE))
    yield from problems
    if scheme.get("type") != "apiKey" or scheme.get("in") != "header" or "x-signature" in scheme:
        yield "", f"{TOKEN_ENDPOINT} needs a scheme of type apiKey in a header, which carries the token"
    if problems:
        return
    known = server_variables(document)
    for name in ("url", "project"):
        for variable in _VARIABLE.findall(value.get(name, "")):
            if variable not in known:
                yield f"/{name}", f"the server has no variable {quoted(variable)}{hint(variable, known)}"
    if reason := _refusal(_VARIABLE.sub("x", value["url"])):
        yield "/url", f"the address {reason}"


def _refusal(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable, parts = False, urlsplit("")
    if not usable or "@" in parts.netloc or set(url) & set("{}"):
        return "has no usable host or port"
    return "has a query or a fragment" if parts.query or parts.fragment else None


def scheme_environment_problems(scheme: Mapping[str, Any], base: str | None) -> Problems:
    """Yield what is wrong with the `x-environment` of a security scheme.

    Args:
        scheme: The security scheme.
        base: Which class it becomes; None where it becomes none.
    """
    value = scheme[ENVIRONMENT]
    yield from _shape_problems(value, _ENVIRONMENT_SHAPE)
    if base is None or not is_mapping(value):
        return
    required, optional = ARGUMENTS[base]
    for name in value:
        if name not in (*required, *optional):
            known = ", ".join((*required, *optional))
            yield f"/{pointers.escape(name)}", f"{quoted(name)} is no argument; there are: {known}"
    for name in required:
        if name not in value:
            yield "", f"{ENVIRONMENT} has no variable for {name}"


def parameter_environment_problems(parameter: Mapping[str, Any]) -> Problems:
    """Yield what is wrong with the `x-environment` of a parameter."""
    yield from _shape_problems(parameter[ENVIRONMENT], _NAME)
    if parameter.get("x-client-parameter") is not True:
        yield "", f"{ENVIRONMENT} needs `x-client-parameter: true` beside it: a client reads it once"


def published_problems(operation: Mapping[str, Any], document: Mapping[str, Any]) -> Problems:
    """Yield what is wrong with the `x-published-in` of an operation."""
    value = operation[PUBLISHED_IN]
    problems = list(_shape_problems(value, _PUBLISHED_SHAPE))
    yield from problems
    if problems:
        return
    variables = server_variables(document)
    for name, values in value.items():
        where = f"/{pointers.escape(name)}"
        if name not in variables:
            yield where, f"the server has no variable {quoted(name)}{hint(name, variables)}"
            continue
        known = [str(one) for one in variables[name].get("enum", ())]
        for index, one in enumerate(values):
            if known and one not in known:
                yield f"{where}/{index}", f"{quoted(one)} is no value of {name}{hint(one, known)}"


def _shape_problems(value: Any, shape: dict[str, Any]) -> Problems:
    validator = jsonschema_rs.Draft202012Validator(shape)
    for problem in explain(validator.iter_errors(value), {"": shape}):
        yield problem.pointer, problem.message
