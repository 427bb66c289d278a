"""What differs between two versions of a description, for those who build on the older one."""

from __future__ import annotations

from generator.comparison.changes import Change, Direction, Step, Verdict, step, worst
from generator.comparison.document import compare
from generator.comparison.render import changelog, markdown, text, to_json

__all__ = [
    "Change",
    "Direction",
    "Step",
    "Verdict",
    "changelog",
    "compare",
    "markdown",
    "step",
    "text",
    "to_json",
    "worst",
]
