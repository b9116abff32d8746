"""Clients that read their answers slowly, or not at all: nobody else waits for them."""

import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from django.conf import settings

from config import gunicorn_answers
from config.gunicorn_answers import AnswerSocket
from tests.faults.running import Site
from tests.faults.test_slow_clients import PAUSE

# More than the kernel takes of a connection if its buffer may grow.
CLIENTS, REQUESTS = 64, 31
PATHS = ("/livez", "/sign-in/", "/static/fonts/inter-400.ttf")
FILE = settings.BASE_DIR / "static/fonts/inter-400.ttf"
ASK = b"GET /static/fonts/inter-400.ttf HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST = ASK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


def connect(served: Site, receive_buffer: int = 4096) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(60)
    client.connect(("127.0.0.1", served.port))
    return client


def read_slowly(clients: list[socket.socket], stop: threading.Event) -> None:
    while not stop.wait(2.5):
        for client in clients:
            client.setblocking(False)
            with suppress(OSError):
                client.recv(8192)


def test_slow_readers_hold_up_nobody(served: Site) -> None:
    stop, waits = threading.Event(), []
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(served)) for _ in range(CLIENTS)]
        for client in slow:
            client.sendall(ASK * REQUESTS)
        reader = threading.Thread(target=read_slowly, args=(slow, stop))
        reader.start()
        try:
            begun = time.monotonic()
            while time.monotonic() - begun < 8:
                waits += [head(served, path) for path in PATHS]
                time.sleep(PAUSE)
        finally:
            stop.set()
            reader.join()

    assert max(waits) < 2, max(waits)


def head(served: Site, path: str) -> float:
    answer = served.ask("HEAD" if "static" in path else "GET", path, patience=20)
    assert answer.status == 200
    return answer.seconds


def test_client_that_takes_nothing_is_dropped(served: Site) -> None:
    with connect(served) as client:
        client.sendall(ASK * REQUESTS)
        begun = time.monotonic()
        poll = socket.socket.getsockopt
        while not poll(client, socket.SOL_SOCKET, socket.SO_ERROR):
            assert time.monotonic() - begun < gunicorn_answers.IDLE + 5
            time.sleep(0.2)

    assert served.ask("GET", "/livez", patience=5).status == 200


def test_client_that_reads_in_pauses_gets_every_answer_whole(served: Site) -> None:
    requests = [ASK, ASK.replace(b"GET", b"HEAD"), ASK, b"nonsense\r\n\r\n"]
    with connect(served) as client:
        client.sendall(b"".join(requests))
        answer = b""
        while piece := client.recv(65536):
            answer += piece
            time.sleep(0.01)

    content = FILE.read_bytes()
    first, _, rest = answer.partition(content)
    without, _, rest = rest.partition(content)
    assert first.startswith(b"HTTP/1.1 200 ")
    assert without.count(b"HTTP/1.1 200 ") == 2  # of HEAD, and the last
    assert rest.startswith(b"HTTP/1.1 400 ")


@pytest.fixture
def pair() -> Iterator[tuple[AnswerSocket, socket.socket]]:
    accepted, client = socket.socketpair()
    with AnswerSocket(accepted) as ours, client:
        yield ours, client


def send_all(ours: AnswerSocket, client: socket.socket) -> bytes:
    """Send what is left as the main loop does, while the client reads."""
    taken = b""
    while ours.left:
        taken += client.recv(1 << 20)
        ours.flush(gunicorn_answers.IN_TURN)
    ours.shutdown(socket.SHUT_WR)
    return taken + b"".join(iter(lambda: client.recv(1 << 20), b""))


def test_pieces_and_files_arrive_whole_and_in_order(
    pair: tuple[AnswerSocket, socket.socket], tmp_path: Path
) -> None:
    ours, client = pair
    content = os.urandom(3_000_000)
    (tmp_path / "file").write_bytes(content)
    pieces = [os.urandom(size) for size in (10, 700_000, 5_000_000, 1)]
    begun = time.monotonic()
    for piece in pieces:
        ours.sendall(piece)
    with (tmp_path / "file").open("rb") as file:
        ours.sendfile(file, offset=5, count=2_000_000)
    (tmp_path / "file").unlink()
    ours.sendall(b"end")
    assert time.monotonic() - begun < 5

    assert send_all(ours, client) == b"".join(pieces) + content[5:2_000_005] + b"end"
    assert ours.held == 0


def test_stream_that_runs_far_ahead_of_its_client_ends(
    pair: tuple[AnswerSocket, socket.socket],
) -> None:
    ours, _ = pair
    piece = b"x" * (gunicorn_answers.MOST_AHEAD // 4)
    for _ in range(3):
        ours.sendall(piece)
    assert ours.held >= 2 * len(piece)

    with pytest.raises(OSError, match="too far behind"):
        ours.sendall(piece * 2)

    assert ours.held == 0


def test_file_that_is_shorter_than_was_said_breaks_the_answer_off(
    pair: tuple[AnswerSocket, socket.socket], tmp_path: Path
) -> None:
    ours, client = pair
    (tmp_path / "file").write_bytes(b"short")

    with (
        (tmp_path / "file").open("rb") as file,
        pytest.raises(OSError, match="shorter"),
    ):
        ours.sendfile(file, count=100)

    assert client.recv(100) == b"short"


def test_time_for_an_answer_grows_with_its_size_and_ends(
    pair: tuple[AnswerSocket, socket.socket],
) -> None:
    ours, _ = pair
    ours.sendall(b"x" * 10_000_000)
    ours.start_clock()
    seconds = gunicorn_answers.GRACE + ours.left / gunicorn_answers.LEAST_RATE

    ours.heard = ours.begun + seconds - 2  # it drips
    assert not ours.is_overdue(ours.begun + seconds - 1)
    assert ours.is_overdue(ours.begun + seconds + 1)
    ours.heard = ours.begun
    assert ours.is_overdue(ours.begun + gunicorn_answers.IDLE + 1)


def test_slowest_answer_makes_room_and_no_newcomer(tmp_path: Path) -> None:
    size = gunicorn_answers.MOST_HELD // 5 + 1
    paces = {  # seconds, and bytes taken in them
        "stored": (60, 10),  # and so costs nothing
        "steady": (60, 9_000_000),
        "slowest": (60, 300_000),
        "slow": (30, 300_000),
        "quick": (1, 9_000_000),
    }
    with ExitStack() as stack:
        answers: dict[str, AnswerSocket] = {}
        for name in (*paces, "newcomer"):
            accepted, client = socket.socketpair()
            stack.enter_context(client)
            ours = answers[name] = stack.enter_context(AnswerSocket(accepted))
            assert gunicorn_answers.in_the_way(answers) is None
            stored = (tmp_path / "stored").open("w+b")
            with stored if name == "stored" else tempfile.TemporaryFile() as file:
                file.truncate(size)
                ours.sendfile(file)
            ours.start_clock()
            seconds, ours.taken = paces.get(name, (0, ours.taken))
            ours.begun -= seconds

        assert gunicorn_answers.in_the_way(answers) == "slowest"
