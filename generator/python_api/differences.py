"""What differs between two versions of a package's public API, and what of it breaks code that uses the package.

`griffe check` asks the same of two packages. It does not know which types are given and which are got: it lets an
argument take less than before, and calls it a break where an answer says more. Nor does it tell what is new.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, Final

import attrs

from generator.python_api.snapshot import Api, Entry
from generator.python_api.types import fits
from generator.python_api.use import Uses

_OPTION: Final = " --"


class Group(StrEnum):
    """Under which heading a change is told."""

    ADDED = "added"
    CHANGED = "changed"
    DEPRECATED = "deprecated"
    REMOVED = "removed"


@attrs.frozen(order=True)
class Change:
    """A change of the public API.

    Attributes:
        group: What kind of change it is.
        name: What it is about, as in the record: `Client.recognize_handwriting(image)`.
        kind: What that is: `method`, `argument`, `field` and so on.
        text: What is different, such as `` `str` → `int` ``, or empty.
        breaking: Whether code that uses the package can fail of it.
    """

    group: Group
    name: str
    kind: str
    text: str = ""
    breaking: bool = False


def differences(old: Api, new: Api) -> list[Change]:
    """Return what differs between two versions of a package, sorted by group and name."""
    new = _named_as_before(old, new)
    return sorted(set(_Comparison(_flat(old), _flat(new), Uses.of(old, new)).changes()))


def _named_as_before(old: Api, new: Api) -> Api:
    """Return the new API in which what got a shorter name, and kept the one it had, goes by that one."""
    shorter = {
        str(entry["of"]): name
        for name, entry in new.items()
        if entry["kind"] == "alias" and name in old and old[name]["kind"] != "alias"
    }
    if not shorter:
        return new
    found: dict[str, Entry] = {}
    for name, entry in new.items():
        owner = next((one for one in shorter if name == one or name.startswith((f"{one}.", f"{one}("))), "")
        if owner:
            found[shorter[owner] + name.removeprefix(owner)] = entry
        elif name not in shorter.values():
            found[name] = entry
    return {**found, **{name: {"kind": "alias", "of": known} for name, known in shorter.items()}}


def _flat(api: Api) -> dict[str, Entry]:
    """Return an API in which each class has what it inherits from private ones, which are left out."""
    members: dict[str, dict[str, Entry]] = {}
    for name, entry in api.items():
        owner, own = _split(name)
        if own:
            members.setdefault(owner, {})[own] = entry
    found: dict[str, Entry] = {}
    for name, entry in api.items():
        if name.startswith("_"):
            continue
        if entry["kind"] == "class":
            entry = {**entry, "bases": sorted(_public_bases(api, entry))}
            for base in _private_bases(api, entry=api[name]):
                for own, member in members.get(base, {}).items():
                    is_overridden = own.partition("(")[0] in members.get(name, {})
                    if not is_overridden:
                        found.setdefault(f"{name}.{own}", member)
        found[name] = entry
    return found


def _split(name: str) -> tuple[str, str]:
    """Return the class and what it has; an argument stays with its method."""
    path, bracket, argument = name.partition("(")
    owner, _, own = path.rpartition(".")
    return owner, f"{own}{bracket}{argument}"


def _private_bases(api: Api, entry: Entry) -> Iterator[str]:
    for base in entry["bases"]:
        if base.startswith("_") and base in api:
            yield base
            yield from _private_bases(api, api[base])


def _public_bases(api: Api, entry: Entry) -> Iterator[str]:
    for base in entry["bases"]:
        if base.startswith("_") and base in api:
            yield from _public_bases(api, api[base])
        elif not base.startswith("_"):
            yield base


class _Comparison:
    """Compares two versions."""

    def __init__(self, old: Api, new: Api, uses: Uses) -> None:
        self._old = old
        self._new = new
        self._uses = uses

    def changes(self) -> Iterator[Change]:
        old, new = self._old, self._new
        for name, entry in old.items():
            if name not in new:
                if self._is_told(name, entry, old, new):
                    yield Change(Group.REMOVED, name, self._kind(name, old), breaking=True)
            elif entry != new[name]:
                yield from self._changed(name, entry, new[name])
        for name, entry in new.items():
            if name not in old and self._is_told(name, entry, new, old):
                yield self._added(name, entry)
            if "deprecated" in entry and entry["deprecated"] != old.get(name, {}).get("deprecated"):
                yield Change(Group.DEPRECATED, name, self._kind(name, new), str(entry["deprecated"]))

    def _is_told(self, name: str, entry: Entry, here: Api, there: Api) -> bool:
        """Return whether something is there on one side by itself, not with what it belongs to or is the same as."""
        owner = _owner(name)
        if owner and owner in here and owner not in there:
            return False
        if entry["kind"] == "alias":
            return str(entry["of"]) in there
        is_module_of_class = entry["kind"] == "module" and name.startswith("models.")
        is_value = entry["kind"] == "type alias" and name.endswith("Value")
        return not is_module_of_class and not (is_value and name.count(".") > 1)

    def _kind(self, name: str, api: Api) -> str:
        kind = str(api[name]["kind"])
        owner = _owner(name)
        of_class = owner in api and api[owner]["kind"] == "class"
        if "(" in name:
            return "argument"
        if kind == "function":
            return "method" if of_class else "function"
        if kind == "class" and self._is_exception(name, api):
            return "exception"
        if kind == "attribute":
            return "field" if owner.startswith("models.") else "attribute"
        return {"alias": "name", "member": "value", "key": "error code" if "CODES" in name else "key"}.get(
            kind, kind
        )

    def _is_exception(self, name: str, api: Api) -> bool:
        bases = [str(base) for base in api.get(name, {}).get("bases", ())]
        return any(_is_builtin_exception(base) or self._is_exception(base, api) for base in bases)

    def _added(self, name: str, entry: Entry) -> Change:
        kind = self._kind(name, self._new)
        what = f"`{entry['type']}`" if "type" in entry and kind in ("field", "argument") else ""
        if kind in ("argument", "field", "option") and self._is_needed(name, entry):
            return Change(Group.ADDED, name, kind, f"{what}, which has to be given".removeprefix(", "), True)
        return Change(Group.ADDED, name, kind, what)

    def _is_needed(self, name: str, entry: Entry) -> bool:
        """Return whether what is given has to be given."""
        if entry["kind"] == "option":
            return bool(entry.get("required"))
        if "(" in name:
            return "default" not in entry and "variadic" not in entry["kind"]
        return "default" not in entry and entry.get("init") is not False and self._uses.is_given(_owner(name))

    def _changed(self, name: str, old: Entry, new: Entry) -> Iterator[Change]:
        kind = self._kind(name, self._new)
        if old["kind"] != new["kind"] and kind != "argument":
            yield self._change(name, kind, f"was a {self._kind(name, self._old)}", True)
            return
        yield from self._structure(name, kind, old, new)
        yield from self._type(name, kind, old, new)
        if kind in ("argument", "field", "option"):
            yield from self._default(name, kind, old, new)
        if "deprecated" in old and "deprecated" not in new:
            yield self._change(name, kind, "is no longer deprecated", False)

    def _structure(self, name: str, kind: str, old: Entry, new: Entry) -> Iterator[Change]:
        if old.get("async") != new.get("async"):
            yield self._change(
                name, kind, "has to be awaited" if new.get("async") else "is not awaited", True
            )
        lost = [base for base in old.get("bases", ()) if base not in new.get("bases", ())]
        gained = [base for base in new.get("bases", ()) if base not in old.get("bases", ())]
        if lost:
            yield self._change(name, kind, f"is no {_listed(lost)} any more", True)
        if gained:
            yield self._change(name, kind, f"is also a {_listed(gained)}", False)
        if kind == "value" and old["value"] != new["value"]:
            yield self._change(name, kind, f"`{old['value']}` → `{new['value']}`", True)
        if kind == "argument":
            yield from self._place(name, old, new)

    def _place(self, name: str, old: Entry, new: Entry) -> Iterator[Change]:
        if old["kind"] != new["kind"]:
            is_wider = new["kind"] == "positional or keyword" and old["kind"] in (
                "keyword-only",
                "positional-only",
            )
            yield self._change(name, "argument", f"{old['kind']} → {new['kind']}", not is_wider)
        elif old.get("position") != new.get("position"):
            yield self._change(
                name, "argument", f"was in place {old['position']}, is in {new['position']}", True
            )

    def _type(self, name: str, kind: str, old: Entry, new: Entry) -> Iterator[Change]:
        key = "returns" if "returns" in old or "returns" in new else "type"
        before, after = str(old.get(key, "")), str(new.get(key, ""))
        if kind == "option":
            yield from self._values(name, old, new)
            return
        if before == after or not before or self._is_of_an_enum(name, kind):
            return
        owner = name if kind == "type alias" else _owner(name)
        of_description = owner.startswith("models.")
        is_given = self._uses.is_given(owner) if of_description else kind not in ("method", "function")
        is_got = self._uses.is_got(owner) if of_description else kind != "argument"
        if kind == "type alias" and owner not in self._uses.got:
            is_given, is_got = (
                True,
                False,
            )  # whoever writes it in an annotation loses nothing by one more value
        fine = (not is_given or fits(before, after)) and (not is_got or (bool(after) and fits(after, before)))
        yield self._change(name, kind, f"`{before}` → `{after or 'nothing said'}`", not fine)

    def _values(self, name: str, old: Entry, new: Entry) -> Iterator[Change]:
        before, after = old.get("values", []), new.get("values", [])
        if old["type"] != new["type"]:
            yield self._change(name, "option", f"`{old['type']}` → `{new['type']}`", True)
        elif gone := [value for value in before if value not in after]:
            yield self._change(name, "option", f"takes no {_listed(gone)} any more", True)
        elif more := [value for value in after if value not in before]:
            yield self._change(name, "option", f"takes {_listed(more)}, too", False)

    def _is_of_an_enum(self, name: str, kind: str) -> bool:
        """Return whether an alias has the values of an enum, whose members tell what is different."""
        return kind == "type alias" and name.endswith("Value") and name.startswith("models.")

    def _default(self, name: str, kind: str, old: Entry, new: Entry) -> Iterator[Change]:
        needed = self._is_needed(name, old), self._is_needed(name, new)
        before, after = old.get("default"), new.get("default")
        if needed == (False, True):
            yield self._change(name, kind, "has to be given now", True)
        elif needed == (True, False):
            yield self._change(name, kind, "need not be given any more", False)
        elif before != after and kind != "option" and before is not None and after is not None:
            is_given = "(" in name or self._uses.is_given(_owner(name))
            breaks = is_given and "UNSET" not in (before, after)
            yield self._change(name, kind, f"default `{before}` → `{after}`", breaks)

    def _change(self, name: str, kind: str, text: str, breaking: bool) -> Change:
        return Change(Group.CHANGED, name, kind, text, breaking)


def _is_builtin_exception(name: str) -> bool:
    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def _owner(name: str) -> str:
    """Return what something belongs to: a function, a class, a module, a table, a command."""
    if "(" in name:
        return name.partition("(")[0]
    if name.startswith("$"):
        return name.partition(_OPTION)[0] if _OPTION in name else ""
    if name.endswith("]"):
        return name.partition("[")[0]
    return name.rpartition(".")[0]


def _listed(items: Iterable[Any]) -> str:
    *rest, last = [f"`{item}`" for item in items]
    return f"{', '.join(rest)} and {last}" if rest else last
