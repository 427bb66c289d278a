"""Bytes where only text can be: within JSON, and in forms of an address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator import pointer as pointers
from generator.media import bare, is_json
from generator.plain import is_list, is_mapping
from generator.structure import Place, resolve

_FORM: Final = "application/x-www-form-urlencoded"


def bytes_in_text(document: dict[str, Any], place: Place) -> Iterator[str]:
    """Yield the pointers of schemas within a media type that say `format: binary` though no bytes can be there.

    A body that is nothing but bytes is not among them.
    """
    media_type = pointers.split(place.pointer)[-1]
    if not is_json(media_type) and bare(media_type) != _FORM:
        return
    seen: set[str] = set()
    pending = list(_parts(document, f"{place.pointer}/schema", place.value.get("schema")))
    while pending:
        where, schema = resolve(document, *pending.pop())
        if where in seen or not is_mapping(schema):
            continue
        seen.add(where)
        if schema.get("format") == "binary" and schema.get("type", "string") in (
            "string",
            ["string", "null"],
        ):
            yield f"{where}/format"
        pending += _parts(document, where, schema)


def _parts(document: dict[str, Any], pointer: str, schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield the schemas of parts of a value, and those that it is put together of, with their pointers."""
    where, schema = resolve(document, pointer, schema)
    if not is_mapping(schema):
        return
    for keyword in ("items", "additionalProperties"):
        yield f"{where}/{keyword}", schema.get(keyword)
    for name, member in (schema.get("properties") or {}).items():
        yield pointers.join(where, "properties", name), member
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, one in enumerate(schema[keyword] if is_list(schema.get(keyword)) else ()):
            yield pointers.join(where, keyword, index), one
