"""A document as YAML or JSON text: the same text on every machine, and pleasant to read and to compare."""

from __future__ import annotations

import json
from typing import Any

import yaml

from generator.errors import GeneratorError
from generator.plain import is_list
from generator.scalars import NotJsonError, plain_scalar
from generator.source import RAW_IN_JSON

_WIDTH = 120
_NUMBERS_IN_LINE = 8


class _Dumper(yaml.CSafeDumper):
    """Writes what readers of YAML 1.1 and of YAML 1.2 understand alike."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write equal values out each time; an anchor makes a published file harder to read."""
        return True


def _text(_: _Dumper, value: str) -> yaml.ScalarNode:
    style = None
    if RAW_IN_JSON.search(value):
        style = '"'
    elif "\n" in value:
        style = "|"
    elif len(value) > _WIDTH and " " in value:
        style = ">"
    elif _means_more_than_text(value):
        style = "'"
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=style)


def _means_more_than_text(value: str) -> bool:
    """Return whether YAML 1.2 reads a text as a number or the like; the dumper itself knows YAML 1.1."""
    try:
        return not isinstance(plain_scalar(value), str)
    except NotJsonError:
        return True


def _sequence(dumper: _Dumper, value: list[Any]) -> yaml.SequenceNode:
    """Write numbers, and points made of numbers, on one line."""
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_is_numbers(value))


def _is_numbers(value: list[Any]) -> bool:
    return bool(value) and len(value) <= _NUMBERS_IN_LINE and all(_is_number_or_point(item) for item in value)


def _is_number_or_point(item: object) -> bool:
    if is_list(item):
        return len(item) <= _NUMBERS_IN_LINE and all(type(number) in (int, float) for number in item)
    return type(item) in (int, float)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _sequence)


def dump(document: dict[str, Any], suffix: str) -> str:
    """Return a document as text, members in their order, ending in a line break.

    Args:
        document: Plain values, as in `Bundle.document`.
        suffix: `.json` for JSON with an indent of 2, or `.yaml` or `.yml` for YAML in block style.

    Raises:
        GeneratorError: The suffix is another one.
    """
    if suffix == ".json":
        text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        return RAW_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    if suffix in (".yaml", ".yml"):
        return yaml.dump(
            document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, indent=2
        )
    written = f"{suffix} files are" if suffix else "a file without suffix is"
    raise GeneratorError(f"{written} not written: name the file .yaml or .json")
