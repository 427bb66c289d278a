"""What a validator finds, as sentences: one for each place, the most helpful one where alternatives fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import jsonschema_rs

from generator import pointer as pointers
from generator.findings import quoted
from generator.plain import is_mapping
from generator.sentences import sentence
from generator.spelling import hint, nearest

Path = tuple[str | int, ...]

_REFERENCE = "$ref"


@attrs.frozen(order=True)
class Violation:
    """One thing that does not fit a schema.

    Attributes:
        pointer: JSON pointer in what was validated.
        message: What is wrong, as a sentence.
        keyword: The address of the keyword that says so, a JSON pointer as its fragment; empty if it is not known.
    """

    pointer: str
    message: str
    keyword: str = attrs.field(default="", eq=False)


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
    misspelt = _misspelt(flat, known or {})
    for problem in flat:
        path = tuple(problem.instance_path)
        if problem.kind.name != "type" and path in mistyped:
            # What holds for values of another type says nothing of this one.
            continue
        meant = misspelt.get(path, set())
        if _missing(problem) and (_REFERENCE in meant or meant & _missing(problem)):
            # The member is there under another name, which is told.
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


def _misspelt(problems: list[Any], known: dict[str, dict[str, Any]]) -> dict[Path, set[str]]:
    """Return, by the path of a mapping, the names of members that were meant by others which are not known."""
    kinds = jsonschema_rs.ValidationErrorKind
    found: dict[Path, set[str]] = {}
    for problem in problems:
        kind = problem.kind
        if isinstance(kind, kinds.UnevaluatedProperties | kinds.AdditionalProperties):
            names = _member_names(problem, known)
            meant = (nearest(name, _candidates(name, names)) for name in kind.unexpected if name not in names)
            path = tuple(problem.instance_path)
            found.setdefault(path, set()).update(name for name in meant if name is not None)
    return found


def _candidates(name: str, names: set[str]) -> set[str]:
    """Return what a member that is not known may be meant to be: one of these names, or a reference."""
    return names | {_REFERENCE} if name.startswith("$") or name.lower() == "ref" else names


def _missing(problem: Any) -> set[str]:
    """Return the names of members, one of which an error misses."""
    kinds = jsonschema_rs.ValidationErrorKind
    kind = problem.kind
    if isinstance(kind, kinds.Required):
        return {kind.property}
    if isinstance(kind, kinds.AnyOf | kinds.OneOfNotValid):
        firsts = (branch[0].kind for branch in kind.context if len(branch) == 1)
        return {first.property for first in firsts if isinstance(first, kinds.Required)}
    return set()


def _violations(
    problem: Any, failing: Counter[Path], known: dict[str, dict[str, Any]]
) -> Iterator[Violation]:
    """Yield what to tell of one error; `failing` counts the errors at and below each path."""
    kinds = jsonschema_rs.ValidationErrorKind
    pointer = pointers.from_tokens(problem.instance_path)
    kind, keyword = problem.kind, problem.absolute_keyword_location or ""
    if isinstance(kind, kinds.UnevaluatedProperties | kinds.AdditionalProperties):
        names = _member_names(problem, known)
        for name in kind.unexpected:
            if name in names and failing[tuple(problem.instance_path)] > 1:
                # A member counts as unexpected whenever its alternative fails; that failure is told itself.
                continue
            told = (
                "does not go with the others here"
                if name in names
                else f"is not known here{hint(name, _candidates(name, names))}"
            )
            yield Violation(pointers.join(pointer, name), f"the member {quoted(name)} {told}", keyword)
    elif isinstance(kind, kinds.PropertyNames):
        where = pointers.join(pointer, str(kind.error.instance))
        yield Violation(where, f"the name {sentence(kind.error)}", keyword)
    else:
        yield Violation(pointer, sentence(problem), keyword)


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
