# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.absent import Unset
from .._runtime.model import Model
from .._runtime.unset import UNSET


@attrs.frozen(kw_only=True)
class Error(Model):
    """What went wrong, in every answer that is not a success.

    Attributes:
        error_code: What went wrong, as a code. The known codes stand in `x-error-codes`, each with its
            message, its meaning and what to do; treat any other value as a code you do not know. Each is of
            one of the kinds in `x-error-kinds`, and a status without a known code may be of one, too.
        error_msg: What went wrong, in words. Meant for people; it may change.
        request_id: Identifier of the call in the operator's log. The API gateway sends it beside its own
            errors.
    """

    error_code: str
    error_msg: str
    request_id: str | Unset = UNSET
