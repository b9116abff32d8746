"""A provisional verdict says so everywhere, and is not signed off."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Role
from audits.reports.context import build_paper
from audits.reports.pdf_client import render_paper
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.reviews import (
    NotReady,
    review_audit,
    submission_of,
)
from tests.casting import Cast
from tests.conditions import decided
from tests.pages import html_of
from tests.printed import Printed
from tests.reviews.conftest import client_of, read_of, signed, state_of

pytestmark = pytest.mark.once


def ask_more(cast: Cast) -> Audit:
    """Submit our audit again without an answer that could change its verdict."""
    lead = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        audit = reopen_audit(audit=cast.ours.submitted, by=lead)
        save_answers(audit=audit, by=lead, answers={"task_shape": None})
        return submit_audit(audit=audit, by=lead)


MISSING = (
    "This verdict is provisional: 1 open question can still change it "
    "(“Shape of the job”)."
)


# No part of a prompt is repeated, so a cache can find none of it.
WRONG = {"prefix_tokens": "0", "cache_hit": "50"}
CONTRADICT = "Its entries contradict each other:"


def test_provisional_verdict_is_only_sent_back(
    cast: Cast, reviewer: Client, url: str
) -> None:
    audit = ask_more(cast)

    page = html_of(reviewer.get(url))
    sent = reviewer.post(url, signed("approved", submission=read_of(audit)))

    assert MISSING in page
    assert 'value="approved"' not in page
    assert "condition_1_words" not in page
    assert "Add a condition" not in page
    assert sent.status_code == 422
    assert MISSING in html_of(sent)
    with (
        scope(organization=cast.ours.organization),
        pytest.raises(NotReady, match="Shape of the job"),
    ):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "conditions", "Ask."),
            submission=submission_of(audit),
        )
    assert state_of(audit) == Audit.State.IN_REVIEW
    reviewer.post(
        url, signed("sent_back", submission=read_of(audit)) | {"words": "Which part?"}
    )
    assert state_of(audit) == Audit.State.DRAFT


def test_verdict_whose_entries_contradict_each_other_is_only_sent_back(
    cast: Cast, reviewer: Client, url: str
) -> None:
    lead = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        audit = reopen_audit(audit=cast.ours.submitted, by=lead)
        sent = {("number", name): Sent(value=value) for name, value in WRONG.items()}
        save_entries(audit=audit, by=lead, sent=sent, sender=Sender())
        audit = submit_audit(audit=fresh_audit(audit), by=lead)

    page = " ".join(html_of(reviewer.get(url)).split())
    refused = reviewer.post(url, signed("approved", submission=read_of(audit)))

    assert f"It cannot be signed off yet. {CONTRADICT}" in page
    assert 'value="approved"' not in page
    assert refused.status_code == 422
    assert CONTRADICT in html_of(refused)
    with (
        scope(organization=cast.ours.organization),
        pytest.raises(NotReady, match="contradict each other: "),
    ):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "conditions", "Ask."),
            submission=submission_of(audit),
        )
    assert state_of(audit) == Audit.State.IN_REVIEW
    back = signed("sent_back", submission=read_of(audit))
    reviewer.post(url, back | {"words": "Which size?"})
    assert state_of(audit) == Audit.State.DRAFT


@pytest.mark.thorough
def test_provisional_verdict_is_called_so_everywhere(
    cast: Cast, reviewer: Client
) -> None:
    audit = ask_more(cast)

    result = html_of(reviewer.get(reverse("result", args=[audit.pk])))
    portfolio = html_of(reviewer.get(reverse("portfolio")))
    exported = reviewer.get(reverse("result_json", args=[audit.pk])).json()

    assert MISSING in result
    assert "In review, provisional" in result
    assert ">Not ready<" in portfolio
    assert [x["question"] for x in exported["provisional"]["questions"]] == [
        "task_shape"
    ]
    with scope(organization=cast.ours.organization):
        row = PortfolioRow.objects.get(use_case=audit.use_case_id)
        assert row.is_provisional
        reopen_audit(audit=audit, by=cast.ours.contributor)
        row.refresh_from_db()
        assert not row.is_provisional


@pytest.mark.thorough
def test_check_before_submission_leads_to_what_is_missing(cast: Cast) -> None:
    audit, lead = cast.ours.submitted, cast.ours.contributor
    with scope(organization=cast.ours.organization):
        audit = reopen_audit(audit=audit, by=lead)
        save_answers(audit=audit, by=lead, answers={"task_shape": None})

    page = html_of(
        client_of(cast, Role.CONTRIBUTOR).get(reverse("check", args=[audit.pk]))
    )

    assert "<strong>This verdict is provisional.</strong>" in page
    there = reverse("question", args=[audit.pk, "task_shape"])
    listed = page.partition('id="open-points">')[2].partition("</ol>")[0]
    assert f'<a href="{there}">Next: Shape of the job</a>' in listed
    assert listed.count("<li>") == 1
    with scope(organization=cast.ours.organization):
        save_answers(audit=audit, by=lead, answers={"task_shape": "unknown"})
    page = html_of(
        client_of(cast, Role.CONTRIBUTOR).get(reverse("check", args=[audit.pk]))
    )
    assert "This verdict is provisional" not in page


@pytest.mark.thorough
def test_provisional_paper_says_so_on_every_page(cast: Cast) -> None:
    audit = ask_more(cast)
    with scope(organization=cast.ours.organization):
        paper = build_paper(audit)

    printed = Printed(render_paper(paper))

    assert paper.title == "Provisional: Northgate handbook: use retrieval"
    assert "Northgate handbook: use retrieval" in printed.words[0]
    assert (
        "1 open question can change the verdict: shape of the job" in printed.words[0]
    )
    assert all("Provisional · Board paper · UC-0002" in page for page in printed.words)
    assert "A1 How the verdict was reached" in printed.words[1]
