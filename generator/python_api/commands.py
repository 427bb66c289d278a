"""The commands and options of a package's command line, which are public as its functions are."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, Final

_TABLE: Final = "_commands.py"


def commands(modules: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return each command and each of its options, by what is typed: `$ name command --option`.

    Args:
        modules: The text of each module of a package by its path.
    """
    found: dict[str, dict[str, Any]] = {}
    for program in _calls(ast.parse(modules.get(_TABLE, "")), "Program"):
        for command in _calls(program, "Command"):
            given = _given(command)
            name = f"$ {_given(program)['name']} {given['name']}"
            found[name] = {"kind": "command", **_notice(given)}
            for option in _calls(command, "Option"):
                one = _given(option)
                values = [*one.get("values", ())]
                found[f"{name} --{one['flag']}"] = {
                    "kind": "option",
                    "type": one["kind"],
                    **({"values": values} if values else {}),
                    **({"required": True} if one.get("required") else {}),
                    **_notice(one),
                }
    return found


def _calls(node: ast.AST, name: str) -> Iterator[ast.Call]:
    for found in ast.walk(node):
        if isinstance(found, ast.Call) and isinstance(found.func, ast.Name) and found.func.id == name:
            yield found


def _given(call: ast.Call) -> dict[str, Any]:
    """Return the arguments of a call that are plain values."""
    found: dict[str, Any] = {}
    for keyword in call.keywords:
        try:
            found[str(keyword.arg)] = ast.literal_eval(keyword.value)
        except ValueError:
            continue  # further calls within
    return found


def _notice(given: dict[str, Any]) -> dict[str, Any]:
    return {} if given.get("deprecated") is None else {"deprecated": given["deprecated"]}
