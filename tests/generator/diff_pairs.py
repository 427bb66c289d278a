"""Pairs of small documents, each with what is to be told of it; they lie in `diffs/`.

A case has a `name`; two documents, given by what differs (`request`, `response` or `both` for a schema, `operation` for
members of an operation, `document` for all of it); what to `expect`; and the `step` where it is not the usual one of
the worst verdict. What is expected is a line for each change, `verdict direction pointer was old-pointer: phrase`, in
any order, where `.` stands for the place of what is given, and the phrase for a part of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs

from generator.source import read_source

FOLDER: Final = Path(__file__).parent / "diffs"

_EXPECTED: Final = re.compile(
    r"(?P<verdict>\S+) (?P<direction>\S+) (?P<pointer>.*?)(?: was (?P<old>.*?))?: (?P<phrase>.*)", re.DOTALL
)
_OPERATION: Final = "/paths/~1things/post"
_JSON: Final = "content/application~1json/schema"
_ROOTS: Final = {
    "request": f"{_OPERATION}/requestBody/{_JSON}",
    "response": f"{_OPERATION}/responses/200/{_JSON}",
    "both": "/components/schemas/Thing",
    "operation": _OPERATION,
    "document": "",
}
_STEPS: Final = {"breaking": "major", "may-break": "major", "compatible": "minor", "documentation": "patch"}
_REFERENCE: Final = {"$ref": "#/components/schemas/Thing"}


@attrs.frozen
class Expected:
    """A change that has to be told."""

    verdict: str
    direction: str
    pointer: str
    old_pointer: str
    phrase: str


@attrs.frozen
class DiffPair:
    """Two documents, and what is to be told of them."""

    name: str
    old: dict[str, Any]
    new: dict[str, Any]
    expected: tuple[Expected, ...]
    step: str
    operations: tuple[tuple[str, ...], ...] = ()


@cache
def diff_pairs() -> tuple[DiffPair, ...]:
    """Read all of them."""
    return tuple(pair for path in sorted(FOLDER.glob("*.yaml")) for pair in _read(path))


def _read(path: Path) -> Iterator[DiffPair]:
    for case in read_source(path).data:
        (frame,) = case.keys() & _ROOTS.keys()
        expected = tuple(_expected(line, _ROOTS[frame]) for line in case["expect"])
        worst = next((verdict for verdict in _STEPS if any(one.verdict == verdict for one in expected)), None)
        old, new = [_framed(frame, part, case.get("openapi", "3.1.0")) for part in case[frame]]
        yield DiffPair(
            f"{path.stem}: {case['name']}",
            old,
            new,
            expected,
            case.get("step", _STEPS[worst] if worst else "none"),
            tuple(map(tuple, case.get("operations", ()))),
        )


def _expected(line: str, root: str) -> Expected:
    found = _EXPECTED.fullmatch(line)
    assert found, line
    pointer, old = [re.sub(r"^\.", lambda _: root, place or "") for place in (found["pointer"], found["old"])]
    return Expected(found["verdict"], found["direction"], pointer, old, found["phrase"])


def _framed(frame: str, part: Any, openapi: str) -> dict[str, Any]:
    document: dict[str, Any] = {"openapi": openapi, "info": {"title": "Things", "version": "1.0.0"}}
    if frame == "document":
        return {**document, **part}
    operation: dict[str, Any] = {"operationId": "makeThing", "responses": {"204": {"description": "Fine."}}}
    if frame == "operation":
        operation |= part
    sent = part if frame == "request" else _REFERENCE if frame == "both" else None
    read = part if frame == "response" else _REFERENCE if frame == "both" else None
    if sent is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": sent}}}
    if read is not None:
        operation["responses"] = {
            "200": {"description": "Fine.", "content": {"application/json": {"schema": read}}}
        }
    document["paths"] = {"/things": {"post": operation}}
    if frame == "both":
        document["components"] = {"schemas": {"Thing": part}}
    return document
