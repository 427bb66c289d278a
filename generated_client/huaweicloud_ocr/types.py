# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Types that calls take and return besides the models."""

from ._runtime.authentication import Auth
from ._runtime.encoded import Base64, FileInput
from ._runtime.messages import HttpRequest, RawResponse, Response
from ._runtime.unset import UNSET, Unset

__all__ = ["UNSET", "Auth", "Base64", "FileInput", "HttpRequest", "RawResponse", "Response", "Unset"]
