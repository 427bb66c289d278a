"""The catalogue of error codes of a document, whatever its schemas of errors are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from generator.plain import is_list, is_mapping
from generator.rules.error_catalogue import CODES_KEY
from generator.rules.error_kinds import KINDS_KEY
from generator.structure import Kind, walk

ADVICE: Final[Mapping[str, tuple[str, str]]] = {
    "safe": (
        "Yes, as it is",
        "Nothing was done: wait a little, then send the same request again, each time after a longer wait.",
    ),
    "after_fix": (
        "After a change",
        "The same request fails again: do what the remedy says before you send it.",
    ),
    "never": ("No", "The same request fails again, whatever you do: it has to be another one."),
}
"""For each value of `retry` what to answer whether to send the request again, briefly and in full."""


@attrs.frozen
class ErrorCode:
    """A code that an error can have."""

    code: str
    status: int | None
    message: str | None
    meaning: str
    remedy: str
    retry: str
    kind: str | None


@attrs.frozen
class ErrorKind:
    """What errors have in common that call for the same."""

    name: str
    meaning: str
    remedy: str
    retry: str
    statuses: tuple[int, ...]
    codes: tuple[str, ...]


@attrs.frozen
class Errors:
    """All codes and kinds, in the order of writing."""

    codes: tuple[ErrorCode, ...]
    kinds: tuple[ErrorKind, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the same as plain data, for programs."""
        return {
            "codes": {one.code: _members(one, "code") for one in self.codes},
            "kinds": {one.name: _members(one, "name") for one in self.kinds},
            "retry": {name: about for name, (_, about) in ADVICE.items()},
        }


def errors(document: dict[str, Any]) -> Errors:
    """Return the codes and kinds of a bundled document; of those with the same name the first."""
    codes: dict[str, Mapping[str, Any]] = {}
    kinds: dict[str, Mapping[str, Any]] = {}
    for place in walk(document):
        if place.kind is Kind.SCHEMA:
            for found, key in ((codes, CODES_KEY), (kinds, KINDS_KEY)):
                entries = place.value.get(key)
                for name, entry in entries.items() if is_mapping(entries) else ():
                    if is_mapping(entry):
                        found.setdefault(name, entry)
    known = tuple(
        ErrorCode(
            code=code,
            status=_integer(entry.get("status")),
            message=_text(entry.get("message")) or None,
            meaning=_text(entry.get("meaning")),
            remedy=_text(entry.get("remedy")),
            retry=_text(entry.get("retry")),
            kind=_text(entry.get("kind")) or None,
        )
        for code, entry in codes.items()
    )
    return Errors(known, tuple(_kind(name, entry, known) for name, entry in kinds.items()))


def _kind(name: str, entry: Mapping[str, Any], known: tuple[ErrorCode, ...]) -> ErrorKind:
    statuses = entry.get("statuses")
    found = [_integer(status) for status in statuses] if is_list(statuses) else []
    return ErrorKind(
        name=name,
        meaning=_text(entry.get("meaning")),
        remedy=_text(entry.get("remedy")),
        retry=_text(entry.get("retry")),
        statuses=tuple(status for status in found if status is not None),
        codes=tuple(one.code for one in known if one.kind == name),
    )


def _members(one: ErrorCode | ErrorKind, left_out: str) -> dict[str, Any]:
    return {key: value for key, value in attrs.asdict(one).items() if key != left_out}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _integer(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
