"""The command line's table: a command for each operation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

import attrs

from generator import help_text, ir, text_blocks
from generator.adapter import Node, Parsed, ParsedOperation
from generator.annotations import Annotations
from generator.authentication import requirement
from generator.console_options import about, base64_length, flag, option
from generator.media import is_json
from generator.pointer import escape
from generator.prepare import POINTER
from generator.runtime.cli.table import Command, Option, Program, Scheme, Secret, Source, TextBlocks
from generator.structure import value_at

_RESERVED_COMMANDS: Final = frozenset({"batch", "completion", "errors"})
_RESERVED_FLAGS: Final = frozenset(
    {
        *("annotate", "body", "endpoint", "format", "help", "retries", "time-limit", "version"),
        *("concurrency", "no-retry-failed", "results", "retry-failed", "unanswered"),
    }
)
_SIGNED: Final = "SdkHmacSha256Auth"
_SIGNERS_VARIABLES: Final = "HUAWEICLOUD_SDK"
"""Where users of the signature have their keys already: the operator's own SDKs read them there."""

_SECRETS: Final = {
    "ApiKeyAuth": (("value", "", True),),
    "BearerAuth": (("token", "", True),),
    "BasicAuth": (("username", "_USERNAME", True), ("password", "_PASSWORD", True)),
}


@attrs.define
class Console:
    """Makes the table of a package that is complete otherwise."""

    package: ir.Package
    parsed: Parsed
    annotations: Annotations
    _models: dict[str, dict[str, Node]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._models = {
            model.class_name: {field.wire_name: field.node for field in model.fields}
            for model in self.parsed.models
        }

    def program(self) -> Program:
        """Make the table."""
        package = self.package
        parsed = {operation.name: operation for operation in self.parsed.operations}
        names = _names(package.operations)
        return Program(
            package=package.name,
            name=package.distribution,
            version=package.version,
            summary=help_text.sentence(help_text.paragraphs(package.summary)),
            commands=tuple(
                self._command(operation, parsed[operation.name], names[operation.name])
                for operation in package.operations
            ),
            settings=tuple(self._settings()),
            schemes=tuple(
                self._scheme(scheme) for scheme in package.schemes if scheme.base in {_SIGNED, *_SECRETS}
            ),
            catalogue=package.errors_module if any(error.catalogue for error in package.errors) else "",
            has_server=package.server is not None and not package.server.is_relative,
        )

    def _command(self, operation: ir.Operation, parsed: ParsedOperation, name: str) -> Command:
        document = self.annotations.document
        raw = value_at(document, f"/paths/{escape(operation.path)}/{parsed.method}")
        options = [*self._parameters(operation, parsed)]
        source, members = self._members(operation, parsed)
        has_members = members is not None
        return Command(
            name=name,
            module=f"api.{operation.tag}.{operation.module}",
            summary=help_text.paragraphs(operation.summary),
            about=help_text.paragraphs(operation.description),
            options=tuple(self._told_apart([*options, *(members or ())])),
            source=source,
            body="members" if has_members else _whole(operation) if source is None else "none",
            body_required=operation.body_required,
            text_blocks=self._text_blocks(parsed, raw),
            security=self._security(operation),
            client_options=tuple(parameter.name for parameter in operation.client_parameters),
            deprecated=operation.deprecated,
        )

    def _parameters(self, operation: ir.Operation, parsed: ParsedOperation) -> Iterator[Option]:
        nodes = {(location, field.wire_name): field.node for location, field in parsed.parameters}
        schemas = self._parameter_schemas(parsed)
        for parameter in operation.call_parameters:
            place = (parameter.location, parameter.wire_name)
            found = option(
                parameter, nodes[place], schemas.get(place, {}), parameter.location, self.annotations.follow
            )
            if found is not None:
                yield found

    def _parameter_schemas(self, parsed: ParsedOperation) -> dict[tuple[str, str], Any]:
        item = self.annotations.document["paths"][parsed.path]
        listed = [*item.get("parameters", ()), *item[parsed.method].get("parameters", ())]
        found = [self.annotations.follow(parameter) for parameter in listed]
        return {(str(one.get("in")), str(one.get("name"))): one.get("schema", {}) for one in found}

    def _members(
        self, operation: ir.Operation, parsed: ParsedOperation
    ) -> tuple[Source | None, list[Option] | None]:
        """Return the file that a call is about, and the options for the rest of its body; None if it has no options."""
        if operation.body is None:
            return None, None
        if operation.body.code == "File":
            return Source(
                name="",
                word="FILE",
                about=help_text.sentence(help_text.paragraphs(operation.body_description)),
                required=operation.body_required,
            ), None
        model = operation.body_model
        if model is None:
            return None, None
        nodes = self._models[model.class_name]
        files = [field for field in model.fields if field.is_file and nodes[field.wire_name].kind != "list"]
        source = self._source(model, files[0]) if len(files) == 1 else None
        members: list[Option] = []
        for field in model.fields:
            if source is not None and field.name in (source.name, source.url_name):
                continue
            schema = self._member(parsed, field.wire_name)
            found = option(field, nodes[field.wire_name], schema, "body", self.annotations.follow)
            if found is None and is_json(operation.media_type):
                return None, None  # then the body is given as a whole
            members.append(found or _as_json(field))
        return source, members

    def _source(self, model: ir.Model, file: ir.Field) -> Source:
        groups = [group for group in (*model.exactly_one_of, *model.at_least_one_of) if file.name in group]
        addresses = [name for group in groups for name in group if name in model.uris]
        limits = next((limits for limits in model.image_limits if limits.field == file.name), None)
        others = {name for group in groups for name in group} - {file.name, *addresses}
        text = help_text.sentence(help_text.paragraphs(file.description))
        return Source(
            name=file.name,
            word="PICTURE" if limits else "FILE",
            about=_limits(limits) if limits else f"What is sent: {text}" if text else "",
            url_name=addresses[0] if addresses else "",
            base64_length=limits.max_base64_length if limits else base64_length(file, {}),
            required=(file.required or bool(groups)) and not others,
        )

    def _member(self, parsed: ParsedOperation, name: str) -> Any:
        class_name = parsed.bodies[0][1].class_name
        pointer = next(model.pointer for model in self.parsed.models if model.class_name == class_name)
        schema = value_at(self.annotations.document, pointer) if pointer else {}
        return self._property(schema, name)

    def _property(self, schema: dict[str, Any], name: str) -> Any:
        if name in schema.get("properties", {}):
            return schema["properties"][name]
        parts = (self._property(self.annotations.follow(part), name) for part in schema.get("allOf", ()))
        return next((found for found in parts if found), {})

    def _text_blocks(self, parsed: ParsedOperation, raw: dict[str, Any]) -> TextBlocks | None:
        for status, _ in parsed.responses:
            if not status.startswith("2"):
                continue
            content = self.annotations.follow(raw["responses"].get(status, {})).get("content", {})
            for media in content.values():
                schema = self.annotations.follow(media.get("schema"))
                if text_blocks.KEY in schema:
                    return self._checked(schema)
        return None

    def _checked(self, schema: dict[str, Any]) -> TextBlocks | None:
        pointer = str(schema.get(POINTER, ""))
        problems = list(text_blocks.problems(self.annotations.document, schema, pointer))
        for where, message in problems:
            self.annotations.report(where, "text-blocks", message)
        if problems:
            return None
        corners = text_blocks.corners(self.annotations.document, schema)
        return TextBlocks(**schema[text_blocks.KEY], corners=corners)

    def _security(self, operation: ir.Operation) -> tuple[tuple[str, ...], ...]:
        if operation.authentication is None:  # where none says how it is called, any way will do
            return (*((scheme.name,) for scheme in self.package.schemes), ())
        by_class = {requirement(scheme.name): scheme.name for scheme in self.package.schemes}
        return tuple(tuple(by_class.get(name, name) for name in names) for names in operation.authentication)

    def _scheme(self, scheme: ir.Scheme) -> Scheme:
        named = scheme.environment
        known: dict[str, str] = {**dict(named.required), **dict(named.optional)} if named else {}
        if scheme.base == _SIGNED:
            prefix = self._prefix()
            secrets = (
                Secret("access_key", known.get("access_key", f"{prefix}_AK")),
                Secret("secret_key", known.get("secret_key", f"{prefix}_SK")),
                Secret(
                    "security_token", known.get("security_token", f"{prefix}_SECURITY_TOKEN"), required=False
                ),
            )
            return Scheme(scheme.name, scheme.class_name, secrets)
        name = f"{self._prefix()}_{_upper(scheme.name)}"
        return Scheme(
            scheme.name,
            scheme.class_name,
            tuple(
                Secret(argument, known.get(argument) or name + end, required)
                for argument, end, required in _SECRETS[scheme.base]
            ),
        )

    def _prefix(self) -> str:
        """Return how the names of environment variables begin."""
        is_signed = any(scheme.base == _SIGNED for scheme in self.package.schemes)
        return _SIGNERS_VARIABLES if is_signed else _upper(self.package.name)

    def _settings(self) -> Iterator[Option]:
        taken = set(_RESERVED_FLAGS)
        for parameter in self.package.client_parameters:
            yield Option(
                name=parameter.name,
                flag=_free(flag(parameter.name), "client", taken),
                kind="text",
                location="client",
                about=about(parameter, shows_range=False),
                variable=parameter.environment or f"{self._prefix()}_{_upper(parameter.name)}",
            )
        for variable in self.package.server.variables if self.package.server else ():
            yield Option(
                name=variable.name,
                flag=_free(flag(variable.name), "server", taken),
                kind="choice" if variable.values else "text",
                location="server",
                about=help_text.paragraphs(variable.description),
                values=variable.values,
                default=variable.default,
            )

    def _told_apart(self, options: Iterable[Option]) -> Iterator[Option]:
        """Yield options with names that neither the command line nor the client nor another one has."""
        taken = {*_RESERVED_FLAGS, *(setting.flag for setting in self._settings())}
        for found in options:
            yield found._replace(flag=_free(found.flag, found.location, taken, has_no=found.has_no))


def _names(operations: Iterable[ir.Operation]) -> dict[str, str]:
    """Return a name for the command of each operation: the last word of its path, or else its own."""
    operations = list(operations)
    last = {operation.name: _last_word(operation.path) for operation in operations}
    often = Counter(last.values())
    taken = set(_RESERVED_COMMANDS)
    found: dict[str, str] = {}
    for operation in operations:
        word = last[operation.name]
        own = word if word and often[word] == 1 and word not in taken else flag(operation.name)
        found[operation.name] = _free(own, "operation", taken)
    return found


def _last_word(path: str) -> str:
    words = [word for word in path.split("/") if word and "{" not in word]
    return re.sub(r"[^a-z0-9]+", "-", words[-1].lower()).strip("-") if words else ""


def _free(name: str, location: str, taken: set[str], *, has_no: bool = False) -> str:
    """Return a name that is not taken yet, and take it."""
    free, number = name, 1
    while {free, f"no-{free}"} & taken if has_no else free in taken:
        free = f"{name}-{location}" if number == 1 else f"{name}-{location}-{number}"
        number += 1
    taken |= {free, f"no-{free}"} if has_no else {free}
    return free


def _upper(name: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()).strip("_")


def _whole(operation: ir.Operation) -> Literal["json", "text", "none"]:
    """Return how a body is given that is neither taken apart nor a file."""
    if operation.body is None:
        return "none"
    return "json" if is_json(operation.media_type) else "text"


def _as_json(field: ir.Field) -> Option:
    return Option(
        name=field.name,
        flag=flag(field.name),
        kind="json",
        location="body",
        about=f"As JSON. {about(field)}".strip(),
        required=field.required and not field.default_code,
        deprecated=field.deprecated,
    )


def _limits(limits: ir.ImageLimits) -> str:
    *formats, last = limits.formats
    names = f"{', '.join(formats)} or {last}" if formats else last
    # As the services count, whose limit is one of Base64 text.
    megabytes = limits.max_base64_length * 3 / 4 / 2**20
    return f"{names}, sides of {limits.min_side} to {limits.max_side} pixels, at most {megabytes:.3g} MB."
