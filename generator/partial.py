"""A description without what cannot be expressed, for those who accept a client that lacks it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import attrs

from generator import pointer as pointers
from generator.findings import Finding
from generator.media import keep_one
from generator.structure import METHODS, Kind, Shape, resolve, slot_of, value_at, walk

_ANY: Final = "taken for any JSON: "
_LACKS: Final = "left out: "


@attrs.frozen
class Pruned:
    """A description that lacks something.

    Attributes:
        document: The description.
        left_out: For each finding what was left out because of it.
    """

    document: dict[str, Any]
    left_out: tuple[str, ...]


def without(document: dict[str, Any], findings: Iterable[Finding], *, whole: bool = False) -> Pruned | None:
    """Return a copy of a bundled description that lacks what findings are about, and as little else as possible.

    Names of an enum's members go, an optional parameter, one of several media types, callbacks, webhooks; a schema
    becomes one that allows any JSON, be it that of a member. Everything else takes its operation along.

    Args:
        document: The description.
        findings: What they are about is left out.
        whole: Whether to leave out whole operations and components at once.

    Returns:
        The copy, or None when nothing changed, or a finding is about nothing that can be left out.
    """
    pruned = copy.deepcopy(document)
    left_out: list[str] = []
    for finding in findings:
        place = pointers.split(finding.pointer)
        what = (None if whole else _part(pruned, place, finding.rule)) or _whole(pruned, place)
        if what is None:
            return None
        left_out.append(what)
    _close_gaps(pruned)
    return None if pruned == document else Pruned(pruned, tuple(left_out))


def operations(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Return each operation of a bundled description as text, by path and method."""
    found: dict[tuple[str, str], str] = {}
    for path, raw in document.get("paths", {}).items():
        item = resolve(document, "", raw)[1]
        for method in METHODS:
            if method in item:
                name = item[method].get("operationId")
                found[path, method] = f"{method.upper()} {path}{f' ({name})' if name else ''}"
    return found


def _part(document: dict[str, Any], place: list[str], rule: str) -> str | None:
    """Leave out a part and return what it is; None where it does not go without the whole."""
    match place:
        case [*holder, "x-enum-varnames"]:
            with suppress(KeyError):  # what holds it may be left out already
                value_at(document, pointers.join("", *holder)).pop("x-enum-varnames", None)
            return f"{_LACKS}the names of its members"
        case ["webhooks", *_]:
            document.pop("webhooks", None)
            return f"{_LACKS}the webhooks"
        case ["paths", path, method, "callbacks", *_] if method in METHODS:
            with suppress(KeyError):
                document["paths"][path][method].pop("callbacks", None)
            return f"{_LACKS}the callbacks of {_named(document, path, method)}"
        case ["components", "securitySchemes", name, *_]:
            document["components"]["securitySchemes"].pop(name, None)
            return f"{_LACKS}a class for {name}, for which calls take an `auth` of your own"
        case (
            ["paths", _, "parameters", _, *_]
            | ["paths", _, _, "parameters", _, *_]
            | ["components", "parameters", _, *_]
        ):
            return _parameter(document, place)
        case _ if rule in {"one-body", "one-answer"}:
            return _media_types(document, place)
        case _:
            return _schema(document, place)


def _whole(document: dict[str, Any], place: list[str]) -> str | None:
    """Leave out a whole operation, path or component, and return what it is."""
    match place:
        case ["paths", path, method, *_] if method in METHODS:
            name = _named(document, path, method)
            document["paths"].get(path, {}).pop(method, None)
            return f"{_LACKS}{name}"
        case ["paths", path, *_]:
            names = [name for (of, _), name in operations(document).items() if of == path]
            document["paths"].pop(path, None)
            return f"{_LACKS}{', '.join(names) or path}"
        case ["servers", *_]:
            document.pop("servers", None)
            return f"{_LACKS}the addresses of servers, for which a client takes an `endpoint`"
        case ["components", "schemas", name, *_]:
            _allow_anything(document, ["components", "schemas", name])
            return f"{_ANY}{name}"
        case ["components", section, name, *_]:
            target = pointers.join("", "components", section, name)
            return f"{_LACKS}{', '.join(_users(document, pointers.to_reference(target))) or name}"
        case _:
            return None


def _parameter(document: dict[str, Any], place: list[str]) -> str | None:
    """Leave out an optional parameter, and return what it is."""
    depth = place.index("parameters", 1 if place[0] == "components" else 2) + 2
    pointer = pointers.join("", *place[:depth])
    try:
        parameter = resolve(document, pointer, value_at(document, pointer))[1]
    except KeyError:
        return None
    if not isinstance(parameter, dict) or parameter.get("required") is True:
        return None
    name = f"{_LACKS}the {parameter.get('in')} parameter {parameter.get('name')}"
    if place[0] == "components":
        _drop_references(document, pointers.to_reference(pointer))
        document["components"]["parameters"].pop(place[2], None)
        return name
    # Indices of the others must stay until all findings were looked at.
    value_at(document, pointers.parent(pointer))[int(place[depth - 1])] = None
    method = place[2] if place[2] in METHODS else ""
    return f"{name} of {_named(document, place[1], method) if method else place[1]}"


def _drop_references(document: dict[str, Any], reference: str) -> None:
    for place in walk(document):
        parameters = place.value.get("parameters")
        if place.kind in (Kind.OPERATION, Kind.PATH_ITEM) and isinstance(parameters, list):
            place.value["parameters"] = [
                None if isinstance(one, dict) and one.get("$ref") == reference else one for one in parameters
            ]


def _close_gaps(document: dict[str, Any]) -> None:
    for item in document.get("paths", {}).values():
        for holder in (item, *(item[method] for method in METHODS if method in item)):
            if isinstance(holder.get("parameters"), list):
                holder["parameters"] = [one for one in holder["parameters"] if one is not None]


def _media_types(document: dict[str, Any], place: list[str]) -> str | None:
    try:
        body = resolve(document, "", value_at(document, pointers.join("", *place)))[1]
        if place[-2] == "content":
            content = value_at(document, pointers.join("", *place[:-1]))
            content.pop(place[-1], None)
            return f"{_LACKS}{place[-1]}, beside {next(iter(content))}" if content else None
    except KeyError:
        return None
    content = body.get("content", {})
    kept = keep_one(content) if content else content
    if len(kept) == len(content):
        return None
    body["content"] = kept
    others = ", ".join(name for name in content if name not in kept)
    return f"{_LACKS}{others}, beside {next(iter(kept))}"


def _schema(document: dict[str, Any], place: list[str]) -> str | None:
    """Let the schema that a place is in allow anything: the innermost that stands for a value of its own."""
    ends: list[int] = []
    kind, index = Kind.DOCUMENT, 0
    while index < len(place):
        slot = slot_of(kind, place[index])
        kind, index = slot.kind, index + (1 if slot.shape is Shape.ONE else 2)
        if kind is Kind.SCHEMA and index <= len(place):
            ends.append(index)
        elif kind in (Kind.DATA, Kind.EXTENSION):
            break
    for end in reversed(ends):
        # Other members hold what a value has to be besides.
        if place[end - 2] in {"properties", "schemas"} or place[end - 1] in {
            "items",
            "additionalProperties",
            "schema",
        }:
            _allow_anything(document, place[:end])
            return f"{_ANY}{_short(document, place[:end])}"
    return None


def _allow_anything(document: dict[str, Any], place: list[str]) -> None:
    pointer = pointers.join("", *place)
    try:
        holder, schema = value_at(document, pointers.parent(pointer)), value_at(document, pointer)
    except KeyError:
        return  # what holds it allows anything already
    description = schema.get("description") if isinstance(schema, dict) else None
    anything = {"description": description} if description else {}
    holder[int(place[-1]) if isinstance(holder, list) else place[-1]] = anything
    if schema == anything or place[:2] != ["components", "schemas"] or len(place) != 3:
        return
    # What is put together of it would lose the members that it had.
    reference = pointers.to_reference(pointer)
    for user in list(walk(document)):
        parts = user.value.get("allOf") if user.kind is Kind.SCHEMA else None
        if isinstance(parts, list) and {"$ref": reference} in parts and len(parts) + len(user.value) > 2:
            _allow_anything(document, pointers.split(user.pointer))


def _short(document: dict[str, Any], place: list[str]) -> str:
    match place:
        case ["components", "schemas", *names]:
            return ".".join(name for name in names if name not in {"properties", "schemas"})
        case ["paths", path, method, *rest] if method in METHODS:
            below = ".".join(part for part in rest if part not in {"content", "schema", "properties"})
            return f"{below} of {_named(document, path, method)}"
        case _:
            return ".".join(place[-2:])


def _named(document: dict[str, Any], path: str, method: str) -> str:
    return operations(document).get((path, method), f"{method.upper()} {path}")


def _users(document: dict[str, Any], reference: str) -> list[str]:
    """Take out all operations that refer to a component, and return what they are."""
    text = json.dumps(reference)
    names = operations(document)
    gone: list[str] = []
    for path, item in document["paths"].items():
        shared = text in json.dumps({key: value for key, value in item.items() if key not in METHODS})
        for method in METHODS:
            if method in item and (shared or text in json.dumps(item[method])):
                del item[method]
                gone.append(names[path, method])
    return gone
