"""Which operations take a file, and how: what a batch needs to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.ir import BatchTarget, Field, Model, Operation

_LENGTH: Final = re.compile(r"max_length=(\d+)")
_ENCODER: Final = "to_base64"


def targets(operations: Iterable[Operation]) -> Iterator[BatchTarget]:
    """Yield how each operation that is about one file takes it."""
    for operation in operations:
        if operation.body is not None and operation.body.code == "File":
            yield BatchTarget(operation=operation.name, file="body", encoded=False)
        elif operation.body_model is not None:
            yield from _members(operation.name, operation.body_model)


def _members(operation: str, model: Model) -> Iterator[BatchTarget]:
    files = [field for field in model.fields if field.is_file]
    if len(files) != 1 or not _is_single(files[0]):
        return
    file = files[0]
    limits = next((limits for limits in model.image_limits if limits.field == file.name), None)
    groups = [group for group in (*model.exactly_one_of, *model.at_least_one_of) if file.name in group]
    addresses = [name for group in groups for name in group if name in model.uris]
    code = file.argument.code
    length = _LENGTH.search(code)
    yield BatchTarget(
        operation=operation,
        file=file.name,
        url=addresses[0] if addresses else "",
        encoded=code.startswith(_ENCODER),
        formats=limits.formats if limits else (),
        max_base64_length=int(length[1]) if length else limits.max_base64_length if limits else None,
    )


def _is_single(field: Field) -> bool:
    """Whether a field takes a file, not a list of files."""
    return field.argument.code.startswith((f"{_ENCODER}(", "to_file("))
