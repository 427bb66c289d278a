"""The service under schemathesis: what the description allows, what it does not, and real pictures among it.

`nox -s fuzz` makes 5,000 cases of it; the ordinary tests a few.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .caller import description, error_codes
from .hostile_pictures import FORMATS, broken
from .pictures import base64, draw, encode
from .process import Process
from .test_fetching import open_site

CASES = int(os.environ.get("FUZZ_CASES", "80"))
"""Cases in all, for both operations."""

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

_PICTURES = [base64(encode(draw({(4, 2): "Ab 1"}, size=(64, 28), height=20), format)) for format in FORMATS]
_BROKEN = [base64(file) for format in FORMATS for file in broken(format, 20, seed=2)]
_PAGES = (
    "picture",
    "narrow",
    "text",
    "missing",
    "larger",
    "short",
    "compressed",
    "garbage",
    "hops/2",
    "hops/9",
    "",
)
_ADDRESSES = ("http://[::1/", "file:///etc/passwd", "http://no-such-host.invalid/", "http://127.0.0.1:1/")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a web server on this machine."""
    with open_site() as site:
        yield site.url


def _bodies(site: str) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies with pictures and addresses that lead somewhere, and parameters right and wrong."""
    urls = st.sampled_from([*(f"{site}/{page}" for page in _PAGES if page), *_ADDRESSES])
    images = st.sampled_from(_PICTURES) | st.sampled_from(_BROKEN)
    junk = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=9)
        | st.lists(st.text(max_size=3), max_size=2)
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "quick_mode": st.booleans() | junk,
            "detect_direction": st.booleans() | junk,
            "char_set": st.sampled_from(["general", "digit", "letter", "digit_letter"]) | junk,
            "extract_type": st.just(["image_size"]) | junk,
            "unknown": junk,
        },
    ).flatmap(
        lambda rest: st.one_of(
            images.map(lambda image: {**rest, "image": image}),
            images.map(lambda image: {"image": image}),
            urls.map(lambda url: {"url": url}),
        )
    )


@pytest.mark.long
@pytest.mark.parametrize("path", list(description()["paths"]))
def test_description_is_kept_to(process: Process, site: str, path: str, record_property: Any) -> None:
    """Whatever is sent, the answer is one that the description has, with a code of its catalogue, and never a 5xx."""
    operation = schemathesis.openapi.from_dict(description())[path]["POST"]
    allowed = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    found: Counter[str] = Counter()
    with requests.Session() as session:
        session.trust_env = False

        @seed(1)
        @settings(
            max_examples=CASES // 2,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
            ],
        )
        @given(
            case=st.one_of(allowed, wrong),
            body=st.none() | _bodies(site) | _bodies(site),
            is_known=st.sampled_from((True,) * 9 + (False,)),
        )
        def call(case: schemathesis.Case[Any], body: dict[str, Any] | None, is_known: bool) -> None:
            if body is not None:
                case.body, case.media_type = body, "application/json"
                case.path_parameters = {"project_id": "p"}
            if is_known:
                case.headers["X-Auth-Token"] = "any"
            response = case.call(base_url=process.url, session=session, timeout=30)
            case.validate_response(response, checks=CHECKS)
            code = response.json().get("error_code", "read")
            assert code == "read" or code in error_codes()
            found[f"{response.status_code} {code}"] += 1

        with process.within(megabytes=1500):
            call()
    assert found["200 read"] >= CASES // 40
    told = ", ".join(f"{answer}: {count}" for answer, count in sorted(found.items()))
    record_property("figures", f"{sum(found.values())} cases of {operation.label}: {told}")
