"""Comparing schemas, each pair of them once for each way in which it is used."""

from __future__ import annotations

from collections import deque
from itertools import zip_longest
from typing import Final

import attrs

from generator import deprecation, pointer as pointers
from generator.comparison import extensions, limits, members, unions, values, xml
from generator.comparison.changes import Verdict
from generator.comparison.ledger import Owner, Scope
from generator.comparison.places import Spot, code
from generator.comparison.views import View, as_text, standing
from generator.comparison.words import WORDS, note_deprecated
from generator.errors import GeneratorError

MOST_PAIRS: Final = 100_000
"""How many pairs of schemas are compared, each for one way."""

_NAMED: Final = ("components", "schemas")
_LISTS: Final = ("items", "contains", "propertyNames", "unevaluatedItems", "contentSchema")
_CONDITIONS: Final = {
    "not": "what is excluded",
    "if": "a condition",
    "then": "what a condition asks for",
    "else": "what a condition asks for",
    "dependentRequired": "which members need others",
    "dependentSchemas": "which members need others",
    "minContains": "how many items of a kind there are",
    "maxContains": "how many items of a kind there are",
}


class Schemas:
    """The pairs of schemas that are still to be compared, and those that were."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: deque[tuple[Scope, tuple[Spot, ...], tuple[Spot, ...]]] = deque()
        self._known = set[Owner]()

    def add(self, scope: Scope, old: tuple[Spot, ...], new: tuple[Spot, ...]) -> None:
        """Have two schemas compared, once for each direction and for XML however many lead to them."""
        was, written = old, new
        old, new = scope.old.meant(old), scope.new.meant(new)
        key = (
            tuple(spot.pointer for spot in old),
            tuple(spot.pointer for spot in new),
            scope.direction,
            scope.is_xml,
        )
        scope.ledger.lead(scope.owner, key)
        if key not in self._known:
            if len(self._known) >= MOST_PAIRS:
                raise GeneratorError(
                    f"parts of `allOf` in the documents combine in more than {MOST_PAIRS:,} ways, "
                    "which is more than is compared: compare a simpler document"
                )
            self._known.add(key)
            self._waiting.append(
                (attrs.evolve(scope, owner=key, site=_site(scope, (was, written), old, new)), old, new)
            )

    def run(self) -> None:
        """Compare all of them, and what is within them."""
        while self._waiting:
            scope, old, new = self._waiting.popleft()
            self._compare(scope, View(scope.old, old), View(scope.new, new))

    def _compare(self, scope: Scope, old: View, new: View) -> None:
        _note_name(scope, old, new)
        if old.says_as(new):
            # Then only what references within lead to can differ.
            members.note_members(self, scope, old, new)
            unions.note_unions(self, scope, old, new)
            self._note_lists(scope, old, new)
            return
        _note_words(scope, old, new)
        if unions.note_introduced(self, scope, old, new):
            return
        if not values.note_type(scope, old, new):
            return
        values.note_null(scope, old, new)
        values.note_enum(scope, old, new)
        values.note_default(scope, old, new)
        values.note_texts(scope, old, new)
        limits.note_limits(scope, old, new)
        members.note_members(self, scope, old, new)
        unions.note_unions(self, scope, old, new)
        self._note_lists(scope, old, new)
        _note_conditions(scope, old, new)
        xml.note_xml(scope, old, new)
        extensions.note_schema(scope, old, new)

    def _note_lists(self, scope: Scope, old: View, new: View) -> None:
        for name in _LISTS:
            before, after = old.within(name), new.within(name)
            if before and after:
                self.add(scope, before, after)
            elif after and any(spot.value is not True and spot.value != {} for spot in after):
                _, _, label = standing(scope, new, None, after[0])
                scope.tightened(
                    "schema-added",
                    label,
                    f"has rules for {code(name)} now",
                    new=after[0].pointer,
                    detail=name,
                )
            elif before and any(spot.value is not True and spot.value != {} for spot in before):
                where, _, label = standing(scope, new, before[0], None)
                scope.loosened(
                    "schema-removed",
                    label,
                    f"has no rules for {code(name)} any more",
                    new=where,
                    old=before[0].pointer,
                    detail=name,
                )
        olds, news = _positions(old), _positions(new)
        for one, other in zip(olds, news, strict=False):
            self.add(scope, (one,), (other,))
        _, _, label = standing(scope, new, olds[0] if olds else None, news[0] if news else None, 2)
        for spot in news[len(olds) :]:
            scope.tightened("item-added", label, "describes one more item by its position", new=spot.pointer)
        for spot in olds[len(news) :]:
            scope.loosened(
                "item-removed",
                label,
                "describes one item less by its position",
                new=new.home(pointers.parent(pointers.parent(spot.pointer))),
                old=spot.pointer,
            )


def _site(
    scope: Scope,
    written: tuple[tuple[Spot, ...], tuple[Spot, ...]],
    old: tuple[Spot, ...],
    new: tuple[Spot, ...],
) -> tuple[str, str] | None:
    """Return the component that a reference leads to, and the reference, if something else was there before."""
    if not old or not new or new[0].pointer == old[0].pointer:
        return None
    was, now = written[0][0], written[1][0]
    if now.pointer == new[0].pointer or was.value == now.value:
        return None
    tokens = pointers.split(old[0].pointer)
    was_component = tuple(tokens[:2]) == _NAMED and len(tokens) == 3
    if was_component and scope.new.component("schemas", tokens[2]) is None:
        return None  # The component has another name now, by which it is called.
    return new[0].pointer, now.pointer


def _positions(view: View) -> list[Spot]:
    return next((spot.items() for spot in view.every("prefixItems")), [])


def _components(view: View) -> list[str]:
    """Return the components among the schemas of a view."""
    found = (pointers.split(layer.pointer) for layer in view.layers)
    return [tokens[2] for tokens in found if tuple(tokens[:2]) == _NAMED and len(tokens) == 3]


def _note_name(scope: Scope, old: View, new: View) -> None:
    """Tell of components that have another name now, or none; what they ask for is compared as ever."""
    before, after = _components(old), _components(new)
    gone = [name for name in before if scope.new.component("schemas", name) is None]
    come = [name for name in after if scope.old.component("schemas", name) is None]
    if not gone or not _are_alike(old, new):
        return
    for was, called in zip(gone, come, strict=False):
        scope.tell(
            "component-renamed",
            Verdict.MAY_BREAK,
            f"the schema {code(was)} is called {code(called)} now: nothing that is sent changes, "
            "but generated clients name a class after it",
            new=pointers.join("", *_NAMED, called),
            old=pointers.join("", *_NAMED, was),
            subject=called,
        )
    for was in gone[len(come) :]:
        place = pointers.join("", *_NAMED, was)
        scope.tell(
            "component-removed",
            Verdict.MAY_BREAK,
            f"the schema {code(was)} is gone, and what it asked for stands elsewhere: nothing that is sent changes, "
            "but generated clients have no class of that name any more",
            new=place,
            old=place,
            subject=was,
        )


def _are_alike(old: View, new: View) -> bool:
    """Return whether most members of two schemas are the same; of what has none, whether the types are."""
    before, after = old.properties.keys(), new.properties.keys()
    if before or after:
        return 2 * len(before & after) >= len(before | after)
    return old.types == new.types


def _note_words(scope: Scope, old: View, new: View) -> None:
    for name, what in WORDS.items():
        # What stands beside a reference is read instead of what it leads to, but that is there to be read as well.
        for before, after in zip_longest(old.every(name), new.every(name)):
            if before is None or after is None or before.value != after.value:
                where, whence, label = standing(scope, new, before, after)
                scope.documented(label, what, new=where, old=whence)
                break
    before, after = old.first("deprecated"), new.first("deprecated")
    where, _, label = standing(scope, new, before, after)
    note_deprecated(scope, before, after, new.first(deprecation.KEY), label, where)


def _note_conditions(scope: Scope, old: View, new: View) -> None:
    for name, what in _CONDITIONS.items():
        before, after = old.texts(name), new.texts(name)
        if before.keys() == after.keys():
            continue
        first = next(iter(after.values()), None)
        was = next(iter(before.values()), None)
        where, whence, label = standing(scope, new, was, first)
        if not before:
            scope.tightened("condition-added", label, f"has a rule about {what} now", new=where, detail=name)
        elif not after:
            scope.loosened(
                "condition-removed",
                label,
                f"has no rule about {what} any more",
                new=where,
                old=whence,
                detail=name,
            )
        elif name == "dependentRequired" and _needs_more(was, first):
            scope.tightened(
                "condition-changed", label, f"needs more members beside others ({code(name)}) now",
                new=where, old=whence, detail=name, refused="requests without them",
            )  # fmt: skip
        elif name == "dependentRequired" and _needs_more(first, was):
            scope.loosened(
                "condition-changed", label, f"needs less members beside others ({code(name)}) now",
                new=where, old=whence, detail=name, unexpected="some without the others",
            )  # fmt: skip
        else:
            scope.tell(
                "condition-changed",
                Verdict.MAY_BREAK,
                f"{label.text} has another rule about {what} ({code(name)}): see whether your values keep to it",
                new=where,
                old=whence,
                subject=label.subject,
                detail=name,
            )


def _needs_more(one: Spot | None, other: Spot | None) -> bool:
    """Return whether whatever has the members that the one `dependentRequired` asks for lacks none of the other's."""
    if one is None or other is None:
        return False
    few, many = [
        {name: {as_text(item.value) for item in spot.items()} for name, spot in whole.members().items()}
        for whole in (one, other)
    ]
    return all(needed <= many.get(name, set()) for name, needed in few.items())
