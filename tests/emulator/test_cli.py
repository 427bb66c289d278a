"""The command."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from huaweicloud_ocr_emulator import __version__
from huaweicloud_ocr_emulator.cli import main

from .caller import HANDWRITING, Caller
from .pictures import draw, image

COMMAND = [sys.executable, "-m", "huaweicloud_ocr_emulator"]


@pytest.fixture
def used_port() -> Iterator[int]:
    """A port that someone listens on."""
    with socket.create_server(("127.0.0.1", 0)) as used:
        yield used.getsockname()[1]


def test_port_in_use(used_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A port in use is said in one sentence that tells what to do."""
    assert main(["--port", str(used_port)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == (
        f"huaweicloud-ocr-emulator: port {used_port} on 127.0.0.1 is in use: "
        "stop what listens there, or choose another with --port\n"
    )


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1", "a..b"])
def test_host_of_another_machine(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An address that is not this machine's is said in one sentence."""
    assert main(["--host", host, "--port", "0"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert host in line
    assert "is not an address of this machine" in line


@pytest.mark.parametrize(
    "arguments",
    [["--port", "65536"], ["--port", "-1"], ["--port", "http"], ["--token", " "], ["--log-level", "loud"]],
)
def test_wrong_options(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong option is named, with what would be right."""
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """The help shows the command and a client that uses it."""
    with pytest.raises(SystemExit):
        main(["--help"])
    output = capsys.readouterr().out
    assert "huaweicloud-ocr-emulator --port 8765" in output
    assert 'Client(endpoint="http://127.0.0.1:8765"' in output


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is told."""
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"huaweicloud-ocr-emulator {__version__}\n"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_free_port(stop: signal.Signals) -> None:
    """With port 0 the address is printed once calls are answered, and a signal ends the service quietly."""
    command = [*COMMAND, "--port", "0", "--log-level", "warning"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("listening on http://127.0.0.1:")
            response = httpx.get(line.removeprefix("listening on ").strip() + "/healthz", trust_env=False)
            assert response.status_code == 200
            port = line.strip().rpartition(":")[2]
            assert main(["--check", "--port", port]) == 0
        finally:
            process.send_signal(stop)
            output, errors = process.communicate(timeout=20)
    # An operation that only the description has may be warned of.
    unexpected = [line for line in errors.splitlines() if "not in this service" not in line]
    assert (output, unexpected) == ("", [])
    assert process.returncode == 0


def test_calls_in_flight_are_answered() -> None:
    """SIGTERM lets calls end that are being read or wait for a worker, takes no others, and the exit code is 0."""
    picture = image(draw({(60, 80 * n): f"Line {n} of a page" for n in range(4)}, size=(600, 400), height=40))
    command = [*COMMAND, "--port", "0", "--log-level", "warning", "--workers", "1"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        ThreadPoolExecutor(4) as callers,
    ):
        try:
            assert process.stdout
            caller = Caller(process.stdout.readline().removeprefix("listening on ").strip())
            calls = [callers.submit(caller.post, HANDWRITING, {"image": picture}) for _ in range(4)]
            figures = ""
            while "ocr_emulator_queue_length 3.0" not in figures and not any(call.done() for call in calls):
                figures = httpx.get(f"{caller.url}/metrics", trust_env=False).text
            process.send_signal(signal.SIGTERM)
            found = [call.result() for call in calls]
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
    assert "ocr_emulator_queue_length 3.0" in figures, "all came before the first was read"
    assert [response.status_code for response in found] == [200] * 4
    assert all(response.json()["result"]["words_block_count"] == 4 for response in found)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{caller.url}/healthz", trust_env=False)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_second_signal(stop: signal.Signals) -> None:
    """The first signal says what is waited for; a second one ends that with a documented error, without a traceback."""
    command = [*COMMAND, "--port", "0", "--log-level", "warning"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stderr
            caller = Caller(process.stdout.readline().removeprefix("listening on ").strip())
            with caller.connection() as connection:
                head = (
                    f"POST {HANDWRITING} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\nContent-Length: 9\r\n\r\n"
                )
                connection.sendall(head.encode())
                # The head has arrived once a call after it has been answered.
                assert caller.send("GET", "/healthz").is_success
                process.send_signal(stop)
                assert process.stderr.readline().endswith(
                    "waiting for 1 call; Ctrl-C again ends what is left\n"
                )
                process.send_signal(stop)
                answer = b"".join(iter(lambda: connection.recv(65536), b""))
            _, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    assert b'"error_code":"ModelArts.4508"' in answer
    assert b"x-request-id: " in answer.lower()
    assert [line.partition("WARNING ")[2] for line in errors.splitlines()] == ["ending 1 call"]
    assert process.returncode == 0


def test_second_signal_while_a_picture_is_read() -> None:
    """A second signal ends the command although a picture is being read, and cannot be let go in the midst of it."""
    program = (
        "import time; from functools import partial; from huaweicloud_ocr_emulator import app, cli\n"
        "class Stuck:\n"
        "    def read(self, picture, **options):\n"
        "        return time.sleep(60) if options else []\n"
        "app.create_app = partial(app.create_app, load=Stuck)\n"
        "raise SystemExit(cli.main(['--port', '0', '--log-level', 'warning']))\n"
    )
    command = [sys.executable, "-c", program]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process,
        ThreadPoolExecutor(1) as callers,
    ):
        try:
            assert process.stdout
            caller = Caller(process.stdout.readline().removeprefix("listening on ").strip())
            call = callers.submit(caller.post, HANDWRITING, {"image": image()})
            while "ocr_emulator_busy_workers 1.0" not in caller.send("GET", "/metrics").text:
                assert not call.done()
            for _ in range(2):
                process.send_signal(signal.SIGTERM)
                assert process.stderr
                process.stderr.readline()
            assert call.result().json()["error_code"] == "ModelArts.4508"
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def test_signal_before_it_serves() -> None:
    """A signal in the midst of the imports ends the command at once, quietly, and not with the code of a good end."""
    program = (
        "import signal, sys; from importlib.abc import MetaPathFinder\n"
        "from huaweicloud_ocr_emulator.__main__ import main\n"
        "class Interrupt(MetaPathFinder):\n"
        "    def find_spec(self, name, *_): name == 'pydantic_core' and signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt()); sys.argv[1:] = ['--check', '--port', '1']; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_log_of_the_libraries() -> None:
    """At the level debug the log tells more of each call, yet nothing of its URL or token."""
    command = [*COMMAND, "--port", "0", "--log-level", "debug", "--allow-private-urls"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            caller = Caller(
                process.stdout.readline().removeprefix("listening on ").strip(), token="secret-token"
            )
            assert caller.error(HANDWRITING, {"url": f"{caller.url}/healthz?secret"}) == "AIS.0102"
            assert caller.post(HANDWRITING, {"image": image()}).status_code == 200
        finally:
            process.terminate()
            _, log = process.communicate(timeout=20)
    assert "PNG of 64 x 32 pixels" in log
    assert "secret" not in log


def test_reachable_by_others() -> None:
    """A service that other machines can reach, and that takes any token, says so."""
    command = [*COMMAND, "--host", "0.0.0.0", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("listening on http://0.0.0.0:")
        process.terminate()
        _, log = process.communicate(timeout=20)
    assert "--token" in log


def test_import_is_light() -> None:
    """Importing the package or its command does not load the recogniser's libraries."""
    program = (
        "import sys, huaweicloud_ocr_emulator.cli, huaweicloud_ocr_emulator.app;"
        "print([name for name in ('onnxruntime', 'cv2', 'rapidocr', 'omegaconf', 'shapely') if name in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert output.stdout == "[]\n"
