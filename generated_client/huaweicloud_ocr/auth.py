# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Ways to authenticate."""

from ._runtime.authentication import ApiKeyAuth
from ._runtime.signing import SdkHmacSha256Auth


class TokenAuth(ApiKeyAuth):
    """A token of the operator's identity service (IAM) with the scope of the project. It is valid for 24 hours;
    fetch it once and use it for all calls until it expires.
    """

    name = "X-Auth-Token"
    location = "header"


class AkSkAuth(SdkHmacSha256Auth):
    """A signature over the whole request made with an access key (AK) and its secret key (SK), which itself
    never travels: `SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`, beside the header `X-Sdk-Date`.
    Temporary key pairs also send `X-Security-Token`. Five failed signatures in a row lock the pair for five
    minutes.
    """
