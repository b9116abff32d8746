"""Clients that send half a request and hold: nobody else waits for them."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from config import gunicorn_worker
from tests.faults.running import Site, site

CLIENTS = 64
HALF_BODY = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=half"
)
HALF_HEADERS = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: of a li"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("slow")
    with site(folder, f"sqlite:///{folder}/db.sqlite3") as running:
        migrated = running.start("manage.py", "migrate", "--verbosity", "0")
        assert migrated.wait(120) == 0
        running.serve()
        yield running


def connect(served: Site) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), timeout=40)


def test_slow_clients_hold_up_nobody_and_are_dropped(served: Site) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(served)) for _ in range(CLIENTS)]
        for number, client in enumerate(slow):
            client.sendall(HALF_BODY if number % 2 else HALF_HEADERS)
        begun = time.monotonic()
        waits = []
        while time.monotonic() - begun < 3:
            for path in ("/livez", "/sign-in/"):
                answer = served.ask("GET", path, patience=20)
                assert answer.status == 200
                waits.append(answer.seconds)
        assert max(waits) < 2, max(waits)

        for client in slow:
            assert client.recv(1000).startswith(b"HTTP/1.1 408 ")
        longest = max(gunicorn_worker.HEADERS, gunicorn_worker.IDLE)
        assert time.monotonic() - begun < longest + 5


def test_clients_that_do_not_take_leave_hold_up_nobody(served: Site) -> None:
    request = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with ExitStack() as stack:
        for _ in range(CLIENTS):
            stack.enter_context(connect(served)).sendall(request)

        assert served.ask("GET", "/livez", patience=20).seconds < 2


def test_body_that_comes_in_pieces_is_read(served: Site) -> None:
    page = served.ask("GET", "/sign-in/")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": "a@example.org", "password": "x"}
    body = urlencode(form).encode()
    head = (
        f"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nCookie: {page.cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode()
    with connect(served) as client:
        for piece in (head[:40], head[40:], body[:10], body[10:]):
            client.sendall(piece)
            time.sleep(0.2)
        answer = b"".join(iter(lambda: client.recv(65536), b"")).decode()

    assert answer.startswith("HTTP/1.1 200 ")
    assert "email address and/or password" in answer


def test_two_requests_in_one_piece_are_both_answered(served: Site) -> None:
    request = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with connect(served) as client:
        client.sendall(request + last)
        answer = b"".join(iter(lambda: client.recv(65536), b""))

    assert answer.count(b"HTTP/1.1 200 ") == 2


@pytest.mark.parametrize(
    ("header", "status"),
    [("Transfer-Encoding: chunked", 411), ("Content-Length: 99999999999", 413)],
)
def test_body_without_a_bound_is_refused(
    served: Site, header: str, status: int
) -> None:
    with connect(served) as client:
        head = f"POST /verify/ HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n"
        client.sendall(head.encode())

        assert client.recv(1000).startswith(f"HTTP/1.1 {status} ".encode())


def test_upload_larger_than_memory_reaches_the_site(
    served: Site, tmp_path: Path
) -> None:
    page = served.ask("GET", "/verify/")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    parts = (
        "--edge\r\nContent-Disposition: form-data; name=csrfmiddlewaretoken\r\n\r\n"
        f"{token[1]}\r\n--edge\r\nContent-Disposition: form-data; name=paper; "
        f"filename=big.pdf\r\n\r\n{'x' * 26_000_000}\r\n--edge--\r\n"
    )
    answer = served.ask(
        "POST",
        "/verify/",
        parts,
        headers={
            "Content-Type": "multipart/form-data; boundary=edge",
            "Cookie": page.cookies,
        },
    )

    assert answer.status == 422
    assert "big" in answer.text or "large" in answer.text
