"""Formats of errors, with the catalogue of error codes where a description has one."""

from __future__ import annotations

from collections.abc import Collection

import attrs

from generator import ir
from generator.annotations import Annotations
from generator.ir import Type
from generator.models import Models
from generator.structure import value_at

CODES = "x-error-codes"
FIELDS = "x-error-fields"


@attrs.define
class Catalogue:
    """Makes the format of each error, once."""

    annotations: Annotations
    models: Models
    formats: dict[str, ir.ErrorFormat] = attrs.field(factory=dict[str, ir.ErrorFormat])

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
        mapping = schema.get(FIELDS, {})
        for role, wire_name in mapping.items():
            if wire_name not in names:
                self.annotations.report(
                    f"{pointer}/{FIELDS}/{role}",
                    "error-fields",
                    f"{model.class_name} has no property {wire_name!r}",
                )
        codes = schema.get("properties", {}).get(mapping.get("code"), {}).get(CODES, {})
        return ir.ErrorFormat(
            name=name,
            type=kind,
            code=names.get(mapping.get("code"), ""),
            message=names.get(mapping.get("message"), ""),
            request_id=names.get(mapping.get("request_id"), ""),
            catalogue=tuple(ir.ErrorCode(code=code, **entry) for code, entry in codes.items()),
        )


def _plain_format(name: str, kind: Type) -> ir.ErrorFormat:
    return ir.ErrorFormat(name=name, type=kind, code="", message="", request_id="", catalogue=())
