"""From the events of a YAML parser to plain values and their places.

Reading events rather than composing a tree of nodes takes a fraction of the time, and the depth of a hostile
file is known before it can exhaust the C stack of the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import attrs
import yaml

from generator.findings import Finding, Location, error, quoted
from generator.plain import is_list, is_mapping
from generator.scalars import NotJsonError, plain_scalar, tagged_scalar

MAX_DEPTH = 100
"""How deep values may nest in a file."""

MAX_ALIASED = 1_000_000
"""How many values the aliases of a file may stand for, all together."""

_IN_JSON = re.compile(r"(true|false|null|[-+.]?[0-9].*)$")
"""What may stand without quotes in a JSON file. YAML, as which all files are read, takes anything else for text."""

_COLLECTION_TAGS = (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


@attrs.define
class Node:
    """The place of a value, and of the values in it.

    Attributes:
        line: Line of the member's key, or of the item, counted from 0.
        column: Its column, counted from 0.
        members: The places below: by name for a mapping, in order for a sequence, None for a scalar.
    """

    line: int
    column: int
    members: dict[str, Node] | list[Node] | None = None


class UnreadableError(Exception):
    """The events make no value; reading ends at this place.

    Attributes:
        finding: Where and why.
    """

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        super().__init__(finding)
        self.finding = finding


@attrs.define
class _Mapping:
    """A mapping that is being read; between a key and its value, `key` and `mark` tell the key."""

    node: Node
    anchor: str | None
    data: dict[str, Any] = attrs.field(factory=dict[str, Any])
    members: dict[str, Node] = attrs.field(factory=dict[str, Node])
    size: int = 1
    key: str | None = None
    mark: Any = None
    merges: bool = False
    merged: list[tuple[dict[str, Any], dict[str, Node]]] = attrs.field(
        factory=list[tuple[dict[str, Any], dict[str, Node]]]
    )


@attrs.define
class _Sequence:
    """A sequence that is being read."""

    node: Node
    anchor: str | None
    data: list[Any] = attrs.field(factory=list[Any])
    members: list[Node] = attrs.field(factory=list[Node])
    size: int = 1


@attrs.frozen
class _Anchored:
    """What an anchor names; `node` is None while it is being read."""

    data: Any
    node: Node | None
    size: int


def _no_json(text: str) -> str:
    if text.startswith(("//", "/*")):
        return "JSON has no comments: remove this one"
    if text in {"NaN", "Infinity", "-Infinity"}:
        return f"JSON has no number {text}: put it in quotes if it is text"
    return (
        f"{quoted(text)} is no value of JSON: put it in double quotes" if text else "a value is missing here"
    )


class EventReader:
    """Builds one value, and the places in it, from parser events.

    Attributes:
        data: The value.
        root: Its place; None as long as there is no value.
        findings: What is wrong although reading went on, such as duplicate keys.
    """

    def __init__(self, start: Location) -> None:
        """Read a file; `start` is its first character."""
        self.data: Any = None
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._path = start.path
        self._is_json = start.path.suffix == ".json"
        self._open: list[_Mapping | _Sequence] = []
        self._anchors: dict[str, _Anchored] = {}
        self._aliased = 0

    def read(self, events: Iterable[Any]) -> None:
        """Read all events of a file.

        Raises:
            UnreadableError: They make no single finite value of JSON's types.
        """
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        for event in events:
            handler = handlers.get(event.__class__)
            if handler is not None:
                handler(event)

    def _place(self, mark: Any) -> Location:
        return Location(self._path, mark.line + 1, mark.column + 1)

    def _note(self, event: Any, rule: str, message: str) -> None:
        self.findings.append(error(self._place(event.start_mark), rule, message))

    def _stop(self, event: Any, rule: str, message: str) -> NoReturn:
        raise UnreadableError(error(self._place(event.start_mark), rule, message))

    def _document(self, event: Any) -> None:
        if self.root is not None:
            self._stop(event, "yaml-syntax", "a second YAML document begins here: a file holds one")

    def _awaits_key(self) -> _Mapping | None:
        current = self._open[-1] if self._open else None
        return current if type(current) is _Mapping and current.key is None else None

    def _scalar(self, event: Any) -> None:
        value: Any = event.value
        mapping = self._awaits_key()
        if self._is_json and event.implicit[0] and (mapping is not None or not _IN_JSON.match(value)):
            self._note(event, "json-syntax", _no_json(value))
        if mapping is not None:
            mapping.key, mapping.mark = value, event.start_mark
            mapping.merges = value == "<<" and event.implicit[0]
        else:
            try:
                if event.tag is None:
                    value = plain_scalar(value) if event.implicit[0] else value
                elif event.tag != "!":
                    value = tagged_scalar(event.tag, value)
            except NotJsonError as problem:
                self._note(event, "yaml-value", str(problem))
        node = Node(event.start_mark.line, event.start_mark.column)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, node, 1)
        if mapping is None:
            self._add(value, node, 1, event)

    def _start(self, event: Any) -> None:
        if self._awaits_key() is not None:
            self._stop(
                event, "yaml-value", "a key of a mapping has to be text: this one is a mapping or a sequence"
            )
        if len(self._open) >= MAX_DEPTH:
            self._stop(event, "file", f"values nest deeper here than the {MAX_DEPTH} levels that are read")
        if event.tag not in _COLLECTION_TAGS:
            self._note(
                event, "yaml-value", f"the tag {quoted(event.tag)} is not one of JSON's types: remove it"
            )
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(None, None, 0)
        node = Node(event.start_mark.line, event.start_mark.column)
        opened = (_Mapping if type(event) is yaml.MappingStartEvent else _Sequence)(node, event.anchor)
        node.members = opened.members
        self._open.append(opened)

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        if type(done) is _Mapping:
            for data, members in done.merged:
                for key, value in data.items():
                    if key not in done.data:
                        done.data[key] = value
                        done.members[key] = members[key]
        if done.anchor is not None:
            self._anchors[done.anchor] = _Anchored(done.data, done.node, done.size)
        self._add(done.data, done.node, done.size, event)

    def _alias(self, event: Any) -> None:
        name = event.anchor
        target = self._anchors.get(name)
        if target is None:
            self._stop(event, "yaml-syntax", f"the alias *{name} stands before any anchor &{name}")
        if target.node is None:
            self._stop(event, "yaml-value", f"the alias *{name} stands within the very value that it names")
        mapping = self._awaits_key()
        if mapping is not None:
            if not isinstance(target.data, str):
                self._stop(
                    event, "yaml-value", f"a key has to be text; the alias *{name} stands for something else"
                )
            mapping.key, mapping.mark, mapping.merges = target.data, event.start_mark, False
            return
        self._aliased += target.size
        if self._aliased > MAX_ALIASED:
            self._stop(event, "file", f"the aliases of this file stand for more than {MAX_ALIASED:,} values")
        node = Node(event.start_mark.line, event.start_mark.column, target.node.members)
        self._add(target.data, node, target.size, event)

    def _add(self, value: Any, node: Node, size: int, event: Any) -> None:
        """Put a finished value where it belongs."""
        if not self._open:
            self.data, self.root = value, node
            return
        current = self._open[-1]
        current.size += size
        if type(current) is _Sequence:
            current.data.append(value)
            current.members.append(node)
            return
        assert type(current) is _Mapping
        assert current.key is not None
        key, current.key = current.key, None
        if current.merges:
            self._merge(current, value, node, event)
            return
        if key in current.data:
            first = current.members[key].line + 1
            message = f"the key {quoted(key)} stands in this mapping already, in line {first}: remove one"
            self.findings.append(error(self._place(current.mark), "duplicate-key", message))
            return
        current.data[key] = value
        current.members[key] = Node(current.mark.line, current.mark.column, node.members)

    def _merge(self, mapping: _Mapping, value: Any, node: Node, event: Any) -> None:
        """Note the mappings behind the key `<<`: their members count unless the mapping has them itself."""
        pairs: list[tuple[Any, Node]] = [(value, node)]
        if is_list(value) and isinstance(node.members, list):
            pairs = list(zip(value, node.members, strict=True))
        for data, place in pairs:
            if not is_mapping(data) or not isinstance(place.members, dict):
                self._note(event, "yaml-value", "the key << takes a mapping, or a list of mappings")
                return
            mapping.merged.append((data, place.members))
