"""The rules of `check`, one module for each group of them."""

from __future__ import annotations

from generator.rules import (
    access,
    components,
    deprecation,
    error_catalogue,
    error_kinds,
    examples,
    files,
    images,
    info,
    members,
    operations,
    parameters,
    path_parameters,
    responses,
    schemas,
    text_blocks,
    validity,
    words,
)
from generator.rules.registry import RULES, Rule, Stage

__all__ = [
    "RULES",
    "Rule",
    "Stage",
    "access",
    "components",
    "deprecation",
    "error_catalogue",
    "error_kinds",
    "examples",
    "files",
    "images",
    "info",
    "members",
    "operations",
    "parameters",
    "path_parameters",
    "responses",
    "schemas",
    "text_blocks",
    "validity",
    "words",
]
