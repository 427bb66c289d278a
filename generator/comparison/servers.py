"""Where an operation is to be found."""

from __future__ import annotations

from typing import Final

from generator.comparison.changes import Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Side, Spot, code, value
from generator.comparison.views import as_text
from generator.comparison.words import note_others, note_words

_KNOWN: Final = frozenset({"url", "variables"})
_VARIABLE: Final = frozenset({"enum", "default"})


def effective(side: Side, item: Spot, operation: Spot) -> Spot:
    """Return the servers of an operation: its own, those of its path, or those of the document."""
    for holder in (operation, item):
        if holder.has("servers"):
            return holder.member("servers")
    return side.root.member("servers")


def note_servers(scope: Scope, old: Spot, new: Spot) -> None:
    """Tell of servers that came or went, and of what their variables may be."""
    before, after = _by_url(old), _by_url(new)
    gone = [url for url in before if url not in after]
    come = [url for url in after if url not in before]
    moved = gone[0] if len(gone) == len(come) == 1 else None
    for url in gone:
        if url == moved:
            scope.tell(
                "server-changed", Verdict.BREAKING,
                f"the server {code(url)} is {code(come[0])} now: calls to the old address go astray",
                new=after[come[0]].pointer, old=before[url].pointer, subject=url,
            )  # fmt: skip
        else:
            scope.tell(
                "server-removed", Verdict.BREAKING,
                f"the server {code(url)} is gone: calls to it go astray",
                new=new.pointer, old=before[url].pointer, subject=url,
            )  # fmt: skip
    for url in come:
        if moved is None:
            scope.tell(
                "server-added", Verdict.COMPATIBLE, f"the server {code(url)} is new",
                new=after[url].pointer, subject=url,
            )  # fmt: skip
    kept = [url for url in before if url in after]
    if kept and next(iter(before)) in after and next(iter(before)) != next(iter(after)):
        first = next(iter(after))
        scope.tell(
            "server-order", Verdict.MAY_BREAK,
            f"the first server is {code(first)} now: clients that are told of none call that",
            new=after[first].pointer, old=before[next(iter(before))].pointer, subject=first,
        )  # fmt: skip
    pairs = [(url, url) for url in kept] + ([(moved, come[0])] if moved is not None else [])
    for was, now in pairs:
        _note_server(scope, before[was], after[now])


def _by_url(servers: Spot) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for item in servers.items():
        url = item.member("url").value
        found.setdefault(url if isinstance(url, str) else as_text(url), item)
    return found or {"/": servers}


def _note_server(scope: Scope, old: Spot, new: Spot) -> None:
    label = Label("a server", "")
    note_words(scope, old, new, label)
    note_others(scope, old, new, label, _KNOWN)
    before, after = old.member("variables").members(), new.member("variables").members()
    for name in [name for name in before if name in after]:
        _note_variable(scope, before[name], after[name], name)


def _note_variable(scope: Scope, old: Spot, new: Spot, name: str) -> None:
    label = Label(f"{code(name)} of the server", name)
    note_words(scope, old, new, label)
    note_others(scope, old, new, label, _VARIABLE)
    was, now = old.member("default"), new.member("default")
    if was.value != now.value:
        scope.tell(
            "server-variable-default", Verdict.BREAKING,
            f"{label.text} is {value(now.value)} by default now instead of {value(was.value)}: "
            "calls that name none go elsewhere",
            new=now.pointer, old=was.pointer, subject=name,
        )  # fmt: skip
    before, after = [
        {as_text(item.value): item for item in spot.member("enum").items()} if spot.has("enum") else None
        for spot in (old, new)
    ]
    if before is None and after is None:
        return
    if before is None or after is None:
        is_closed = after is not None
        scope.tell(
            "server-variable-values", Verdict.BREAKING if is_closed else Verdict.COMPATIBLE,
            f"{label.text} {'may be only what is listed now' if is_closed else 'may be anything now'}"
            + (": calls with another value go astray" if is_closed else ""),
            new=new.member("enum").pointer, old=old.member("enum").pointer if old.has("enum") else "", subject=name,
        )  # fmt: skip
        return
    for key in [key for key in before if key not in after]:
        scope.tell(
            "server-variable-value-removed", Verdict.BREAKING,
            f"{label.text} is no longer {value(before[key].value)}: calls that go there go astray",
            new=new.member("enum").pointer, old=before[key].pointer, subject=str(before[key].value),
        )  # fmt: skip
    for key in [key for key in after if key not in before]:
        scope.tell(
            "server-variable-value-added", Verdict.COMPATIBLE, f"{label.text} may be {value(after[key].value)} too",
            new=after[key].pointer, subject=str(after[key].value),
        )  # fmt: skip
