"""The public API of a package as plain data, one line a name, which a person can read in a diff.

    "Client.recognize_handwriting": {"kind": "function", "returns": "HandwritingResponse"},
    "Client.recognize_handwriting(image)": {"kind": "keyword-only", "type": "FileInput | Unset", "default": "UNSET"},

Names are those by which others import: below the package, without it. What is exported in several places is described
under the shortest of its names; under the others stands what it is the same as. Modules and names with an underscore
are not public, nor is what lies in them, unless a public module exports it; a private class stands here only as the
base of a public one, for what that one inherits.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import griffe

from generator.python_api import notices
from generator.python_api.commands import commands

Entry: TypeAlias = dict[str, Any]
Api: TypeAlias = Mapping[str, Entry]
"""What a package exports, by its name; the argument of a function is `function(argument)`."""

FORMAT: Final = 1

_INIT: Final = "__init__.py"

_BARE: Final = ("Final", "ClassVar")
"""Annotations that say nothing of the type."""

_USUAL: Final = frozenset(dir(object)) - {"__init__"} | {"__copy__", "__deepcopy__"}
"""What every object has, and what a class overrides of it without a promise."""


def snapshot(package: Path) -> str:
    """Return the public API of a package as the text of its record.

    Args:
        package: Folder of the package, which is read and not imported.
    """
    return dump(read(package))


def dump(api: Api) -> str:
    """Return an API as text, a line a name, sorted."""
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in sorted(api.items())
    )
    return f'{{"format": {FORMAT}, "api": {{\n{lines}\n}}}}\n'


def load(text: str) -> Api:
    """Return the API that such a text tells of."""
    found: Api = json.loads(text)["api"]
    return found


def read(package: Path, modules: Mapping[str, str] | None = None) -> Api:
    """Return the public API of a package.

    Args:
        package: Folder of the package, which is read and not imported.
        modules: The text of each module by its path below that folder, if it is not to be read there.
    """
    if modules is None:
        modules = {
            path.relative_to(package).as_posix(): path.read_text(encoding="utf-8")
            for path in package.rglob("*.py")
        }
    return {**_Reader(package, modules).read(), **commands(modules)}


class _Reader:
    """Takes down a package.

    Of its private modules, which are most of it, only those are read that public ones export something of.
    """

    def __init__(self, package: Path, modules: Mapping[str, str]) -> None:
        self._package = package
        self._modules = modules
        self._root = self._visited(_INIT, package.name, None)
        self._read_public("", self._root)
        self._api: dict[str, Entry] = {}
        self._names: dict[str, str] = {}
        """The public name of what is defined at a path."""

    def read(self) -> Api:
        exported = sorted(self._exports(self._root), key=lambda one: (one[0].count("."), one[0]))
        for name, target in exported:
            known = self._names.setdefault(target.path, name)
            if known != name:
                self._api[name] = {"kind": "alias", "of": known}
        for name, target in exported:
            if self._names[target.path] == name:
                self._object(name, target)
        return self._api

    def _read_public(self, folder: str, package: griffe.Module) -> None:
        below = (path.removeprefix(folder) for path in self._modules if path.startswith(folder))
        for name in sorted({path.partition("/")[0] for path in below}):
            if name.startswith("_"):
                continue
            if name.endswith(".py"):
                self._visited(folder + name, name.removesuffix(".py"), package)
            elif (path := f"{folder}{name}/{_INIT}") in self._modules:
                self._read_public(f"{folder}{name}/", self._visited(path, name, package))

    def _visited(self, path: str, name: str, package: griffe.Module | None) -> griffe.Module:
        module = griffe.visit(name, self._package / path, self._modules[path], parent=package)
        if package is not None:
            package.set_member(name, module)
        return module

    def _member(self, of: griffe.Object, name: str) -> griffe.Object | griffe.Alias | None:
        """Return what has a name, which may be a module that was not read yet."""
        if name not in of.members and isinstance(of, griffe.Module) and isinstance(of.filepath, Path):
            inside = of.filepath.relative_to(self._package)
            for path in (inside.with_name(f"{name}.py"), inside.with_name(name) / _INIT):
                if inside.name == _INIT and path.as_posix() in self._modules:
                    return self._visited(path.as_posix(), name, of)
        return of.members.get(name)

    def _exports(self, module: griffe.Module) -> Iterator[tuple[str, griffe.Object]]:
        """Yield what others can import from a module and those below it, each with where it is defined."""
        name = self._below(module.path)
        if name:
            yield name, module
        listed = module.exports
        for own, member in list(module.members.items()):  # looking into others adds them
            if isinstance(member, griffe.Module):
                if not own.startswith("_"):
                    yield from self._exports(member)
                continue
            is_public = own in map(str, listed) if listed else not own.startswith("_") and not member.is_alias
            target = self._followed(member) if is_public else None
            if target is not None:
                yield f"{name}.{own}" if name else own, target

    def _followed(self, member: griffe.Object | griffe.Alias) -> griffe.Object | None:
        """Return what an imported name stands for; None if that is not of this package."""
        while isinstance(member, griffe.Alias):
            found = self._at(member.target_path)
            if found is None:
                return None
            member = found
        return member

    def _at(self, path: str) -> griffe.Object | griffe.Alias | None:
        prefix = f"{self._root.path}."
        if not path.startswith(prefix):
            return None
        found: griffe.Object | griffe.Alias = self._root
        for part in path.removeprefix(prefix).split("."):
            followed = self._followed(found)
            member = self._member(followed, part) if followed is not None else None
            if member is None:
                return None
            found = member
        return found

    def _below(self, path: str) -> str:
        return path.removeprefix(self._root.path).removeprefix(".")

    def _object(self, name: str, found: griffe.Object) -> None:
        if isinstance(found, griffe.Module):
            self._api[name] = {"kind": "module"}
        elif isinstance(found, griffe.Class):
            self._class(name, found)
        elif isinstance(found, griffe.Function):
            self._function(name, found)
        elif isinstance(found, griffe.Attribute):
            self._constant(name, found)

    def _class(self, name: str, found: griffe.Class) -> None:
        bases = [self._base(base) for base in found.bases]
        told = notices.of(found)
        self._api[name] = {"kind": "class", "bases": bases, **told.of_itself}
        is_enum = any(base.endswith("Enum") for base in bases)
        for own, member in found.members.items():
            where = f"{name}.{own}"
            if isinstance(member, griffe.Function) and _is_public(own):
                self._function(where, member)
            elif isinstance(member, griffe.Attribute) and not own.startswith("_"):
                if is_enum and member.value is not None and "property" not in member.labels:
                    self._api[where] = {
                        "kind": "member",
                        "value": _text(member.value),
                        **told.of_value(member),
                    }
                else:
                    self._api[where] = {
                        "kind": "property" if "property" in member.labels else "attribute",
                        **(kind := _typed(member)),
                        **(_default(member.value) if kind else {}),
                        **told.of_member(own),
                    }

    def _base(self, base: str | griffe.Expr) -> str:
        """Return a base by its public name, and note a private one for what it gives to others."""
        left = base.left if isinstance(base, griffe.ExprSubscript) else base
        path = left if isinstance(left, str) else left.canonical_path
        found = self._at(path)
        target = self._followed(found) if found is not None else None
        if target is None:
            return path
        name = self._names.get(target.path)
        if name is None:
            name = self._names[target.path] = self._below(target.path)
            self._object(name, target)
        return name

    def _function(self, name: str, found: griffe.Function) -> None:
        told = notices.of(found)
        is_async = {"async": True} if "async" in found.labels else {}
        self._api[name] = {
            "kind": "function",
            **is_async,
            **({"returns": _text(found.returns)} if found.returns is not None else {}),
            **told.of_itself,
        }
        is_method = found.parent is not None and found.parent.is_class and "staticmethod" not in found.labels
        for position, parameter in enumerate(found.parameters):
            if (is_method and position == 0) or parameter.kind is None:
                continue
            by_position = {"position": position} if "positional" in parameter.kind.value else {}
            self._api[f"{name}({parameter.name})"] = {
                "kind": parameter.kind.value,
                **by_position,
                **({"type": _text(parameter.annotation)} if parameter.annotation is not None else {}),
                **(
                    {}
                    if parameter.required or "variadic" in parameter.kind.value
                    else _default(parameter.default)
                ),
                **told.of_member(parameter.name),
            }

    def _constant(self, name: str, found: griffe.Attribute) -> None:
        if (
            found.annotation is not None
            and _text(found.annotation) == "TypeAlias"
            and found.value is not None
        ):
            self._api[name] = {"kind": "type alias", "type": _text(found.value)}
            return
        self._api[name] = {"kind": "constant", **_typed(found)}
        if isinstance(found.value, griffe.ExprDict):
            for key in found.value.keys:
                if isinstance(key, str):
                    self._api[f"{name}[{key}]"] = {"kind": "key"}


def _is_public(name: str) -> bool:
    """Return whether a method is there to be called: by its name, or by the language."""
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__") and name not in _USUAL)


def _text(value: str | griffe.Expr) -> str:
    """Return code as text in one spelling, whatever its layout and quotes are."""
    return _respelled(str(value))


@cache
def _respelled(code: str) -> str:
    return ast.unparse(ast.parse(code, mode="eval"))


def _typed(found: griffe.Attribute) -> Entry:
    kind = _text(found.annotation) if found.annotation is not None else ""
    if kind in _BARE and isinstance(found.value, griffe.ExprCall):
        kind = _text(found.value.function)  # `Final = Server(…)`
    kind = kind.removeprefix("Final[").removesuffix("]") if kind.startswith("Final[") else kind
    return {"type": kind} if kind and kind not in _BARE else {}


def _default(value: str | griffe.Expr | None) -> Entry:
    """Return the default of an argument or attribute; that of `attrs.field(…)` is its own."""
    if value is None:
        return {}
    if isinstance(value, griffe.ExprCall) and str(value.function) == "attrs.field":
        given = {one.name: one.value for one in value.arguments if isinstance(one, griffe.ExprKeyword)}
        if "init" in given:
            return {"init": False}
        return (
            {"default": _text(given["default"])}
            if "default" in given
            else {"default": "…"}
            if ("factory" in given)
            else {}
        )
    return {"default": _text(value)}
