"""The contract in the hands of tools of another language: a linter, and a client in TypeScript."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from demo.service import running_service
from generator import node
from tests.generator import command_line

CLIENT = Path(__file__).parent / "client"
NUMBER = Path(__file__).parents[2] / "samples/number.png"


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contract in one file, as it is published."""
    path = tmp_path_factory.mktemp("contract") / "openapi.yaml"
    assert command_line.run("bundle", "--output", path).returncode == 0
    return path


@pytest.fixture(scope="module")
def client(contract: Path) -> Path:
    """A client, with types made of the contract as its README says."""
    folder = contract.parent / "client"
    shutil.copytree(CLIENT, folder)
    (folder / "node_modules").symlink_to(node.modules())
    types = ("--output", folder / "contract.d.ts", "--default-non-nullable=false")
    made = node.run("openapi-typescript", contract, *types)
    assert made.returncode == 0, made.stderr
    return folder


def test_lint(contract: Path) -> None:
    """The recommended rules of redocly find nothing in the bundled contract, no warning either."""
    done = node.run("redocly", "lint", "--extends=recommended", "--format=json", contract)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}


def test_lint_is_awake(contract: Path, tmp_path: Path) -> None:
    """The same linter finds what is wrong with a contract that lacks something."""
    broken = tmp_path / "openapi.yaml"
    broken.write_text(
        contract.read_text(encoding="utf-8").replace("  operationId", "  operation-id"), encoding="utf-8"
    )
    done = node.run("redocly", "lint", "--extends=recommended", "--format=json", broken)
    assert done.returncode == 1
    assert "operation-operationId" in done.stdout


def test_types(client: Path) -> None:
    """The client keeps to the types of the contract, strictly; what breaks them does not compile."""
    done = node.run("tsc", "--strict", "--noEmit", "--project", client)
    assert (done.returncode, done.stdout) == (0, "")


def test_recognises(client: Path) -> None:
    """The client reads a picture with the local service, and is told by a code why another is refused."""
    with running_service() as address:
        done = node.run(client / "recognise.ts", address.rstrip("/"), NUMBER)
    assert done.returncode == 0, done.stderr
    block, refused = done.stdout.splitlines()
    assert json.loads(block)["words"] == "3048271596"
    assert refused.startswith("ModelArts.4601: ")
