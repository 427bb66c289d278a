"""Which of the media types of a body a client uses; it says so in `Accept` and `Content-Type`."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from generator.plain import is_list, is_mapping
from generator.structure import Kind, resolve, walk

ACCEPT: Final = "x-generator-accept"
"""Member of a response with the media type that is asked for, where that is not what its kind is asked for by."""

SENT_AS: Final = "x-generator-sent-as"
"""Member of a body of a request with all media types that its JSON may be sent as."""

CONTENT_TYPE: Final = "Content-Type"
"""Header that is a parameter where a caller chooses what a body is sent as."""

UNREAD: Final = "x-generator-unread"
"""Member of a response with the media types that are not read though nothing else says the same, and why."""

LESS: Final = ";q=0.9"
"""Ends a media type that is asked for less than those without it."""

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"

FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_OF_BYTES: Final = frozenset({"image", "audio", "video", "font", "model"})
# Members of a schema that say nothing of its values.
_WITHOUT_MEANING: Final = frozenset(
    {"title", "description", "deprecated", "example", "examples", "x-generator-pointer", "contentMediaType"}
)

# They go on for as long as the service wants, one message after the other.
_STREAMS: Final = frozenset(
    {
        *("text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl"),
        *("application/json-seq", "multipart/x-mixed-replace"),
    }
)
# Members of a schema that make more of a value than its type says.
_COMPOSED: Final = frozenset({"$ref", "properties", "allOf", "anyOf", "oneOf", "items"})

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
    """Leave to each body of a prepared description the media types that a client knows how to write or read.

    Of those that say the same JSON is left; an answer has besides what is read otherwise, JSON first. What is no text
    and no JSON is read as bytes. Bodies for which there is no choice stay as they are.
    """
    for place in walk(document):
        content = place.value.get("content")
        if place.kind is Kind.RESPONSE and content:
            _choose_answer(document, place.value, _is_error(place.pointer))
        elif place.kind is Kind.REQUEST_BODY and content:
            _describe_sent(document, content)
            schemas = [meaning(media.get("schema")) for media in content.values()]
            preferred = _preferred(content)
            if len(content) > 1 and is_json(preferred) and all(schema == schemas[0] for schema in schemas):
                place.value["content"] = {preferred: content[preferred]}
                place.value[SENT_AS] = _sent_as(content, preferred)
    _add_choices(document)


def keep_one(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a body with one media type: JSON, or else the first that can be read."""
    name = _preferred(content)
    return {name: content[name]}


def _sent_as(content: dict[str, Any], preferred: str) -> list[str]:
    """Return the media types of a body that are JSON, so that what they differ in is what they ask for.

    JSON is YAML, too. Two names of one thing are no choice, and neither is a range.
    """
    named = [name for name in content if "*" not in name and (is_json(name) or bare(name).endswith("+yaml"))]
    if bare(preferred) == JSON:
        named = [name for name in named if bare(name) != "text/json"]
    return list(dict.fromkeys(map(_asked, [preferred, *named])))


def _add_choices(document: dict[str, Any]) -> None:
    """Let callers choose what a body is sent as, by a parameter, where several media types have the same schema."""
    for place in walk(document):
        if place.kind is not Kind.OPERATION:
            continue
        body = resolve(document, "", place.value.get("requestBody", {}))[1]
        names: list[str] = body.get(SENT_AS, []) if is_mapping(body) else []
        if len(names) > 1:
            chosen = {
                "name": CONTENT_TYPE,
                "in": "header",
                "description": f"What the body is sent as. Default: `{names[0]}`.",
                "schema": {"oneOf": [{"type": "string", "const": name} for name in names]},
            }
            place.value["parameters"] = [*place.value.get("parameters", ()), chosen]


def _choose_answer(document: dict[str, Any], response: dict[str, Any], is_error: bool) -> None:
    content: dict[str, Any] = response["content"]
    readings: dict[str, Reading] = {
        name: reading for name, media in content.items() if (reading := _reading(document, name, media))
    }
    if not readings and is_error:
        response["content"] = {}  # it stands in the raw response, whatever it is
        return
    preferred = _preferred_answer(readings)
    if is_error and (preferred or len(readings) == 1):
        # An error is read for its code alone.
        readings = {name: readings[name] for name in [preferred or next(iter(readings))]}
    elif not is_error:
        unread = _lost(document, content, readings, preferred)
        readings = {name: reading for name, reading in readings.items() if name not in unread}
        if readings and (said := {name: why for name, why in unread.items() if why}):
            response[UNREAD] = said
    if not readings or (is_error and len(readings) > 1 and not _is_alike(readings)):
        return
    asked = [_asked(name) for name in readings if _can_be_asked_for(name)]
    if len(readings) > 1 and _is_alike(readings):
        # There is nothing to choose.
        first = next(iter(readings))
        response[ACCEPT] = ", ".join(asked)
        response["content"] = {first: content[first]} if readings[first] == "text" else {BYTES: _BINARY}
    elif len(readings) > 1:
        order: list[Reading] = ["json", "text", "bytes"]
        names = sorted(readings, key=lambda name: (name != preferred, order.index(readings[name])))
        response["content"] = {
            name: {**content[name], **_BINARY} if readings[name] == "bytes" else content[name]
            for name in names
        }
        response[ACCEPT] = _by_preference(names) if preferred else ", ".join(asked)
    else:
        ((name, reading),) = readings.items()
        media = content[name]
        response["content"] = {BYTES: {**media, **_BINARY}} if reading == "bytes" else {name: media}
        if "*" not in name and (len(content) > 1 or (reading == "json" and _asked(name) != JSON)):
            response[ACCEPT] = _asked(name)


def _preferred_answer(readings: dict[str, Reading]) -> str:
    """Return the media type of an answer's JSON, or an empty text where there is none."""
    as_json = [name for name, reading in readings.items() if reading == "json"]
    return next(iter([name for name in as_json if bare(name) == JSON] or as_json), "")


def _is_alike(readings: dict[str, Reading]) -> bool:
    return set(readings.values()) in ({"text"}, {"bytes"})


def is_bytes(media: dict[str, Any]) -> bool:
    """Return whether what comes as one of several media types was chosen to be bytes."""
    return bool(media.get("schema") == _BINARY["schema"])


def _by_preference(names: list[str]) -> str:
    """Return media types as a service is asked for them that can give several: preferably the first."""
    less = ["", *[LESS] * (len(names) - 1)]
    return ", ".join(
        f"{_asked(name)}{rest}" for name, rest in zip(names, less, strict=True) if _can_be_asked_for(name)
    )


def _can_be_asked_for(name: str) -> bool:
    """Return whether a media type is a range that HTTP knows, or none (RFC 9110, section 12.5.1)."""
    return "*" not in name or bare(name).endswith("/*")


def _lost(
    document: dict[str, Any], content: dict[str, Any], readings: dict[str, Reading], preferred: str
) -> dict[str, str]:
    """Return the media types of a success that are not read, and why; an empty text where JSON says the same."""
    same = meaning(content[preferred].get("schema", {})) if preferred else None
    lost: dict[str, str] = {}
    for name, media in content.items():
        reading = readings.get(name)
        says_same = preferred != "" and meaning(media.get("schema", {})) == same
        if name == preferred:
            continue
        if preferred and bare(name) in _STREAMS:
            lost[name] = "is a stream, which ends when it wants to"
        elif reading == "text" and not _is_plain(document, media):
            lost[name] = "" if says_same else "is no text by its schema"
        elif reading is None:
            lost[name] = "" if says_same else "is an object or a list by its schema"
        elif says_same and (reading == "json" or (reading == "bytes" and "schema" in media)):
            lost[name] = ""
    return lost


def _is_plain(document: dict[str, Any], media: dict[str, Any]) -> bool:
    """Return whether what is text is nothing but a text by its schema, too."""
    schema = resolve(document, "", media.get("schema", {}))[1]
    return not is_mapping(schema) or (
        schema.get("type", "string") == "string" and not _COMPOSED & set(schema)
    )


def meaning(schema: Any) -> Any:
    """Return a schema without what says nothing of the values that it allows."""
    if is_mapping(schema):
        return {
            key: {name: meaning(member) for name, member in value.items()}
            if key == "properties" and is_mapping(value)
            else meaning(value)
            for key, value in schema.items()
            if key not in _WITHOUT_MEANING and key != "xml"
        }
    return [meaning(item) for item in schema] if is_list(schema) else schema


def _reading(document: dict[str, Any], media_type: str, media: dict[str, Any]) -> Reading | None:
    if is_json(media_type) and bare(media_type) not in ANY:
        return "json"
    if bare(media_type).startswith("text/"):
        return "text"
    schema = resolve(document, "", media.get("schema", {}))[1]
    kind = schema.get("type") if isinstance(schema, dict) else None
    if kind == "string" or not ({"type"} | _COMPOSED) & set(schema):
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
    """Say of bodies of requests that are bytes what the tool takes for bytes.

    OpenAPI 3.1 says it by the media type alone, with an empty schema or none, or with `contentMediaType`.
    """
    for name, media in content.items():
        schema = resolve(document, "", media.get("schema", {}))[1]
        if not is_json(name) or bare(name) in ANY:
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
