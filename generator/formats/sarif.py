"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from generator.explanations import explanation
from generator.findings import Finding, printable
from generator.formats.repository import path_in_repository

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(findings: Sequence[Finding]) -> str:
    """Return a log of one run, with the rules that the findings are about."""
    rules = sorted({finding.rule for finding in findings})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "generator",
                        "fullName": "Checks OpenAPI descriptions and generates clients from them",
                        "rules": [_rule(identifier) for identifier in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, rules.index(finding.rule)) for finding in findings],
            }
        ],
    }
    return json.dumps(log, indent=2) + "\n"


def _rule(identifier: str) -> dict[str, Any]:
    text = explanation(identifier)
    summary = text.partition("\n\n")[0]
    return {
        "id": identifier,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": text},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    place = finding.location
    path = path_in_repository(place.path)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(path)},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": _plain(finding.message)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(finding, path)},
    }


def _plain(text: str) -> str:
    """Return a text in which viewers find no link, for what a description says is not ours to link to."""
    return printable(text).replace("](", "] (")


def _uri(path: Path) -> str:
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(finding: Finding, path: Path) -> str:
    """Return what a finding is known by from run to run, also when lines are added above it."""
    known = (path.as_posix(), finding.rule, finding.pointer, finding.message)
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:32]
