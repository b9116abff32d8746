"""What a real web server writes of the requests it serves."""

import json
import socket
from collections.abc import Callable
from functools import partial

import pytest

from tests.faults.running import Site, wait_until

SECRET = "s3cr3tValue0"  # noqa: S105 - made up
PATHS = (
    f"/calendars/{SECRET}.ics",
    f"/calendars/ab%20{SECRET}.ics",
    f"/password/reset/key/1-{SECRET}/",
    f"/method/?words={SECRET}&page=2",
    "/no-such-page/%0d%0a%7b%22level%22:%22forged%22%7d",
)


@pytest.fixture
def written(served: Site) -> Callable[[], str]:
    """Return a function that returns what the site has logged since it was made."""
    start = served.log.stat().st_size

    def text() -> str:
        return served.log.read_bytes()[start:].decode()

    return text


def is_told(written: Callable[[], str], name: str) -> bool:
    """Return whether the line of a request is written, to its end."""
    lines = written().rpartition("\n")[0].splitlines()
    return any(name in line for line in lines if '"gunicorn.access"' in line)


def test_access_log_tells_each_request_and_no_secret(
    served: Site, written: Callable[[], str]
) -> None:
    headers = {
        "Referer": f"http://127.0.0.1/password/reset/key/2-{SECRET}/",
        "Cookie": f"attune-session={SECRET}",
        "User-Agent": SECRET,
    }
    names = [
        served.ask("GET", path, headers=headers).headers["X-Request-ID"]
        for path in PATHS
    ]
    sent = served.ask("POST", "/sign-in/", f"login={SECRET}", headers=headers)
    for name in (names[-1], sent.headers["X-Request-ID"]):
        wait_until(partial(is_told, written, name), 10)
    text = written()

    assert SECRET not in text
    told = [json.loads(line) for line in text.splitlines()]
    asked = {
        line["request_id"]: line for line in told if line["logger"] == "gunicorn.access"
    }
    shown = [asked[name] for name in names]
    assert [line["path"] for line in shown] == [
        "/calendars/[hidden]",
        "/calendars/[hidden]",
        "/password/reset/key/[hidden]/",
        "/method/?words=&page=2",
        '/no-such-page/\r\n{"level":"forged"}',
    ]
    assert [line["status"] for line in shown] == [404, 404, 200, 200, 404]
    assert {"method", "duration_ms", "user_id", "organization_id"} <= set(shown[0])
    assert "forged" not in {line["level"] for line in told}


def test_request_that_is_none_has_no_name_of_another_and_no_secret(
    served: Site, written: Callable[[], str]
) -> None:
    for wrong in ("HTTP/9.9", f"HTTP/1.1\r\nCookie __Host-session={SECRET}"):
        with socket.create_connection(("127.0.0.1", served.port), 10) as line:
            line.sendall(b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert line.recv(4096).startswith(b"HTTP/1.1 200")
            line.sendall(f"GET /livez {wrong}\r\n\r\n".encode())
            rest = b"".join(iter(partial(line.recv, 4096), b""))
            assert b"HTTP/1.1 400 " in rest
    wait_until(lambda: written().count("Invalid request") == 2, 10)
    text = written()
    told = [json.loads(line) for line in text.splitlines()]

    assert SECRET not in text
    refused = [line for line in told if "Invalid request" in line["message"]]
    assert [line["message"].partition(": ")[2] for line in refused] == [
        "Invalid HTTP Version: [hidden]",
        "Invalid HTTP Header: [hidden]",
    ]
    assert not [line for line in refused if "request_id" in line]
