"""What several rules ask of a bundled document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.plain import is_list, is_mapping
from generator.structure import METHODS, Place, is_reference, resolve


@attrs.frozen
class Operation:
    """An operation under `paths`.

    Attributes:
        pointer: Where it stands.
        path: The path template.
        method: The HTTP method, in lower case.
        value: The operation itself.
        item: The path item that holds it.
    """

    pointer: str
    path: str
    method: str
    value: dict[str, Any]
    item: dict[str, Any]

    @property
    def name(self) -> str:
        """How messages call the operation."""
        return f"{self.method.upper()} {self.path}"


def operations(bundle: Bundle) -> Iterator[Operation]:
    """Yield the operations under `paths` in the order of the document."""
    for path, item in mapping(bundle.document, "paths").items():
        if not is_mapping(item):
            continue
        for method, value in item.items():
            if method in METHODS and is_mapping(value):
                yield Operation(pointers.join("/paths", path, method), path, method, value, item)


def mapping(value: Any, name: str) -> dict[str, Any]:
    """Return a member that is a mapping; an empty one if it is absent or something else."""
    member = value.get(name) if is_mapping(value) else None
    return member if is_mapping(member) else {}


def sequence(value: Any, name: str) -> list[Any]:
    """Return a member that is a list; an empty one if it is absent or something else."""
    member = value.get(name) if is_mapping(value) else None
    return member if is_list(member) else []


def members(bundle: Bundle, pointer: str, value: Any, name: str) -> Iterator[tuple[str, str, Any]]:
    """Yield the objects in a map, with the references to them followed: name, pointer and object."""
    for key, member in mapping(value, name).items():
        where, target = resolve(bundle.document, pointers.join(pointer, name, key), member)
        yield key, where, target


def parameters(bundle: Bundle, operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the parameters of an operation and where they are listed, those of its path item first."""
    for pointer, holder in (
        (pointers.parent(operation.pointer), operation.item),
        (operation.pointer, operation.value),
    ):
        for index, listed in enumerate(sequence(holder, "parameters")):
            where = pointers.join(pointer, "parameters", index)
            _, parameter = resolve(bundle.document, where, listed)
            if is_mapping(parameter):
                yield where, parameter


def is_json(media_type: str) -> bool:
    """Return whether a media type is JSON, such as `application/json; charset=utf-8` or `text/x+json`."""
    essence = media_type.split(";")[0].strip().lower()
    return essence in ("application/json", "text/json") or essence.endswith("+json")


def is_blank(value: Any) -> bool:
    """Return whether something that should be a text says nothing."""
    return not isinstance(value, str) or not value.strip()


def has_example(value: dict[str, Any]) -> bool:
    """Return whether an object carries an example, in either form."""
    return "example" in value or bool(value.get("examples"))


def content_examples(bundle: Bundle, place: Place) -> Iterator[tuple[str, Any]]:
    """Yield the examples of a media type, a parameter or a header, in either form: pointer and value."""
    if is_reference(place.value):
        return
    if "example" in place.value:
        yield pointers.join(place.pointer, "example"), place.value["example"]
    for _, where, example in members(bundle, place.pointer, place.value, "examples"):
        if is_mapping(example) and "value" in example:
            yield pointers.join(where, "value"), example["value"]
