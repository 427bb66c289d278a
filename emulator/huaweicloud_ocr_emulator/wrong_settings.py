"""What is said of settings that are not usable: where each stands, its value, and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from huaweicloud_ocr_emulator.settings import SECRETS, shown

_WORDS = {
    "int_parsing": "is no whole number",
    "int_parsing_size": "is no whole number of a usual size",
    "int_type": "is no whole number",
    "int_from_float": "is no whole number",
    "float_parsing": "is no number",
    "float_type": "is no number",
    "finite_number": "is no number that ends",
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "string_type": "is no text",
    "tuple_type": "is no list",
    "greater_than_equal": "is less than {ge:g}",
    "less_than_equal": "is more than {le:g}",
    "greater_than": "is not more than {gt:g}",
    "literal_error": "is none of {expected}",
    "dataclass_type": "is no text such as the one in --help",
}
"""How the kinds of errors of pydantic are worded here."""


def tell(error: ValidationError, place: Callable[[str], str], unknown: Callable[[str], str]) -> str:
    """Say what is wrong with settings, a line for each.

    Args:
        error: What pydantic found.
        place: Returns where a setting stands, such as `argument --port`.
        unknown: Returns what to say of a name that no setting has.
    """
    return "\n".join(_line(problem, place, unknown) for problem in error.errors())


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `: did you mean X?` for the known name that is most alike, or nothing."""
    by_lower = {other.lower(): other for other in known}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    return f": did you mean {by_lower[close[0]]}?" if close else ""


def _line(problem: ErrorDetails, place: Callable[[str], str], unknown: Callable[[str], str]) -> str:
    context: dict[str, Any] = problem.get("ctx", {})
    if problem["type"] == "goes_together":
        given, missing = context["given"], context["missing"]
        return f"{place(given)}: goes together with {missing}: set {missing} too, or leave {given} out"
    name = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        return unknown(name)
    return f"{place(name)}: {_why(name, problem, context)}"


def _why(name: str, problem: ErrorDetails, context: dict[str, Any]) -> str:
    if problem["type"] == "value_error":
        return str(context["error"])  # ours, which shows the value where it may be shown
    value = "what is set" if name in SECRETS else shown(problem["input"])
    words = _WORDS.get(problem["type"])
    if words is None:
        return f"{value}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
    return f"{value} {words.format(**context)}"
