"""Values as code for examples of calls: from the examples of the description, or made up within its limits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import attrs

from generator.adapter import Node, ParsedModel
from generator.annotations import Annotations
from generator.models import Models
from generator.names import attribute
from generator.plain import is_list, is_mapping
from generator.prepare import AT_LEAST_ONE_OF, EXACTLY_ONE_OF
from generator.structure import value_at

LONGEST: Final = 70
"""Characters of a value that an example shows at most."""

_DEEPEST: Final = 4
_LONGEST_MODEL: Final = 400
_LENGTHS: Final = (*range(1, 13), 16, 20, 24, 32, 40, 64)
_TEXTS: Final = (
    *(
        "…",
        "text",
        "a1",
        "A1",
        "a-1",
        "A-1",
        "a/1",
        "1.0",
        "v1",
        "a@example.com",
        "2026-01-02",
        "10:00",
        "+4930123456",
    ),
    *(char * length for char in "aA1" for length in _LENGTHS),
)
_OF_FORMATS: Final = {
    "uri": "https://www.example.com",
    "email": "somebody@example.com",
    "time": "10:00:00Z",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "www.example.com",
    "duration": "PT1M",
}
_PLAIN: Final = {
    "bool": "True",
    "any": "{}",
    "none": "None",
    "date": "datetime.date(2026, 1, 2)",
    "datetime": "datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)",
    "uuid": "uuid.UUID(int=1)",
}


@attrs.frozen
class Samples:
    """Makes values; those of models are named as in `models`."""

    models: Models
    _made: dict[tuple[str, int], str] = attrs.field(factory=dict[tuple[str, int], str])

    @property
    def _annotations(self) -> Annotations:
        return self.models.annotations

    def code(
        self, node: Node, schema: Any, example: Any = None, *, given: bool = False, depth: int = 0
    ) -> str:
        """Return a value as code; `...` where none can be made up.

        Args:
            node: Its type.
            schema: Its schema.
            example: What the description gives as an example.
            given: Whether a method takes it as it is: text for a member of an enum, or bytes for a file.
            depth: How many models it stands in.
        """
        whole = {**self._annotations.follow(schema), **(schema if is_mapping(schema) else {})}
        candidates = [example, *_examples(whole)]
        match node.kind:
            case "file":
                return "b'content'" if given else "File(b'content')"
            case "str" if whole.get("contentEncoding") == "base64" or whole.get("format") == "byte":
                # Of three bytes come four characters.
                size = whole.get("maxLength", 100) // 4 * 3
                return repr(b"content"[:size]) if given else "Base64.from_text('QQ==')"
            case "model":
                return self._model(node, candidates, depth)
            case "list":
                return self._list(node, whole, candidates, given=given, depth=depth)
            case "union":
                return self._alternative(node, schema, candidates, given=given, depth=depth)
            case "enum" if given:
                values = [value for value in whole.get("enum", ()) if value is not None]
                return repr(
                    next((value for value in candidates if value in values), values[0] if values else ...)
                )
            case "const":
                return repr(node.value)
            case _:
                return self._scalar(node, whole, candidates)

    def _scalar(self, node: Node, schema: dict[str, Any], candidates: list[Any]) -> str:
        for value in candidates:
            if value is not None and (code := self._annotations.default(node, value, schema)):
                return (
                    f"models.{node.exported_name}.{code.rpartition('.')[2]}" if node.kind == "enum" else code
                )
        match node.kind:
            case "int" | "float":
                return _number(schema, whole=node.kind == "int")
            case "str":
                return repr(_text(schema))
            case "enum":
                return f"models.{node.exported_name}.{node.members[0]}"
            case "bool" if "const" in schema or schema.get("enum"):
                return repr(schema.get("const", *schema.get("enum", [])[:1]))
            case _:
                return _PLAIN.get(node.kind, "...")

    def _model(self, node: Node, candidates: list[Any], depth: int) -> str:
        parsed = self.models.by_name.get(node.class_name)
        if parsed is None or depth >= _DEEPEST:
            return "..."
        example: dict[str, Any] = next((value for value in candidates if is_mapping(value)), {})
        if not example and (node.class_name, depth) in self._made:
            return self._made[node.class_name, depth]
        schema = value_at(self._annotations.document, parsed.pointer) if parsed.pointer else {}
        chosen = {group[0] for key in (EXACTLY_ONE_OF, AT_LEAST_ONE_OF) if (group := schema.get(key))}
        arguments = [
            f"{attribute(field.wire_name, field.name)}={code}"
            for field in parsed.fields
            if (code := self._member(parsed, field.wire_name, example, chosen, depth))
        ]
        code = f"models.{node.exported_name}({', '.join(arguments)})"
        code = code if len(code) <= _LONGEST_MODEL else "..."
        if not example:
            self._made[node.class_name, depth] = code
        return code

    def _member(
        self, parsed: ParsedModel, wire_name: str, example: dict[str, Any], chosen: set[str], depth: int
    ) -> str:
        (field,) = (one for one in parsed.fields if one.wire_name == wire_name)
        is_asked_for = field.required and not self.models.is_read_only(parsed.class_name, wire_name)
        if not is_asked_for and wire_name not in chosen:
            return ""
        schema = self.models.member(parsed.class_name, wire_name)
        return self.code(field.node, schema, example.get(wire_name), depth=depth + 1)

    def _list(
        self, node: Node, schema: dict[str, Any], candidates: list[Any], *, given: bool, depth: int
    ) -> str:
        example: list[Any] = next((value for value in candidates if is_list(value) and value), [None])
        least = schema.get("minItems") or 1
        count = min(max(least, 1), schema.get("maxItems", 8), 8)
        items = [
            self.code(
                node.inner[0],
                schema.get("items", {}),
                example[index % len(example)],
                given=given,
                depth=depth,
            )
            for index in range(count)
        ]
        is_tuple = count > 1 and schema.get("minItems") == schema.get("maxItems") and not given
        return f"({', '.join(items)})" if is_tuple else f"[{', '.join(items)}]"

    def _alternative(self, node: Node, schema: Any, candidates: list[Any], *, given: bool, depth: int) -> str:
        whole = self._annotations.follow(schema)
        branches = [*whole.get("anyOf", ()), *whole.get("oneOf", ())]
        codes: list[str] = []
        for index, inner in enumerate(node.inner):
            if inner.kind != "none":
                branch = branches[index] if len(branches) == len(node.inner) else whole
                example = candidates[0] if candidates[0] is not None else _told_apart(whole, branch)
                codes.append(self.code(inner, branch, example, depth=depth))
                if "..." not in codes[-1]:
                    return codes[-1]
        return codes[0] if codes else "None"


def _told_apart(union: dict[str, Any], branch: Any) -> dict[str, Any] | None:
    """Return the member by which an object is told to be of one alternative."""
    discriminator = union.get("discriminator")
    reference = branch.get("$ref") if is_mapping(branch) else None
    if not is_mapping(discriminator) or not isinstance(reference, str):
        return None
    names = {target: name for name, target in (discriminator.get("mapping") or {}).items()}
    return {discriminator["propertyName"]: names.get(reference, reference.rpartition("/")[2])}


def _examples(schema: dict[str, Any]) -> Iterator[Any]:
    yield schema.get("example")
    given = schema.get("examples")
    yield from given if is_list(given) else ()
    yield schema.get("default")


def _number(schema: dict[str, Any], *, whole: bool) -> str:
    step = schema.get("multipleOf") or (1 if whole else 0.5)
    low, high = _limit(schema, "minimum", step), _limit(schema, "maximum", -step)
    value = 1 if low is None else max(1, low)
    value = value if high is None else min(value, high)
    if schema.get("multipleOf"):
        value = math.ceil(value / step) * step
    return repr(int(value)) if whole else repr(float(value))


def _limit(schema: dict[str, Any], keyword: str, step: float) -> float | None:
    """Return the value nearest to a limit; in OpenAPI 3.0 an exclusive limit is a mark on the limit."""
    limit: Any = schema.get(keyword)
    exclusive: Any = schema.get(f"exclusive{keyword.capitalize()}")
    if exclusive is True and type(limit) in (int, float):
        return float(limit + step)
    if type(exclusive) in (int, float):
        return float(exclusive + step)
    return limit if type(limit) in (int, float) else None


def _text(schema: dict[str, Any]) -> str:
    texts: list[str] = [_OF_FORMATS.get(str(schema.get("format")), "…"), *_TEXTS]
    least: int = schema.get("minLength") or 0
    most: int | None = schema.get("maxLength")
    for text in texts:
        fitting: str = (text if most is None else text[:most]).ljust(least, text[-1])
        with suppress(re.error):
            if re.search(str(schema.get("pattern", "")), fitting) is not None:
                return fitting
    return texts[0]
