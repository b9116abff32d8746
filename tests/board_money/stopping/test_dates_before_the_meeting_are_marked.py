"""A pack marks decisions dated before its meeting, and what needs none."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Cover
from audits.reports import pdf_client
from audits.reports.packs.pack_context import build_pack
from audits.scoring.days import in_words
from audits.scoring.exchange import document
from tests.casting import Cast, Tenant
from tests.examples import some_of
from tests.reports.packs.made_packs import (
    add_decision,
    ask_for_pack,
    let_all_be_ready,
    parts_of,
    state_money,
)
from tests.reports.papers import stand_in
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES


@pytest.fixture
def tenant(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tenant]:
    let_all_be_ready(monkeypatch)
    # Their words are read, and nobody looks at the printed pages.
    monkeypatch.setattr(pdf_client.PdfClient, "printed", lambda _, made: stand_in(made))
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        yield cast.ours


def decide_by(audit: Audit, day: date) -> None:
    Cover.objects.update_or_create(
        audit=audit, organization=audit.organization, defaults={"decide_by": day}
    )


def overview_of(tenant: Tenant, meeting: str) -> str:
    return parts_of(ask_for_pack(tenant, meeting=meeting))[0]


def test_pack_marks_what_is_dated_before_its_meeting(tenant: Tenant) -> None:
    today = timezone.localdate()
    days = [today + timedelta(days=number) for number in (20, 30, 40)]
    before, held, _ = days
    for name, day in zip(("Early", "Same day", "Later"), days, strict=True):
        decide_by(add_decision(tenant, name), day)

    overview = overview_of(tenant, f"Board, {in_words(held)}")
    without = overview_of(tenant, "Board")

    assert f"To be decided before the meeting of {in_words(held)}: “Early”." in overview
    assert f"{before.day} {before:%b %Y}: before the meeting" in overview
    assert overview.count("before the meeting") == 2
    assert "before the meeting" not in without


def test_pack_marks_no_row_if_all_are_before_its_meeting(tenant: Tenant) -> None:
    today = timezone.localdate()
    held = today + timedelta(days=40)
    for audit in (add_decision(tenant, "Early"), tenant.submitted):
        decide_by(audit, today + timedelta(days=20))

    overview = overview_of(tenant, f"Board, {in_words(held)}")

    assert f"All must be decided before the meeting of {in_words(held)}." in overview
    assert overview.count("before the meeting") == 1


@pytest.mark.parametrize(
    ("held", "is_told"), some_of([(5, False), (14, True), (20, True)], 2)
)
def test_pack_marks_a_move_for_which_its_meeting_is_too_late(
    tenant: Tenant, held: int, *, is_told: bool
) -> None:
    audit = add_decision(tenant, "Mails")
    audit.assessment = document.dump(assessed(MOVES, **ENDS))
    audit.save()
    decide_by(audit, date(2026, 12, 9))

    meeting = f"Board, {in_words(date(2027, 1, held))}"
    overview = overview_of(tenant, meeting)

    # The move takes 41 days before 14 January 2027.
    assert ("4 Dec 2026: too late" in overview) is is_told
    said = f"Too late on {in_words(date(2027, 1, held))} for “Mails”, as a model has"
    assert (said in overview) is is_told
    assert ("not for the minutes of that day." in overview) is is_told
    assert "A yes releases" not in overview


def test_pack_says_that_its_meeting_was_before_its_data(tenant: Tenant) -> None:
    today = timezone.localdate()
    held, later = today - timedelta(days=3), today + timedelta(days=3)

    overview = overview_of(tenant, f"Board, {in_words(held)}")
    ahead = overview_of(tenant, f"Board, {in_words(later)}")

    said = f"The meeting of {in_words(held)} is before the day of these data."
    assert said in overview
    assert "is before the day of these data" not in ahead


def test_paper_for_information_is_no_decision_and_says_who_proposes_it(
    tenant: Tenant,
) -> None:
    lead, today = tenant.contributor, in_words(timezone.localdate())
    for name in ("Decided here", "Only told"):
        state_money(add_decision(tenant, name))
    Cover.objects.create(
        audit=Audit.objects.get(use_case__name="Only told"),
        organization=tenant.organization,
        purpose=Cover.Purpose.INFORMATION,
    )

    pack = ask_for_pack(tenant)
    overview, content = parts_of(pack)[0], build_pack(pack)

    rows = {item.name: item.row for item in content.asked}
    decided, told = rows["Decided here"], rows["Only told"]
    assert decided.asked is not None
    assert (told.asked, told.released, told.net, told.held) == (None,) * 4
    assert content.totals.asked.asked == decided.asked
    assert f"For information: proposed by {lead} on {today}." in overview
    assert "One paper is for information" in overview
    assert content.totals.decisions == len(rows) - 1
