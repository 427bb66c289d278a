"""Comparing two versions of a description: what is told to those who build on the older one."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from generator.comparison import compare, markdown, step, text, to_json

from .corpus.documents import CorpusDocument, documents
from .diff_pairs import DiffPair, diff_pairs

PAIRS = diff_pairs()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_change_is_judged(pair: DiffPair) -> None:
    """Each change is told once: with the verdict, on its way, at its place, in these words, and with its step."""
    changes = compare(pair.old, pair.new)
    told = [
        (change.verdict, change.direction, change.pointer, change.old_pointer, change.message)
        for change in changes
    ]
    missing = [
        one
        for one in pair.expected
        if not any(
            (one.verdict, one.direction, one.pointer, one.old_pointer) == found[:4] and one.phrase in found[4]
            for found in told
        )
    ]
    assert not missing, told
    assert len(told) == len(pair.expected), told
    assert step(changes) == pair.step
    if pair.operations:
        assert tuple(change.operations for change in changes) == pair.operations


def test_one_bad_member_of_a_description_of_this_size_is_found_in_the_whole_of_it() -> None:
    """A deep and wide document that is compared with itself has no changes, and ends, however its schemas lead on."""
    schemas: dict[str, Any] = {
        f"S{number}": {
            "type": "object",
            "properties": {
                f"p{step}": {"$ref": f"#/components/schemas/S{(number * 7 + step) % 200}"}
                for step in range(8)
            },
        }
        for number in range(200)
    }
    old = _document(schemas)
    new = copy.deepcopy(old)
    new["components"]["schemas"]["S199"]["properties"]["text"] = {"type": "string"}
    assert compare(old, old) == []
    (change,) = compare(old, new)
    assert (change.direction, change.rule, len(change.operations)) == ("both", "member-added", 40)


def _document(schemas: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}
    operation = {
        "requestBody": {"content": content},
        "responses": {"200": {"description": "A.", "content": content}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "paths": {
            f"/p{number}": {"post": {"operationId": f"o{number}", **operation}} for number in range(40)
        },
        "components": {"schemas": schemas},
    }


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_no_document_differs_from_itself_and_none_is_too_much(document: CorpusDocument) -> None:
    """Of the same there is nothing to tell; whatever becomes of a document, each change is told as it has to be."""
    data = document.data
    assert compare(data, copy.deepcopy(data)) == []
    chance = random.Random(document.name)
    for _ in range(2):
        broken = copy.deepcopy(data)
        for _ in range(3):
            _break(broken, chance)
        for changes in (compare(data, broken), compare(broken, data)):
            assert changes or _same(data, broken)
            for change in changes:
                assert change.message.isprintable(), change
                assert len(change.message) < 700, change
            assert text(changes).count("\n") == len(changes)
            assert markdown(changes)
            assert json.dumps(to_json(changes))


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    plain = [json.dumps(whole, default=str) for whole in (one, other)]
    return plain[0] == plain[1]


def _break(document: dict[str, Any], chance: random.Random) -> None:
    """Change one value anywhere: take it away, or put something in its place that may not stand there."""
    places: list[tuple[Any, Any]] = []
    waiting: list[Any] = [document]
    while waiting:
        holder = waiting.pop()
        keys = holder if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            if holder is document and key in ("openapi", "info"):
                continue
            places.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    if not places:
        return
    holder, key = chance.choice(places)
    strange: list[Any] = [
        None,
        True,
        5,
        -1.5,
        "x\x1b[2J`",
        [],
        {},
        [None],
        {"$ref": "#/nowhere"},
        {"$ref": "#"},
        [[{}]],
    ]
    if chance.random() < 0.4:
        del holder[key]
    else:
        holder[key] = chance.choice(strange)


def test_texts_of_a_document_do_no_harm() -> None:
    """Names from a document do not move a terminal's cursor, and are nothing but text to Markdown."""
    evil = "a`\x1b[2J<script>[x](javascript:1)" + "y" * 300
    old, new = [
        _document({"S0": {"type": "object", "properties": {evil: {"type": kind}}}})
        for kind in ("string", "integer")
    ]
    changes = compare(old, new)
    assert "\x1b" not in text(changes) + markdown(changes)
    (line,) = [line for line in markdown(changes).splitlines() if line.startswith("- ")]
    assert line.count("`") % 2 == 0
    assert "`a'\\x1b[2J<script>[x](javascript:1)yyy" in line


def test_a_change_names_all_that_it_has_as_json() -> None:
    """Programs find each change with what it does, where, and to whom."""
    pair = next(pair for pair in PAIRS if pair.name == "requests: member becomes required")
    told = to_json(compare(pair.old, pair.new))
    assert (told["version"], told["step"], told["verdict"]) == (1, "major", "breaking")
    assert told["changes"] == [
        {
            "pointer": "/paths/~1things/post/requestBody/content/application~1json/schema/required",
            "old_pointer": "",
            "rule": "member-required",
            "verdict": "breaking",
            "direction": "request",
            "message": "`quick_mode` is now required: requests without it will be refused",
            "step": "major",
            "subject": "quick_mode",
            "operations": ["makeThing"],
        }
    ]


def test_markdown_has_a_heading_for_each_verdict() -> None:
    """A page shows what breaks first."""
    pair = next(pair for pair in PAIRS if pair.name == "requests: enum value renamed")
    told = markdown(compare(pair.old, pair.new))
    assert told.startswith(
        "## Breaking\n\n- `a` no longer takes `y`: requests with it will be refused.  \n  request · major"
    )
    assert "\n\n## Compatible\n\n- `a` may be `z` too" in told
    assert markdown([]) == "Nothing changed.\n"
