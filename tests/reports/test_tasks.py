"""Papers through the queue: by the immediate backend, and by a real worker."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Report
from audits.reports.tasks import make_report, queue_report
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.replayed import replayed

IMMEDIATE = "django.tasks.backends.immediate.ImmediateBackend"


def submit_again(cast: Cast) -> None:
    """Give the submitted audit a new submission, whose paper is not made yet."""
    submitted_again(cast.ours)
    cast.ours.submitted.refresh_from_db()


@replayed
def submitted_again(tenant: Tenant) -> None:
    audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    submit_audit(audit=audit, by=tenant.contributor)


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_asked_for_paper_is_made_and_downloads(cast: Cast, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        submit_again(cast)
    client = Client()
    client.force_login(cast.ours.contributor)

    asked = client.post(reverse("request_paper", args=[cast.ours.submitted.pk]))
    page = html_of(client.get(asked["Location"]))

    assert "The paper is ready." in page
    file = client.get(asked["Location"] + "file/")
    assert b"".join(file.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Security-Policy"] == "sandbox"
    assert file["Content-Disposition"].startswith('attachment; filename="UC-0002-board')


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_asking_again_says_that_it_is_the_same_file(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        submit_again(cast)
    client = Client()
    client.force_login(cast.ours.contributor)
    url = reverse("request_paper", args=[cast.ours.submitted.pk])
    first = client.post(url)
    with scope(organization=cast.ours.organization):
        made = Report.objects.get(pk=first["Location"].split("/")[-2])
    assert made.finished_at
    said = f"Nothing changed since {timezone.localtime(made.finished_at):%H:%M}: "
    said += "this is the same file."
    assert said not in html_of(client.get(first["Location"]))

    again = client.post(url)

    assert again["Location"] == first["Location"]
    assert said in html_of(client.get(again["Location"]))


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_paper_says_that_the_verdict_has_changed_since(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    old = "This paper is out of date"
    with scope(organization=cast.ours.organization):
        submit_again(cast)
    client = Client()
    client.force_login(cast.ours.contributor)
    asked = client.post(reverse("request_paper", args=[cast.ours.submitted.pk]))
    first = asked["Location"]
    assert old not in html_of(client.get(first))

    with scope(organization=cast.ours.organization):
        reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)
    assert old in html_of(client.get(first))
    assert "Submit the answers, then make a new one" in html_of(client.get(first))
    with scope(organization=cast.ours.organization):
        cast.ours.submitted.refresh_from_db()
        submit_audit(audit=cast.ours.submitted, by=cast.ours.contributor)

    page = html_of(client.get(first))
    assert old in page
    assert "Make the current paper" in page
    assert "from the verdict submitted" not in page


def test_paper_that_cannot_be_laid_out_fails_with_a_number_that_the_log_has(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        submit_again(cast)
        audit = cast.ours.submitted
        audit.assessment = {"verdict": "an assessment of another release"}
        audit.save(update_fields=["assessment"])
        report = queue_report(audit=audit, by=cast.ours.contributor)
        report.refresh_from_db()

    client = Client()
    client.force_login(cast.ours.contributor)
    page = html_of(client.get(reverse("paper", args=[report.pk])))
    assert "This is a fault in Attune, not in the answers. Try again." in page
    assert f"Number of this attempt: <code>{report.pk}</code>" in page
    assert f"paper {report.pk} failed" in caplog.text
    assert "Try again" in page
    assert client.get(reverse("paper_file", args=[report.pk])).status_code == 404


@pytest.mark.on_both
def test_task_run_twice_leaves_the_paper_alone(cast: Cast) -> None:
    before = cast.ours.report.finished_at

    make_report.func(str(cast.ours.organization.pk), str(cast.ours.report.pk))

    with scopes_disabled():
        cast.ours.report.refresh_from_db()
    assert cast.ours.report.finished_at == before


@pytest.mark.usefixtures("stand_ins")
@pytest.mark.django_db(transaction=True)
@pytest.mark.on_both
def test_worker_makes_what_is_queued(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        submit_again(cast)
        report = queue_report(audit=cast.ours.submitted, by=cast.ours.contributor)
        assert report.state == Report.State.QUEUED

    call_command("worker", "--batch", "--interval", "0", verbosity=0)

    with scopes_disabled():
        report.refresh_from_db()
    assert report.state == Report.State.READY
    assert report.file.read().startswith(b"%PDF-")


@pytest.mark.thorough
def test_paper_that_nobody_makes_any_more_can_be_asked_for_again(cast: Cast) -> None:
    past = timezone.now() - timedelta(seconds=1)
    with scope(organization=cast.ours.organization):
        Report.objects.update(state=Report.State.MAKING, leased_until=past)
    client = Client()
    client.force_login(cast.ours.contributor)
    page = reverse("paper", args=[cast.ours.report.pk])

    # The page that waits is drawn anew, though the state is what it was.
    shown = client.get(page, {"state": "making"}, headers={"HX-Request": "true"})

    assert "This is taking longer than it should" in html_of(shown)
    client.post(reverse("request_paper", args=[cast.ours.submitted.pk]))
    assert "In queue" in html_of(client.get(page))


@pytest.mark.usefixtures("stand_ins")
@pytest.mark.on_both
def test_housekeeping_gives_a_lost_paper_to_a_worker(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    past = timezone.now() - timedelta(seconds=1)
    with scope(organization=cast.ours.organization):
        Report.objects.update(state=Report.State.MAKING, leased_until=past)

    call_command("housekeeping", verbosity=0)

    with scopes_disabled():
        cast.ours.report.refresh_from_db()
    assert cast.ours.report.state == Report.State.READY
    assert cast.ours.report.file.read().startswith(b"%PDF-")


@pytest.mark.once
@pytest.mark.parametrize(("seen", "status"), [("making", 200), ("queued", 204)])
def test_waiting_page_is_drawn_again_only_when_something_changed(
    cast: Cast, seen: str, status: int
) -> None:
    with scope(organization=cast.ours.organization):
        Report.objects.update(state=Report.State.QUEUED)
    client = Client()
    client.force_login(cast.ours.contributor)
    page = reverse("paper", args=[cast.ours.report.pk])

    response = client.get(page, {"state": seen}, headers={"HX-Request": "true"})

    assert response.status_code == status


@pytest.mark.once
def test_housekeeping_removes_what_broke_off_beside_evidence_and_logos(
    cast: Cast,
) -> None:
    kept = Path(cast.ours.evidence.file.path)
    parts = [Path(f"{kept}.1a2b3c4d.part"), kept.parents[2] / "logos" / "a.png.1a.part"]
    parts[1].parent.mkdir(exist_ok=True)
    two_hours_ago = time.time() - 7200
    for path in parts:
        path.write_bytes(b"the first bytes")
        os.utime(path, (two_hours_ago, two_hours_ago))
    os.utime(kept, (two_hours_ago, two_hours_ago))

    call_command("housekeeping", verbosity=0)

    assert [path.exists() for path in (*parts, kept)] == [False, False, True]
