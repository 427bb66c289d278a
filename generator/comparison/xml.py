"""How values are written as XML, which means nothing for JSON."""

from __future__ import annotations

from typing import Any, Final

from generator import pointer as pointers
from generator.comparison.changes import Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Spot
from generator.comparison.views import View, as_text, standing
from generator.plain import is_mapping

_USUAL: Final = {"attribute": False, "wrapped": False, "prefix": "", "namespace": ""}
"""What holds where nothing is said; an element has the name of its member."""


def note_xml(scope: Scope, old: View, new: View) -> None:
    """Tell of another element, attribute or namespace; for JSON these are no more than words."""
    before, after = old.first("xml"), new.first("xml")
    if _meaning(before) == _meaning(after):
        return
    where, whence, label = standing(scope, new, before, after)
    if not scope.is_xml:
        verdict = Verdict.DOCUMENTATION
        message = f"`xml` of {label.text} changed, which means nothing for what is not written as XML"
    else:
        verdict = Verdict.BREAKING
        message = f"{label.text} is written as XML otherwise than before (`xml`): " + (
            "requests as before will be refused" if scope.is_request else "consumers cannot read it as before"
        )
    scope.tell("xml-changed", verdict, message, new=where, old=whence, subject=label.subject)


def _meaning(spot: Spot | None) -> str:
    """Return what is said about XML but for what holds anyway."""
    said: dict[str, Any] = spot.value if spot and is_mapping(spot.value) else {}
    *_, keyword, name, _ = ["", "", *pointers.split(spot.pointer if spot else "/xml")]
    usual = {**_USUAL, **({"name": name} if keyword == "properties" else {})}
    left = {
        key: value
        for key, value in said.items()
        if not key.startswith("x-") and (key not in usual or as_text(value) != as_text(usual[key]))
    }
    return as_text(left)
