"""From a bundled description to what is generated, or to everything that stands in the way."""

from __future__ import annotations

from typing import Any

import attrs

from generator import coverage, ir, pointer as pointers
from generator.adapter import OF_THE_TOOL, Parsed, parse
from generator.assemble import assemble
from generator.bundle import Bundle
from generator.distinct import with_distinct_names, with_own_names
from generator.errors import FindingsError
from generator.extent import too_large
from generator.findings import Finding, Severity, error
from generator.hoisting import with_components
from generator.partial import without
from generator.prepare import prepare
from generator.reach import component_of, reached
from generator.structure import METHODS


def understand(bundle: Bundle, package: str, *, allow_partial: bool) -> tuple[ir.Package, list[Finding]]:
    """Find out what is generated from a description.

    Args:
        bundle: The description in one piece.
        package: Name of the package.
        allow_partial: Whether to leave out what cannot be expressed.

    Returns:
        What is generated, and as warnings what was left out.

    Raises:
        FindingsError: with everything that cannot be expressed, or cannot be left out.
    """
    document = bundle.document
    left_out: list[Finding] = []
    while True:
        try:
            content = _understand(document, bundle, package)
        except FindingsError as problem:
            # What no operation leads to is not missed by whoever makes calls.
            used = reached(document)
            unused = [found for found in problem.findings if _is_unused(found, used)]
            leaving = problem.findings if allow_partial else unused
            if not leaving:
                found, rules_left = _further(document, problem, bundle, package)
                raise FindingsError(found, rules_left=rules_left, partial_helps=True) from None
            pruned = without(document, leaving) or without(document, leaving, whole=True)
            if pruned is None:
                raise
            document = pruned.document
            left_out += map(_as_warning, leaving, pruned.left_out)
        else:
            lines = tuple(dict.fromkeys(_line(finding) for finding in sorted(left_out)))
            return attrs.evolve(content, not_covered=lines), left_out


def _further(
    document: dict[str, Any], problem: FindingsError, bundle: Bundle, package: str
) -> tuple[list[Finding], bool]:
    """Return everything that cannot be expressed, and whether something may be left to find.

    What the tool refuses keeps all the rest from being looked at, which is then done without that.
    """
    found, refused = list(problem.findings), set[str]()
    while problem.rules_left:
        refusals = [one for one in problem.findings if one.rule == "not-generated"]
        causes = [one for one in refusals if one.message.startswith(OF_THE_TOOL)] or refusals
        pruned = without(document, causes, whole=True) if causes else None
        if pruned is None:
            return sorted(found), True
        refused |= {component_of(one.pointer) for one in causes} - {""}
        try:
            _understand(pruned.document, bundle, package)
        except FindingsError as next_problem:
            # What leads to something that was refused only seems to be wrong.
            found += [
                one
                for one in next_problem.findings
                if one not in found and refused.isdisjoint(_components(document, one.pointer))
            ]
            problem = next_problem
            document = pruned.document
        else:
            break
    return sorted(found), False


def _is_unused(finding: Finding, used: set[str]) -> bool:
    component = component_of(finding.pointer)
    return component.startswith("/components/schemas/") and component not in used


def _as_warning(finding: Finding, what: str) -> Finding:
    return attrs.evolve(finding, severity=Severity.WARNING, message=f"{finding.message}; {what}")


def _line(finding: Finding) -> str:
    return f"{finding.message} ({finding.pointer})"


def _understand(document: dict[str, Any], bundle: Bundle, package: str) -> ir.Package:
    prepared = prepare(document)
    if large := list(too_large(prepared)):
        # The tool would not end on these.
        found = [error(bundle.origin(at), "type-size", message, at) for at, message in large]
        raise FindingsError(found, rules_left=True)
    problems = coverage.findings(coverage.uncovered(prepared), bundle.origin)
    problems += coverage.findings(coverage.misnamed_members(document), bundle.origin)
    parsed: Parsed | None = None
    content: ir.Package | None = None
    try:
        distinct, names = with_distinct_names(with_components(prepared))
        parsed = with_own_names(parse(distinct, bundle.origin), names)
        problems += coverage.findings(coverage.incomplete(prepared, parsed), bundle.origin)
        content = assemble(parsed, prepared, package=package, origin=bundle.origin)
    except FindingsError as problem:
        problems += _causes(problem.findings, problems, prepared)
    if problems or content is None:
        raise FindingsError(problems, rules_left=parsed is None)
    return content


def _causes(found: list[Finding], problems: list[Finding], document: dict[str, Any]) -> list[Finding]:
    """Leave out what only follows from something else.

    That is what the tool says of a place in which something was found already, and of an operation that leads to one.
    """
    causes = [
        one for one in found if not any(pointers.contains(one.pointer, known.pointer) for known in problems)
    ]
    refused = {component_of(one.pointer) for one in (*causes, *problems)} - {""}
    return [
        one
        for one in causes
        if one.rule != "not-generated"
        or not refused
        or refused.isdisjoint(_components(document, one.pointer))
    ]


def _components(document: dict[str, Any], pointer: str) -> set[str]:
    """Return the components that an operation leads to; none for another place."""
    match pointers.split(pointer):
        case ["paths", path, method, *_] if method in METHODS:
            item = document["paths"].get(path, {})
            return reached(document, item.get(method, {}), item.get("parameters", []))
        case _:
            return set()
