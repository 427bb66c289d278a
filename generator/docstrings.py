"""Docstrings from the texts of a description."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from generator import deprecation
from generator.adapter import escape_docstring
from generator.ir import Enum, ErrorCode, Field, Model, Operation, Package, Parameter, Scheme, Server
from generator.requirements import combinations, from_environment, in_words
from generator.runtime.members import IN_ANSWERS, IN_REQUESTS

WIDTH: Final = 110
"""Length of a line of generated code, the same as for the code written by hand."""

_SIDES: Final = {
    IN_ANSWERS: "The service sets it: each answer has it, and a request does without.",
    IN_REQUESTS: "Each request has it, and an answer does without.",
}

_ITEM: Final = re.compile(r"^(\s*)([-*+]|\d+[.)])\s+")


def docstring(text: str, indent: int) -> str:
    """Return a text as a whole docstring, quotes included, whose lines after the first are indented."""
    lines = escape_docstring(text.strip()).split("\n")
    body = "\n".join(line.rstrip() for line in lines)
    if "\n" not in body and len(body) + indent + 6 <= WIDTH and not body.endswith(('"', "\\")):
        return f'"""{body}"""'
    return textwrap.indent(f'"""{body}\n"""', " " * indent).lstrip()


@cache
def wrap(text: str, width: int) -> str:
    """Rewrap Markdown prose: paragraphs and list items are filled anew, empty lines stay."""
    return "\n".join(line for block in _blocks(text) for line in _filled(block, width))


def sentence(text: str) -> str:
    """Return a text with a full stop at its end."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", ":", "…")) else f"{text}."


def package_docstring(package: Package) -> str:
    """Docstring of the package itself."""
    return f"{sentence(package.summary)}\n\n{wrap(package.description, WIDTH)}"


def model_docstring(model: Model) -> str:
    """Docstring of a model: what it is, then its attributes."""
    width = WIDTH - 4
    text = wrap(sentence(model.description) or f"The object `{model.class_name}`.", width)
    if told := deprecation.sentence(model.deprecated):
        text += f"\n\n{wrap(told, width)}"
    for told in _groups(model):
        text += f"\n\n{told}"
    # What the description says nothing about has its type below, and a name alone would say no more.
    attributes = [_entry(field.name, about, width) for field in model.fields if (about := _about(field))]
    return text + _section("Attributes", attributes)


def _groups(model: Model) -> Iterator[str]:
    """Yield what has to be given of members that are optional alone, by the names of a method's arguments.

    Those are the names of the attributes, unless the model is the body of a call that has such names already.
    """
    names = {field.name: field.parameter for field in model.fields}
    for how, groups in (("Exactly", model.exactly_one_of), ("At least", model.at_least_one_of)):
        for group in groups:
            yield f"{how} one of {_listed(f'`{names[name]}`' for name in group)} has to be given."


def enum_docstring(enum: Enum) -> str:
    """Docstring of an enum."""
    text = wrap(sentence(enum.description) or f"The values of `{enum.class_name}`.", WIDTH - 4)
    for value, told in enum.deprecated_values.items():
        text += f"\n\n{wrap(f'`{value}`: {deprecation.sentence(told)}', WIDTH - 4)}"
    if enum.open:
        plain = "number" if enum.is_int else "text"
        text += (
            f"\n\nA value that is not known today is kept: it equals its plain {plain}, and `known` is false."
        )
        if enum.is_sent and not enum.extensible:
            text += " A request with such a value is refused, also with one that came from an answer."
        text = wrap(text, WIDTH - 4)
    return text


def client_docstring(package: Package, *, asynchronous: bool) -> str:
    """Docstring of a client: what it is, then what it takes."""
    width = WIDTH - 4
    if asynchronous:
        use = "Its methods are those of `Client`, to be awaited. Open it with `async with`, or end it with `aclose()`."
    else:
        use = "Open it with `with`, or end it with `close()`. Threads may share it."
    text = wrap(f"{sentence(f'A client of {package.title}')}\n\n{use}", width)
    entries = [(parameter.name, _about(parameter)) for parameter in package.client_parameters]
    if package.server:
        entries += [
            (variable.name, f"{sentence(variable.description)} Default: {variable.default}.".strip())
            for variable in package.server.variables
        ]
    schemes = in_words(combinations(package))
    several = " Those that go together stand in a list." if " together " in schemes else ""
    http_client = "httpx.AsyncClient" if asynchronous else "httpx.Client"
    entries += [
        ("endpoint", _endpoint(package.server)),
        ("auth", _who(schemes, several) + _environment_of(package)),
        (
            "time_limit",
            "Seconds that an attempt may take in all, to the last byte of the answer, unless a call says otherwise.",
        ),
        (
            "retries",
            "When a call is repeated, a `Retry`, or how often at most; 0 never. Without it, up to 4 times what the "
            "service surely did not carry out or says may be repeated.",
        ),
        (
            "headers",
            "Headers that go along with each call. Those of `auth` take the place of others of the same name.",
        ),
        ("observers", "Called with an `AttemptEnded` after each attempt and a `CallEnded` after each call."),
        (
            "http_client",
            f"An `{http_client}` with settings of your own: proxy, certificates, connection limits.",
        ),
    ]
    raises = [("ConfigurationError", "A setting is not usable; the message says which and why.")]
    return (
        text
        + _section("Args", [_entry(name, about, width) for name, about in entries])
        + _section("Raises", [_entry(name, about, width) for name, about in raises])
    )


def scheme_docstring(scheme: Scheme) -> str:
    """Docstring of a way to authenticate; one that fetches tokens also says what it takes."""
    width = WIDTH - 4
    text = wrap(scheme.description or f"{scheme.class_name}.", width)
    if scheme.token is None:
        return text
    text += "\n\n" + wrap(
        "The token is fetched before the first call, kept for all threads and tasks, renewed before it expires, and "
        "fetched anew once when the service no longer accepts it. A user who was refused is not asked for again by the "
        "same object: a few wrong passwords lock an account.",
        width,
    )
    project = scheme.token.project
    entries = [
        ("user", "Name of the user."),
        ("password", "The password. No repr, message or log shows it."),
        ("domain", "Name of the account that the user belongs to."),
        (
            "project",
            "Name of the project that the calls belong to."
            + (f" Default: `{project}`." if project else " Without one, the token is for none."),
        ),
        *((argument, "That of the client when absent.") for argument, _ in scheme.token.variables),
        ("endpoint", "Address of another service that gives tokens, such as `http://127.0.0.1:5000`."),
        (
            "margin",
            "Seconds before its expiry at which a token is renewed; half of its life, if that is shorter.",
        ),
        ("now", "The clock."),
    ]
    raises = [("ConfigurationError", "One of them is not usable. The message does not show the password.")]
    return (
        text
        + _section("Args", [_entry(name, about, width) for name, about in entries])
        + _section("Raises", [_entry(name, about, width) for name, about in raises])
    )


def environment_docstring(package: Package) -> str:
    """Docstring of the function that reads the environment."""
    lines = [
        "Return the way to authenticate that the environment says, which is what a client without `auth` does.",
        "",
    ]
    found = from_environment(package)
    if len(found) > 1:
        lines.append("The first of these counts whose variables are set:\n")
    for scheme in found:
        if scheme.environment:
            lines.append(f"`{scheme.class_name}` is made from:\n")
            lines += [f"- `{name}`: {argument}" for argument, name in scheme.environment.required]
            lines += [
                f"- `{name}`: {argument}, if there is one" for argument, name in scheme.environment.optional
            ]
            lines.append("")
    if not package.needs_auth:
        lines.append("None of them is there: None.")
    raises = (
        "Variables are missing, or a value is not usable. The message names variables and shows no value."
    )
    text = wrap("\n".join(lines).rstrip(), WIDTH - 4)
    return text + _section("Raises", [_entry("ConfigurationError", raises, WIDTH - 4)])


def _who(schemes: str, several: str) -> str:
    others = "an `httpx.Auth`, or a function that adds the proof to an `httpx.Request`"
    return f"Who calls: {schemes}.{several} Also {others}." if schemes else f"Who calls; {others}."


def _environment_of(package: Package) -> str:
    ways = [
        ", ".join(f"`{name}`" for _, name in (*scheme.environment.required, *scheme.environment.optional))
        for scheme in from_environment(package)
        if scheme.environment
    ]
    order = ", the first that is complete" if len(ways) > 1 else ""
    return f" When absent, the environment says{order}: {'; or '.join(ways)}." if ways else ""


def _endpoint(server: Server | None) -> str:
    if server is None:
        return "Address of the service, such as `https://api.example.com`."
    text = (
        f"Address of the host, such as `https://api.example.com`. `{server.url}` is added, unless it ends in that."
        if server.is_relative
        else "Address of another service, such as `http://127.0.0.1:8765`."
    )
    others = [f"`{url}`{f' ({about.strip()})' if about.strip() else ''}" for url, about in server.others]
    return f"{text} The description also has {_listed(others)}." if others else text


def module_docstring(operation: Operation) -> str:
    """Docstring of an operation's module."""
    text = f"{operation.method} `{operation.path}`: {sentence(operation.summary)}"
    return f"{text}\n\n{wrap(operation.description, WIDTH)}"


def method_docstring(operation: Operation, *, asynchronous: bool) -> str:
    """Docstring of a client's method, whose arguments are the fields of the body: all that one needs to call it."""
    width = WIDTH - 8
    text = _headline(operation, width)
    if operation.description:
        text += f"\n\n{wrap(operation.description, width)}"
    if operation.body_model is not None and operation.body_description.strip():
        text += f"\n\n{wrap(f'What is sent: {sentence(operation.body_description)}', width)}"
    for told in () if operation.body_model is None else _groups(operation.body_model):
        text += f"\n\n{wrap(told, width)}"
    return (
        text
        + _section("Args", _arguments(operation, width, flat=True))
        + _outcome(operation, width)
        + _section("Example", _example(operation, asynchronous=asynchronous))
    )


def function_docstring(operation: Operation) -> str:
    """Docstring of the first function of an operation's module; the others say how they differ."""
    width = WIDTH - 4
    text = _headline(operation, width)
    text += _section("Args", _arguments(operation, width, flat=False))
    return text + _outcome(operation, width)


def detailed_docstring(operation: Operation) -> str:
    """Docstring of the function that gives more than the answer's model."""
    headers = {name: about for success in operation.successes for name, about in success.headers}
    text = "Do what `sync` does, and return status, headers and body as they came too."
    if headers:
        text += "\n\nDocumented headers:\n\n"
        text += "\n".join(f"- `{name}`: {sentence(about)}" for name, about in headers.items())
    return wrap(text, WIDTH - 4)


def _headline(operation: Operation, width: int) -> str:
    told = deprecation.sentence(operation.deprecated)
    return sentence(operation.summary) + (f"\n\n{wrap(told, width)}" if told else "")


def _example(operation: Operation, *, asynchronous: bool) -> Iterator[str]:
    usage = operation.usage
    keyword = "await " if asynchronous else ""
    yield f"    >>> answer = {keyword}client.{operation.name}({usage.arguments})"
    if usage.part:
        yield f"    >>> answer{usage.part}"
        yield f"    {usage.value}"


def _arguments(operation: Operation, width: int, *, flat: bool) -> Iterator[str]:
    if not flat:
        yield _entry("client", "What sends the call.", width)
    for parameter in operation.call_parameters if flat else operation.parameters:
        about = _about(parameter) or _place(parameter)
        if parameter.of_client:
            about += " The client's own when absent."
        yield _entry(parameter.name, about, width)
    if flat and operation.body_model is not None:
        for field in operation.body_model.fields:
            yield _entry(
                field.parameter, _about(field) or f"The member `{field.wire_name}` of the body.", width
            )
    elif operation.body is not None:
        yield _entry("body", sentence(operation.body_description) or "What is sent.", width)
    limit = "Seconds that an attempt may take in all, to the last byte of the answer. The client's own when absent."
    yield _entry("time_limit", limit, width)
    yield _entry(
        "retries",
        "When the call is repeated, or how often at most; 0 never. The client's own when absent.",
        width,
    )
    yield _entry("headers", "Headers that are added to, or replace, the client's.", width)


def _outcome(operation: Operation, width: int) -> str:
    answers = [success for success in operation.successes if success.type is not None]
    returns = " ".join(
        sentence(success.returns)
        if success in answers
        else f"`None` for {success.key}: {sentence(success.returns)}"
        for success in operation.successes
    )
    raises = [
        ("InvalidRequestError", "The call breaks the description. Nothing was sent."),
        ("ApiError", _api_error(operation)),
        ("InvalidResponseError", "The answer does not fit the description."),
        ("TransportError", "There is no answer: no connection, or the time limit ran out."),
    ]
    if not answers:
        returns = " ".join(
            ["Nothing.", *(sentence(success.returns) for success in operation.successes)]
        ).strip()
    text = _section("Returns", [textwrap.indent(wrap(returns, width - 4), "    ")])
    return text + _section("Raises", [_entry(name, about, width) for name, about in raises])


def _api_error(operation: Operation) -> str:
    text = "The service answered with an error; the exception says what it means and what to do."
    if not operation.documented_codes:
        rest = "other statuses" if len(operation.failures) > 1 else "any status"
        statuses = "".join(
            f"\n- {rest if key == 'default' else f'`{key}`'}: {sentence(about)}"
            for key, about in operation.failures
            if about
        )
        text = "The service answered with an error." + (
            f" Documented for this call:{statuses}" if statuses else ""
        )
    else:
        codes = "".join(
            f"\n- `{entry.code}`{_class(entry)}: {sentence(entry.meaning)}"
            for entry in operation.documented_codes
        )
        text += f" Documented for this call:{codes}"
    return text


def _place(parameter: Parameter) -> str:
    kind = (
        parameter.location
        if parameter.location in {"header", "cookie"}
        else f"{parameter.location} parameter"
    )
    return f"The {kind} `{parameter.wire_name}`."


def _class(entry: ErrorCode) -> str:
    return "" if entry.kind is None else f", `{entry.class_name}`"


def _section(title: str, entries: Iterable[str]) -> str:
    lines = list(entries)
    return f"\n\n{title}:\n" + "\n".join(lines) if lines else ""


@cache
def _entry(name: str, about: str, width: int) -> str:
    """Return an entry of a section, `name: what it is`, with the lines after the first indented further."""
    blocks = list(_blocks(f"{name}: {about}"))
    lines = [line for block in blocks for line in _filled(block, width - 8)]
    return "\n".join(
        f"{'    ' if index == 0 else '        '}{line}".rstrip() for index, line in enumerate(lines)
    )


def _about(item: Field | Parameter) -> str:
    text = sentence(item.description)
    if isinstance(item, Field) and item.is_file:
        how = "A path, bytes or a binary file"
        if "Base64" in item.type.code:
            how = f"{how}, which is encoded here"
            text = f"What is sent: {text[:1].lower()}{text[1:]}" if text else ""
        text = f"{how}. {text}"
    if isinstance(item, Field) and item.required_in:
        text = f"{text.strip()} {_SIDES[item.required_in]}".strip()
    range_ = f"{item.range}." if item.range else ""
    default = f"Default: {item.default}." if item.default else ""
    if isinstance(item, Parameter) and item.environment:
        default = f"{default} Default: the variable `{item.environment}` of the environment.".strip()
    deprecated = deprecation.sentence(item.deprecated)
    return " ".join(part for part in (deprecated, text.strip(), range_, default) if part)


def _listed(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield paragraphs, list items and runs of empty lines."""
    block: list[str] = []
    for line in text.strip().splitlines():
        if not line.strip() or _ITEM.match(line):
            if block:
                yield block
            block = []
        if line.strip():
            block.append(line)
        else:
            yield []
    if block:
        yield block


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs and list items of a text, each on one line, after what separates it from the one before."""
    gap = ""
    for block in _blocks(text):
        if not block:
            gap = "\n"
            continue
        line = " ".join(" ".join(block).split())
        item = _ITEM.match(line)
        yield ("" if item and not gap else "\n"), f"- {line[item.end() :]}" if item else line
        gap = ""


def _filled(block: list[str], width: int) -> list[str]:
    if not block:
        return [""]
    item = _ITEM.match(block[0])
    return textwrap.wrap(
        " ".join(line.strip() for line in block),
        width,
        subsequent_indent="  " if item else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
