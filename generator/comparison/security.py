"""How a call is authenticated: the ways of which one has to be taken, and the schemes behind them."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from generator.comparison.changes import Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Side, Spot, code, listed, said
from generator.comparison.renames import renamed
from generator.comparison.views import as_text
from generator.comparison.words import note_others, note_words
from generator.plain import is_mapping

_JUDGED: Final = ("type", "in", "name", "scheme", "openIdConnectUrl", "x-signature")
_KNOWN: Final = frozenset({*_JUDGED, "flows", "x-environment", "x-token-endpoint", "$ref", "bearerFormat"})
_URLS: Final = ("authorizationUrl", "tokenUrl", "refreshUrl")
Way: TypeAlias = dict[str, frozenset[str]]
"""Schemes that are needed together, each with its scopes."""


def _ways(spot: Spot) -> list[tuple[Way, Spot]]:
    return [
        (
            {
                name: frozenset(map(str, scopes if isinstance(scopes, list) else ()))
                for name, scopes in item.value.items()
            },
            item,
        )
        for item in spot.items()
        if is_mapping(item.value)
    ]


def effective(side: Side, operation: Spot) -> Spot:
    """Return the requirements of an operation: its own, or those of the document."""
    return operation.member("security") if operation.has("security") else side.root.member("security")


def scheme_names(scope: Scope) -> dict[str, str]:
    """Return what schemes are called in the new document that are there under another name."""
    before, after = [side.components.get("securitySchemes", {}) for side in (scope.old, scope.new)]
    gone = {name: spot.value for name, spot in before.items() if name not in after}
    come = {name: spot.value for name, spot in after.items() if name not in before}
    found: dict[str, str] = {}
    for name, scheme in gone.items():
        same = [
            other
            for other, value in come.items()
            if other not in found.values() and _essentials(value) == _essentials(scheme)
        ]
        if len(same) == 1:
            found[name] = same[0]
    return found or renamed(gone, come)


def _essentials(scheme: Any) -> str:
    found = scheme if is_mapping(scheme) else {}
    return as_text({name: found.get(name) for name in (*_JUDGED, "flows")})


def note_security(scope: Scope, old: Spot, new: Spot, names: dict[str, str]) -> None:
    """Tell of ways to authenticate an operation that came or went."""
    before, after = _ways(old), _ways(new)
    was, now = [
        [({names.get(name, name): scopes for name, scopes in way.items()}, spot) for way, spot in before],
        after,
    ]
    if not was and not now:
        return
    where = new.pointer
    if not was or not now:
        _note_switch(scope, bool(now), now or was, old, new)
        return
    left = list(now)
    gone: list[tuple[Way, Spot]] = []
    for way, spot in was:
        same = next((one for one in left if one[0] == way), None)
        if same:
            left.remove(same)
        else:
            gone.append((way, spot))
    for way, spot in gone:
        kin = next((one for one in left if one[0].keys() == way.keys() and way), None)
        if kin is None:
            scope.tell(
                "security-removed",
                Verdict.BREAKING,
                f"{_called(way)} is not enough any more: calls that are authenticated so will be refused",
                new=where,
                old=spot.pointer,
                subject=next(iter(way), ""),
                detail=as_text(sorted(way)),
            )
            continue
        left.remove(kin)
        _note_scopes(scope, way, spot, *kin)
    for way, spot in left:
        scope.tell(
            "security-added",
            Verdict.COMPATIBLE,
            f"{_called(way)} is enough now: calls as before stay right",
            new=spot.pointer,
            subject=next(iter(way), ""),
            detail=as_text(sorted(way)),
        )


def _called(way: Way) -> str:
    return " with ".join(map(code, way)) if way else "a call without authentication"


def _note_switch(scope: Scope, is_needed: bool, ways: list[tuple[Way, Spot]], old: Spot, new: Spot) -> None:
    shown = listed([_called(way) for way, _ in ways])
    if is_needed and any(not way for way, _ in ways):
        scope.tell(
            "security-added",
            Verdict.COMPATIBLE,
            f"a call may be authenticated now with {shown}: calls without stay right",
            new=new.pointer,
        )
        return
    scope.tell(
        "security-removed" if is_needed else "security-added",
        Verdict.BREAKING if is_needed else Verdict.COMPATIBLE,
        f"a call has to be authenticated now with {shown}: calls without will be refused"
        if is_needed
        else f"a call need not be authenticated any more with {shown}: calls as before stay right",
        new=new.pointer,
        old=old.pointer if old.value is not None else "",
        subject=next((name for way, _ in ways for name in way), ""),
    )


def _note_scopes(scope: Scope, was: Way, spot: Spot, now: Way, fresh: Spot) -> None:
    for name, scopes in was.items():
        if more := now[name] - scopes:
            scope.tell(
                "scopes-added",
                Verdict.BREAKING,
                f"{code(name)} needs {listed(list(map(code, sorted(more))))} now: "
                "calls with a token that lacks it will be refused",
                new=fresh.pointer,
                old=spot.pointer,
                subject=name,
            )
        elif fewer := scopes - now[name]:
            scope.tell(
                "scopes-removed",
                Verdict.COMPATIBLE,
                f"{code(name)} no longer needs {listed(list(map(code, sorted(fewer))))}: calls as before stay right",
                new=fresh.pointer,
                old=spot.pointer,
                subject=name,
            )


def note_schemes(scope: Scope, names: dict[str, str], used: tuple[set[str], set[str]]) -> None:
    """Tell of schemes that are defined otherwise.

    Args:
        scope: The documents.
        names: What schemes are called now, by what they were called.
        used: Those that operations name, before and after; what none names is of no effect.
    """
    before, after = [side.components.get("securitySchemes", {}) for side in (scope.old, scope.new)]
    for name, spot in before.items():
        called = names.get(name, name)
        if called in after:
            old, new = scope.old.follow(spot), scope.new.follow(after[called])
            if called != name:
                scope.tell(
                    "scheme-renamed",
                    Verdict.MAY_BREAK,
                    f"the security scheme {code(name)} is called {code(called)} now: nothing that is sent changes, "
                    "but generated clients name things after it",
                    new=after[called].pointer,
                    old=spot.pointer,
                    subject=called,
                )
            _note_scheme(scope, old, new, called, is_used=name in used[0])
        elif name not in used[0]:
            scope.tell(
                "scheme-documentation",
                Verdict.DOCUMENTATION,
                f"the security scheme {code(name)}, which nothing used, is gone",
                new="/components/securitySchemes",
                old=spot.pointer,
                subject=name,
            )
    for name, spot in after.items():
        if name not in before and name not in names.values() and name not in used[1]:
            scope.tell(
                "scheme-documentation",
                Verdict.DOCUMENTATION,
                f"the security scheme {code(name)} is described, which nothing uses yet",
                new=spot.pointer,
                subject=name,
            )


def _note_scheme(scope: Scope, old: Spot, new: Spot, name: str, *, is_used: bool) -> None:
    label = Label(f"the security scheme {code(name)}", name)
    note_words(scope, old, new, label)
    for member in _JUDGED:
        was, now = old.member(member), new.member(member)
        if was.value != now.value:
            scope.tell(
                "scheme-changed",
                Verdict.BREAKING if is_used else Verdict.DOCUMENTATION,
                f"{label.text} has {said(now.value)} as {code(member)} now instead of {said(was.value)}: "
                "calls that are authenticated as before will be refused",
                new=now.pointer,
                old=was.pointer if old.has(member) else "",
                subject=name,
                detail=member,
            )
    if old.member("bearerFormat").value != new.member("bearerFormat").value:
        scope.documented(label, "the format of its tokens", new=new.member("bearerFormat").pointer)
    _note_flows(scope, old.member("flows"), new.member("flows"), label)
    _note_environment(scope, old.member("x-environment"), new.member("x-environment"), label)
    _note_token_endpoint(scope, old, new, label)
    note_others(scope, old, new, label, _KNOWN)


def _note_flows(scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    before, after = old.members(), new.members()
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if now is None and was is not None:
            scope.tell(
                "flow-removed", Verdict.BREAKING,
                f"{label.text} has no flow {code(name)} any more: consumers that get tokens by it cannot",
                new=new.pointer, old=was.pointer, subject=name,
            )  # fmt: skip
        elif was is None and now is not None:
            scope.tell(
                "flow-added", Verdict.COMPATIBLE, f"{label.text} has the flow {code(name)} now",
                new=now.pointer, subject=name,
            )  # fmt: skip
        elif was is not None and now is not None:
            _note_flow(scope, was, now, label, name)


def _note_flow(scope: Scope, old: Spot, new: Spot, label: Label, flow: str) -> None:
    for member in _URLS:
        was, now = old.member(member), new.member(member)
        if was.value != now.value:
            scope.tell(
                "flow-changed", Verdict.BREAKING,
                f"{code(member)} of {label.text} ({code(flow)}) is {said(now.value)} now instead of {said(was.value)}: "
                "consumers that get tokens there cannot",
                new=now.pointer, old=was.pointer if old.has(member) else "", subject=label.subject, detail=member,
            )  # fmt: skip
    before, after = old.member("scopes").members(), new.member("scopes").members()
    for name in dict.fromkeys([*before, *after]):
        if name not in after:
            scope.tell(
                "scope-removed", Verdict.BREAKING,
                f"the scope {code(name)} of {label.text} is gone: consumers that ask for it get no token",
                new=new.member("scopes").pointer, old=before[name].pointer, subject=name,
            )  # fmt: skip
        elif name not in before:
            scope.tell(
                "scope-added", Verdict.COMPATIBLE, f"the scope {code(name)} of {label.text} is new",
                new=after[name].pointer, subject=name,
            )  # fmt: skip
        elif before[name].value != after[name].value:
            scope.documented(
                label, f"what the scope {code(name)} means", new=after[name].pointer, old=before[name].pointer
            )


def _note_environment(scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    before, after = old.members(), new.members()
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was and now and was.value == now.value:
            continue
        if was is None and now is not None:
            verdict, message = Verdict.COMPATIBLE, f"is looked for in the variable {code(now.value)} now"
        elif now is None and was is not None:
            verdict = Verdict.BREAKING
            message = (
                f"is not looked for in the variable {code(was.value)} any more: whoever set it has to pass it"
            )
        else:
            assert was is not None
            assert now is not None
            verdict = Verdict.BREAKING
            message = (
                f"is looked for in the variable {code(now.value)} now instead of {code(was.value)}: "
                "whoever set that is not heard"
            )
        spot = now or new
        scope.tell(
            "environment-changed", verdict, f"{code(name)} of {label.text} {message}",
            new=spot.pointer, old=was.pointer if was else "",
            subject=str((was or spot).value if was or now else ""), detail=name,
        )  # fmt: skip


def _note_token_endpoint(scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    was, now = old.member("x-token-endpoint"), new.member("x-token-endpoint")
    if was.value == now.value:
        return
    if not old.has("x-token-endpoint"):
        scope.tell(
            "token-endpoint-added", Verdict.COMPATIBLE,
            f"where tokens of {label.text} come from is told now: generated clients fetch them",
            new=now.pointer, subject=label.subject,
        )  # fmt: skip
    elif not new.has("x-token-endpoint"):
        scope.tell(
            "token-endpoint-removed", Verdict.BREAKING,
            f"where tokens of {label.text} come from is not told any more: generated clients no longer fetch them",
            new=new.pointer, old=was.pointer, subject=label.subject,
        )  # fmt: skip
    else:
        for name in ("url", "protocol", "project"):
            verdict = Verdict.COMPATIBLE if not was.has(name) else Verdict.BREAKING
            inner = Label(f"where tokens of {label.text} come from", label.subject)
            _note_endpoint_member(scope, was, now, name, inner, verdict)
        note_words(scope, was, now, Label(f"where tokens of {label.text} come from", label.subject))
        note_others(scope, was, now, label, frozenset({"url", "protocol", "project"}))


def _note_endpoint_member(
    scope: Scope, old: Spot, new: Spot, name: str, label: Label, verdict: Verdict
) -> None:
    was, now = old.member(name), new.member(name)
    if was.value != now.value:
        scope.tell(
            "token-endpoint-changed", verdict,
            f"{label.text} has {code(now.value)} as {code(name)} now instead of {code(was.value)}: "
            "consumers that fetch tokens as before get none",
            new=now.pointer, old=was.pointer if old.has(name) else "", subject=label.subject, detail=name,
        )  # fmt: skip
