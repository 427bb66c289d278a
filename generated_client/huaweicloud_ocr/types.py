# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Types that calls take and return besides the models."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._runtime.authentication import Auth
    from ._runtime.encoded import Base64, FileInput
    from ._runtime.events import AttemptEnded, CallEnded, Event, Observer
    from ._runtime.files import File, PlainFile
    from ._runtime.json_value import JsonValue
    from ._runtime.messages import HttpRequest, RawResponse, Response
    from ._runtime.refreshing import RefreshingAuth
    from ._runtime.retries import Retry
    from ._runtime.unset import UNSET, Unset
else:
    from ._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        __package__,
        {
            "AttemptEnded": "._runtime.events",
            "Auth": "._runtime.authentication",
            "Base64": "._runtime.encoded",
            "CallEnded": "._runtime.events",
            "Event": "._runtime.events",
            "File": "._runtime.files",
            "FileInput": "._runtime.encoded",
            "HttpRequest": "._runtime.messages",
            "JsonValue": "._runtime.json_value",
            "Observer": "._runtime.events",
            "PlainFile": "._runtime.files",
            "RawResponse": "._runtime.messages",
            "RefreshingAuth": "._runtime.refreshing",
            "Response": "._runtime.messages",
            "Retry": "._runtime.retries",
            "UNSET": "._runtime.unset",
            "Unset": "._runtime.unset",
        },
    )

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
