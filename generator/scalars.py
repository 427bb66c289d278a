"""Scalars of YAML 1.2's core schema, which are those of JSON: `yes` and dates are text, `010` is ten."""

from __future__ import annotations

import math
import re

from generator.findings import quoted

_TYPE_NAMES = {
    "str": "text",
    "int": "an integer",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
}

_TAG = "tag:yaml.org,2002:"
_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NOT_TEXT_STARTS = frozenset("-+.0123456789nNtTfF~")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
# Converting long ones takes quadratic time, and Python refuses to print them; no description needs them.
_DIGITS_AT_MOST = 1000

Scalar = str | int | float | bool | None


class NotJsonError(ValueError):
    """A scalar has no value in JSON; the text says why and what to write."""


def plain_scalar(text: str) -> Scalar:
    """Return the value of a scalar that is written without quotes and tag.

    Raises:
        NotJsonError: It is a number that JSON does not have.
    """
    if text and text[0] not in _NOT_TEXT_STARTS:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if len(text) > _DIGITS_AT_MOST and any(form.fullmatch(text) for form in (_NUMBER, _OCTAL, _HEXADECIMAL)):
        raise NotJsonError(f"a number of {len(text)} digits is too long: put it in quotes if it is text")
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        number = float(text)
        if math.isinf(number):
            raise NotJsonError(f"the number {quoted(text)} is too large")
        return number
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _NOT_FINITE.fullmatch(text):
        raise NotJsonError(f"JSON has no number {text}: put it in quotes if it is text")
    return text


def tagged_scalar(tag: str, text: str) -> Scalar:
    """Return the value of a scalar with an explicit tag, such as `!!str 5`.

    Raises:
        NotJsonError: The tag is not one of JSON's types, or the text does not fit it.
    """
    kind = tag.removeprefix(_TAG)
    if kind == tag or kind not in _TYPE_NAMES:
        raise NotJsonError(f"the tag {quoted(tag)} is not one of JSON's types: remove it")
    if kind == "str":
        return text
    value = plain_scalar(text)
    if kind == "float" and type(value) is int:
        return float(value)
    if {int: "int", float: "float", bool: "bool", type(None): "null", str: "str"}[type(value)] != kind:
        raise NotJsonError(f"{quoted(text)} is not {_TYPE_NAMES[kind]}, as its tag says")
    return value
