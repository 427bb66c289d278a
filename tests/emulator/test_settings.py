"""Settings: arguments before variables of the environment, variables before a file, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from huaweicloud_ocr_emulator.cli import main
from huaweicloud_ocr_emulator.options import read_settings
from huaweicloud_ocr_emulator.settings import RateLimit, Rehearsed, Settings

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
    monkeypatch.setenv(f"{PREFIX}FAULT", "AIS.0104:0.1, ModelArts.4403")
    settings, _ = read_settings(["--rate-limit", "60/min"])
    assert settings.rate_limit == RateLimit(60, 60.0)
    assert settings.fault == (Rehearsed("AIS.0104", 0.1), Rehearsed("ModelArts.4403", 1.0))
    repeated, _ = read_settings(["--fault", "AIS.0104:0.1", "--fault", "AIS.0105:0"])
    assert [fault.code for fault in repeated.fault] == ["AIS.0104", "AIS.0105"]


@pytest.mark.parametrize(
    ("arguments", "variables", "content", "said"),
    [
        (["--rate-limit", "often"], {}, "", "argument --rate-limit: is no rate: say it as 60/min"),
        (["--fault", "AIS.0104:2"], {}, "", "argument --fault: is no fault: say it as ModelArts.4403:0.1"),
        ([], {"PORT": "http"}, "", f"{PREFIX}PORT: input should be a valid integer"),
        ([], {}, "port = 70000", "service.toml: port: input should be less than or equal to 65535"),
        ([], {}, "prot = 1", "service.toml: there is no setting prot"),
        ([], {}, "port = ", "service.toml is no TOML"),
        (["--ak", "key"], {}, "", "ak and sk go together"),
        ([], {"TOKEN": "  "}, "", "token: an empty one cannot be sent"),
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
    assert said in capsys.readouterr().err


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
    assert "http://127.0.0.1:1/readyz is not ready" in capsys.readouterr().err
