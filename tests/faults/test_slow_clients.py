"""Clients that send half a request and hold: nobody else waits for them."""

import errno
import io
import re
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from config import gunicorn_requests
from config.gunicorn_requests import Arrival, ArrivedFirst
from tests.faults.running import Site, wait_until

CLIENTS = 64
PAUSE = 0.15  # seconds; who asks without one only keeps the processor busy
HALF_BODY = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=half"
)
HALF_HEADERS = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: of a li"


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
            time.sleep(PAUSE)
        assert max(waits) < 2, max(waits)

        for client in slow:
            assert client.recv(1000).startswith(b"HTTP/1.1 408 ")
        longest = max(gunicorn_requests.HEADERS, gunicorn_requests.IDLE)
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
    assert "The email address or the password is wrong." in answer


def test_two_requests_in_one_piece_are_both_answered(served: Site) -> None:
    request = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with connect(served) as client:
        client.sendall(request + last)
        answer = b"".join(iter(lambda: client.recv(65536), b""))

    assert answer.count(b"HTTP/1.1 200 ") == 2


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Transfer-Encoding: chunked", 411),
        # Lengths that gunicorn would read, and so wait for in a thread.
        ("Content-Length: 0000000000100", 400),
        ("Content-Length: 5\r\nContent-Length: 5", 400),
    ],
)
def test_body_without_a_bound_is_refused(
    served: Site, header: str, status: int
) -> None:
    with connect(served) as client:
        head = f"POST /verify/ HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n"
        client.sendall(head.encode())

        assert client.recv(1000).startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.parametrize("size", [26_000_000, 41_000_000, 130_000_000])
def test_upload_that_is_too_large_reaches_the_site_with_the_rest_of_its_form(
    served: Site, size: int
) -> None:
    page = served.ask("GET", "/verify/")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    parts = (
        "--edge\r\nContent-Disposition: form-data; name=paper; "
        f"filename=big.pdf\r\n\r\n{'x' * size}\r\n--edge\r\n"
        "Content-Disposition: form-data; name=csrfmiddlewaretoken\r\n\r\n"
        f"{token[1]}\r\n--edge--\r\n"
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
    assert "large" in answer.text


@pytest.mark.parametrize("piece", [1000, 65536, 999_983])
def test_body_that_is_too_long_is_kept_without_its_middle(piece: int) -> None:
    body = b"front" + b"x" * (gunicorn_requests.MOST_BODY + 5_000_000) + b"back"
    sent = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    arrived = Arrival(b"")

    for at in range(0, len(sent), piece):
        assert not arrived.is_whole
        arrived.add(sent[at : at + piece])
    arrived.rewind()
    head, _, kept = arrived.content.read().partition(b"\r\n\r\n")

    assert arrived.is_whole
    assert head.endswith(b"\r\nContent-Length: %d" % gunicorn_requests.MOST_BODY)
    assert len(kept) == gunicorn_requests.MOST_BODY
    assert (kept[:5], kept[-4:]) == (b"front", b"back")


def test_arrived_body_is_given_in_small_pieces_however_much_is_asked_for() -> None:
    arrived = Arrival(b"POST / HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n")
    arrived.add(b"x" * 5_000_000)
    arrived.rewind()
    unreader = ArrivedFirst(None)
    unreader.arrival = arrived

    assert len(unreader.chunk(5_000_000)) == gunicorn_requests.PIECE


class FullDisk(io.BytesIO):
    """A file of which the end is never written."""

    def close(self) -> None:
        super().close()
        raise OSError(errno.ENOSPC, "No space left on device")

    def seek(self, *_: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_disk_that_is_full_at_the_end_of_a_request_costs_that_request_alone() -> None:
    arrival = Arrival(b"")
    arrival.content = FullDisk()  # type: ignore[assignment]

    with pytest.raises(gunicorn_requests.Refused) as refused:
        arrival.rewind()
    arrival.close()

    assert refused.value.status == 507
    assert arrival.content.closed


def test_body_that_drips_is_overdue_however_often_a_byte_comes() -> None:
    head = b"POST / HTTP/1.1\r\nContent-Length: 9000000\r\n\r\n"
    arrival = Arrival(head)
    arrival.heard = begun = arrival.begun - gunicorn_requests.IDLE

    arrival.add(b"x")

    assert arrival.heard == begun
    assert arrival.is_overdue(time.monotonic() + 1)


def test_what_all_clients_leave_half_sent_is_bounded(served: Site) -> None:
    most = gunicorn_requests.MOST_HELD * 2 // gunicorn_requests.MOST_BODY + 2
    size = gunicorn_requests.MOST_BODY
    head = f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n"
    with ExitStack() as stack:
        large = [stack.enter_context(connect(served)) for _ in range(most)]
        for client in large:
            client.settimeout(5)
            with suppress(ConnectionError):
                client.sendall(head.encode() + b"x" * (size - 1))
            # Whoever has no body, or a small one, is taken in all the while.
            assert served.ask("GET", "/livez", patience=20).status == 200
            assert served.ask("POST", "/sign-in/", "login=a").status == 403

        assert sum(refused(client) for client in large) >= 1


def refused(client: socket.socket) -> bool:
    client.settimeout(0.05)
    try:
        return client.recv(100).startswith(b"HTTP/1.1 503 ")
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def arrival(size: int, *, has_body: bool = True, address: str = "") -> Arrival:
    head = b"POST / HTTP/1.1\r\nContent-Length: 9000000\r\n\r\n"
    found = Arrival(head if has_body else b"GET /", address or None)
    found.size = size
    return found


def test_largest_body_makes_room_and_no_request_without_one() -> None:
    most = gunicorn_requests.MOST_HELD
    arriving = {
        "small": arrival(most // 4),
        "large": arrival(most // 3),
        "medium": arrival(most // 4),
        "page": arrival(most // 6 + 9, has_body=False),
    }

    assert gunicorn_requests.in_the_way(arriving) == "large"
    del arriving["large"]
    assert gunicorn_requests.in_the_way(arriving) is None
    assert gunicorn_requests.in_the_way({"page": arrival(most, has_body=False)}) is None


def test_address_that_holds_most_makes_room_for_the_others() -> None:
    most = gunicorn_requests.MOST_HELD
    many = {n: arrival(most // 64, address="192.0.2.1") for n in range(31)}
    more = {n: arrival(most // 64, address="192.0.2.2") for n in range(31, 61)}
    upload = arrival(most // 15, address="192.0.2.3")

    found = gunicorn_requests.in_the_way({**many, **more, 99: upload})

    assert found in set(many)


def test_address_holds_at_most_its_share() -> None:
    share = gunicorn_requests.SHARE
    one = {n: arrival(share // 2 + n, address="192.0.2.1") for n in range(2)}
    other = {"other": arrival(share * 3 // 4, address="192.0.2.2")}

    assert gunicorn_requests.in_the_way(one | other) == 1
    through_a_proxy = {n: arrival(share // 2 + n) for n in range(2)}
    assert gunicorn_requests.in_the_way(through_a_proxy) is None


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("93.184.216.34", 4000), "93.184.216.34/32"),
        (("2606:2800:220:1::5", 4000, 0, 0), "2606:2800:220:1::/64"),
        (("127.0.0.1", 4000), None),
        (("172.18.0.5", 4000), None),
        (("fe80::1%eth0", 4000, 0, 3), None),
        ("", None),
    ],
)
def test_address_counts_unless_it_may_be_a_proxy(
    client: object, address: str | None
) -> None:
    assert gunicorn_requests.address_of(client) == address


def deleted_files_of(running: Site) -> int:
    """Return how many bytes the web processes hold in files without a name."""
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(running.port) not in (process / "cmdline").read_text():
                continue
            for file in (process / "fd").iterdir():
                if "(deleted)" in str(file.readlink()):
                    held += file.stat().st_size
    return held


def test_body_is_let_go_once_it_is_answered(served: Site) -> None:
    body = b"x" * 5 * 1024**2
    head = b"POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
    with ExitStack() as lines:
        for _ in range(3):
            line = lines.enter_context(connect(served))
            line.sendall(head % len(body) + body)
            assert line.recv(4096).startswith(b"HTTP/1.1 ")

        wait_until(lambda: deleted_files_of(served) < len(body), 5)
