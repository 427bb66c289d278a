# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Ways to authenticate."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from ._runtime.authentication import ApiKeyAuth, Auth
from ._runtime.environment import AuthVariables, required_auth
from ._runtime.hidden import Hidden
from ._runtime.password_auth import MARGIN, KeystonePasswordAuth, utc_now
from ._runtime.server import Server
from ._runtime.signing import SdkHmacSha256Auth
from .errors import AuthenticationError


class TokenAuth(ApiKeyAuth):
    """A token of the operator's identity service (IAM) with the scope of the project. It is valid for 24 hours;
    fetch it once and use it for all calls until it expires.
    """

    scheme = "TokenAuth"
    name = "X-Auth-Token"
    location = "header"


class PasswordAuth(KeystonePasswordAuth):
    """Name and password of a user of the operator's identity service (IAM), who gets a token with the scope of a
    project there. Five wrong passwords lock the account for a while.

    The token is fetched before the first call, kept for all threads and tasks, renewed before it expires, and
    fetched anew once when the service no longer accepts it. A user who was refused is not asked for again by
    the same object: a few wrong passwords lock an account.

    Args:
        user: Name of the user.
        password: The password. No repr, message or log shows it.
        domain: Name of the account that the user belongs to.
        project: Name of the project that the calls belong to. Default: `{region}`.
        region: That of the client when absent.
        endpoint: Address of another service that gives tokens, such as `http://127.0.0.1:5000`.
        margin: Seconds before its expiry at which a token is renewed; half of its life, if that is
            shorter.
        now: The clock.

    Raises:
        ConfigurationError: One of them is not usable. The message does not show the password.
    """

    scheme = "TokenAuth"

    header = "X-Auth-Token"
    server = Server(
        "https://iam.{region}.myhuaweicloud.com/v3/auth/tokens",
        {
            "region": (
                "cn-north-4",
                "cn-south-1",
                "cn-east-3",
                "ap-southeast-2",
                "ap-southeast-1",
                "ap-southeast-3",
                "cn-north-1",
                "cn-southwest-2",
                "la-south-2",
                "la-north-2",
                "af-south-1",
            )
        },
    )
    project_name = "{region}"
    refused = AuthenticationError

    def __init__(
        self,
        user: str,
        password: str,
        *,
        domain: str,
        project: str | None = None,
        region: str | None = None,
        endpoint: str | None = None,
        margin: float = MARGIN,
        now: Callable[[], datetime.datetime] = utc_now,
    ) -> None:
        secret = Hidden(password)
        del password  # the variables of this function are in the report of an error
        super().__init__(
            user,
            secret,
            domain=domain,
            project=project,
            variables={"region": region},
            endpoint=endpoint,
            margin=margin,
            now=now,
        )


class AkSkAuth(SdkHmacSha256Auth):
    """A signature over the whole request made with an access key (AK) and its secret key (SK), which itself
    never travels: `SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`, beside the header `X-Sdk-Date`.
    Temporary key pairs also send `X-Security-Token`. Five failed signatures in a row lock the pair for five
    minutes.
    """

    scheme = "AkSkAuth"


def from_environment() -> Auth:
    """Return the way to authenticate that the environment says, which is what a client without `auth` does.

    The first of these counts whose variables are set:

    `TokenAuth` is made from:

    - `HUAWEICLOUD_SDK_TOKEN`: value

    `AkSkAuth` is made from:

    - `HUAWEICLOUD_SDK_AK`: access_key
    - `HUAWEICLOUD_SDK_SK`: secret_key
    - `HUAWEICLOUD_SDK_SECURITY_TOKEN`: security_token, if there is one

    Raises:
        ConfigurationError: Variables are missing, or a value is not usable. The message names variables
            and shows no value.
    """
    return required_auth(_VARIABLES, ["TokenAuth", "PasswordAuth", "AkSkAuth"])


_VARIABLES = [
    AuthVariables(TokenAuth, required={"value": "HUAWEICLOUD_SDK_TOKEN"}, optional={}),
    AuthVariables(
        AkSkAuth,
        required={"access_key": "HUAWEICLOUD_SDK_AK", "secret_key": "HUAWEICLOUD_SDK_SK"},
        optional={"security_token": "HUAWEICLOUD_SDK_SECURITY_TOKEN"},
    ),
]
