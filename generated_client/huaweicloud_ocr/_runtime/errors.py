"""Every exception that this package raises.

OcrError
 ├─ ConfigurationError       the client was set up wrongly
 ├─ InvalidRequestError      a request that breaks the description; nothing was sent
 ├─ InvalidDataError         a dict does not fit the model that it was read into
 │   └─ InvalidResponseError the service answered with something that the description does not allow
 ├─ ApiError                 the service answered with an error
 └─ TransportError           there is no answer
     ├─ ConnectionFailedError   no connection
     ├─ TimeLimitError          the answer took too long
     └─ BrokenResponseError     the connection broke before the answer was complete
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from .text import one_line

if TYPE_CHECKING:
    from .error_codes import ErrorCode, ErrorKind
    from .messages import RawResponse


class OcrError(Exception):
    """Base of every exception that this package raises.

    Attributes:
        attempts: How many requests were sent before it was raised.
    """

    attempts: int = 0

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later, without being changed and without having been carried out."""
        return False

    def __reduce__(self) -> tuple[Any, ...]:
        # The stock protocol calls the class with `args` alone, which fails where keywords are required.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[OcrError], args: tuple[Any, ...], state: dict[str, Any]) -> OcrError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    if notes := state.get("__notes__"):
        error.__notes__ = list(notes)  # a copy gets notes of its own
    return error


class ConfigurationError(OcrError, ValueError):
    """The client was set up wrongly; the message says what to change."""


class InvalidRequestError(OcrError, ValueError):
    """A request breaks the description. It was found before anything was sent."""


class InvalidDataError(OcrError, ValueError):
    """A value does not fit the model that it was read into.

    Attributes:
        path: Where, as a JSON path such as `$.result.words_block_list[3].location`.
    """

    def __init__(self, message: str, *, path: str = "$") -> None:
        super().__init__(message)
        self.path = path


class InvalidResponseError(InvalidDataError):
    """The service answered with something that the description does not allow.

    Attributes:
        path: Where in the body, as a JSON path; `$` when it is the answer as a whole.
        response: The answer as it came.
        method: HTTP method of the call.
        url: Address of the call, without query.
    """

    attempts = 1

    def __init__(
        self, message: str, *, response: RawResponse, method: str, url: str, path: str = "$"
    ) -> None:
        super().__init__(message, path=path)
        self.response = response
        self.method = method
        self.url = url


class ApiError(OcrError):
    """The service answered with an error.

    Where the description knows kinds of errors, one that it knows has the class of its kind: that of its code, which
    counts before its status, or else the one that its status means.

    Attributes:
        kind: Name of the kind in the description, such as `not-found`, or None when it knows none.
        status: HTTP status of the answer.
        error_code: Code of the error, or None when the answer had none.
        error_msg: Text of the error as sent, or None when the answer had none.
        request_id: Identifier of the call in the service's log, or None; support asks for it.
        meaning: What the code means, or what the status does when the description does not know the code, or None.
        remedy: What to do about it, or None when the description knows neither code nor status.
        retry: `safe`: the same request may succeed later; `after_fix`: change something first; `never`; or None when
            the description knows neither code nor status.
        retry_after: Seconds to wait before the same request, as the service asks in the header `Retry-After`, or None.
        method: HTTP method of the call.
        url: Address of the call, without query.
        response: The answer as it came.
        body: The documented model of the answer, or None when it does not fit that.
        attempts: How many requests were sent.
    """

    attempts = 1

    def __init__(
        self,
        *,
        status: int,
        error_code: str | None,
        error_msg: str | None,
        request_id: str | None,
        known: ErrorCode | None,
        method: str,
        url: str,
        response: RawResponse,
        body: Any = None,
        kind: ErrorKind | None = None,
    ) -> None:
        from .retry_after import retry_after  # it is not needed before there is an error

        advice = known or kind
        self.kind = kind.name if kind else None
        self.status = status
        self.error_code = error_code
        self.error_msg = error_msg
        self.request_id = request_id
        self.meaning = advice.meaning if advice else None
        self.remedy = advice.remedy if advice else None
        self.retry = advice.retry if advice else None
        self.retry_after = retry_after(response.headers)
        self.method = method
        self.url = url
        self.response = response
        self.body = body
        super().__init__(self._message())

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later, as far as the description knows the code or the status."""
        return self.retry == "safe"

    def _message(self) -> str:
        parts = (one_line(self.error_code or "", 60), one_line(self.error_msg or "", 200))
        what = " ".join(filter(None, parts))
        head = f"{self.status} {what}".rstrip() if what else f"{self.status} with {_excerpt(self.response)}"
        details = [_call(self.method, self.url)]
        if self.request_id:
            details.append(f"request id {one_line(self.request_id, 80)}")
        lines = [f"{head} ({', '.join(details)})"]
        if self.remedy:
            lines.append(one_line(self.remedy, 240))
        return "\n".join(lines)


def _call(method: str, url: str) -> str:
    return f"{method} {one_line(url, 160)}"


def _excerpt(response: RawResponse) -> str:
    text = one_line(response.content[:400].decode("utf-8", "replace"), 120)
    return f"the body {text!r}" if text else "an empty body"


class TransportError(OcrError):
    """There is no answer.

    Attributes:
        method: HTTP method of the call.
        url: Address of the call, without query.
        sent: Whether the request may have reached the service, and may have been carried out.
        attempts: How many requests were sent.
    """

    attempts = 1

    def __init__(self, message: str, *, method: str, url: str, sent: bool) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.sent = sent

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later and was surely not carried out, since it was not sent."""
        return not self.sent

    @classmethod
    def because(cls, why: str, *, method: str, url: str, sent: bool) -> Self:
        """Make an error that says what happened to which call, and why as far as that is known."""
        what = f"{cls._what}: {one_line(why, 200)}" if why else cls._what
        return cls(f"{what} ({_call(method, url)})", method=method, url=url, sent=sent)

    _what: ClassVar = "No answer"


class ConnectionFailedError(TransportError):
    """No connection to the service: name, address, network, proxy or certificate."""

    _what = "No connection"


class TimeLimitError(TransportError):
    """The answer took longer than the time limit."""

    _what = "The time limit ran out"


class BrokenResponseError(TransportError):
    """The connection broke before the answer was complete, or the answer is not HTTP."""

    _what = "The answer broke off"
