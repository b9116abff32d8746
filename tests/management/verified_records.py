"""Records that `manage.py verify_record` checks, and what is done to them."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Event
from audits.services.record import anchors
from tests.casting import Cast

type Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def anchored(cast: Cast, settings: Settings, tmp_path: Path) -> Path:
    """Anchor the records of the cast in a file of the test's own."""
    settings.RECORD_ANCHORS = tmp_path / "anchors"
    anchors.anchor_heads()
    return tmp_path / "anchors"


def verify(capsys: Output, *arguments: str) -> tuple[int, str]:
    """Return the exit code of the command, and what it says."""
    capsys.readouterr()
    code = 0
    try:
        call_command("verify_record", *arguments)
    except SystemExit as end:
        code = int(str(end.code))
    return code, capsys.readouterr().out


def alter(cast: Cast, line: int, **fields: object) -> None:
    with scopes_disabled():
        own = Event.objects.filter(organization=cast.ours.organization)
        assert own.filter(number=line).update(**fields) == 1


def delete(cast: Cast, least: int, most: int = 10**6) -> None:
    with scopes_disabled():
        own = Event.objects.filter(organization=cast.ours.organization)
        own.filter(number__range=(least, most)).delete()


def recompute(cast: Cast) -> None:
    """Give every line of our record the digests of a chain that was never touched."""
    with scope(organization=cast.ours.organization):
        previous = ""
        for number, event in enumerate(Event.objects.all(), start=1):
            event.number, event.previous = number, previous
            event.digest = previous = event.compute_digest()
            event.save()
