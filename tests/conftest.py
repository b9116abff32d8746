"""What every test has: its settings, its database, and no way to other machines."""

import gc
import ipaddress
import socket
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django import conf
from django.contrib.contenttypes.management import create_contenttypes
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.template import Context, Template
from django.test import Client, override_settings
from django_scopes import scopes_disabled

from audits.reports.typesetting.room_for_calls import with_room_for_calls
from tests.environment import set_environment
from tests.examples import (
    EVERYDAY,
    THOROUGH,
    assert_no_database_decides_if_thorough,
    leave_out,
)
from tests.idle_fixtures import leave_out_idle_fixtures
from tests.migrated import MIGRATED
from tests.on_both import is_repeated_nowhere, mark_what_a_database_decides
from tests.without_database import assert_needs_none, is_read_in_vain

# What is loaded stays, so nothing is looked for in it until all tests are collected.
gc.disable()

# What the settings read has to be in the environment before pytest-django reads them.
# So pyproject.toml leaves them to this file.
set_environment()
django.setup()
# How long something takes is told by benchmarks, on a machine that does nothing else.
for profile in (THOROUGH, EVERYDAY):
    hypothesis.settings.register_profile(profile, deadline=None)
hypothesis.settings.load_profile(EVERYDAY)

from audits.access.inbox import forget_numbers  # noqa: E402 - the same
from tests.cast_copies import Clocks, cast_of_this_test, clocks, set_stage  # noqa: E402 - models need the set-up above
from tests.casting import Cast  # noqa: E402
from tests.signed_in import sign_in  # noqa: E402
from tests.statements import Statements  # noqa: E402


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """Where SQLite's test database is.

    An in-memory one is a single connection, which the threads of a live server would
    share: they would work inside each other's transactions, or crash.
    """
    if connection.vendor != "sqlite":
        return None
    file = tmp_path_factory.mktemp("database") / "test.sqlite3"
    connection.settings_dict["TEST"]["NAME"] = str(file)
    # In use, each request has a connection of its own. This one serves thousands of
    # tests, so it keeps what it parsed.
    connection.settings_dict["OPTIONS"]["cached_statements"] = 1000
    return file


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, sqlite_file: Path | None) -> bool:
    """Take the database that another process of this run migrated, if there is one."""
    is_there = sqlite_file is not None and MIGRATED.copied_to(sqlite_file)
    return is_there or django_db_keepdb


@pytest.fixture(scope="session", autouse=True)
def pages_are_told(django_test_environment: None) -> None:
    """Let Django's client keep what each page was rendered with, and not each part.

    It copies the whole context for each of the many parts and fields of a page, which
    took a twentieth of answering.
    """
    template: Any = Template  # Django says nothing of how it renders
    tell: Callable[..., str] = template._render

    def tell_of_pages(self: Template, context: Context) -> str:
        if self is context.template:
            return tell(self, context)
        return self.nodelist.render(context)

    template._render = tell_of_pages


@pytest.fixture(scope="session", autouse=True)
def test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Set what would be slow, or leave traces, as it is in use."""
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        RECORD_ANCHORS=tmp_path_factory.mktemp("record") / "anchors",
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        # A page that not every installation has is tested, too.
        FOUNDING_ALLOWED=True,
        # The live server has no TLS.
        SECURE_SSL_REDIRECT=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # Names with a hash exist only after collectstatic; the live server would
        # answer 404 for them, and a browser would judge a page without styles.
        STORAGES=conf.settings.STORAGES
        | {
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
            }
        },
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, sqlite_file: Path | None) -> None:
    """Let a test that committed be followed by a quick flush.

    What the migrations made of the models, their types and permissions, stays: no
    test changes it, and to make it again takes longer than all else of a flush.
    """
    if sqlite_file is not None:
        MIGRATED.keep(sqlite_file)
    # Of the class, since the thread of a browser has a connection of its own.
    operations = type(connection.ops)
    flush: Callable[..., list[str]] = operations.sql_flush
    if connection.vendor == "postgresql":
        flush = _deletions

    def quick_flush(
        ops: object, style: object, tables: list[str], **options: Any
    ) -> list[str]:
        changed = [table for table in tables if table not in _OF_THE_MODELS]
        return flush(ops, style, changed, **options)

    execute: Callable[..., None] = operations.execute_sql_flush

    def flush_all(ops: object, statements: list[str]) -> None:
        # No scope is open, in which PostgreSQL would show no row of an organization.
        with scopes_disabled():
            execute(ops, statements)

    operations.sql_flush = quick_flush  # type: ignore[method-assign,assignment]
    operations.execute_sql_flush = flush_all  # type: ignore[method-assign,assignment]
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(
        dispatch_uid="django.contrib.auth.management.create_permissions"
    )


_OF_THE_MODELS = {"auth_permission", "django_content_type"}


def _deletions(_: object, __: object, tables: list[str], **___: object) -> list[str]:
    """Return what deletes the few rows; to truncate 41 tables makes as many files."""
    names = map(connection.ops.quote_name, tables)
    return [f"DELETE FROM {name}" for name in names]  # noqa: S608 - our own tables


def pytest_addoption(parser: pytest.Parser) -> None:
    say = "fail if no test marked on_both sends what another test sends (PostgreSQL)"
    parser.addoption("--statements", action="store_true", help=say)
    say = "run what is marked thorough, too, with the examples of a normal run"
    parser.addoption("--every-sample", action="store_true", help=say)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("statements"):
        config.pluginmanager.register(Statements())


_refused: list[object] = []


def _is_this_machine(host: object) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback  # type: ignore[arg-type]
    except ValueError:
        return host in {None, "", "localhost"}


def _refuse_the_outside(address: object) -> None:
    host = address[0] if isinstance(address, tuple) else None  # or a local path
    if not _is_this_machine(host):
        _refused.append(host)
        raise OSError(f"A test tried to reach {host!r}; only this machine is allowed.")


def _only_here(name: str, address_in: Callable[..., object]) -> None:
    """Let a method of every socket refuse an address of another machine."""
    method = getattr(socket.socket, name)

    @wraps(method)
    def careful(self: socket.socket, *given: Any) -> Any:
        _refuse_the_outside(address_in(*given))
        return method(self, *given)

    setattr(socket.socket, name, careful)


# Python's audit hooks would tell of as much, but of each `id()` too: deciding asks for
# so many that this took a thirtieth of its tests.
_only_here("connect", lambda address: address)
_only_here("connect_ex", lambda address: address)
_only_here("sendto", lambda *given: given[-1])
_only_here("sendmsg", lambda *given: given[3] if len(given) > 3 else None)
_ask_for_addresses = socket.getaddrinfo


@wraps(_ask_for_addresses)
def _addresses_here(host: Any, *rest: Any, **named: Any) -> Any:
    _refuse_the_outside((host,))
    return _ask_for_addresses(host, *rest, **named)


socket.getaddrinfo = _addresses_here


@pytest.fixture(autouse=True)
def only_this_machine() -> Iterator[list[object]]:
    """Fail a test which reached for another machine, even if the code coped with it."""
    _refused.clear()
    yield _refused
    assert not _refused, f"Tried to reach {_refused}"


_ASKS_FOR_DATABASE = {"db", "transactional_db", "live_server"}
_COMMITS = {"transactional_db", "live_server"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what asks for no database, and what `./run test` repeats on another."""
    asks_for = set(getattr(item, "fixturenames", ()))
    if not asks_for & _ASKS_FOR_DATABASE and not item.get_closest_marker("django_db"):
        item.add_marker("once")
        item.add_marker("no_database")
    else:
        assert_needs_none(item.path)
        mark_what_a_database_decides(item, commits=_commits(item))
    assert_no_database_decides_if_thorough(item)
    leave_out_idle_fixtures(item)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read no file of which nothing would be run; None leaves it to pytest."""
    expression = config.getoption("markexpr")
    in_vain = is_read_in_vain(collection_path, expression)
    return in_vain or is_repeated_nowhere(collection_path, expression) or None


# Of 100 seconds of a usual test this saves 4, and it takes no more memory.
_SELDOM = (50_000, 50, 1_000)


@pytest.hookimpl(tryfirst=True)
@with_room_for_calls
def pytest_collection(session: pytest.Session) -> bool:
    """Collect as pytest does, with room for calls; what it returns ends the hook."""
    session.perform_collect()
    return True


@pytest.hookimpl(tryfirst=True)
@with_room_for_calls
def pytest_runtestloop(session: pytest.Session) -> Any:
    """Run the tests as pytest does, with room for calls, which saves a seventh."""
    main: Any = session.config.pluginmanager.get_plugin("main")
    return main.pytest_runtestloop(session)


def pytest_collection_finish() -> None:
    """Look for garbage from now on, and not among what collecting made: it stays.

    Seldom, since most of what a test makes is gone at once without being looked for.
    """
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()


def pytest_unconfigure() -> None:
    """Look for garbage once; pytest and Python look again as they end, in nothing."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what is for a thorough run, and sort the others.

    Those come first that need the database empty (tests/cast_copies.py).
    """
    leave_out(config, items)
    items.sort(key=_needs_the_cast_or_commits)


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asked_for = mark is not None and "transaction" in mark.kwargs
    return asked_for or bool(set(getattr(item, "fixturenames", ())) & _COMMITS)


def _needs_the_cast_or_commits(item: pytest.Item) -> bool:
    asks_for = set(getattr(item, "fixturenames", ()))
    if not item.get_closest_marker("django_db") and "db" not in asks_for:
        return True
    return _commits(item) or "cast" in asks_for


@pytest.fixture
def stage(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Clocks:
    """Set the stage of a test, and return the clocks that it was set by."""
    with django_db_blocker.unblock():
        set_stage(with_cast="cast" in request.fixturenames)
    return clocks()


@pytest.fixture(autouse=True)
def _stage_by_the_right_clock(request: pytest.FixtureRequest) -> None:
    """Build the cast before a fixture of any file sets a clock, as it serves them all.

    The fixtures that every test uses are set up first, and of these the ones of this
    file before those of others.
    """
    if "cast" in request.fixturenames:
        request.getfixturevalue("stage")


@pytest.fixture
def _django_db_helper(stage: Clocks, _django_db_helper: None) -> None:
    """Set the stage before pytest-django begins the transaction of a test."""


@pytest.fixture
def cast(db: None) -> Cast:
    """Two organizations with people, use cases, audits and papers in each."""
    # The organizations have the same ids in each test, and their records begin again.
    conf.settings.RECORD_ANCHORS.unlink(missing_ok=True)
    cache.clear()
    forget_numbers()
    return cast_of_this_test()


@pytest.fixture
def client(cast: Cast) -> Client:
    """A browser in which our contributor is signed in."""
    client = Client()
    sign_in(client, cast.ours.contributor)
    return client
