"""Files from plain data and templates."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from generator import (
    authentication,
    deprecation,
    distribution,
    docstrings,
    error_docs,
    fakes,
    method_imports,
    names,
    requirements,
    snippet,
)
from generator.adapter import class_name
from generator.ir import Field, Import, Package
from generator.runtime.members import IN_ANSWERS

TEMPLATES: Final = Path(__file__).parent / "templates"
_BASE_ERROR: Final = re.compile(r"\bClientError\b")
RUNTIME: Final = Path(__file__).parent / "runtime"

# Modules of the runtime that only some descriptions ask for.
_ONLY_FOR_LIMITS: Final = "image_limits.py"
_ONLY_FOR_ENVIRONMENT: Final = "environment.py"
_ONLY_FOR_SCHEMES: Final = {
    "signing.py": "SdkHmacSha256Auth",
    **dict.fromkeys(
        (
            "fake_tokens.py",
            "hidden_echoes.py",
            "hidden_logs.py",
            "keystone.py",
            "password_auth.py",
            "single_flight.py",
            "token_keeper.py",
        ),
        "KeystonePasswordAuth",
    ),
}
"""Modules that a way to authenticate needs, by the name of its class."""
_ONLY_FOR_BATCHES: Final = ("batch/", "cli/batch")


_EMPTY_LINES: Final = re.compile(r"\n{3,}(?!(async )?def )")
"""More than one empty line, which parts that are left out leave; before a function of an example there are two."""


def render(package: Package, changelog: str | None) -> dict[str, str]:
    """Return the text of each generated file by its path below the output folder.

    Args:
        package: What is generated.
        changelog: Text of the description's own changelog, if it has one.
    """
    environment = _environment(package)

    def fill(template: str, **values: object) -> str:
        return environment.get_template(template).render(**values)

    root = package.name
    files = {
        "pyproject.toml": fill("pyproject.toml.jinja", has_limits=_has_limits(package)),
        "README.md": _EMPTY_LINES.sub("\n\n", fill("README.md.jinja")),
        f"{root}/__init__.py": fill("package_init.py.jinja"),
        f"{root}/__main__.py": fill("main.py.jinja"),
        f"{root}/_commands.py": fill("commands.py.jinja"),
        f"{root}/py.typed": "",
        f"{root}/client.py": fill("client.py.jinja"),
        f"{root}/errors.py": fill("errors.py.jinja"),
        f"{root}/types.py": fill("types.py.jinja"),
        f"{root}/testing.py": fill("testing.py.jinja"),
        f"{root}/_examples.py": fill("examples.py.jinja"),
        f"{root}/pytest_plugin.py": fill("pytest_plugin.py.jinja"),
        f"{root}/models/__init__.py": fill("models_init.py.jinja"),
        f"{root}/api/__init__.py": fill("api_init.py.jinja"),
    }
    if changelog is not None:
        files["CHANGELOG.md"] = changelog
    if package.schemes:
        files[f"{root}/auth.py"] = fill("auth.py.jinja")
    if package.errors:
        files[f"{root}/{package.errors_module}.py"] = fill("error_codes.py.jinja")
    if package.batches:
        files[f"{root}/batch.py"] = fill("batch.py.jinja")
    for model in package.models:
        files[f"{root}/models/{model.module}.py"] = fill("model.py.jinja", model=model)
    for enum in package.enums:
        files[f"{root}/models/{enum.module}.py"] = fill("enum.py.jinja", enum=enum)
    for alias in package.aliases:
        files[f"{root}/models/{alias.module}.py"] = fill("alias.py.jinja", alias=alias)
    for tag in package.tags:
        files[f"{root}/api/{tag}/__init__.py"] = fill("tag_init.py.jinja", tag=tag)
    for operation in package.operations:
        files[f"{root}/api/{operation.tag}/{operation.module}.py"] = fill(
            "operation.py.jinja", operation=operation
        )
    files.update({f"{root}/_runtime/{name}": text for name, text in _runtime(package)})
    return files


def _compiled() -> FileSystemBytecodeCache | None:
    """Keep compiled templates where Python keeps compiled modules, and under the same conditions."""
    folder = TEMPLATES / "__pycache__"
    if sys.dont_write_bytecode or not os.access(TEMPLATES, os.W_OK):
        return None
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _environment(package: Package) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(),
        autoescape=False,  # Python, not HTML; strings enter code only through `literal` and `docstring`
    )
    environment.filters.update(
        literal=repr,
        code=_code,
        docstring=docstrings.docstring,
        sentence=docstrings.sentence,
        without_stop=lambda text: text.strip().removesuffix("."),
        single_line=_single_line,
        toml=_toml,
        markdown=_markdown,
        prose=_prose,
        camel=class_name,
        requirement=authentication.requirement,
        user_agent=_user_agent,
        distribution_version=distribution.version,
        spdx=distribution.spdx,
        deprecated_sentence=deprecation.sentence,
    )
    environment.globals.update(
        package=package,
        docs=docstrings,
        error_docs=error_docs,
        import_lines=import_lines,
        field_value=_field_value,
        default_imports=method_imports.for_defaults,
        signature_imports=method_imports.for_signature,
        body_imports=method_imports.for_body,
        fake_imports=method_imports.for_fake,
        awaited=method_imports.awaited,
        awaited_imports=method_imports.for_awaited,
        fakes=fakes,
        names=names,
        requirements=requirements,
        snippet=snippet,
    )
    return environment


def import_lines(imports: Iterable[Import], depth: int, beside: str = "") -> str:
    """Return import statements for a module that lies `depth` folders below the package's root.

    Args:
        imports: What to import.
        depth: How many folders below the root the module lies.
        beside: Folder of the module as in `Import.module`, whose other modules are near: `.models`.
    """
    lines: list[str] = []
    for found in sorted(set(imports)):
        module = found.module
        if module.startswith("."):
            module = (
                module.removeprefix(beside) if beside and module.startswith(beside) else "." * depth + module
            )
        lines.append(f"from {module} import {found.name}" if found.name else f"import {module}")
    return "\n".join(lines)


def _code(value: Any) -> str:
    """Return a value of named tuples as code, without what is the default there."""
    if isinstance(value, tuple) and (defaults := getattr(value, "_field_defaults", None)) is not None:
        fields: dict[str, Any] = value._asdict()  # type: ignore[attr-defined]
        given = (
            f"{name}={_code(member)}"
            for name, member in fields.items()
            if name not in defaults or member != defaults[name]
        )
        return f"{type(value).__name__}({', '.join(given)})"
    if isinstance(value, tuple):
        return f"({''.join(f'{_code(item)}, ' for item in value)})"
    return repr(value)


def _single_line(text: str) -> str:
    """Return a text that cannot leave the comment that it stands in."""
    return "".join(char if char.isprintable() else " " for char in text)


def _user_agent(text: str) -> str:
    """Return a text that a header can carry."""
    return "".join(char if "!" <= char <= "~" else "-" for char in text)


def _field_value(field: Field) -> str:
    """Return what stands behind the annotation of a model's attribute."""
    metadata = [f"WIRE_NAME: {field.wire_name!r}"] if field.name != field.wire_name else []
    default = field.default_code or ("" if field.required else "UNSET")
    if field.required_in:
        metadata.append(f"REQUIRED: {'IN_ANSWERS' if field.required_in == IN_ANSWERS else 'IN_REQUESTS'}")
    elif field.required and default:
        metadata.append("REQUIRED: True")
    if not metadata and not field.converter and not field.is_secret:
        return f" = {default}" if default else ""
    arguments = [f"default={default}"] if default else []
    if field.converter:
        arguments.append(f"converter={field.converter.name}")
    if field.is_secret:
        arguments.append("repr=hide")
    if metadata:
        arguments.append(f"metadata={{{', '.join(metadata)}}}")
    return f" = attrs.field({', '.join(arguments)})"


def _toml(text: str) -> str:
    """Return a text as a basic TOML string."""
    escaped = "".join(
        f"\\{char}" if char in '"\\' else char if char.isprintable() else f"\\U{ord(char):08X}"
        for char in text
    )
    return f'"{escaped}"'


def _markdown(text: str) -> str:
    """Return a text on one line in which Markdown and HTML have no meaning, code spans aside."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(part.replace("|", r"\|") if _CODE.fullmatch(part) else _escaped(part) for part in parts)


def _prose(text: str) -> str:
    """Return a longer text as Markdown: paragraphs, lists and code spans only."""
    plain = re.sub(r"\*\*([^*]+)\*\*", r"\1", text)
    lines = ""
    for gap, line in docstrings.blocks(plain):
        marker = "- " if line.startswith("- ") else ""
        lines += f"{gap}{marker}{_markdown(line.removeprefix(marker))}\n"
    return lines.rstrip("\n")


_CODE: Final = re.compile(r"(`[^`]+`)")


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>#|" else char for char in text)


def _has_limits(package: Package) -> bool:
    return any(model.image_limits for model in package.models)


def _runtime(package: Package) -> Iterator[tuple[str, str]]:
    for path in sorted(RUNTIME.rglob("*.py")):
        name = path.relative_to(RUNTIME).as_posix()
        if name.startswith(_ONLY_FOR_BATCHES) and not package.batches:
            continue
        if path.name == _ONLY_FOR_LIMITS and not _has_limits(package):
            continue
        if path.name == _ONLY_FOR_ENVIRONMENT and not (
            package.reads_environment or any(found.environment for found in package.client_parameters)
        ):
            continue
        base = _ONLY_FOR_SCHEMES.get(path.name)
        if base is not None and all(scheme.base != base for scheme in package.schemes):
            continue
        # What the base of exceptions is called outside is what help and signatures call it.
        yield name, _BASE_ERROR.sub(package.base_error, path.read_text(encoding="utf-8"))
