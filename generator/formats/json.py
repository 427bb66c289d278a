"""Findings for programs, as one JSON document.

Its members keep their names and meaning; new ones may be added. A change that breaks readers raises `version`.

    version   1
    errors    number of findings that stop the run
    warnings  number of the others
    findings  list, sorted by path, line, column and rule, of
        path      of the file, relative to the working directory if it lies below it, with / between folders
        line      counted from 1
        column    in characters, counted from 1
        severity  "error" or "warning"
        rule      identifier that `python -m generator explain` knows
        message   what is wrong and what to do
        pointer   JSON pointer (RFC 6901) in the bundled description; "" where there is none
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from generator.findings import Finding, Severity, shown_path

VERSION: Final = 1


def render(findings: Sequence[Finding]) -> str:
    """Return the document, in ASCII, so that no text in it reaches a terminal as a command."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    document = {
        "version": VERSION,
        "errors": errors,
        "warnings": len(findings) - errors,
        "findings": [_record(finding) for finding in findings],
    }
    return json.dumps(document, indent=2) + "\n"


def _record(finding: Finding) -> dict[str, str | int]:
    place = finding.location
    return {
        "path": shown_path(place.path),
        "line": place.line,
        "column": place.column,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "message": finding.message,
        "pointer": finding.pointer,
    }
