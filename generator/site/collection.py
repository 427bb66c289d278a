"""What the converter for Postman leaves out of a collection."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from generator.plain import is_list, is_mapping
from generator.site.error_codes import errors

_USED: Final = re.compile(r"\{\{([^{}]+)\}\}")
_FAULT: Final = HTTPStatus.INTERNAL_SERVER_ERROR
"""The status of an answer of which no status is known, such as the `default` one: a collection has to name one."""


def complete(collection: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Return a collection that has each variable that it authenticates with, and a status for each answer.

    Args:
        collection: As the converter makes it.
        document: The description it is made of, whose catalogue knows the statuses of some errors.
    """
    statuses = {one.code: one.status for one in errors(document).codes}
    known = [*collection.get("variable", ())]
    names = {one["key"] for one in known}
    missing = [name for name in dict.fromkeys(_authenticating(collection)) if name not in names]
    known += [{"key": name, "value": "", "description": "Yours: never share it."} for name in missing]
    made: dict[str, Any] = _answering(collection, statuses)
    return {**made, "variable": known} if known else made


def _authenticating(value: Any, *, within: bool = False) -> Iterator[str]:
    """Yield the names of the variables that stand in an `auth`, wherever one is."""
    if is_mapping(value):
        for name, member in value.items():
            yield from _authenticating(member, within=within or name == "auth")
    elif is_list(value):
        for item in value:
            yield from _authenticating(item, within=within)
    elif within and isinstance(value, str):
        yield from _USED.findall(value)


def _answering(value: Any, statuses: dict[str, int | None]) -> Any:
    if is_list(value):
        return [_answering(item, statuses) for item in value]
    if not is_mapping(value):
        return value
    made = {name: _answering(member, statuses) for name, member in value.items()}
    if "originalRequest" in made and not made.get("code"):  # an answer that is kept beside a request
        status = HTTPStatus(_status(made.get("body"), statuses))
        made |= {"code": int(status), "status": status.phrase}
    return made


def _status(body: Any, statuses: dict[str, int | None]) -> int:
    """Return the status of an error by the code that its example has."""
    try:
        found = json.loads(body) if isinstance(body, str) else None
    except ValueError:
        found = None
    texts = [one for one in found.values() if isinstance(one, str)] if is_mapping(found) else []
    status = next((statuses[one] for one in texts if statuses.get(one)), None)
    return status if status in {one.value for one in HTTPStatus} else _FAULT
