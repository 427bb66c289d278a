"""What the adapter does to the stock parser leaves what that parser finds as it is."""

from __future__ import annotations

import copy

import pytest

from generator import adapter
from generator.check import examine
from generator.prepare import prepare

from .corpus.documents import CorpusDocument, documents


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_shallow_copies_are_as_good_as_whole_ones(
    document: CorpusDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser finds the same in a description whether its operations are copied whole or only at the top."""
    bundle = examine(document.path).bundle
    shallow = adapter.parse(prepare(bundle.document), bundle.origin)
    monkeypatch.setattr(adapter, "_copied", copy.deepcopy)
    assert adapter.parse(prepare(bundle.document), bundle.origin) == shallow
