"""What another judge of changes says: `redocly diff`, which the field uses.

It is asked here and not by `python -m generator diff`: of the changes that it calls breaking there is none that we do
not see, save for those that break nobody, and it knows neither defaults nor our extensions. Should it learn to see
what we do not, this fails.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from generator import node
from generator.comparison import Step, compare, step
from generator.source import read_source

from ..generator.diff_pairs import DiffPair, diff_pairs

HERE: Final = Path(__file__).parent
_VERSION: Final = "3.1.0"

ENDLESS: Final = {
    "both: a component that is nothing but itself",
    "documents: references that lead nowhere, and to themselves",
}
"""Pairs on which it fails, for it follows references that lead to themselves until its stack is full."""


def test_disagreements_with_another_judge_are_known(tmp_path: Path) -> None:
    """Of each pair both say whether the change breaks; where they differ, the reason is written down.

    What breaks nobody is not compared further: what allows more is a minor step for us, and a patch for it.
    """
    pairs = [pair for pair in diff_pairs() if pair.name not in ENDLESS]
    own = [
        pair
        for pair in pairs
        if pair.name.startswith(("documents:", "both:")) or pair.old["openapi"] != _VERSION
    ]
    joined = [pair for pair in pairs if pair not in own]
    theirs = _together(joined, tmp_path)
    with ThreadPoolExecutor(2) as workers:
        theirs |= dict(workers.map(lambda pair: _alone(pair, tmp_path), own))
    ours = {pair.name: step(compare(pair.old, pair.new)) is Step.MAJOR for pair in pairs}
    found = {
        name: "breaks" if theirs[name] else "fits" for name, breaks in ours.items() if breaks != theirs[name]
    }
    known = {
        name: reason["redocly"]
        for reason in read_source(HERE / "disagreements.yaml").data
        for name in reason["pairs"]
    }
    assert found == known


def _together(pairs: list[DiffPair], folder: Path) -> dict[str, bool]:
    """Ask about many pairs at once, each of them a path of one document."""
    old, new = _joined([pair.old for pair in pairs]), _joined([pair.new for pair in pairs])
    changes = _ask(old, new, folder / "together")
    breaking = {change["path"].split("/")[2] for change in changes if change["impact"] == "major"}
    return {pair.name: f"~1case{number}" in breaking for number, pair in enumerate(pairs)}


def _joined(documents: list[dict[str, Any]]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for number, document in enumerate(documents):
        text = json.dumps(document["paths"]["/things"]).replace('"makeThing"', f'"makeThing{number}"')
        paths[f"/case{number}"] = json.loads(text)
    return {"openapi": _VERSION, "info": {"title": "All", "version": "1.0.0"}, "paths": paths}


def _alone(pair: DiffPair, folder: Path) -> tuple[str, bool]:
    changes = _ask(pair.old, pair.new, folder / "".join(filter(str.isalnum, pair.name)))
    return pair.name, any(change["impact"] == "major" for change in changes)


def _ask(old: dict[str, Any], new: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    folder.mkdir()
    for name, document in (("old.json", old), ("new.json", new)):
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    done = node.run(
        *("redocly", "diff", folder / "old.json", folder / "new.json", "--format=json", "--fail-on=none"),
        f"--config={HERE / 'redocly.yaml'}",
    )
    assert done.stdout, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["changes"]
    return found
