"""The distribution of a package can be built and installed, whatever its description says of itself."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from generator.distribution import spdx, version
from generator.errors import GeneratorError
from generator.generate import compare, generate
from generator.package_name import OF_CLIENTS

from .project import Project, foreign, minimal, operation

VERSIONS = [
    ("1.2.3", "1.2.3"),
    ("v2", "2"),
    ("1.0.0-rc.1", "1.0.0rc1"),
    ("1.0.0-beta.2+exp.sha", "1.0.0b2+exp.sha"),
    ("v1-beta+foo bar", "1b0+foo"),
    ("1.2 (draft)", "1.2"),
    ("1.0.0-SNAPSHOT", "1.0.0"),
    ("1.0cat", "1"),
    ("2024-01-01", "2024.1.1"),
    ("2024-01", "2024.1"),
    ("2024-05-01-preview", "2024.5.1rc0"),
    ("20240501", "20240501"),
    ("latest", "0"),
    ("", "0"),
    ("１.２", "0"),
    ("9" * 5000, "9" * 64),
]


@pytest.mark.parametrize(("text", "expected"), VERSIONS, ids=[text[:20] for text, _ in VERSIONS])
def test_versions(text: str, expected: str) -> None:
    """A version is the text by the rules of PEP 440, or what its beginning makes of one."""
    assert version(text) == expected
    assert str(Version(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache-2.0", "Apache-2.0"),
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("LicenseRef-Ours", "LicenseRef-Ours"),
        ("Proprietary, ask us", None),
        ("Unknown-1.0", None),
        ("MIT) OR (MIT", None),
        ("(" * 5000, None),
        ("", None),
    ],
)
def test_licences(text: str, expected: str | None) -> None:
    """A licence is an expression only where SPDX knows every identifier in it."""
    assert spdx(text) == expected


def _described(folder: Path, **info: Any) -> Project:
    document = minimal({"/a": operation("getA", {"type": "string"})})
    document["info"].update(info)
    project = foreign(folder, document)
    project.generate()
    return project


def test_the_text_of_the_version_stays_where_people_read_it(tmp_path: Path) -> None:
    """Headers of files and the User-Agent have the version as it is written; what programs compare is PEP 440."""
    project = _described(tmp_path, version="2024-05-01 (draft)")
    client = (project.output / "api_client" / "client.py").read_text(encoding="utf-8")
    assert "# Generated from version 2024-05-01 (draft) of the description" in client
    assert '"api-client/2024-05-01-(draft)"' in client
    assert project.run("import json, api_client; print(json.dumps(api_client.__version__))") == "2024.5.1"


@pytest.mark.parametrize(
    ("license", "expected"),
    [
        ({"name": "Apache 2.0", "identifier": "apache-2.0"}, "Apache-2.0"),
        ({"name": "MIT"}, "MIT"),
        ({"name": "Ask us", "identifier": "Ours-1.0"}, {"text": "Ours-1.0"}),
        ({"name": 'Proprietary, "ask" us\nLicense: MIT'}, {"text": 'Proprietary, "ask" us License: MIT'}),
        (None, None),
    ],
)
def test_a_licence_in_words_is_given_as_text(tmp_path: Path, license: Any, expected: Any) -> None:
    """What is no SPDX expression is the text of the licence, on one line."""
    project = _described(tmp_path, **({} if license is None else {"license": license}))
    table = tomllib.loads((project.output / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert table.get("license") == expected


def _built(project: Project) -> Message:
    """Build a wheel by the backend that the distribution names, and return its metadata."""
    table = tomllib.loads((project.output / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    code = f"import {table['build-backend']} as backend; print(backend.build_wheel('dist'))"
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=project.output,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(project.output / "dist" / done.stdout.split()[-1]) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(wheel.read(name))


@pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="the build backend is not installed"
)
@pytest.mark.parametrize(
    ("info", "version", "license"),
    [
        ({"version": "v1-beta+foo bar", "license": {"name": "Proprietary, ask us"}}, "1b0+foo", None),
        ({"version": "", "license": {"name": "", "identifier": "MIT"}}, "0", "MIT"),
        ({"version": "2024-01-01", "license": {"name": "x\nVersion: 6\n\nbody"}}, "2024.1.1", None),
        ({"version": "1.0.0-rc.1", "summary": "a\nVersion: 6\n\nbody"}, "1.0.0rc1", None),
    ],
)
def test_the_build_backend_takes_every_version_and_licence(
    tmp_path: Path, info: dict[str, Any], version: str, license: str | None
) -> None:
    """A wheel can be built of what is generated, and its metadata say what they should, once."""
    metadata = _built(_described(tmp_path, **info))
    assert metadata.get_all("Version") == [version]
    assert metadata["License-Expression"] == license
    if license is None and "license" in info:
        assert metadata["License"].split()[0] == info["license"]["name"].split()[0].rstrip("\n")


@pytest.mark.parametrize(
    "name", ["json", "types", "attrs", "httpx", "msgspec", "test", "__main__", "sys", "_json"]
)
@pytest.mark.parametrize("run", [generate, compare], ids=lambda run: run.__name__)
def test_a_name_that_hides_a_module_is_refused(tmp_path: Path, name: str, run: Any) -> None:
    """A package cannot be called like a module that Python or the package itself needs."""
    project = foreign(tmp_path, minimal(), name)
    with pytest.raises(GeneratorError, match=rf"would hide the module {name}, .* with --package, such as"):
        run(project.spec, project.output, name)
    assert not project.output.exists()


@pytest.mark.parametrize("name", ["a-b", "1st", "class", "", "a.b", "père"])
def test_a_name_that_cannot_be_imported_is_refused(tmp_path: Path, name: str) -> None:
    """A package's name is one that every system and Python take."""
    project = foreign(tmp_path, minimal(), name)
    with pytest.raises(GeneratorError, match="is not a name that Python can import"):
        project.generate()


@pytest.mark.parametrize("name", ["_api", "api_", "__init__", "_", "a" * 101])
def test_a_name_that_no_distribution_can_have_is_refused(tmp_path: Path, name: str) -> None:
    """Installers take names that begin and end with a letter or digit, and systems no paths without end."""
    with pytest.raises(GeneratorError, match="begin and end it with a letter or digit"):
        foreign(tmp_path, minimal(), name).compare()


def test_no_package_can_have_the_name_of_what_a_client_imports(tmp_path: Path) -> None:
    """Every module that a client needs from elsewhere is among the names that are refused."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    project.generate()
    code = """\
import json, sys
before = {name.partition(".")[0] for name in sys.modules}
import api_client, httpx
with api_client.Client(auth=None) as client:
    pass
after = {name.partition(".")[0] for name in sys.modules}
print(json.dumps(sorted(after - before - {"api_client"} - sys.stdlib_module_names)))
"""
    assert set(project.run(code)) <= OF_CLIENTS
    template = (project.output / "pyproject.toml").read_text(encoding="utf-8")
    metadata = tomllib.loads(template)["project"]
    needed = [*metadata["dependencies"], "PIL>", *metadata["optional-dependencies"]["cli"]]
    needed.remove("pillow>=12")  # which is imported as PIL
    assert {text.partition(">")[0].replace("-", "_") for text in needed} <= OF_CLIENTS


def test_a_summary_of_any_characters_is_kept(tmp_path: Path) -> None:
    """A summary is in `pyproject.toml` as it is, whatever TOML would make of its characters."""
    summary = 'a "quoted" \u2028 text \\ of \x01 characters'
    project = _described(tmp_path, summary=summary)
    table = tomllib.loads((project.output / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert table["description"] == summary
