"""No test reaches another machine."""

import asyncio
import socket
from asyncio import open_connection
from collections.abc import Callable
from socket import create_connection
from urllib.request import urlopen

import pytest

ELSEWHERE = "192.0.2.1"  # of nobody


def _datagram() -> socket.socket:
    return socket.socket(type=socket.SOCK_DGRAM)


@pytest.mark.parametrize(
    "reach",
    [
        pytest.param(lambda: urlopen(f"http://{ELSEWHERE}/", timeout=1), id="urllib"),
        pytest.param(lambda: urlopen("https://example.org/", timeout=1), id="a name"),
        pytest.param(lambda: asyncio.run(open_connection(ELSEWHERE, 9)), id="asyncio"),
        pytest.param(lambda: create_connection((ELSEWHERE, 9), timeout=1), id="socket"),
        pytest.param(lambda: socket.socket().connect_ex((ELSEWHERE, 9)), id="a code"),
        pytest.param(lambda: _datagram().sendto(b"x", (ELSEWHERE, 9)), id="a datagram"),
        pytest.param(
            lambda: _datagram().sendmsg([b"x"], [], 0, (ELSEWHERE, 9)), id="a message"
        ),
    ],
)
def test_no_test_reaches_another_machine(
    reach: Callable[[], object], only_this_machine: list[object]
) -> None:
    with pytest.raises(OSError, match="only this machine is allowed"):
        reach()

    assert only_this_machine
    only_this_machine.clear()
