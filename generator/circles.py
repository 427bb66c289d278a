"""Classes that refer to each other in a circle, which Python's imports have to be told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping


def circles(references: Mapping[str, set[str]]) -> dict[str, int]:
    """Return for each class that refers to itself through others the number of its circle (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: dict[str, int] = {}
    for root in references:
        if root in index:
            continue
        # Without recursion: descriptions nest as deep as they like.
        work: list[tuple[str, Iterator[str]]] = [(root, iter(sorted(references[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, following = work[-1]
            for target in following:
                if target not in references:
                    continue
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(sorted(references[target]))))
                    break
                if target in on_stack:
                    low[name] = min(low[name], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    members: list[str] = []
                    while not members or members[-1] != name:
                        members.append(stack.pop())
                        on_stack.discard(members[-1])
                    if len(members) > 1:
                        found.update(dict.fromkeys(members, index[name]))
    return found


def depths(references: Mapping[str, set[str]]) -> dict[str, int]:
    """Return for each class how many classes one after the other have to be imported for it, itself included."""
    circle = circles(references)
    unit = {name: f"{circle[name]}" if name in circle else f"/{name}" for name in references}
    below: dict[str, set[str]] = {}
    size: Counter[str] = Counter(unit.values())
    for name, targets in references.items():
        found = {unit[target] for target in targets if target in unit}
        below.setdefault(unit[name], set()).update(found - {unit[name]})
    known: dict[str, int] = {}
    for root in below:
        work = [root]
        while work:
            current = work[-1]
            waiting = [target for target in below[current] if target not in known]
            if waiting:
                work += waiting
                continue
            work.pop()
            known[current] = size[current] + max((known[target] for target in below[current]), default=0)
    return {name: known[unit[name]] for name in references}
