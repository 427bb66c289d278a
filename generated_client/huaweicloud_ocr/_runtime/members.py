"""What a model's class tells of its members: their names in JSON, whether they have to be there, and their types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast, get_type_hints

import attrs

WIRE_NAME: Final = "wire_name"
"""Key in a field's metadata: name of the JSON member, where it differs from the attribute's."""

REQUIRED: Final = "required"
"""Key in a field's metadata: the member has to be there, though the attribute has a default.

The value is True, or only where: `IN_ANSWERS` or `IN_REQUESTS`.
"""

IN_ANSWERS: Final = "answers"
IN_REQUESTS: Final = "requests"

UNKNOWN_MEMBERS: Final = "unknown_members"
"""Key in a field's metadata: this field keeps the members that the model does not know."""


def wire_name(field: attrs.Attribute[Any]) -> str:
    """Return the name of a field's JSON member."""
    return cast(str, field.metadata.get(WIRE_NAME, field.name))


def hints_of(kind: type[Any]) -> Mapping[str, Any]:
    """Return the types of a model's attributes."""
    found = _type_hints.get(kind)
    if found is None:
        found = _type_hints[kind] = get_type_hints(kind, include_extras=True)
    return found


_type_hints: Final[dict[type[Any], Mapping[str, Any]]] = {}
