"""What the description knows about an error code, and which fields of an error carry it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import attrs

from .codec import decode, wire_name
from .errors import ApiError, InvalidDataError

Retry: TypeAlias = Literal["safe", "after_fix", "never"]


@attrs.frozen(kw_only=True)
class ErrorCode:
    """One entry of the catalogue of error codes.

    Attributes:
        code: The code as sent, such as `AIS.0103`.
        status: HTTP status, or None where no public page states it.
        message: Text as sent, or None where no public page states it.
        meaning: What happened.
        remedy: What to do about it.
        retry: `safe`: the same request may succeed later; `after_fix`: change something first; `never`.
        kind: Of which kind it is, or None where the description knows no kinds.
    """

    code: str
    status: int | None
    message: str | None
    meaning: str
    remedy: str
    retry: Retry
    kind: str | None = None


@attrs.frozen(kw_only=True)
class ErrorKind:
    """A kind of errors, by what the caller can do about them.

    Attributes:
        name: Its name in the description.
        error: The exception that is raised for it.
        meaning: What happened.
        remedy: What to do about it.
        statuses: HTTP statuses that mean this kind where no known code says more.
        retry: As that of a code, for an error without a known one.
    """

    name: str
    error: type[ApiError]
    meaning: str
    remedy: str
    statuses: tuple[int, ...]
    retry: Retry


@attrs.frozen(kw_only=True)
class ErrorMembers:
    """What an error's body says: a text is None where it is absent or no text, the body where it does not fit."""

    code: str | None = None
    message: str | None = None
    request_id: str | None = None
    body: Any = None


@attrs.frozen(kw_only=True)
class ErrorFormat:
    """Where an error's code, text and request id stand in its model.

    Attributes:
        model: Type of an error's body.
        code: Attribute with the code, or None.
        message: Attribute with the text, or None.
        request_id: Attribute with the identifier of the call, or None.
        catalogue: Known codes.
        kinds: Known kinds of errors.
        is_text: The body is no JSON but text.
    """

    model: Any
    code: str | None = None
    message: str | None = None
    request_id: str | None = None
    catalogue: Mapping[str, ErrorCode] = attrs.field(factory=dict[str, ErrorCode])
    kinds: Mapping[str, ErrorKind] = attrs.field(factory=dict[str, ErrorKind])
    is_text: bool = False

    def kind(self, known: ErrorCode | None, status: int) -> ErrorKind | None:
        """Return the kind of an error: that of its code, else the one that its status means, else None."""
        if known is not None and known.kind is not None:
            return self.kinds.get(known.kind)
        return next((kind for kind in self.kinds.values() if status in kind.statuses), None)

    def read(self, content: bytes) -> ErrorMembers:
        """Take from an error's body what is there.

        Gateways and proxies answer with what they like, so nothing is required here and nothing raises.
        """
        try:
            members = decode(content, dict[str, Any])
        except InvalidDataError:
            members = {}
        names = (
            {field.name: wire_name(field) for field in attrs.fields(self.model)}
            if attrs.has(self.model)
            else {}
        )

        def text(name: str | None) -> str | None:
            value = members.get(names[name]) if name else None
            return value if isinstance(value, str) else None

        return ErrorMembers(
            code=text(self.code),
            message=text(self.message),
            request_id=text(self.request_id),
            body=self._body(content),
        )

    def _body(self, content: bytes) -> Any:
        if self.is_text:
            return content.decode("utf-8", "replace")
        try:
            return decode(content, self.model)
        except InvalidDataError:
            return None
