"""The rules of `check`, one module for each group of them."""

from __future__ import annotations

from generator.rules import (
    components,
    error_catalogue,
    examples,
    images,
    operations,
    parameters,
    responses,
    schemas,
    validity,
)
from generator.rules.registry import RULES, Rule

__all__ = [
    "RULES",
    "Rule",
    "components",
    "error_catalogue",
    "examples",
    "images",
    "operations",
    "parameters",
    "responses",
    "schemas",
    "validity",
]
