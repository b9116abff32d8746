"""Packs with a file for each decision: fanned out, gathered, cancelled."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from audits.models import BoardPack, PackDecision, PortfolioRow, Report
from audits.reports.packs.pack_context import build_pack
from audits.reports.packs.packing import packed
from audits.reports.tasks import make_pack, make_report, queue_report
from audits.services.jobs import jobs, leases
from audits.services.papers.packs.board_packs import cancel_pack
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.printed import Printed
from tests.reports.packs.made_packs import (
    add_decisions,
    ask_for_pack,
    let_all_be_ready,
    text,
)
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.signed_in import sign_in

pytestmark = [pytest.mark.usefixtures("stand_ins"), pytest.mark.on_both]

NOTHING = "django.tasks.backends.dummy.DummyBackend"
State = BoardPack.State


@pytest.fixture
def tenant(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tenant]:
    """Our tenant with three decisions, which are one too many for one file."""
    let_all_be_ready(monkeypatch)
    monkeypatch.setattr(BoardPack, "MOST_IN_ONE", 2)
    settings.TASKS = {"default": {"BACKEND": NOTHING}}
    with scope(organization=cast.ours.organization):
        add_decisions(cast.ours, dict.fromkeys(("Articles", "Zones"), RETRIEVAL_CASE))
        PortfolioRow.objects.update(is_provisional=False)
        yield cast.ours


def run_pack(pack: BoardPack) -> BoardPack:
    make_pack.func(str(pack.organization_id), str(pack.pk))
    pack.refresh_from_db()
    return pack


def run_reports(pack: BoardPack) -> None:
    for report in Report.objects.filter(pack_decisions__pack=pack):
        make_report.func(str(report.organization_id), str(report.pk))


def states(pack: BoardPack) -> list[str]:
    """Return how the papers of a pack stand, in the order of its decisions."""
    decisions = PackDecision.objects.filter(pack=pack)
    return list(decisions.values_list("report__state", flat=True))


def page_of(tenant: Tenant, pack: BoardPack) -> str:
    client = Client()
    sign_in(client, tenant.contributor)
    return html_of(client.get(reverse("pack", args=[pack.pk])))


def test_papers_are_asked_for_first_and_those_there_are_used(tenant: Tenant) -> None:
    pack = run_pack(ask_for_pack(tenant))

    # The handbook's is there already, and not made again.
    assert states(pack) == ["queued", "ready", "queued"]
    assert (pack.state, pack.leased_by, pack.attempts) == (State.QUEUED, "", 0)
    assert PackDecision.objects.get(pack=pack, number=2).report == tenant.report
    page = page_of(tenant, pack)
    assert '<label for="made">1 of 3 papers made</label>' in page
    assert '<progress id="made" max="3" value="1">' in page
    # Its overview reads no paper whole.
    content = build_pack(pack)
    assert content.papers == ()
    assert [item.file_name for item in content.asked] == [
        *("001-UC-0003.pdf", "002-UC-0002.pdf", "003-UC-0004.pdf")
    ]


@pytest.mark.once
def test_zip_has_the_overview_and_a_numbered_paper_for_each(
    tenant: Tenant, stand_ins: pytest.MonkeyPatch
) -> None:
    pack = run_pack(ask_for_pack(tenant))
    run_reports(pack)
    stand_ins.undo()

    run_pack(pack)

    assert pack.state == State.READY
    with ZipFile(BytesIO(pack.file.read())) as files:
        assert files.namelist() == [
            *("000-overview.pdf", "001-UC-0003.pdf", "002-UC-0002.pdf"),
            "003-UC-0004.pdf",
        ]
        reports = Report.objects.filter(pack_decisions__pack=pack)
        for report in reports.order_by("pack_decisions__number"):
            number = report.pack_decisions.get().number
            reference = report.audit.use_case.reference
            name = f"{number:03d}-{reference}.pdf"
            assert files.read(name) == report.file.read()
        overview = Printed(files.read("000-overview.pdf"))
    assert len(overview.pages) == 1
    said = text(overview, 0)
    assert "What each decision changes" in said
    assert "Three decisions wait for sign-off" in said
    for row in ("Articles", "Northgate handbook", "Zones", "001", "002", "003"):
        assert row in said


def test_worker_that_makes_the_last_paper_sees_to_the_zip_of_equal_bytes(
    tenant: Tenant, settings: Settings
) -> None:
    pack = run_pack(ask_for_pack(tenant))
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}

    run_reports(pack)

    pack.refresh_from_db()
    assert pack.state == State.READY
    with packed(pack) as made:
        made.content.seek(0)
        assert made.content.read() == pack.file.read()


def test_paper_that_fails_fails_its_pack_and_both_can_be_tried_again(
    tenant: Tenant, settings: Settings
) -> None:
    pack = run_pack(ask_for_pack(tenant))
    report = PackDecision.objects.get(pack=pack, number=3).report
    assert report is not None
    leases.fail(job=report, reason="It was too long.")
    run_reports(pack)

    run_pack(pack)

    assert pack.state == State.FAILED
    assert pack.failure == "The paper for UC-0004 is unavailable. It was too long."
    assert pack.failure in page_of(tenant, pack)
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    client = Client()
    sign_in(client, tenant.contributor)
    client.post(reverse("packs"))
    pack.refresh_from_db()
    assert pack.state == State.READY


def test_cancelling_stops_what_was_queued_only_for_it(tenant: Tenant) -> None:
    pack = run_pack(ask_for_pack(tenant))
    wanted = PackDecision.objects.get(pack=pack, number=1).audit
    queue_report(audit=wanted, by=tenant.contributor)

    assert cancel_pack(pack=pack, by=tenant.contributor)

    assert pack.state == State.CANCELLED
    assert states(pack) == ["queued", "ready", "cancelled"]
    run_reports(pack)
    assert states(pack) == ["ready", "ready", "cancelled"]
    assert run_pack(pack).state == State.CANCELLED
    assert not cancel_pack(pack=pack, by=tenant.contributor)
    assert "The pack was cancelled." in page_of(tenant, pack)


def test_papers_that_another_pack_waits_for_are_not_cancelled(tenant: Tenant) -> None:
    first = run_pack(ask_for_pack(tenant))
    second = run_pack(ask_for_pack(tenant, meeting="Risk committee"))

    cancel_pack(pack=first, by=tenant.contributor)

    assert states(second) == ["queued", "ready", "queued"]


def test_cancelled_pack_is_made_when_it_is_asked_for_again(
    tenant: Tenant, settings: Settings
) -> None:
    pack = run_pack(ask_for_pack(tenant))
    cancel_pack(pack=pack, by=tenant.contributor)
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}

    assert ask_for_pack(tenant) == pack

    pack.refresh_from_db()
    assert pack.state == State.READY


def test_pack_that_is_cancelled_while_it_is_made_stays_cancelled(
    tenant: Tenant,
) -> None:
    pack = run_pack(ask_for_pack(tenant))
    run_reports(pack)
    jobs.start_job(job=pack)
    held = BoardPack.objects.get(pk=pack.pk)
    cancel_pack(pack=pack, by=tenant.contributor)

    with packed(held) as made:
        assert not jobs.complete_job(job=held, content=made.content)

    pack.refresh_from_db()
    assert (pack.state, pack.file.name) == (State.CANCELLED, "")


def test_housekeeping_gathers_a_pack_whose_task_was_lost(
    tenant: Tenant, settings: Settings
) -> None:
    pack = run_pack(ask_for_pack(tenant))
    run_reports(pack)
    past = timezone.now() - timedelta(seconds=1)
    BoardPack.objects.filter(pk=pack.pk).update(leased_until=past)
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    assert "This is taking longer than it should" in page_of(tenant, pack)

    call_command("housekeeping", verbosity=0)

    pack.refresh_from_db()
    assert pack.state == State.READY


def test_pack_whose_workers_stop_three_times_fails(tenant: Tenant) -> None:
    pack = ask_for_pack(tenant)
    for _ in range(3):
        jobs.start_job(job=pack)
        past = timezone.now() - timedelta(seconds=1)
        BoardPack.objects.filter(pk=pack.pk).update(leased_until=past)
        leases.take_back_overdue(BoardPack)

    pack.refresh_from_db()
    assert pack.state == State.FAILED
    assert "3 times" in pack.failure
