"""Operations from what the tool parsed and from the description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from generator import ir, names
from generator.access import ENVIRONMENT, parameter_environment_problems
from generator.adapter import Node, ParsedOperation
from generator.annotations import Annotations
from generator.authentication import alternatives
from generator.catalogue import Catalogue
from generator.examples import examples
from generator.ir import Type
from generator.limits import limits_code
from generator.media import ACCEPT, ANY, BYTES, JSON, bare, is_json
from generator.models import Models
from generator.pointer import escape
from generator.requirements import Requirements
from generator.structure import value_at
from generator.usage import usage

_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"

_USUAL: Final = {"style": "form", "explode": True, "allowReserved": False, "headers": {}}


@attrs.define
class Operations:
    """Makes operations."""

    annotations: Annotations
    models: Models
    made: dict[str, ir.Model]
    catalogue: Catalogue
    _requirements: Requirements = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._requirements = Requirements.of(self.annotations.document)

    def make(self, parsed: ParsedOperation) -> ir.Operation:
        """Make an operation."""
        document = self.annotations.document
        pointer = f"/paths/{escape(parsed.path)}/{parsed.method}"
        raw = value_at(document, pointer)
        parameters = tuple(self._parameters(parsed, raw, pointer))
        request_body = self.annotations.follow(raw.get("requestBody", {}))
        media_type, node, schema = self._body(parsed, request_body, pointer)
        body = self.annotations.type(node, schema, f"{pointer}/requestBody") if node else None
        body_model = self.made.get(node.class_name) if node and node.kind == "model" else None
        if body_model is not None:
            # Otherwise the method takes the model as a whole.
            is_flat = request_body.get("required") is True and not body_model.unknown_members
            body_model = self._with_arguments(body_model, parsed, parameters) if is_flat else None
        is_model = node is not None and node.kind == "model"
        body_input, body_argument = (
            self.models.input(node, body, schema, "body") if node and body else (Type(""), Type("body"))
        )
        successes = tuple(self._successes(parsed, raw, pointer))
        errors = tuple(self._errors(parsed, raw, pointer))
        kinds = [
            *(parameter.type for parameter in parameters),
            *(success.type for success in successes if success.type),
        ]
        operation = ir.Operation(
            name=parsed.name,
            module=parsed.module,
            tag=parsed.tag,
            method=parsed.method.upper(),
            path=parsed.path,
            summary=str(raw.get("summary") or "").strip()
            or names.in_words(str(raw.get("operationId") or parsed.name)),
            description=str(raw.get("description", "")),
            deprecated=raw.get("deprecated") is True,
            parameters=parameters,
            body=body,
            body_input=body_input,
            body_argument=body_argument,
            body_required=request_body.get("required") is True,
            body_description=str(request_body.get("description", "")),
            body_model=body_model,
            media_type=media_type,
            parts=tuple(self._parts(request_body, media_type, f"{pointer}/requestBody")),
            accept=self._accept(raw, successes),
            successes=successes,
            errors=tuple((key, name) for key, name, _ in errors),
            documented_codes=self.catalogue.documented([key for key, _, _ in errors]),
            documented_statuses=tuple(self._failures(raw)),
            authentication=alternatives(raw, self._requirements, self.annotations),
            body_limits=limits_code(schema, self.annotations.follow) if body and not is_model else "",
            imports=tuple(
                sorted({found for kind in [*kinds, *([body] if body else [])] for found in kind.imports})
            ),
        )

        def described(parameter: ir.Parameter) -> dict[str, Any]:
            return self._described(raw, parsed, parameter.location, parameter.wire_name, pointer)[0]

        example = usage(operation, parsed, raw, self.models, described)
        found = tuple(examples(raw, self.annotations.follow))
        return self.annotations.unions.in_operation(attrs.evolve(operation, usage=example, examples=found))

    def _failures(self, raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each documented status that is no success, with the first paragraph of what it is."""
        for status, response in raw.get("responses", {}).items():
            if status[:1] in {"3", "4", "5", "d"}:
                about = str(self.annotations.follow(response).get("description") or "").strip()
                yield status, " ".join(about.partition("\n\n")[0].split())

    def _with_arguments(
        self, model: ir.Model, parsed: ParsedOperation, parameters: Iterable[ir.Parameter]
    ) -> ir.Model:
        """Return the model of a body whose fields are arguments of a method, which all differ."""
        taken = {parsed.module, *(parameter.name for parameter in parameters if not parameter.of_client)}
        own = {field.name for field in model.fields}
        fields: list[ir.Field] = []
        for field in model.fields:
            name = names.argument(field.name, taken, own)
            taken.add(name)
            fields.append(
                self.models.with_argument(model.class_name, field, name) if name != field.name else field
            )
        return attrs.evolve(model, fields=tuple(fields))

    def _parameters(
        self, parsed: ParsedOperation, raw: dict[str, Any], pointer: str
    ) -> Iterator[ir.Parameter]:
        for location, parsed_field in parsed.parameters:
            described, below = self._described(raw, parsed, location, parsed_field.wire_name, pointer)
            schema = described.get("schema", {})
            field = self.models.field(
                parsed_field,
                schema,
                f"{below}/schema",
                name=names.parameter(parsed_field.name, location, parsed.module),
                is_sent=True,
            )
            style = described.get("style", "simple" if location in {"path", "header"} else "form")
            explode = described.get("explode", style == "form")
            if style not in {"simple", "form"} or not self._is_flat(parsed_field.node):
                self.annotations.report(
                    below,
                    "parameter-style",
                    f"{parsed_field.wire_name} as {style} with this schema cannot be expressed, and the call would be "
                    "wrong: use a scalar or a list of scalars with style form (query, cookie) or simple (path, header)",
                )
            yield ir.Parameter(
                wire_name=field.wire_name,
                name=field.name,
                type=field.type,
                input_type=field.input_type,
                argument=field.argument,
                required=field.required,
                description=str(described.get("description") or field.description),
                default=field.default,
                default_code=field.default_code,
                limits=field.limits,
                location=location,
                of_client=described.get("x-client-parameter") is True,
                joined=parsed_field.node.kind == "list" and not explode and location in {"query", "cookie"},
                deprecated=described.get("deprecated") is True or field.deprecated,
                range=field.range,
                environment=self._environment(described, below),
            )

    def _environment(self, described: dict[str, Any], pointer: str) -> str:
        """Return the variable of the environment that holds a parameter, or nothing."""
        if ENVIRONMENT not in described:
            return ""
        for place, message in parameter_environment_problems(described):
            self.annotations.report(f"{pointer}/{ENVIRONMENT}{place}", "environment", message)
        return str(described[ENVIRONMENT])

    def _is_flat(self, node: Node) -> bool:
        if node.kind in {"list", "union"}:
            return all(self._is_flat(inner) and inner.kind != "list" for inner in node.inner)
        return node.kind not in {"model", "any", "file"}

    def _described(
        self, raw: dict[str, Any], parsed: ParsedOperation, location: str, wire_name: str, pointer: str
    ) -> tuple[dict[str, Any], str]:
        """Return a parameter as the description has it, and where."""
        above = pointer.rpartition("/")[0]
        places = [(raw, pointer), (self.annotations.document["paths"][parsed.path], above)]
        for holder, place in places:
            for index, parameter in enumerate(holder.get("parameters", ())):
                found = self.annotations.follow(parameter)
                if found.get("name") == wire_name and found.get("in") == location:
                    return found, f"{place}/parameters/{index}"
        return {}, pointer

    def _body(
        self, parsed: ParsedOperation, request_body: dict[str, Any], pointer: str
    ) -> tuple[str, Node | None, Any]:
        if not parsed.bodies:
            return JSON, None, {}
        below = f"{pointer}/requestBody"
        media_type, node = parsed.bodies[0]
        if len(parsed.bodies) > 1:
            names = ", ".join(name for name, _ in parsed.bodies)
            self.annotations.report(
                below,
                "one-body",
                f"a body as one of {names} would need a choice at each call: leave one media type",
            )
        schema = request_body.get("content", {}).get(media_type, {}).get("schema", {})
        name = media_type.partition(";")[0].strip().lower()
        if name in {_FORM, _MULTIPART} and node.kind != "model":
            self.annotations.report(
                below, "form-is-object", f"a body as {name} has to be an object: give it properties"
            )
        return JSON if name in ANY else name, node, schema

    def _parts(
        self, request_body: dict[str, Any], media_type: str, pointer: str
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the media types that members of a multipart body may have; a form cannot have any."""
        for name, media in request_body.get("content", {}).items():
            for member, encoding in media.get("encoding", {}).items():
                types = tuple(
                    one.strip() for one in str(encoding.get("contentType", "")).split(",") if one.strip()
                )
                schema = (
                    self.annotations.follow(media.get("schema", {})).get("properties", {}).get(member, {})
                )
                is_object = "properties" in self.annotations.follow(schema)
                others = [
                    key
                    for key, value in encoding.items()
                    if key != "contentType" and not key.startswith("x-") and value != _USUAL.get(key)
                ]
                if is_object and types and not any(map(is_json, types)):
                    others.append(f"contentType: {encoding['contentType']}")
                if others and bare(name) == media_type:
                    self.annotations.report(
                        f"{pointer}/content/{escape(name)}/encoding/{escape(member)}",
                        "part-encoding",
                        f"{member} would go without the `encoding` that it has ({', '.join(others)}): "
                        "only a `contentType` is known, for an object JSON",
                    )
                elif types and media_type == _MULTIPART:
                    yield member, types

    def _successes(self, parsed: ParsedOperation, raw: dict[str, Any], pointer: str) -> Iterator[ir.Success]:
        successes = [
            (status, node) for status, node in parsed.responses if status == "2XX" or _is_status(status, 2)
        ]
        if not successes:
            successes = [(status, node) for status, node in parsed.responses if status == "default"]
        if not successes:
            self.annotations.report(
                f"{pointer}/responses",
                "success-documented",
                "no answer is a success, so each call would raise: name a status from 200 to 299, or 2XX",
            )
        for status, node in successes:
            response = self.annotations.follow(raw["responses"].get(status, {}))
            kind, code = self._answer(node, response.get("content", {}), f"{pointer}/responses/{status}")
            model = self.made.get(node.class_name)
            yield ir.Success(
                key=int(status) if status.isdecimal() else status,
                type=kind,
                kind=code,
                returns=str((model and model.description) or response.get("description", "")),
                headers=tuple(
                    (name, str(self.annotations.follow(header).get("description", "")))
                    for name, header in response.get("headers", {}).items()
                ),
            )

    def _answer(self, node: Node, content: dict[str, Any], pointer: str) -> tuple[Type | None, str]:
        if not content:
            return None, "None"
        if len(content) > 1:
            self.annotations.report(
                pointer,
                "one-answer",
                f"an answer as one of {', '.join(content)} cannot be told apart: leave one media type",
            )
        media_type, media = next(iter(content.items()))
        name = media_type.partition(";")[0].strip().lower()
        if name.startswith("text/"):
            return Type("str"), "TEXT"
        if name == BYTES or node.kind == "file":
            return Type("bytes"), "BINARY"
        kind = self.annotations.type(node, media.get("schema", {}), pointer)
        return kind, kind.code

    def _accept(self, raw: dict[str, Any], successes: Iterable[ir.Success]) -> str:
        """Return what is asked for, where the kinds of answers do not say it."""
        named = {
            success.key: self.annotations.follow(raw["responses"].get(str(success.key), {})).get(ACCEPT)
            for success in successes
        }
        usual = {"None": "", "TEXT": "*/*", "BINARY": "*/*"}
        asked = [named[success.key] or usual.get(success.kind, JSON) for success in successes]
        return ", ".join(dict.fromkeys(filter(None, asked))) if any(named.values()) else ""

    def _errors(
        self, parsed: ParsedOperation, raw: dict[str, Any], pointer: str
    ) -> Iterator[tuple[int | str, str, Type]]:
        has_success = any(status == "2XX" or _is_status(status, 2) for status, _ in parsed.responses)
        for status, node in parsed.responses:
            if status == "2XX" or _is_status(status, 2) or (status == "default" and not has_success):
                continue
            content = self.annotations.follow(raw["responses"].get(status, {})).get("content", {})
            media_type, media = next(iter(content.items()), ("", dict[str, Any]()))
            name = media_type.partition(";")[0].strip().lower()
            if "schema" in media and name.startswith("text/"):
                yield self._status_key(status), self.catalogue.text_format(), Type("str")
                continue
            if "schema" not in media or not is_json(media_type):
                continue  # it stands in the raw response
            kind = self.annotations.type(node, media["schema"], f"{pointer}/responses/{status}")
            model = self.made.get(node.class_name)
            yield self._status_key(status), self.catalogue.format(kind, model), kind

    def _status_key(self, status: str) -> int | str:
        return int(status) if status.isdecimal() else status


def _is_status(text: str, hundreds: int) -> bool:
    return text.isdecimal() and int(text) // 100 == hundreds
