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
from generator.carried import key_problem
from generator.plain import is_mapping
from generator.pointer import escape
from generator.requirements import Requirements
from generator.structure import METHODS

# Arguments that a class has which fetches tokens, besides the variables of the server.
_OF_A_LOGIN: Final = frozenset({"self", "user", "password", "domain", "project", "endpoint", "margin", "now"})


def schemes(annotations: Annotations, server: ir.Server | None) -> Iterator[ir.Scheme]:
    """Yield a class for each security scheme that an operation uses, and one that fetches its tokens.

    Where no operation says anything, each scheme may be meant. What has no class is reported where it is needed.
    """
    components = annotations.document.get("components", {})
    requirements = Requirements.of(annotations.document)
    used, needed = requirements.names, _without_choice(annotations, requirements)
    for name, raw in components.get("securitySchemes", {}).items():
        scheme = annotations.follow(raw)
        pointer = f"/components/securitySchemes/{escape(name)}"
        kind = base_of(scheme)
        if kind is None and name in needed:
            what = scheme.get("x-signature") or " ".join(
                str(scheme[key]) for key in ("type", "scheme") if key in scheme
            )
            annotations.report(
                pointer,
                "security-scheme",
                f"{what} has no class here, and {needed[name]} takes nothing else: only apiKey, http basic and bearer, "
                f"oauth2, openIdConnect and x-signature {SIGNATURE} have one",
            )
        elif kind is not None and (used is None or name in used):
            if kind == "ApiKeyAuth" and (problem := key_problem(scheme)):
                annotations.report(f"{pointer}/name", "header-name", problem)
            yield ir.Scheme(
                name=name,
                class_name=requirement(name),
                base=kind,
                key_name=str(scheme.get("name", "")),
                location=str(scheme.get("in", "")),
                description="\n\n".join(
                    filter(
                        None,
                        (
                            str(scheme.get("description") or "").strip() or _about(scheme, kind),
                            _flows(scheme),
                        ),
                    )
                ),
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


def requirement(name: str) -> str:
    """Return what a scheme is called where it is required: its class, whose name ends in `Auth` once."""
    name = class_name(name)
    return name if name.endswith("Auth") and name != "Auth" else f"{name}Auth"


def alternatives(
    raw: dict[str, Any], requirements: Requirements, annotations: Annotations
) -> tuple[tuple[str, ...], ...] | None:
    """Return what an operation requires: combinations of classes, any of which will do.

    None where no operation of the description says anything, so that a client sends what it has; empty where nothing
    is to be sent; an empty combination where it may go without. A combination with a scheme that has no class is left
    out when there is another one; else the scheme stands under its own name.
    """
    found = requirements.combinations(raw)
    if found is None:
        return None
    with_classes = [names for names in found if all(_has_class(name, annotations) for name in names)]
    return tuple(
        tuple(requirement(name) if _has_class(name, annotations) else name for name in names)
        for names in with_classes or found
    )


def _without_choice(annotations: Annotations, requirements: Requirements) -> dict[str, str]:
    """Return the schemes without a class that an operation cannot do without, with the first such operation."""
    needed: dict[str, str] = {}
    for path, item in annotations.document["paths"].items():
        for method in (method for method in METHODS if method in item):
            found = requirements.combinations(item[method]) or ()
            lacking = [[name for name in names if not _has_class(name, annotations)] for names in found]
            if lacking and all(lacking):
                for name in lacking[0]:
                    needed.setdefault(name, f"{method.upper()} {path}")
    return needed


def _has_class(name: str, annotations: Annotations) -> bool:
    declared = annotations.document.get("components", {}).get("securitySchemes", {})
    return name in declared and base_of(annotations.follow(declared[name])) is not None


def _flows(scheme: dict[str, Any]) -> str:
    """Return where tokens come from and what they can be for, or nothing."""
    if url := scheme.get("openIdConnectUrl"):
        return f"Tokens are those of <{url}>."
    lines: list[str] = []
    for name, flow in (scheme.get("flows") or {}).items():
        if name.startswith("x-") or not is_mapping(flow):
            continue
        urls = [f"<{flow[key]}>" for key in ("authorizationUrl", "tokenUrl", "refreshUrl") if flow.get(key)]
        scopes = [
            f"`{scope}` ({about})" if about else f"`{scope}`"
            for scope, about in flow.get("scopes", {}).items()
        ]
        about = f"; scopes {', '.join(scopes)}" if scopes else ""
        lines.append(f"- {name}: {', '.join(urls)}{about}.")
    return "Tokens come from:\n\n" + "\n".join(lines) if lines else ""


def _about(scheme: dict[str, Any], base: str) -> str:
    match base:
        case "ApiKeyAuth":
            place = {"query": "query parameter"}.get(str(scheme.get("in")), str(scheme.get("in")))
            return f"A key, in the {place} `{scheme.get('name')}`."
        case "BasicAuth":
            return "A user name and a password, in the header `Authorization`."
        case "BearerAuth":
            return "A token, in the header `Authorization`."
        case _:
            return "A signature over the whole request, made with an access key and its secret key."
