# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Types that calls take and return besides the models."""

from ._runtime.authentication import Auth
from ._runtime.encoded import Base64, FileInput
from ._runtime.events import AttemptEnded, CallEnded, Event, Observer
from ._runtime.files import File, PlainFile
from ._runtime.json_value import JsonValue
from ._runtime.messages import HttpRequest, RawResponse, Response
from ._runtime.refreshing import RefreshingAuth
from ._runtime.retries import Retry
from ._runtime.unset import UNSET, Unset

__all__ = [
    "UNSET",
    "AttemptEnded",
    "Auth",
    "Base64",
    "CallEnded",
    "Event",
    "File",
    "FileInput",
    "HttpRequest",
    "JsonValue",
    "Observer",
    "PlainFile",
    "RawResponse",
    "RefreshingAuth",
    "Response",
    "Retry",
    "Unset",
]
