"""Findings for people, one on a line: `path:line:column: severity rule message [pointer]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator.findings import Finding, Severity, printable

_BOLD: Final = "\x1b[1m"
_DIM: Final = "\x1b[2m"
_PLAIN: Final = "\x1b[0m"
_COLOURS: Final = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m"}


def render(findings: Sequence[Finding]) -> str:
    """Return each finding on its line; terminals and editors make the beginning of it a link."""
    return "".join(f"{finding}\n" for finding in findings)


def render_coloured(findings: Sequence[Finding]) -> str:
    """Return the same for a terminal: place and severity stand out, the pointer stands back."""
    return "".join(f"{_coloured(finding)}\n" for finding in findings)


def _coloured(finding: Finding) -> str:
    severity = f"{_COLOURS[finding.severity]}{finding.severity} {finding.rule}{_PLAIN}"
    where = f" {_DIM}[{printable(finding.pointer)}]{_PLAIN}" if finding.pointer else ""
    return f"{_BOLD}{finding.location}{_PLAIN}: {severity} {printable(finding.message)}{where}"
