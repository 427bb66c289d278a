"""Options of a command from the table, and their values."""

from __future__ import annotations

import json
import math
from typing import Any, Final

import click

from .help import CONNECTION, OPTIONS, Complete, SectionOption
from .table import Option

_LONGEST_CHOICE: Final = 60
"""Characters of all values beyond which they stand in the text, not at the option."""


def to_click(option: Option) -> click.Option:
    """Return an option of the table as one of click."""
    is_flag = option.kind == "boolean" and not option.many
    name = f"--{option.flag}/--no-{option.flag}" if is_flag and option.has_no else f"--{option.flag}"
    section = CONNECTION if option.location in ("client", "server") else OPTIONS
    about, is_long = option.about, sum(map(len, option.values)) > _LONGEST_CHOICE
    if is_long:
        about = f"{about} One of {', '.join(option.values)}.".strip()
    if option.default is not None:
        about = f"{about} Default: {option.default}.".strip()
    kind: dict[str, Any] = {"is_flag": True} if is_flag else {"type": _type(option)}
    if is_flag and not option.required:
        kind["default"] = None  # absent is something else than false
    if is_long or option.kind in ("json", "scalar"):
        kind["metavar"] = option.flag.upper() if is_long else option.kind.upper().replace("SCALAR", "VALUE")
    return SectionOption(
        [name, destination(option)],
        section=section,
        help=about.replace("\n\n", " "),
        multiple=option.many,
        required=option.required,
        envvar=option.variable or None,
        show_envvar=bool(option.variable),
        shell_complete=_completed(option.suggestions) if option.suggestions else None,
        **kind,
    )


def destination(option: Option) -> str:
    """Return the name under which click keeps the value of an option, unlike that of any other."""
    return f"{option.location}_{option.name}"


def value(option: Option, given: Any) -> Any:
    """Return what click read as the call takes it; None if it is absent."""
    if option.many:
        return [_one(option, item) for item in given] if given else None
    return None if given is None else _one(option, given)


def _one(option: Option, given: Any) -> Any:
    return int(given) if option.kind == "integer_choice" else given


def _completed(values: tuple[str, ...]) -> Complete:
    return lambda ctx, param, incomplete: [value for value in values if value.startswith(incomplete)]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise click.BadParameter(f"{text!r} is not JSON: {error}") from None


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _type(option: Option) -> Any:
    match option.kind:
        case "integer" if option.least is None and option.most is None:
            return click.INT  # a range would show its lack of bounds as one
        case "number" if option.least is None and option.most is None:
            return click.FLOAT
        case "integer":
            return click.IntRange(
                None if option.least is None else math.ceil(option.least),
                None if option.most is None else math.floor(option.most),
                option.open_least,
                option.open_most,
            )
        case "number":
            return click.FloatRange(option.least, option.most, option.open_least, option.open_most)
        case "boolean":
            return click.BOOL
        case "choice" | "integer_choice":
            return click.Choice(option.values)
        case "file":
            return click.Path(allow_dash=True)
        case "json":
            return _json
        case "scalar":
            return _json_or_text
        case "text":
            return click.STRING
