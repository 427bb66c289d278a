"""Every exception that this package raises.

ClientError
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
    from .error_codes import ErrorCode
    from .messages import RawResponse


class ClientError(Exception):
    """Base of every exception that this package raises.

    Attributes:
        attempts: How many requests were sent before it was raised.
    """

    attempts: int = 0

    def __reduce__(self) -> tuple[Any, ...]:
        # The stock protocol calls the class with `args` alone, which fails where keywords are required.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[ClientError], args: tuple[Any, ...], state: dict[str, Any]) -> ClientError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(ClientError, ValueError):
    """The client was set up wrongly; the message says what to change."""


class InvalidRequestError(ClientError, ValueError):
    """A request breaks the description. It was found before anything was sent."""


class InvalidDataError(ClientError, ValueError):
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
    """

    def __init__(self, message: str, *, response: RawResponse, path: str = "$") -> None:
        super().__init__(message, path=path)
        self.response = response


class ApiError(ClientError):
    """The service answered with an error.

    Attributes:
        status: HTTP status of the answer.
        error_code: Code of the error, or None when the answer had none.
        error_msg: Text of the error as sent, or None when the answer had none.
        request_id: Identifier of the call in the service's log, or None; support asks for it.
        meaning: What the code means, or None when the description does not know it.
        remedy: What to do about it, or None when the description does not know the code.
        retry: `safe`, `after_fix` or `never`, or None when the description does not know the code.
        method: HTTP method of the call.
        url: Address of the call, without query.
        response: The answer as it came.
        body: The documented model of the answer, or None when it does not fit that.
    """

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
    ) -> None:
        self.status = status
        self.error_code = error_code
        self.error_msg = error_msg
        self.request_id = request_id
        self.meaning = known.meaning if known else None
        self.remedy = known.remedy if known else None
        self.retry = known.retry if known else None
        self.method = method
        self.url = url
        self.response = response
        self.body = body
        self.retry_after: float | None = None
        super().__init__(self._message())

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later, as far as the description knows the code."""
        return self.retry == "safe"

    def _message(self) -> str:
        what = " ".join(one_line(part, 200) for part in (self.error_code, self.error_msg) if part)
        head = f"{self.status} {what}".rstrip() if what else f"{self.status} with {_excerpt(self.response)}"
        details = [_call(self.method, self.url)]
        if self.request_id:
            details.append(f"request id {one_line(self.request_id, 80)}")
        lines = [f"{head} ({', '.join(details)})"]
        if self.remedy:
            lines.append(one_line(self.remedy, 400))
        return "\n".join(lines)


def _call(method: str, url: str) -> str:
    return f"{method} {one_line(url, 200)}"


def _excerpt(response: RawResponse) -> str:
    text = one_line(response.content[:400].decode("utf-8", "replace"), 120)
    return f"the body {text!r}" if text else "an empty body"


class TransportError(ClientError):
    """There is no answer.

    Attributes:
        method: HTTP method of the call.
        url: Address of the call, without query.
        sent: Whether the request may have reached the service, and may have been carried out.
    """

    def __init__(self, message: str, *, method: str, url: str, sent: bool) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.sent = sent

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
