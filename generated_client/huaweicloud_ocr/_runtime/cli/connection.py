"""The client of a command: where it calls, as whom, and for how long it waits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

import click

from .credentials import credentials
from .exits import SetupError
from .help import CONNECTION, SectionOption
from .options import destination, to_click
from .table import Command, Program


def options(program: Program, command: Command) -> list[click.Parameter]:
    """Return the options for the connection."""
    settings = [setting for setting in program.settings if _is_for(setting.name, setting.location, command)]
    return [
        *(to_click(setting) for setting in settings),
        SectionOption(
            ["--endpoint"],
            section=CONNECTION,
            metavar="URL",
            required=not program.has_server,
            help="Address of the service, such as http://127.0.0.1:8765"
            + (", in place of the one that is known." if program.has_server else "."),
        ),
        SectionOption(
            ["--time-limit"],
            section=CONNECTION,
            metavar="SECONDS",
            type=click.FloatRange(min=0, min_open=True),
            help="Seconds that an attempt may take in all. Default: 60.",
        ),
        SectionOption(
            ["--retries"],
            section=CONNECTION,
            metavar="NUMBER",
            type=click.IntRange(min=0),
            help="How often a call is repeated that can succeed later. Default: 4.",
        ),
    ]


def open_client(
    program: Program,
    command: Command,
    values: Mapping[str, Any],
    *,
    kind: Literal["Client", "AsyncClient"] = "Client",
) -> Any:
    """Return a client for the calls of a command, to be closed.

    Args:
        program: The program.
        command: The command.
        values: What was given, by the names of `options`.
        kind: Which client.

    Raises:
        SetupError: A setting or the credentials do not serve.
    """
    settings: dict[str, Any] = {}
    for setting in program.settings:
        given = values.get(destination(setting))
        if given is None and setting.location == "client" and setting.name in command.client_options:
            raise SetupError(
                f"{setting.name} is missing: set the environment variable {setting.variable}, "
                f"or pass --{setting.flag}"
            )
        if given is not None:
            settings[setting.name] = given
    names = ("endpoint", "time_limit", "retries")
    settings.update({name: values[name] for name in names if values.get(name) is not None})
    # The address is held to its form first: nobody should be asked for a secret in vain.
    from ..errors import ConfigurationError

    auth = credentials(program, command, os.environ)
    try:
        return getattr(import_module(f"{program.package}.client"), kind)(auth=auth, **settings)
    except ConfigurationError as error:
        raise SetupError(str(error)) from None


def _is_for(name: str, location: str, command: Command) -> bool:
    return location == "server" or name in command.client_options
