"""Copying a root file, and what its references mean, into one document."""

from __future__ import annotations

import re
from collections import deque
from typing import Any, NoReturn

import attrs

from generator import pointer as pointers
from generator.document import Document
from generator.errors import FindingsError
from generator.findings import Finding, error, quoted, shown_path
from generator.likeness import looks_like_another
from generator.placement import NameTakenError, Placement
from generator.plain import is_list, is_mapping
from generator.references import Resolver, Target, UnreadableFileError, UnresolvedError
from generator.structure import SECTIONS, Kind, Shape, Slot, is_reference, may_be_reference, slot_of

MAX_INLINED = 500_000
"""How many mappings and lists may be put in place of references, all together."""

MAX_DEPTH = 200
"""How deep values may nest in a bundled document."""

_SCHEMA_NAME = re.compile(r"[A-Za-z0-9._-]+")


@attrs.frozen
class _Here:
    """Where the bundler is: in the source files, and in the bundled document."""

    source: Target
    bundled: str
    # Path items and extensions that are being put in place around this one.
    within: tuple[Target, ...] = ()

    def below(self, name: str | int) -> _Here:
        """Return the place of a member."""
        source = Target(self.source.path, pointers.join(self.source.pointer, name))
        return _Here(source, pointers.join(self.bundled, name), self.within)


class Bundler:
    """Copies the root file, and what it refers to, into one document."""

    def __init__(self, document: Document) -> None:
        """Bundle a description."""
        self._document = document
        self._resolver = Resolver(document)
        self._placement = Placement(document.root)
        self._findings: list[Finding] = []
        self._pointers: dict[Target, str | None] = {}
        self._lifted: deque[tuple[Target, Kind, str, Any]] = deque()
        self._inlined = 0

    @property
    def origins(self) -> dict[str, Target]:
        """What each part that was copied as a whole is a copy of, by its pointer in the bundled document."""
        return self._placement.origins

    def all_findings(self) -> set[Finding]:
        """Return what is wrong with the references and the files behind them."""
        return {*self._findings, *self._resolver.findings, *self._document.findings}

    def run(self) -> dict[str, Any]:
        """Return the bundled document. A reference that leads nowhere stays as it is written.

        Raises:
            FindingsError: What references put in place exceeds a limit.
        """
        self._register_components()
        result: dict[str, Any] = self._object(
            self._document.data, Kind.DOCUMENT, _Here(Target(self._document.root, ""), "")
        )
        self._add_lifted(result)
        return result

    # What stands where

    def _register_components(self) -> None:
        """Let every file that the root registers as a component be known under that name."""
        found = self._document.data.get("components")
        components: dict[str, Any] = found if is_mapping(found) else {}
        for kind, section in SECTIONS.items():
            members = components.get(section)
            for name, value in members.items() if is_mapping(members) else ():
                self._placement.register(
                    pointers.join("/components", section, name), self._registered(kind, value)
                )

    def _registered(self, kind: Kind, value: Any) -> Target | None:
        """Return the place in another file that a component is nothing but a reference to."""
        if not is_reference(value) or len(value) > 1:
            return None
        try:
            target, content = self._resolver.resolve(self._document.root, value["$ref"])
        except UnresolvedError:
            return None
        is_own = target.path == self._document.root or (
            is_mapping(content) and looks_like_another(content, kind) is not None
        )
        return None if is_own else target

    def _pointer_to(self, target: Target, kind: Kind, value: Any, here: _Here) -> str | None:
        """Return where a place of the source files stands in the bundled document; lift it if it does not."""
        target, value = self._behind(target, value)
        if target not in self._pointers:
            if self._placement.standing(target) is None and self._is_another(kind, value, here):
                # It is not lifted: those who refer to it as what it is would find it in the wrong place.
                return None
            standing = self._placement.standing(target)
            self._pointers[target] = self._lift(target, kind, value, here) if standing is None else standing
        return self._pointers[target]

    def _behind(self, target: Target, value: Any) -> tuple[Target, Any]:
        """Follow what is nothing but a reference, unless it is a component by its own name, to what it means."""
        while self._placement.standing(target) is None and is_reference(value) and len(value) == 1:
            try:
                target, value = self._resolver.resolve(target.path, value["$ref"])
            except UnresolvedError:
                break  # which is told where it is written
        return target, value

    def _is_another(self, kind: Kind, value: Any, here: _Here) -> bool:
        """Return whether a part plainly is something else than what is expected, and report it."""
        found = looks_like_another(value, kind) if is_mapping(value) else None
        if found is not None:
            message = f"this leads to a {found}, but {_a(kind)} is expected here: refer to one"
            self._report(here.below("$ref"), "reference-kind", message)
        return found is not None

    def _lift(self, target: Target, kind: Kind, value: Any, here: _Here) -> str | None:
        try:
            bundled = self._placement.lift(target, kind)
        except NameTakenError as problem:
            message = (
                f"{_shown(target)} would become the component {quoted(problem.name)} of {SECTIONS[kind]}, but "
                f"{_shown(problem.other)} has that name already: register it under `components` of the root "
                "file with a name of its own"
            )
            self._report(here.below("$ref"), "name-clash", message)
            return None
        self._lifted.append((target, kind, bundled, value))
        return bundled

    def _add_lifted(self, result: dict[str, Any]) -> None:
        while self._lifted:
            target, kind, bundled, value = self._lifted.popleft()
            copied = self._object(value, kind, _Here(target, bundled))
            components = result.setdefault("components", {})
            section = components.setdefault(SECTIONS[kind], {}) if is_mapping(components) else None
            if is_mapping(section):
                section[pointers.split(bundled)[-1]] = copied

    # Copying

    def _object(self, value: Any, kind: Kind, here: _Here) -> Any:
        """Copy one object, or a value that stands where one is expected."""
        if kind is Kind.EXTENSION:
            return self._extension(value, here)
        if kind is Kind.PLAIN and is_list(value):
            return [self._object(item, kind, here.below(index)) for index, item in enumerate(value)]
        if kind is Kind.DATA or not is_mapping(value):
            return self._data(value, here)
        self._count(here)
        if is_reference(value):
            if kind is Kind.PATH_ITEM:
                return self._path_item(value, here)
            if may_be_reference(kind):
                return self._reference(value, kind, here)
            self._misplaced(here)
        if kind is Kind.DISCRIMINATOR:
            return self._discriminator(value, here)
        if kind is Kind.LINK:
            self._check_link(value, here)
        return self._members(value, kind, here)

    def _members(self, value: dict[str, Any], kind: Kind, here: _Here) -> dict[str, Any]:
        return {
            name: self._slot(item, slot_of(kind, name), here.below(name))
            if isinstance(item, dict | list)
            else item
            for name, item in value.items()
        }

    def _slot(self, value: Any, slot: Slot, here: _Here) -> Any:
        """Copy what a member holds: an object, or a list or a map of them."""
        if slot.shape is Shape.LIST and is_list(value):
            return [self._object(item, slot.kind, here.below(index)) for index, item in enumerate(value)]
        if slot.shape is Shape.MAP and is_mapping(value):
            if is_reference(value):
                self._misplaced(here)
            return {name: self._object(item, slot.kind, here.below(name)) for name, item in value.items()}
        return self._object(value, slot.kind if slot.shape is Shape.ONE else Kind.DATA, here)

    def _data(self, value: Any, here: _Here) -> Any:
        """Copy a value that means itself."""
        if is_mapping(value):
            self._count(here)
            return {name: self._data(item, here) for name, item in value.items()}
        if is_list(value):
            self._count(here)
            return [self._data(item, here) for item in value]
        return value

    def _reference(self, value: dict[str, Any], kind: Kind, here: _Here) -> Any:
        """Let a reference name the place where its target stands in the bundled document."""
        found = self._resolve(value["$ref"], kind, here)
        members = self._members(value, kind, here)
        if found is None:
            return members
        target, content = found
        bundled = self._pointer_to(target, kind, content, here)
        if bundled is None:
            return members
        if bundled == here.bundled:
            # This registers the component: here is where it stands.
            return self._object(content, kind, _Here(target, bundled))
        names = pointers.split(bundled)
        if len(names) == 3 and names[0] == "components" and names[1] != SECTIONS[kind]:
            message = (
                f"{quoted(value['$ref'])} stands under {quoted(names[1])}, but {_a(kind)} is expected here"
            )
            self._report(here.below("$ref"), "reference-kind", message)
        members["$ref"] = pointers.to_reference(bundled)
        return members

    def _path_item(self, value: dict[str, Any], here: _Here) -> Any:
        """Put a path item in the place of the reference to it; members beside the reference are added."""
        found = self._resolve(value["$ref"], Kind.PATH_ITEM, here)
        if found is None:
            return self._members(value, Kind.PATH_ITEM, here)
        target, content = found
        inner = self._enter(target, here)
        if inner is None:
            return self._members(value, Kind.PATH_ITEM, here)
        beside = {name: item for name, item in value.items() if name != "$ref"}
        for name in sorted(beside.keys() & content.keys()):
            message = f"{quoted(name)} stands here and in {_shown(target)} too: keep one of them"
            self._report(here.below(name), "reference-siblings", message)
        if target.path != self._document.root:
            self._placement.let_stand(target, here.bundled)
        copied = self._object(content, Kind.PATH_ITEM, inner)
        return self._add_beside(copied, beside, Kind.PATH_ITEM, here)

    def _extension(self, value: Any, here: _Here) -> Any:
        """Copy a value of an extension; a reference gives way to what it means unless that is a component."""
        if is_list(value):
            self._count(here)
            return [
                self._extension(item, here.below(index)) if isinstance(item, dict | list) else item
                for index, item in enumerate(value)
            ]
        if not is_mapping(value):
            return value
        self._count(here)
        found = self._resolve(value["$ref"], Kind.EXTENSION, here) if is_reference(value) else None
        if found is None:
            return self._members(value, Kind.EXTENSION, here)
        target, content = found
        standing = self._placement.standing(target)
        if standing is not None and self._placement.is_registered(standing):
            return {**self._members(value, Kind.EXTENSION, here), "$ref": pointers.to_reference(standing)}
        inner = self._enter(target, here)
        if inner is None:
            return self._members(value, Kind.EXTENSION, here)
        copied = self._extension(content, inner)
        beside = {name: item for name, item in value.items() if name != "$ref"}
        if beside and not is_mapping(copied):
            message = f"{_shown(target)} is no mapping, so nothing may stand beside the reference to it"
            self._report(here, "reference-siblings", message)
            return copied
        return self._add_beside(copied, beside, Kind.EXTENSION, here)

    def _enter(self, target: Target, here: _Here) -> _Here | None:
        """Begin to put something in place of a reference; None if that would never end."""
        if any(
            target.path == outer.path and pointers.contains(target.pointer, outer.pointer)
            for outer in here.within
        ):
            message = (
                "what this reference means contains the reference itself, so it cannot be put in its place"
            )
            self._report(here.below("$ref"), "reference-circle", message)
            return None
        if here.bundled.count("/") > MAX_DEPTH // 2:
            self._stop(here, f"references nest values deeper here than {MAX_DEPTH} levels")
        self.origins[here.bundled] = target
        return _Here(target, here.bundled, (*here.within, target))

    def _add_beside(self, copied: Any, beside: dict[str, Any], kind: Kind, here: _Here) -> Any:
        """Add the members that stand beside a reference to what was put in its place."""
        for name in beside:
            member = here.below(name)
            self.origins[member.bundled] = member.source
        return {**copied, **self._members(beside, kind, here)} if beside else copied

    def _discriminator(self, value: dict[str, Any], here: _Here) -> dict[str, Any]:
        """Copy a discriminator, whose mapping may hold references that are not called so."""
        copied = self._members(value, Kind.DISCRIMINATOR, here)
        found = copied.get("mapping")
        mapping: dict[str, Any] = found if is_mapping(found) else {}
        for name, written in mapping.items():
            if not isinstance(written, str) or self._is_schema_name(written):
                continue
            member = here.below("mapping").below(name)
            meant = self._resolve(written, Kind.SCHEMA, member, at_member=True)
            if meant is not None:
                bundled = self._pointer_to(meant[0], Kind.SCHEMA, meant[1], member)
                mapping[name] = written if bundled is None else pointers.to_reference(bundled)
        return copied

    def _is_schema_name(self, text: str) -> bool:
        """Return whether a discriminator means a component by its name, rather than a file."""
        if not _SCHEMA_NAME.fullmatch(text):
            return False
        known = self._placement.is_registered(pointers.join("/components/schemas", text))
        return known or not text.endswith((".yaml", ".yml", ".json"))

    def _check_link(self, value: dict[str, Any], here: _Here) -> None:
        reference = value.get("operationRef")
        if not isinstance(reference, str) or (
            reference.startswith("#") and here.source.path == self._document.root
        ):
            return
        if "://" not in reference:
            message = "operationRef finds operations of the root file only: name this one by its operationId"
            self._report(here.below("operationRef"), "unresolved-reference", message)

    # Trouble

    def _resolve(
        self, reference: str, kind: Kind, here: _Here, *, at_member: bool = False
    ) -> tuple[Target, Any] | None:
        """Return what a reference means, or None, with a finding, if that is not what is expected here."""
        place = here if at_member else here.below("$ref")
        try:
            target, value = self._resolver.resolve(here.source.path, reference)
        except UnreadableFileError:
            return None
        except UnresolvedError as problem:
            self._report(place, problem.rule, str(problem))
            return None
        if not _may_be(kind, value):
            self._report(
                place, "reference-kind", f"{quoted(reference)} leads to {quoted(value)}, which is no {kind}"
            )
            return None
        return target, value

    def _misplaced(self, here: _Here) -> None:
        message = "OpenAPI knows no reference in this place: write out what it refers to"
        self._report(here.below("$ref"), "misplaced-reference", message)

    def _report(self, here: _Here, rule: str, message: str) -> None:
        place = self._document.locate(here.source.path, here.source.pointer)
        self._findings.append(error(place, rule, message, here.bundled))

    def _stop(self, here: _Here, message: str) -> NoReturn:
        self._report(here, "reference-expansion", message)
        raise FindingsError(self.all_findings())

    def _count(self, here: _Here) -> None:
        """Bound what references put in place, because references within references multiply."""
        if here.within:
            self._inlined += 1
            if self._inlined > MAX_INLINED:
                self._stop(here, f"references put more than {MAX_INLINED:,} mappings and lists in place")


def _may_be(kind: Kind, value: object) -> bool:
    """Return whether a value has the type of an object of this kind."""
    return kind is Kind.EXTENSION or is_mapping(value) or (kind is Kind.SCHEMA and isinstance(value, bool))


def _a(kind: Kind) -> str:
    return f"an {kind}" if kind is Kind.EXAMPLE else f"a {kind}"


def _shown(target: Target) -> str:
    """Return a place in the source files as messages show it."""
    return shown_path(target.path) + (f"#{target.pointer}" if target.pointer else "")
