"""A pack marks the decisions that are dated before its meeting."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Cover
from audits.scoring.days import in_words
from tests.casting import Cast, Tenant
from tests.reports.packs.made_packs import add_decision, ask_for_pack, read, text
from tests.reports.test_tasks import IMMEDIATE


@pytest.fixture
def tenant(cast: Cast, settings: Settings) -> Iterator[Tenant]:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        yield cast.ours


def decide_by(audit: Audit, day: date) -> None:
    Cover.objects.update_or_create(
        audit=audit, organization=audit.organization, defaults={"decide_by": day}
    )


def test_pack_marks_what_is_dated_before_its_meeting(tenant: Tenant) -> None:
    today = timezone.localdate()
    days = [today + timedelta(days=number) for number in (20, 30, 40)]
    before, held, _ = days
    for name, day in zip(("Early", "Same day", "Later"), days, strict=True):
        decide_by(add_decision(tenant, name), day)

    overview = text(read(ask_for_pack(tenant, meeting=f"Board, {in_words(held)}")), 0)
    without = text(read(ask_for_pack(tenant, meeting="Board")), 0)

    assert f"Dated before the meeting of {in_words(held)}: 1 of 4." in overview
    assert f"{before.day} {before:%b %Y}: before the meeting" in overview
    assert overview.count("before the meeting") == 2
    assert "before the meeting" not in without
