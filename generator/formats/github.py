"""Findings as workflow commands, which GitHub Actions shows beside the line in a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from generator.findings import Finding, printable
from generator.formats.repository import path_in_repository


def render(findings: Sequence[Finding]) -> str:
    """Return each finding as `::error file=…,line=…,col=…,title=rule::message`, or `::warning …`, on its line."""
    return "".join(_command(finding) for finding in findings)


def _command(finding: Finding) -> str:
    place = finding.location
    properties = {
        "file": path_in_repository(place.path).as_posix(),
        "line": str(place.line),
        "col": str(place.column),
        "title": finding.rule,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    where = f" [{finding.pointer}]" if finding.pointer else ""
    return f"::{finding.severity} {written}::{_data(finding.message + where)}\n"


def _data(text: str) -> str:
    """Return a text that stays on its line; the runner takes `%` for the beginning of an escape."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    """Return a text that ends neither its property nor the list of them."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
