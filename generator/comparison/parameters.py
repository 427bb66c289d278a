"""Parameters of an operation."""

from __future__ import annotations

from typing import Final

from generator import deprecation
from generator.comparison.changes import Verdict
from generator.comparison.contents import note_contents, note_explode, note_schema
from generator.comparison.extensions import note_scalar
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Side, Spot, code, text_of
from generator.comparison.renames import renamed
from generator.comparison.schemas import Schemas
from generator.comparison.words import note_deprecated, note_others, note_words
from generator.plain import is_mapping

_KNOWN: Final = frozenset(
    {
        *("name", "in", "required", "schema", "content", "deprecated", "style", "explode", "$ref"),
        *("allowReserved", "allowEmptyValue", "x-client-parameter", "x-environment"),
    }
)
_PLACES: Final = {
    "query": "the query",
    "path": "the path",
    "header": "the headers",
    "cookie": "the cookies",
    "body": "the body",
    "formData": "the form",
}
_KEY = tuple[str, str]


def note_parameters(
    schemas: Schemas, scope: Scope, old: list[Spot], new: list[Spot], path_names: dict[str, str], holder: str
) -> None:
    """Tell of parameters that came, went or changed.

    Args:
        schemas: Where to have schemas compared.
        scope: The operation.
        old: All that it has, those of its path included.
        new: The same after.
        path_names: What the parts of its path are called now, by what they were called.
        holder: Pointer of the operation in the new document.
    """
    before, after = _known(scope.old, old), _known(scope.new, new)
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    called = _called(before, after, gone, come, path_names)
    for key, spot in before.items():
        if key in after:
            _note_parameter(schemas, scope, spot, after[key])
        elif key in called:
            _note_renamed(scope, spot, after[called[key]], key, called[key])
            _note_parameter(schemas, scope, spot, after[called[key]])
        else:
            scope.tell(
                "parameter-removed",
                Verdict.BREAKING,
                f"{code(key[1])} in {_place(key)} is gone: requests with it no longer get what they ask for",
                new=holder,
                old=spot.pointer,
                subject=key[1],
                detail=key[0],
            )
    for key in come:
        if key not in called.values():
            _note_added(scope, after[key], key)


def _known(side: Side, listed: list[Spot]) -> dict[_KEY, Spot]:
    """Return parameters by place and name; of two that are the same, the later one, which is the operation's own."""
    found: dict[_KEY, Spot] = {}
    for one in listed:
        spot = side.follow(one)
        if not is_mapping(spot.value):
            continue
        place, name = text_of(spot.value, "in"), text_of(spot.value, "name")
        found[place, name.lower() if place == "header" else name] = spot
    return found


def _called(
    before: dict[_KEY, Spot],
    after: dict[_KEY, Spot],
    gone: list[_KEY],
    come: list[_KEY],
    path_names: dict[str, str],
) -> dict[_KEY, _KEY]:
    """Return which parameter became which: in another place, under another name."""
    found: dict[_KEY, _KEY] = {}
    for key in gone:
        if key[0] == "path" and ("path", path_names.get(key[1], "")) in come:
            found[key] = ("path", path_names[key[1]])
            continue
        moved = [
            other for other in come if other[1].lower() == key[1].lower() and other not in found.values()
        ]
        if moved:
            found[key] = moved[0]
    for place in _PLACES:
        same = renamed(
            {key[1]: _content(before[key]) for key in gone if key[0] == place and key not in found},
            {key[1]: _content(after[key]) for key in come if key[0] == place and key not in found.values()},
        )
        found |= {(place, was): (place, now) for was, now in same.items()}
    return found


def _content(spot: Spot) -> dict[str, object]:
    return {name: value for name, value in spot.value.items() if name != "name"}


def _place(key: _KEY) -> str:
    return _PLACES.get(key[0], "the request")


def _note_renamed(scope: Scope, old: Spot, new: Spot, was: _KEY, now: _KEY) -> None:
    if was[0] != now[0]:
        rule, verdict = "parameter-moved", Verdict.BREAKING
        message = (
            f"{code(was[1])} stands in {_place(now)} now instead of {_place(was)}: "
            "requests as before will be refused"
        )
    elif was[0] == "path":
        rule, verdict = "parameter-renamed", Verdict.MAY_BREAK
        message = (
            f"{code(was[1])} in the path is called {code(now[1])} now: nothing that is sent changes, "
            "but generated clients name an argument after it"
        )
    else:
        rule, verdict = "parameter-renamed", Verdict.BREAKING
        message = (
            f"{code(was[1])} in {_place(was)} is called {code(now[1])} now: "
            "requests with the old name no longer do what they did"
        )
    scope.tell(rule, verdict, message, new=new.pointer, old=old.pointer, subject=was[1])


def _note_added(scope: Scope, spot: Spot, key: _KEY) -> None:
    is_required = spot.member("required").value is True
    if is_required:
        verdict, message = Verdict.BREAKING, "is new and required: requests without it will be refused"
    else:
        verdict, message = Verdict.COMPATIBLE, "is new: requests without it stay right"
    scope.tell(
        "parameter-added",
        verdict,
        f"{code(key[1])} in {_place(key)} {message}",
        new=spot.pointer,
        subject=key[1],
        detail=key[0],
    )


def _note_parameter(schemas: Schemas, scope: Scope, old: Spot, new: Spot) -> None:
    name = text_of(new.value, "name")
    label = Label(code(name), name)
    note_words(scope, old, new, label)
    if old.has("content") == new.has("content"):
        note_schema(schemas, scope, old, new, label)
        note_contents(schemas, scope, old.member("content"), new.member("content"), label)
    else:
        scope.tell(
            "style-changed",
            Verdict.BREAKING,
            f"{label.text} is written otherwise, as {'content' if new.has('content') else 'plain text'} now: "
            "requests as before will be refused",
            new=new.pointer,
            old=old.pointer,
            subject=name,
            detail="content",
        )
    note_deprecated(
        scope, old.member("deprecated"), new.member("deprecated"), new.member(deprecation.KEY), label, new.pointer
    )  # fmt: skip
    note_explode(scope, old, new, label, text_of(new.value, "in"))
    _note_required(scope, old, new, label)
    for switch in ("allowReserved", "allowEmptyValue"):
        was, now = [spot.member(switch).value is True for spot in (old, new)]
        if was != now:
            move = scope.loosened if now else scope.tightened
            what = "reserved characters" if switch == "allowReserved" else "an empty value"
            fact = f"{'takes' if now else 'no longer takes'} {what}"
            move("parameter-values", label, fact, new=new.member(switch).pointer, detail=switch)
    note_scalar(
        scope, old, new, "x-client-parameter", label, Verdict.MAY_BREAK,
        "generated clients ask for it elsewhere, the client or each call",
    )  # fmt: skip
    verdict = Verdict.BREAKING if old.has("x-environment") else Verdict.COMPATIBLE
    note_scalar(
        scope, old, new, "x-environment", label, verdict, "clients no longer look where it was set"
        if old.has("x-environment") else "clients look there for it",
    )  # fmt: skip
    note_others(scope, old, new, label, _KNOWN)


def _note_required(scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    was, now = [spot.member("required").value is True for spot in (old, new)]
    if now and not was:
        scope.tell(
            "parameter-required",
            Verdict.BREAKING,
            f"{label.text} is now required: requests without it will be refused",
            new=new.member("required").pointer,
            subject=label.subject,
        )
    elif was and not now:
        scope.tell(
            "parameter-optional",
            Verdict.COMPATIBLE,
            f"{label.text} is no longer required: requests may leave it out",
            new=new.pointer,
            old=old.member("required").pointer,
            subject=label.subject,
        )
