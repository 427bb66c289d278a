"""Everything that is wrong with a description, each mistake once.

A mistake has consequences: who misspells a reference also has a property without an example. So rules are asked
in stages, each of which trusts what the stages before it have found to be in order, and is left out when they
have found errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs

from generator import pointer as pointers
from generator.bundle import Bundle, assemble, without_clashes
from generator.document import Document
from generator.errors import FindingsError
from generator.findings import Finding, Location, Severity
from generator.rules import RULES
from generator.rules.registry import Rule, Stage
from generator.rules.settings import NAME, read_settings
from generator.rules.validity import OPENAPI_SCHEMA


def check(path: Path, *, outside_references: bool = False) -> list[Finding]:
    """Check a description: that it can be read, that references lead somewhere, that it is valid OpenAPI.

    If a file `rules.yaml` lies beside the root file, the description is also held to the house rules in it, once
    it is valid.

    Args:
        path: The root file.
        outside_references: Whether references may lead to files outside the folder of the root file.

    Returns:
        Everything that is wrong, sorted by path, line, column and rule; nothing if all is well.
    """
    try:
        return examine(path, outside_references=outside_references).findings
    except FindingsError as problem:
        return problem.findings


@attrs.frozen
class Examination:
    """A description, and what `check` says about it.

    Attributes:
        document: The description as it is written.
        bundle: The same in one piece.
        findings: Everything that is wrong, sorted.
        rules_left: Whether there are rules that were not asked because of errors.
    """

    document: Document
    bundle: Bundle
    findings: list[Finding]
    rules_left: bool


def examine(path: Path, *, outside_references: bool = False) -> Examination:
    """Read, bundle and check a description, for those who go on to use it if nothing is wrong.

    Raises:
        FindingsError: There is no bundle to be made of it, however incomplete.
    """
    try:
        document = Document.open(path, outside_references=outside_references)
        bundle, found = assemble(document)
    except FindingsError as problem:
        raise FindingsError(problem.findings, rules_left=True) from None
    last = Stage.SHAPE if _has_errors(found) else Stage.LEFTOVERS
    more, rules_left = _ask(bundle, house_rules_of(document), last)
    findings = sorted(without_clashes({*found, *_independent(more, found)}))
    return Examination(document, bundle, findings, rules_left)


def house_rules_of(document: Document) -> Path | None:
    """Return the file that lists the house rules of a description; None if it has none."""
    path = document.folder / NAME
    return path if path.is_file() else None


def check_bundle(bundle: Bundle, *, house_rules: Path | None) -> list[Finding]:
    """Check a bundled description against OpenAPI, and against the house rules that a file lists.

    Args:
        bundle: The description in one piece.
        house_rules: A file such as `rules.yaml`; None for validity alone.

    Returns:
        Everything that is wrong, sorted by path, line, column and rule.
    """
    return _ask(bundle, house_rules, Stage.LEFTOVERS)[0]


def _ask(bundle: Bundle, house_rules: Path | None, last: Stage) -> tuple[list[Finding], bool]:
    """Ask the rules up to a stage, as long as there are no errors; return also whether there are others left."""
    settings, findings = read_settings(house_rules) if house_rules else ({}, [])
    severities = {rule.id: Severity.ERROR for rule in RULES.values() if rule.always} | settings
    rules = {RULES[name]: severity for name, severity in severities.items()}
    found: list[Finding] = []
    rules_left = False
    for stage in Stage:
        if stage > last or _has_errors(found):
            rules_left |= any(rule.stage is stage for rule in rules)
        else:
            found += _breaches(bundle, rules, stage)
    return sorted({*findings, *found}), rules_left


def _breaches(bundle: Bundle, rules: dict[Rule, Severity], stage: Stage) -> list[Finding]:
    """Return what the rules of a stage find, less what another one of them says better."""
    found = {
        rule.id: [_finding(bundle, rule, severity, where, message) for where, message in rule.find(bundle)]
        for rule, severity in rules.items()
        if rule.stage is stage
    }
    kept: list[Finding] = []
    for identifier, findings in found.items():
        better = found.get(RULES[identifier].gives_way_to or "", [])
        told = {pointers.parent(one.pointer) for one in better if one.severity is Severity.ERROR}
        kept += (finding for finding in findings if finding.pointer not in told)
    return kept


def _finding(bundle: Bundle, rule: Rule, severity: Severity, where: str | Location, message: str) -> Finding:
    if isinstance(where, Location):
        return Finding(where, severity, rule.id, message)
    return Finding(bundle.origin(where), severity, rule.id, message, where)


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _independent(more: list[Finding], found: list[Finding]) -> list[Finding]:
    """Leave out what is not valid because of a reference that is wrong: its place, or the object that it is in."""
    places = {finding.location for finding in found}
    objects = {pointers.parent(one.pointer) for one in found if one.pointer.endswith("/$ref")}
    return [
        finding
        for finding in more
        if finding.rule != OPENAPI_SCHEMA
        or not (
            finding.location in places
            or finding.pointer in objects
            or pointers.parent(finding.pointer) in objects
        )
    ]
