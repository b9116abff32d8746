"""A database that is away: pages say so at once, and keep what was sent."""

import html
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg
import pytest

from audits.services.demo.demo import LEAD
from tests.faults.own_postgresql import PROGRAMS, OwnPostgresql, own_postgresql
from tests.faults.running import Answer, Site, site, wait_until

pytestmark = pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed")
AWAY = 8  # seconds
GRACE = 10  # seconds, after which Docker kills what it told to stop
CROWD = 40  # more than there are threads in both processes
REGISTER = "/use-cases/register/"
SUMMARY = 'Reads a <claim> & "sorts" it.\r\nTwo lines.'


@dataclass
class Member:
    """Somebody who is signed in with a browser of their own."""

    site: Site
    cookies: str
    token: str

    def get(self, path: str) -> Answer:
        return self.site.ask("GET", path, headers={"Cookie": self.cookies})

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        form = "application/x-www-form-urlencoded"
        return self.site.ask(
            "POST",
            path,
            urlencode({"csrfmiddlewaretoken": self.token} | fields),
            headers={"Cookie": self.cookies, "Content-Type": form, **headers},
        )


def token_in(page: str) -> str:
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def database() -> Iterator[OwnPostgresql]:
    with own_postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def running(
    database: OwnPostgresql, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("outage"), database.url) as running:
        assert running.start("-m", "tests.faults.few_people").wait(300) == 0
        running.serve()
        yield running


@pytest.fixture(scope="module")
def member(running: Site) -> Member:
    page = running.ask("GET", "/")
    door = Member(running, page.cookies, token_in(page.text))
    came_in = door.post("/demo/sign-in/", {"person": LEAD.email})
    assert came_in.status == 302
    inside = Member(running, came_in.cookies, "")
    inside.token = token_in(inside.get(REGISTER).text)
    return inside


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def all_answer_in_time(running: Site, member: Member) -> None:
    """Ask for more pages than there are threads, and meanwhile whether it lives."""
    with ThreadPoolExecutor(CROWD) as crowd:
        pages = [crowd.submit(member.get, "/use-cases/") for _ in range(CROWD)]
        time.sleep(0.5)
        for _ in range(4):
            alive = running.ask("GET", "/livez", headers={"Cookie": member.cookies})
            assert (alive.status, alive.text) == (200, "ok")
            assert alive.seconds < 1
        answers = [page.result() for page in pages]
    assert {answer.status for answer in answers} == {503}
    # The last of them waited for a thread first.
    assert max(answer.seconds for answer in answers) < 12
    print("slowest page", max(answer.seconds for answer in answers))  # noqa: T201


def test_outage_is_told_at_once_and_got_over(
    database: OwnPostgresql, running: Site, member: Member
) -> None:
    fields = {
        "name": "Claims <triage>",
        "new_team": "Desk",
        "stage": "live",
        "summary": SUMMARY,
    }
    database.stop()
    try:
        began = time.monotonic()
        refused = member.post(REGISTER, fields)
        saving = member.post(REGISTER, fields, **{"HX-Request": "true"})
        page, sheet = member.get("/use-cases/"), member.get("/portfolio.csv")
        ready = running.ask("GET", "/readyz")
        all_answer_in_time(running, member)
        time.sleep(max(0, AWAY - (time.monotonic() - began)))
    finally:
        database.start()

    back = wait_until(lambda: member.get("/use-cases/").status == 200, 10)
    print(f"first {refused.seconds:.1f} s, back after {back:.1f} s")  # noqa: T201
    for answer in (refused, saving, page, sheet, ready):
        assert answer.status == 503
        assert answer.seconds < 5
    for answer in (refused, saving, page, sheet):
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Cache-Control"] == "no-store"
    assert hidden_fields(refused.text).items() >= fields.items()
    assert html.escape("Two lines.") in refused.text.partition("What you sent</h2>")[2]
    assert refused.headers["X-Request-ID"] in refused.text
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    assert 'href="/use-cases/">Try again' in page.text
    for answer in (saving, sheet, ready):
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert ready.text == "The database is not responding or cannot store anything."

    again = member.post(REGISTER, hidden_fields(refused.text))
    assert again.status == 302
    with psycopg.connect(database.url) as line:
        stored = line.execute("SELECT name, summary FROM audits_usecase ORDER BY id")
        assert ("Claims <triage>", SUMMARY.replace("\r\n", "\n")) in [
            (name, summary.replace("\r\n", "\n")) for name, summary in stored
        ]


@pytest.mark.thorough
def test_database_that_hangs_is_told_and_got_over(
    database: OwnPostgresql, running: Site, member: Member
) -> None:
    assert member.get("/use-cases/").status == 200
    database.halt()
    try:
        answer = member.get("/use-cases/")
        all_answer_in_time(running, member)
    finally:
        database.go_on()

    back = wait_until(lambda: member.get("/use-cases/").status == 200, 10)
    print(f"hangs: {answer.seconds:.1f} s, back after {back:.1f} s")  # noqa: T201
    assert (answer.status, answer.seconds < 6) == (503, True)


def work_on(running: Site) -> "list[subprocess.Popen[bytes]]":
    return [
        running.start("manage.py", "worker", "--no-startup-delay"),
        running.start("manage.py", "housekeeping", "--every", "5"),
    ]


def test_worker_and_housekeeping_outlive_an_outage(
    database: OwnPostgresql, running: Site, member: Member
) -> None:
    working = work_on(running)
    time.sleep(4)
    database.stop()
    time.sleep(AWAY)
    assert [process.poll() for process in working] == [None, None]
    database.start()

    with psycopg.connect(database.url, autocommit=True) as line:
        [(audit,)] = line.execute(
            "SELECT id FROM audits_audit WHERE submitted_at IS NOT NULL "
            "AND organization_id = (SELECT organization_id FROM audits_usecase "
            "WHERE name = 'Claims <triage>') LIMIT 1"
        )
        wait_until(lambda: member.get("/use-cases/").status == 200, 10)
        asked = member.post(f"/audits/{audit}/paper/", {})
        paper = asked.headers["Location"].split("/")[2]
        begun = "SELECT state FROM audits_report WHERE id = %s AND state <> 'queued'"
        waited = wait_until(
            lambda: line.execute(begun, [paper]).fetchone() is not None, 10
        )
        print(f"worker back after {waited:.1f} s")  # noqa: T201
        wait_until(lambda: line.execute(begun, [paper]).fetchone() == ("ready",), 60)
    assert [process.poll() for process in working] == [None, None]
    for process in working:  # so that the next test reads of its own alone
        process.terminate()
        process.wait(30)


def test_worker_that_waits_for_the_database_stops_when_told(
    database: OwnPostgresql, running: Site
) -> None:
    database.stop()
    try:
        told = running.log.stat().st_size
        worker = running.start("manage.py", "worker", "--no-startup-delay")
        wait_until(lambda: b"trying again" in running.log.read_bytes()[told:], 60)
        worker.send_signal(signal.SIGTERM)

        assert worker.wait(GRACE) == 0
    finally:
        database.start()
