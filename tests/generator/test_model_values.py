"""What holds for every value of every model of every construct."""

from __future__ import annotations

import copy
import json
import pickle
import re
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from .corpus.documents import CorpusDocument, documents
from .corpus.packages import Packages
from .model_values import Values, models

DOCUMENTS = [pytest.param(document, id=document.name) for document in documents()]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_there_and_back(packages: Packages, document: CorpusDocument) -> None:
    """Any value of any model survives its dict, JSON, copying and pickling, and shows on one line."""
    package = packages.of(document)
    codec: Any = sys.modules[f"{package.__name__}._runtime.codec"]
    values = Values(package)
    found = [kind for kind in models(package) if not _holds_files(kind)]

    @settings(
        max_examples=5,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        database=None,
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        for kind in found:
            value = data.draw(values.of(kind))
            members = value.to_dict()
            written = codec.encode(value)
            assert json.loads(written) == members
            for again in (
                kind.from_dict(members),
                kind.from_dict(json.loads(json.dumps(members))),
                codec.decode(written, kind),
            ):
                # Alternatives that look the same as JSON cannot be told apart when they come back.
                assert again == value or again.to_dict() == members
            assert copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
            assert repr(value).isprintable()

    if found:
        check()


def _holds_files(kind: Any) -> bool:
    """Whether a model is the body of a form with files, which is sent as parts and never as JSON."""
    return any(re.search(r"\bFile\b", str(annotation)) for annotation in kind.__annotations__.values())
