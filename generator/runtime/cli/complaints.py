"""What failed, as a short sentence with what to do about it."""

from __future__ import annotations

from typing import Final

import click

from ..errors import ApiError, ClientError, ConfigurationError
from .text import visible

_REFUSALS: Final = frozenset({401, 403})
_REFUSING: Final = frozenset({"AuthenticationError", "PermissionDeniedError", "NotSubscribedError"})


def complain(about: str, error: ClientError) -> None:
    """Write to standard error what failed, and why."""
    click.secho(f"{visible(about)}: ", fg="red", nl=False, err=True)
    click.echo(visible(sentence(error)), err=True)


def sentence(error: ClientError) -> str:
    """Return what happened and what to do, without the name of what it happened to."""
    if isinstance(error, ApiError):
        what = error.meaning or error.error_msg or f"the service answered with status {error.status}"
        request = f"request id {error.request_id}" if error.request_id else ""
        marks = ", ".join(filter(None, (error.error_code or f"status {error.status}", request)))
        return f"{_lower(what).rstrip('.')} ({marks}). {error.remedy or ''}".strip()
    return str(error)


def is_final(error: ClientError) -> bool:
    """Return whether every other call would fail as well: the service does not let this caller in.

    Another try could do harm: services lock keys after some refusals.
    """
    if isinstance(error, ApiError):
        names = {kind.__name__ for kind in type(error).__mro__}
        return error.status in _REFUSALS or bool(names & _REFUSING)
    return isinstance(error, ConfigurationError)


def _lower(text: str) -> str:
    """Return a text that can stand within a sentence."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
