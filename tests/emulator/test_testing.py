"""What the package offers to the tests of others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from huaweicloud_ocr import ThrottledError
from huaweicloud_ocr_emulator.testing import running

from .pictures import blank, encode

TESTS = """
from pathlib import Path

def test_words(ocr_emulator):
    with ocr_emulator.client() as client:
        answer = client.recognize_handwriting(image=Path("page.png"))
    assert answer.result.words_block_count == 0
"""


def test_fixture(tmp_path: Path) -> None:
    """A project's own test gets a running service by the name of the fixture."""
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "page.png").write_bytes(encode(blank(64, 32)))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout


def test_service_with_settings() -> None:
    """A service of one's own has settings of its own, in the way of the command line."""
    with running(rate_limit="1/min") as emulator, emulator.client(retries=0) as client:
        client.recognize_web_image(image=encode(blank(64, 32)))
        with pytest.raises(ThrottledError):
            client.recognize_web_image(image=encode(blank(64, 32)))


def test_setting_that_is_none() -> None:
    """A setting that is not usable is told before anything starts."""
    with pytest.raises(ValueError, match="60/min"), running(rate_limit="often"):
        pass
