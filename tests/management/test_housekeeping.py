"""Housekeeping goes on with the rest when one step breaks off, and says so."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Import, UseCase
from tests.casting import Cast


@pytest.mark.on_both
def test_step_that_breaks_off_keeps_no_other_from_being_done(
    cast: Cast,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "reports").write_text("A file where the folder of papers should be")
    with scopes_disabled():
        Import.objects.update(leased_until=timezone.now() - timedelta(days=31))

        with pytest.raises(CommandError, match="Unused files removed"):
            call_command("housekeeping")

        assert not Import.objects.exists()
    assert "Old import files removed: 2" in capsys.readouterr().out
    assert "housekeeping stopped: Unused files removed" in caplog.text


@pytest.mark.thorough
def test_quiet_house_says_nothing(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    first = timezone.localtime().replace(day=1)
    with scope(organization=cast.ours.organization):
        UseCase.objects.update(created_at=first - timedelta(days=2))
    call_command("housekeeping")
    assert "Earlier months worked out: 1\n" in capsys.readouterr().out

    call_command("housekeeping")

    assert capsys.readouterr().out == ""
