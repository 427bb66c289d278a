"""The command line: its commands, its help, how it starts and how it ends."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import huaweicloud_ocr
from huaweicloud_ocr._runtime.client import DEFAULT_TIME_LIMIT

from .command_line import COMMAND, CREDENTIALS, environment, on_terminal, process, run
from .pictures import picture
from .service import Exchange, Service, answer

DISTRIBUTION = Path(huaweicloud_ocr.__file__).parents[1]
HELP = """\
Usage: huaweicloud-ocr [OPTIONS] COMMAND [ARGS]...

  Text of handwritten notes and of web images, with the place of every block.

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
  handwriting  Handwritten Text OCR
  web-image    Web Image OCR
  batch        Send many files, and go on after any stop.
  errors       Explain error codes.
  completion   Complete commands in a shell.

Environment:
  HUAWEICLOUD_SDK_TOKEN           credentials (Token)
  HUAWEICLOUD_SDK_AK              credentials (AkSk)
  HUAWEICLOUD_SDK_SK              credentials (AkSk)
  HUAWEICLOUD_SDK_SECURITY_TOKEN  credentials (AkSk, if they need it)
  HUAWEICLOUD_SDK_PROJECT_ID      what --project-id says otherwise
  NO_COLOR                        no colours, if it is set

Exit codes:
  0    everything succeeded
  1    something failed: a picture, a file, the call; the others are done
  2    the command is not used rightly
  3    settings or credentials are missing, or the service refuses them
  130  stopped by Ctrl-C
  141  whoever read the output has gone
  143  stopped by SIGTERM
"""
HEAVY = ("httpx", "attrs", "msgspec", "pybase64", "rich", "PIL", "asyncio")
# What the package itself imports is no matter of the command line.
PROBE = """
import sys, types, importlib.util
package = types.ModuleType("huaweicloud_ocr")
package.__path__ = importlib.util.find_spec("huaweicloud_ocr").submodule_search_locations
sys.modules["huaweicloud_ocr"] = package
from huaweicloud_ocr._commands import main
main()
print("IMPORTED", *sys.modules)
"""


def test_help() -> None:
    """The help names the commands, the environment variables and the exit codes."""
    done = run("--help")
    assert (done.code, done.output, done.errors) == (0, HELP, "")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["handwriting", "--help"], ["--version"], ["errors", "--help"]]
)
def test_help_is_light(arguments: list[str]) -> None:
    """Help and version import neither what makes calls nor what draws pictures and tables."""
    done = run(*arguments, command=[sys.executable, "-c", PROBE])
    imported = done.output.partition("IMPORTED")[2].split()
    assert imported
    assert [name for name in imported if name in HEAVY or name.startswith("huaweicloud_ocr.models")] == []


def test_help_of_an_operation() -> None:
    """The help of an operation has the texts, values, limits and defaults of the description."""
    text = " ".join(run("handwriting", "--help").output.split())
    for phrase in (
        "huaweicloud-ocr handwriting [OPTIONS] PICTURE...",
        "Reads the handwritten and printed text of one picture.",
        "JPEG, PNG, BMP or TIFF, sides of 8 to 8192 pixels, at most 7.5 MB.",
        "--char-set [digit|letter|digit_letter|general]",
        "digit (digits only), letter (letters only)",
        "Default: general.",
        "--quick-mode Reads the whole picture as a single line",
        "--region REGION",
        "cn-southwest-2",
        "[env var: HUAWEICLOUD_SDK_PROJECT_ID]",
        f"an attempt may take in all. Default: {DEFAULT_TIME_LIMIT:g}.",
    ):
        assert phrase in text


def test_help_keeps_to_the_width() -> None:
    """No line of help is longer than 80 characters, and no name is torn apart at a hyphen."""
    for command in ("handwriting", "web-image", "errors"):
        lines = run(command, "--help").lines
        assert max(map(len, lines)) <= 80
        assert not [line for line in lines if re.search(r"[a-z]-$", line)]


def test_version() -> None:
    """`--version` tells the version of the package."""
    assert run("--version").output == f"huaweicloud-ocr {huaweicloud_ocr.__version__}\n"


def test_console_script() -> None:
    """The distribution installs the command, and its packages with the extra `cli`."""
    project = tomllib.loads((DISTRIBUTION / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"huaweicloud-ocr": "huaweicloud_ocr._commands:main"}
    assert {re.split(r"[<>=]", need)[0] for need in project["optional-dependencies"]["cli"]} == {
        "click",
        "pillow",
        "rich",
    }


@pytest.mark.parametrize("missing", ["click", "rich", "PIL"])
def test_without_the_extra(missing: str) -> None:
    """Without the packages of the extra, one sentence says what to install."""
    code = f"import sys; sys.modules[{missing!r}] = None; from huaweicloud_ocr._commands import main; sys.exit(main())"
    done = run("--help", command=[sys.executable, "-c", code])
    message = "huaweicloud-ocr: the command line needs more packages: pip install 'huaweicloud-ocr[cli]'\n"
    assert (done.code, done.output, done.errors) == (3, "", message)


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["handwritting", "a.png"], "Did you mean 'handwriting'?"),
        (["nothing-like-it"], "No such command 'nothing-like-it'"),
        (["handwriting", "a.png", "--char-set", "digits"], "'digits' is not one of 'digit', 'letter'"),
        (["handwriting", "a.png", "--quickmode"], "--quick-mode"),
        (["handwriting", "a.png", "--region", "cn-north-9"], "'cn-north-9' is not one of"),
        (["handwriting", "a.png", "--time-limit", "0"], "0.0 is not in the range x>0"),
        (["handwriting", "a.png", "--retries", "-1"], "-1 is not in the range x>=0"),
        (["handwriting", "a.png", "--token", "secret"], "No such option"),
        (["handwriting", "-", "-"], "- is named twice"),
        (["handwriting", "https://example.com/a.png", "--annotate", "x"], "--annotate draws on files"),
        (["handwriting", "--char-set", "digit"], "PICTURE..."),
    ],
)
def test_wrong_usage(arguments: list[str], phrase: str) -> None:
    """Wrong usage ends with 2 and says what is wrong, before anything is read or sent."""
    done = run(*arguments)
    assert (done.code, done.output) == (2, "")
    assert phrase in done.errors


def test_nothing_asked_for() -> None:
    """Without a command, or an operation without a picture, the help is shown, as for wrong usage."""
    for arguments in ([], ["handwriting"]):
        done = run(*arguments)
        assert done.code == 2
        assert "Usage: huaweicloud-ocr" in done.errors


def test_standard_input_is_a_terminal() -> None:
    """Nobody is expected to type a picture."""
    done = on_terminal("handwriting", "-")
    assert done.code == 2
    assert "pipe a file into it" in done.output


def test_interrupted(service: Service, tmp_path: Path) -> None:
    """Ctrl-C ends with 130, and what was written until then is whole."""
    file = tmp_path / "a.png"
    file.write_bytes(picture())

    with process("handwriting", file, file, "--format", "json", "--endpoint", service.endpoint) as started:

        def interrupt(exchange: Exchange) -> None:
            started.send_signal(2)
            exchange.service.over.wait()

        service.plays(answer(), interrupt)
        output, errors = started.communicate()
    assert started.returncode == 130
    assert output.rstrip().endswith(b"]")
    assert b"Traceback" not in errors


def test_reader_has_gone(service: Service, tmp_path: Path) -> None:
    """When nobody reads the output any more, the command ends quietly with 141."""
    file = tmp_path / "a.png"
    file.write_bytes(picture())
    with process("handwriting", file, "--endpoint", service.endpoint) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        assert started.wait() == 141
        assert started.stderr.read() == b""


def test_completion_script() -> None:
    """`completion` prints what sets up a shell."""
    for shell in ("bash", "zsh", "fish"):
        done = run("completion", shell, variables={})
        assert done.code == 0
        assert "_HUAWEICLOUD_OCR_COMPLETE" in done.output


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("huaweicloud-ocr han", "handwriting"),
        ("huaweicloud-ocr handwriting --ch", "--char-set"),
        ("huaweicloud-ocr handwriting --char-set di", "digit_letter"),
        ("huaweicloud-ocr errors apig.0308", "APIG.0308"),
    ],
)
def test_completion(words: str, expected: str) -> None:
    """Shells complete commands, options, their values and error codes."""
    variables = {
        "_HUAWEICLOUD_OCR_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = run(variables={**CREDENTIALS, **variables})
    assert f"plain,{expected}" in done.lines


def test_explain_a_code() -> None:
    """`errors CODE` says what a code means and what to do, in any case of letters."""
    text = " ".join(run("errors", "ais.0103", variables={}).output.split())
    assert text.startswith("AIS.0103 status 400 Message The image size does not meet the requirements.")
    assert "Remedy Scale the picture so that both sides are within the limits of the operation." in text
    assert text.endswith("Retry after something was changed")


def test_list_codes() -> None:
    """`errors` lists all codes, a line each when piped; words narrow the list."""
    everything = run("errors", variables={})
    assert [line.count("\t") for line in everything.lines] == [2] * 43
    some = run("errors", "Token", "header", variables={}).lines
    assert 0 < len(some) < 10
    assert all("token" in line.lower() for line in some)


def test_unknown_code() -> None:
    """A code that is not known ends with 1, and what is like it is named."""
    done = run("errors", "AIS.01033", variables={})
    assert (done.code, done.output) == (1, "")
    assert "like it are AIS.0103" in done.errors


def test_table_on_a_terminal() -> None:
    """On a terminal codes come as a table in colours, unless NO_COLOR is set."""
    assert "\x1b[36mAIS.0101" in on_terminal("errors", variables={}).output
    assert "\x1b" not in on_terminal("errors", variables={"NO_COLOR": "1"}).output
    assert "\x1b" not in on_terminal("errors", variables={}, term="dumb").output


def test_same_as_a_module() -> None:
    """`python -m` says the name of the command in its usage, not that of a file."""
    done = subprocess.run(
        [*COMMAND, "nothing"], capture_output=True, text=True, env=environment(), check=False
    )
    assert "Usage: huaweicloud-ocr [OPTIONS]" in done.stderr
