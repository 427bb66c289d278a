"""Where an operation is known to be offered."""

from __future__ import annotations

import attrs

from generator import ir
from generator.access import PUBLISHED_IN, published_problems
from generator.adapter import ParsedOperation
from generator.annotations import Annotations
from generator.pointer import escape
from generator.structure import value_at


def with_publication(
    operation: ir.Operation, parsed: ParsedOperation, annotations: Annotations, server: ir.Server | None
) -> ir.Operation:
    """Return an operation with what the description says about where it is offered."""
    pointer = f"/paths/{escape(parsed.path)}/{parsed.method}"
    raw = value_at(annotations.document, pointer)
    if PUBLISHED_IN not in raw:
        return operation
    problems = list(published_problems(raw, annotations.document))
    for place, message in problems:
        annotations.report(f"{pointer}/{PUBLISHED_IN}{place}", "published-in", message)
    if problems or server is None:
        return operation
    names = {variable.wire_name: variable.name for variable in server.variables}
    published = tuple((names[name], tuple(values)) for name, values in raw[PUBLISHED_IN].items())
    return attrs.evolve(operation, published_in=published)
