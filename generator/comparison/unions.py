"""Alternatives that come and go, and what tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator import pointer as pointers
from generator.comparison.changes import Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Side, Spot, code, text_of
from generator.comparison.values import type_name
from generator.comparison.views import Union, View, as_text, standing
from generator.comparison.words import WORDS, same_but_for_words, without_words
from generator.plain import is_list, is_mapping

if TYPE_CHECKING:
    from generator.comparison.schemas import Schemas

_ALIKE: Final = 0.5
"""The share of an alternative that has to have stayed for it to be the same one."""

_MOST_GUESSES: Final = 10_000


def note_introduced(schemas: Schemas, scope: Scope, old: View, new: View) -> bool:
    """Tell of what became one of several alternatives, or is the only one left; return whether that is so."""
    if bool(old.unions) == bool(new.unions):
        return False
    single, union = (old, new) if new.unions else (new, old)
    if not union.is_bare or len(union.unions) != 1:
        return False
    inner, outer = (scope.old, scope.new) if new.unions else (scope.new, scope.old)
    plain = tuple(Spot(layer.pointer, layer.schema) for layer in single.layers)
    found = _like(inner, single, outer, union.unions[0])
    if found is None:
        return False
    home = new.home(old.pointer)
    label = scope.called(home)
    for branch in union.unions[0].branches:
        if branch is found:
            schemas.add(scope, *((plain, (branch,)) if new.unions else ((branch,), plain)))
        elif new.unions:
            _note_added(scope, label, branch)
        else:
            _note_removed(scope, label, home, branch)
    return True


def _like(inner: Side, single: View, outer: Side, union: Union) -> Spot | None:
    """Return the alternative that is what there was without alternatives."""
    written = [without_words(layer.schema) for layer in single.layers if without_words(layer.schema)]
    names = {layer.pointer for layer in single.layers}
    for branch in union.branches:
        found = outer.follow(branch)
        if found.pointer in names and found.pointer.startswith("/components/"):
            return branch
        if any(same_but_for_words(found.value, whole) for whole in written):
            return branch
    alike = [branch for branch in union.branches if View(outer, (branch,)).types == single.types]
    return alike[0] if len(alike) == 1 and single.types is not None else None


def note_unions(schemas: Schemas, scope: Scope, old: View, new: View) -> None:
    """Tell of alternatives that were added or removed, and compare those that stayed."""
    for before, after in zip(old.unions, new.unions, strict=False):
        _note_union(schemas, scope, new, before, after)
    for union in new.unions[len(old.unions) :]:
        _, _, label = standing(scope, new, None, union)
        scope.tightened(
            "union-added",
            label,
            "has to be one of several alternatives now",
            new=union.pointer,
            refused="requests that are none of them",
        )
    for union in old.unions[len(new.unions) :]:
        where, _, label = standing(scope, new, union, None)
        scope.loosened(
            "union-removed",
            label,
            "need not be one of several alternatives any more",
            new=where,
            old=union.pointer,
            unexpected="what is none of them",
        )
    _note_discriminator(scope, old, new)


def _note_union(schemas: Schemas, scope: Scope, new: View, before: Union, after: Union) -> None:
    label = scope.called(pointers.parent(after.pointer))
    matched = _matched(scope, before, after)
    for index, branch in enumerate(before.branches):
        if index in matched:
            schemas.add(scope, (branch,), (after.branches[matched[index]],))
        else:
            _note_removed(scope, label, after.pointer, branch)
    for index, branch in enumerate(after.branches):
        if index not in matched.values():
            _note_added(scope, label, branch)
    was, now = [pointers.split(union.pointer)[-1] for union in (before, after)]
    if was != now:
        move = scope.tightened if now == "oneOf" else scope.loosened
        fact = (
            "fits just one of the alternatives now" if now == "oneOf" else "may fit several alternatives now"
        )
        move("union-kind", label, fact, new=after.pointer, old=before.pointer)


def _note_added(scope: Scope, label: Label, branch: Spot) -> None:
    called, subject = _called(scope.new, branch)
    scope.tell(
        "alternative-added",
        Verdict.COMPATIBLE if scope.is_request else Verdict.BREAKING,
        f"{label.text} may be {called} too: "
        + (
            "requests that were right stay right"
            if scope.is_request
            else "consumers that know only the other alternatives cannot read it"
        ),
        new=branch.pointer,
        subject=subject or label.subject,
        detail=as_text(without_words(branch.value)),
    )


def _note_removed(scope: Scope, label: Label, where: str, branch: Spot) -> None:
    called, subject = _called(scope.old, branch)
    scope.tell(
        "alternative-removed",
        Verdict.BREAKING if scope.is_request else Verdict.COMPATIBLE,
        f"{label.text} may not be {called} any more: "
        + ("requests with it will be refused" if scope.is_request else "answers do not have it any more"),
        new=where,
        old=branch.pointer,
        subject=subject or label.subject,
    )


def _called(side: Side, branch: Spot) -> tuple[str, str]:
    """Return how an alternative is called, and the name to look for."""
    target = side.follow(branch)
    tokens = pointers.split(target.pointer)
    if tokens[:2] == ["components", "schemas"] and len(tokens) == 3:
        return code(tokens[2]), tokens[2]
    found = target.value if is_mapping(target.value) else {}
    if title := text_of(found, "title"):
        return f"“{code(title)[1:-1]}”", title
    required = found.get("required")
    if is_list(required) and required and "properties" not in found:
        names = [name for name in required if isinstance(name, str)]
        return f"one with {' and '.join(map(code, names))}", names[0] if names else ""
    types = View(side, (branch,)).types
    if types:
        return type_name(types), ""
    return "another alternative", ""


def _matched(scope: Scope, before: Union, after: Union) -> dict[int, int]:
    """Return which alternative became which, by their indices."""
    found: dict[int, int] = {}
    olds = [_signs(scope.old, branch) for branch in before.branches]
    news = [_signs(scope.new, branch) for branch in after.branches]
    for level in range(4):
        for index, signs in enumerate(olds):
            if index in found or not signs[level]:
                continue
            same = [
                other
                for other, own in enumerate(news)
                if other not in found.values() and own[level] == signs[level]
            ]
            rivals = [
                other for other, own in enumerate(olds) if other not in found and own[level] == signs[level]
            ]
            if same and (len(same) == len(rivals) == 1 or level == 1):
                found[index] = same[0]
    return found | _nearest(scope, before, after, found)


def _nearest(scope: Scope, before: Union, after: Union, found: dict[int, int]) -> dict[int, int]:
    """Match what is left by how much of it stayed: where an alternative stands tells nothing."""
    olds, news = [
        {index: _parts(side, branch) for index, branch in enumerate(union.branches) if index not in taken}
        for side, union, taken in (
            (scope.old, before, set(found)),
            (scope.new, after, set(found.values())),
        )
    ]
    if len(olds) * len(news) > _MOST_GUESSES:
        return {}
    alike = [
        (2 * len(one & other) / (len(one) + len(other)), -index, -position)
        for index, one in olds.items()
        for position, other in news.items()
        if one and other
    ]
    matched: dict[int, int] = {}
    for share, index, position in sorted(alike, reverse=True):
        if share >= _ALIKE and -index not in matched and -position not in matched.values():
            matched[-index] = -position
    return matched


def _parts(side: Side, branch: Spot) -> frozenset[tuple[str, ...]]:
    """Return what an alternative consists of: each keyword with what it says, members one by one."""
    view = View(side, (branch,))
    said = {
        (name, as_text(without_words(value)))
        for layer in view.layers
        for name, value in layer.schema.items()
        if name not in WORDS and name not in ("properties", "$ref", "allOf")
    }
    members = {
        ("properties", name, *(as_text(without_words(source.value)) for source in sources))
        for name, sources in view.properties.items()
    }
    return frozenset(said | members)


def _signs(side: Side, branch: Spot) -> tuple[str, str, str, str]:
    """Return by what an alternative is known, the surest first: its name, its content, its title, its type."""
    target = side.follow(branch)
    name = target.pointer if target.pointer.startswith("/components/schemas/") else ""
    view = View(side, (branch,))
    types = "" if view.types is None else "|".join(sorted(view.types))
    if "object" in types:
        tags = sorted(
            f"{member}={','.join(sorted(values))}"
            for member, sources in view.properties.items()
            if (values := View(side, sources).enum) is not None and len(values) == 1
        )
        types = ";".join(tags) or (f"object:{sorted(view.properties)}" if view.properties else "")
    title = text_of(target.value, "title") if is_mapping(target.value) else ""
    return name, as_text(without_words(target.value)), title, types


def _note_discriminator(scope: Scope, old: View, new: View) -> None:
    before, after = old.first("discriminator"), new.first("discriminator")
    if not before or not after:
        _note_discriminated(scope, old, new, before, after)
        return
    _, _, label = standing(scope, new, before, after)
    was, now = before.member("propertyName"), after.member("propertyName")
    if was.value != now.value:
        scope.tell(
            "discriminator-changed",
            Verdict.BREAKING,
            f"which alternative {label.text} is stands in {code(now.value)} now instead of {code(was.value)}: "
            "neither side understands the other as before",
            new=now.pointer,
            old=was.pointer,
            subject=str(was.value),
        )
    olds, news = before.member("mapping").members(), after.member("mapping").members()
    for name in dict.fromkeys([*olds, *news]):
        one, other = olds.get(name), news.get(name)
        if one and other and one.value != other.value and not _is_renamed(scope, one.value, other.value):
            scope.tell(
                "discriminator-changed",
                Verdict.BREAKING,
                f"{code(name)} in {code(now.value)} means another alternative of {label.text} now: "
                "neither side understands the other as before",
                new=other.pointer,
                old=one.pointer,
                subject=name,
            )
        elif one and not other:
            scope.tightened(
                "discriminator-value-removed",
                label,
                f"is not told by {code(name)} any more",
                new=after.pointer,
                old=one.pointer,
                refused="requests with that value",
            )
        elif other and not one:
            scope.loosened(
                "discriminator-value-added",
                label,
                f"may be told by {code(name)} now",
                new=other.pointer,
                unexpected="that value",
            )


def _note_discriminated(scope: Scope, old: View, new: View, before: Spot | None, after: Spot | None) -> None:
    """Tell of alternatives that are told apart by a member from now on, or not any more."""
    found = after or before
    if found is None:
        return
    where, whence, label = standing(scope, new, before, after)
    name = found.member("propertyName").value
    if after:
        rule = "discriminator-added"
        fact = f"which alternative {label.text} is stands in {code(name)} now"
        breaks = scope.is_request and not _has_always(scope.old, old, name)
        then = (
            "requests that do not say so may be refused"
            if breaks
            else "consumers may go by it, or tell as they did before"
            if not scope.is_request
            else "requests that were right say so already"
        )
    else:
        rule = "discriminator-removed"
        fact = f"which alternative {label.text} is need not stand in {code(name)} any more"
        breaks = not scope.is_request and not _has_always(scope.new, new, name)
        then = (
            "consumers that tell the alternatives apart by it may not find it"
            if breaks
            else "requests that were right stay right"
            if scope.is_request
            else "it is in every answer as before"
        )
    scope.tell(
        rule,
        Verdict.MAY_BREAK if breaks else Verdict.COMPATIBLE,
        f"{fact}: {then}",
        new=where,
        old=whence,
        subject=name if isinstance(name, str) else label.subject,
    )


def _has_always(side: Side, view: View, name: object) -> bool:
    """Return whether a member has to be there, whichever alternative it is."""
    if not isinstance(name, str):
        return False
    return name in view.required or any(
        all(name in View(side, (branch,)).required for branch in union.branches) for union in view.unions
    )


def _is_renamed(scope: Scope, one: object, other: object) -> bool:
    """Return whether the component that was meant is gone, and the one that is meant is new."""
    was, now = [str(value).rpartition("/")[2] for value in (one, other)]
    return scope.new.component("schemas", was) is None and scope.old.component("schemas", now) is None
