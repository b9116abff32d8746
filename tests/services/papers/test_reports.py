from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Cover, Report, Team, UseCase
from audits.services.answers.answers import fresh_audit
from audits.services.jobs import leases
from audits.services.jobs.jobs import (
    complete_job,
    start_job,
)
from audits.services.papers.packs.board_packs import request_pack
from audits.services.papers.reports import NotSubmitted, is_current, request_report
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def queued(cast: Cast) -> Report:
    """Put the paper of our tenant into the queue, as if it had never been made."""
    until = timezone.now() + timedelta(minutes=1)
    Report.objects.update(state=Report.State.QUEUED, leased_until=until, file="")
    return Report.objects.get(pk=cast.ours.report.pk)


def shift_this_machines_clock(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    really = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: really() + by)


def let_leases_end() -> None:
    Report.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def pdf(content: bytes) -> ContentFile[bytes]:
    return ContentFile(content, "paper.pdf")


def files() -> set[str]:
    return set(default_storage.listdir("reports")[1])


def test_paper_of_one_verdict_is_made_once(cast: Cast) -> None:
    report, to_make = request_report(
        audit=cast.ours.submitted, by=cast.ours.contributor
    )

    assert (report, to_make) == (cast.ours.report, False)


def test_paper_of_a_new_submission_is_a_new_one(cast: Cast) -> None:
    audit = reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)
    audit = submit_audit(audit=audit, by=cast.ours.contributor)

    report, to_make = request_report(audit=audit, by=cast.ours.contributor)

    assert to_make
    assert report != cast.ours.report


def test_paper_is_another_once_its_date_has_passed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit, today = cast.ours.submitted, timezone.localdate()
    Cover.objects.create(audit=audit, organization=audit.organization, decide_by=today)
    before, _ = request_report(audit=audit, by=cast.ours.contributor)
    again, _ = request_report(audit=audit, by=cast.ours.contributor)

    monkeypatch.setattr(timezone, "localdate", lambda *_: today + timedelta(days=1))
    late, to_make = request_report(audit=audit, by=cast.ours.contributor)
    later, _ = request_report(audit=audit, by=cast.ours.contributor)

    assert again == before
    assert to_make
    assert late != before
    assert later == late
    assert not is_current(report=before)


def test_paper_of_a_draft_is_refused(cast: Cast) -> None:
    with pytest.raises(NotSubmitted):
        request_report(audit=cast.ours.draft, by=cast.ours.contributor)


def test_queued_paper_is_claimed_by_one_worker(cast: Cast) -> None:
    report = queued(cast)

    claims = [start_job(job=report), start_job(job=report)]

    assert claims == [True, False]


def test_failed_paper_is_queued_again_when_asked_for(cast: Cast) -> None:
    report = queued(cast)
    leases.fail(job=report, reason="No room on the disk.")
    assert (report.state, report.failure) == ("failed", "No room on the disk.")

    again, to_make = request_report(audit=cast.ours.submitted, by=cast.ours.contributor)

    assert (again, to_make) == (report, True)
    assert (again.state, again.failure, again.attempts) == ("queued", "", 0)


@pytest.mark.parametrize(
    ("state", "minutes", "to_make"),
    [
        (Report.State.MAKING, 1, False),
        (Report.State.MAKING, -1, True),
        (Report.State.QUEUED, 1, False),
        (Report.State.QUEUED, -1, True),
        (Report.State.READY, -1, False),
    ],
)
def test_paper_that_nobody_holds_is_queued_again_when_asked_for(
    cast: Cast, state: Report.State, minutes: int, to_make: bool
) -> None:
    until = timezone.now() + timedelta(minutes=minutes)
    Report.objects.update(state=state, leased_until=until)

    again = request_report(audit=cast.ours.submitted, by=cast.ours.contributor)

    assert again == (cast.ours.report, to_make)


def test_worker_has_a_lease_with_a_name_and_an_end(cast: Cast) -> None:
    report = queued(cast)

    start_job(job=report)

    stored = Report.objects.get(pk=report.pk)
    assert stored.state == Report.State.MAKING
    assert stored.leased_by == report.leased_by != ""
    assert stored.attempts == 1
    left = stored.leased_until - timezone.now()
    assert timedelta(minutes=2) < left <= timedelta(minutes=3)


def test_paper_of_a_lost_worker_is_taken_back_and_made_by_another(cast: Cast) -> None:
    late = queued(cast)
    start_job(job=late)
    assert leases.take_back_overdue(Report) == []
    let_leases_end()

    assert leases.take_back_overdue(Report) == [late]
    other = Report.objects.get(pk=late.pk)
    assert start_job(job=other)

    assert complete_job(job=other, content=pdf(b"%PDF of the other"))
    assert other.attempts == 2
    assert other.file.read() == b"%PDF of the other"


def test_late_worker_neither_finishes_nor_fails_nor_overwrites(cast: Cast) -> None:
    late = queued(cast)
    start_job(job=late)
    let_leases_end()
    leases.take_back_overdue(Report)
    other = Report.objects.get(pk=late.pk)
    before = files()

    assert not complete_job(job=late, content=pdf(b"%PDF that came late"))
    assert not leases.fail(job=copy(late), reason="It came late.")
    start_job(job=other)
    complete_job(job=other, content=pdf(b"%PDF of the other"))

    assert not complete_job(job=late, content=pdf(b"%PDF that came late"))
    stored = Report.objects.get(pk=late.pk)
    assert (stored.state, stored.failure) == ("ready", "")
    assert files() - before == {Path(str(stored.file)).name}
    assert stored.file.read() == b"%PDF of the other"


def test_paper_whose_workers_stop_three_times_fails_with_a_reason(cast: Cast) -> None:
    report = queued(cast)
    taken = []
    for _ in range(3):
        assert start_job(job=report)
        let_leases_end()
        taken.append(leases.take_back_overdue(Report))

    assert taken == [[report], [report], []]
    report.refresh_from_db()
    assert report.state == Report.State.FAILED
    assert "3 times" in report.failure


def test_paper_that_waits_too_long_in_the_queue_is_queued_again(cast: Cast) -> None:
    report = queued(cast)
    let_leases_end()

    assert leases.take_back_overdue(Report) == [report]
    assert leases.take_back_overdue(Report) == []


def test_paper_asked_of_an_earlier_submission_is_not_current(cast: Cast) -> None:
    assert is_current(report=cast.ours.report)

    audit = reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)
    submit_audit(audit=audit, by=cast.ours.contributor)

    report = Report.objects.select_related("audit").get(pk=cast.ours.report.pk)
    assert not is_current(report=report)


@pytest.mark.parametrize("column", ["name", "team"])
def test_paper_and_pack_of_what_was_renamed_are_made_anew(
    cast: Cast, column: str
) -> None:
    tenant = cast.ours
    use_case = UseCase.objects.get(pk=tenant.submitted.use_case_id)
    new = {
        "name": "Handbook search",
        "team": Team.objects.create(organization=tenant.organization, name="Search"),
    }
    setattr(use_case, column, new[column])
    use_case.save()

    audit = fresh_audit(tenant.submitted)
    report, _ = request_report(audit=audit, by=tenant.contributor)
    pack, _ = request_pack(
        organization=tenant.organization,
        by=tenant.contributor,
        audits=Audit.objects.all(),
    )

    assert report != tenant.report
    assert pack != tenant.pack
    assert not is_current(report=Report.objects.get(pk=tenant.report.pk))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is one machine")
@pytest.mark.parametrize("minutes", [-10, 10])
def test_machines_whose_clocks_differ_take_no_work_from_each_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    report = queued(cast)
    start_job(job=report)

    shift_this_machines_clock(monkeypatch, timedelta(minutes=minutes))

    assert leases.take_back_overdue(Report) == []
    assert complete_job(job=report, content=pdf(b"%PDF-1.7"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is one machine")
@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_worker_whose_clock_is_wrong_has_its_lease_as_long_as_any(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    really = timezone.now()
    report = queued(cast)

    shift_this_machines_clock(monkeypatch, timedelta(minutes=minutes))
    start_job(job=report)

    assert abs(report.leased_until - really - Report.LEASE) < timedelta(minutes=1)
