"""Ways to authenticate, from the security schemes of a description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator import ir
from generator.access import (
    ARGUMENTS,
    ENVIRONMENT,
    SIGNATURE,
    TOKEN_ENDPOINT,
    base_of,
    scheme_environment_problems,
    token_endpoint_problems,
)
from generator.adapter import class_name
from generator.annotations import Annotations
from generator.pointer import escape

# Arguments that a class has which fetches tokens, besides the variables of the server.
_OF_A_LOGIN: Final = frozenset({"self", "user", "password", "domain", "project", "endpoint", "margin", "now"})


def schemes(annotations: Annotations, server: ir.Server | None) -> Iterator[ir.Scheme]:
    """Yield a class for each security scheme, and one that fetches its tokens; what has none is reported."""
    components = annotations.document.get("components", {})
    for name, raw in components.get("securitySchemes", {}).items():
        scheme = annotations.follow(raw)
        pointer = f"/components/securitySchemes/{escape(name)}"
        kind = base_of(scheme)
        if kind is None:
            what = scheme.get("x-signature") or " ".join(
                str(scheme[key]) for key in ("type", "scheme") if key in scheme
            )
            annotations.report(
                pointer,
                "security-scheme",
                f"{what} cannot be expressed, so calls would go out without it: use apiKey, http basic or bearer, "
                f"oauth2, openIdConnect, or x-signature {SIGNATURE}",
            )
        else:
            yield ir.Scheme(
                name=name,
                class_name=f"{class_name(name)}Auth",
                base=kind,
                key_name=str(scheme.get("name", "")),
                location=str(scheme.get("in", "")),
                description=str(scheme.get("description", "")),
                environment=_environment(scheme, kind, annotations, pointer),
            )
            yield from _token_schemes(name, scheme, annotations, pointer, server)


def _environment(
    scheme: dict[str, Any], kind: str, annotations: Annotations, pointer: str
) -> ir.Environment | None:
    if ENVIRONMENT not in scheme:
        return None
    problems = list(scheme_environment_problems(scheme, kind))
    for place, message in problems:
        annotations.report(f"{pointer}/{ENVIRONMENT}{place}", "environment", message)
    if problems:
        return None
    names = scheme[ENVIRONMENT]
    required, optional = (
        tuple((argument, names[argument]) for argument in arguments if argument in names)
        for arguments in ARGUMENTS[kind]
    )
    return ir.Environment(required, optional)


def _token_schemes(
    name: str, scheme: dict[str, Any], annotations: Annotations, pointer: str, server: ir.Server | None
) -> Iterator[ir.Scheme]:
    """Yield the class that fetches the tokens of a scheme, if the description says where they come from."""
    if TOKEN_ENDPOINT not in scheme:
        return
    problems = list(token_endpoint_problems(scheme, annotations.document))
    for place, message in problems:
        annotations.report(f"{pointer}/{TOKEN_ENDPOINT}{place}", "token-endpoint", message)
    if problems:
        return
    described = scheme[TOKEN_ENDPOINT]
    variables = server.variables if server else ()
    url, project = (_with_own_names(described.get(key), variables) for key in ("url", "project"))
    texts = f"{url} {project}"
    yield ir.Scheme(
        name=name,
        class_name="PasswordAuth",
        base="KeystonePasswordAuth",
        key_name=str(scheme.get("name", "")),
        location="header",
        description=str(described.get("description", "")),
        token=ir.TokenEndpoint(
            url=str(url),
            variables=tuple(
                (f"{variable.name}_" if variable.name in _OF_A_LOGIN else variable.name, variable)
                for variable in variables
                if f"{{{variable.name}}}" in texts
            ),
            project=project,
        ),
    )


def _with_own_names(text: str | None, variables: tuple[ir.Variable, ...]) -> str | None:
    for variable in variables if text is not None else ():
        text = str(text).replace(f"{{{variable.wire_name}}}", f"{{{variable.name}}}")
    return text
