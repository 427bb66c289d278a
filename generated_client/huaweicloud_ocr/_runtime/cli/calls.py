"""Calls, from the values of options."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import sources
from .options import destination, value
from .table import Command, Option, Program

if TYPE_CHECKING:
    from ..messages import Response


class Calls:
    """The calls that a command makes, which differ in what they are about alone."""

    def __init__(self, program: Program, command: Command, values: Mapping[str, Any]) -> None:
        """Take what was given; nothing is read yet.

        Args:
            program: The program.
            command: The command.
            values: The values of its options, as click read them.
        """
        self._command = command
        self._values = values
        self._operation = import_module(f"{program.package}.{command.module}")

    @property
    def answers_text(self) -> bool:
        """Whether an answer can be text that is not JSON."""
        from ..by_media_type import kinds_of
        from ..operation import TEXT

        return any(TEXT in kinds_of(kind) for kind in self._operation.OPERATION.success.values())

    def send(self, client: Any, about: Any = None, *, is_address: bool = False) -> Response[Any]:
        """Make a call.

        Args:
            client: What sends it.
            about: The file or the address that it is about.
            is_address: Whether that is an address.

        Raises:
            OcrError: It has no success, in one of the ways that the package knows.
        """
        parameters = self._given(of_body=False)
        body = self._body(about, is_address)
        if body is not None:
            parameters["body"] = body
        response: Response[Any] = self._operation.sync_detailed(client=client, **parameters)
        return response

    def _body(self, about: Any, is_address: bool) -> Any:
        source = self._command.source
        if source is not None and not source.name:
            return about
        if self._command.body in ("json", "text"):
            return self._from_file()
        if self._command.body == "none":
            return None
        members = self._given(of_body=True)
        if source is not None and about is not None:
            members[source.url_name if is_address else source.name] = about
        return self._operation.OPERATION.body(**members)

    def _given(self, *, of_body: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for option in self._command.options:
            given = value(option, self._values.get(destination(option)))
            if given is not None and (option.location == "body") == of_body:
                found[option.name] = _read(option, given) if option.kind == "file" else given
        return found

    def _from_file(self) -> Any:
        name = self._values.get("body")
        if name is None:
            return None
        from ..codec import convert
        from ..errors import InvalidDataError, InvalidRequestError

        try:
            payload, kind = sources.read(name, 0).payload, self._operation.OPERATION.body
            if self._command.body == "text":
                return _from_text(payload.decode(), kind)
            content = json.loads(payload)
            return content if kind is None else convert(content, kind)
        except InvalidDataError as error:
            raise InvalidRequestError(f"{name}: {error}") from None
        except (ValueError, RecursionError) as error:
            raise InvalidRequestError(
                f"{name} is not {'JSON' if self._command.body == 'json' else 'such a text'}: {error}"
            ) from None


def _from_text(text: str, kind: Any) -> Any:
    """Return what a text means; what ends a file is no part of a number or of one of several values."""
    from ..codec import convert

    return (
        text
        if kind is str
        else convert(json.loads(text) if kind in (int, float, bool) else text.strip(), kind)
    )


def _read(option: Option, given: Any) -> Any:
    names = given if option.many else [given]
    files = [sources.read(name, option.base64_length) for name in names]
    return files if option.many else files[0]
