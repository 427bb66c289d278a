"""Places in one of two documents that are compared, and how people are told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import attrs

from generator import pointer as pointers
from generator.findings import printable
from generator.plain import is_list, is_mapping
from generator.structure import is_reference, resolve, value_at

_LONGEST: Final = 60
_SHOWN_VALUES: Final = 6
_LIKE_JSON: Final = re.compile(r"|true|false|null|-?\d+(\.\d+)?([eE][-+]?\d+)?")
"""Texts that look as if they were none."""


@attrs.frozen(eq=False)
class Spot:
    """A value, and where it stands."""

    pointer: str
    value: Any

    def member(self, name: str) -> Spot:
        """Return a member; its value is None if there is none."""
        return Spot(
            pointers.join(self.pointer, name), self.value.get(name) if is_mapping(self.value) else None
        )

    def has(self, name: str) -> bool:
        """Return whether there is such a member."""
        return is_mapping(self.value) and name in self.value

    def members(self) -> dict[str, Spot]:
        """Return the members of a mapping; none of anything else."""
        if not is_mapping(self.value):
            return {}
        return {name: Spot(pointers.join(self.pointer, name), value) for name, value in self.value.items()}

    def items(self) -> list[Spot]:
        """Return the items of a list; none of anything else."""
        if not is_list(self.value):
            return []
        return [Spot(pointers.join(self.pointer, index), value) for index, value in enumerate(self.value)]


@attrs.define(eq=False, slots=False)
class Side:
    """One of the two documents."""

    document: dict[str, Any]
    _known: dict[str, Spot | None] = attrs.field(factory=dict, init=False)

    @cached_property
    def reads_nullable(self) -> bool:
        """Whether `nullable` means anything, as it does in OpenAPI 3.0 only."""
        return re.match(r"3\.0\b", str(self.document.get("openapi"))) is not None

    @property
    def root(self) -> Spot:
        """The whole document."""
        return Spot("", self.document)

    def at(self, pointer: str) -> Spot:
        """Return what stands at a pointer; None if there is nothing."""
        try:
            return Spot(pointer, value_at(self.document, pointer))
        except KeyError:
            return Spot(pointer, None)

    def follow(self, spot: Spot) -> Spot:
        """Return what a reference leads to, or the spot itself."""
        return Spot(*resolve(self.document, spot.pointer, spot.value))

    def meant(self, spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
        """Return schemas, and for those that are nothing but a reference what it leads to."""
        return tuple(map(self._meant, spots))

    def _meant(self, spot: Spot) -> Spot:
        if not is_reference(spot.value) or len(spot.value) != 1:
            return spot
        reference = spot.value["$ref"]
        if reference not in self._known:
            self._known[reference] = self._behind(spot)
        found = self._known[reference]
        return spot if found is None else found

    def _behind(self, spot: Spot) -> Spot | None:
        """Return where references end that are nothing else; None if that is nowhere, or where they began."""
        seen = set[str]()
        while is_reference(spot.value) and len(spot.value) == 1 and spot.pointer not in seen:
            seen.add(spot.pointer)
            target = self.next(spot)
            if target is None:
                return None
            spot = target
        return None if spot.pointer in seen else spot

    def next(self, spot: Spot) -> Spot | None:
        """Return the schema that a reference leads to, one step of the way; None if that is nowhere."""
        reference = spot.value["$ref"]
        target = pointers.from_fragment(reference[1:]) if reference.startswith("#") else None
        if target is None:
            return None
        found = self.at(target)
        return found if is_mapping(found.value) or isinstance(found.value, bool) else None

    def nearest(self, pointer: str) -> str:
        """Return the pointer itself, or that to the nearest parent that is there."""
        value: Any = self.document
        found = ""
        for token in pointers.split(pointer):
            if is_mapping(value) and token in value:
                value = value[token]
            elif is_list(value) and token.isdecimal() and token.isascii() and int(token) < len(value):
                value = value[int(token)]
            else:
                break
            found = pointers.join(found, token)
        return found

    @cached_property
    def components(self) -> dict[str, dict[str, Spot]]:
        """Return the components by section and name."""
        return {section: spot.members() for section, spot in self.root.member("components").members().items()}

    def component(self, section: str, name: str) -> Spot | None:
        """Return a component; None if there is none."""
        return self.components.get(section, {}).get(name)

    def label(self, pointer: str) -> Label:
        """Return how people call a place in a schema: by its members, from the component or the body that it is in."""
        return _label(self, pointers.split(pointer))


@attrs.frozen
class Label:
    """How a place is called.

    Attributes:
        text: In a sentence, such as `` `words_block_list[].words` ``.
        subject: The name to look for; empty for what has none.
    """

    text: str
    subject: str


def _label(side: Side, tokens: list[str]) -> Label:
    root, subject, rest = _root(side, tokens)
    parts: list[str] = []
    waiting = iter(rest)
    for token in waiting:
        if token in ("properties", "patternProperties"):
            name = next(waiting, "")
            parts.append(f".{name}" if parts else name)
            subject = name
        elif token in ("items", "contains"):
            parts.append("[]")
        elif token == "additionalProperties":
            parts.append("{}")
        elif token in ("$defs", "definitions"):
            subject = next(waiting, "")
            root, parts = code(subject), []
        elif token in ("allOf", "oneOf", "anyOf", "prefixItems"):
            index = next(waiting, "")
            parts += [f"[{index}]"] if token == "prefixItems" else []
        else:
            break
    inner = "".join(parts)
    if not inner:
        return Label(root, subject)
    if inner[0] in "[{" and "." in inner:
        inner = inner.partition(".")[2]
    if inner[0] in "[{":
        return Label(f"{'an item' if inner[0] == '[' else 'a value'} of {root}", subject)
    return Label(code(inner), subject)


def _root(side: Side, tokens: list[str]) -> tuple[str, str, list[str]]:
    """Return how what a schema belongs to is called, the name to look for, and the way on from there."""
    if tokens[:2] == ["components", "schemas"] and len(tokens) > 2:
        return code(tokens[2]), tokens[2], tokens[3:]
    for index in range(len(tokens) - 1, 0, -1):
        if tokens[index] != "schema" or tokens[index - 1] in ("properties", "patternProperties"):
            continue
        before = tokens[:index]
        if "content" in before:
            before = before[: len(before) - 1 - before[::-1].index("content")]
        text, subject = _holder(side, before)
        return text, subject, tokens[index + 1 :]
    return "the value", "", []


def _holder(side: Side, tokens: list[str]) -> tuple[str, str]:
    """Return how an object with a schema is called: a parameter, a header, a body."""
    section = tokens[-2] if len(tokens) > 1 else ""
    if section == "parameters":
        name = side.follow(side.at(pointers.from_tokens(tokens))).member("name").value
        return (code(name), name) if isinstance(name, str) else ("the parameter", "")
    if section == "headers":
        return f"the header {code(tokens[-1])}", tokens[-1]
    if section == "responses":
        status = tokens[-1]
        return (f"the answer {status}" if status[:1].isdigit() else "the answer"), ""
    if section == "requestBodies" or tokens[-1:] == ["requestBody"]:
        return "the body", ""
    return "the value", ""


def code(text: object) -> str:
    """Return a name or a value of a document as a sentence shows it, between backticks, and never long."""
    shown = printable(str(text)).replace("`", "'")
    return f"`{shown[:_LONGEST]}…`" if len(shown) > _LONGEST else f"`{shown}`"


def value(spot: Any) -> str:
    """Return a value as a sentence shows it: texts as they are if that can be nothing else, all else as JSON."""
    from generator.findings import quoted

    return code(spot if isinstance(spot, str) and not _LIKE_JSON.fullmatch(spot) else quoted(spot))


def said(found: Any) -> str:
    """Return a value as a sentence shows it, where there may be none."""
    return "nothing" if found is None else value(found)


def listed(values: Iterator[str] | list[str]) -> str:
    """Return texts with commas between them; of many, the first."""
    texts = list(values)
    more = len(texts) - _SHOWN_VALUES
    return ", ".join(texts[:_SHOWN_VALUES]) + (f" and {more} more" if more > 0 else "")


def text_of(found: Mapping[str, Any], name: str) -> str:
    """Return a member that is a text; an empty one otherwise."""
    member = found.get(name)
    return member if isinstance(member, str) else ""
