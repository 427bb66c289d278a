"""Findings as text: for people, for programs, for pull requests.

Each format is a module with `render(findings)`; none of them is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.findings import Finding


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def render(findings: Sequence[Finding], form: Format, *, coloured: bool = False) -> str:
    """Return findings in a format, with a line break at the end unless there is nothing to say.

    Args:
        findings: What to write.
        form: How.
        coloured: Whether text is for a terminal that shows colours; the other formats have none.
    """
    match form:
        case Format.TEXT if coloured:
            from generator.formats.text import render_coloured as chosen
        case Format.TEXT:
            from generator.formats.text import render as chosen
        case Format.JSON:
            from generator.formats.json import render as chosen
        case Format.GITHUB:
            from generator.formats.github import render as chosen
        case Format.SARIF:
            from generator.formats.sarif import render as chosen
    return chosen(findings)
