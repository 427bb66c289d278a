"""The operations of a document, as its pages and its examples need them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from generator import pointer as pointers
from generator.plain import is_mapping
from generator.structure import METHODS, resolve


@attrs.frozen
class Operation:
    """An operation.

    Attributes:
        name: Its `operationId`; method and path where it has none.
        method: In capitals.
        path: With its variables in braces.
        pointer: JSON pointer of it in the document.
        value: The object itself.
    """

    name: str
    method: str
    path: str
    pointer: str
    value: dict[str, Any]

    @property
    def summary(self) -> str:
        """What it is called for people."""
        return str(self.value.get("summary") or self.name)

    @property
    def is_deprecated(self) -> bool:
        """Whether it should not be used any more."""
        return self.value.get("deprecated") is True


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Yield every operation in the order of writing."""
    for path, item in (document.get("paths") or {}).items():
        pointer, item = resolve(document, pointers.from_tokens(["paths", path]), item)
        for method, value in item.items() if is_mapping(item) else ():
            if method in METHODS and is_mapping(value):
                name = str(value.get("operationId") or f"{method}-{path}")
                yield Operation(name, method.upper(), path, pointers.join(pointer, method), value)
