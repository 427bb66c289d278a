"""Models from what the tool parsed and from their schemas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from generator import ir
from generator.adapter import Node, Parsed, ParsedField, ParsedModel
from generator.annotations import BASE64, FILE, JSON, RUNTIME, UNSET, Annotations
from generator.circles import circles, depths
from generator.confidential import is_secret
from generator.deprecation import notice
from generator.findings import quoted
from generator.ir import Import, Type
from generator.layers import PARTS, combined, layers
from generator.limits import bad_pattern, limits_code, limits_text, member_count
from generator.names import attribute
from generator.pointer import escape
from generator.prepare import AT_LEAST_ONE_OF, EXACTLY_ONE_OF
from generator.runtime.members import IN_ANSWERS, IN_REQUESTS
from generator.structure import value_at

_FILE_INPUT: Final = Type("FileInput", frozenset({Import(f"{RUNTIME}.encoded", "FileInput")}))
_PLAIN_FILE: Final = Type("PlainFile", frozenset({Import(f"{RUNTIME}.files", "PlainFile")}))

_FILES: Final = {
    "Base64": ("to_base64", "{}"),
    "Base64 | None": ("to_base64_or_none", "{} | None"),
    "list[Base64]": ("to_base64_list", "Sequence[{}]"),
    "File": ("to_file", "{}"),
    "File | None": ("to_file_or_none", "{} | None"),
    "list[File]": ("to_file_list", "Sequence[{}]"),
}
"""For types of files the function that makes one of what a method takes, and how the type of that is written."""

# An import takes seven frames of the interpreter's stack, which has a thousand.
_MOST_NESTED: Final = 100


@attrs.define
class Models:
    """Makes models, and knows which lead to which."""

    parsed: Parsed
    annotations: Annotations
    by_name: dict[str, ParsedModel] = attrs.field(init=False)
    _references: dict[str, set[str]] = attrs.field(init=False)
    _circles: dict[str, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.by_name = {model.class_name: model for model in self.parsed.models}
        self._references = {model.class_name: set(_classes(model)) for model in self.parsed.models}
        self._circles = circles(self._references)

    def report_depth(self) -> None:
        """Report classes that contain each other too deep: each imports the next, and Python ends that somewhere."""
        deep = {name: depth for name, depth in depths(self._references).items() if depth > _MOST_NESTED}
        if deep:
            name = min(deep, key=lambda name: (deep[name], name))
            self.annotations.report(
                self.by_name[name].pointer,
                "nesting-depth",
                f"{name} leads through {deep[name]} classes, one within the other, which cannot be imported: "
                f"{_MOST_NESTED} are possible",
            )

    def reachable(self, nodes: Iterable[Node]) -> set[str]:
        """Return the names of all classes that these types lead to."""
        found: set[str] = set()
        waiting = [name for node in nodes for name in _names(node)]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._references.get(name, ()))
        return found

    def make(self, parsed: ParsedModel, *, is_sent: bool, is_received: bool) -> ir.Model:
        """Make a model; limits are only for what is sent, and what has to be there may differ in answers."""
        schema = value_at(self.annotations.document, parsed.pointer) if parsed.pointer else {}
        has_picture = isinstance(schema.get("x-image-limits"), dict)
        fields = tuple(
            self.field(
                field,
                self._property(schema, field.wire_name),
                f"{parsed.pointer}/properties/{escape(field.wire_name)}",
                name=attribute(field.wire_name, field.name),
                is_sent=is_sent,
                is_received=is_received,
                has_picture=has_picture,
            )
            for field in parsed.fields
        )
        self._report_same_names(fields, parsed.pointer)
        unknown = self._unknown_members(parsed, schema)
        imports = {found for field in fields for found in field.type.imports}
        imports |= {field.converter for field in fields if field.converter}
        imports |= unknown.imports if unknown else set()
        own = Import(f".models.{parsed.module}", parsed.class_name)
        circle = self._circles.get(parsed.class_name)
        in_circle = {found for found in imports - {own} if self._circles.get(found.name) == circle}
        late = in_circle if circle is not None else set[Import]()
        names = {field.wire_name: field.name for field in fields}
        return ir.Model(
            class_name=parsed.class_name,
            exported_name=parsed.exported_name,
            module=parsed.module,
            description=str(schema.get("description", "")),
            fields=tuple(sorted(fields, key=lambda field: not field.required)),
            imports=tuple(sorted(imports - late - {own})),
            late_imports=tuple(sorted(late)),
            unknown_members=unknown,
            unknown_argument="" if unknown is None else _early(unknown, late | {own}),
            unknown_secret=is_secret(
                self.annotations.document, {"additionalProperties": schema.get("additionalProperties", {})}
            ),
            unknown_limits=self._unknown_limits(parsed, schema) if unknown and is_sent else "",
            member_count=self._member_count(schema) if is_sent and (parsed.fields or not unknown) else None,
            exactly_one_of=self._groups(schema, EXACTLY_ONE_OF, names),
            at_least_one_of=self._groups(schema, AT_LEAST_ONE_OF, names),
            image_limits=tuple(_image_limits(schema, fields)) if is_sent and has_picture else (),
            uris=tuple(self._uris(schema, parsed)) if is_sent else (),
            deprecated=notice(schema),
        )

    def _report_same_names(self, fields: Iterable[ir.Field], pointer: str) -> None:
        seen: dict[str, str] = {}
        for field in fields:
            other = seen.setdefault(field.name, field.wire_name)
            if other != field.wire_name:
                self.annotations.report(
                    f"{pointer}/properties/{escape(field.wire_name)}",
                    "names-differ",
                    f"{quoted(other)} and {quoted(field.wire_name)} would both be the attribute {field.name}: "
                    "rename one",
                )

    def field(
        self,
        parsed: ParsedField,
        schema: dict[str, Any],
        pointer: str,
        *,
        name: str,
        is_sent: bool,
        is_received: bool | None = None,
        has_picture: bool = False,
    ) -> ir.Field:
        """Make a field, also one that stands for a parameter, of which nothing else is asked in answers."""
        documented = combined(self.annotations.document, schema)
        side = _side(documented) if parsed.required and is_received is not None else ""
        # What the other side leaves out has to be there in all that there is, or in nothing that there is.
        is_required = parsed.required and not (side and (is_sent if side == IN_ANSWERS else is_received))
        is_on_both = is_sent and is_received
        kind = self.annotations.type(parsed.node, schema, pointer)
        input_type, argument = self.input(parsed.node, kind, schema, name)
        if not is_required:
            kind, input_type = kind | UNSET, input_type | UNSET
        is_text_file = BASE64.imports <= kind.imports
        limits = ""
        if is_sent:
            # The length of a picture is one of its own limits.
            leave_out = frozenset({"maxLength"}) if is_text_file and has_picture else frozenset[str]()
            limits = limits_code(self.annotations.document, schema, leave_out=leave_out)
            if reason := bad_pattern(self.annotations.document, schema):
                self.annotations.report(
                    pointer,
                    "pattern-checkable",
                    f"the pattern is no regular expression of Python ({reason}): write it otherwise",
                )
        return ir.Field(
            wire_name=parsed.wire_name,
            name=name,
            parameter=name,
            type=kind,
            input_type=input_type,
            argument=argument,
            required=is_required,
            required_in=side if is_on_both else "",
            description=self._description(parsed.node, schema),
            default=json.dumps(documented["default"], ensure_ascii=False) if "default" in documented else "",
            default_code=""
            if parsed.default is None or (side == IN_ANSWERS and is_sent)
            else self.annotations.default(parsed.node, parsed.default, schema),
            limits=limits,
            is_secret=is_secret(self.annotations.document, schema),
            converter=_converter(kind) if is_sent else None,
            is_file=bool(kind.imports & (BASE64.imports | FILE.imports)),
            deprecated=notice(documented),
            # What a picture has to be like its description says better.
            range=limits_text(self.annotations.document, schema) if is_sent and not is_text_file else "",
        )

    def input(self, node: Node, kind: Type, schema: Any, name: str) -> tuple[Type, Type]:
        """Return what a method takes for a value, and the code that makes the value from it."""
        if (found := self._file_input(kind, schema, name)) is not None:
            return found
        is_list = node.kind == "list" and kind.code.startswith("list[")
        item = node.inner[0] if is_list else node
        if item.kind != "enum" or item.is_int:
            return kind, Type(name)
        function = "to_enum_list" if is_list else "to_enum"
        argument = Type(
            f"{function}({name!r}, {item.class_name}, {name})",
            kind.imports | {Import(f"{RUNTIME}.enums", function)},
        )
        given = Type(
            f"{item.class_name} | {item.class_name}Value",
            kind.imports | {Import(f".models.{item.module}", f"{item.class_name}Value")},
        )
        if is_list:
            given = Type(f"Sequence[{given.code}]", given.imports | {Import("collections.abc", "Sequence")})
        return given, argument

    def _file_input(self, kind: Type, schema: Any, name: str) -> tuple[Type, Type] | None:
        """Return the same as `input` for a file, one that may be null, or a list of files; None for anything else."""
        found = _FILES.get(kind.code)
        if found is None:
            return None
        function, shape = found
        encoded = function.startswith("to_base64")
        given = _FILE_INPUT if encoded else _PLAIN_FILE
        whole = Type(shape.format(given.code), given.imports)
        if function.endswith("_list"):
            schema = combined(self.annotations.document, schema).get("items", {})
            whole = Type(whole.code, whole.imports | {Import("collections.abc", "Sequence")})
        limit = combined(self.annotations.document, schema).get("maxLength") if encoded else None
        length = f", max_length={limit}" if isinstance(limit, int) else ""
        module = f"{RUNTIME}.{'encoded' if encoded else 'files'}"
        code = f"{function}({name!r}, {name}{length})"
        return whole, Type(code, frozenset({Import(module, function)}))

    def _description(self, node: Node, schema: dict[str, Any]) -> str:
        """Return what a member is: in its own words, then in those of a schema that no class says them of."""
        own = str(schema.get("description") or "").strip()
        referred = str(self.annotations.follow(schema).get("description") or "").strip()
        if not own or (own != referred and referred and node.kind not in {"model", "enum"}):
            return f"{own} {referred}".strip()
        return own

    def member(self, class_name: str, wire_name: str) -> dict[str, Any]:
        """Return the schema of a model's member."""
        pointer = self.by_name[class_name].pointer
        return self._property(value_at(self.annotations.document, pointer) if pointer else {}, wire_name)

    def is_read_only(self, class_name: str, wire_name: str) -> bool:
        """Return whether only answers have a model's member."""
        return _side(combined(self.annotations.document, self.member(class_name, wire_name))) == IN_ANSWERS

    def with_argument(self, class_name: str, field: ir.Field, name: str) -> ir.Field:
        """Return a field of a model for which a method takes an argument of another name."""
        model = self.by_name[class_name]
        (parsed,) = (one for one in model.fields if one.wire_name == field.wire_name)
        schema = self._property(value_at(self.annotations.document, model.pointer), field.wire_name)
        kind = self.annotations.type(parsed.node, schema, model.pointer)
        return attrs.evolve(field, parameter=name, argument=self.input(parsed.node, kind, schema, name)[1])

    def _unknown_members(self, parsed: ParsedModel, schema: dict[str, Any]) -> Type | None:
        if parsed.unknown_members is None:
            return JSON if self._inherits_unknown(schema) else None
        below = f"{parsed.pointer}/additionalProperties"
        return self.annotations.type(parsed.unknown_members, schema.get("additionalProperties", {}), below)

    def _inherits_unknown(self, schema: dict[str, Any]) -> bool:
        """Return whether a part of `allOf` allows members that nobody names, and the schema does not forbid them."""
        if schema.get("additionalProperties") is False:
            return False
        parts = [self.annotations.follow(part) for part in schema.get("allOf", ())]
        return any(
            part.get("additionalProperties") not in (None, False) or self._inherits_unknown(part)
            for part in parts
        )

    def _unknown_limits(self, parsed: ParsedModel, schema: dict[str, Any]) -> str:
        """Return limits of the members without names; how many there may be counts only where no others are."""
        found = [layer.schema for layer in layers(self.annotations.document, schema)]
        own = schema.get("additionalProperties")
        inherited = (
            one["additionalProperties"]
            for one in found
            if one is not schema and "additionalProperties" in one
        )
        whole: dict[str, Any] = {
            "additionalProperties": own if isinstance(own, dict) else {},
            PARTS: [{"additionalProperties": other} for other in inherited if isinstance(other, dict)],
        }
        count = None if parsed.fields else self._member_count(schema)
        least, most = count or (None, None)
        return limits_code(
            self.annotations.document, {**whole, "minProperties": least, "maxProperties": most}
        )

    def _member_count(self, schema: dict[str, Any]) -> tuple[int | None, int | None] | None:
        """Return how few and how many members an object may have, or None if any number is right."""
        least, most = member_count(self.annotations.document, schema)
        return None if least is None and most is None else (least, most)

    def _property(self, schema: dict[str, Any], name: str) -> dict[str, Any]:
        """Return the schema of a property, put together from all parts of `allOf` that have it."""
        found = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        for part in schema.get("allOf", ()):
            if inherited := self._property(self.annotations.follow(part), name):
                found.append(inherited)
        if len(found) == 1:
            return dict(found[0]) if isinstance(found[0], dict) else {}
        whole: dict[str, Any] = {}
        for part in found:
            whole.update(self.annotations.follow(part))
        return {**whole, PARTS: found} if found else whole

    def _groups(self, schema: dict[str, Any], key: str, names: dict[str, str]) -> tuple[tuple[str, ...], ...]:
        """Return the groups of a model, also those that come from a part of `allOf`."""
        own = schema.get(key)
        groups = [tuple(names[name] for name in own if name in names)] if own else []
        for part in schema.get("allOf", ()):
            groups.extend(self._groups(self.annotations.follow(part), key, names))
        return tuple(groups)

    def _uris(self, schema: dict[str, Any], parsed: ParsedModel) -> Iterator[str]:
        for field in parsed.fields:
            if self.annotations.follow(self._property(schema, field.wire_name)).get("format") == "uri":
                yield attribute(field.wire_name, field.name)


def _side(schema: dict[str, Any]) -> str:
    """Return where alone a member has to be there that is required: OpenAPI says so of what is read or written only."""
    is_read, is_written = schema.get("readOnly") is True, schema.get("writeOnly") is True
    if is_read == is_written:
        return ""
    return IN_ANSWERS if is_read else IN_REQUESTS


def _converter(kind: Type) -> Import | None:
    """Return the function with which a model makes a field from all that a method takes for it."""
    required = kind.code.removesuffix(" | Unset")
    if required not in _FILES:
        return None
    function = _FILES[required][0].removeprefix("to_")
    module = "encoded" if function.startswith("base64") else "files"
    return Import(f"{RUNTIME}.{module}", f"as_{'' if required == kind.code else 'optional_'}{function}")


def _early(kind: Type, late: set[Import]) -> str:
    """Return a type as code that is run before some of its names are there."""
    return repr(kind.code) if kind.imports & late else kind.code


def _image_limits(schema: dict[str, Any], fields: tuple[ir.Field, ...]) -> Iterator[ir.ImageLimits]:
    limits = schema["x-image-limits"]
    for field in fields:
        if BASE64.imports <= field.type.imports:
            yield ir.ImageLimits(
                field=field.name,
                formats=tuple(limits["formats"]),
                min_side=limits["min_side"],
                max_side=limits["max_side"],
                max_base64_length=limits["max_base64_length"],
            )


def _classes(model: ParsedModel) -> Iterator[str]:
    for field in model.fields:
        yield from _names(field.node)
    if model.unknown_members is not None:
        yield from _names(model.unknown_members)


def _names(node: Node) -> Iterator[str]:
    if node.class_name:
        yield node.class_name
    for inner in node.inner:
        yield from _names(inner)
