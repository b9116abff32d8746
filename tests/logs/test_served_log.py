"""What a real web server writes of the requests it serves."""

import json
from pathlib import Path

from tests.faults.running import site, wait_until

SECRET = "s3cr3tValue0"  # noqa: S105 - made up
PATHS = (
    f"/calendars/{SECRET}.ics",
    f"/password/reset/key/1-{SECRET}/",
    f"/method/?words={SECRET}&page=2",
    "/no-such-page/%0d%0a%7b%22level%22:%22forged%22%7d",
)


def test_access_log_tells_each_request_and_no_secret(tmp_path: Path) -> None:
    headers = {
        "Referer": f"http://127.0.0.1/password/reset/key/2-{SECRET}/",
        "Cookie": f"attune-session={SECRET}",
        "User-Agent": SECRET,
    }
    with site(tmp_path, f"sqlite:///{tmp_path}/db.sqlite3") as running:
        migrated = running.start("manage.py", "migrate", "--verbosity", "0")
        assert migrated.wait(120) == 0
        running.serve()
        names = [
            running.ask("GET", path, headers=headers).headers["X-Request-ID"]
            for path in PATHS
        ]
        wait_until(lambda: names[-1] in running.log.read_text(), 10)
        running.ask("POST", "/sign-in/", f"login={SECRET}", headers=headers)
    text = running.log.read_text()

    assert SECRET not in text
    told = [json.loads(line) for line in text.splitlines()]
    asked = {
        line["request_id"]: line for line in told if line["logger"] == "gunicorn.access"
    }
    shown = [asked[name] for name in names]
    assert [line["path"] for line in shown] == [
        "/calendars/[hidden]",
        "/password/reset/key/[hidden]/",
        "/method/?words=&page=2",
        '/no-such-page/\r\n{"level":"forged"}',
    ]
    assert [line["status"] for line in shown] == [404, 200, 200, 404]
    assert {"method", "duration_ms", "user_id", "organization_id"} <= set(shown[0])
    assert "forged" not in {line["level"] for line in told}
