"""Rules of OpenAPI itself: every document is held to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.metaschema import resources, validator
from generator.plain import is_mapping
from generator.rules.registry import Breaches, Stage, validity_rule
from generator.rules.versions import told_once
from generator.rules.view import Operation, mapping, parameters, sequence
from generator.structure import Kind
from generator.violations import explain

OPENAPI_SCHEMA = "openapi-schema"
"""The rule that a document is valid against the meta-schema."""

_IN_TEMPLATE = re.compile(r"\{([^{}]*)\}")


@validity_rule(OPENAPI_SCHEMA, Stage.SHAPE)
def openapi_schema(bundle: Bundle) -> Breaches:
    """The document is valid against the meta-schema of OpenAPI, its schemas against that of JSON Schema."""
    known = resources(bundle.version)
    try:
        violations = list(explain(validator(bundle.version).iter_errors(bundle.document), known))
    except ValueError as problem:
        yield "", f"the document cannot be validated: {problem}"
        return
    if bundle.version < (3, 1) and violations:
        yield from told_once(bundle, violations)
    else:
        yield from ((violation.pointer, violation.message) for violation in violations)


@validity_rule("unique-operation-id")
def unique_operation_id(bundle: Bundle) -> Breaches:
    """No two operations have one operationId: it names the operation in code and in links."""
    first: dict[str, str] = {}
    for place in bundle.places:
        identifier = place.value.get("operationId")
        if place.kind is not Kind.OPERATION or not isinstance(identifier, str):
            continue
        if place.pointer.startswith("/components/pathItems/"):
            continue
        other = first.setdefault(identifier, place.pointer)
        if other != place.pointer:
            path, method = pointers.split(other)[-2:]
            where = bundle.origin(pointers.join(other, "operationId"))
            yield (
                pointers.join(place.pointer, "operationId"),
                f"{quoted(identifier)} is the operationId of {method.upper()} {path} too, at {where}",
            )


@validity_rule("unique-parameters")
def unique_parameters(bundle: Bundle) -> Breaches:
    """A list of parameters holds each name and place once, for the second would not be sent."""
    for place in bundle.places:
        if place.kind not in (Kind.OPERATION, Kind.PATH_ITEM):
            continue
        operation = Operation(place.pointer, "", "", place.value, {})
        seen: set[tuple[Any, Any]] = set()
        for where, parameter in parameters(bundle, operation):
            key = (str(parameter.get("name")), str(parameter.get("in")))
            if key in seen:
                yield where, f"the {key[1]} parameter {quoted(key[0])} stands in this list already"
            seen.add(key)


@validity_rule("server-variables")
def server_variables(bundle: Bundle) -> Breaches:
    """Each variable in the address of a server is declared, and its default is one of its values."""
    for where, server in _servers(bundle):
        variables = mapping(server, "variables")
        for name in _IN_TEMPLATE.findall(str(server.get("url", ""))):
            if name not in variables:
                yield (
                    pointers.join(where, "url"),
                    f"the variable {{{name}}} is not declared under `variables`",
                )
        for name, variable in variables.items():
            options = sequence(variable, "enum")
            if options and variable.get("default") not in options:
                place = pointers.join(where, "variables", name, "default")
                yield (
                    place,
                    f"the default {quoted(variable.get('default'))} is not one of the values in `enum`",
                )


def _servers(bundle: Bundle) -> Iterator[tuple[str, dict[str, Any]]]:
    for place in bundle.places:
        if place.kind in (Kind.DOCUMENT, Kind.PATH_ITEM, Kind.OPERATION):
            for index, server in enumerate(sequence(place.value, "servers")):
                if is_mapping(server):
                    yield pointers.join(place.pointer, "servers", index), server


@validity_rule("security-schemes")
def security_schemes(bundle: Bundle) -> Breaches:
    """Each security requirement names a declared scheme: with another nobody knows how to authenticate."""
    known = mapping(bundle.document.get("components"), "securitySchemes")
    for place in bundle.places:
        if place.kind not in (Kind.DOCUMENT, Kind.OPERATION):
            continue
        for index, requirement in enumerate(sequence(place.value, "security")):
            for name in requirement if is_mapping(requirement) else ():
                if name not in known:
                    where = pointers.join(place.pointer, "security", index, name)
                    yield (
                        where,
                        f"no security scheme {quoted(name)} is declared under components/securitySchemes",
                    )
