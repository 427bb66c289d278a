"""What breaks a schema, in words for the log that repeat no value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, cast

import jsonschema_rs

_MOST_TOLD: Final = 10
"""Of more faults than these the log would not get clearer, only longer."""


@dataclass(frozen=True, slots=True)
class BodyCheck:
    """Holds bodies to a schema.

    Attributes:
        validator: Made from the schema; it masks values in its messages.
        alternatives: The members of which the schema wants exactly one, if it does.
    """

    validator: jsonschema_rs.Draft202012Validator
    alternatives: tuple[str, ...] = ()

    def faults(self, body: object) -> list[str]:
        """Return what breaks the schema, ten faults at most, the members concerned by their names."""
        errors = list(islice(_first_of_each_place(self.validator.iter_errors(body)), _MOST_TOLD))
        if not errors:
            return []
        if not isinstance(body, dict):
            # Whatever else the schema says of it follows from this.
            return ["the body is no object"]
        return [self._worded(error, cast(dict[str, Any], body)) for error in errors]

    def _worded(self, error: jsonschema_rs.ValidationError, body: dict[str, Any]) -> str:
        where = ".".join(str(key) for key in error.instance_path)
        if where or not self.alternatives or error.kind.name != "oneOf":
            return f"{where or 'the body'}: {_message(error)}"
        given = [name for name in self.alternatives if name in body]
        if not given:
            return f"neither {' nor '.join(self.alternatives)} is given"
        return f"{' and '.join(given)} are {'both' if len(given) == 2 else 'all'} given"


def _first_of_each_place(
    errors: Iterable[jsonschema_rs.ValidationError],
) -> Iterator[jsonschema_rs.ValidationError]:
    """Leave out that a value of a wrong type is none of those that are allowed either."""
    seen: set[tuple[Any, ...]] = set()
    for error in errors:
        place = tuple(error.instance_path)
        if not place or place not in seen:
            seen.add(place)
            yield error


def _message(error: jsonschema_rs.ValidationError) -> str:
    # The library tells but two of the values.
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Enum):
        return f"the value is none of {', '.join(map(json.dumps, error.kind.options))}"
    return error.message


def alternatives_of(schema: dict[str, Any]) -> tuple[str, ...]:
    """Return the members of which a schema wants exactly one, where its `oneOf` says just that."""
    wanted = [
        {key: value for key, value in choice.items() if key not in ("title", "description")}
        for choice in schema.get("oneOf", [])
    ]
    names = tuple(choice["required"][0] for choice in wanted if choice.get("required"))
    return names if wanted == [{"required": [name]} for name in names] else ()
