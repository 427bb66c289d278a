"""Examples of answers, which the package has for tests of the code that uses it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from generator import ir
from generator.plain import is_mapping

Follow: TypeAlias = Callable[[Any], dict[str, Any]]
"""Returns what a reference stands for."""

_LONGEST: Final = 100_000
"""Characters of an example; a longer one is a file, not something to read in a test."""


def examples(raw: Mapping[str, Any], follow: Follow) -> Iterator[ir.Example]:
    """Yield the examples of an operation's answers that are JSON or text.

    Args:
        raw: The operation in the description.
        follow: Returns what a reference stands for.
    """
    for status, value in raw.get("responses", {}).items():
        response = follow(value)
        media_type, media = next(iter(response.get("content", {}).items()), ("", {}))
        main = media_type.partition(";")[0].strip().lower()
        is_text = main.startswith("text/")
        if not (is_text or main == "application/json" or main.endswith("+json")):
            continue
        headers = tuple(_headers(response.get("headers", {}), follow))
        for name, example in _named(media, follow):
            content = _content(example, is_text=is_text)
            if content is not None and len(content) <= _LONGEST:
                yield ir.Example(
                    name=name,
                    key=int(status) if str(status).isdecimal() else str(status),
                    content=content,
                    is_text=is_text,
                    headers=headers,
                )


def _named(media: Mapping[str, Any], follow: Follow) -> Iterator[tuple[str, Any]]:
    """Yield the examples of a body: its own, or else those of its schema."""
    named = media.get("examples")
    if is_mapping(named):
        for name, example in named.items():
            found = follow(example)
            if "value" in found:
                yield str(name), found["value"]
        return
    if "example" in media:
        yield "", media["example"]
        return
    schema = follow(media.get("schema", {}))
    several = schema.get("examples")
    for example in several if isinstance(several, list) else ():
        yield "", example
    if "example" in schema:
        yield "", schema["example"]


def _content(example: Any, *, is_text: bool) -> str | None:
    if is_text:
        return example if isinstance(example, str) and example.isprintable() else None
    try:
        text = json.dumps(example, ensure_ascii=False, allow_nan=False)
        text.encode()
        return text
    except (TypeError, ValueError, RecursionError):
        return None


def _headers(headers: Any, follow: Follow) -> Iterator[tuple[str, str]]:
    for name, value in headers.items() if is_mapping(headers) else ():
        header = follow(value)
        schema = follow(header.get("schema", {}))
        several = schema.get("examples")
        candidates = (
            header.get("example"),
            schema.get("example"),
            *(several if isinstance(several, list) else ()),
        )
        text = next((item for item in candidates if isinstance(item, (str, int))), None)
        if text is not None and f"{name}{text}".isascii() and f"{name}{text}".isprintable():
            yield str(name), str(text)
