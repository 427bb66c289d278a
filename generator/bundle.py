"""A description in one piece: one document that needs no other file.

What the root file registers under `components` keeps its name; what it does not register and a reference
needs is lifted into the section of `components` where it belongs, under the name of its file. Path items, and
what references in `x-` members mean, are put in place. Everything else, the order of members included, stays
as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

import attrs

from generator import pointer as pointers
from generator.bundler import Bundler
from generator.document import Document
from generator.dump import dump as dump
from generator.errors import FindingsError
from generator.findings import Finding, Location, Severity
from generator.references import Target
from generator.structure import Place, walk

_NAME_CLASH: Final = "name-clash"


@attrs.frozen(eq=False)
class Bundle:
    """A description in one piece.

    Attributes:
        document: The OpenAPI document of plain values, keys in the order of writing, every `$ref` within it.
    """

    document: dict[str, Any]
    _source: Document = attrs.field(repr=False)
    _origins: dict[str, Target] = attrs.field(repr=False)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every object of the document, outer ones first."""
        return tuple(walk(self.document))

    @property
    def version(self) -> tuple[int, int]:
        """Major and minor version of OpenAPI that the description follows: (3, 0) or (3, 1)."""
        return self._source.version

    @property
    def source(self) -> Document:
        """The description as its author wrote it."""
        return self._source

    def origin(self, pointer: str) -> Location:
        """Return the place in the source files that a JSON pointer in the bundled document comes from."""
        outer = pointer
        while outer not in self._origins:
            outer = pointers.parent(outer)
        target = self._origins[outer]
        return self._source.locate(target.path, target.pointer + pointer[len(outer) :])


def bundle(document: Document) -> Bundle:
    """Bundle a description.

    Raises:
        FindingsError: References lead nowhere, names clash, or a file cannot be read; all of it at once.
    """
    result, findings = assemble(document)
    if _has_errors(findings):
        raise FindingsError(without_clashes(set(findings)))
    return result


def without_clashes(found: set[Finding]) -> set[Finding]:
    """Leave out clashes of names while other things are wrong: what a name stands for may be one of them."""
    others = {finding for finding in found if finding.rule != _NAME_CLASH}
    return others if _has_errors(others) else found


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def assemble(document: Document) -> tuple[Bundle, list[Finding]]:
    """Bundle a description as far as possible, and return it with what is wrong, sorted.

    A reference that leads nowhere stays as it is written.

    Raises:
        FindingsError: What references put in place exceeds a limit, so that there is no bundled document.
    """
    bundler = Bundler(document)
    return Bundle(bundler.run(), document, bundler.origins), sorted(bundler.all_findings())
