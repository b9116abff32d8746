"""Attune in a process of its own, as it runs in use."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Page

from audits.models import User

ROOT = Path(__file__).parents[3]
DEMO_SESSION = "attune-session"


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
                *("--config", "python:config.gunicorn"),
                *("--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"),
            ],
            cwd=ROOT,
            process_group=0,
            env=os.environ
            | {
                "ATTUNE_DEMO": "1",
                "ATTUNE_DEMO_PUBLIC": "1",  # also on PostgreSQL
                "SECRET_KEY": settings.SECRET_KEY,
                "DATABASE_URL": database_url(),
            },
        )
        for _ in range(600):
            if self._answers():
                return
            time.sleep(0.1)
        pytest.fail("the server did not start")

    def _answers(self) -> bool:
        """Look whether a worker is loaded: the port is open long before."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as knock:
            try:
                knock.request("GET", "/livez")
                return knock.getresponse().status == HTTPStatus.OK
            except (OSError, HTTPException):
                return False

    def kill(self) -> None:
        """End it with its worker, as when the machine stops."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def sign_in_on(server: Server, page: Page, user: User) -> None:
    """Give a browser the session of somebody who signed in."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": DEMO_SESSION, "value": session, "url": server.url}]
    )
