"""Parts of a form that are bytes, and what the parts of a form are by their media types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator import pointer as pointers
from generator.media import bare, is_json
from generator.plain import is_list, is_mapping
from generator.structure import is_reference, resolve

_WRITTEN: Final = ("xml", "json", "yaml", "javascript", "x-www-form-urlencoded")
"""Ends of media types that are written as text though they do not say so."""

_OTHERWISE: Final = frozenset({"contentEncoding", "format", "enum", "const"})
"""Members of a schema that say of a text that it is no bytes."""

_DEEPEST: Final = 3
"""Levels of lists and alternatives that are looked through; a form has no more of them."""


def is_multipart(pointer: str) -> bool:
    """Return whether a pointer to a media type is one to that of a form in parts."""
    return bare(pointers.split(pointer)[-1]) == "multipart/form-data"


def describe_parts(document: dict[str, Any], media: dict[str, Any]) -> None:
    """Say of parts that are bytes what the tool takes for bytes, and where the schema says the media type, say it here.

    OpenAPI 3.1 knows bytes by their media type alone: `contentMediaType` of a text, or `contentType` of a part, in no
    encoding. Each may stand in a part of `allOf`, of a list or of alternatives, or behind a reference.
    """
    holders = list(_holders(document, media.get("schema")))
    encoding: dict[str, Any] = media.get("encoding") or {}
    as_bytes: set[str] = set()
    for holder in holders:
        for name, part in holder["properties"].items():
            given = str((encoding.get(name) or {}).get("contentType") or "")
            types = [one.strip() for one in given.split(",") if one.strip()]
            texts = list(_texts(document, part))
            if any(_is_bytes(text, types) for text in texts):
                as_bytes.add(name)
            own = next((str(text["contentMediaType"]) for text in texts if "contentMediaType" in text), "")
            if own and not types:
                encoding = {**encoding, name: {**(encoding.get(name) or {}), "contentType": own}}
    for holder in holders:
        for name in as_bytes.intersection(holder["properties"]):
            holder["properties"][name] = _with_bytes(document, holder["properties"][name])
    if encoding:
        media["encoding"] = encoding


def _is_bytes(text: dict[str, Any], types: list[str]) -> bool:
    if _OTHERWISE & set(text):
        return False
    if "contentMediaType" in text:
        return is_raw(str(text["contentMediaType"]))
    return bool(types) and not any(map(_is_written, types))


def is_raw(media_type: str) -> bool:
    """Return whether a text that is said to be of a media type is bytes."""
    name = bare(media_type)
    return not (name.startswith("text/") or is_json(name))


def _is_written(media_type: str) -> bool:
    """Return whether what is described as a text can well be one, of this media type."""
    return not is_raw(media_type) or bare(media_type).endswith(_WRITTEN)


def _holders(document: dict[str, Any], schema: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects that members come from: the schema, and the parts of `allOf`."""
    pending, seen = [schema], set[int]()
    while pending:
        one = resolve(document, "", pending.pop())[1]
        if is_mapping(one) and id(one) not in seen:
            seen.add(id(one))
            pending += one["allOf"] if is_list(one.get("allOf")) else []
            if is_mapping(one.get("properties")):
                yield one


def _texts(document: dict[str, Any], part: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the texts that a part may be, or that the items of a list may be."""
    schema = _followed(document, part)
    if _is_text(schema):
        yield schema
    for one in _inner(schema) if depth < _DEEPEST else ():
        yield from _texts(document, one, depth + 1)


def _with_bytes(document: dict[str, Any], part: Any, depth: int = 0) -> Any:
    """Return the schema of a part with the format of bytes; a reference gives way to what it stands for."""
    schema = _followed(document, part)
    if _is_text(schema):
        return schema if _OTHERWISE & set(schema) else {**schema, "format": "binary"}
    if depth == _DEEPEST or not _inner(schema):
        return part
    changed: dict[str, Any] = {
        key: [_with_bytes(document, one, depth + 1) for one in schema[key]]
        for key in ("anyOf", "oneOf")
        if key in schema
    }
    if "items" in schema:
        changed["items"] = _with_bytes(document, schema["items"], depth + 1)
    return {**schema, **changed}


def _is_text(schema: dict[str, Any]) -> bool:
    kinds = schema.get("type")
    return "string" in (kinds if is_list(kinds) else [kinds])


def _inner(schema: dict[str, Any]) -> list[Any]:
    """Return the items of a list, and alternatives."""
    items = [schema["items"]] if "items" in schema else []
    return [*items, *schema.get("anyOf", ()), *schema.get("oneOf", ())]


def _followed(document: dict[str, Any], value: Any) -> dict[str, Any]:
    """Return what a reference stands for, with what stands beside it where it was wrapped into `allOf`."""
    schema = resolve(document, "", value)[1]
    if not is_mapping(schema):
        return {}
    parts = schema.get("allOf")
    if is_list(parts) and len(parts) == 1 and is_reference(parts[0]):
        rest = {key: one for key, one in schema.items() if key != "allOf"}
        return {**_followed(document, parts[0]), **rest}
    return dict(schema)
