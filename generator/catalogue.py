"""Formats of errors, with the catalogue of error codes and their kinds where a description has one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

import attrs
import jsonschema_rs

from generator import ir
from generator.annotations import Annotations
from generator.findings import quoted
from generator.ir import Type
from generator.models import Models
from generator.names import error_class
from generator.plain import is_mapping
from generator.pointer import escape
from generator.rules.error_catalogue import CODES_KEY, FIELDS_KEY
from generator.rules.error_kinds import KIND_NAME, KINDS_KEY
from generator.structure import value_at
from generator.violations import explain

# What is needed to make code of them. How well they are kept is the business of the rules that a description lists.
_TEXT: Final = {"type": "string"}
_RETRY: Final = {"enum": ["safe", "after_fix", "never"]}
_CODES: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["status", "message", "meaning", "remedy", "retry"],
        "properties": {
            "kind": _TEXT,
            "status": {"type": ["integer", "null"]},
            "message": {"type": ["string", "null"]},
            "meaning": _TEXT,
            "remedy": _TEXT,
            "retry": _RETRY,
        },
    },
}
_KINDS: Final[dict[str, Any]] = {
    "type": "object",
    "propertyNames": {"pattern": KIND_NAME},
    "additionalProperties": {
        "type": "object",
        "required": ["meaning", "remedy", "statuses", "retry"],
        "properties": {
            "meaning": _TEXT,
            "remedy": _TEXT,
            "statuses": {"type": "array", "items": {"type": "integer"}},
            "retry": _RETRY,
        },
    },
}


@attrs.define
class Catalogue:
    """Makes the format of each error, once.

    Attributes:
        package: Name of the package, whose exceptions the kinds must not hide.
    """

    annotations: Annotations
    models: Models
    package: str
    formats: dict[str, ir.ErrorFormat] = attrs.field(factory=dict[str, ir.ErrorFormat])
    _kinds: dict[str, tuple[str, Any]] = attrs.field(factory=dict[str, tuple[str, Any]])

    def format(self, kind: Type, model: ir.Model | None) -> str:
        """Return the name of the format of an error with this body."""
        if kind.code not in self.formats:
            name = f"{model.module.upper()}_FORMAT" if model else f"ERROR_FORMAT_{len(self.formats) + 1}"
            self.formats[kind.code] = (
                self._model_format(name, kind, model) if model else _plain_format(name, kind)
            )
        return self.formats[kind.code].name

    def text_format(self) -> str:
        """Return the name of the format of an error whose body is text."""
        self.formats.setdefault("TEXT", _plain_format("TEXT_FORMAT", Type("str")))
        return self.formats["TEXT"].name

    def documented(self, statuses: Collection[int | str]) -> tuple[ir.ErrorCode, ...]:
        """Return the codes of the catalogue whose status is among those that an operation documents."""
        entries = (entry for made in self.formats.values() for entry in made.catalogue)
        return tuple(entry for entry in entries if entry.status in statuses)

    def _model_format(self, name: str, kind: Type, model: ir.Model) -> ir.ErrorFormat:
        pointer = self.models.by_name[model.class_name].pointer
        schema = value_at(self.annotations.document, pointer)
        names = {field.wire_name: field.name for field in model.fields}
        roles = self._roles(schema, pointer, model, names)
        code = roles.get("code", "")
        holder = schema.get("properties", {}).get(code, {})
        holder = holder if is_mapping(holder) else {}
        where = f"{pointer}/properties/{escape(code)}"
        codes = self._valid(holder, CODES_KEY, _CODES, where)
        catalogue = tuple(
            ir.ErrorCode(
                code=code,
                status=None if entry["status"] is None else int(entry["status"]),
                **{key: entry[key] for key in ("message", "meaning", "remedy", "retry")},
                kind=entry.get("kind"),
                class_name=error_class(entry["kind"], self.package) if "kind" in entry else "ApiError",
            )
            for code, entry in codes.items()
        )
        return ir.ErrorFormat(
            name=name,
            type=kind,
            code=names.get(code, ""),
            message=names.get(roles.get("message", ""), ""),
            request_id=names.get(roles.get("request_id", ""), ""),
            catalogue=catalogue,
            kinds=tuple(self._error_kinds(holder, where, catalogue)),
        )

    def _roles(
        self, schema: dict[str, Any], pointer: str, model: ir.Model, names: dict[str, str]
    ) -> dict[str, str]:
        found = schema.get(FIELDS_KEY, {})
        where = f"{pointer}/{FIELDS_KEY}"
        if not is_mapping(found):
            self.annotations.report(where, "error-fields", f"{FIELDS_KEY} is no mapping")
            return {}
        for role, wire_name in found.items():
            if not isinstance(wire_name, str) or wire_name not in names:
                message = f"{model.class_name} has no property {quoted(wire_name)}"
                self.annotations.report(f"{where}/{escape(role)}", "error-fields", message)
        return {role: wire_name for role, wire_name in found.items() if isinstance(wire_name, str)}

    def _valid(self, holder: dict[str, Any], key: str, shape: dict[str, Any], where: str) -> dict[str, Any]:
        """Return what stands under a key, or nothing, which is reported, where it has another shape."""
        found = holder.get(key, {})
        problems = list(explain(jsonschema_rs.Draft202012Validator(shape).iter_errors(found), {"": shape}))
        for problem in problems:
            rule = "error-codes" if key == CODES_KEY else "error-kinds"
            self.annotations.report(f"{where}/{key}{problem.pointer}", rule, problem.message)
        return {} if problems else found

    def _error_kinds(
        self, holder: dict[str, Any], where: str, catalogue: tuple[ir.ErrorCode, ...]
    ) -> Iterator[ir.ErrorKind]:
        kinds = self._valid(holder, KINDS_KEY, _KINDS, where)
        for entry in catalogue:
            if entry.kind is not None and entry.kind not in kinds:
                self.annotations.report(
                    f"{where}/{CODES_KEY}/{escape(entry.code)}/kind",
                    "error-kinds",
                    f"there is no kind {quoted(entry.kind)} in {KINDS_KEY}",
                )
        taken: dict[int, str] = {}
        for name, entry in kinds.items():
            below = f"{where}/{KINDS_KEY}/{escape(name)}"
            class_name = error_class(name, self.package)
            other, known = self._kinds.setdefault(class_name, (name, entry))
            if other != name:
                message = (
                    f"the kinds {quoted(other)} and {quoted(name)} would both be the class {class_name}: "
                )
                self.annotations.report(below, "names-differ", f"{message}rename one")
            elif known != entry:
                message = f"another schema of errors has another kind {quoted(name)}: rename one"
                self.annotations.report(below, "names-differ", message)
            for status in map(int, entry["statuses"]):
                if (holding := taken.setdefault(status, name)) != name:
                    message = f"the status {status} is of the kinds {quoted(holding)} and {quoted(name)}"
                    self.annotations.report(f"{below}/statuses", "error-kinds", message)
            yield ir.ErrorKind(
                name=name,
                class_name=class_name,
                meaning=entry["meaning"],
                remedy=entry["remedy"],
                statuses=tuple(map(int, entry["statuses"])),
                retry=entry["retry"],
                codes=tuple(code for code in catalogue if code.kind == name),
            )


def _plain_format(name: str, kind: Type) -> ir.ErrorFormat:
    return ir.ErrorFormat(name=name, type=kind, code="", message="", request_id="", catalogue=())
