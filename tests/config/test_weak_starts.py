"""What starts only safely: secrets, the demo, and a database nobody chose."""

import json
import os
import secrets
import socket
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from audits.checks import check_database
from config.demo import demo_stays_here
from config.secret_key import refuse_weak

KEY = secrets.token_urlsafe(50)


def start(*command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run Attune in a process of its own, with nothing of this one's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**kept, "DATABASE_URL": "sqlite://:memory:", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("x7Kq" * 4, "has 16 characters"),
        ("abab" * 20, "has only 2 different characters"),
        ("q7Kx2mVb9Zt4" * 5, "repeats itself"),
        ("django-insecure-" + "q7Kx2mVb9Zt4LpRw8YsD3nHf6JcGaE5uT1oWiXz0k", "insecure"),
        ("changeme-q7Kx2mVb9Zt4LpRw8YsD3nHf6JcGaE5uT1oWiXz0kQ", "changeme"),
        ("my-secret-q7Kx2mVb9Zt4LpRw8YsD3nHf6JcGaE5uT1oWiXz0kQ", "secret"),
    ],
)
def test_weak_secret_is_refused_with_the_way_to_make_one(key: str, why: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_weak(key)

    assert why in str(refusal.value)
    assert "secrets.token_urlsafe(50)" in str(refusal.value)
    assert key not in str(refusal.value)


@pytest.mark.parametrize("make", [secrets.token_urlsafe, secrets.token_hex])
def test_random_secrets_are_taken(make: Any) -> None:
    for key in (make(50) for _ in range(200)):
        assert refuse_weak(key) == key


def test_weak_secret_keeps_production_from_starting() -> None:
    done = start("manage.py", "check", SECRET_KEY="changeme")  # noqa: S106

    assert done.returncode != 0
    assert "SECRET_KEY has 8 characters; it needs 50." in done.stderr


def test_demo_with_postgresql_needs_the_second_setting() -> None:
    where = {
        "ATTUNE_DEMO": "1",
        "SECRET_KEY": KEY,
        "DATABASE_URL": "postgres://attune@127.0.0.1:1/none",
    }
    command = ("-c", "import django; django.setup()")
    named = {"DJANGO_SETTINGS_MODULE": "config.settings"}

    without = start(*command, **where, **named)
    public = start(*command, **where, **named, ATTUNE_DEMO_PUBLIC="1")

    assert "Set ATTUNE_DEMO_PUBLIC=1 too if that is meant" in without.stderr
    assert (without.returncode, public.returncode) == (1, 0)


# The server's socket is open when the site is loaded, as gunicorn's workers have it.
THREE_STARTS = """
import importlib, os, socket
os.environ['ATTUNE_DEMO'] = '1'
local = socket.create_server(('127.0.0.1', 0))
import config.wsgi
print('local')
from django.conf import settings
public = socket.create_server(('0.0.0.0', 0))
settings.DEMO_PUBLIC = True
importlib.reload(config.wsgi)
print('meant')
settings.DEMO_PUBLIC = False
importlib.reload(config.wsgi)
print('public')"""


def test_demo_starts_on_this_machine_only() -> None:
    done = start("-c", THREE_STARTS, SECRET_KEY=KEY)

    assert done.stdout.split() == ["local", "meant"], done.stderr
    assert done.returncode == 1
    assert "this server listens on 0.0.0.0. Bind it to 127.0.0.1." in done.stderr


@pytest.mark.thorough
def test_gunicorn_serves_the_demo_on_no_public_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    bind = ("-m", "gunicorn", "config.wsgi", "--bind", f"0.0.0.0:{port}")

    done = start(*bind, "--no-control-socket", ATTUNE_DEMO="1", SECRET_KEY=KEY)

    assert done.returncode != 0
    assert "Bind it to 127.0.0.1" in done.stderr


HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 200),
        ({"HTTP_HOST": "127.0.0.1:8000"}, 200),
        ({"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 403),
        ({"REMOTE_ADDR": ""}, 403),
        ({"HTTP_HOST": "attune.example.org"}, 403),
        ({"HTTP_HOST": "localhost.example.org"}, 403),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ({"HTTP_FORWARDED": "for=127.0.0.1"}, 403),
    ],
)
def test_demo_answers_this_machine_only(
    settings: Settings, more: dict[str, str], status: int
) -> None:
    settings.DEMO, settings.DEMO_PUBLIC = True, False
    request = RequestFactory().get("/", **{**HERE, **more})  # type: ignore[arg-type]

    response = demo_stays_here(answer)(request)

    assert response.status_code == status
    if status == 403:
        assert "answers on its own machine only" in response.content.decode()


@pytest.mark.parametrize(("demo", "public"), [(False, False), (True, True)])
def test_others_are_not_asked_where_they_come_from(
    settings: Settings, demo: bool, public: bool
) -> None:
    settings.DEMO, settings.DEMO_PUBLIC = demo, public

    with pytest.raises(MiddlewareNotUsed):
        demo_stays_here(answer)


def answer(_: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def test_database_that_nobody_chose_is_warned_of(settings: Settings) -> None:
    settings.DATABASE_IS_ASSUMED = True

    [warning] = check_database()

    assert "kept in a file of SQLite" in warning.msg
    settings.DEMO = True
    assert check_database() == []


@pytest.mark.thorough
def test_manage_warns_of_it() -> None:
    # The other checks are proofs, which take longer than the start.
    check = ("manage.py", "check", "--tag", "database_choice")

    done = start(*check, SECRET_KEY=KEY, DATABASE_URL="")

    assert done.returncode == 0, done.stderr
    assert "DATABASE_URL is not set" in done.stderr + done.stdout


# It tells whether Django was there when data was read, how many objects are looked
# through for waste and how many are left alone, whether waste was looked for, how many
# frameworks were read before and after all were asked for, and what few requests use.
WEB_PROCESS = """
import gc, json, sys
from audits.frameworks.loading import loader
read, too_late, seen = loader.shipped, [], []
def shipped():
    too_late.append('django' in sys.modules)
    return read()
loader.shipped = shipped
import config.wsgi
objects = len(gc.get_objects()), gc.get_freeze_count()
gc.callbacks.append(lambda phase, found: seen.append(found['generation']))
def leave():
    circle = []
    circle.append(circle)
for _ in range(20_000):
    leave()
once = loader.published.cache_info().misses
frameworks = once, len(read()), loader.published.cache_info().misses
seldom = "fido2", "cryptography", "weasyprint", "genai_prices", "openpyxl", "pptx"
loaded = [name for name in seldom if name in sys.modules]
print(json.dumps([too_late, objects, 2 in seen, frameworks, loaded]))"""


@pytest.fixture(scope="module")
def web_process() -> Any:
    """What it told of itself, and what else it said."""
    command = ("-W", "ignore", "-c", WEB_PROCESS)
    done = start(*command, SECRET_KEY=KEY, ALLOWED_HOSTS="a.test", DATABASE_URL="")
    assert done.returncode == 0, done.stderr
    *said, told = done.stdout.splitlines()
    return *json.loads(told), "\n".join([done.stderr, *said])


def test_server_warns_of_it(web_process: Any) -> None:
    *_, said = web_process

    assert "DATABASE_URL is not set" in said


def test_server_has_read_every_framework_before_a_request(web_process: Any) -> None:
    """Else several threads may read one at once, which takes more memory for good."""
    *_, (read, shipped, read_later), _, _ = web_process

    assert read == shipped == read_later
    assert shipped > 1


def test_web_process_loads_no_library_that_few_requests_use(web_process: Any) -> None:
    """What checks a passkey alone takes 10 MiB (decision 0154)."""
    *_, loaded, _ = web_process

    assert loaded == []


def test_web_process_reads_its_data_before_it_loads_the_site(web_process: Any) -> None:
    too_late, *_ = web_process

    assert too_late == [False]


def test_web_process_looks_for_waste_only_in_what_requests_made(
    web_process: Any,
) -> None:
    """Else what they leave waits until it is a quarter of the whole site."""
    _, (looked_through, left_alone), *_ = web_process

    assert looked_through < left_alone / 100


def test_web_process_looks_for_waste_before_it_is_a_quarter_of_the_site(
    web_process: Any,
) -> None:
    """Python waits for a quarter of what it looked through last."""
    _, _, looked_for_waste, *_ = web_process

    assert looked_for_waste
