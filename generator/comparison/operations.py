"""Paths and the operations on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

from generator import deprecation, pointer as pointers
from generator.comparison import security, servers
from generator.comparison.answers import note_answers
from generator.comparison.changes import Direction, Verdict
from generator.comparison.contents import note_contents
from generator.comparison.ledger import Scope
from generator.comparison.parameters import note_parameters
from generator.comparison.places import Label, Side, Spot, code, value
from generator.comparison.schemas import Schemas
from generator.comparison.views import as_text
from generator.comparison.words import note_deprecated, note_others, note_words, without_words
from generator.plain import is_mapping
from generator.structure import METHODS

_PART: Final = re.compile(r"\{([^}]*)\}")
_ITEM: Final = frozenset({*METHODS, "parameters", "servers", "$ref"})
_OPERATION: Final = frozenset(
    {
        *(
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "security",
            "servers",
            "deprecated",
            "tags",
        ),
        *("callbacks", "x-published-in"),
    }
)
_BODY: Final = frozenset({"content", "required", "$ref"})


@attrs.frozen(eq=False)
class Operation:
    """An operation of one of the documents.

    Attributes:
        path: The template of its path, or the name of a webhook.
        method: The HTTP method, in lower case.
        spot: Where it stands.
        item: The path item that holds it.
    """

    path: str
    method: str
    spot: Spot
    item: Spot

    @property
    def identifier(self) -> str:
        """Its `operationId`; empty if it has none."""
        found = self.spot.member("operationId").value
        return found if isinstance(found, str) else ""

    @property
    def address(self) -> str:
        """How it is called."""
        return f"{self.method.upper()} {self.path}"

    @property
    def name(self) -> str:
        """How people call it."""
        return self.identifier or self.address

    @property
    def called(self) -> str:
        """How a sentence calls it, with its address."""
        return f"{code(self.identifier)} ({code(self.address)})" if self.identifier else code(self.address)

    @property
    def shape(self) -> tuple[str, str]:
        """Path and method, whatever the parts of the path are called."""
        return _PART.sub("{}", self.path), self.method

    def parameters(self) -> list[Spot]:
        """Return the parameters that are listed for it, those of its path first."""
        return [*self.item.member("parameters").items(), *self.spot.member("parameters").items()]


def operations(side: Side, paths: Spot) -> list[Operation]:
    """Return the operations below a map of path items."""
    found: list[Operation] = []
    for path, listed in paths.members().items():
        item = side.follow(listed)
        for method, spot in item.members().items():
            if method in METHODS and is_mapping(spot.value):
                found.append(Operation(path, method, spot, item))
    return found


class Operations:
    """Compares what is below `paths`, `webhooks` or a callback."""

    def __init__(self, schemas: Schemas, scope: Scope, scheme_names: dict[str, str]) -> None:
        """Compare operations of two documents.

        Args:
            schemas: Where to have schemas compared.
            scope: The documents.
            scheme_names: What security schemes are called now, by what they were called.
        """
        self._schemas = schemas
        self._scope = scope
        self._scheme_names = scheme_names

    def compare(self, old: Spot, new: Spot, *, is_ours: bool = True, owner: str = "") -> None:
        """Compare all operations.

        Args:
            old: The map of path items before.
            new: The same after.
            is_ours: Whether the consumer calls them; otherwise the service calls the consumer.
            owner: The operation that they are callbacks of.
        """
        before, after = operations(self._scope.old, old), operations(self._scope.new, new)
        pairs = dict(_pairs(before, after))
        taken = {id(now) for now in pairs.values()}
        for one in after:
            if not owner:
                self._scope.ledger.operation(one.name)
        for was in before:
            match = pairs.get(was)
            if match is None:
                self._note_removed(was, new, is_ours, owner)
            else:
                self._compare(was, match, is_ours, owner)
        for now in after:
            if id(now) not in taken:
                self._scoped(now, owner).tell(
                    "operation-added",
                    Verdict.COMPATIBLE,
                    f"{now.called} is new",
                    new=now.spot.pointer,
                    subject=now.name,
                )
        self._note_items(old, new)

    def _scoped(self, operation: Operation, owner: str, direction: Direction = Direction.BOTH) -> Scope:
        name = owner or operation.name
        return attrs.evolve(self._scope, owner=self._scope.ledger.operation(name), direction=direction)

    def _note_removed(self, was: Operation, new: Spot, is_ours: bool, owner: str) -> None:
        consequence = "calls of it fail" if is_ours else "consumers are not called any more"
        self._scoped(was, owner).tell(
            "operation-removed",
            Verdict.BREAKING,
            f"{was.called} is gone: {consequence}",
            new=pointers.join(new.pointer, was.path),
            old=was.spot.pointer,
            subject=was.name,
        )

    def _compare(self, was: Operation, now: Operation, is_ours: bool, owner: str) -> None:
        scope = self._scoped(now, owner)
        self._note_identity(scope, was, now)
        label = Label(code(now.name), now.name)
        note_words(scope, was.spot, now.spot, label)
        before, after = was.spot, now.spot
        note_deprecated(
            scope,
            before.member("deprecated"),
            after.member("deprecated"),
            after.member(deprecation.KEY),
            label,
            after.pointer,
        )
        if before.member("tags").value != after.member("tags").value:
            scope.documented(label, "the tags", new=after.member("tags").pointer)
        note_others(scope, before, after, label, _OPERATION)
        sent, received = (
            (Direction.REQUEST, Direction.RESPONSE) if is_ours else (Direction.RESPONSE, Direction.REQUEST)
        )
        going = scope.going(sent)
        names = dict(zip(_PART.findall(was.path), _PART.findall(now.path), strict=False))
        note_parameters(self._schemas, going, was.parameters(), now.parameters(), names, after.pointer)
        self._note_body(going, before, after)
        note_answers(
            self._schemas, scope.going(received), before.member("responses"), after.member("responses")
        )
        if is_ours:
            security.note_security(
                going,
                security.effective(scope.old, before),
                security.effective(scope.new, after),
                self._scheme_names,
            )
            servers.note_servers(
                going,
                servers.effective(scope.old, was.item, before),
                servers.effective(scope.new, now.item, after),
            )
            _note_publication(going, before, after, label)
            self._note_callbacks(scope, before, after, now.name)

    def _note_identity(self, scope: Scope, was: Operation, now: Operation) -> None:
        if was.shape != now.shape:
            scope.tell(
                "operation-moved",
                Verdict.BREAKING,
                f"{code(now.identifier or was.name)} is at {code(now.address)} now"
                + (f" instead of {code(was.address)}: " if now.identifier else ": ")
                + "calls as before fail",
                new=now.spot.pointer,
                old=was.spot.pointer,
                subject=now.name,
            )
        if was.identifier == now.identifier:
            return
        if was.identifier and now.identifier:
            verdict = Verdict.BREAKING
            message = f"the operation {code(was.identifier)} is called {code(now.identifier)} now"
        elif was.identifier:
            verdict = Verdict.BREAKING
            message = f"the operation {code(was.identifier)} has no `operationId` any more"
        else:
            verdict = Verdict.MAY_BREAK
            message = f"{code(was.address)} is called {code(now.identifier)} now, and had no name before"
        scope.tell(
            "operation-renamed",
            verdict,
            f"{message}: nothing that is sent changes, but generated clients name a method after it",
            new=now.spot.member("operationId").pointer,
            old=was.spot.member("operationId").pointer if was.identifier else "",
            subject=was.name,
        )

    def _note_body(self, scope: Scope, old: Spot, new: Spot) -> None:
        before, after = old.member("requestBody"), new.member("requestBody")
        was, now = scope.old.follow(before), scope.new.follow(after)
        label = Label("the body", "")
        is_needed = now.member("required").value is True
        if old.has("requestBody") and new.has("requestBody"):
            note_words(scope, was, now, label)
            note_others(scope, was, now, label, _BODY)
            note_contents(self._schemas, scope, was.member("content"), now.member("content"), label)
            if is_needed != (was.member("required").value is True):
                scope.tell(
                    "body-required" if is_needed else "body-optional",
                    Verdict.BREAKING if is_needed else Verdict.COMPATIBLE,
                    "the body is now required: requests without it will be refused"
                    if is_needed
                    else "the body is no longer required: requests may leave it out",
                    new=now.member("required").pointer,
                    old=was.member("required").pointer,
                )
        elif new.has("requestBody"):
            scope.tell(
                "body-added",
                Verdict.BREAKING if is_needed else Verdict.COMPATIBLE,
                "there is a body now, and it is required: requests without it will be refused"
                if is_needed
                else "a body can be sent now: requests without it stay right",
                new=after.pointer,
            )
        elif old.has("requestBody"):
            scope.tell(
                "body-removed",
                Verdict.BREAKING,
                "there is no body any more: requests with it no longer get what they ask for",
                new=new.pointer,
                old=before.pointer,
            )

    def _note_callbacks(self, scope: Scope, old: Spot, new: Spot, name: str) -> None:
        before, after = old.member("callbacks").members(), new.member("callbacks").members()
        for callback in dict.fromkeys([*before, *after]):
            was, now = before.get(callback), after.get(callback)
            if was and now:
                self.compare(scope.old.follow(was), scope.new.follow(now), is_ours=False, owner=name)
            elif was:
                scope.tell(
                    "callback-removed",
                    Verdict.BREAKING,
                    f"the callback {code(callback)} is gone: consumers are not called any more",
                    new=new.pointer,
                    old=was.pointer,
                    subject=callback,
                )
            elif now:
                scope.tell(
                    "callback-added",
                    Verdict.COMPATIBLE,
                    f"the callback {code(callback)} is new",
                    new=now.pointer,
                    subject=callback,
                )

    def _note_items(self, old: Spot, new: Spot) -> None:
        before, after = old.members(), new.members()
        for path in [path for path in before if path in after]:
            was, now = self._scope.old.follow(before[path]), self._scope.new.follow(after[path])
            label = Label(code(path), path)
            note_words(self._scope, was, now, label)
            note_others(self._scope, was, now, label, _ITEM)


def _pairs(before: list[Operation], after: list[Operation]) -> Iterator[tuple[Operation, Operation]]:
    """Yield which operation became which: at the same address, of the same name, with the same content."""
    left = {id(one): one for one in after}
    rest = list(before)
    for key in (_by_address, _by_shape, _by_identifier, _by_content):
        fresh: dict[object, list[Operation]] = {}
        for one in left.values():
            fresh.setdefault(key(one), []).append(one)
        waiting: list[Operation] = []
        for one in rest:
            same = [other for other in fresh.get(key(one), ()) if id(other) in left]
            if key(one) and same:
                del left[id(same[0])]
                yield one, same[0]
            else:
                waiting.append(one)
        rest = waiting


def _by_address(operation: Operation) -> object:
    return operation.address


def _by_shape(operation: Operation) -> object:
    return operation.shape


def _by_identifier(operation: Operation) -> object:
    return operation.identifier


def _by_content(operation: Operation) -> object:
    """Return what an operation does, without its name; nothing if that is too little to know it by."""
    content = {
        name: member
        for name, member in operation.spot.value.items()
        if name in ("parameters", "requestBody", "responses")
    }
    text = as_text(without_words(content))
    return text if "$ref" in text or "properties" in text else ""


def _note_publication(scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    was, now = old.member("x-published-in"), new.member("x-published-in")
    before, after = was.members(), now.members()
    for name in dict.fromkeys([*before, *after]):
        olds, news = [
            {as_text(item.value): item for item in found[name].items()} if name in found else None
            for found in (before, after)
        ]
        where = now.member(name).pointer
        for key in [key for key in olds or {} if news is not None and key not in news]:
            assert olds is not None
            scope.tell(
                "publication-removed", Verdict.BREAKING,
                f"{label.text} is not known to be offered in {value(olds[key].value)} any more: calls there may fail",
                new=where, old=olds[key].pointer, subject=str(olds[key].value),
            )  # fmt: skip
        for key in [key for key in news or {} if olds is not None and key not in olds]:
            assert news is not None
            scope.tell(
                "publication-added", Verdict.COMPATIBLE,
                f"{label.text} is known to be offered in {value(news[key].value)} too",
                new=news[key].pointer, subject=str(news[key].value),
            )  # fmt: skip
        if (olds is None) != (news is None):
            scope.tell(
                "publication-changed", Verdict.MAY_BREAK if olds is None else Verdict.COMPATIBLE,
                f"{label.text} is known to be offered only for some values of {code(name)}: clients warn elsewhere"
                if olds is None
                else f"nothing is said any more of where {label.text} is offered by {code(name)}",
                new=where, old=before[name].pointer if name in before else "", subject=name,
            )  # fmt: skip
