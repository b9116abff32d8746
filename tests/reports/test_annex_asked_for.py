"""Of what an annex is offered and made, and when it is out of date."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Report, Role
from audits.reports.annex import build_annex
from audits.reports.pdf_client import manuscript_of_annex
from audits.services.papers.reports import NotSubmitted, is_current, request_report
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.annexes import comment, said_of, submitted
from tests.reports.annexes import opened as _opened
from tests.reports.papers import words_behind
from tests.reports.test_tasks import IMMEDIATE
from tests.services.reviews.signing import sign

pytestmark = pytest.mark.once
opened = _opened


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def test_annex_of_a_signed_audit_prints_what_was_signed(
    cast: Cast, opened: Audit
) -> None:
    comment(cast, opened, "Counted before the sign-off")
    audit = submitted(cast, opened)
    sign(cast, audit)
    audit = Audit.objects.get(pk=audit.pk)
    report, to_make = request_report(
        audit=audit, by=cast.ours.contributor, kind=Report.Kind.ANNEX
    )
    before = manuscript_of_annex(build_annex(audit))
    comment(cast, audit, "Counted after it")

    assert to_make
    assert is_current(report=report)
    assert manuscript_of_annex(build_annex(audit)) == before
    said = said_of(audit)
    assert "as they were signed off on" in said
    assert "Counted before the sign-off" in said
    assert "Counted after it" not in said


@pytest.mark.thorough
def test_annex_of_an_audit_in_review_is_out_of_date_after_a_comment(
    cast: Cast,
) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor
    annex, _ = request_report(audit=audit, by=by, kind=Report.Kind.ANNEX)
    assert is_current(report=annex)

    comment(cast, audit, "Who counted it?")

    assert not is_current(report=annex)
    assert is_current(report=cast.ours.report)
    assert request_report(audit=audit, by=by, kind=Report.Kind.ANNEX)[0] != annex


def test_annex_of_a_draft_is_refused(cast: Cast) -> None:
    with pytest.raises(NotSubmitted):
        request_report(
            audit=cast.ours.draft, by=cast.ours.contributor, kind=Report.Kind.ANNEX
        )
    with pytest.raises(ValueError, match="made of a submitted audit"):
        build_annex(cast.ours.draft)


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_asked_for_annex_is_made_beside_the_paper(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    client = Client()
    client.force_login(cast.ours.contributor)
    audit = cast.ours.submitted
    timeline = reverse("timeline", args=[audit.pk])
    papers = html_of(client.get(timeline)).count("aper made")

    asked = client.post(reverse("request_annex", args=[audit.pk]))
    page = html_of(client.get(asked["Location"]))

    assert "<h1>Annex: all answers</h1>" in page
    assert "The annex is ready." in page
    assert asked["Location"] != reverse("paper", args=[cast.ours.report.pk])
    file = client.get(asked["Location"] + "file/")
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert "Annex: all answers" in words_behind(content)[0]
    assert file["Content-Disposition"].startswith('attachment; filename="UC-0002-annex')
    again = client.post(reverse("request_annex", args=[audit.pk]))
    assert again["Location"] == asked["Location"]
    comment(cast, audit, "Who counted it?")
    assert "This annex is out of date" in html_of(client.get(asked["Location"]))
    assert html_of(client.get(timeline)).count("aper made") == papers


@pytest.mark.thorough
def test_annex_is_offered_of_what_was_submitted(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.people[Role.REVIEWER])
    drafted, submitted = cast.ours.draft.pk, cast.ours.submitted.pk

    for name, audit, is_there in (
        ("result", submitted, True),
        ("review", submitted, True),
        ("submission", submitted, True),
        ("result", drafted, False),
        ("submission", drafted, False),
    ):
        page = html_of(client.get(reverse(name, args=[audit]), follow=True))
        assert (reverse("request_annex", args=[audit]) in page) == is_there, name
