"""Python types for what the tool parsed, with the facts that it leaves aside taken from the description."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import attrs

from generator.adapter import Node
from generator.findings import Finding, Location, Severity
from generator.ir import Import, Type
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
UNSET: Final = Type("Unset", frozenset({Import(f"{RUNTIME}.unset", "Unset")}))

# Longer arrays of a fixed length stay lists: a tuple type of a hundred members helps nobody.
_LONGEST_TUPLE: Final = 8


@attrs.define
class FoundEnum:
    """An enum that a type refers to, and whether the description leaves it open."""

    node: Node
    schema: dict[str, Any]


@attrs.define
class Annotations:
    """Makes types, and gathers the enums they refer to and what cannot be expressed."""

    document: dict[str, Any]
    origin: Callable[[str], Location]
    enums: dict[str, FoundEnum] = attrs.field(factory=dict[str, FoundEnum])
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
        self.findings.append(Finding(self.origin(pointer), Severity.ERROR, rule, message))

    def type(self, node: Node, schema: Any, pointer: str) -> Type:
        """Return the annotation of a node, with the schema that it was made from and that schema's place."""
        target = self.follow(schema)
        pointer = str(target.get(POINTER, pointer))
        match node.kind:
            case "any" | "file":
                what = "any value" if node.kind == "any" else "a file outside JSON"
                self.report(
                    pointer,
                    "type-known",
                    f"this schema allows {what}, which would become `Any`: give it a type, "
                    "or a list of schemas in `anyOf`",
                )
                return Type("object")
            case "str" if target.get("contentEncoding") == "base64" or target.get("format") == "byte":
                return BASE64
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

    def _array(self, node: Node, schema: dict[str, Any], pointer: str) -> Type:
        item = self.type(node.inner[0], schema.get("items", {}), f"{pointer}/items")
        length = schema.get("minItems")
        if isinstance(length, int) and 0 < length <= _LONGEST_TUPLE and length == schema.get("maxItems"):
            return Type(f"tuple[{', '.join([item.code] * length)}]", item.imports)
        return Type(f"list[{item.code}]", item.imports)

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
        ordered = sorted(kinds.values(), key=lambda kind: kind.code == "None")
        result = ordered[0]
        for kind in ordered[1:]:
            result = result | kind
        return result
