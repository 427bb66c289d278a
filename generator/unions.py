"""Names for unions that a discriminator tells apart, so that signatures do not spell out how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import attrs

from generator import ir, pointer as pointers
from generator.adapter import class_name, identifier
from generator.ir import Import, Type
from generator.names import safe_class

F = TypeVar("F", ir.Field, ir.Parameter)

_MARK = "Discriminator("
_STRUCTURE = frozenset({"components", "schemas", "properties", "paths", "content", "schema", "responses"})


@attrs.define
class Unions:
    """The unions of a description by their code.

    Models keep their code: a name would have to be imported from a module that imports them.

    Attributes:
        taken: Names of classes and modules, which no other name may be.
        aliases: What was named so far.
    """

    taken: frozenset[str] = frozenset()
    aliases: dict[str, ir.Alias] = attrs.field(factory=dict[str, ir.Alias])

    def note(self, kind: Type, title: str, description: str, pointer: str) -> Type:
        """Note the type of a schema, if it is such a union, and return it as it is."""
        if _MARK in kind.code and kind.code not in self.aliases:
            name = class_name(title or " ".join(_words(pointer)))
            names = {alias.name for alias in self.aliases.values()}
            while (
                name in names
                or not self.taken.isdisjoint({name, identifier(name)})
                or safe_class(name) != name
            ):
                name += "Union"
            self.aliases[kind.code] = ir.Alias(
                name=name, module=identifier(name), description=description, type=kind
            )
        return kind

    def named(self, kind: Type) -> Type:
        """Return a type with the names of the unions in it."""
        code, imports = kind.code, kind.imports
        for whole in sorted(self.aliases, key=len, reverse=True) if _MARK in code else ():
            if whole in code:
                alias = self.aliases[whole]
                code = code.replace(whole, alias.name)
                imports |= {Import(f".models.{alias.module}", alias.name)}
        return Type(code, imports)

    def in_operation(self, operation: ir.Operation) -> ir.Operation:
        """Return an operation with names for all unions in it."""
        if not self.aliases:
            return operation
        model = operation.body_model
        fields = () if model is None else tuple(self._in_field(field) for field in model.fields)
        named = attrs.evolve(
            operation,
            parameters=tuple(self._in_field(parameter) for parameter in operation.parameters),
            body=operation.body and self.named(operation.body),
            body_input=self.named(operation.body_input),
            body_model=model and attrs.evolve(model, fields=fields),
            successes=tuple(
                attrs.evolve(
                    success,
                    type=success.type and self.named(success.type),
                    kind=self.named(Type(success.kind)).code,
                    by_media_type=tuple((name, self.named(kind)) for name, kind in success.by_media_type),
                )
                for success in operation.successes
            ),
        )
        kinds = [success.type for success in named.successes] + [named.body]
        added = {found for kind in kinds if kind for found in kind.imports}
        return attrs.evolve(named, imports=tuple(sorted({*operation.imports, *added})))

    def _in_field(self, field: F) -> F:
        return attrs.evolve(field, type=self.named(field.type), input_type=self.named(field.input_type))


def _words(pointer: str) -> Iterator[str]:
    for token in pointers.split(pointer):
        is_media_type = "/" in token[1:] and not token.startswith("/")
        if token not in _STRUCTURE and not is_media_type:
            yield token
