"""The load script works, and notices what it is there to notice."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django_scopes import scopes_disabled
from pytest_django.live_server_helper import LiveServer

from audits.models import Audit, Version
from tests.load.editors import Editor, figures, invite, missing
from tests.migrated import MIGRATED

ROOT = Path(__file__).parent.parent.parent
NOTE = "Note 1 of editor 0."


def test_few_people_save_for_a_moment() -> None:
    command = [sys.executable, "-m", "tests.load", "--editors", "5"]
    command += ["--seconds", "1", "--every", "0.5"]
    environment = os.environ | MIGRATED.environment | {"WEB_CONCURRENCY": "1"}

    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    came_of_it = json.loads(done.stdout)
    assert came_of_it["p50"] <= came_of_it["p95"]
    assert {name: came_of_it[name] for name in ("saves", "errors", "missing")} == {
        "saves": 10,
        "errors": 0,
        "missing": 0,
    }


@pytest.fixture
def editor(transactional_db: None) -> Editor:
    return invite(1)[0]


@pytest.fixture
def site(live_server: LiveServer) -> HTTPConnection:
    return HTTPConnection(live_server.url.removeprefix("http://"))


@pytest.mark.on_both
def test_save_that_is_gone_is_found_missing(
    editor: Editor, site: HTTPConnection
) -> None:
    editor.save(site)
    editor.save(site)
    at_first = missing([editor])

    with scopes_disabled():
        Version.objects.filter(kind=Version.Kind.NOTE, number=1).delete()

    assert (len(editor.acknowledged), at_first) == (2, [])
    assert missing([editor]) == [NOTE]
    assert figures([editor]).missing == 1


@pytest.mark.on_both
def test_save_that_was_overwritten_is_found_missing(
    editor: Editor, site: HTTPConnection
) -> None:
    editor.save(site)

    with scopes_disabled():
        Audit.objects.update(notes={})

    assert missing([editor]) == [NOTE]


@pytest.mark.on_both
def test_later_save_whose_answer_was_lost_may_count(
    editor: Editor, site: HTTPConnection
) -> None:
    editor.save(site)

    with scopes_disabled():
        audit = Audit.objects.get()
        audit.notes[editor.question]["value"] = "Note 2 of editor 0."
        audit.save(update_fields=["notes"])

    assert missing([editor]) == []


@pytest.mark.once
@pytest.mark.parametrize("cookie", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"])
def test_save_that_was_refused_is_an_error_and_acknowledges_nothing(
    editor: Editor, site: HTTPConnection, cookie: str
) -> None:
    editor.cookies[getattr(settings, cookie)] = "of nobody"

    editor.save(site)

    assert (len(editor.errors), editor.acknowledged, missing([editor])) == (1, [], [])


@pytest.mark.on_both
def test_site_that_is_gone_is_an_error(editor: Editor) -> None:
    editor.save(HTTPConnection("127.0.0.1", 1))

    assert editor.acknowledged == []
    assert editor.errors[0].startswith("0: ConnectionRefusedError")
