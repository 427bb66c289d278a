"""Which place in the source files stands where in the bundled document."""

from __future__ import annotations

import re
from pathlib import Path

from generator import pointer as pointers
from generator.references import Target
from generator.structure import SECTIONS, Kind

_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class NameTakenError(Exception):
    """A component of that name is made of something else.

    Attributes:
        name: The name.
        other: What the component is made of.
    """

    def __init__(self, name: str, other: Target) -> None:
        """Keep the name and what has it."""
        super().__init__(name)
        self.name = name
        self.other = other


class Placement:
    """Where each part of the source files that is copied as a whole stands in the bundled document.

    Attributes:
        origins: What each such part is a copy of, by its pointer in the bundled document.
    """

    def __init__(self, root: Path) -> None:
        """Place the root file, which is copied to the top of the bundled document."""
        self.origins: dict[str, Target] = {}
        self._placed: dict[Target, str] = {}
        # What each component is made of, and which of them the root file has itself.
        self._made_of: dict[str, Target] = {}
        self._registered: set[str] = set()
        self._root = root
        self.place(Target(root, ""), "")

    def place(self, source: Target, bundled: str) -> None:
        """Let a part be copied to a place; the first copy is the one that references lead to."""
        self.origins[bundled] = source
        self.let_stand(source, bundled)

    def let_stand(self, source: Target, bundled: str) -> None:
        """Let references to a part lead to a place, unless they lead to another one already."""
        self._placed.setdefault(source, bundled)

    def register(self, bundled: str, target: Target | None) -> None:
        """Note a component of the root file, made of another file's part, or, with None, written in the root."""
        self._registered.add(bundled)
        if target is None or target in self._placed:
            self._made_of[bundled] = Target(self._root, bundled)
        else:
            self._made_of[bundled] = target
            self.place(target, bundled)

    def is_registered(self, bundled: str) -> bool:
        """Return whether a pointer leads to a component that the root file has itself, or into one."""
        return "/".join(bundled.split("/")[:4]) in self._registered

    def standing(self, target: Target) -> str | None:
        """Return where a place of the source files stands in the bundled document; None if it does not."""
        outer = target.pointer
        while (found := self._placed.get(Target(target.path, outer))) is None:
            if not outer:
                return None
            outer = pointers.parent(outer)
        return found + target.pointer[len(outer) :]

    def lift(self, target: Target, kind: Kind) -> str:
        """Make a component of a part, under the name of its file or of its last member; return its pointer.

        Raises:
            NameTakenError: There is another component of that name.
        """
        stem = pointers.split(target.pointer)[-1] if target.pointer else target.path.stem
        name = _NOT_IN_NAME.sub("_", stem).strip("_") or "unnamed"
        bundled = pointers.join("/components", SECTIONS[kind], name)
        taken = self._made_of.setdefault(bundled, target)
        if taken != target:
            raise NameTakenError(name, taken)
        self.place(target, bundled)
        return bundled
