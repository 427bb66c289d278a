"""From a bundled description to what is generated, or to everything that stands in the way."""

from __future__ import annotations

from typing import Any

import attrs

from generator import coverage, ir, pointer as pointers
from generator.adapter import Parsed, parse
from generator.assemble import assemble
from generator.bundle import Bundle
from generator.errors import FindingsError
from generator.extent import too_large
from generator.findings import Finding, Severity, error
from generator.partial import without
from generator.prepare import prepare


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
            pruned = without(document, problem.findings) if allow_partial else None
            if pruned is None:
                raise
            document = pruned
            left_out += [attrs.evolve(finding, severity=Severity.WARNING) for finding in problem.findings]
        else:
            return attrs.evolve(content, not_covered=tuple(_lines(left_out))), left_out


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
        parsed = parse(prepared, bundle.origin)
        problems += coverage.findings(coverage.incomplete(prepared, parsed), bundle.origin)
        content = assemble(parsed, prepared, package=package, origin=bundle.origin)
    except FindingsError as problem:
        # What the tool says of a place, in which something was found already, only follows from that.
        problems += [found for found in problem.findings if not _contains(found.pointer, problems)]
    if problems or content is None:
        raise FindingsError(problems, rules_left=parsed is None)
    return content


def _contains(pointer: str, problems: list[Finding]) -> bool:
    return any(pointers.contains(pointer, problem.pointer) for problem in problems)


def _lines(findings: list[Finding]) -> list[str]:
    return sorted({f"{finding.pointer}: {finding.message}" for finding in findings})
