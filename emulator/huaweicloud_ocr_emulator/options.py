"""The options of the command, made from the settings, and what is said of settings that are not usable."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NoReturn, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from huaweicloud_ocr_emulator import __version__
from huaweicloud_ocr_emulator.settings import ENVIRONMENT_PREFIX, Settings, from_file, shown
from huaweicloud_ocr_emulator.wrong_settings import did_you_mean, tell

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

exit codes: 0 it was told to end, by one signal or two; 1 it cannot be served, or --check found none; 2 an option or
setting is wrong; 130 or 143 it was told to end before it served
"""
_HELP: Final = ": --help tells which there are"
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


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line: the usage of all options would bury it."""

    def error(self, message: str) -> NoReturn:
        """End with 2."""
        self.exit(2, "".join(f"{self.prog}: {line}\n" for line in message.splitlines()))


def read_settings(arguments: Sequence[str] | None) -> tuple[Settings, bool]:
    """Return what the arguments, the environment and a file say, and whether only to look for a service.

    Raises:
        SystemExit: They do not make sense; the reason stands on standard error. Or help was asked for.
    """
    parser = _parser()
    parsed, others = parser.parse_known_args(arguments)
    if others:
        # What is no option, or follows one, may be a secret.
        option = others[0].partition("=")[0]
        if not option.startswith("-"):
            parser.error("there is an argument that belongs to no option: put what has spaces in quotes")
        options = (option for action in parser._actions for option in action.option_strings)
        parser.error(f"there is no option {shown(option)}{did_you_mean(option, options) or _HELP}")
    given = {name: value for name, value in vars(parsed).items() if value is not None}
    is_check: bool = given.pop("check")
    config: Path | None = given.pop("config", None) or _path(os.environ.get(f"{ENVIRONMENT_PREFIX}CONFIG"))
    places = _Places(given, config)
    if wrong := list(_misspelt_variables()):
        parser.error("\n".join(wrong))
    try:
        settings = Settings(**given) if config is None else from_file(config, **given)
    except ValidationError as error:
        parser.error(tell(error, places.of, places.unknown))
    except OSError as error:
        parser.error(f"--config: {config} cannot be read: {error.strerror or error}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        parser.error(f"--config: {config} is no TOML: {error}")
    except RecursionError:
        parser.error(f"--config: {config} is nested too deeply")
    if is_check and settings.port == 0:
        parser.error(f"{places.of('port')}: 0 is no port to check: say the one that the service told")
    if problem := _unknown_fault(settings):
        parser.error(f"{places.of('fault')}: {problem}")
    return settings, is_check


def _misspelt_variables() -> Iterator[str]:
    known = [f"{ENVIRONMENT_PREFIX}{name.upper()}" for name in (*Settings.model_fields, "config")]
    for name, value in os.environ.items():
        if value and name.upper().startswith(ENVIRONMENT_PREFIX) and name.upper() not in known:
            yield f"{shown(name)[1:-1]}: there is no such setting{did_you_mean(name, known) or _HELP}"


def _unknown_fault(settings: Settings) -> str | None:
    if not settings.fault:
        return None
    # Only for who rehearses faults, because the description takes a moment to read.
    from huaweicloud_ocr_emulator.contract import ContractError, load_contract
    from huaweicloud_ocr_emulator.throttle import UnknownFault, require_known

    try:
        require_known(settings.fault, load_contract().errors)
    except UnknownFault as error:
        return str(error)
    except ContractError:
        pass  # which is told at the start
    return None


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _parser() -> _Parser:
    parser = _Parser(
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
        return {"metavar": "{" + ",".join(get_args(field.annotation)) + "}", "help": about}
    metavar = _METAVARS.get(name, "SECONDS" if field.annotation is float else "N")
    action = "append" if field.annotation is not None and get_origin(field.annotation) is tuple else "store"
    return {"action": action, "metavar": metavar, "help": about.replace("%", "%%")}


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


class _Places:
    """Where settings stand."""

    def __init__(self, given: Mapping[str, Any], config: Path | None) -> None:
        """Take what the arguments say, and the file."""
        self._given = given
        self._config = config

    def of(self, name: str) -> str:
        """Return the option, the variable, or the file and the name in it, that a setting comes from."""
        if name in self._given:
            return f"argument {_flag(name)}"
        variable = f"{ENVIRONMENT_PREFIX}{name.upper()}"
        if any(other.upper() == variable and value for other, value in os.environ.items()):
            return variable
        return f"{self._config}: {name}" if self._config else f"argument {_flag(name)}"

    def unknown(self, name: str) -> str:
        """Say that the file has a setting that there is not."""
        meant = did_you_mean(name.replace("-", "_"), Settings.model_fields)
        return f"{self._config}: there is no setting {shown(name)[1:-1]}{meant or _HELP}"
