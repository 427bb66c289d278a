"""What operations require of who calls, in the description and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import attrs

from generator import ir
from generator.structure import METHODS


@attrs.frozen
class Requirements:
    """What a description says of its operations.

    Attributes:
        general: What holds for operations that say nothing.
        names: The schemes that operations name; None where no requirement stands anywhere.
    """

    general: list[dict[str, Any]] | None
    names: frozenset[str] | None

    @classmethod
    def of(cls, document: dict[str, Any]) -> Requirements:
        """Gather what a description says."""
        items = document["paths"].values()
        operations = [item[method] for item in items for method in METHODS if method in item]
        general = document.get("security")
        found = [raw.get("security", general) for raw in operations]
        said = [security for security in found if security is not None]
        is_silent = not said and general is None
        names = frozenset(name for security in said for names in security for name in names)
        return cls(general, None if is_silent else names)

    def combinations(self, raw: dict[str, Any]) -> list[list[str]] | None:
        """Return the combinations of schemes, by their names, any of which an operation takes.

        None where nothing in the whole description says so; empty where the operation takes none.
        """
        security = raw.get("security", self.general)
        if security is None:
            return None if self.names is None else []
        return [list(names) for names in security]


def combinations(package: ir.Package) -> list[tuple[ir.Scheme, ...]]:
    """Return the combinations of classes that operations take, each once, in the order of the description."""
    found: dict[tuple[ir.Scheme, ...], None] = {}
    for operation in package.operations:
        found.update(dict.fromkeys(_of(operation, package.schemes)))
    for scheme in package.schemes:
        if not any(scheme in combination for combination in found):
            found[scheme,] = None  # no operation is said to need it
    return list(found)


def example(operation: ir.Operation | None, package: ir.Package) -> tuple[ir.Scheme, ...]:
    """Return what an example of a call authenticates by: the first combination that it takes, if it needs one."""
    of_operation = list(_of(operation, package.schemes)) if operation else []
    return next((one for one in (of_operation or combinations(package)) if one), ())


def in_words(combinations: Sequence[Iterable[ir.Scheme]]) -> str:
    """Return combinations as text: "`A` together with `B`, or `C`"."""
    texts = [" together with ".join(f"`{scheme.class_name}`" for scheme in one) for one in combinations]
    comma = "," if any(" together " in text for text in texts) else ""
    *rest, last = texts or [""]
    return f"{', '.join(rest)}{comma} or {last}" if rest else last


def from_environment(package: ir.Package) -> list[ir.Scheme]:
    """Return the classes that a client finds in the environment: the first that is complete there counts.

    Their order is that of the description's requirements, which is what the command line goes by.
    """
    found = dict.fromkeys(scheme for combination in combinations(package) for scheme in combination)
    return [scheme for scheme in found if scheme.environment]


def _of(operation: ir.Operation, schemes: Sequence[ir.Scheme]) -> Iterator[tuple[ir.Scheme, ...]]:
    # The class that fetches tokens stands beside the one that carries them.
    classes: dict[str, list[ir.Scheme]] = {}
    for name in dict.fromkeys(scheme.name for scheme in schemes):
        found = [scheme for scheme in schemes if scheme.name == name]
        classes[found[0].class_name] = found
    for names in operation.authentication or ():
        if names and all(name in classes for name in names):
            yield from product(*(classes[name] for name in names))
