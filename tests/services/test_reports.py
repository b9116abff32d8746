from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from audits.models import Report
from audits.services.audits import reopen_audit, submit_audit
from audits.services.reports import (
    NotSubmitted,
    fail_report,
    is_current,
    request_report,
    start_report,
)
from tests.casting import Cast


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


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


def test_paper_of_a_draft_is_refused(cast: Cast) -> None:
    with pytest.raises(NotSubmitted):
        request_report(audit=cast.ours.draft, by=cast.ours.contributor)


def test_queued_paper_is_claimed_by_one_worker(cast: Cast) -> None:
    report = cast.ours.report
    Report.objects.update(state=Report.State.QUEUED)

    claims = [start_report(report=report), start_report(report=report)]

    assert claims == [True, False]


def test_failed_paper_is_queued_again_when_asked_for(cast: Cast) -> None:
    fail_report(report=cast.ours.report, reason="No room on the disk.")

    report, to_make = request_report(
        audit=cast.ours.submitted, by=cast.ours.contributor
    )

    assert (report, to_make) == (cast.ours.report, True)
    assert (report.state, report.failure) == (Report.State.QUEUED, "")


@pytest.mark.parametrize(
    ("state", "minutes", "to_make"),
    [
        (Report.State.MAKING, 9, False),
        (Report.State.MAKING, 11, True),
        (Report.State.QUEUED, 11, True),
        (Report.State.READY, 11, False),
    ],
)
def test_paper_whose_worker_is_lost_is_queued_again(
    cast: Cast, state: Report.State, minutes: int, to_make: bool
) -> None:
    asked = timezone.now() - timedelta(minutes=minutes)
    Report.objects.update(state=state, requested_at=asked)

    again = request_report(audit=cast.ours.submitted, by=cast.ours.contributor)

    assert again == (cast.ours.report, to_make)


def test_paper_asked_of_an_earlier_submission_is_not_current(cast: Cast) -> None:
    assert is_current(report=cast.ours.report)

    audit = reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)
    submit_audit(audit=audit, by=cast.ours.contributor)

    report = Report.objects.select_related("audit").get(pk=cast.ours.report.pk)
    assert not is_current(report=report)
