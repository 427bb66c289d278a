"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator import adapter, pin
from generator.cli import main
from generator.errors import GeneratorError
from generator.generate import generate
from generator.pin import VERSION, require_pinned_tool

from .command_line import run as _run
from .descriptions import HEAD
from .project import ROOT, Project, foreign, minimal, operation


@pytest.mark.parametrize("command", ["check", "bundle", "generate", "diff", "publish", "explain"])
def test_help_shows_an_example_and_the_exit_codes(command: str) -> None:
    """`--help` of each command shows how it is typed and what its exit codes mean."""
    done = _run(command, "--help")
    assert done.returncode == 0
    assert f"examples:\n  python -m generator {command}" in done.stdout
    assert "exit codes:\n  0 " in done.stdout
    assert all(len(line) <= 80 for line in _run(command, "--help", columns=80).stdout.splitlines())


@pytest.mark.parametrize("command", ["check", "bundle", "generate", "explain"])
def test_examples_of_the_help_work(tmp_path: Path, command: str) -> None:
    """What `--help` shows can be typed as it stands."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    shutil.copy(project.spec, tmp_path / "api.yaml")
    text = _run(command, "--help").stdout
    examples = re.findall(rf"^  python -m generator ({command}.*?)(?: >.*)?$", text, re.MULTILINE)
    assert examples
    for example in examples:
        if "--watch" not in example:
            assert _run(*example.split(), folder=tmp_path).returncode == 0, example


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "find what is wrong with a description"),
        (("genrate",), "there is no command genrate: did you mean generate?"),
        (("lint",), "there is no command lint: there are check, bundle, generate, diff, publish, explain"),
        (("--watch", "check"), "--watch stands before the command: begin with one of check,"),
        (("check", "--form", "json", "api.yaml"), "check has no option --form: did you mean --format?"),
        (("bundle", "--output=a.json", "--indent=2", "-x"), "bundle has no option --indent and no -x\n"),
    ],
)
def test_what_is_misspelt_is_told_with_what_is_meant(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    """A command or an option that there is not is answered with those that there are, and the exit code is 2."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert told in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(
    ("streams", "code", "out", "err"),
    [
        (">&-", 1, "", "1 error;"),
        ("2>&-", 1, "this is a folder", ""),
        (">&- 2>&-", 1, "", ""),
        (">/dev/full", 2, "", "error: cannot read or write: No space left on device\n"),
        ("2>/dev/full", 1, "this is a folder", ""),
    ],
)
def test_streams_that_take_nothing_break_nothing(
    tmp_path: Path, streams: str, code: int, out: str, err: str
) -> None:
    """Where a stream is closed or full, the exit code tells, the other stream is as ever, and there is no traceback."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m generator check "$1" {streams}', sys.executable, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert out in done.stdout
    assert done.stderr.startswith(err)
    assert bool(done.stdout) == bool(out)
    assert bool(done.stderr) == bool(err)


def test_own_description_has_no_findings() -> None:
    """The description of this repository is clean."""
    done = _run("check")
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")


def test_findings_are_printed_with_place_and_rule(tmp_path: Path) -> None:
    """Findings come as `path:line:column: severity rule-id message`, and the exit code is 1."""
    project = Project.copy(tmp_path)
    project.edit("schemas/Point.yaml", "minItems: 2", "minItems: two")
    done = _run("check", project.spec, folder=tmp_path)
    assert done.returncode == 1
    assert any(
        line.startswith("openapi/schemas/Point.yaml:7:") and ": error " in line
        for line in done.stdout.splitlines()
    )


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "openapi.yaml").write_text(HEAD, encoding="utf-8")


def _text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("bundle", "--output", "out.json"),
        ("generate", "--output", "out", "--package", "api", "--spec"),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize(
    ("make", "told"),
    [
        pytest.param(lambda path: None, "api.yaml:1:1: error file there is no such file", id="missing"),
        pytest.param(_folder, "error file this is a folder: name the file in it, api.yaml/openapi.yaml", id="folder"),
        pytest.param(Path.mkdir, "error file this is a folder: name the file in it that holds", id="empty folder"),
        pytest.param(_text(""), "error file the file is empty, or holds nothing but comments", id="empty"),
        pytest.param(_text("# TODO\n"), "error file the file is empty, or holds nothing but comments", id="comment"),
        pytest.param(
            _text(HEAD + "paths:\n\t/a: {}\n"),
            "api.yaml:4:1: error yaml-syntax a tab indents this line; YAML is indented with spaces only",
            id="tab",
        ),
        pytest.param(
            _text(HEAD + "paths: {}\npaths: {}\n"),
            'api.yaml:4:1: error duplicate-key the key "paths" stands in this mapping already, in line 3: remove one',
            id="duplicate key",
        ),
        pytest.param(
            _text("swagger: '2.0'\ninfo: {title: Old, version: '1'}\n"),
            "api.yaml:1:1: error openapi-version this is a Swagger 2.0 document: convert it to OpenAPI 3.1 first",
            id="swagger",
        ),
        pytest.param(_text("just a text"), "error openapi-version an OpenAPI document is a mapping", id="no mapping"),
        pytest.param(
            _text("{}"), "error openapi-version this is not an OpenAPI document: it has no member", id="no version"
        ),
    ],
)  # fmt: skip
def test_what_is_no_description_is_told_in_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    make: Callable[[Path], object],
    told: str,
) -> None:
    """Every command says of each common mistake what it is, with exit code 1, and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "api.yaml")
    before = sorted(tmp_path.iterdir())
    assert main([*command, "api.yaml"]) == 1
    (finding,) = capsys.readouterr().out.splitlines()
    assert told in finding
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("bundle", "--output", "out.json"),
        ("generate", "--output", "out", "--package", "api", "--spec"),
    ],
)
def test_everything_wrong_is_told_in_one_go(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    """A duplicate key does not keep a reference that leads nowhere from being told."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api.yaml").write_text(HEAD + "paths: {/a: {$ref: b.yaml}}\npaths: {}\n", encoding="utf-8")
    assert main([*command, "api.yaml"]) == 1
    told = capsys.readouterr()
    assert [line.split()[2] for line in told.out.splitlines()] == ["unresolved-reference", "duplicate-key"]
    left = "" if command[0] == "bundle" else " further rules are asked when these are mended;"
    assert told.err.startswith(f"2 errors;{left} `python -m generator explain unresolved-reference`")


@pytest.mark.parametrize(
    ("body", "rules", "left"),
    [
        pytest.param("paths: {/a: {get: {}}}\ninfos: 1\n", None, True, id="shape"),
        pytest.param(
            "paths: {'/{a}': {get: {responses: {'200': {description: Fine.}}}}}\n", None, False, id="meaning"
        ),
        pytest.param(
            "paths: {'/{a}': {get: {responses: {'200': {description: Fine.}}}}}\n",
            "operation-tag",
            True,
            id="meaning, then house rules",
        ),
        pytest.param(
            "paths: {/a: {get: {responses: {'200': {description: Fine.}}}}}\n",
            "operation-tag",
            False,
            id="content",
        ),
        pytest.param("paths: {/a: {$ref: b.yaml}}\n", None, True, id="references"),
        pytest.param("paths: {\n", None, True, id="syntax"),
    ],
)
def test_rules_that_were_not_asked_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str, rules: str | None, left: bool
) -> None:
    """The last line says that more may be found, if there are rules which the errors kept from being asked."""
    (tmp_path / "api.yaml").write_text(HEAD + body, encoding="utf-8")
    if rules is not None:
        text = f"{rules}: {{severity: error, reason: So that there is one.}}\n"
        (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path / "api.yaml")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert ("further rules are asked when" in said) is left
    assert ("1 error; further rules are asked when it is mended" in said) is (
        left and said.startswith("1 error")
    )


def test_what_generating_finds_is_left_when_the_check_finds_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a client cannot express is found only in a description without errors, and the last line says so."""
    document = minimal({"/{a}": operation("getA", {"type": "string", "not": {"const": "a"}})})
    project = foreign(tmp_path, document, "api_client")
    arguments = [
        "generate",
        "--spec",
        str(project.spec),
        "--output",
        str(project.output),
        "--package",
        "api_client",
    ]
    assert main(arguments) == 1
    assert "further rules are asked when it is mended" in capsys.readouterr().err
    document["paths"]["/a"] = document["paths"].pop("/{a}")
    project.write("openapi.yaml", json.dumps(document))
    assert main(arguments) == 1
    assert "further rules" not in capsys.readouterr().err


def test_bundle_in_both_formats_says_the_same(tmp_path: Path) -> None:
    """The YAML file and the JSON file hold the same document, which refers to nothing outside itself."""
    for suffix in ("yaml", "json"):
        assert _run("bundle", "--output", tmp_path / f"openapi.{suffix}").returncode == 0
    text = (tmp_path / "openapi.json").read_text(encoding="utf-8")
    assert yaml.safe_load((tmp_path / "openapi.yaml").read_text(encoding="utf-8")) == json.loads(text)
    assert '"$ref": "#/' in text
    assert text.count('"$ref": "') == text.count('"$ref": "#/')


def test_bundle_is_deterministic_and_checkable(tmp_path: Path) -> None:
    """Bundling twice gives the same bytes, `--check` notices an edit."""
    output = tmp_path / "openapi.json"
    _run("bundle", "--output", output)
    assert _run("bundle", "--output", output, "--check").returncode == 0
    output.write_text(output.read_text(encoding="utf-8") + " ", encoding="utf-8")
    done = _run("bundle", "--output", output, "--check")
    assert done.returncode == 1
    assert "not up to date" in done.stderr


def test_bundle_refuses_another_ending(tmp_path: Path) -> None:
    """The format comes from the name of the file, so the name has to tell it."""
    done = _run("bundle", "--output", tmp_path / "openapi.txt")
    assert done.returncode == 2
    assert ".yaml or .json" in done.stderr


@pytest.mark.parametrize("name", ["openapi.yaml", "part.yaml"])
def test_bundle_does_not_replace_what_it_is_made_from(tmp_path: Path, name: str) -> None:
    """No file of the description is written over, for its comments and its parts would be lost."""
    document = {**minimal(), "components": {"schemas": {"Part": {"$ref": "part.yaml"}}}}
    project = foreign(tmp_path, document)
    project.write("part.yaml", "type: string # by hand\n")
    before = {path: path.read_bytes() for path in project.spec.parent.iterdir()}
    done = _run("bundle", project.spec, "--output", project.spec.with_name(name))
    assert (done.returncode, "is a part of the description itself" in done.stderr) == (2, True)
    assert {path: path.read_bytes() for path in project.spec.parent.iterdir()} == before


def test_bundle_refuses_a_folder_as_its_output(tmp_path: Path) -> None:
    """A folder in the place of the output file is told as such."""
    (tmp_path / "a.json").mkdir()
    done = _run("bundle", "--output", tmp_path / "a.json")
    assert (done.returncode, "is a folder" in done.stderr) == (2, True)


def test_generate_prints_what_changed_and_then_nothing(tmp_path: Path) -> None:
    """The first run says where to read on, the next lists what changed, and the last that nothing did."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    arguments = ("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    first = _run(*arguments)
    assert re.fullmatch(
        r"client: \d+ files written; client/README\.md says how to use the client\n",
        first.stdout.replace(f"{tmp_path}/", ""),
    )
    (project.output / "README.md").write_text("", encoding="utf-8")
    second, third = _run(*arguments), _run(*arguments)
    assert second.stdout == f"  {project.output / 'README.md'}\n{project.output}: 1 file changed\n"
    assert third.stdout.strip() == f"{project.output}: unchanged"
    assert first.returncode == second.returncode == third.returncode == 0


def test_generate_check_prints_a_diff(tmp_path: Path) -> None:
    """`--check` prints a unified diff, writes nothing and exits with 1."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    arguments = ("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    _run(*arguments)
    client = project.output / "api_client" / "client.py"
    client.write_text(
        client.read_text(encoding="utf-8").replace("class Client", "class Cliant"), encoding="utf-8"
    )
    done = _run(*arguments, "--check")
    assert done.returncode == 1
    assert "-class Cliant(SyncClient):\n+class Client(SyncClient):\n" in done.stdout
    assert "1 file would change; do it by the same command without --check" in done.stderr
    assert "Cliant" in client.read_text(encoding="utf-8")


@pytest.mark.parametrize("below", [".", "in/it"])
@pytest.mark.parametrize("check", [(), ("--check",)], ids=["write", "check"])
def test_output_that_is_a_file_is_refused(tmp_path: Path, below: str, check: tuple[str, ...]) -> None:
    """A file in the place of the output folder, or of one above it, stays what it is."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    project.output.write_text("mine", encoding="utf-8")
    output = project.output / below
    done = _run("generate", "--spec", project.spec, "--output", output, "--package", "api_client", *check)
    assert (done.returncode, done.stderr) == (
        2,
        f"error: {project.output} is a file: name a folder with --output\n",
    )
    assert project.output.read_text(encoding="utf-8") == "mine"


def test_a_link_as_output_stays_a_link(tmp_path: Path) -> None:
    """The client lands in the folder that the link names."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    (tmp_path / "kept").mkdir()
    project.output.symlink_to("kept")
    assert project.generate().changed
    assert project.output.is_symlink()
    assert (tmp_path / "kept" / "api_client" / "client.py").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["client", "kept", "openapi"]


def test_another_client_is_not_replaced(tmp_path: Path) -> None:
    """A folder with the client of another package is told by its name, not as files of somebody's own."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    project.generate()
    with pytest.raises(GeneratorError, match=r"holds the client api_client, .* with --output, or remove"):
        generate(project.spec, project.output, "other_api")


def test_only_the_first_of_many_changed_files_are_named(tmp_path: Path) -> None:
    """A large client does not scroll everything else out of sight."""
    paths = {f"/{n}": operation(f"get{n}", {"type": "string"}) for n in range(50)}
    foreign(tmp_path, minimal(paths)).generate()
    project = foreign(tmp_path, {**minimal(paths), "info": {"title": "Small", "version": "1.2.4"}})
    done = _run("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    *names, more, total = done.stdout.splitlines()
    assert len(names) == 40
    assert int(more.split()[1]) + 40 == int(total.split()[1])


@pytest.mark.parametrize("command", ["check", "bundle", "generate"])
def test_files_outside_the_folder_are_followed_only_when_allowed(tmp_path: Path, command: str) -> None:
    """A reference out of the description's folder is refused, with the option that allows it, and then works."""
    document = minimal({"/a": operation("getA", {"$ref": "../elsewhere/Pet.yaml"})})
    project = foreign(tmp_path, document)
    project.write("../elsewhere/Pet.yaml", "type: object\nproperties: {name: {type: string}}\n")
    rest: dict[str, list[str | Path]] = {
        "check": [project.spec],
        "bundle": [project.spec, "--output", tmp_path / "out.json"],
        "generate": ["--spec", project.spec, "--output", project.output, "--package", "api_client"],
    }
    arguments = [command, *rest[command]]
    refused = _run(*arguments)
    assert refused.returncode == 1
    assert "refused-reference" in refused.stdout
    assert "--allow-outside-references" in refused.stdout
    for _ in range(2):
        assert _run(*arguments, "--allow-outside-references").returncode == 0
    assert _run(*arguments).returncode == 1, "what was allowed once stays allowed"


def test_findings_in_files_outside_the_folder_have_their_place(tmp_path: Path) -> None:
    """A mistake in a file beside the description's folder is told with that file, line and column."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"$ref": "../elsewhere/Pet.yaml"})}))
    project.write("../elsewhere/Pet.yaml", "properties:\n  name: {type: text}\n")
    done = _run("check", project.spec, "--allow-outside-references", folder=tmp_path)
    (finding,) = done.stdout.splitlines()
    assert finding.startswith("elsewhere/Pet.yaml:2:10: error openapi-schema ")
    assert finding.endswith("[/components/schemas/Pet/properties/name/type]")


def test_a_partial_client_is_made_only_when_asked_for(tmp_path: Path) -> None:
    """What cannot be expressed stops the run; allowed, each run warns of it, and the README; else it stops again."""
    callback = {"on": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "Fine."}}}}}}
    paths = {
        "/a": operation("getA", {"type": "string"}),
        "/b": operation("getB", {"type": "string"}, callbacks=callback),
    }
    project = foreign(tmp_path, minimal(paths))
    arguments = ("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    assert _run(*arguments).returncode == 1
    assert not project.output.exists()
    done = _run(*arguments, "--allow-partial")
    assert (done.returncode, done.stdout.count(": warning callback ")) == (0, 1)
    assert "/paths/~1b/get/callbacks" in (project.output / "README.md").read_text(encoding="utf-8")
    again = _run(*arguments, "--allow-partial").stdout
    assert again.count(": warning callback ") == 1
    assert again.endswith(f"{project.output}: unchanged\n")
    assert _run(*arguments).returncode == 1, "what was allowed once stays allowed"


def test_rules_that_are_chosen_later_count(tmp_path: Path) -> None:
    """A list of rules that appears beside an unchanged description is noticed."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    arguments = ("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    assert _run(*arguments).returncode == 0
    project.write("rules.yaml", "operation-tag: {severity: error, reason: Pages are grouped by it.}\n")
    assert _run(*arguments).returncode == 1


def test_another_version_of_the_tool_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates rely on one version of openapi-python-client; with another, the sentence names both and a command."""
    monkeypatch.setattr(pin, "version", lambda name: "0.30.0")
    for call in (require_pinned_tool, lambda: adapter.parse({}, lambda pointer: pytest.fail(pointer))):
        with pytest.raises(GeneratorError) as caught:
            call()
        assert str(caught.value).startswith("openapi-python-client 0.30.0 is installed, but")
        assert str(caught.value).endswith(f"run `pip install openapi-python-client=={VERSION}`")


def test_a_tool_that_is_not_there_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openapi-python-client the sentence is as helpful as with another version of it."""
    monkeypatch.setattr(pin, "TOOL", "no-such-distribution")
    with pytest.raises(
        GeneratorError, match=r"^no-such-distribution is not installed, but .* run `pip install"
    ):
        require_pinned_tool()


def test_the_pinned_version_is_the_one_that_the_repository_installs() -> None:
    """The code and the requirements name the same version of the tool."""
    assert f'"openapi-python-client=={VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_a_package_that_is_missing_is_told_with_what_to_do(tmp_path: Path) -> None:
    """Without a library the command ends with its name and how to install it, not with a traceback."""
    (tmp_path / "yaml.py").write_text("raise ImportError('no yaml here', name='yaml')\n", encoding="utf-8")
    done = _run("check", path=[tmp_path])
    assert done.returncode == 2
    assert done.stderr.startswith("error: yaml is not installed")
    assert "pip install --group generator" in done.stderr
    assert "Traceback" not in done.stderr


def test_text_that_the_terminal_cannot_show_is_escaped(tmp_path: Path) -> None:
    """On a terminal of another encoding a message is still told."""
    (tmp_path / "文.yaml").write_text("", encoding="utf-8")
    done = _run("check", "文.yaml", folder=tmp_path, encoding="ascii")
    assert (done.returncode, done.stdout.split(":")[0]) == (1, r"\u6587.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """`… | head -1` ends without a word about a broken pipe."""
    keys = "".join(f"k{n}: 1\nk{n}: 2\n" for n in range(2000))
    (tmp_path / "api.yaml").write_text(HEAD + keys, encoding="utf-8")
    command = f"{sys.executable} -m generator check api.yaml 2>errors | head -1"
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert "pipe" not in (tmp_path / "errors").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["check", "--help"], {"attrs", "yaml", "jsonschema_rs", "importlib.metadata", "threading"}),
        (
            ["generate"],
            {"yaml", "jsonschema_rs", "jinja2", "openapi_python_client", "pydantic", "rich", "watchfiles"},
        ),
        (["check"], {"jinja2", "openapi_python_client", "pydantic", "rich", "watchfiles", "anyio"}),
    ],
    ids=["help", "generate", "check"],
)
def test_a_command_imports_only_what_it_needs(tmp_path: Path, command: list[str], unneeded: set[str]) -> None:
    """Help, a check, and generating what is up to date already start without the tools that take long to load."""
    if command == ["generate"]:
        project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
        command += ["--spec", str(project.spec), "--output", str(project.output), "--package", "api_client"]
        assert _run(*command).returncode == 0
    code = f"""\
        import sys
        from generator.cli import main
        try:
            main({command!r})
        except SystemExit:
            pass
        print(sorted({unneeded!r} & set(sys.modules)), file=sys.stderr)
        """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


def test_the_client_of_another_description_is_not_this_repositorys(tmp_path: Path) -> None:
    """Who names a description has to name folder and package, too, lest its client replaces the one that is here."""
    project = foreign(tmp_path, minimal())
    done = _run("generate", "--spec", project.spec)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name the folder and the package of its client with --output and --package" in done.stderr
    assert "with --package\n" in _run("generate", "--spec", project.spec, "--output", project.output).stderr


@pytest.mark.parametrize(("command", "told"), [("check", "run it for each"), ("generate", "options say")])
def test_one_description_at_a_time(command: str, told: str) -> None:
    """A name too many is told, with what to do instead."""
    done = _run(command, "openapi/openapi.yaml", "other.yaml")
    assert done.returncode == 2
    assert f"other.yaml is more than {command} takes: " in done.stderr
    assert told in done.stderr


def test_json_is_told_of_in_terms_of_json(tmp_path: Path) -> None:
    """A JSON file that ends too early is no JSON, at a line that it has."""
    path = tmp_path / "api.json"
    path.write_text('{"openapi": "3.1.0",\n"info": {\n', encoding="utf-8")
    done = _run("check", path)
    assert done.stdout.startswith(f"{path}:2:10: error json-syntax the file ends in the middle of a value")
