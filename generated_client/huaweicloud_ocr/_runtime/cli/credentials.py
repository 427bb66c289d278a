"""Who calls: from environment variables, or asked for. Never from arguments, which all processes can see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import click

from . import streams
from .exits import SetupError
from .table import Command, Program, Scheme


def credentials(program: Program, command: Command, environment: Mapping[str, str]) -> list[Any] | None:
    """Return what authenticates the calls of a command; None if they need nothing.

    The first alternative of the description counts for which there are variables. Without any, a single secret is
    asked for if somebody sits at a terminal.

    Raises:
        SetupError: Variables are missing, or hold what cannot be.
    """
    alternatives = _alternatives(program, command)
    for alternative in alternatives:
        if alternative and all(_is_there(scheme, environment) for scheme in alternative):
            return [_made(program, scheme, environment) for scheme in alternative]
    if not all(alternatives) or not alternatives:
        return None
    asked = next((found[0] for found in alternatives if len(found) == 1 and len(found[0].secrets) == 1), None)
    if asked is None or not streams.can_ask():
        raise SetupError(_missing(alternatives, environment))
    value = click.prompt(f"{asked.name} (what you type is not shown)", hide_input=True, err=True)
    return [_made(program, asked, {asked.secrets[0].variable: value})]


def variables(program: Program, command: Command) -> str:
    """Return the environment variables that may hold the credentials of a command, in words."""
    return _in_words([found for found in _alternatives(program, command) if found])


def _alternatives(program: Program, command: Command) -> list[list[Scheme]]:
    schemes = {scheme.name: scheme for scheme in program.schemes}
    return [[schemes[name] for name in names] for names in command.security]


def _in_words(alternatives: list[list[Scheme]]) -> str:
    ways = (" and ".join(name for scheme in found for name in _variables(scheme)) for found in alternatives)
    return ", or ".join(ways)


def _is_there(scheme: Scheme, environment: Mapping[str, str]) -> bool:
    return all(environment.get(secret.variable) for secret in scheme.secrets if secret.required)


def _made(program: Program, scheme: Scheme, environment: Mapping[str, str]) -> Any:
    from ..errors import ConfigurationError

    given = {
        secret.argument: environment[secret.variable]
        for secret in scheme.secrets
        if environment.get(secret.variable)
    }
    try:
        return getattr(import_module(f"{program.package}.auth"), scheme.class_name)(**given)
    except ConfigurationError as error:
        raise SetupError(f"{error}: see {' and '.join(_variables(scheme))}") from None


def _variables(scheme: Scheme) -> Iterator[str]:
    return (secret.variable for secret in scheme.secrets if secret.required)


def _missing(alternatives: list[list[Scheme]], environment: Mapping[str, str]) -> str:
    for alternative in alternatives:
        names = [name for scheme in alternative for name in _variables(scheme)]
        lacking = [name for name in names if not environment.get(name)]
        if len(lacking) < len(names):
            return f"the credentials are not complete: set {' and '.join(lacking)} too"
    return f"there are no credentials: set the environment variables {_in_words(alternatives)}"
