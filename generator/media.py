"""Which of the media types of a body a client uses; it says so in `Accept` and `Content-Type`."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from generator.structure import Kind, resolve, walk

ACCEPT: Final = "x-generator-accept"
"""Member of a response with the media type that is asked for, where that is not what its kind is asked for by."""

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"

ANY: Final = frozenset({"*/*", "application/*"})

Reading: TypeAlias = Literal["json", "text", "bytes"]


def bare(media_type: str) -> str:
    """Return a media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Return whether a media type is JSON; so is one that leaves the type open, unless it was chosen to be bytes."""
    name = bare(media_type)
    return name == JSON or name.endswith("+json") or name in ANY


def choose_media(document: dict[str, Any]) -> None:
    """Leave one media type to each body of a prepared description where nothing is lost by that.

    JSON goes before others in an answer; in a request it does when all have the same schema. What is no text and no
    JSON is read as bytes. Bodies for which there is no choice stay as they are.
    """
    for place in walk(document):
        content = place.value.get("content")
        if place.kind is Kind.RESPONSE and content:
            _choose_answer(document, place.value, _is_error(place.pointer))
        elif place.kind is Kind.REQUEST_BODY and content and len(content) > 1:
            schemas = [media.get("schema") for media in content.values()]
            preferred = _preferred(content)
            if is_json(preferred) and all(schema == schemas[0] for schema in schemas):
                place.value["content"] = {preferred: content[preferred]}


def keep_one(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a body with one media type: JSON, or else the first that can be read."""
    name = _preferred(content)
    return {name: content[name]}


def _choose_answer(document: dict[str, Any], response: dict[str, Any], is_error: bool) -> None:
    content: dict[str, Any] = response["content"]
    readings = {
        name: reading for name, media in content.items() if (reading := _reading(document, name, media))
    }
    if not readings and is_error:
        response["content"] = {}  # it stands in the raw response, whatever it is
        return
    as_json = [name for name, reading in readings.items() if reading == "json"]
    exact = [name for name in as_json if bare(name) == JSON]
    if not as_json and len(readings) != 1:
        return
    name = next(iter(exact or as_json or readings))
    media, reading = content[name], readings[name]
    if reading == "bytes":
        response["content"] = {BYTES: {**media, "schema": {"type": "string", "format": "binary"}}}
    else:
        response["content"] = {name: media}
    if "*" not in name and (len(content) > 1 or (reading == "json" and bare(name) != JSON)):
        response[ACCEPT] = bare(name)


def _reading(document: dict[str, Any], media_type: str, media: dict[str, Any]) -> Reading | None:
    if is_json(media_type) and bare(media_type) not in ANY:
        return "json"
    if bare(media_type).startswith("text/"):
        return "text"
    schema = resolve(document, "", media.get("schema", {}))[1]
    kind = schema.get("type") if isinstance(schema, dict) else None
    if kind == "string" or not {"type", "$ref", "properties", "allOf", "anyOf", "oneOf", "items"} & set(
        schema
    ):
        return "bytes"
    # Whoever leaves open which type an object comes as sends JSON.
    return "json" if bare(media_type) in ANY else None


def _preferred(content: dict[str, Any]) -> str:
    exact = [name for name in content if bare(name) == JSON]
    return next(iter(exact or [name for name in content if is_json(name)] or content))


def _is_error(pointer: str) -> bool:
    above, _, status = pointer.rpartition("/")
    return above.endswith("/responses") and status[:1] in {"1", "3", "4", "5"} and above.startswith("/paths/")
