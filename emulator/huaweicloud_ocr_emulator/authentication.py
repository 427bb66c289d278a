"""Who may call."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers
from starlette.types import Scope

from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.settings import Settings
from huaweicloud_ocr_emulator.signatures import SignatureCheck
from huaweicloud_ocr_emulator.tokens import Tokens


class Gate:
    """Holds calls to the credentials of the settings.

    Without any in the settings, each token that is not empty will do, unless this service gave it and it has expired,
    and so does a header that looks like an AK/SK signature.
    """

    def __init__(self, contract: Contract, settings: Settings, tokens: Tokens) -> None:
        self._contract = contract
        self._tokens = tokens
        self._is_open = not settings.asks_for_credentials
        self._token = settings.token.get_secret_value().strip() if settings.token else None
        self._signatures = (
            SignatureCheck(settings.ak, settings.sk.get_secret_value(), scheme=contract.signature_scheme)
            if settings.ak and settings.sk
            else None
        )

    def is_signed(self, headers: Headers) -> bool:
        """Return whether a call has a signature that can be verified, for which its body is needed."""
        return (
            self._signatures is not None
            and not _token(headers, self._contract)
            and self._has_signature(headers)
        )

    def check(self, scope: Scope, headers: Headers, body: bytes = b"") -> None:
        """Check the credentials of a call; the body counts for one that is signed.

        Raises:
            CallFailed: There are no credentials, or they are not accepted.
        """
        token = _token(headers, self._contract)
        if token:
            self._check_token(token)
        elif not self._has_signature(headers):
            raise CallFailed(ErrorCode.MISSING_TOKEN, f"no {self._contract.token_header}, and no signature")
        elif self._signatures is not None:
            self._signatures.verify(headers[self._contract.signature_header], scope, headers, body)
        elif not self._is_open:
            raise CallFailed(
                ErrorCode.WRONG_CREDENTIALS, "a signature, which needs --ak and --sk to be verified"
            )

    def _check_token(self, token: str) -> None:
        is_valid = self._tokens.is_valid(token)
        if is_valid is False:
            raise CallFailed(ErrorCode.TOKEN_EXPIRED, "the token has expired (--expire-after)")
        # Starlette decodes headers as Latin-1; a token outside ASCII comes as UTF-8.
        is_the_one = self._token is not None and hmac.compare_digest(
            token.encode("latin-1"), self._token.encode()
        )
        if not (self._is_open or is_valid or is_the_one):
            raise CallFailed(ErrorCode.WRONG_CREDENTIALS, "not the token of --token, nor one given here")

    def _has_signature(self, headers: Headers) -> bool:
        scheme, _, signature = headers.get(self._contract.signature_header, "").partition(" ")
        return scheme == self._contract.signature_scheme and bool(signature.strip())


def _token(headers: Headers, contract: Contract) -> str:
    return headers.get(contract.token_header, "").strip()
