"""Which of the media types of a body a client uses; it says so in `Accept` and `Content-Type`."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from generator.plain import is_mapping
from generator.structure import Kind, resolve, walk

ACCEPT: Final = "x-generator-accept"
"""Member of a response with the media type that is asked for, where that is not what its kind is asked for by."""

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"

FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_OF_BYTES: Final = frozenset({"image", "audio", "video", "font", "model"})
# Members of a schema that say nothing of its values.
_WITHOUT_MEANING: Final = frozenset(
    {"title", "description", "deprecated", "example", "examples", "x-generator-pointer", "contentMediaType"}
)

ANY: Final = frozenset({"*/*", "application/*"})

Reading: TypeAlias = Literal["json", "text", "bytes"]


def bare(media_type: str) -> str:
    """Return a media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Return whether a media type is JSON; so is one that leaves the type open, unless it was chosen to be bytes."""
    name = bare(media_type)
    return name in {JSON, "text/json"} or name.endswith("+json") or name in ANY


def choose_media(document: dict[str, Any]) -> None:
    """Leave one media type to each body of a prepared description where nothing is lost by that.

    JSON goes before others in an answer; in a request it does when all have the same schema. What is no text and no
    JSON is read as bytes. Bodies for which there is no choice stay as they are.
    """
    for place in walk(document):
        content = place.value.get("content")
        if place.kind is Kind.RESPONSE and content:
            _choose_answer(document, place.value, _is_error(place.pointer))
        elif place.kind is Kind.REQUEST_BODY and content:
            _describe_sent(document, content)
            schemas = [media.get("schema") for media in content.values()]
            preferred = _preferred(content)
            if len(content) > 1 and is_json(preferred) and all(schema == schemas[0] for schema in schemas):
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
    if (
        len(readings) > 1
        and set(readings.values()) in ({"text"}, {"bytes"})
        and len(readings) == len(content)
    ):
        # They are read alike, so that there is nothing to choose.
        first = next(iter(content))
        response[ACCEPT] = ", ".join(map(_asked, content))
        response["content"] = {first: content[first]} if readings[first] == "text" else {BYTES: _BINARY}
        return
    as_json = [name for name, reading in readings.items() if reading == "json"]
    exact = [name for name in as_json if bare(name) == JSON]
    if not as_json and len(readings) != 1:
        return
    name = next(iter(exact or as_json or readings))
    media, reading = content[name], readings[name]
    if reading == "bytes":
        response["content"] = {BYTES: {**media, **_BINARY}}
    else:
        response["content"] = {name: media}
    if "*" not in name and (len(content) > 1 or (reading == "json" and _asked(name) != JSON)):
        response[ACCEPT] = _asked(name)


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


def _asked(media_type: str) -> str:
    """Return a media type as it is asked for: with its parameters, save that of an encoding."""
    name, *parameters = (part.strip() for part in media_type.split(";"))
    kept = [one for one in parameters if one and not one.lower().startswith("charset=")]
    return "; ".join([name.lower(), *kept])


def sent_as_it_is(document: dict[str, Any]) -> dict[str, str]:
    """Return the media types of requests that are neither JSON nor forms, as what the tool takes for any content."""
    return {
        name: BYTES
        for place in walk(document)
        if place.kind is Kind.REQUEST_BODY
        for name in place.value.get("content", {})
        if not is_json(name) and bare(name) not in FORMS
    }


def _describe_sent(document: dict[str, Any], content: dict[str, Any]) -> None:
    """Say of bodies of requests that are bytes, or have members that are, what the tool takes for bytes.

    OpenAPI 3.1 says it by the media type alone, with an empty schema or none, or with `contentMediaType`.
    """
    for name, media in content.items():
        schema = resolve(document, "", media.get("schema", {}))[1]
        if bare(name) == "multipart/form-data" and is_mapping(schema):
            for member, part in schema.get("properties", {}).items():
                if _is_raw(resolve(document, "", part)[1]):
                    schema["properties"][member] = {**part, "format": "binary"}
        elif not is_json(name) or bare(name) in ANY:
            is_text = bare(name).startswith("text/") or bare(name) in FORMS
            is_empty = not set(schema) - _WITHOUT_MEANING if is_mapping(schema) else schema is True
            is_media = bare(name).partition("/")[0] in _OF_BYTES or bare(name) == BYTES
            is_string = (
                is_mapping(schema) and schema.get("type") == "string" and not {"format", "enum"} & set(schema)
            )
            if not is_text and (
                (is_empty and ("schema" not in media or bare(name) not in ANY))
                or (is_string and (is_media or _is_raw(schema)) and "contentEncoding" not in schema)
            ):
                media["schema"] = _BINARY["schema"]


def _is_raw(schema: Any) -> bool:
    """Return whether a schema means bytes: a text of a media type that is none of text, in no encoding."""
    media_type = str(schema.get("contentMediaType", "text/plain")) if is_mapping(schema) else "text/plain"
    is_text = bare(media_type).startswith("text/") or is_json(media_type)
    return not is_text and schema.get("type") == "string" and not {"contentEncoding", "format"} & set(schema)


def _preferred(content: dict[str, Any]) -> str:
    exact = [name for name in content if bare(name) == JSON]
    return next(iter(exact or [name for name in content if is_json(name)] or content))


def _is_error(pointer: str) -> bool:
    above, _, status = pointer.rpartition("/")
    return above.endswith("/responses") and status[:1] in {"1", "3", "4", "5"} and above.startswith("/paths/")
