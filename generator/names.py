"""Names in generated code where the tool's own choice does not serve."""

from __future__ import annotations

import keyword
from typing import Final

# Annotations in the same class body are evaluated with its attributes in scope, so an attribute must not hide a type
# that annotations use, nor what every model has.
_TAKEN: Final = frozenset(
    {"str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "self", "from_dict", "to_dict"}
)


def attribute(wire_name: str, proposed: str) -> str:
    """Return the name of an attribute: the JSON member's own wherever that is possible.

    The tool renames every name that Python has as a builtin (`type` to `type_`). As an attribute such a name does no
    harm, and a member that keeps its name is decoded without a detour.
    """
    own = (
        wire_name.isidentifier()
        and wire_name.isascii()
        and wire_name == wire_name.lower()
        and not wire_name.startswith("_")
        and not keyword.iskeyword(wire_name)
        and wire_name not in _TAKEN
    )
    return wire_name if own else f"{proposed}_" if proposed in _TAKEN else proposed
