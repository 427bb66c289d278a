"""The fixture that pytest finds where the package is installed, in a project that has nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from .pictures import picture

ROOT = Path(__file__).parents[2] / "generated_client"

TESTS = '''
import pytest

import huaweicloud_ocr
from huaweicloud_ocr import ApiError, Client, TokenAuth


def words(path):
    """The application."""
    with Client(project_id="p", auth=TokenAuth("t")) as client:
        blocks = client.recognize_handwriting(image=path).result.words_block_list
    return [block.words for block in blocks]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.png"
    path.write_bytes(bytes.fromhex("{picture}"))
    return path


def test_words(fake_ocr, page):
    assert words(page) == ["Words recognized from the image"] * 2
    fake_ocr.recognize_handwriting.assert_called(1, image=page, project_id="p")


def test_refused(fake_ocr, page):
    fake_ocr.fail("AIS.0104")
    with pytest.raises(ApiError, match="Send the whole file"):
        words(page)


def test_that_fails(fake_ocr):
    fake_ocr.throttle(times=1)
'''


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of the package is unpacked, as an installer does it."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "wheels")],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = (folder / "wheels").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _python(installed: Path, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={**environment, "PYTHONPATH": str(installed), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def _pytest(installed: Path, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _python(installed, project, "-m", "pytest", "-q", "-W", "error", "-p", "no:asyncio", *arguments)


def test_in_a_project(installed: Path, tmp_path: Path) -> None:
    """Tests of an application use the fixture without importing it, and fail when they do not do what they say."""
    (tmp_path / "test_words.py").write_text(TESTS.replace("{picture}", picture().hex()), encoding="utf-8")
    done = _pytest(installed, tmp_path)
    assert done.stdout.splitlines()[-1].startswith("3 passed, 1 error in"), done.stdout + done.stderr
    assert "these calls did not come: fake.throttle() for 1 more" in done.stdout


def test_readme(installed: Path, tmp_path: Path) -> None:
    """The test in the README passes as it stands there."""
    tokens = MarkdownIt().parse((ROOT / "README.md").read_text(encoding="utf-8"))
    blocks = [token.content for token in tokens if token.type == "fence" and "fake_ocr" in token.content]
    assert len(blocks) == 1
    (tmp_path / "test_readme.py").write_text(blocks[0], encoding="utf-8")
    (tmp_path / "picture.jpg").write_bytes(picture())
    done = _pytest(installed, tmp_path)
    assert done.stdout.splitlines()[-1].startswith("1 passed in"), done.stdout + done.stderr


def test_listed(installed: Path, tmp_path: Path) -> None:
    """`pytest --fixtures` says what the fixture is."""
    done = _pytest(installed, tmp_path, "--fixtures")
    assert "fake_ocr -- " in done.stdout
    assert "A fake of the service: clients that are made in the test call it" in done.stdout


def test_not_wanted(installed: Path, tmp_path: Path) -> None:
    """The plugin has a name by which it can be turned off."""
    done = _pytest(installed, tmp_path, "-p", "no:huaweicloud-ocr", "--fixtures")
    assert "fake_ocr" not in done.stdout


def test_light(installed: Path, tmp_path: Path) -> None:
    """Every pytest run where the package is installed loads the plugin, so it loads nothing else."""
    code = (
        "import sys, huaweicloud_ocr.pytest_plugin\n"
        "heavy = ['httpx', 'msgspec', 'huaweicloud_ocr.models', 'huaweicloud_ocr.testing']\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = _python(installed, tmp_path, "-c", code)
    assert (done.stdout, done.stderr) == ("[]\n", "")
