"""What a real web server writes of the requests it serves."""

import json
import socket
from collections.abc import Iterator
from functools import partial

import pytest

from tests.faults.running import Site, site, wait_until

SECRET = "s3cr3tValue0"  # noqa: S105 - made up
PATHS = (
    f"/calendars/{SECRET}.ics",
    f"/calendars/ab%20{SECRET}.ics",
    f"/password/reset/key/1-{SECRET}/",
    f"/method/?words={SECRET}&page=2",
    "/no-such-page/%0d%0a%7b%22level%22:%22forged%22%7d",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for both tests: each looks for the lines of its own requests."""
    folder = tmp_path_factory.mktemp("served")
    with site(folder, f"sqlite:///{folder}/db.sqlite3") as running:
        running.migrate()
        running.serve()
        yield running


def is_told(running: Site, name: str) -> bool:
    """Return whether the line of a request is written, to its end."""
    lines = running.log.read_text().rpartition("\n")[0].splitlines()
    return any(name in line for line in lines if '"gunicorn.access"' in line)


def test_access_log_tells_each_request_and_no_secret(running: Site) -> None:
    headers = {
        "Referer": f"http://127.0.0.1/password/reset/key/2-{SECRET}/",
        "Cookie": f"attune-session={SECRET}",
        "User-Agent": SECRET,
    }
    names = [
        running.ask("GET", path, headers=headers).headers["X-Request-ID"]
        for path in PATHS
    ]
    sent = running.ask("POST", "/sign-in/", f"login={SECRET}", headers=headers)
    for name in (names[-1], sent.headers["X-Request-ID"]):
        wait_until(partial(is_told, running, name), 10)
    text = running.log.read_text()

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
    running: Site,
) -> None:
    for wrong in ("HTTP/9.9", f"HTTP/1.1\r\nCookie __Host-session={SECRET}"):
        with socket.create_connection(("127.0.0.1", running.port), 10) as line:
            line.sendall(b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert line.recv(4096).startswith(b"HTTP/1.1 200")
            line.sendall(f"GET /livez {wrong}\r\n\r\n".encode())
            rest = b"".join(iter(partial(line.recv, 4096), b""))
            assert b"HTTP/1.1 400 " in rest
    wait_until(lambda: running.log.read_text().count("Invalid request") == 2, 10)
    text = running.log.read_text()
    told = [json.loads(line) for line in text.splitlines()]

    assert SECRET not in text
    refused = [line for line in told if "Invalid request" in line["message"]]
    assert [line["message"].partition(": ")[2] for line in refused] == [
        "Invalid HTTP Version: [hidden]",
        "Invalid HTTP Header: [hidden]",
    ]
    assert not [line for line in refused if "request_id" in line]
