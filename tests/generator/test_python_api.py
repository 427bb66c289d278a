"""What two versions of a package's public API differ in, and what of it breaks code that uses the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.python_api.changelog import changelog, describe
from generator.python_api.differences import differences
from generator.python_api.snapshot import Api, dump, load, read

Files = dict[str, str]

_CLIENT = "class Client:\n    def find(self, body: Query) -> Answer: ..."
_ENUM = "class Tone(StrEnum):\n    LOW = 'low'\n    HIGH = 'high'\n"


def _query(fields: str) -> Files:
    return {"models/query.py": f"class Query:\n    a: str\n{fields}"}


def _answer(fields: str) -> Files:
    return {"models/answer.py": f"class Answer:\n    a: str\n{fields}"}


def _function(signature: str) -> Files:
    return {"client.py": f"class Client:\n    def find(self, body: Query) -> Answer: ...\n{signature}"}


CASES: list[tuple[Files, Files, list[str]]] = [
    # functions and their arguments
    (_function("def go(): ..."), _function(""), ["! removed function `client.go`"]),
    (_function(""), _function("def go(): ..."), ["added function `client.go`"]),
    (_function("def _go(): ..."), _function(""), []),
    (_function("def go(a): ..."), _function("def go(): ..."), ["! removed argument `client.go(a)`"]),
    (_function("def go(): ..."), _function("def go(*, a=1): ..."), ["added argument `client.go(a)`"]),
    (
        _function("def go(): ..."),
        _function("def go(*, a): ..."),
        ["! added argument `client.go(a)`, which has to be given"],
    ),
    (
        _function("def go(*, a=1): ..."),
        _function("def go(*, a): ..."),
        ["! changed argument `client.go(a)` has to be given now"],
    ),
    (
        _function("def go(*, a): ..."),
        _function("def go(*, a=1): ..."),
        ["changed argument `client.go(a)` need not be given any more"],
    ),
    (
        _function("def go(*, a=1): ..."),
        _function("def go(*, a=2): ..."),
        ["! changed argument `client.go(a)`: default `1` → `2`"],
    ),
    (
        _function("def go(*, a=UNSET): ..."),
        _function("def go(*, a=2): ..."),
        ["changed argument `client.go(a)`: default `UNSET` → `2`"],
    ),
    (
        _function("def go(a): ..."),
        _function("def go(*, a): ..."),
        ["! changed argument `client.go(a)` positional or keyword → keyword-only"],
    ),
    (
        _function("def go(a, b): ..."),
        _function("def go(b, a): ..."),
        [
            "! changed argument `client.go(a)` was in place 0, is in 1",
            "! changed argument `client.go(b)` was in place 1, is in 0",
        ],
    ),
    (
        _function("def go(a: int): ..."),
        _function("def go(a: int | str): ..."),
        ["changed argument `client.go(a)`: `int` → `int | str`"],
    ),
    (
        _function("def go(a: int | str): ..."),
        _function("def go(a: str): ..."),
        ["! changed argument `client.go(a)`: `int | str` → `str`"],
    ),
    (
        _function("def go() -> int: ..."),
        _function("def go() -> int | None: ..."),
        ["! changed function `client.go`: `int` → `int | None`"],
    ),
    (
        _function("def go() -> list[int | str]: ..."),
        _function("def go() -> list[int]: ..."),
        ["changed function `client.go`: `list[int | str]` → `list[int]`"],
    ),
    (
        _function("def go(): ..."),
        _function("async def go(): ..."),
        ["! changed function `client.go` has to be awaited"],
    ),
    # what is sent may take more, what is received may say more
    (_query(""), _query("    b: int = UNSET"), ["added field `models.query.Query.b`: `int`"]),
    (
        _query(""),
        _query("    b: int"),
        ["! added field `models.query.Query.b`: `int`, which has to be given"],
    ),
    (_answer(""), _answer("    b: int"), ["added field `models.answer.Answer.b`: `int`"]),
    (_answer("    b: int"), _answer(""), ["! removed field `models.answer.Answer.b`"]),
    (
        _query("    b: int"),
        _query("    b: int | str"),
        ["changed field `models.query.Query.b`: `int` → `int | str`"],
    ),
    (
        _answer("    b: int"),
        _answer("    b: int | str"),
        ["! changed field `models.answer.Answer.b`: `int` → `int | str`"],
    ),
    (
        _answer("    b: int | None"),
        _answer("    b: int"),
        ["changed field `models.answer.Answer.b`: `int | None` → `int`"],
    ),
    (
        _query("    b: int | None"),
        _query("    b: int"),
        ["! changed field `models.query.Query.b`: `int | None` → `int`"],
    ),
    (
        _query("    b: int = attrs.field(default=UNSET, converter=x)"),
        _query("    b: int"),
        ["! changed field `models.query.Query.b` has to be given now"],
    ),
    # enums, aliases, tables
    (
        {"models/tone.py": _ENUM},
        {"models/tone.py": _ENUM.replace("    LOW = 'low'\n", "")},
        ["! removed value `models.tone.Tone.LOW`"],
    ),
    (
        {"models/tone.py": _ENUM},
        {"models/tone.py": _ENUM + "    MID = 'mid'"},
        ["added value `models.tone.Tone.MID`"],
    ),
    (
        {"client.py": "Region: TypeAlias = Literal['a', 'b']\n"},
        {"client.py": "Region: TypeAlias = Literal['b', 'c']\n"},
        ["! changed type alias `client.Region`: `Literal['a', 'b']` → `Literal['b', 'c']`"],
    ),
    (
        {"error_codes.py": "ERROR_CODES: Final = {'A.1': 1, 'A.2': 2}"},
        {"error_codes.py": "ERROR_CODES: Final = {'A.2': 2, 'A.3': 3}"},
        [
            "added error code `error_codes.ERROR_CODES['A.3']`",
            "! removed error code `error_codes.ERROR_CODES['A.1']`",
        ],
    ),
    # classes and where they are
    (
        {"errors.py": "class A(ValueError): ..."},
        {"errors.py": "class A(KeyError): ..."},
        [
            "changed exception `errors.A` is also a `KeyError`",
            "! changed exception `errors.A` is no `ValueError` any more",
        ],
    ),
    (
        {"errors.py": "from ._base import A\n__all__ = ['A']", "_base.py": "class A:\n    x: int"},
        {"errors.py": "class A:\n    x: int"},
        [],
    ),
    (
        {"errors.py": "from ._base import B\nclass A(B): ...", "_base.py": "class B:\n    def f(self): ..."},
        {"errors.py": "from ._base import B\nclass A(B): ...", "_base.py": "class B: ..."},
        ["! removed method `errors.A.f`"],
    ),
    (
        {"errors.py": "class A:\n    x: int"},
        {
            "errors.py": "class A:\n    x: int",
            "__init__.py": "from .errors import A\n__all__ = ['A']",
        },
        ["added name `A`"],
    ),
    (
        {"errors.py": "class A:\n    x: int"},
        {"errors.py": "", "types.py": "class A:\n    x: int"},
        ["added module `types`", "! removed class `errors.A`"],
    ),
    # commands
    (
        {
            "_commands.py": "Program(name='p', commands=[Command(name='go', options=[Option(flag='a', kind='text')])])"
        },
        {"_commands.py": "Program(name='p', commands=[Command(name='go', options=[]), Command(name='on')])"},
        ["added command `$ p on`", "! removed option `$ p go --a`"],
    ),
    # what is deprecated
    (
        _function("def go(*, a=1): ..."),
        _function("@deprecated_arguments(a='since 2: why')\ndef go(*, a=1): ..."),
        ["deprecated argument `client.go(a)` since 2: why"],
    ),
    (
        _function("def go(): ..."),
        _function("@deprecated('')\ndef go(): ..."),
        ["deprecated function `client.go`"],
    ),
    (
        _function("@deprecated('')\ndef go(): ..."),
        _function("def go(): ..."),
        ["changed function `client.go` is no longer deprecated"],
    ),
]


def _api(folder: Path, files: Files) -> Api:
    base = {"__init__.py": "", "models/__init__.py": "", "client.py": _CLIENT, **_query(""), **_answer("")}
    for name, text in {**base, **files}.items():
        path = folder / "things" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load(dump(read(folder / "things")))


@pytest.mark.parametrize(("old", "new", "expected"), CASES, ids=[str(case[2])[2:60] for case in CASES])
def test_difference(tmp_path: Path, old: Files, new: Files, expected: list[str]) -> None:
    """Each difference is told by its name, and what breaks is told from what does not."""
    found = differences(_api(tmp_path / "old", old), _api(tmp_path / "new", new))
    shown = [f"{'! ' if change.breaking else ''}{change.group} {describe(change)}" for change in found]
    assert shown == expected


def test_changelog_stands_beside_that_of_the_description(tmp_path: Path) -> None:
    """What a version changes in Python follows its own entry; one that has none gets a heading, before the others."""
    old = _api(tmp_path / "old", _function("def go(): ..."))
    new = _api(tmp_path / "new", _function("def go(a): ...\ndef come(a): ..."))
    changes = differences(old, new)
    text = "# Changes\n\nWhat is new.\n\n## 1.0.0\n\nThe first.\n"
    sections = {"1.1.0": ("In Python", changes), "1.0.0": ("In Python", [])}
    assert changelog(text, sections, {"client.go(a)": "Nobody calls it"}) == (
        "# Changes\n\nWhat is new.\n\n## 1.1.0\n\n### In Python\n\n"
        "- Added: argument `client.go(a)`, which has to be given. **Breaking.** Nobody calls it.\n"
        "- Added: function `client.come`.\n\n## 1.0.0\n\nThe first.\n\n### In Python\n\n"
    )
