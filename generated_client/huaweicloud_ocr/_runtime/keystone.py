"""Tokens of an identity service that speaks Keystone v3: how one is asked for, and what the answer says."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any, Final, cast

import attrs

from .codec import decode
from .error_codes import ErrorCode
from .errors import ApiError, InvalidDataError, InvalidResponseError, TransportError
from .hidden import Hidden
from .hidden_echoes import hide
from .messages import HttpRequest, RawResponse
from .text import is_visible_ascii, one_line

TOKEN_HEADER: Final = "X-Subject-Token"
"""Header of an answer that carries the token."""

TIME_LIMIT: Final = 30.0
"""Seconds that asking for a token may take in all."""

LONGEST_LIFETIME: Final = datetime.timedelta(days=1)
"""The longest that a token is believed to be valid, whatever the answer says."""

UNKNOWN_LIFETIME: Final = datetime.timedelta(hours=1)
"""How long a token is taken to be valid whose answer does not say so, or says that it has expired already."""

_NOT_THERE: Final = frozenset({404, 405, 410, 501})
"""What a server says that has no tokens to give."""

_CHECK_ADDRESS: Final = (
    "Check `endpoint` and `region` of PasswordAuth, and the network and its proxies on the way there"
)
_LONGEST_TOKEN: Final = 64 * 1024
_MAY_BE_REPEATED: Final = frozenset({408, 425, 429})
_HIDDEN: Final = "<hidden>"
_SHOWN_HEADERS: Final = ("Content-Type", "Date", "Retry-After", "X-Request-Id", "X-Openstack-Request-Id")


@attrs.frozen(kw_only=True, repr=False)
class Login:
    """Who asks for a token, and for what. Its repr tells nothing.

    Attributes:
        url: Address of the request.
        user: Name of the user.
        password: The password.
        domain: Name of the domain, which is the account, that the user belongs to.
        project: Name of the project that the token is for; None for a token without one.
        refused: What is raised when user and password are refused.
    """

    url: str
    user: str
    password: Hidden
    domain: str
    project: str | None
    refused: type[ApiError] = ApiError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_HIDDEN})"

    def request(self) -> HttpRequest:
        """Make the request."""
        user = {"name": self.user, "password": self.password.reveal(), "domain": {"name": self.domain}}
        auth: dict[str, Any] = {"identity": {"methods": ["password"], "password": {"user": user}}}
        if self.project is not None:
            auth["scope"] = {"project": {"name": self.project}}
        return HttpRequest(
            method="POST",
            url=self.url,
            headers={"Accept": "application/json", "Content-Type": "application/json"},
            content=json.dumps({"auth": auth}, ensure_ascii=False).encode(),
            time_limit=TIME_LIMIT,
        )

    def read(
        self, request: HttpRequest, raw: RawResponse, asked: datetime.datetime
    ) -> tuple[str, datetime.timedelta]:
        """Return a token, and for how long it is valid from when it was asked for.

        Raises:
            ApiError: There is none, but an error.
            InvalidResponseError: There is none, though the answer is a success.
        """
        if not 200 <= raw.status_code < 300:
            raise self._refusal(request, raw)
        token = raw.headers.get(TOKEN_HEADER, "")
        if not token or len(token) > _LONGEST_TOKEN or not is_visible_ascii(token):
            what = "has no token" if not token else "has a token that no header carries"
            del token  # the variables of this function are in the report of an error
            hint = f": no identity service answers there. {_CHECK_ADDRESS}" if _is_foreign(raw) else ""
            raise InvalidResponseError(
                f"the answer to {request.call} {what}, in its header {TOKEN_HEADER}{hint}",
                response=self._shown(raw),
                method=request.method,
                url=request.address,
            )
        return token, _lifetime(raw.content, asked)

    def _refusal(self, request: HttpRequest, raw: RawResponse) -> ApiError:
        raw = self._shown(raw)
        code, message = _error(raw.content)
        headers = raw.headers
        kind = self.refused if raw.status_code == 401 else ApiError
        return kind(
            status=raw.status_code,
            error_code=code,
            error_msg=message,
            request_id=headers.get("X-Request-Id") or headers.get("X-Openstack-Request-Id"),
            known=_known(code, raw),
            method=request.method,
            url=request.address,
            response=raw,
        )

    def _shown(self, raw: RawResponse) -> RawResponse:
        """Return of an answer what an error may show: there may be a token in its headers, or an echo in its body."""
        content = hide(raw.content, self.password)
        headers = {name: raw.headers[name] for name in _SHOWN_HEADERS if name in raw.headers}
        return RawResponse(status_code=raw.status_code, headers=headers, content=content)


def is_final(error: ApiError) -> bool:
    """Whether the same request would be refused again."""
    return 400 <= error.status < 500 and error.status not in _MAY_BE_REPEATED


def explain(error: TransportError) -> None:
    """Say in the message of an error that it was a token that could not be had, and what to check."""
    error.args = (f"{error}\nNo token could be asked for. {_CHECK_ADDRESS}.",)


def _known(code: str | None, raw: RawResponse) -> ErrorCode:
    status = raw.status_code
    is_refused = 300 <= status < 500 and status not in _MAY_BE_REPEATED
    meaning, remedy = "the identity service gave no token", "Try again later."
    if _is_elsewhere(raw):
        is_refused = True
        meaning = "there is no identity service at this address"
        remedy = f"No identity service answers there. {_CHECK_ADDRESS}; then make a new object."
    elif is_refused:
        meaning += ": user, password, domain or project is not as it has to be"
        remedy = (
            "Check user, password, domain, project and region, and make a new object with them. This one does not "
            "ask again, because a few wrong passwords lock an account."
        )
    return ErrorCode(
        code=code or str(status),
        status=status,
        message=None,
        meaning=meaning,
        remedy=remedy,
        retry="after_fix" if is_refused else "safe",
    )


def _is_elsewhere(raw: RawResponse) -> bool:
    """Whether an error comes from a server that is no identity service, as far as it can be seen."""
    # Keystone says 404 of a domain or a project too, in its own form.
    if raw.status_code in _NOT_THERE:
        return not isinstance(_object(raw.content).get("error"), dict)
    return 300 <= raw.status_code < 400 or (raw.status_code < 500 and _is_foreign(raw))


def _is_foreign(raw: RawResponse) -> bool:
    """Whether the body is something else than JSON, such as the page of a web server or of a login."""
    return bool(raw.content.strip()) and not raw.content.lstrip().startswith((b"{", b"["))


def _error(content: bytes) -> tuple[str | None, str | None]:
    """Return code and text of an error, in any of the forms that there are."""
    members = _object(content)
    inner = members.get("error")
    for holder in (members, cast("dict[str, Any]", inner) if isinstance(inner, dict) else {}):
        # The number in `error.code` is nothing but the status.
        code = next(_texts(holder, "error_code", "code"), None)
        message = next(_texts(holder, "error_msg", "message", "title"), None)
        if code or message:
            return code and one_line(code, 80), message and one_line(message, 1000)
    return None, None


def _texts(members: dict[str, Any], *names: str) -> Iterator[str]:
    return (members[name] for name in names if isinstance(members.get(name), str) and members[name])


def _lifetime(content: bytes, asked: datetime.datetime) -> datetime.timedelta:
    """Return how long a token is valid.

    The span between the two times of the answer does not depend on the clock of this machine, which may be wrong.
    """
    token = _object(content).get("token")
    members = cast("dict[str, Any]", token) if isinstance(token, dict) else {}
    expires, issued = _time(members.get("expires_at")), _time(members.get("issued_at"))
    if expires is None:
        return UNKNOWN_LIFETIME
    spans = [expires - since for since in (issued, asked) if since is not None]
    usable = [span for span in spans if span > datetime.timedelta(0)]
    return min(*usable, LONGEST_LIFETIME) if usable else UNKNOWN_LIFETIME


def _time(value: object) -> datetime.datetime | None:
    try:
        time = datetime.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if time is None or time.tzinfo is not None:
        return time
    return time.replace(tzinfo=datetime.UTC)


def _object(content: bytes) -> dict[str, Any]:
    try:
        return decode(content, dict[str, Any])
    except InvalidDataError:
        return {}
