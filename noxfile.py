"""Everything that is done here more than once; `nox -l` lists it."""

from __future__ import annotations

import os
import shutil

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "tests"]

PYTHON = "python3"

# The sessions start hundreds of processes: let Python keep what it compiled, also where it is told not to.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

DOCUMENT = "emulator/huaweicloud_ocr_emulator/openapi.json"


def install(session: nox.Session, group: str) -> None:
    """Install a dependency group: just the locked versions with uv, the declared ranges without it."""
    if session.venv_backend == "uv":
        session.run_install(
            "uv",
            "sync",
            "--locked",
            "--no-default-groups",
            f"--group={group}",
            f"--python={session.virtualenv.location}",
            env={"UV_PROJECT_ENVIRONMENT": session.virtualenv.location},
            silent=True,
        )
    else:
        pyproject = nox.project.load_toml("pyproject.toml")
        needed = [
            name
            for name in nox.project.dependency_groups(pyproject, group)
            if not name.startswith("huaweicloud-ocr")
        ]
        session.install("-e", "generated_client", "-e", "emulator", *needed)


@nox.session
def demo(session: nox.Session) -> None:
    """Check, regenerate, serve on loopback, recognise the sample pictures, draw what was found."""
    install(session, "demo")
    if not {"-h", "--help"} & set(session.posargs):
        session.run("python", "-m", "generator", "check")
        regenerate_all(session)
    session.run("python", "-m", "demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Pass every test; arguments after `--` go to pytest."""
    install(session, "tests")
    session.run("python", "-m", "pytest", "--numprocesses=auto", "--dist=worksteal", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Try the page of the local service in a Chromium, which has to be on the machine."""
    if shutil.which("chromium") is None:
        session.error("there is no chromium on this machine: apt-get install chromium")
    install(session, "browser")
    session.run("python", "-m", "pytest", "tests/browser", *session.posargs)


@nox.session
def publish(session: nox.Session) -> None:
    """Publish the description as a version on its site, build/site; arguments after `--` go to `publish`."""
    install(session, "node")
    output = () if "--output" in session.posargs else ("--output", "build/site")
    session.run("python", "-m", "generator", "publish", *output, *session.posargs)


@nox.session
def typescript(session: nox.Session) -> None:
    """Lint the description with redocly, and recognise a picture with a client in TypeScript."""
    install(session, "typescript")
    session.run("python", "-m", "pytest", "tests/typescript", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Call the local service with 5,000 requests at random, and tell how they were answered."""
    install(session, "tests")
    session.run(
        *("python", "-m", "pytest", "--numprocesses=2", "tests/emulator/test_fuzz.py", *session.posargs),
        env={"FUZZ_CASES": "5000"},
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Hold the code to ruff, mypy and pyright, the description to its rules, the client to the description."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("hadolint", "emulator/Dockerfile")
    session.run("mypy")
    session.run("pyright")
    session.run(
        *("python", "-m", "pytest", "tests/generator/test_corpus.py", "-k", "test_packages_are_typed"),
        env={"ALL_TYPED": "1"},
    )
    session.run("python", "-m", "generator", "check")
    session.run("python", "-m", "generator", "generate", "--check")
    session.run("python", "-m", "generator", "bundle", "--output", DOCUMENT, "--check")


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure the client beside others; arguments after `--` go to it, such as `--quick`."""
    install(session, "benchmarks")
    session.run("python", "benchmarks/client.py", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Say what is wrong with the description, or with the one that is named after `--`."""
    install(session, "generator")
    session.run("python", "-m", "generator", "check", *session.posargs)


@nox.session
def diff(session: nox.Session) -> None:
    """Hold version and changelog of the description to what changed since it was published; or `-- OLD NEW`."""
    install(session, "generator")
    session.run("python", "-m", "generator", "diff", *(session.posargs or ["--gate"]))


@nox.session
def regenerate(session: nox.Session) -> None:
    """Bring everything that follows from the description up to date."""
    install(session, "generator")
    regenerate_all(session)


@nox.session
def bundle(session: nox.Session) -> None:
    """Write the description as one file: build/openapi.yaml and build/openapi.json."""
    install(session, "generator")
    for suffix in ("yaml", "json"):
        session.run("python", "-m", "generator", "bundle", "--output", f"build/openapi.{suffix}")


def regenerate_all(session: nox.Session) -> None:
    """Generate the client, and the document that the emulator serves."""
    session.run("python", "-m", "generator", "generate")
    session.run("python", "-m", "generator", "bundle", "--output", DOCUMENT)
