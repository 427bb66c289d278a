"""Whether one annotation takes, or gives, all that another one does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import Final

_CONTAINERS: Final = frozenset(
    {"list", "tuple", "dict", "Sequence", "Iterable", "Iterator", "Mapping", "Awaitable", "Response", "Final"}
)
"""What holds the types in its brackets, and is used by reading it alone."""

_NUMBERS: Final = {("int", "float")}
"""A type checker takes the one for the other."""


@cache
def fits(narrow: str, wide: str) -> bool:
    """Return whether each value of an annotation is one of another annotation, as far as their text tells."""
    if narrow == wide or wide in ("object", "Any"):
        return True
    return _fits(ast.parse(narrow, mode="eval").body, ast.parse(wide, mode="eval").body)


@cache
def names(annotation: str) -> frozenset[str]:
    """Return the names of the types that an annotation is made of."""
    found = {node.id for node in ast.walk(ast.parse(annotation, mode="eval")) if isinstance(node, ast.Name)}
    return frozenset(found)


def _fits(narrow: ast.expr, wide: ast.expr) -> bool:
    known = list(_alternatives(wide))
    return all(any(_is_one(one, other) for other in known) for one in _alternatives(narrow))


def _alternatives(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the members of a union; each value of a `Literal` is one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _alternatives(node.left)
        yield from _alternatives(node.right)
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        yield from values
    else:
        yield node


def _is_one(narrow: ast.expr, wide: ast.expr) -> bool:
    texts = ast.unparse(narrow), ast.unparse(wide)
    if texts[0] == texts[1] or texts in _NUMBERS:
        return True
    if isinstance(narrow, ast.Subscript) and isinstance(wide, ast.Subscript):
        name = ast.unparse(narrow.value)
        if name != ast.unparse(wide.value) or name not in _CONTAINERS:
            return False
        inner, outer = _arguments(narrow), _arguments(wide)
        return len(inner) == len(outer) and all(map(_fits, inner, outer))
    return False


def _arguments(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
