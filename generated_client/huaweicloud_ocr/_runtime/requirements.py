"""Which of a client's proofs an operation takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from .authentication import Auth
from .proofs import Proofs
from .unset import UNSET

Alternatives: TypeAlias = tuple[tuple[str, ...], ...]
"""Combinations of classes, by their names, any of which an operation takes; an empty one is none at all."""


def chosen(alternatives: Alternatives, proofs: Proofs) -> Proofs | None:
    """Return those that go along with a call: the first combination that is complete.

    What is of no class of the package may prove anything. It goes along always, and stands in for what is missing
    where no combination is complete without.

    Returns:
        None when no combination is complete.
    """
    present = _present(proofs)
    has_others = proofs.of_http is not UNSET or any(scheme_of(auth) is None for auth in proofs.own)
    # Whoever has credentials wants them used, also where they are optional.
    complete = [names for names in alternatives if names and present.issuperset(names)]
    if not complete and has_others:
        complete = [names for names in alternatives if names]
    if not complete:
        return Proofs() if () in alternatives else None
    wanted = (None, *complete[0])
    return Proofs(tuple(auth for auth in proofs.own if scheme_of(auth) in wanted), proofs.of_http)


def scheme_of(auth: Auth) -> str | None:
    """Return the class of the package that proves what this one does; None for any of your own."""
    found = getattr(auth, "scheme", None)
    return found if isinstance(found, str) else None


def lacking(alternatives: Alternatives, proofs: Proofs) -> str:
    """Say what an operation takes, and what of that is not there."""
    present = _present(proofs)
    # What is nearest to complete is what was meant.
    nearest = min(alternatives, key=lambda names: len(set(names) - present) if present & set(names) else 99)
    missing = [name for name in nearest if name not in present]
    wanted = f"has to be authenticated by {_listed(alternatives)}"
    return f"{wanted}; {' and '.join(missing)} is missing" if present & set(nearest) else wanted


def _present(proofs: Proofs) -> set[str]:
    return {scheme for auth in proofs.own if (scheme := scheme_of(auth))}


def _listed(alternatives: Iterable[tuple[str, ...]]) -> str:
    *rest, last = (" together with ".join(names) for names in alternatives)
    return f"{', '.join(rest)}, or {last}" if rest else last
