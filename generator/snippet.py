"""The example in a package's README, which runs as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from generator import ir, requirements

_SECRETS: Final = {
    "BearerAuth": '"token"',
    "BasicAuth": '"user", "password"',
    "SdkHmacSha256Auth": '"access-key", "secret-key"',
}
_MODULES: Final = {
    "datetime.": "import datetime",
    "uuid.": "import uuid",
    "Path(": "from pathlib import Path",
}
_NAMES: Final = {"models.": "models", "Base64.": "Base64"}
_IN_QUOTES: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


def snippet(package: ir.Package) -> str:
    """Return a program that makes a client and calls an operation of it."""
    operation = _shown(package.operations)
    schemes = requirements.example(operation, package)
    call = f"client.{operation.name}({operation.usage.arguments})" if operation else "help(client)"
    if operation and operation.result.code != "None":
        call = f"print({call})"
    lines = [
        *imports(package, call, ["Client", *(scheme.class_name for scheme in schemes)]),
        "",
        f"with Client({', '.join(settings(package, schemes))}) as client:",
        f"    {call}",
    ]
    return fenced("\n".join(lines))


def imports(package: ir.Package, code: str, names: Iterable[str] = ()) -> list[str]:
    """Return lines that import what an example uses: its own names, and those of the package besides."""
    code = _IN_QUOTES.sub("", code)
    of_others = [
        statement for start, statement in _MODULES.items() if re.search(rf"\b{re.escape(start)}", code)
    ]
    lines = [*of_others, ""] if of_others else []
    found = [*names, *(name for start, name in _NAMES.items() if re.search(rf"\b{re.escape(start)}", code))]
    if found:
        lines.append(f"from {package.name} import {', '.join(sorted(found, key=_as_ruff_sorts))}")
    if re.search(r"\bFile\(", code):
        lines.append(f"from {package.name}.types import File")
    return lines


def fenced(code: str) -> str:
    """Return code that does not end the fence of Markdown that it stands in."""
    return code.replace("`", "\\x60")


def _shown(operations: tuple[ir.Operation, ...]) -> ir.Operation | None:
    """Return the operation that tells most: one that takes a file, else one that is complete and not deprecated."""
    return min(
        operations,
        key=lambda one: ("..." in one.usage.arguments, one.deprecated is not None, not one.file_field),
        default=None,
    )


def settings(package: ir.Package, schemes: tuple[ir.Scheme, ...]) -> list[str]:
    """Return arguments that a client can be made with."""
    found = [
        f'{parameter.name}="{"…" if parameter.location == "path" else "value"}"'
        for parameter in package.client_parameters
    ]
    if package.server is None or package.server.is_relative:
        found.append('endpoint="https://api.example.com"')
    auths = [f"{scheme.class_name}({_secret(scheme)})" for scheme in schemes]
    if auths:
        found.append(f"auth={auths[0]}" if len(auths) == 1 else f"auth=[{', '.join(auths)}]")
    return found


def _secret(scheme: ir.Scheme) -> str:
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]*", scheme.class_name.removesuffix("Auth"))
    return _SECRETS.get(scheme.base, f'"{"-".join(words).lower() or "key"}"')


def _as_ruff_sorts(name: str) -> tuple[bool, str]:
    return name.islower(), name
