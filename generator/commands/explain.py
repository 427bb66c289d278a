"""`python -m generator explain`: what a finding means, and what is done to a description before it is parsed."""

from __future__ import annotations

import argparse
import shutil
import textwrap
from collections.abc import Iterable
from inspect import getdoc
from pathlib import Path
from typing import Any, Final

import attrs

from generator.commands.boundary import FINE
from generator.commands.output import say, shown
from generator.errors import FindingsError, GeneratorError
from generator.explanations import FINDINGS, explanation, paragraphs
from generator.findings import printable
from generator.plain import is_mapping
from generator.prepare import REWRITES
from generator.rules import RULES
from generator.rules.settings import NAME
from generator.source import read_source
from generator.spelling import nearest

_WIDEST: Final = 100
_NARROWEST: Final = 50


def run(options: argparse.Namespace) -> int:
    """Explain one identifier, or list all."""
    rewrites = {rewrite.__name__: paragraphs(getdoc(rewrite) or "") for rewrite in REWRITES}
    house = _House.read(options.spec)
    wanted = options.identifier
    if wanted is None:
        say(_everything(rewrites, house))
    elif wanted in rewrites:
        step = (
            f"rewrite {list(rewrites).index(wanted) + 1} of {len(rewrites)} before the description is parsed"
        )
        say(_article(f"{wanted}: {step}", rewrites[wanted]))
    elif wanted in RULES:
        say(
            _article(
                f"{wanted}: rule of check, {house.verdict(wanted)}", explanation(wanted), house.why(wanted)
            )
        )
    elif wanted in FINDINGS:
        say(_article(f"{wanted}: finding in every description", explanation(wanted)))
    else:
        raise GeneratorError(_unknown(wanted, [*rewrites, *RULES, *FINDINGS]))
    return FINE


@attrs.frozen
class _House:
    """The rules that one description chose."""

    path: Path
    entries: dict[str, Any]

    @classmethod
    def read(cls, spec: Path) -> _House:
        """Read the list beside a description; without one that can be read, no rule is chosen."""
        path = spec.resolve().parent / NAME
        try:
            data = read_source(path).data
        except FindingsError:
            data = None
        return cls(path, data if is_mapping(data) else {})

    def severity(self, rule: str) -> str:
        """Return how severe a chosen rule is."""
        entry = self.entries.get(rule)
        severity = entry.get("severity") if is_mapping(entry) else None
        return severity if severity in ("error", "warning") else "not applied"

    def verdict(self, rule: str) -> str:
        """Return how severe any rule is, and where."""
        if RULES[rule].always:
            return "error in every description"
        return f"{self.severity(rule)} by {shown(self.path)}"

    def why(self, rule: str) -> str:
        """Return why the description is held to a rule."""
        entry = self.entries.get(rule)
        reason = entry.get("reason") if is_mapping(entry) and not RULES[rule].always else None
        return f"{shown(self.path)} gives the reason: {printable(str(reason))}" if reason else ""


def _unknown(identifier: str, known: list[str]) -> str:
    close = nearest(identifier, known)
    hint = f"did you mean {close}?" if close else "`python -m generator explain` lists all there are"
    return f"there is no rule, finding or rewrite {printable(identifier)!r}: {hint}"


def _everything(rewrites: dict[str, str], house: _House) -> str:
    always = [name for name, rule in RULES.items() if rule.always]
    chosen = [name for name, rule in RULES.items() if not rule.always]
    sections = [
        "Rewrites of the description, in this order, before openapi-python-client parses it",
        *(_article(f"  {name}", text) for name, text in rewrites.items()),
        "Rules of check for every description",
        _table((name, _summary(name)) for name in always),
        f"Rules of check that a description chooses in its {NAME}; severity by {shown(house.path)}",
        _table((name, f"{house.severity(name)}: {_summary(name)}") for name in chosen),
        "Findings besides",
        _table((name, _summary(name)) for name in FINDINGS),
        "`python -m generator explain ID` says more about one of them.",
    ]
    return "\n\n".join(sections)


def _summary(identifier: str) -> str:
    return explanation(identifier).partition("\n\n")[0]


def _article(title: str, *texts: str) -> str:
    parts = [part for text in texts for part in text.split("\n\n") if part]
    return "\n".join([title, "\n\n".join(_fill(part, "    ") for part in parts)])


def _table(rows: Iterable[tuple[str, str]]) -> str:
    column = max(map(len, [*RULES, *FINDINGS])) + 4
    return "\n".join(_fill(text, " " * column, f"  {name}".ljust(column)) for name, text in rows)


def _fill(text: str, indent: str, first: str | None = None) -> str:
    width = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
    begin = indent if first is None else first
    return textwrap.fill(text, width, initial_indent=begin, subsequent_indent=indent, break_on_hyphens=False)
