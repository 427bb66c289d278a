"""An example of a call, made from the examples of the description."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from generator import ir
from generator.adapter import Node, ParsedModel, ParsedOperation
from generator.models import Models
from generator.names import attribute
from generator.plain import is_list, is_mapping
from generator.samples import LONGEST, Samples

Follow: TypeAlias = Callable[[Any], dict[str, Any]]
"""Returns what a reference stands for."""

_PICTURE: Final = 'Path("picture.jpg")'


def usage(
    operation: ir.Operation,
    parsed: ParsedOperation,
    raw: Mapping[str, Any],
    models: Models,
    parameter_schema: Callable[[ir.Parameter], dict[str, Any]],
) -> ir.Usage:
    """Make an example of a call: as few arguments as it can have, and a text of the answer.

    Args:
        operation: What is called.
        parsed: The same as the tool understood it.
        raw: The same in the description.
        models: The models.
        parameter_schema: Returns a parameter as the description has it.
    """
    follow, samples = models.annotations.follow, Samples(models)
    nodes = {(location, field.wire_name): field.node for location, field in parsed.parameters}
    arguments: list[str] = []
    for parameter in operation.call_parameters:
        if parameter.required and not parameter.default_code:
            described = parameter_schema(parameter)
            example = next(iter(_given(described, follow)), None)
            node = nodes[parameter.location, parameter.wire_name]
            code = samples.code(node, described.get("schema", {}), example, given=True)
            # A header carries ASCII only.
            code = code.replace("…", "a") if parameter.location == "header" else code
            arguments.append(f"{parameter.name}={code}")
    content = follow(raw.get("requestBody", {})).get("content", {})
    if operation.body_model is not None:
        arguments += _fields(operation.body_model, parsed, _example(content, follow), models, samples)
    elif operation.body is not None and operation.body_required:
        node = parsed.bodies[0][1]
        media: Mapping[str, Any] = next(iter(content.values()), {})
        code = samples.code(node, media.get("schema", {}), _example(content, follow), given=True)
        arguments.append(f"body={code}")
    return ir.Usage(", ".join(arguments), *_part_of_answer(parsed, raw, models.by_name, follow))


def _fields(
    model: ir.Model, parsed: ParsedOperation, example: Any, models: Models, samples: Samples
) -> Iterator[str]:
    given = example if is_mapping(example) else {}
    chosen = {group[0] for group in (*model.exactly_one_of, *model.at_least_one_of)}
    least, _ = model.member_count or (None, None)
    chosen |= {field.name for field in model.fields[: least or 0]}
    nodes = {field.wire_name: field.node for field in models.by_name[model.class_name].fields}
    for field in model.fields:
        value = given.get(field.wire_name)
        is_wanted = (field.required and not field.default_code) or field.name in chosen
        is_other = value is not None and json.dumps(value, ensure_ascii=False) != field.default
        is_short = isinstance(value, (str, int, float)) and len(repr(value)) <= LONGEST
        is_wanted |= (is_other and is_short) or (field.is_file and value is not None)
        is_wanted &= field.required or not models.is_read_only(model.class_name, field.wire_name)
        if is_wanted and field.is_file and model.image_limits:
            yield f"{field.parameter}={_PICTURE}"
        elif is_wanted:
            schema = models.member(model.class_name, field.wire_name)
            yield f"{field.parameter}={samples.code(nodes[field.wire_name], schema, value, given=True)}"


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
    if node.kind == "str" and isinstance(value, str) and len(repr(value)) <= LONGEST:
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
    candidates = (*_given(media, follow), *schema.get("examples", ()), schema.get("example"))
    return next((value for value in candidates if value is not None), None)


def _given(described: Mapping[str, Any], follow: Follow) -> list[Any]:
    """Return the examples that stand beside a schema."""
    named = (follow(example).get("value") for example in described.get("examples", {}).values())
    return [value for value in (described.get("example"), *named) if value is not None]
