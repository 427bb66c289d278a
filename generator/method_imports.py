"""What the methods of a client need: as they are defined, for type checkers, and when one is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from generator.annotations import RUNTIME
from generator.ir import Field, Import, Operation, Parameter, Type

_UNSET: Final = Import(f"{RUNTIME}.absent", "Unset")

# What every client imports by itself.
_KNOWN: Final = frozenset(
    {
        Import("collections.abc", "Mapping"),
        Import("collections.abc", "Sequence"),
        Import("typing", "Literal"),
        _UNSET,
    }
)


def for_defaults(operation: Operation) -> Iterator[Import]:
    """Yield imports for the defaults of arguments, which are made when the class is."""
    for argument in _arguments(operation):
        if argument.required and argument.default_code:
            yield from _others(argument.type.imports)


def for_signature(operation: Operation) -> Iterator[Import]:
    """Yield imports that only annotations need."""
    at_run_time = set(for_defaults(operation))
    kinds = [operation.result, *(argument.input_type for argument in _arguments(operation))]
    if operation.body_model is None:
        kinds.append(operation.body_input)
    elif operation.body_model.unknown_members is not None:
        kinds.append(operation.body_model.unknown_members)
    for kind in kinds:
        yield from (found for found in _others(kind.imports) if found not in at_run_time)


def awaited(argument: Type) -> str:
    """Return the code of an argument in a method that is awaited: large files are read in a thread."""
    if not _reads_file(argument):
        return argument.code
    name = argument.code.removesuffix(")").split(", ")[1]
    return f"await off_loop({name}, lambda: {argument.code})"


def for_awaited(arguments: Iterable[Type]) -> Iterator[Import]:
    """Yield what `awaited` needs for any of these."""
    if any(map(_reads_file, arguments)):
        yield Import(f"{RUNTIME}.off_loop", "off_loop")


def _reads_file(argument: Type) -> bool:
    return argument.code.startswith(("to_base64", "to_file"))


def for_body(operation: Operation, *, asynchronous: bool) -> Iterator[Import]:
    """Yield imports for what a method does, apart from the operation itself."""
    model = operation.body_model
    if model is None:
        return
    yield Import(f".models.{model.module}", model.class_name)
    if not operation.body_required:
        yield Import(f"{RUNTIME}.model", "unless_empty")
    for field in model.fields:
        yield from _others(field.argument.imports)
    if asynchronous:
        yield from for_awaited(field.argument for field in model.fields)


def _arguments(operation: Operation) -> Iterable[Field | Parameter]:
    fields = operation.body_model.fields if operation.body_model else ()
    return (*fields, *operation.call_parameters)


def for_fake(operation: Operation) -> Iterator[Import]:
    """Yield imports for the types of what is sent and answered, all but `Unset`, which a fake has by itself."""
    return (found for found in operation.imports if found != _UNSET)


def _others(imports: Iterable[Import]) -> Iterator[Import]:
    """Yield imports without those that every client has by itself."""
    return (found for found in imports if found not in _KNOWN)
