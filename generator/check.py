"""Everything that is wrong with a description, in one go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.bundle import Bundle, assemble
from generator.document import Document
from generator.errors import FindingsError
from generator.findings import Finding, Severity
from generator.rules import RULES
from generator.rules.settings import NAME, read_settings
from generator.rules.validity import OPENAPI_SCHEMA


def check(path: Path) -> list[Finding]:
    """Check a description: that it can be read, that references lead somewhere, that it is valid OpenAPI.

    If a file `rules.yaml` lies beside the root file, the description is also held to the house rules in it.

    Returns:
        Everything that is wrong, sorted by path, line, column and rule; nothing if all is well.
    """
    try:
        document = Document.open(path)
        bundle, findings = assemble(document)
    except FindingsError as problem:
        return problem.findings
    told = {finding.location for finding in findings}
    more = check_bundle(bundle, house_rules=house_rules_of(document))
    # A reference that leads nowhere, or stands where none may, breaks the meta-schema too; once told is enough.
    return sorted(
        {*findings, *(one for one in more if one.rule != OPENAPI_SCHEMA or one.location not in told)}
    )


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
    settings, findings = read_settings(house_rules) if house_rules else ({}, [])
    severities = {rule.id: Severity.ERROR for rule in RULES.values() if rule.always} | settings
    return sorted({*findings, *_breaches(bundle, severities)})


def _breaches(bundle: Bundle, severities: dict[str, Severity]) -> Iterator[Finding]:
    for identifier, severity in severities.items():
        for pointer, message in RULES[identifier].find(bundle):
            yield Finding(bundle.origin(pointer), severity, identifier, message)
