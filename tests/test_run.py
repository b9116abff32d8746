import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "run", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_it_says_what_it_can_do(arguments: list[str]) -> None:
    shown = run(*arguments)

    assert shown.returncode == 0
    for command in ("demo", "test", "lint", "bench", "load", "manage"):
        assert f"\n  {command} " in shown.stdout


def test_an_unknown_command_is_a_mistake_of_use() -> None:
    refused = run("deom")

    assert refused.returncode == 2
    assert "there is no command 'deom'" in refused.stderr
    assert "Usage: ./run COMMAND" in refused.stderr


@pytest.mark.parametrize("port", ["", "0", "http", "65536", "080"])
def test_a_port_is_a_number_that_exists(port: str) -> None:
    refused = run("demo", "--port", port)

    assert refused.returncode == 2
    assert f"'{port}' is not a port" in refused.stderr


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = run("demo", "--port", str(port))

    assert refused.returncode == 1
    assert f"port {port} is taken" in refused.stderr
    assert "./run demo --port" in refused.stderr
