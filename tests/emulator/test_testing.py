"""What the package offers to the tests of others."""

from __future__ import annotations

import os
import socket
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
    """A project's own test gets a running service by the name of the fixture, whatever the environment says of one."""
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "page.png").write_bytes(encode(blank(64, 32)))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
    variables = {
        **os.environ,
        "HUAWEICLOUD_OCR_EMULATOR_TOKEN": "another",
        "HUAWEICLOUD_OCR_EMULATOR_PORT": "none",
    }
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout


def test_service_with_settings() -> None:
    """A service of one's own has settings of its own, in the way of the command line."""
    with running(rate_limit="1/min") as emulator, emulator.client(retries=0) as client:
        client.recognize_web_image(image=encode(blank(64, 32)))
        with pytest.raises(ThrottledError):
            client.recognize_web_image(image=encode(blank(64, 32)))


@pytest.mark.parametrize(
    ("settings", "error", "said"),
    [
        (
            {"rate_limit": "often"},
            ValueError,
            "^rate_limit: 'often' is no rate: say it as 60/min, with s, min or h$",
        ),
        ({"rate_limt": "1/s"}, TypeError, "^there is no setting rate_limt: did you mean rate_limit[?]$"),
        (
            {"fault": "AIS.9999"},
            ValueError,
            "^fault: AIS.9999 is no error code that the description has a message of",
        ),
        ({"ak": "key"}, ValueError, "^ak: goes together with sk: set sk too, or leave ak out$"),
    ],
)
def test_setting_that_is_none(settings: dict[str, str], error: type[Exception], said: str) -> None:
    """A setting that is not usable is told before anything starts."""
    with pytest.raises(error, match=said), running(**settings):
        pass


def test_port_of_a_setting() -> None:
    """The port is the one that is set, and one in use is told."""
    with socket.create_server(("127.0.0.1", 0)) as used:
        port = used.getsockname()[1]
        with (
            pytest.raises(RuntimeError, match=f"did not start: port {port} on 127.0.0.1 is in use"),
            running(port=port),
        ):
            pass
