"""Who may call."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers

from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode


def authenticate(headers: Headers, contract: Contract, expected_token: str | None) -> None:
    """Check the credentials of a call.

    Without an expected token, any token that is not empty will do, and so does a header that looks like an
    AK/SK signature: the service has no secret keys against which it could check one.

    Raises:
        CallFailed: There are no credentials, or they are not the expected ones.
    """
    token = headers.get(contract.token_header, "").strip()
    scheme, _, signature = headers.get(contract.signature_header, "").partition(" ")
    signed = scheme == contract.signature_scheme and bool(signature.strip())
    if not token and not signed:
        raise CallFailed(ErrorCode.MISSING_TOKEN, f"no {contract.token_header}, and no signature")
    if expected_token is None:
        return
    # Starlette decodes headers as Latin-1; a token outside ASCII comes as UTF-8.
    if not hmac.compare_digest(token.encode("latin-1"), expected_token.encode()):
        reason = (
            "not the token that was given with --token" if token else "a signature, but a token is expected"
        )
        raise CallFailed(ErrorCode.WRONG_CREDENTIALS, reason)
