"""Every example of the description against its schema and against the generated models."""

from __future__ import annotations

from typing import Any

import pytest

from huaweicloud_ocr import models
from huaweicloud_ocr.errors import InvalidDataError

from .mutations import Mutation, mutations
from .schemas import Example, examples, validator


def _model(example: Example) -> Any:
    return getattr(models, example.schema)


def test_each_operation_has_examples_of_request_success_and_failure(document: dict[str, Any]) -> None:
    """The eight printed examples and those of the gateway are all there."""
    found = {(example.operation, example.part) for example in examples(document)}
    assert found == {
        (operation, part)
        for operation in ("recognizeHandwriting", "recognizeWebImage")
        for part in ("request", "200", "400", "default")
    }


def test_examples_are_valid(document: dict[str, Any]) -> None:
    """Each example is what its schema allows, formats included."""
    for example in examples(document):
        validator(document, example.schema).validate(example.value)


def test_models_keep_examples_without_loss(document: dict[str, Any]) -> None:
    """Reading an example into its model and writing it back gives the same JSON."""
    for example in examples(document):
        assert _model(example).from_dict(example.value).to_dict() == example.value


def test_mutated_examples_are_judged_alike(document: dict[str, Any]) -> None:
    """What a schema says of a damaged example, its model says too, but for the reasons in `mutations.py`."""
    different = []
    for example in examples(document):
        schema = validator(document, example.schema)
        for mutation in mutations(example.value):
            allowed = schema.is_valid(mutation.value)
            if mutation.reason_to_differ(example.schema) is None and allowed != _reads(example, mutation):
                different.append(f"{example.schema} {mutation.name}: the schema says {allowed}")
    assert different == []


def test_mutations_are_many_and_mostly_refused(document: dict[str, Any]) -> None:
    """The comparison above is of hundreds of cases, of both verdicts."""
    verdicts = [
        validator(document, example.schema).is_valid(mutation.value)
        for example in examples(document)
        for mutation in mutations(example.value)
    ]
    assert verdicts.count(False) > 200
    assert verdicts.count(True) > 30


def test_unknown_members_are_allowed_everywhere(document: dict[str, Any]) -> None:
    """A member that was added to an answer later breaks nobody."""
    extra = [
        (example, mutation)
        for example in examples(document)
        for mutation in mutations(example.value)
        if mutation.kind == "extra"
    ]
    assert len(extra) > 20
    for example, mutation in extra:
        validator(document, example.schema).validate(mutation.value)
        assert _model(example).from_dict(mutation.value).to_dict() == example.value


def _reads(example: Example, mutation: Mutation) -> bool:
    try:
        _model(example).from_dict(mutation.value)
    except InvalidDataError:
        return False
    return True


@pytest.mark.parametrize("name", ["HandwritingRequest", "WebImageRequest"])
@pytest.mark.parametrize(
    ("given", "allowed"), [((), False), (("image",), True), (("url",), True), (("image", "url"), False)]
)
def test_exactly_one_of_image_and_url(
    document: dict[str, Any], name: str, given: tuple[str, ...], allowed: bool
) -> None:
    """A request names its picture in exactly one way."""
    values = {"image": "AAAA", "url": "https://example.com/a.png"}
    assert validator(document, name).is_valid({key: values[key] for key in given}) is allowed
