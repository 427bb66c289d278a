"""Python types for what the tool parsed, with the facts that it leaves aside taken from the description."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any, Final

import attrs

from generator.adapter import Node, class_name, identifier
from generator.findings import Finding, Location, error
from generator.ir import Alias, Import, Type
from generator.names import safe_class
from generator.pointer import unescape
from generator.prepare import OPEN_ENUM, POINTER
from generator.structure import is_reference, resolve

RUNTIME: Final = "._runtime"

_PLAIN: Final = {
    "bool": Type("bool"),
    "int": Type("int"),
    "float": Type("float"),
    "str": Type("str"),
    "none": Type("None"),
    "datetime": Type("datetime.datetime", frozenset({Import("datetime")})),
    "date": Type("datetime.date", frozenset({Import("datetime")})),
    "uuid": Type("uuid.UUID", frozenset({Import("uuid")})),
}
BASE64: Final = Type("Base64", frozenset({Import(f"{RUNTIME}.encoded", "Base64")}))
FILE: Final = Type("File", frozenset({Import(f"{RUNTIME}.files", "File")}))
JSON: Final = Type("JsonValue", frozenset({Import(f"{RUNTIME}.json_value", "JsonValue")}))
UNSET: Final = Type("Unset", frozenset({Import(f"{RUNTIME}.absent", "Unset")}))

# Longer arrays of a fixed length stay lists: a tuple type of a hundred members helps nobody.
_LONGEST_TUPLE: Final = 8


@attrs.define
class FoundEnum:
    """An enum that a type refers to, and whether the description leaves it open."""

    node: Node
    schema: dict[str, Any]


@attrs.define
class Annotations:
    """Makes types, and gathers the enums and aliases they refer to and what cannot be expressed.

    Attributes:
        document: The prepared description.
        origin: Gives the place in the source files of a JSON pointer.
        taken: Names of classes and modules, which an alias must not have.
    """

    document: dict[str, Any]
    origin: Callable[[str], Location]
    taken: frozenset[str] = frozenset()
    enums: dict[str, FoundEnum] = attrs.field(factory=dict[str, FoundEnum])
    aliases: dict[str, Alias] = attrs.field(factory=dict[str, Alias])
    findings: list[Finding] = attrs.field(factory=list[Finding])

    def follow(self, value: Any) -> dict[str, Any]:
        """Return what a reference, also one that was wrapped into `allOf`, stands for; empty when it is no mapping."""
        seen: list[Any] = []
        while isinstance(value, dict) and value not in seen:
            seen.append(value)
            whole = value.get("allOf")
            if isinstance(whole, list) and len(whole) == 1 and is_reference(whole[0]):
                value = whole[0]
            value = resolve(self.document, "", value)[1]
        return value if isinstance(value, dict) else {}

    def report(self, pointer: str, rule: str, message: str) -> None:
        """Note something that cannot be expressed."""
        self.findings.append(error(self.origin(pointer), rule, message, pointer))

    def type(self, node: Node, schema: Any, pointer: str) -> Type:
        """Return the annotation of a node, with the schema that it was made from and that schema's place."""
        target = self.follow(schema)
        pointer = str(target.get(POINTER, pointer))
        match node.kind:
            case "any":
                return JSON
            case "file":
                return FILE
            case "str" if target.get("contentEncoding") == "base64" or target.get("format") == "byte":
                return BASE64
            case "bool" if "const" in target or len(target.get("enum", ())) == 1:
                value = target.get("const", target.get("enum", [None])[0])
                return Type(f"Literal[{value!r}]", frozenset({Import("typing", "Literal")}))
            case "const":
                return Type(f"Literal[{node.value!r}]", frozenset({Import("typing", "Literal")}))
            case "enum":
                known = self.enums.setdefault(node.class_name, FoundEnum(node, target))
                if OPEN_ENUM in target:
                    known.schema = target
                return Type(node.class_name, frozenset({Import(f".models.{node.module}", node.class_name)}))
            case "model":
                return Type(node.class_name, frozenset({Import(f".models.{node.module}", node.class_name)}))
            case "list":
                return self._array(node, target, pointer)
            case "union":
                return self._union(node, target, pointer)
            case _:
                return _PLAIN[node.kind]

    def default(self, node: Node, value: Any, schema: Any) -> str:
        """Return a documented default as code, or an empty text when there is none that code can have."""
        match node.kind:
            case "none" if value is None:
                return "None"
            case "bool" | "int" | "str" | "const" if isinstance(value, (bool, int, str)):
                target = self.follow(schema)
                is_base64 = target.get("contentEncoding") == "base64" or target.get("format") == "byte"
                return "" if is_base64 else repr(value)
            case "float" if isinstance(value, (int, float)) and not isinstance(value, bool):
                return repr(float(value))
            case "enum":
                values = [item for item in self.enums[node.class_name].schema["enum"] if item is not None]
                return f"{node.class_name}.{node.members[values.index(value)]}" if value in values else ""
            case "date" | "datetime" | "uuid" if isinstance(value, str):
                return _parsed_default(node.kind, value)
            case "list" if isinstance(value, list) and all(
                isinstance(item, (str, int, float, bool)) for item in value
            ):
                items = self.follow(schema).get("items", {})
                codes = [self.default(node.inner[0], item, items) for item in value]
                return f"[{', '.join(codes)}]" if all(codes) else ""
            case "union":
                # The first alternative that can have it; what none can have stays a matter of the service.
                return next(
                    (code for inner in node.inner if (code := self.default(inner, value, schema))), ""
                )
            case _:
                return ""

    def _array(self, node: Node, schema: dict[str, Any], pointer: str) -> Type:
        item = self.type(node.inner[0], schema.get("items", {}), f"{pointer}/items")
        length = schema.get("minItems")
        if isinstance(length, int) and 0 < length <= _LONGEST_TUPLE and length == schema.get("maxItems"):
            whole = Type(f"tuple[{', '.join([item.code] * length)}]", item.imports)
            return self._named(whole, node, schema, pointer)
        return Type(f"list[{item.code}]", item.imports)

    def _named(self, kind: Type, node: Node, schema: dict[str, Any], pointer: str) -> Type:
        """Return the alias of a type, where the description has a name for it that can be imported from anywhere."""
        parent, _, name = pointer.rpartition("/")
        alias = class_name(str(schema.get("title") or unescape(name)))
        module = identifier(alias)
        is_free = self.taken.isdisjoint({alias, module}) and safe_class(alias) == alias
        if parent != "/components/schemas" or not is_free or _has_model(node):
            return kind
        found = Alias(name=alias, module=module, description=str(schema.get("description", "")), type=kind)
        if self.aliases.setdefault(alias, found) != found:
            return kind
        return Type(alias, frozenset({Import(f".models.{found.module}", alias)}))

    def _union(self, node: Node, schema: dict[str, Any], pointer: str) -> Type:
        branches = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        if not branches and isinstance(schema.get("type"), list):
            branches = [{**schema, "type": kind} for kind in schema["type"]]
        if len(branches) != len(node.inner):
            branches = [schema if inner.kind != "none" else {} for inner in node.inner]
        kinds: dict[str, Type] = {}
        for inner, branch in zip(node.inner, branches, strict=True):
            kind = self.type(inner, branch, pointer)
            kinds.setdefault(kind.code, kind)
        named = {kind.code: kind for kind in kinds.values() if kind.code != "None"}
        result = _joined(list(named.values()))
        if "discriminator" in schema and len(named) > 1:
            result = self._discriminated(result, node, schema["discriminator"])
        return _joined([kind for kind in (result, kinds.get("None")) if kind is not None])

    def _discriminated(self, union: Type, node: Node, discriminator: dict[str, Any]) -> Type:
        by_name = {inner.exported_name: inner.class_name for inner in node.inner if inner.kind == "model"}
        models = dict(by_name)
        for value, target in (discriminator.get("mapping") or {}).items():
            name = target.rpartition("/")[2]
            if name in by_name:
                models[value] = by_name[name]
        imports = union.imports | {Import("typing", "Annotated"), Import(f"{RUNTIME}.codec", "Discriminator")}
        return Type(
            f"Annotated[{union.code}, Discriminator({discriminator['propertyName']!r}, {models!r})]", imports
        )


def _has_model(node: Node) -> bool:
    return node.kind == "model" or any(map(_has_model, node.inner))


def _joined(kinds: list[Type]) -> Type:
    result = kinds[0]
    for kind in kinds[1:]:
        result = result | kind
    return result


def _parsed_default(kind: str, value: str) -> str:
    try:
        if kind == "uuid":
            return f"uuid.{uuid.UUID(value)!r}"
        return repr((datetime.date if kind == "date" else datetime.datetime).fromisoformat(value))
    except ValueError:
        return ""
