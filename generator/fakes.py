"""Names in the module with which users test their own code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator import ir
from generator.docstrings import sentence, wrap
from generator.media import bare

OF_A_FAKE: Final = frozenset(
    {
        *(
            "also",
            "assert_not_called",
            "async_client",
            "calls",
            "check",
            "client",
            "fail",
            "garble",
            "handle",
        ),
        *("next_step", "refuse", "reset", "respond", "throttle", "time_out", "tokens", "truncate", "unused"),
    }
)
"""What a fake has besides the operations."""

# Last words of names that do not say what a package is for.
_SAYING_NOTHING: Final = frozenset({"api", "client", "sdk", "service"})


def fixture_name(package: ir.Package) -> str:
    """Return the name of the fixture: `fake_ocr` for `huaweicloud_ocr`, whose base of exceptions is `OcrError`."""
    last = package.name.rpartition("_")[2]
    says = last not in _SAYING_NOTHING and package.base_error == f"{last.capitalize()}Error"
    return f"fake_{last if says else package.name.strip('_')}"


def fake_class(package: ir.Package) -> str:
    """Return the name of the fake's class: `FakeOcr`, unless a model has that name."""
    name = "".join(part[:1].upper() + part[1:] for part in fixture_name(package).split("_"))
    taken = {model.class_name for model in package.models} | {enum.class_name for enum in package.enums}
    taken |= {alias.name for alias in package.aliases} | {
        "FakeCall",
        "FakeOperation",
        "FakeService",
        "FakeTokens",
        "TokenCall",
    }
    while name in taken:
        name += "Service"
    return name


def fake_operations(package: ir.Package) -> Iterator[tuple[str, ir.Operation]]:
    """Yield operations with the names of the fake's attributes for them: those of the client's methods, if they can."""
    for operation in package.operations:
        yield f"{operation.name}_" if operation.name in OF_A_FAKE else operation.name, operation


def body_type(operation: ir.Operation) -> str:
    """Return the annotation of a body as a fake reads it."""
    if operation.body is None:
        return "Unset"
    match bare(operation.media_type):
        case "application/x-www-form-urlencoded":
            code = "dict[str, str]"
        case "multipart/form-data":
            code = "bytes"
        case _ if operation.body.code == "File":
            code = "bytes"
        case _:
            code = operation.body.code
    return code if operation.body_required else f"{code} | Unset"


def shown(package: ir.Package) -> tuple[str, ir.Operation] | None:
    """Return the operation that the README tests with: the first that can be called and answered as it stands."""
    for name, operation in fake_operations(package):
        keys = {success.key for success in operation.successes}
        answered = operation.result.code == "None" or any(
            example.key in keys for example in operation.examples
        )
        if (
            answered
            and "..." not in operation.usage.arguments
            and "body=body" not in operation.usage.arguments
        ):
            return name, operation
    return None


def docstring(package: ir.Package) -> str:
    """Docstring of the fake's class."""
    lines = [
        f"A fake of {package.title}.",
        "",
        "It answers each call with the example of the description until a test says otherwise, to the fake as a whole "
        "or to one of its operations. See `help(FakeService)` and `help(FakeOperation)` for what can be said.",
    ]
    text = wrap("\n".join(lines), 106)
    entries = [f"    {name}: {sentence(operation.summary)}" for name, operation in fake_operations(package)]
    if any(scheme.token for scheme in package.schemes):
        entries.append(
            "    tokens: The identity service: it gives a token to every user until it is told to `reject`."
        )
    return "\n".join([text, "", "Attributes:", *entries]) if entries else text
