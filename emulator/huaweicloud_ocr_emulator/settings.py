"""What can be set about the service: by options, variables of the environment and a file, in this order."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, cast

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ENVIRONMENT_PREFIX: Final = "HUAWEICLOUD_OCR_EMULATOR_"

SECRETS: Final = ("token", "sk", "password")
"""The settings whose values no message may show."""

_LONGEST_SHOWN: Final = 80
_UNITS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}
_RATE: Final = re.compile(r"(?P<calls>[0-9]{1,9})/(?P<unit>s|min|h)")
_ORIGIN: Final = re.compile(r"null|https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_FAULT: Final = re.compile(r"(?P<code>[A-Za-z]+\.[0-9]+)(?::(?P<share>[0-9.]+))?")


def available_cores() -> int:
    """Return how many cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shown(value: object) -> str:
    """Return a value for a message: on one line, and cut where it gets long."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many calls are served in any span of some seconds."""

    calls: int
    seconds: float

    @classmethod
    def parse(cls, text: object) -> object:
        """Read `60/min`; anything but a text is returned as it is."""
        if not isinstance(text, str):
            return text
        match = _RATE.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{shown(text)} is no rate: say it as 60/min, with s, min or h")
        if int(match["calls"]) == 0:
            raise ValueError(f"{shown(text)} serves no call: say at least 1/{match['unit']}")
        return cls(int(match["calls"]), _UNITS[match["unit"]])


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """An error that a share of the calls, from 0 to 1, ends with though nothing is wrong."""

    code: str
    share: float

    @classmethod
    def parse(cls, text: object) -> object:
        """Read `ModelArts.4403:0.1`; anything but a text is returned as it is."""
        if not isinstance(text, str):
            return text
        match = _FAULT.fullmatch(text.strip())
        try:
            share = float(match["share"] or 1) if match else -1.0
        except ValueError:
            share = -1.0
        if match is None or not 0 <= share <= 1:
            raise ValueError(
                f"{shown(text)} is no fault: say it as ModelArts.4403:0.1, an error code and a share of the calls"
            )
        return cls(match["code"], share)


def _list(value: object) -> object:
    """Take a list from one text, as variables of the environment hold it."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _rehearsed(value: object) -> object:
    if not isinstance(value, (list, tuple)):
        return value
    return [Rehearsed.parse(item) for item in cast("Sequence[object]", value)]


class Settings(BaseSettings):
    """How the service behaves where the description of the API leaves it open.

    A setting that is not given comes from the variable of the environment that is called after it, such as
    `HUAWEICLOUD_OCR_EMULATOR_RATE_LIMIT`. Secrets are never in the repr.
    """

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        allow_inf_nan=False,
    )

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8765, ge=0, le=65535, description="port to listen on, 0 for any free one")
    token: SecretStr | None = Field(
        default=None,
        description="a token that is accepted; without any credentials here, every one that is not empty is",
    )
    ak: str | None = Field(
        default=None, description="access key whose signatures are verified, with the secret key of --sk"
    )
    sk: SecretStr | None = Field(
        default=None,
        description=f"its secret key; better as {ENVIRONMENT_PREFIX}SK, for others can read the arguments of a process",
    )
    user: str | None = Field(
        default=None,
        description="user to whom POST /v3/auth/tokens gives tokens; without one, to anybody, and to nobody once "
        "--token or --ak is set",
    )
    password: SecretStr | None = Field(
        default=None, description=f"the password of this user; better as {ENVIRONMENT_PREFIX}PASSWORD"
    )
    expire_after: float = Field(
        default=86400.0, gt=0, le=86400, description="seconds that a token of POST /v3/auth/tokens is valid"
    )
    unsubscribed: bool = Field(
        default=False,
        description="answer as if the account had not subscribed to the operations (ModelArts.4204)",
    )
    rate_limit: Annotated[RateLimit | None, BeforeValidator(RateLimit.parse)] = Field(
        default=None, description="calls that are served, such as 60/min; APIG.0308 beyond"
    )
    fault: Annotated[tuple[Rehearsed, ...], NoDecode, BeforeValidator(_rehearsed), BeforeValidator(_list)] = (
        Field(
            default=(),
            description="end a share of all calls with an error, such as ModelArts.4403:0.1; may be repeated, in a "
            "variable with commas between",
        )
    )
    seed: int | None = Field(
        default=None, description="where the dice of --fault begin, for runs that are alike"
    )
    workers: int = Field(
        default_factory=available_cores,
        ge=1,
        le=256,
        description="pictures that are read at once, one core each",
    )
    queue: int = Field(
        default=32,
        ge=0,
        le=100_000,
        description="calls that wait for a worker at most; ModelArts.4401 beyond",
    )
    held_megabytes: int = Field(
        default=256,
        ge=32,
        description="megabytes of requests and pictures that are held at once; ModelArts.4401 beyond",
    )
    recognition_seconds: float = Field(
        default=60.0,
        gt=0,
        le=86400,
        description="seconds after which a recognition is given up (ModelArts.4402)",
    )
    body_seconds: float = Field(
        default=30.0, gt=0, le=86400, description="seconds in which a request has to arrive (ModelArts.4104)"
    )
    allow_origin: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_list)] = Field(
        default=(),
        description="origin of pages that may call the service from a browser, such as https://example.com, beside "
        "those of this machine; may be repeated, in a variable with commas between",
    )
    allow_private_urls: bool = Field(
        default=False,
        description="fetch pictures from private addresses too, such as a server on this machine; for tests only",
    )
    fetch_seconds: float = Field(
        default=15.0,
        gt=0,
        le=86400,
        description="seconds for fetching a picture from its URL, redirects included",
    )
    fetch_redirects: int = Field(
        default=3, ge=0, le=20, description="redirects that are followed on the way to a picture"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="how much to log"
    )
    log_format: Literal["console", "json"] = Field(default="console", description="lines for people, or JSON")
    log_words: bool = Field(default=False, description="also log the text that was recognised")

    @field_validator(*SECRETS)
    @classmethod
    def _can_be_sent(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not secret.get_secret_value().strip():
            raise ValueError("an empty one cannot be sent: choose another, or leave it out")
        return secret

    @field_validator("host")
    @classmethod
    def _is_named(cls, host: str) -> str:
        if not host.strip():
            raise ValueError(
                "is empty: say 127.0.0.1 for this machine alone, or 0.0.0.0 for all that reach it"
            )
        return host

    @field_validator("fault")
    @classmethod
    def _add_up(cls, faults: tuple[Rehearsed, ...]) -> tuple[Rehearsed, ...]:
        together = math.fsum(fault.share for fault in faults)
        if together > 1 + 1e-9:  # shares such as 0.1 are no exact fractions
            raise ValueError(
                f"the shares add up to {together:g}, more than all calls: lower them to 1 together"
            )
        return faults

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for pair in (("ak", "sk"), ("user", "password")):
            given = [name for name in pair if getattr(self, name) is not None]
            if len(given) == 1:
                missing = next(name for name in pair if name not in given)
                raise PydanticCustomError(
                    "goes_together", "{given} needs {missing} too", {"given": given[0], "missing": missing}
                )
        return self

    @field_validator("allow_origin")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(
                    f"{origin!r} is no origin: say it as browsers do, such as https://example.com, without a path"
                )
        return origins

    @property
    def asks_for_credentials(self) -> bool:
        """Whether credentials are held to those that are set here."""
        return any(secret is not None for secret in (self.token, self.ak, self.user))

    @property
    def finish_seconds(self) -> float:
        """Seconds that calls in flight get when the service is told to end: what one that need not wait can take."""
        return self.body_seconds + self.fetch_seconds + self.recognition_seconds

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take arguments before variables, and nothing else."""
        return init_settings, env_settings


def explicit(**given: Any) -> Settings:
    """Return settings that come from what is given and nowhere else: no variable of the environment counts.

    Raises:
        pydantic.ValidationError: A setting is not usable, or has no meaning.
    """

    class Explicit(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            """Take what is given alone."""
            return (init_settings,)

    return Explicit(**given)


def from_file(path: Path, **given: Any) -> Settings:
    """Return settings that come from a TOML file where neither arguments nor variables say otherwise.

    Raises:
        OSError: It cannot be read.
        tomllib.TOMLDecodeError: It is no TOML.
        pydantic.ValidationError: A setting is not usable, or has no meaning.
    """
    with path.open("rb"):
        pass  # the library takes a file that is not there for an empty one

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            """Take the file last."""
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    return FromFile(**given)
