"""The errors of a validator in words."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from generator.findings import quoted
from generator.plain import is_list, is_mapping
from generator.spelling import hint

_SHOWN_AT_MOST = 12
_LENGTH_AT_MOST = 300
_TYPE_NAMES = {
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "null",
}
_LIMITS = {
    "minimum": "is less than {}",
    "maximum": "is more than {}",
    "exclusiveMinimum": "is not more than {}",
    "exclusiveMaximum": "is not less than {}",
    "minLength": "has fewer characters than {}",
    "maxLength": "has more characters than {}",
    "minItems": "has fewer items than {}",
    "maxItems": "has more items than {}",
    "minProperties": "has fewer members than {}",
    "maxProperties": "has more members than {}",
}


def sentence(problem: Any) -> str:
    """Say what one error of jsonschema_rs means."""
    kinds = jsonschema_rs.ValidationErrorKind
    kind, value = problem.kind, problem.instance
    match kind:
        case kinds.Required():
            return f"the member {quoted(kind.property)} is missing"
        case kinds.Type():
            wanted = " or ".join(_TYPE_NAMES.get(name, name) for name in sorted(kind.types))
            return f"{quoted(value)} is not {wanted}"
        case kinds.Enum():
            return f"{quoted(value)} is not {_any_of(kind.options)}{hint(value, kind.options)}"
        case kinds.Constant():
            return f"this has to be {quoted(kind.expected_value)}, not {quoted(value)}"
        case kinds.Pattern():
            return f"{quoted(value)} does not match the pattern {quoted(kind.pattern)}"
        case kinds.Format():
            return f"{quoted(value)} is not a valid {kind.format}"
        case kinds.UniqueItems():
            return "an item stands twice in this list"
        case kinds.FalseSchema():
            return "nothing may stand here"
        case kinds.Not():
            return _forbidden(kind.schema, value)
        case kinds.OneOfMultipleValid():
            return f"{quoted(value)} fits more than one alternative of oneOf, where exactly one has to fit"
        case kinds.AnyOf() | kinds.OneOfNotValid():
            return _alternatives(problem)
        case _:
            return _other(problem)


def _other(problem: Any) -> str:
    kind, value = problem.kind, problem.instance
    if kind.name in _LIMITS and hasattr(kind, "limit"):
        return f"{quoted(value)} {_LIMITS[kind.name].format(kind.limit)}"
    text = str(problem.message)
    return text if len(text) <= _LENGTH_AT_MOST else f"{text[:_LENGTH_AT_MOST]}…"


def _any_of(options: list[Any]) -> str:
    if not options:
        return "one of the values that are listed, for there are none"
    shown = [quoted(option) for option in options[:_SHOWN_AT_MOST]]
    if len(options) > _SHOWN_AT_MOST:
        shown.append("…")
    return shown[0] if len(shown) == 1 else f"one of {', '.join(shown)}"


def _alternatives(problem: Any) -> str:
    """Say in one sentence why no alternative fits, when none of them is nearer than the others."""
    kinds = jsonschema_rs.ValidationErrorKind
    branches = problem.kind.context
    firsts = [branch[0].kind for branch in branches if len(branch) == 1]
    if len(firsts) == len(branches):
        if all(isinstance(kind, kinds.Required) for kind in firsts):
            names = dict.fromkeys(quoted(kind.property) for kind in firsts)
            return f"one of the members {', '.join(names)} has to be there; none is"
        if all(isinstance(kind, kinds.Type) for kind in firsts):
            types = dict.fromkeys(str(name) for kind in firsts for name in kind.types)
            wanted = " or ".join(_TYPE_NAMES.get(name, name) for name in types)
            return f"{quoted(problem.instance)} is not {wanted}"
    enums = [[error for error in branch if isinstance(error.kind, kinds.Enum)] for branch in branches]
    if all(enums) and len({tuple(error.instance_path) for found in enums for error in found}) == 1:
        error = enums[0][0]
        options = [option for found in enums for option in found[0].kind.options]
        name = error.instance_path[-1] if error.instance_path else ""
        return f"the member {quoted(name)} is {quoted(error.instance)}, not {_any_of(options)}"
    return f"{quoted(problem.instance)} fits none of the {len(branches)} alternatives that are allowed here"


def _forbidden(schema: Any, value: Any) -> str:
    names = schema.get("required") if is_mapping(schema) else None
    if is_list(names) and len(schema) == 1:
        return f"{' and '.join(map(quoted, names))} may not stand here beside the other members"
    return f"{quoted(value)} is what this schema excludes"
