"""Operations from what the tool parsed and from the description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import attrs

from generator import help_text, ir, names
from generator.access import ENVIRONMENT, parameter_environment_problems
from generator.adapter import Node, ParsedField, ParsedOperation
from generator.annotations import UNSET, Annotations
from generator.authentication import alternatives
from generator.catalogue import Catalogue
from generator.deprecation import notice, sentence
from generator.examples import examples
from generator.ir import Type
from generator.limits import limits_code
from generator.media import ACCEPT, ANY, BYTES, JSON, LESS, UNREAD, bare, is_bytes, is_json
from generator.models import Models
from generator.pointer import escape
from generator.requirements import Requirements
from generator.runtime.members import IN_REQUESTS
from generator.structure import is_reference, resolve, value_at
from generator.usage import usage

_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"

_OTHERS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}
_DELIMITERS: Final = {"form": ",", **_OTHERS}

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
        request_body = self._referred(raw.get("requestBody", {}))
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
            description=self._about(raw, document["paths"][parsed.path]),
            deprecated=notice(raw),
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
            failures=tuple(self._failures(raw, {str(success.key) for success in successes})),
            documented_codes=self.catalogue.documented([key for key, _, _ in errors]),
            authentication=alternatives(raw, self._requirements, self.annotations),
            body_limits=limits_code(document, schema, only_beside=is_model) if body else "",
            imports=tuple(
                sorted({found for kind in [*kinds, *([body] if body else [])] for found in kind.imports})
            ),
        )

        def described(parameter: ir.Parameter) -> dict[str, Any]:
            return self._described(raw, parsed, parameter.location, parameter.wire_name, pointer)[0]

        example = usage(operation, parsed, raw, self.models, described)
        found = tuple(examples(raw, self.annotations.follow))
        return self.annotations.unions.in_operation(attrs.evolve(operation, usage=example, examples=found))

    def _referred(self, value: Any) -> dict[str, Any]:
        """Return what a reference stands for, with the words beside the reference, which count in OpenAPI 3.1."""
        found = self.annotations.follow(value)
        is_worded = is_reference(value) and str(self.annotations.document["openapi"]).startswith("3.1")
        return (
            {**found, "description": value["description"]} if is_worded and "description" in value else found
        )

    def _about(self, raw: dict[str, Any], item: dict[str, Any]) -> str:
        """Return what an operation is for, in its own words or in those of its path, and where there is more."""
        parts = [str(raw.get("description") or item.get("description") or "").strip()]
        general = self.annotations.document.get("security") or ()
        scopes = dict.fromkeys(
            scope for names in raw.get("security", general) for needed in names.values() for scope in needed
        )
        if scopes:
            parts.append(f"Scopes of the token: {', '.join(f'`{scope}`' for scope in scopes)}.")
        if links := list(self._links(raw)):
            parts.append("What an answer leads to:\n\n" + "\n".join(f"- {link}" for link in links))
        if link := (raw.get("externalDocs") or {}).get("url"):
            about = str(raw["externalDocs"].get("description") or "").strip()
            parts.append(f"See also {f'[{about}]({link})' if about else f'<{link}>'}.")
        return "\n\n".join(filter(None, parts))

    def _links(self, raw: dict[str, Any]) -> Iterator[str]:
        """Yield what the answers of an operation are said to be good for, a line each."""
        for response in raw.get("responses", {}).values():
            for name, value in self.annotations.follow(response).get("links", {}).items():
                link = self.annotations.follow(value)
                target = str(link.get("operationId") or link.get("operationRef") or name)
                given = ", ".join(f"`{key}`: `{one}`" for key, one in (link.get("parameters") or {}).items())
                about = " ".join(str(link.get("description") or "").split())
                yield ": ".join(filter(None, (f"`{target}`{f' with {given}' if given else ''}", about)))

    def _about_header(self, header: Any) -> str:
        """Return what a header of an answer says, of which type, and whether it is always there."""
        found = self._referred(header)
        about = f"{sentence(notice(found))} {str(found.get('description') or '').strip()}".strip()
        kinds = self.annotations.follow(found.get("schema", {})).get("type", "")
        kind = " or ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
        what = ", ".join(
            filter(None, ("" if kind == "string" else kind, "always there" if found.get("required") else ""))
        )
        return f"{about} ({what})" if what and about else about or what

    def _failures(self, raw: dict[str, Any], successes: set[str]) -> Iterator[tuple[str, str]]:
        """Yield the answers that are no success, by their statuses, in the words of the description."""
        for status, value in raw.get("responses", {}).items():
            if status in successes or status.startswith("x-"):
                continue
            response = self._referred(value)
            names = ", ".join(f"`{name}`" for name in response.get("headers", {}))
            about = " ".join(str(response.get("description") or "").strip().partition("\n\n")[0].split())
            yield status, f"{about} (headers: {names})" if names else about

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
            if field.required_in == IN_REQUESTS:
                field = _as_required(field)
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
            joined = self._joined(parsed_field, described, location, below)
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
                joined=joined,
                reserved=location == "query" and described.get("allowReserved") is True,
                deprecated=field.deprecated if (own := notice(described)) is None else own,
                range=field.range,
                environment=self._environment(described, below),
            )

    def _joined(self, parsed: ParsedField, described: dict[str, Any], location: str, pointer: str) -> str:
        """Return what stands between the items of a list in a query, or nothing; report what cannot be written."""
        style = described.get("style", "simple" if location in {"path", "header"} else "form")
        explode = described.get("explode", style == "form")
        node = parsed.node
        has_list = any(one.kind == "list" for one in (node, *node.inner))
        known = style in _DELIMITERS or style == "simple"
        if not known or not self._is_flat(node) or (has_list and style in _OTHERS and explode):
            self.annotations.report(
                pointer,
                "parameter-style",
                f"{parsed.wire_name} as {style}{' with explode' if known and explode else ''} with this schema cannot "
                "be expressed, and the call would be wrong: use a scalar or a list of scalars with style form, or with "
                "spaceDelimited or pipeDelimited and explode: false (query), form (cookie) or simple (path, header)",
            )
        elif has_list and location == "cookie" and explode:
            self.annotations.report(
                pointer,
                "parameter-style",
                f"{parsed.wire_name} would be several cookies of one name, of which services read one: say "
                "`explode: false`, which makes one of them with commas",
            )
        return _DELIMITERS[style] if has_list and location == "query" and known and not explode else ""

    def _environment(self, described: dict[str, Any], pointer: str) -> str:
        """Return the variable of the environment that holds a parameter, or nothing."""
        if ENVIRONMENT not in described:
            return ""
        for place, message in parameter_environment_problems(described):
            self.annotations.report(f"{pointer}/{ENVIRONMENT}{place}", "environment", message)
        return str(described[ENVIRONMENT])

    def _is_flat(self, node: Node) -> bool:
        """Return whether a value is a scalar, a list of scalars, or one or the other."""
        if node.kind == "union":
            return all(self._is_flat(inner) for inner in node.inner)
        return self._is_scalar(node.inner[0] if node.kind == "list" else node)

    def _is_scalar(self, node: Node) -> bool:
        if node.kind == "union":
            return all(self._is_scalar(inner) for inner in node.inner)
        return node.kind not in {"model", "any", "file", "list"}

    def _described(
        self, raw: dict[str, Any], parsed: ParsedOperation, location: str, wire_name: str, pointer: str
    ) -> tuple[dict[str, Any], str]:
        """Return a parameter as the description has it, and where."""
        above = pointer.rpartition("/")[0]
        places = [(raw, pointer), (self.annotations.document["paths"][parsed.path], above)]
        for holder, place in places:
            for index, parameter in enumerate(holder.get("parameters", ())):
                found = self._referred(parameter)
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
        name = bare(media_type)
        if name in {_FORM, _MULTIPART}:
            if node.kind != "model":
                self.annotations.report(
                    below, "form-is-object", f"a body as {name} has to be an object: give it properties"
                )
            return name, node, schema
        if name in ANY:
            return JSON if node.kind != "file" else BYTES, node, schema
        if is_json(name) and node.kind == "file":
            self.annotations.report(
                below,
                "not-generated",
                f"a body as {name} cannot hold bytes: give it as {BYTES} or as a form, or say `format: byte`, which is "
                "Base64 text",
            )
        elif not is_json(name) and not (node.kind == "file" or self._is_scalar(node)):
            self.annotations.report(
                below,
                "not-generated",
                f"an object or a list as {name} cannot be written: describe it as JSON, as a form, as text "
                "(`type: string`) or as bytes (`format: binary`)",
            )
        return media_type.strip() if ";" in media_type else name, node, schema

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
                elif (
                    types
                    and bare(name) == media_type
                    and (media_type == _MULTIPART or (media_type == _FORM and any(map(is_json, types))))
                ):
                    yield member, types

    def _successes(self, parsed: ParsedOperation, raw: dict[str, Any], pointer: str) -> Iterator[ir.Success]:
        successes = [
            (status, node) for status, node in parsed.responses if status == "2XX" or _is_status(status, 2)
        ]
        if not successes:
            successes = [(status, node) for status, node in parsed.responses if status == "default"]
        if not successes:
            self.annotations.report(
                f"{pointer}/responses" if "responses" in raw else pointer,
                "success-documented",
                "no answer is a success, so each call would raise: name a status from 200 to 299, or 2XX",
            )
        for status, node in successes:
            response = self._referred(raw.get("responses", {}).get(status, {}))
            # HTTP has no body in these, whatever a description says (RFC 9110, sections 9.3.2 and 15.3).
            is_empty = parsed.method == "head" or status in {"204", "205"}
            content = {} if is_empty else response.get("content", {})
            place, _ = resolve(
                self.annotations.document,
                f"{pointer}/responses/{status}",
                raw.get("responses", {}).get(status, {}),
            )
            if content:
                self._report_unread(response, place)
            answers = tuple(self._answers(status, node, parsed, content, place))
            kind, code = _whole(answers)
            model = self.made.get(node.class_name)
            returns = str((model and model.description) or response.get("description", ""))
            yield ir.Success(
                key=int(status) if status.isdecimal() else status,
                type=kind,
                kind=code,
                returns=_about_media_types(returns, answers),
                headers=tuple(
                    (name, self._about_header(header)) for name, header in response.get("headers", {}).items()
                ),
                by_media_type=tuple((name, one) for name, one, _ in answers),
            )

    def _report_unread(self, response: dict[str, Any], pointer: str) -> None:
        for name, why in response.get(UNREAD, {}).items():
            self.annotations.report(
                f"{pointer}/content/{escape(name)}",
                "one-answer",
                f"what comes as {name} {why}, and could not be had: leave it out, describe it in an operation of its "
                "own, or as text or bytes (`type: string`) if it is such",
            )

    def _answers(
        self, status: str, first: Node, parsed: ParsedOperation, content: dict[str, Any], pointer: str
    ) -> Iterator[tuple[str, Type, str]]:
        """Yield for each media type of an answer what a call returns, and the code of what the body is."""
        nodes = {name: node for of, name, node in parsed.alternatives if of == status}
        for index, (name, media) in enumerate(content.items()):
            node = nodes.get(name) if index else first
            if node is not None and (len(content) == 1 or is_json(name)):
                yield name, *self._answer(node, name, media, pointer)
            elif is_bytes(media):
                yield name, Type("bytes"), "BINARY"
            else:
                yield name, Type("str"), "TEXT"

    def _answer(self, node: Node, media_type: str, media: dict[str, Any], pointer: str) -> tuple[Type, str]:
        name = media_type.partition(";")[0].strip().lower()
        if name.startswith("text/") and not is_json(name):
            if not (node.kind == "any" or self._is_scalar(node)):
                self.annotations.report(
                    pointer,
                    "not-generated",
                    f"an object or a list as {name} cannot be read: give it as JSON too, or describe it as text",
                )
            return Type("str"), "TEXT"
        if name == BYTES or node.kind == "file":
            return Type("bytes"), "BINARY"
        kind = self.annotations.type(node, media.get("schema", {}), pointer)
        return kind, kind.code

    def _accept(self, raw: dict[str, Any], successes: Iterable[ir.Success]) -> str:
        """Return what is asked for, where the kinds of answers do not say it."""
        named = {
            success.key: self.annotations.follow(raw.get("responses", {}).get(str(success.key), {})).get(
                ACCEPT
            )
            for success in successes
        }
        usual = {"None": "", "TEXT": "*/*", "BINARY": "*/*"}
        asked = [named[success.key] or usual.get(success.kind, JSON) for success in successes]
        return _in_order(filter(None, asked)) if any(named.values()) else ""

    def _errors(
        self, parsed: ParsedOperation, raw: dict[str, Any], pointer: str
    ) -> Iterator[tuple[int | str, str, Type]]:
        for status, node in parsed.responses:
            if status == "2XX" or _is_status(status, 2) or parsed.method == "head":
                continue
            content = self.annotations.follow(raw.get("responses", {}).get(status, {})).get("content", {})
            media_type, media = next(iter(content.items()), ("", dict[str, Any]()))
            name = media_type.partition(";")[0].strip().lower()
            if "schema" in media and name.startswith("text/") and not is_json(name):
                yield self._status_key(status), self.catalogue.text_format(), Type("str")
                continue
            if "schema" not in media or not is_json(media_type):
                continue  # it stands in the raw response
            kind = self.annotations.type(node, media["schema"], f"{pointer}/responses/{status}")
            model = self.made.get(node.class_name)
            yield self._status_key(status), self.catalogue.format(kind, model), kind

    def _status_key(self, status: str) -> int | str:
        return int(status) if status.isdecimal() else status


def _as_required(field: ir.Field) -> ir.Field:
    """Return a member that only requests have as the argument of one, which has to be given."""
    return attrs.evolve(field, required=True, type=_given(field.type), input_type=_given(field.input_type))


def _given(kind: Type) -> Type:
    return Type(kind.code.removesuffix(f" | {UNSET.code}"), kind.imports - UNSET.imports)


def _about_media_types(returns: str, answers: Sequence[tuple[str, Type, str]]) -> str:
    """Return what is returned, with what that is of other media types and how a caller asks for them."""
    others = [(name, kind.code) for name, kind, _ in answers if kind.code != answers[0][1].code]
    if not others:
        return returns
    told = ", ".join(f"`{kind}` (`{name}`)" for name, kind in others)
    return f'{help_text.sentence(returns)} Of another media type it is {told}: `headers={{"Accept": …}}` asks for it.'


def _in_order(accepted: Iterable[str]) -> str:
    """Return media types as they are asked for by one header, those that are wanted most first."""
    found = dict.fromkeys(one for several in accepted for one in several.split(", "))
    wanted = [one for one in found if not one.endswith(LESS)]
    return ", ".join(
        [*wanted, *(one for one in found if one not in wanted and one.removesuffix(LESS) not in wanted)]
    )


def _whole(answers: Sequence[tuple[str, Type, str]]) -> tuple[Type | None, str]:
    """Return what a call returns for an answer of one of several media types, and the code of what its body is."""
    if not answers:
        return None, "None"
    kinds = {kind.code: kind for _, kind, _ in answers}
    whole, *others = kinds.values()
    for kind in others:
        whole |= kind
    codes = {name: code for name, _, code in answers}
    if len(set(codes.values())) == 1:
        return whole, next(iter(codes.values()))
    return whole, f"ByMediaType({{{', '.join(f'{name!r}: {code}' for name, code in codes.items())}}})"


def _is_status(text: str, hundreds: int) -> bool:
    return text.isdecimal() and int(text) // 100 == hundreds
