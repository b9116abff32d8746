"""A server that is killed while somebody answers, and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.casting import Cast
from tests.e2e.conftest import OpenPage
from tests.e2e.drafts import SAVED, answers, notes
from tests.e2e.sections import choose

ROOT = Path(__file__).parent.parent.parent
DEMO_SESSION = "attune-session"
WORDS = "Counted on 12 May: 212 of 1,000 claims went to the wrong desk."


class Server:
    """Gunicorn in a process of its own, on the database of the tests."""

    def __init__(self) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        # The demo's settings need no TLS and no collected files.
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi"),
                *("--bind", f"127.0.0.1:{self.port}", "--threads", "4"),
                *("--log-level", "warning", "--no-control-socket"),
            ],
            cwd=ROOT,
            process_group=0,
            env=os.environ
            | {
                "ATTUNE_DEMO": "1",
                "SECRET_KEY": settings.SECRET_KEY,
                "DATABASE_URL": database_url(),
            },
        )
        for _ in range(300):
            with socket.socket() as knock:
                if not knock.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.1)
        pytest.fail("the server did not start")

    def kill(self) -> None:
        """End it with its worker, as when the machine stops."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    server = Server()
    yield server
    server.kill()


def test_what_is_answered_while_the_server_is_away_is_saved_when_it_is_back(
    cast: Cast, open_page: OpenPage, server: Server
) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = open_page(None, reverse("home"))
    page.context.add_cookies(
        [{"name": DEMO_SESSION, "value": session, "url": server.url}]
    )
    page.goto(
        server.url + reverse("question", args=[cast.ours.draft.pk, "quality_gap"])
    )
    status, note = page.locator("#save-status"), page.get_by_label("Note (optional)")
    choose(page, "quality_gap", "met")
    expect(status).to_have_text(SAVED)

    server.kill()
    note.fill(WORDS)
    expect(status).to_have_text("Not saved – trying again")
    expect(note).to_have_value(WORDS)
    assert notes(cast) == {}
    server.start()

    expect(status).to_have_text(SAVED)
    assert answers(cast) == {"quality_gap": "met"}
    assert notes(cast) == {"quality_gap": WORDS}
