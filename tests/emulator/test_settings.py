"""Settings: arguments before variables of the environment, variables before a file, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from huaweicloud_ocr_emulator.cli import main
from huaweicloud_ocr_emulator.options import read_settings
from huaweicloud_ocr_emulator.settings import RateLimit, Rehearsed, Settings, explicit

PREFIX = "HUAWEICLOUD_OCR_EMULATOR_"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with settings."""
    path = tmp_path / "service.toml"
    path.write_text('port = 1\nqueue = 1\nworkers = 1\nfault = ["AIS.0104:0.5"]\n', encoding="utf-8")
    return path


def test_order(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An argument counts before a variable, a variable before the file, and the file before the default."""
    monkeypatch.setenv(f"{PREFIX}PORT", "2")
    monkeypatch.setenv(f"{PREFIX}QUEUE", "2")
    settings, _ = read_settings(["--config", str(file), "--port", "3"])
    assert (settings.port, settings.queue, settings.workers, settings.host) == (3, 2, 1, "127.0.0.1")
    assert settings.fault == (Rehearsed("AIS.0104", 0.5),)


def test_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rates and faults are read from texts, several faults from one variable or from arguments."""
    monkeypatch.setenv(f"{PREFIX}FAULT", "AIS.0104:0.1, ModelArts.4403:0.9")
    settings, _ = read_settings(["--rate-limit", "60/min"])
    assert settings.rate_limit == RateLimit(60, 60.0)
    assert settings.fault == (Rehearsed("AIS.0104", 0.1), Rehearsed("ModelArts.4403", 0.9))
    repeated, _ = read_settings(["--fault", "AIS.0104:0.1", "--fault", "AIS.0105:0"])
    assert [fault.code for fault in repeated.fault] == ["AIS.0104", "AIS.0105"]


@pytest.mark.parametrize(
    ("arguments", "variables", "content", "said"),
    [
        (
            ["--rate-limit", "often"],
            {},
            "",
            "argument --rate-limit: 'often' is no rate: say it as 60/min, with",
        ),
        (["--rate-limit", "0/h"], {}, "", "argument --rate-limit: '0/h' serves no call: say at least 1/h"),
        (
            ["--fault", "AIS.0104:2"],
            {},
            "",
            "argument --fault: 'AIS.0104:2' is no fault: say it as ModelArts",
        ),
        (
            [],
            {"FAULT": "AIS.0104:0.7,AIS.0105:.7"},
            "",
            f"{PREFIX}FAULT: the shares add up to 1.4, more than",
        ),
        (
            [],
            {},
            'fault = ["AIS.014"]',
            "service.toml: fault: AIS.014 is no error code that the description has a",
        ),
        (["--fault", "ModelArts.4430"], {}, "", "message of: did you mean ModelArts.4403?"),
        ([], {"PORT": "http"}, "", f"{PREFIX}PORT: 'http' is no whole number"),
        (
            [],
            {"RATELIMIT": "1/s"},
            "",
            f"{PREFIX}RATELIMIT: there is no such setting: did you mean {PREFIX}RATE_LI",
        ),
        ([], {}, "port = 70000", "service.toml: port: 70000 is more than 65535"),
        ([], {}, "log_format = 5", "service.toml: log_format: 5 is none of 'console' or 'json'"),
        ([], {}, "sk = 12345", "service.toml: sk: what is set is no text"),
        ([], {}, "prot = 1", "service.toml: there is no setting prot: did you mean port?"),
        ([], {}, "rate-limit = 1", "service.toml: there is no setting rate-limit: did you mean rate_limit?"),
        ([], {}, "port = ", "service.toml is no TOML"),
        (["--ak", "key"], {}, "", "argument --ak: goes together with sk: set sk too, or leave ak out"),
        ([], {}, 'password = "hidden"', "service.toml: password: goes together with user: set user too"),
        ([], {"TOKEN": "  "}, "", f"{PREFIX}TOKEN: an empty one cannot be sent"),
        (["--tokn", "hidden"], {}, "", "there is no option '--tokn': did you mean --token?"),
        (["--password", "my", "hidden"], {}, "", "an argument that belongs to no option: put what has"),
        (
            ["--recognition-seconds", "inf"],
            {},
            "",
            "argument --recognition-seconds: 'inf' is no number that ends",
        ),
        (["--host", ""], {}, "", "argument --host: is empty: say 127.0.0.1"),
        (["--check", "--port", "0"], {}, "", "argument --port: 0 is no port to check"),
    ],
)
def test_wrong(
    arguments: list[str],
    variables: dict[str, str],
    content: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong is told by where it stands, in one sentence, with 2 as the exit code."""
    path = tmp_path / "service.toml"
    path.write_text(content, encoding="utf-8")
    for name, value in variables.items():
        monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SystemExit) as exit_:
        main([*arguments, "--config", str(path)])
    assert exit_.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("huaweicloud-ocr-emulator: ")
    assert said in line
    assert "hidden" not in line


def test_time_of_the_container() -> None:
    """The example for Docker Compose leaves the service the time that calls in flight get by its settings."""
    path = Path(__file__).parents[2] / "emulator" / "compose.yaml"
    service = yaml.safe_load(path.read_text(encoding="utf-8"))["services"]["ocr"]
    given = {
        name.removeprefix(PREFIX).lower(): value.replace("${OCR_TOKEN:-secret}", "secret")
        for name, value in service["environment"].items()
    }
    assert int(service["stop_grace_period"].removesuffix("s")) > explicit(**given).finish_seconds


def test_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read is told, not taken for an empty one."""
    with pytest.raises(SystemExit):
        main(["--config", "nowhere.toml"])
    assert "--config: nowhere.toml cannot be read: No such file or directory" in capsys.readouterr().err


def test_secrets_are_hidden() -> None:
    """No repr shows a secret."""
    settings = Settings(
        token=SecretStr("t0ken"), ak="a", sk=SecretStr("s3cret"), user="u", password=SecretStr("p4ss")
    )
    for secret in ("t0ken", "s3cret", "p4ss"):
        assert secret not in f"{settings!r} {settings}"


def test_check_without_a_service(capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` ends with 1 where no service is ready, and says so."""
    assert main(["--check", "--port", "1"]) == 1
    assert (
        "http://127.0.0.1:1/readyz is not ready: nothing listens there: start the service"
        in capsys.readouterr().err
    )
