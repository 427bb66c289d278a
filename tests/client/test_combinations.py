"""Which proofs of a client go along with a call that takes combinations of them."""

from __future__ import annotations

import httpx
import pytest

from huaweicloud_ocr import AkSkAuth, PasswordAuth, TokenAuth
from huaweicloud_ocr._runtime.messages import HttpRequest
from huaweicloud_ocr._runtime.proofs import proofs
from huaweicloud_ocr._runtime.requirements import Alternatives, chosen, lacking

BOTH: Alternatives = (("TokenAuth", "AkSkAuth"),)
EITHER: Alternatives = (("TokenAuth",), ("AkSkAuth",))
OPTIONAL: Alternatives = ((), ("TokenAuth",))

TOKEN = TokenAuth("token")
KEYS = AkSkAuth("access-key", "secret-key")
HTTP = httpx.BasicAuth("user", "password")


class Own:
    """A proof that no class of the package knows."""

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request as it is."""
        return request

    def __repr__(self) -> str:
        return "Own"


def _chosen(alternatives: Alternatives, *auths: object) -> str | None:
    found = chosen(alternatives, proofs(list(auths), {"region": "cn-north-4"}))
    return None if found is None else repr(found)


@pytest.mark.parametrize(
    ("alternatives", "auths", "expected"),
    [
        (EITHER, [KEYS, TOKEN], "TokenAuth(<hidden>)"),
        (EITHER, [KEYS], "AkSkAuth(<hidden>)"),
        (BOTH, [KEYS, TOKEN], "AkSkAuth(<hidden>), TokenAuth(<hidden>)"),
        (OPTIONAL, [TOKEN], "TokenAuth(<hidden>)"),
        (OPTIONAL, [KEYS], "None"),
    ],
)
def test_the_first_complete_combination_goes_along(
    alternatives: Alternatives, auths: list[object], expected: str
) -> None:
    """Of the combinations the first that is complete is sent, and nothing else; what is optional, if it is there."""
    assert _chosen(alternatives, *auths) == expected


@pytest.mark.parametrize("alternatives", [BOTH, EITHER])
@pytest.mark.parametrize("own", [Own(), HTTP])
def test_others_stand_for_anything(alternatives: Alternatives, own: object) -> None:
    """An object of your own, or one of the HTTP library, satisfies any combination."""
    assert _chosen(alternatives, own) in ("Own", "BasicAuth")


def test_others_go_along_with_a_combination() -> None:
    """An object of your own is sent beside the combination that is complete."""
    assert _chosen(EITHER, TOKEN, KEYS, Own(), HTTP) == "TokenAuth(<hidden>), Own, BasicAuth"


@pytest.mark.parametrize("alternatives", [BOTH, EITHER])
def test_a_password_stands_for_its_tokens(alternatives: Alternatives) -> None:
    """What fetches tokens satisfies what takes a token."""
    found = _chosen(alternatives, PasswordAuth("user", "password", domain="account"), KEYS)
    assert found is not None
    assert found.startswith("PasswordAuth(<hidden>)")


def test_what_is_missing_is_named() -> None:
    """The message names what a combination takes, and what of it there is not."""
    assert _chosen(BOTH, TOKEN) is None
    assert (
        lacking(BOTH, proofs(TOKEN, {}))
        == "has to be authenticated by TokenAuth together with AkSkAuth; AkSkAuth is missing"
    )
