"""What a server runs with unless somebody says otherwise."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from pytest_django import Settings

ROOT = Path(__file__).parents[2]
SOURCE = "\n".join(
    path.read_text("utf-8") for path in sorted((ROOT / "config").glob("*.py"))
)
pytestmark = pytest.mark.once


def test_nothing_but_what_the_server_runs_is_in_its_image() -> None:
    text = (ROOT / ".dockerignore").read_text("utf-8")
    first, *others = [line for line in text.splitlines() if line[:1] not in {"", "#"}]

    assert first == "*"
    assert {name.removeprefix("!") for name in others if name.startswith("!")} == {
        *("audits", "config", "static", "templates"),
        *("manage.py", "requirements.txt", "LICENSE"),
    }


def test_no_variable_turns_debugging_on() -> None:
    assert re.findall(r"^(?:TEMPLATE_)?DEBUG = .*$", SOURCE, re.MULTILINE) == [
        "DEBUG = False"
    ]


def test_passwords_are_stored_slowly() -> None:
    """As the standard asks of PBKDF2 with SHA-256; tests themselves hash quickly."""
    assert "PASSWORD_HASHERS" not in SOURCE
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.algorithm == "pbkdf2_sha256"
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_plain_http_leads_to_https_and_stays_there(
    db: None, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client, proxied = Client(), {"X-Forwarded-Proto": "https"}

    plain = client.get("/method/")
    programs = [
        client.get(f"/calendars/{'a' * 20}.ics"),
        client.get(f"/scim/v2/{uuid4()}/Users"),
    ]
    monitored = client.get("/livez")
    safe = client.get("/method/", headers=proxied)

    assert plain.status_code == 301
    assert plain["Location"] == "https://testserver/method/"
    # A program would follow each time, and send its secret in plain text first.
    assert [answer.status_code for answer in programs] == [403, 403]
    assert all(b"Use https://" in answer.content for answer in programs)
    assert monitored.status_code == safe.status_code == 200
    assert safe["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )
