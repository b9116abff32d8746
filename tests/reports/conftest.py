"""A tenant whose files a test may lose, and files that stand in for papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django_scopes import scope
from pytest_django import Settings

from audits.models import Role, User
from audits.reports import pdf_client
from tests.casting import Cast, Tenant
from tests.reports.papers import stand_in
from tests.reports.test_tasks import IMMEDIATE, submitted_again


@pytest.fixture
def reviewer(cast: Cast) -> User:
    return cast.ours.people[Role.REVIEWER]


@pytest.fixture
def tenant(cast: Cast, settings: Settings, tmp_path: Path) -> Iterator[Tenant]:
    """Our tenant with an own disk, on which its paper and its pack are made."""
    tasks = settings.TASKS
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        ours = cast.ours
        submitted_again(ours)
        ours.submitted.refresh_from_db()
        settings.TASKS = tasks
        yield ours


@pytest.fixture
def stand_ins() -> Iterator[pytest.MonkeyPatch]:
    """Print nothing until it is undone: a file stands in for each paper and pack.

    It is for tests of what becomes of a file. That a whole paper is made again with the
    same bytes is tested in test_record_line.py.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_client.PdfClient, "printed", lambda _, made: stand_in(made))
        yield patch
