"""From what the tool parsed, and the facts it leaves aside, to what is generated."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from generator import ir
from generator.adapter import Node, Parsed, ParsedField, ParsedModel, ParsedOperation, class_name, identifier
from generator.annotations import BASE64, RUNTIME, UNSET, Annotations
from generator.errors import FindingsError
from generator.findings import Location
from generator.ir import Import, Type
from generator.names import attribute
from generator.pointer import escape
from generator.prepare import EXACTLY_ONE_OF, OPEN_ENUM
from generator.structure import value_at

_FILE_INPUT: Final = Type("FileInput", frozenset({Import(f"{RUNTIME}.encoded", "FileInput")}))

# Names that each method of a client has besides the fields of its body.
_OPTIONS: Final = frozenset({"self", "client", "time_limit", "headers"})


def assemble(
    parsed: Parsed, document: dict[str, Any], *, package: str, origin: Callable[[str], Location]
) -> ir.Package:
    """Put together what is generated from a prepared description.

    Raises:
        FindingsError: with everything that cannot be expressed.
    """
    return _Assembly(parsed, document, package, origin).package()


class _Assembly:
    def __init__(
        self, parsed: Parsed, document: dict[str, Any], name: str, origin: Callable[[str], Location]
    ) -> None:
        self.parsed = parsed
        self.document = document
        self.name = name
        self.annotations = Annotations(document, origin)
        self.models = {model.class_name: model for model in parsed.models}
        self.references = {model.class_name: set(_classes(model)) for model in parsed.models}

    def package(self) -> ir.Package:
        received = self._reachable(
            node for operation in self.parsed.operations for _, node in operation.responses
        )
        sent = self._reachable(node for operation in self.parsed.operations for _, node in operation.bodies)
        models = {
            model.class_name: self._model(model, model.class_name in sent) for model in self.parsed.models
        }
        operations = tuple(self._operation(operation, models) for operation in self.parsed.operations)
        errors = tuple(
            self._error_model(models[name])
            for name in sorted({operation.errors for operation in operations} - {""})
        )
        enums = tuple(self._enum(name, received) for name in sorted(self.annotations.enums))
        schemes = tuple(self._schemes())
        if self.annotations.findings:
            raise FindingsError(sorted(set(self.annotations.findings)))
        info = self.document["info"]
        return ir.Package(
            name=self.name,
            distribution=self.name.replace("_", "-"),
            title=str(info["title"]),
            version=str(info["version"]),
            summary=str(info.get("summary") or info["title"]),
            description=str(info.get("description", "")),
            license=str((info.get("license") or {}).get("identifier", "")),
            operations=operations,
            models=tuple(models[name] for name in sorted(models)),
            enums=enums,
            schemes=schemes,
            server=self._server(),
            errors=errors,
        )

    def _reachable(self, nodes: Iterable[Node]) -> set[str]:
        """Return the names of all classes that these types lead to."""
        found: set[str] = set()
        waiting = [name for node in nodes for name in _names(node)]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.references.get(name, ()))
        return found

    def _model(self, parsed: ParsedModel, is_sent: bool) -> ir.Model:
        schema = value_at(self.document, parsed.pointer) if parsed.pointer else {}
        fields = tuple(
            self._field(field, self._property(schema, field.wire_name), parsed.pointer)
            for field in parsed.fields
        )
        unknown = None
        if parsed.unknown_members is not None:
            inner = parsed.unknown_members
            pointer = f"{parsed.pointer}/additionalProperties"
            unknown = Type("Any", frozenset({Import("typing", "Any")}))
            if inner.kind != "any":
                unknown = self.annotations.type(inner, schema.get("additionalProperties", {}), pointer)
        imports = {found for field in fields for found in field.type.imports}
        imports |= unknown.imports if unknown else set()
        own = Import(f".models.{parsed.module}", parsed.class_name)
        late = {
            found
            for found in imports
            if found.name in self.models and self._leads_back(found.name, parsed.class_name)
        }
        group = schema.get(EXACTLY_ONE_OF)
        names = {field.wire_name: field.name for field in fields}
        return ir.Model(
            class_name=parsed.class_name,
            module=parsed.module,
            description=str(schema.get("description", "")),
            fields=tuple(sorted(fields, key=lambda field: not field.required)),
            imports=tuple(sorted(imports - late - {own})),
            late_imports=tuple(sorted(late - {own})),
            unknown_members=unknown,
            exactly_one_of=(tuple(names[name] for name in group if name in names),) if group else (),
            image_limits=tuple(self._image_limits(schema, fields)) if is_sent else (),
            uris=tuple(self._uris(schema, parsed)) if is_sent else (),
        )

    def _leads_back(self, start: str, goal: str) -> bool:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            name = waiting.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(self.references.get(name, ()))
        return False

    def _property(self, schema: dict[str, Any], name: str) -> dict[str, Any]:
        """Return the schema of a property, also when it comes from a part of `allOf`."""
        found = schema.get("properties", {}).get(name)
        if isinstance(found, dict):
            return found
        for part in schema.get("allOf", ()):
            if found := self._property(self.annotations.follow(part), name):
                return found
        return {}

    def _field(self, parsed: ParsedField, schema: dict[str, Any], pointer: str) -> ir.Field:
        below = f"{pointer}/properties/{escape(parsed.wire_name)}"
        kind = self.annotations.type(parsed.node, schema, below)
        name = attribute(parsed.wire_name, parsed.name)
        input_type, argument = self._input(parsed.node, kind, schema, name)
        if not parsed.required:
            kind, input_type = kind | UNSET, input_type | UNSET
        return ir.Field(
            wire_name=parsed.wire_name,
            name=name,
            type=kind,
            input_type=input_type,
            argument=argument,
            required=parsed.required,
            description=self._description(schema),
            default=_json(schema.get("default")),
        )

    def _input(self, node: Node, kind: Type, schema: dict[str, Any], name: str) -> tuple[Type, Type]:
        """Return what a method takes for a field, and the code that makes the field's value from it."""
        if kind == BASE64:
            limit = self.annotations.follow(schema).get("maxLength", schema.get("maxLength"))
            length = f", max_length={limit}" if isinstance(limit, int) else ""
            code = f"to_base64({name!r}, {name}{length})"
            return _FILE_INPUT, Type(code, frozenset({Import(f"{RUNTIME}.encoded", "to_base64")}))
        is_list = node.kind == "list" and kind.code.startswith("list[")
        item = node.inner[0] if is_list else node
        if item.kind != "enum" or item.is_int:
            return kind, Type(name)
        function = "to_enum_list" if is_list else "to_enum"
        argument = Type(
            f"{function}({name!r}, {item.class_name}, {name})",
            frozenset({Import(f"{RUNTIME}.enums", function)}),
        )
        given = Type(
            f"{item.class_name} | {item.class_name}Value",
            kind.imports | {Import(f".models.{item.module}", f"{item.class_name}Value")},
        )
        if is_list:
            given = Type(f"Sequence[{given.code}]", given.imports | {Import("collections.abc", "Sequence")})
        return given, argument

    def _description(self, schema: dict[str, Any]) -> str:
        return str(schema.get("description") or self.annotations.follow(schema).get("description") or "")

    def _image_limits(self, schema: dict[str, Any], fields: tuple[ir.Field, ...]) -> Iterator[ir.ImageLimits]:
        limits = schema.get("x-image-limits")
        if not isinstance(limits, dict):
            return
        for field in fields:
            if BASE64.imports <= field.type.imports:
                yield ir.ImageLimits(
                    field=field.name,
                    formats=tuple(limits["formats"]),
                    min_side=limits["min_side"],
                    max_side=limits["max_side"],
                    max_base64_length=limits["max_base64_length"],
                )

    def _uris(self, schema: dict[str, Any], parsed: ParsedModel) -> Iterator[str]:
        for field in parsed.fields:
            if self.annotations.follow(self._property(schema, field.wire_name)).get("format") == "uri":
                yield attribute(field.wire_name, field.name)

    def _enum(self, name: str, received: set[str]) -> ir.Enum:
        found = self.annotations.enums[name]
        # The tool escapes values for a place in its own templates; only the description has them as they are.
        values = [value for value in found.schema["enum"] if value is not None]
        return ir.Enum(
            class_name=name,
            module=found.node.module,
            description=str(found.schema.get("description", "")),
            members=tuple(
                ir.Member(member, value) for member, value in zip(found.node.members, values, strict=True)
            ),
            # An answer may hold a value that was added after this client was made.
            open=OPEN_ENUM in found.schema or name in received,
            is_int=found.node.is_int,
        )

    def _operation(self, parsed: ParsedOperation, models: dict[str, ir.Model]) -> ir.Operation:
        pointer = f"/paths/{escape(parsed.path)}/{parsed.method}"
        raw = value_at(self.document, pointer)
        parameters = tuple(
            self._parameter(location, field, self._raw_parameter(raw, parsed.path, location, field), pointer)
            for location, field in parsed.parameters
        )
        body_type, body_model, request_body = self._body(parsed, raw, pointer, models)
        if body_model is not None:
            taken = {parameter.name for parameter in parameters} | _OPTIONS
            if taken & {field.name for field in body_model.fields}:
                body_model = None  # the method then takes the model as a whole
        successes, errors = self._responses(parsed, raw, pointer, models)
        kinds = [
            *(parameter.type for parameter in parameters),
            *(success.type for success in successes if success.type),
        ]
        kinds += [body_type] if body_type else []
        return ir.Operation(
            name=parsed.name,
            tag=parsed.tag,
            method=parsed.method.upper(),
            path=parsed.path,
            summary=str(raw.get("summary") or parsed.name.replace("_", " ").capitalize()),
            description=str(raw.get("description", "")),
            parameters=parameters,
            body=body_type,
            body_required=bool(request_body.get("required", False)),
            body_description=str(request_body.get("description", "")),
            body_model=body_model,
            successes=successes,
            errors=errors,
            imports=tuple(sorted({found for kind in kinds for found in kind.imports})),
        )

    def _raw_parameter(
        self, raw: dict[str, Any], path: str, location: str, field: ParsedField
    ) -> dict[str, Any]:
        for parameter in [*raw.get("parameters", ()), *self.document["paths"][path].get("parameters", ())]:
            found = self.annotations.follow(parameter)
            if found.get("name") == field.wire_name and found.get("in") == location:
                return found
        return {}

    def _parameter(
        self, location: str, field: ParsedField, raw: dict[str, Any], pointer: str
    ) -> ir.Parameter:
        schema = raw.get("schema", {})
        kind = self.annotations.type(field.node, schema, f"{pointer}/parameters")
        return ir.Parameter(
            wire_name=field.wire_name,
            name=field.name,
            type=kind if field.required else kind | UNSET,
            required=field.required,
            description=str(raw.get("description") or self._description(schema)),
            default=_json(schema.get("default")),
            location=location,
            of_client=raw.get("x-client-parameter") is True,
        )

    def _body(
        self, parsed: ParsedOperation, raw: dict[str, Any], pointer: str, models: dict[str, ir.Model]
    ) -> tuple[Type | None, ir.Model | None, dict[str, Any]]:
        request_body = self.annotations.follow(raw.get("requestBody", {}))
        below = f"{pointer}/requestBody"
        if not parsed.bodies:
            return None, None, request_body
        media_type, node = parsed.bodies[0]
        if len(parsed.bodies) > 1 or not _is_json(media_type):
            names = ", ".join(name for name, _ in parsed.bodies)
            self.annotations.report(
                below,
                "body-is-json",
                f"a request body as {names} cannot be expressed: give one body as application/json",
            )
        schema = request_body.get("content", {}).get(media_type, {}).get("schema", {})
        kind = self.annotations.type(node, schema, below)
        return kind, models.get(node.class_name) if node.kind == "model" else None, request_body

    def _responses(
        self, parsed: ParsedOperation, raw: dict[str, Any], pointer: str, models: dict[str, ir.Model]
    ) -> tuple[tuple[ir.Success, ...], str]:
        successes: list[ir.Success] = []
        errors: dict[str, str] = {}
        for status, node in parsed.responses:
            below = f"{pointer}/responses/{status}"
            response = self.annotations.follow(raw["responses"].get(status, {}))
            content = response.get("content", {})
            if status.isdecimal() and 200 <= int(status) < 300:
                kind = self._success_type(node, content, below)
                model = models.get(node.class_name)
                returns = str((model and model.description) or response.get("description", ""))
                successes.append(ir.Success(status=int(status), type=kind, returns=returns))
            elif status == "2XX":
                self.annotations.report(
                    below, "status-exact", "a range of successes cannot be expressed: name each status"
                )
            elif content and node.kind == "model":
                errors[node.class_name] = below
            elif content:
                self.annotations.report(
                    below,
                    "error-is-object",
                    "the body of an error has to be a JSON object of the description",
                )
        if not successes:
            self.annotations.report(
                f"{pointer}/responses", "success-documented", "there is no status from 200 to 299: name one"
            )
        if len(errors) > 1:
            self.annotations.report(
                errors[max(errors)],
                "one-error-model",
                f"errors have different schemas ({', '.join(sorted(errors))}): use one",
            )
        return tuple(successes), min(errors, default="")

    def _success_type(self, node: Node, content: dict[str, Any], pointer: str) -> Type | None:
        if not content:
            return None
        media_type = next((name for name in content if _is_json(name)), None)
        if media_type is None or len(content) > 1:
            self.annotations.report(
                pointer,
                "response-is-json",
                f"an answer as {', '.join(content)} cannot be expressed: give one as application/json",
            )
            return None
        return self.annotations.type(node, content[media_type].get("schema", {}), pointer)

    def _error_model(self, model: ir.Model) -> ir.ErrorModel:
        pointer = self.models[model.class_name].pointer
        schema = value_at(self.document, pointer)
        names = {field.wire_name: field.name for field in model.fields}
        mapping = schema.get("x-error-fields", {})
        for role, name in mapping.items():
            if name not in names:
                self.annotations.report(
                    f"{pointer}/x-error-fields/{role}",
                    "error-fields",
                    f"{model.class_name} has no property {name!r}",
                )
        codes = schema.get("properties", {}).get(mapping.get("code"), {}).get("x-error-codes", {})
        return ir.ErrorModel(
            class_name=model.class_name,
            module=model.module,
            code=names.get(mapping.get("code"), ""),
            message=names.get(mapping.get("message"), ""),
            request_id=names.get(mapping.get("request_id"), ""),
            catalogue=tuple(ir.ErrorCode(code=code, **entry) for code, entry in codes.items()),
        )

    def _schemes(self) -> Iterator[ir.Scheme]:
        for name, raw in self.document.get("components", {}).get("securitySchemes", {}).items():
            scheme = self.annotations.follow(raw)
            pointer = f"/components/securitySchemes/{escape(name)}"
            signature = scheme.get("x-signature")
            if scheme.get("type") != "apiKey" or signature not in (None, "SDK-HMAC-SHA256"):
                what = signature or f"type {scheme.get('type')}"
                self.annotations.report(
                    pointer,
                    "security-scheme",
                    f"{what} cannot be expressed: use apiKey, with x-signature SDK-HMAC-SHA256 if signed",
                )
                continue
            yield ir.Scheme(
                class_name=f"{class_name(name)}Auth",
                base="SdkHmacSha256Auth" if signature else "ApiKeyAuth",
                key_name=scheme["name"],
                location=scheme["in"],
                description=str(scheme.get("description", "")),
            )

    def _server(self) -> ir.Server | None:
        for server in self.document.get("servers", ()):
            if not server["url"].startswith(("http://", "https://")):
                continue
            variables = tuple(
                ir.Variable(
                    identifier(name),
                    str(raw["default"]),
                    tuple(map(str, raw.get("enum", ()))),
                    str(raw.get("description", "")),
                )
                for name, raw in server.get("variables", {}).items()
            )
            url = server["url"]
            for name, variable in zip(server.get("variables", {}), variables, strict=True):
                url = url.replace(f"{{{name}}}", f"{{{variable.name}}}")
            return ir.Server(url, variables)
        return None


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


def _is_json(media_type: str) -> bool:
    name = media_type.partition(";")[0].strip().lower()
    return name == "application/json" or name.endswith("+json")


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
