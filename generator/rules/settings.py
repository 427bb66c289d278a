"""Which house rules a description is held to: the file `rules.yaml` beside its root file."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs

from generator import pointer as pointers
from generator.errors import FindingsError
from generator.findings import Finding, Severity, error, quoted
from generator.plain import is_mapping
from generator.rules.registry import RULES
from generator.source import read_source
from generator.spelling import hint
from generator.violations import explain

NAME = "rules.yaml"
"""Name of the file."""

_SHAPE = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["severity", "reason"],
        "additionalProperties": False,
        "properties": {
            "severity": {"enum": [severity.value for severity in Severity]},
            "reason": {"type": "string", "pattern": r"\S"},
        },
    },
}
_VALIDATOR = jsonschema_rs.Draft202012Validator(_SHAPE)
_RULE = "house-rules"


def read_settings(path: Path) -> tuple[dict[str, Severity], list[Finding]]:
    """Return the house rules that a file lists, each with its severity, and what is wrong with the file.

    The file is a map from the identifier of a rule to its `severity`, error or warning, and the `reason` why
    this description is held to it.
    """
    try:
        source = read_source(path.resolve())
    except FindingsError as problem:
        return {}, problem.findings
    findings = list(source.findings)
    for violation in explain(_VALIDATOR.iter_errors(source.data), {"": _SHAPE}):
        findings.append(error(source.locate(violation.pointer), _RULE, violation.message))
    settings: dict[str, Severity] = {}
    for identifier, entry in source.data.items() if is_mapping(source.data) else ():
        rule = RULES.get(identifier)
        if rule is None or rule.always:
            findings.append(error(source.locate(pointers.join("", identifier)), _RULE, _unknown(identifier)))
        elif is_mapping(entry) and entry.get("severity") in list(Severity):
            settings[identifier] = Severity(entry["severity"])
    return settings, findings


def _unknown(identifier: str) -> str:
    if identifier in RULES:
        return f"{quoted(identifier)} is a rule that every description is held to; it need not be listed"
    optional = [rule.id for rule in RULES.values() if not rule.always]
    meant = hint(identifier, optional) or f"; there are: {', '.join(sorted(optional))}"
    return f"there is no rule {quoted(identifier)}{meant}"
