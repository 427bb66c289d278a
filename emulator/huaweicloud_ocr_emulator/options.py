"""The options of the command, made from the settings, and what is said of settings that are not usable."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticUndefined

from huaweicloud_ocr_emulator import __version__
from huaweicloud_ocr_emulator.settings import ENVIRONMENT_PREFIX, Settings, from_file

_ABOUT: Final = f"""\
Serve Handwritten Text OCR and Web Image OCR on this machine.

Each option may stand in a variable of the environment, --rate-limit in {ENVIRONMENT_PREFIX}RATE_LIMIT,
or in a TOML file that --config names, as rate_limit. Options count before variables, and variables before the file.
"""
_EXAMPLE: Final = """\
example:
  huaweicloud-ocr-emulator --port 8765 --token secret --rate-limit 60/min

  from huaweicloud_ocr import Client, TokenAuth
  client = Client(endpoint="http://127.0.0.1:8765", project_id="local", auth=TokenAuth("secret"))

exit codes: 0 it was told to end; 1 it cannot be served, or --check found none; 2 an option or setting is wrong
"""
_METAVARS: Final = {
    "rate_limit": "N/UNIT",
    "fault": "CODE[:SHARE]",
    "token": "TOKEN",
    "sk": "SECRET",
    "password": "SECRET",
    "ak": "KEY",
    "user": "NAME",
    "host": "ADDRESS",
    "allow_origin": "ORIGIN",
}


def read_settings(arguments: Sequence[str] | None) -> tuple[Settings, bool]:
    """Return what the arguments, the environment and a file say, and whether only to look for a service.

    Raises:
        SystemExit: They do not make sense; the reason stands on standard error. Or help was asked for.
    """
    parser = _parser()
    given = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value is not None}
    is_check: bool = given.pop("check")
    config: Path | None = given.pop("config", None) or _path(os.environ.get(f"{ENVIRONMENT_PREFIX}CONFIG"))
    try:
        return (Settings(**given) if config is None else from_file(config, **given)), is_check
    except ValidationError as error:
        parser.error("\n".join(_said(problem, given, config) for problem in error.errors()))
    except OSError as error:
        parser.error(f"--config: {config} cannot be read: {error.strerror or error}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        parser.error(f"--config: {config} is no TOML: {error}")


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huaweicloud-ocr-emulator",
        description=_ABOUT,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help=f"a TOML file with settings (or {ENVIRONMENT_PREFIX}CONFIG)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="serve nothing: tell by the exit code whether a service at this address can read pictures",
    )
    for name, field in Settings.model_fields.items():
        parser.add_argument(_flag(name), dest=name, **_option(name, field))
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _option(name: str, field: FieldInfo) -> dict[str, Any]:
    about = field.description or ""
    if field.annotation is bool:
        return {"action": argparse.BooleanOptionalAction, "help": about, "default": None}
    default = field.default_factory() if field.default_factory else field.default  # type: ignore[call-arg]
    if default not in (None, (), PydanticUndefined):
        about += f" (default: {default:g})" if isinstance(default, float) else f" (default: {default})"
    if get_origin(field.annotation) is Literal:
        return {"choices": get_args(field.annotation), "help": about}
    metavar = _METAVARS.get(name, "SECONDS" if field.annotation is float else "N")
    action = "append" if field.annotation is not None and get_origin(field.annotation) is tuple else "store"
    return {"action": action, "metavar": metavar, "help": about.replace("%", "%%")}


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _said(problem: ErrorDetails, given: Mapping[str, Any], config: Path | None) -> str:
    """Say what is wrong with a setting, and where it comes from; its value is left out, which may be a secret."""
    why = problem["msg"].removeprefix("Value error, ")
    if not problem["loc"]:
        return why
    name = str(problem["loc"][0])
    if name not in Settings.model_fields:
        return f"{config}: there is no setting {name}: --help tells which there are"
    variable = f"{ENVIRONMENT_PREFIX}{name.upper()}"
    if name in given:
        place = f"argument {_flag(name)}"
    elif os.environ.get(variable):
        place = variable
    else:
        place = f"{config}: {name}"
    return f"{place}: {why[:1].lower()}{why[1:]}"
