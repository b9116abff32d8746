"""What a board paper says of the reviews of its audit, and of the day of a decision."""

from datetime import date

import pytest
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Review, Role
from audits.reports.context import build_paper
from audits.services.papers.covers import save_cover
from audits.services.papers.reports import is_current, request_report
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.conditions import decided
from tests.pages import html_of
from tests.reviews.conftest import client_of, send_back


@pytest.mark.once
def test_paper_lists_every_review_of_the_audit(cast: Cast) -> None:
    send_back(cast)
    tenant = cast.ours
    reviewer = tenant.people[Role.REVIEWER]
    with scope(organization=tenant.organization):
        audit = submit_audit(audit=tenant.submitted, by=tenant.contributor)
        before, _ = request_report(audit=audit, by=reviewer)
        open_paper = build_paper(audit)

        review = review_audit(
            audit=audit,
            by=reviewer,
            **decided(audit, "conditions", "Count again."),
            submission=submission_of(audit),
        )

        audit.refresh_from_db()
        sponsor, *rows = build_paper(audit).signoffs
        said = [(s.name, s.said, s.at) for s in rows]
        after, to_make = request_report(audit=audit, by=reviewer)
        before.audit.refresh_from_db()
        assert open_paper.signoffs[-1].name == "Nobody yet"
        assert (sponsor.role, sponsor.said) == ("Sponsor", "Not asked to agree")
        assert [each[:2] for each in said[:2]] == [
            (
                "Northgate contributor",
                "Submitted before, sent back; nothing changed since",
            ),
            ("Northgate reviewer", "Sent back: Who counted?"),
        ]
        assert said[2:] == [
            ("Northgate contributor", "Submitted", audit.submitted_at),
            (
                "Northgate reviewer",
                "Signed off with conditions (wrote none of the answers): "
                f"{review.words}",
                review.at,
            ),
        ]
        assert to_make
        assert after != before
        assert not is_current(report=before)
        assert Review.objects.count() == 2


@pytest.mark.thorough
@pytest.mark.once
def test_day_of_decision_stands_on_page_1_and_in_the_key(cast: Cast) -> None:
    audit = cast.ours.submitted
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("cover", args=[audit.pk])
    with scope(organization=audit.organization):
        first, _ = request_report(audit=audit, by=cast.ours.contributor)

    client.post(url, {"purpose": "decision", "decide_by": "2099-12-09"})

    with scope(organization=audit.organization):
        audit = Audit.objects.get(pk=audit.pk)
        assert build_paper(audit).one.next_date == "Decide by 9 December 2099."
        assert request_report(audit=audit, by=cast.ours.contributor)[0] != first
        assert audit.portfolio_row.due_on == date(2099, 12, 9)
        save_cover(
            audit=audit, by=cast.ours.contributor, fields={"next_date": "In May"}
        )
        beside = build_paper(audit).one.next_date
        assert beside == "In May. Decide by 9 December 2099."
        late = build_paper(audit, on=date(2099, 12, 10)).one.next_date
        assert late == (
            "In May. Decide by 9 December 2099: this date has passed, so decide at the "
            "next meeting."
        )
        own = {"next_date": "Decide at the board, 9 December 2099"}
        save_cover(audit=audit, by=cast.ours.contributor, fields=own)
        assert build_paper(audit).one.next_date == own["next_date"]
    page = html_of(client.get(url))
    assert "Page 1 prints it under “Next date”, after your words" in page
    assert 'type="date" name="decide_by" value="2099-12-09"' in str(
        html_of(client.get(url))
    )
