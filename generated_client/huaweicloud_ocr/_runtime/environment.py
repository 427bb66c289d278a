"""Settings from variables of the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .errors import ConfigurationError

if TYPE_CHECKING:
    from .authentication import Auth


class AuthVariables(NamedTuple):
    """Which variables hold the arguments of a way to authenticate.

    Attributes:
        make: Makes it from the arguments.
        required: Arguments without which it cannot be made, with the names of their variables.
        optional: The others.
    """

    make: Callable[..., Auth]
    required: Mapping[str, str]
    optional: Mapping[str, str]


def variable(name: str) -> str | None:
    """Return the value of a variable; one that is empty is not set."""
    return os.environ.get(name) or None


def auth_from_environment(ways: Sequence[AuthVariables]) -> Auth | None:
    """Return the first way to authenticate whose variables are set, or None where no variable of any is set.

    Raises:
        ConfigurationError: Some of the variables are set, but one that goes with them is missing, or a value is
            not usable. The message names variables and shows no value.
    """
    incomplete: list[tuple[list[str], list[str]]] = []
    for way in ways:
        arguments = {**way.required, **way.optional}
        values = {argument: value for argument, name in arguments.items() if (value := variable(name))}
        missing = [name for argument, name in way.required.items() if argument not in values]
        if not missing:
            try:
                return way.make(**values)
            except ConfigurationError as error:
                names = _listed([arguments[argument] for argument in values])
                raise ConfigurationError(f"in the environment ({names}): {error}") from None
        if values:
            incomplete.append(([arguments[argument] for argument in values], missing))
    for found, missing in incomplete:
        raise ConfigurationError(
            f"the environment has {_listed(found)}, but {_listed(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing: set {'it' if len(missing) == 1 else 'them'} too, "
            "or pass auth"
        )
    return None


def required_auth(ways: Sequence[AuthVariables], classes: Sequence[str]) -> Auth:
    """Return what `auth_from_environment` finds.

    Args:
        ways: Where to look.
        classes: Names of the classes that `auth` can have.

    Raises:
        ConfigurationError: Nothing is found; the message names both ways to change that.
    """
    found = auth_from_environment(ways)
    if found is None:
        in_code = " or ".join(f"{name}(…)" for name in classes)
        variables = "; or ".join(_listed(list(way.required.values())) for way in ways)
        raise ConfigurationError(
            f"there are no credentials: pass auth={in_code}, or set {variables} in the environment"
        )
    return found


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
