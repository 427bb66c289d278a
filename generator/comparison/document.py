"""Comparing two documents as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from generator import pointer as pointers
from generator.comparison import security
from generator.comparison.changes import Change, Direction, Step, Verdict
from generator.comparison.ledger import Ledger, Scope
from generator.comparison.operations import Operations, operations
from generator.comparison.places import Label, Side, Spot, code, value
from generator.comparison.schemas import Schemas
from generator.comparison.unjudged import unjudged
from generator.comparison.views import as_text
from generator.comparison.words import note_others, note_words
from generator.plain import is_list, is_mapping

_KNOWN: Final = frozenset(
    {"openapi", "info", "servers", "security", "paths", "webhooks", "components", "tags", "jsonSchemaDialect"}
)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Say what differs between two documents in one piece, for those who build on the old one.

    What is reachable from requests is judged as something that consumers send, from answers as something that they
    read, from both as both. References are followed, so that to move a schema to the components changes nothing. The
    version itself is no change.

    Args:
        old: The document before, of plain values, its references within it.
        new: The same after.

    Returns:
        The changes, the worst first, else in the order of the documents; none if nothing differs.

    Raises:
        GeneratorError: Schemas combine in more ways than can be compared.
    """
    before, after = Side(dict(old)), Side(dict(new))
    ledger = Ledger()
    scope = Scope(before, after, ledger)
    schemas = Schemas()
    names = security.scheme_names(scope)
    compared = Operations(schemas, scope, names)
    compared.compare(before.root.member("paths"), after.root.member("paths"))
    compared.compare(before.root.member("webhooks"), after.root.member("webhooks"), is_ours=False)
    schemas.run()
    is_library = not any(_all_operations(side) for side in (before, after))
    if is_library:
        _compare_library(schemas, scope)
    security.note_schemes(
        scope.going(Direction.REQUEST), names, (_used_schemes(before), _used_schemes(after))
    )
    _note_about(scope, before.root, after.root)
    _note_leftovers(scope, is_library=is_library)
    found = ledger.changes()
    return found or unjudged(before, after)


def _compare_library(schemas: Schemas, scope: Scope) -> None:
    """Compare the components of documents without operations, which are there to be used both ways."""
    before, after = [side.components.get("schemas", {}) for side in (scope.old, scope.new)]
    for name in [name for name in before if name in after]:
        for direction in (Direction.REQUEST, Direction.RESPONSE):
            schemas.add(scope.going(direction), (before[name],), (after[name],))
    schemas.run()


def _all_operations(side: Side) -> list[Any]:
    return [*operations(side, side.root.member("paths")), *operations(side, side.root.member("webhooks"))]


def _used_schemes(side: Side) -> set[str]:
    found = set[str]()
    holders = [side.root, *(operation.spot for operation in operations(side, side.root.member("paths")))]
    for holder in holders:
        for way in holder.member("security").items():
            found.update(way.members())
    return found


def _note_about(scope: Scope, old: Spot, new: Spot) -> None:
    """Tell of what documents say about themselves."""
    _note_version(scope, old.member("openapi"), new.member("openapi"))
    before, after = old.member("info"), new.member("info")
    label = Label("the document", "")
    note_words(scope, before, after, label)
    note_others(scope, before, after, label, frozenset({"version"}))
    if old.member("tags").value != new.member("tags").value:
        scope.documented(label, "the tags", new=new.member("tags").pointer)
    if old.member("jsonSchemaDialect").value != new.member("jsonSchemaDialect").value:
        scope.tell(
            "dialect-changed", Verdict.MAY_BREAK, "schemas follow another dialect: see whether your tools know it",
            new="/jsonSchemaDialect", subject="jsonSchemaDialect",
        )  # fmt: skip
    note_words(scope, old, new, label)
    note_others(scope, old, new, label, _KNOWN)


def _note_version(scope: Scope, old: Spot, new: Spot) -> None:
    was, now = str(old.value), str(new.value)
    if was == now:
        return
    is_another = was.split(".")[:2] != now.split(".")[:2]
    scope.tell(
        "openapi-version",
        Verdict.MAY_BREAK if is_another else Verdict.DOCUMENTATION,
        f"the document follows OpenAPI {value(new.value)} now instead of {value(old.value)}"
        + (": see whether your tools read it" if is_another else ""),
        new=new.pointer,
        old=old.pointer,
        subject="openapi",
        step=Step.MINOR if is_another else None,
    )


def _note_leftovers(scope: Scope, *, is_library: bool) -> None:
    """Tell of components that came, went or changed without any operation to need them."""
    needed = [_needed(side) for side in (scope.old, scope.new)]
    for section in dict.fromkeys([*scope.old.components, *scope.new.components]):
        if section == "securitySchemes":
            continue
        before, after = [side.components.get(section, {}) for side in (scope.old, scope.new)]
        for name in dict.fromkeys([*before, *after]):
            was, now = before.get(name), after.get(name)
            is_told = was and now and (is_library and section == "schemas")
            if is_told or (was and now and as_text(was.value) == as_text(now.value)):
                continue
            if any((section, name) in found for found in needed):
                if section == "examples" and was and now:
                    scope.documented(
                        Label("", name), f"the example {code(name)}", new=now.pointer, old=was.pointer
                    )
                continue
            what = "described otherwise" if was and now else "described" if now else "not described any more"
            scope.tell(
                "component-documentation",
                Verdict.DOCUMENTATION,
                f"{code(name)} in {code(section)}, which no operation needs, is {what}",
                new=pointers.join("", "components", section, name),
                old=was.pointer if was else "",
                subject=name,
            )


def _needed(side: Side) -> set[tuple[str, str]]:
    """Return the components, by section and name, to which something leads from outside the components."""
    found = set[tuple[str, str]]()
    waiting: list[Any] = [value for name, value in side.document.items() if name != "components"]
    while waiting:
        value = waiting.pop()
        if is_mapping(value):
            waiting += value.values()
        elif is_list(value):
            waiting += value
        elif isinstance(value, str) and value.startswith("#/components/"):
            tokens = pointers.split(pointers.from_fragment(value[1:]) or "")
            if len(tokens) > 2 and (tokens[1], tokens[2]) not in found:
                found.add((tokens[1], tokens[2]))
                component = side.component(tokens[1], tokens[2])
                waiting += [component.value] if component else []
    return found
