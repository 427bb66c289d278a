"""`python -m generator explain`: every identifier that a finding can have, and every rewrite, has words to it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.cli import main
from generator.explanations import FINDINGS, explanation
from generator.prepare import REWRITES
from generator.rules import RULES

from .project import ROOT

GENERATOR = ROOT / "generator"
IDENTIFIER = re.compile(r"[a-z]+(-[a-z]+)*")
# What makes findings, or notes them down for those who do: one of the arguments is the identifier.
MAKERS = {
    "error",
    "Finding",
    "UnresolvedError",
    "report",
    "_report",
    "note",
    "_note",
    "_stop",
    "warn",
    "refuse",
}


def explain(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command prints, joined to one line, so that it does not matter where lines break."""
    assert main(["explain", *arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


def identifiers_in(path: Path) -> set[str]:
    """Return the identifiers with which the code of a module makes findings."""
    candidates: list[ast.expr] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            candidates += node.args if name in MAKERS else ()
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
            candidates.append(node.value.elts[1])  # pointer, identifier and message
    return {
        one.value
        for one in candidates
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and IDENTIFIER.fullmatch(one.value)
    }


def test_every_identifier_of_a_finding_is_explained() -> None:
    """Whatever a finding is called, `explain` and SARIF have more to say than its name."""
    used = set[str]().union(
        *(
            identifiers_in(path)
            for path in GENERATOR.rglob("*.py")
            if not path.is_relative_to(GENERATOR / "runtime")
        )
    )
    assert len(used) > 15
    assert sorted(used - set(FINDINGS) - set(RULES)) == []


def test_every_explanation_is_of_something() -> None:
    """A finding that is made no longer is explained no longer."""
    code = "".join(
        path.read_text(encoding="utf-8") for path in GENERATOR.rglob("*.py") if path.stem != "explanations"
    )
    assert [identifier for identifier in FINDINGS if f'"{identifier}"' not in code] == []
    assert not set(FINDINGS) & set(RULES)


@pytest.mark.parametrize("identifier", [*FINDINGS, *RULES])
def test_explanations_are_sentences(identifier: str) -> None:
    """An explanation begins with a capital, ends with a full stop, and says more than the name."""
    text = explanation(identifier)
    assert re.match(r"[A-Z`]", text)
    assert text.endswith(".")
    assert all("\n" not in part and "  " not in part for part in text.split("\n\n"))


def test_everything_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Without an argument all rewrites, rules and findings are listed, rewrites in order and with their reasons."""
    text = explain(capsys)
    names = [rewrite.__name__ for rewrite in REWRITES]
    assert [text.index(f" {name} ") for name in names] == sorted(text.index(f" {name} ") for name in names)
    for rewrite in REWRITES:
        assert " ".join((rewrite.__doc__ or "").split()) in text
    for identifier in (*RULES, *FINDINGS):
        assert f" {identifier} " in text
    assert "component-used warning: Each component" in text


@pytest.mark.parametrize("rewrite", REWRITES, ids=lambda rewrite: rewrite.__name__)
def test_a_rewrite_is_explained(capsys: pytest.CaptureFixture[str], rewrite: object) -> None:
    """The name of a rewrite gives its place among them and its reason."""
    name = getattr(rewrite, "__name__", "")
    text = explain(capsys, name)
    assert text.startswith(
        f"{name}: rewrite {[one.__name__ for one in REWRITES].index(name) + 1} of {len(REWRITES)}"
    )
    assert len(text) > 150


def test_a_rule_is_explained_with_what_this_description_makes_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A rule tells what it asks for, how severe it is here, and why it was chosen."""
    text = explain(capsys, "component-used")
    assert text.startswith(
        "component-used: rule of check, warning by openapi/rules.yaml Each component is needed"
    )
    assert text.endswith(
        "openapi/rules.yaml gives the reason: A component that no operation needs is a leftover."
    )


def test_a_rule_that_a_description_does_not_list_is_said_not_to_apply(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another description has chosen other rules, or none."""
    assert "rule of check, not applied by" in explain(
        capsys, "operation-id", "--spec", str(tmp_path / "a.yaml")
    )


def test_a_finding_that_no_rule_makes_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """What reading and bundling find has more to it than fits into a message."""
    assert "nothing is ever fetched from a network" in explain(capsys, "refused-reference")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("duplicate-keys", "did you mean duplicate-key?"),
        ("operation_id", "did you mean operation-id?"),
        ("wrap_refrence", "did you mean wrap_reference?"),
        ("zzzz", "`python -m generator explain` lists all there are"),
    ],
)
def test_an_unknown_identifier_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str], typed: str, hint: str
) -> None:
    """A misspelt name is answered with the one that was meant, and exit code 2."""
    assert main(["explain", typed]) == 2
    assert capsys.readouterr().err == f"error: there is no rule, finding or rewrite {typed!r}: {hint}\n"
