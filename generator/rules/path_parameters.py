"""Paths and the parameters in them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

import attrs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.rules.registry import Breaches, validity_rule
from generator.rules.view import Operation, mapping, operations, parameters
from generator.spelling import nearest
from generator.structure import resolve, value_at

_IN_TEMPLATE = re.compile(r"\{([^{}]*)\}")


@attrs.frozen
class _Parameter:
    """A parameter as an operation has it: where it is listed, and where it is written."""

    listed: str
    written: str
    value: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.value.get("name"))

    @property
    def in_path(self) -> bool:
        return self.value.get("in") == "path"


@validity_rule("path-parameters")
def path_parameters(bundle: Bundle) -> Breaches:
    """The parameters in a path and those declared for it are the same: each is a part of the address."""
    found = [(operation, _parameters(bundle, operation)) for operation in operations(bundle)]
    fitting = {
        one.written
        for operation, declared in found
        for one in declared
        if one.in_path and one.name in _IN_TEMPLATE.findall(operation.path)
    }
    told: set[str] = set()
    for path, group in groupby(found, key=lambda pair: pair[0].path):
        missing: dict[str, list[Operation]] = {}
        operations_here = list(group)
        for operation, declared in operations_here:
            in_path = {one.name for one in declared if one.in_path}
            lacking = {name for name in _IN_TEMPLATE.findall(path) if name not in in_path}
            for one in declared:
                said = _mismatch(one, path, lacking)
                # A parameter that fits no path at all is wrong itself, and that once.
                where = one.written if one.written not in fitting else one.listed
                if said and where not in told:
                    told.add(where)
                    yield pointers.join(where, said[0]) if where != one.listed else where, said[1]
            for name in sorted(lacking):
                missing.setdefault(name, []).append(operation)
        for name, lacking_it in missing.items():
            message = (
                f"the path has a part {{{name}}}, but declares no parameter of that name with `in: path`"
            )
            common = len(lacking_it) == len(operations_here) > 1
            for operation in lacking_it[:1] if common else lacking_it:
                yield pointers.join("/paths", path) if common else operation.pointer, message


def _parameters(bundle: Bundle, operation: Operation) -> list[_Parameter]:
    found: list[_Parameter] = []
    for listed, parameter in parameters(bundle, operation):
        written, _ = resolve(bundle.document, listed, value_at(bundle.document, listed))
        found.append(_Parameter(listed, written, parameter))
    return found


def _mismatch(parameter: _Parameter, path: str, lacking: set[str]) -> tuple[str, str] | None:
    """Return which member of a parameter is wrong, with a message; take the part it was meant for from `lacking`."""
    name = parameter.name
    if not parameter.in_path:
        if name not in lacking:
            return None
        lacking.discard(name)
        return (
            "in",
            f"the parameter {quoted(name)} is a part of the path {quoted(path)}: it has to say `in: path`",
        )
    if name in _IN_TEMPLATE.findall(path):
        return None
    meant = nearest(name, lacking) or (next(iter(lacking)) if len(lacking) == 1 else None)
    lacking.discard(meant or "")
    hint = f"; perhaps {quoted(meant)} is meant" if meant else ""
    return "name", f"the path parameter {quoted(name)} does not occur in the path {quoted(path)}{hint}"


@validity_rule("unique-paths")
def unique_paths(bundle: Bundle) -> Breaches:
    """No two paths differ only in the names of their parameters: a request could not be told apart."""
    first: dict[str, str] = {}
    for path in mapping(bundle.document, "paths"):
        other = first.setdefault(_IN_TEMPLATE.sub("{}", path), path)
        if other != path:
            yield (
                pointers.join("/paths", path),
                f"this path is the same as {quoted(other)}, save for the names of parameters",
            )
