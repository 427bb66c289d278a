"""What the adapter does to the stock parser leaves what that parser finds as it is."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from generator import adapter
from generator.bundle import Bundle
from generator.check import examine
from generator.distinct import with_distinct_names
from generator.errors import FindingsError
from generator.findings import Finding
from generator.prepare import prepare

from .corpus.documents import CorpusDocument, documents


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_shallow_copies_are_as_good_as_whole_ones(
    document: CorpusDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser finds the same in a description whether its operations are copied whole or only at the top."""
    bundle = examine(document.path).bundle
    prepared = with_distinct_names(prepare(bundle.document))[0]
    shallow = _parsed(prepared, bundle)
    monkeypatch.setattr(adapter, "_copied", copy.deepcopy)
    assert _parsed(prepared, bundle) == shallow


def _parsed(prepared: dict[str, Any], bundle: Bundle) -> adapter.Parsed | list[Finding]:
    try:
        return adapter.parse(prepared, bundle.origin)
    except FindingsError as error:
        return error.findings
