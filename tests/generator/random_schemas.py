"""Small schemas at random, instances of them, and what they mean in JSON Schema."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]

TEXTS = [
    "",
    "a",
    "b",
    "abc",
    "abcd",
    "a1",
    "red",
    "green",
    "2020-01-02",
    "00000000-0000-4000-8000-000000000001",
]
NUMBERS = [0, 1, 2, 3, 5, 6, -1, 1.5, 2.5, 100]
_FORMATS = {"date": TEXTS[8], "uuid": TEXTS[9], "email": "a@b.example"}
_MOST_NESTED = 3


class Schemas:
    """Makes schemas that together use each keyword which a client knows, with components of their own.

    Attributes:
        components: What the schemas refer to.
    """

    def __init__(self, chance: random.Random, prefix: str) -> None:
        self._chance = chance
        self._prefix = prefix
        self.components: dict[str, Schema] = {}

    def make(self, depth: int = 2) -> Schema:
        """Return a schema; what it refers to is among the components."""
        kinds: list[Callable[[int], Schema]] = [self._text, self._number, self._boolean]
        if depth <= _MOST_NESTED:
            kinds += [self._array, self._object, self._object, self._union, self._parts, self._reference]
            kinds += [self._types, self._beside, self._beside]
        return self._chance.choice(kinds)(depth)

    def _some(self, likely: float, **keywords: Any) -> Schema:
        return {key: value for key, value in keywords.items() if self._chance.random() < likely}

    def _text(self, depth: int) -> Schema:
        pick = self._chance.choice
        whole = {"type": "string", **self._some(0.3, minLength=pick([1, 2]), maxLength=pick([2, 3, 5]))}
        whole |= self._some(0.2, pattern=pick(["^a", "b$", "[0-9]"]), format=pick([*_FORMATS]))
        return whole | self._some(0.2, enum=self._chance.sample(["red", "green", "a1"], 2))

    def _number(self, depth: int) -> Schema:
        pick = self._chance.choice
        whole = {
            "type": pick(["integer", "number"]),
            **self._some(0.3, minimum=pick([0, 1.5]), maximum=pick([3, 5])),
        }
        whole |= self._some(0.15, exclusiveMinimum=pick([0, 1]), multipleOf=pick([2, 0.5]), enum=[1, 3])
        return whole | self._some(0.05, const=3)

    def _boolean(self, depth: int) -> Schema:
        return {"type": "boolean", **self._some(0.15, const=True)}

    def _array(self, depth: int) -> Schema:
        whole = {"type": "array", "items": self.make(depth + 1)}
        return whole | self._some(0.3, minItems=1, maxItems=self._chance.choice([1, 2]), uniqueItems=True)

    def _object(self, depth: int) -> Schema:
        names = [name for name in (f"a{depth}", f"b{depth}", f"c{depth}") if self._chance.random() < 0.6]
        whole: Schema = {"type": "object", "properties": {name: self.make(depth + 1) for name in names}}
        others = self._chance.choice([True, False, self.make(depth + 1)])
        whole |= self._some(0.2, additionalProperties=others, minProperties=1, maxProperties=2)
        if names:
            whole |= self._some(0.4, required=names[:1])
        if len(names) > 1:
            group = [{"required": [name]} for name in names[:2]]
            whole |= self._some(0.15, **{self._chance.choice(["oneOf", "anyOf"]): group})
        return whole

    def _union(self, depth: int) -> Schema:
        parts = [self.make(depth + 1) for _ in range(self._chance.randint(1, 2))]
        return {"anyOf": [*parts, {"type": "null"}] if self._chance.random() < 0.4 else parts}

    def _types(self, depth: int) -> Schema:
        kinds = [self._text(depth), self._number(depth), {"type": "null"}]
        chosen = self._chance.sample(kinds, 2)
        whole = {key: value for kind in chosen for key, value in kind.items() if key not in {"enum", "const"}}
        return {**whole, "type": [kind["type"] for kind in chosen]}

    def _reference(self, depth: int) -> Schema:
        name = f"{self._prefix}C{len(self.components)}"
        self.components[name] = {}
        self.components[name] = self.make(depth + 1)
        return {"$ref": f"#/components/schemas/{name}"}

    def _beside(self, depth: int) -> Schema:
        kind = self._chance.choice([self._text, self._number, self._object, self._array])(depth)
        group = {"oneOf", "anyOf"}
        return self._reference(depth) | {
            key: value for key, value in kind.items() if key not in group and self._chance.random() < 0.6
        }

    def _parts(self, depth: int) -> Schema:
        kind = self._chance.choice([self._text, self._number, self._object])
        return {"allOf": [kind(depth), self._reference(depth), kind(depth)][: self._chance.randint(1, 3)]}


class Instances:
    """Makes values that fit a schema more often than not."""

    def __init__(self, chance: random.Random, components: dict[str, Schema]) -> None:
        self._chance = chance
        self._components = components

    def make(self, schema: Any) -> Any:
        """Return a value that fits most of what a schema says."""
        pick = self._chance.choice
        while isinstance(schema, dict) and "$ref" in schema:
            rest = {key: value for key, value in schema.items() if key != "$ref"}
            target = self._components[schema["$ref"].rpartition("/")[2]]
            schema = {"allOf": [target, rest]} if rest else target
        if not isinstance(schema, dict):
            return pick([*TEXTS, *NUMBERS, None])
        if "const" in schema or "enum" in schema:
            return pick(schema.get("enum", [schema.get("const")]))
        if "allOf" in schema:
            made = [self.make(part) for part in schema["allOf"]]
            return {k: v for part in made for k, v in part.items()} if _are_objects(made) else pick(made)
        if "anyOf" in schema and "properties" not in schema:
            return self.make(pick(schema["anyOf"]))
        return self._of_type(schema)

    def _of_type(self, schema: Schema) -> Any:
        pick, kinds = self._chance.choice, schema.get("type", ["string", "integer"])
        match pick(kinds) if isinstance(kinds, list) else kinds:
            case "object":
                required = schema.get("required", ())
                found = {
                    name: self.make(member)
                    for name, member in schema.get("properties", {}).items()
                    if name in required or self._chance.random() < 0.6
                }
                others = schema.get("additionalProperties", False)
                return {**found, "more": self.make(others)} if others and pick([True, False]) else found
            case "array":
                return [self.make(schema.get("items", {})) for _ in range(pick([0, 1, 2]))]
            case "integer" | "number":
                return pick(NUMBERS)
            case "boolean":
                return pick([True, False])
            case "null":
                return None
            case _:
                return _FORMATS.get(schema.get("format", ""), pick(TEXTS))

    def spoil(self, value: Any) -> Any:
        """Return a value that differs from another one in one place."""
        value, pick = copy.deepcopy(value), self._chance.choice
        if isinstance(value, (dict, list)) and value and self._chance.random() < 0.8:
            keys: list[Any] = [*value] if isinstance(value, dict) else [*range(len(value))]
            key = pick(keys)
            if self._chance.random() < 0.3:
                del value[key]
            elif isinstance(value, list) and self._chance.random() < 0.4:
                value += value
            else:
                value[key] = self.spoil(value[key])
            return value
        return pick([*TEXTS, *NUMBERS, True, None, [], {}])


def _are_objects(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def meaning(schema: Any, *, is_part: bool = False) -> Any:
    """Return what a schema means: objects that are put together may have each other's members."""
    if isinstance(schema, list):
        return [meaning(item, is_part=is_part) for item in schema]
    if not isinstance(schema, dict):
        return schema
    whole: Schema = {}
    for key, value in schema.items():
        if key == "properties":
            whole[key] = {name: meaning(member) for name, member in value.items()}
        elif key in {"enum", "const", "required", "type"}:
            whole[key] = value
        elif not (key == "additionalProperties" and (is_part or "$ref" in schema)):
            whole[key] = meaning(value, is_part=key == "allOf")
    # What only items are said of is an array.
    if not {"type", "$ref", "allOf", "anyOf", "enum", "const"} & set(whole) and "items" in whole:
        whole["type"] = "array"
    return whole


def only_described(schema: Any, *, is_whole: bool = True) -> Any:
    """Return a schema that allows only members which are described, in whichever part."""
    if isinstance(schema, list):
        return [only_described(item, is_whole=False) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner: Schema = {}
    for key, value in schema.items():
        if key == "properties":
            inner[key] = {name: only_described(member) for name, member in value.items()}
        elif key in {"enum", "const", "required", "type"}:
            inner[key] = value
        else:
            inner[key] = only_described(value, is_whole=key in {"items", "additionalProperties"})
    return {"allOf": [inner], "unevaluatedProperties": False} if is_whole else inner
