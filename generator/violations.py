"""What a validator finds, as sentences: one for each place, the most helpful one where alternatives fail."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import jsonschema_rs

from generator import pointer as pointers
from generator.findings import quoted
from generator.plain import is_list, is_mapping

Path = tuple[str | int, ...]

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


@attrs.frozen(order=True)
class Violation:
    """One thing that does not fit a schema.

    Attributes:
        pointer: JSON pointer in what was validated.
        message: What is wrong, as a sentence.
    """

    pointer: str
    message: str


def explain(errors: Iterable[Any], known: dict[str, dict[str, Any]] | None = None) -> Iterator[Violation]:
    """Yield what is wrong, each thing once.

    Args:
        errors: What a validator of jsonschema_rs found in one value.
        known: The schemas by identifier, which tell the names of members.
    """
    flat = [part for problem in errors for part in _flatten(problem)]
    seen: set[Violation] = set()
    failing = Counter(path[:length] for path in _paths(flat) for length in range(len(path) + 1))
    mistyped = set(_paths([problem for problem in flat if problem.kind.name == "type"]))
    for problem in flat:
        if problem.kind.name == "enum" and tuple(problem.instance_path) in mistyped:
            continue
        for violation in _violations(problem, failing, known or {}):
            if violation not in seen:
                seen.add(violation)
                yield violation


def _flatten(problem: Any) -> list[Any]:
    """Return the errors of the alternative that was most likely meant; the error itself if there is none."""
    branches = getattr(problem.kind, "context", None)
    if not branches or not all(branches):
        return [problem]
    if isinstance(problem.kind, jsonschema_rs.ValidationErrorKind.OneOfMultipleValid):
        return [problem]
    candidates = [[part for inner in branch for part in _flatten(inner)] for branch in branches]
    depth = len(problem.instance_path)
    ranked = sorted(candidates, key=lambda errors: _distance(errors, depth))
    if len(ranked) > 1 and _distance(ranked[0], depth) == _distance(ranked[1], depth):
        return [problem]
    return ranked[0]


def _distance(errors: list[Any], depth: int) -> tuple[bool, bool, int]:
    """Return how far a value is from an alternative: a wrong type is far, a deep error near."""
    kinds = jsonschema_rs.ValidationErrorKind
    here = [error.kind for error in errors if len(error.instance_path) == depth]
    wrong_type = any(isinstance(kind, kinds.Type) for kind in here)
    no_reference = any(isinstance(kind, kinds.Required) and kind.property == "$ref" for kind in here)
    return wrong_type, no_reference, -max(len(error.instance_path) for error in errors)


def _paths(problems: list[Any]) -> Iterator[Path]:
    for problem in problems:
        yield tuple(problem.instance_path)


def _violations(
    problem: Any, failing: Counter[Path], known: dict[str, dict[str, Any]]
) -> Iterator[Violation]:
    """Yield what to tell of one error; `failing` counts the errors at and below each path."""
    kinds = jsonschema_rs.ValidationErrorKind
    pointer = pointers.from_tokens(problem.instance_path)
    kind = problem.kind
    if isinstance(kind, kinds.UnevaluatedProperties | kinds.AdditionalProperties):
        names = _member_names(problem, known)
        for name in kind.unexpected:
            if name in names and failing[tuple(problem.instance_path)] > 1:
                # A member counts as unexpected whenever its alternative fails; that failure is told itself.
                continue
            told = (
                "does not go with the others here"
                if name in names
                else f"is not known here{_hint(name, names)}"
            )
            yield Violation(pointers.join(pointer, name), f"The member {quoted(name)} {told}.")
    elif isinstance(kind, kinds.PropertyNames):
        yield Violation(pointers.join(pointer, str(kind.error.instance)), f"The name {_sentence(kind.error)}")
    else:
        yield Violation(pointer, _sentence(problem))


def _sentence(problem: Any) -> str:
    kinds = jsonschema_rs.ValidationErrorKind
    kind, value = problem.kind, problem.instance
    match kind:
        case kinds.Required():
            return f"The member {quoted(kind.property)} is missing."
        case kinds.Type():
            wanted = " or ".join(_TYPE_NAMES.get(name, name) for name in sorted(kind.types))
            return f"{quoted(value)} is not {wanted}."
        case kinds.Enum():
            return f"{quoted(value)} is not {_any_of(kind.options)}{_hint(value, kind.options)}."
        case kinds.Constant():
            return f"{quoted(value)} is not {quoted(kind.expected_value)}."
        case kinds.Pattern():
            return f"{quoted(value)} does not match the pattern {quoted(kind.pattern)}."
        case kinds.Format():
            return f"{quoted(value)} is not a valid {kind.format}."
        case kinds.UniqueItems():
            return "An item stands twice in this list."
        case kinds.FalseSchema():
            return "Nothing may stand here."
        case kinds.Not():
            return _forbidden(kind.schema, value)
        case kinds.OneOfMultipleValid():
            return f"{quoted(value)} fits more than one alternative of oneOf, where exactly one has to fit."
        case kinds.AnyOf() | kinds.OneOfNotValid():
            return _alternatives(problem)
        case _:
            return _other(problem)


def _other(problem: Any) -> str:
    kind, value = problem.kind, problem.instance
    if kind.name in _LIMITS and hasattr(kind, "limit"):
        return f"{quoted(value)} {_LIMITS[kind.name].format(kind.limit)}."
    text = str(problem.message)
    return text if len(text) <= _LENGTH_AT_MOST else f"{text[:_LENGTH_AT_MOST]}…"


def _any_of(options: list[Any]) -> str:
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
            return f"One of the members {', '.join(names)} has to be there; none is."
        if all(isinstance(kind, kinds.Type) for kind in firsts):
            types = dict.fromkeys(str(name) for kind in firsts for name in kind.types)
            wanted = " or ".join(_TYPE_NAMES.get(name, name) for name in types)
            return f"{quoted(problem.instance)} is not {wanted}."
    enums = [[error for error in branch if isinstance(error.kind, kinds.Enum)] for branch in branches]
    if all(enums) and len({tuple(error.instance_path) for found in enums for error in found}) == 1:
        error = enums[0][0]
        options = [option for found in enums for option in found[0].kind.options]
        name = error.instance_path[-1] if error.instance_path else ""
        return f"The member {quoted(name)} is {quoted(error.instance)}, not {_any_of(options)}."
    return f"{quoted(problem.instance)} fits none of the {len(branches)} alternatives that are allowed here."


def _forbidden(schema: Any, value: Any) -> str:
    names = schema.get("required") if is_mapping(schema) else None
    if is_list(names) and len(schema) == 1:
        return f"{' and '.join(map(quoted, names))} may not stand here beside the other members."
    return f"{quoted(value)} is what this schema excludes."


def _hint(name: Any, names: Iterable[Any]) -> str:
    if not isinstance(name, str):
        return ""
    texts = [option for option in names if isinstance(option, str)]
    by_lower = {text.lower(): text for text in texts}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.75)
    return f"; perhaps {quoted(by_lower[close[0]])} is meant" if close else ""


def _member_names(problem: Any, known: dict[str, dict[str, Any]]) -> set[str]:
    """Return the names of members that a schema speaks of, in any of its alternatives."""
    base, _, fragment = (problem.absolute_keyword_location or "").partition("#")
    schema = known.get(base)
    if schema is None and len(known) == 1:
        (schema,) = known.values()
    if schema is None:
        return set()
    path = pointers.split(fragment)[:-1] if fragment else [str(token) for token in problem.schema_path[:-1]]
    return _names(_at(schema, path), schema, set())


def _at(schema: Any, path: list[str]) -> Any:
    for token in path:
        if not is_mapping(schema):
            return None
        schema = schema.get(token)
    return schema


def _names(part: Any, schema: dict[str, Any], passed: set[str]) -> set[str]:
    if not is_mapping(part):
        return set()
    names = set(part.get("properties", {}))
    reference = part.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/") and reference not in passed:
        passed.add(reference)
        names |= _names(_at(schema, pointers.split(reference[1:])), schema, passed)
    inner = [part.get(keyword) for keyword in ("if", "then", "else", "not")]
    inner += [item for keyword in ("allOf", "anyOf", "oneOf") for item in part.get(keyword, [])]
    inner += part.get("dependentSchemas", {}).values()
    inner += part.get("$defs", {}).values() if part is not schema else []
    for item in inner:
        names |= _names(item, schema, passed)
    return names
