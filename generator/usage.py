"""An example of a call, made from the examples of the description."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from generator import ir
from generator.adapter import Node, ParsedModel, ParsedOperation
from generator.names import attribute
from generator.plain import is_list, is_mapping

Follow: TypeAlias = Callable[[Any], dict[str, Any]]
"""Returns what a reference stands for."""

_FILE: Final = 'Path("picture.jpg")'
_PLACEHOLDERS: Final = {"str": "'…'", "int": "1", "float": "1.0", "bool": "True"}
_LONGEST: Final = 70


def usage(
    operation: ir.Operation,
    parsed: ParsedOperation,
    raw: Mapping[str, Any],
    models: Mapping[str, ParsedModel],
    follow: Follow,
) -> ir.Usage:
    """Make an example of a call: as few arguments as it can have, and a text of the answer.

    Args:
        operation: What is called.
        parsed: The same as the tool understood it.
        raw: The same in the description.
        models: Models by the names of their classes.
        follow: Returns what a reference stands for.
    """
    arguments = [
        f"{parameter.name}={_placeholder(parameter)}"
        for parameter in operation.call_parameters
        if parameter.required
    ]
    if operation.body_model is not None:
        content = follow(raw.get("requestBody", {})).get("content", {})
        arguments += _fields(operation.body_model, _example(content, follow))
    elif operation.body is not None and operation.body_required:
        arguments.append("body=body")
    return ir.Usage(", ".join(arguments), *_part_of_answer(parsed, raw, models, follow))


def _fields(model: ir.Model, example: Any) -> Iterator[str]:
    given = example if is_mapping(example) else {}
    chosen = {group[0] for group in (*model.exactly_one_of, *model.at_least_one_of)}
    for field in model.fields:
        value = given.get(field.wire_name)
        is_other = value is not None and json.dumps(value, ensure_ascii=False) != field.default
        if field.is_file and (field.required or field.name in chosen or value is not None):
            yield f"{field.parameter}={_FILE}"
        elif is_other and isinstance(value, (str, int, float)) and len(repr(value)) <= _LONGEST:
            yield f"{field.parameter}={value!r}"
        elif field.required or field.name in chosen:
            yield f"{field.parameter}={_placeholder(field)}"


def _placeholder(item: ir.Field | ir.Parameter) -> str:
    return _PLACEHOLDERS.get(item.type.code, "...")


def _part_of_answer(
    parsed: ParsedOperation, raw: Mapping[str, Any], models: Mapping[str, ParsedModel], follow: Follow
) -> tuple[str, str]:
    for status, node in parsed.responses:
        if status.startswith("2"):
            example = _example(follow(raw.get("responses", {}).get(status, {})).get("content", {}), follow)
            if found := next(_texts("", node, example, models), None):
                return found
    return "", ""


def _texts(path: str, node: Node, value: Any, models: Mapping[str, ParsedModel]) -> Iterator[tuple[str, str]]:
    """Yield the way to each text of an answer, as code, with that text as code."""
    if node.kind == "str" and isinstance(value, str) and len(repr(value)) <= _LONGEST:
        yield path, repr(value)
    elif node.kind == "model" and is_mapping(value) and node.class_name in models:
        for field in models[node.class_name].fields:
            name = attribute(field.wire_name, field.name)
            yield from _texts(f"{path}.{name}", field.node, value.get(field.wire_name), models)
    elif node.kind == "list" and is_list(value) and value:
        yield from _texts(f"{path}[0]", node.inner[0], value[0], models)


def _example(content: Mapping[str, Any], follow: Follow) -> Any:
    """Return the first example of a body: its own, or that of its schema."""
    media: Mapping[str, Any] = next(iter(content.values()), {})
    schema = follow(media.get("schema", {}))
    named = (follow(example).get("value") for example in media.get("examples", {}).values())
    candidates = (media.get("example"), *named, *schema.get("examples", ()), schema.get("example"))
    return next((value for value in candidates if value is not None), None)
