"""What is an outage, what is a mistake of ours, and what the page about it says."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import psycopg_pool
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.db.utils import InternalError, ProgrammingError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.outages import Outage, outage_of
from tests.casting import Cast
from tests.pages import html_of

pytestmark = pytest.mark.once

UNREACHABLE, BUSY = Outage.UNREACHABLE, Outage.BUSY


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("django", "driver", "outage"),
    [
        (OperationalError, psycopg_pool.PoolTimeout("no connection"), UNREACHABLE),
        (OperationalError, psycopg.OperationalError("server closed"), UNREACHABLE),
        (InterfaceError, psycopg.InterfaceError("connection is closed"), UNREACHABLE),
        (OperationalError, psycopg.errors.AdminShutdown(), UNREACHABLE),
        (OperationalError, psycopg.errors.TooManyConnections(), UNREACHABLE),
        (OperationalError, psycopg.errors.DiskFull(), UNREACHABLE),
        (InternalError, psycopg.errors.ReadOnlySqlTransaction(), UNREACHABLE),
        (OperationalError, psycopg.errors.QueryCanceled(), BUSY),
        (OperationalError, psycopg.errors.LockNotAvailable(), BUSY),
        (OperationalError, psycopg.errors.DeadlockDetected(), BUSY),
        (OperationalError, sqlite_error(sqlite3.SQLITE_BUSY), BUSY),
        (OperationalError, sqlite_error(sqlite3.SQLITE_IOERR_WRITE), UNREACHABLE),
        (OperationalError, sqlite_error(sqlite3.SQLITE_FULL), UNREACHABLE),
        (OperationalError, sqlite_error(sqlite3.SQLITE_ERROR), None),
        (ProgrammingError, psycopg.errors.UndefinedTable(), None),
        (InterfaceError, psycopg.InterfaceError("the cursor is closed"), None),
    ],
)
def test_outage_is_told_from_a_mistake(
    django: type[Exception], driver: Exception, outage: Outage | None
) -> None:
    error = caused(django(*driver.args), driver)

    assert outage_of(error) is outage
    assert outage_of(caused(RuntimeError("on top"), error)) is outage


def test_other_errors_are_no_outage() -> None:
    assert outage_of(ValueError("connection")) is None
    assert outage_of(None) is None


@contextmanager
def failing(error: Exception) -> Iterator[None]:
    """Let every statement fail, as when the database is away."""

    def fail(*_: object) -> None:
        raise error

    with connection.execute_wrapper(fail):
        yield


AWAY = caused(OperationalError("gone"), psycopg.OperationalError("gone"))
LOCKED = caused(OperationalError("locked"), sqlite_error(sqlite3.SQLITE_BUSY))


def browser(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.ours.contributor)
    return client


def test_busy_database_is_another_sentence(cast: Cast) -> None:
    client = browser(cast)

    with failing(LOCKED):
        answer = client.get(reverse("use_cases"))

    assert answer.status_code == 503
    assert "Attune is too busy" in html_of(answer)


def test_passwords_are_not_shown_and_files_are_named(cast: Cast) -> None:
    client = browser(cast)
    form = {
        "login": "a@example.org",
        "password": "my own secret",
        "paper": SimpleUploadedFile("board.pdf", b"%PDF"),
    }

    with failing(AWAY):
        page = html_of(client.post(reverse("use_cases"), form))

    assert "my own secret" not in page
    assert 'type="password"' in page
    assert 'name="login" value="a@example.org"' in page
    assert "board.pdf" in page


def test_form_of_another_site_is_not_shown(cast: Cast) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(cast.ours.contributor)

    with failing(AWAY):
        page = html_of(client.post(reverse("use_cases"), {"words": "planted"}))

    assert "planted" not in page


def test_mistake_of_ours_is_500_with_its_number(cast: Cast) -> None:
    client = browser(cast)
    mistake = caused(ProgrammingError("no table"), psycopg.errors.UndefinedTable())

    with failing(mistake):
        answer = client.post(reverse("register"), {"name": "Kept words"})

    page = html_of(answer)
    assert answer.status_code == 500
    assert "Retry-After" not in answer
    assert answer["X-Request-ID"] in page
    assert "fault in the program" in page
    assert "Kept words" in page


def test_name_of_a_request_comes_from_the_proxy_only(
    db: None, settings: Settings
) -> None:
    headers = {"X-Request-ID": "proxy-0001"}

    assert Client().get("/", headers=headers)["X-Request-ID"] != "proxy-0001"
    settings.REQUEST_ID_FROM_PROXY = True
    assert Client().get("/", headers=headers)["X-Request-ID"] == "proxy-0001"
