"""Ways to authenticate, from the security schemes of a description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import ir
from generator.adapter import class_name
from generator.annotations import Annotations
from generator.pointer import escape

SIGNATURE = "SDK-HMAC-SHA256"


def schemes(annotations: Annotations) -> Iterator[ir.Scheme]:
    """Yield a class for each security scheme; what has none is reported."""
    components = annotations.document.get("components", {})
    for name, raw in components.get("securitySchemes", {}).items():
        scheme = annotations.follow(raw)
        base = _base(scheme)
        if base is None:
            what = scheme.get("x-signature") or " ".join(
                str(scheme[key]) for key in ("type", "scheme") if key in scheme
            )
            annotations.report(
                f"/components/securitySchemes/{escape(name)}",
                "security-scheme",
                f"{what} cannot be expressed, so calls would go out without it: use apiKey, http basic or bearer, "
                f"oauth2, openIdConnect, or x-signature {SIGNATURE}",
            )
        else:
            yield ir.Scheme(
                name=name,
                class_name=f"{class_name(name)}Auth",
                base=base,
                key_name=str(scheme.get("name", "")),
                location=str(scheme.get("in", "")),
                description=str(scheme.get("description", "")),
            )


def _base(scheme: dict[str, Any]) -> str | None:
    signature = scheme.get("x-signature")
    if signature is not None:
        return "SdkHmacSha256Auth" if signature == SIGNATURE else None
    match scheme.get("type"), str(scheme.get("scheme", "")).lower():
        case "apiKey", _:
            return "ApiKeyAuth"
        case ("http", "bearer") | ("oauth2", _) | ("openIdConnect", _):
            return "BearerAuth"
        case "http", "basic":
            return "BasicAuth"
        case _:
            return None
