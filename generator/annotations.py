"""Python types for what the tool parsed, with the facts that it leaves aside taken from the description."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote

import attrs

from generator.adapter import Node, class_name, identifier
from generator.findings import Finding, Location, error
from generator.ir import Alias, Import, Type
from generator.names import safe_class
from generator.pointer import unescape
from generator.prepare import OPEN_ENUM, POINTER
from generator.structure import is_reference, resolve, value_at
from generator.subtypes import FALLBACK, sole_reference
from generator.unions import Unions

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
        enum_places: Where the schema of each class of an enum stands.
    """

    document: dict[str, Any]
    origin: Callable[[str], Location]
    taken: frozenset[str] = frozenset()
    enum_places: dict[str, str] = attrs.field(factory=dict[str, str])
    enums: dict[str, FoundEnum] = attrs.field(factory=dict[str, FoundEnum])
    aliases: dict[str, Alias] = attrs.field(factory=dict[str, Alias])
    findings: list[Finding] = attrs.field(factory=list[Finding])
    unions: Unions = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.unions = Unions(self.taken)

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
        found = error(self.origin(pointer), rule, message, pointer)
        if found not in self.findings:  # several operations may lead to it
            self.findings.append(found)

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
                if "enum" not in target:  # an alternative within alternatives, which the tool makes one of
                    target = value_at(self.document, self.enum_places[node.class_name])
                known = self.enums.setdefault(node.class_name, FoundEnum(node, target))
                if OPEN_ENUM in target:
                    known.schema = target
                return Type(node.class_name, frozenset({Import(f".models.{node.module}", node.class_name)}))
            case "model":
                return Type(node.class_name, frozenset({Import(f".models.{node.module}", node.class_name)}))
            case "list":
                return self._array(node, target, pointer)
            case "union":
                kind = self._union(node, target, pointer)
                title, about = (str(target.get(key) or "") for key in ("title", "description"))
                return self.unions.note(kind, title, about, pointer)
            case _:
                return _PLAIN[node.kind]

    def default(self, node: Node, value: Any, schema: Any) -> str:
        """Return a documented default as code, or an empty text when there is none that code can have."""
        match node.kind:
            case "any" if isinstance(value, (bool, int, float, str)):
                return repr(value)
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
        found = list(self._alternatives(schema))
        others = [inner for inner in node.inner if inner.kind != "none"]
        if len(found) != len(others):
            # The tool takes alternatives of the same type for one.
            found = [(schema, schema if "discriminator" in schema else None)] * len(others)
        groups: list[tuple[dict[str, Any] | None, dict[str, Type]]] = []
        for inner, (branch, union) in zip(others, found, strict=True):
            if not groups or groups[-1][0] is not union:
                groups.append((union, {}))
            kind = self.type(inner, branch, pointer)
            groups[-1][1].setdefault(kind.code, kind)
        names = self._names(node, schema)
        kinds: dict[str, Type] = {}
        for union, members in groups:
            whole = (
                [_discriminated(members, union, names)]
                if union is not None and len(members) > 1
                else members.values()
            )
            for kind in whole:
                kinds.setdefault(kind.code, kind)
        if any(inner.kind == "none" for inner in node.inner):
            kinds["None"] = kinds.pop("None", _PLAIN["none"])
        return _joined(list(kinds.values()))

    def _alternatives(
        self, schema: dict[str, Any], union: dict[str, Any] | None = None, above: tuple[int, ...] = ()
    ) -> Iterator[tuple[Any, dict[str, Any] | None]]:
        """Yield the alternatives that are not null, also those within alternatives.

        With each comes the union whose discriminator tells it from others, or None.
        """
        union = schema if "discriminator" in schema else union
        above = (*above, id(schema))
        for branch in _branches(schema):
            target = self.follow(branch)
            if target.get("type") == "null":
                continue
            if _branches(target) and id(target) not in above:
                yield from self._alternatives(target, union, above)
            else:
                yield branch, union

    def _names(self, node: Node, schema: dict[str, Any]) -> dict[str, str]:
        """Return the classes of a union's models by the names that the description has for them."""
        classes = {inner.exported_name: inner.class_name for inner in node.inner if inner.kind == "model"}
        names = dict(classes)
        for branch, _ in self._alternatives(schema):
            reference = sole_reference(branch)
            if reference is not None:
                title = self.follow(branch).get("title")
                name = unescape(unquote(reference.rpartition("/")[2]))
                if (found := class_name(str(title or name))) in classes:
                    names[name] = classes[found]
        return names


def _branches(schema: dict[str, Any]) -> list[Any]:
    branches = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if not branches and isinstance(schema.get("type"), list):
        branches = [{**schema, "type": kind} for kind in schema["type"]]
    return branches


def _discriminated(members: dict[str, Type], schema: dict[str, Any], names: dict[str, str]) -> Type:
    discriminator = schema["discriminator"]
    here = {name: found for name, found in names.items() if found in members}
    models = dict(here)
    for value, target in (discriminator.get("mapping") or {}).items():
        name = target if target in here else unescape(unquote(target.rpartition("/")[2]))
        if name in here:
            models[value] = here[name]
    union = _joined(list(members.values()))
    imports = union.imports | {Import("typing", "Annotated"), Import(f"{RUNTIME}.codec", "Discriminator")}
    fallback = here.get(str(schema.get(FALLBACK)))
    last = f", {fallback!r}" if fallback else ""
    return Type(
        f"Annotated[{union.code}, Discriminator({discriminator['propertyName']!r}, {models!r}{last})]",
        imports,
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
        if kind == "date":
            return repr(datetime.date.fromisoformat(value))
        time = datetime.datetime.fromisoformat(value)
        # Without an offset it is none of RFC 3339, and every call with it would be refused.
        return "" if time.utcoffset() is None else repr(time)
    except ValueError:
        return ""
