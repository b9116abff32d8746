"""Page 1 of a new audit proposes the words of the page 1 before; nobody signs them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Role
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.due.covers import cover_of
from audits.services.papers.covers import save_cover
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from tests.casting import Cast
from tests.outcomes.signed import signed
from tests.pages import html_of
from tests.signed_in import sign_in

RISK = {"text": "The wrong deadline is sent.", "owner": "M. Okafor"}
UNCHECKED = "Nobody has checked the words of the paper of"


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def following(cast: Cast, **words: Any) -> Audit:
    """Submit an audit after one whose page 1 has words."""
    audit, lead = signed(cast.ours), cast.ours.contributor
    with scope(organization=cast.ours.organization):
        save_cover(audit=audit, by=lead, fields=words)
        new = begin_again(audit=fresh_audit(audit), by=lead)
        return submit_audit(audit=new, by=lead)


def form_of(client: Client, audit: Audit) -> Any:
    return client.get(reverse("cover", args=[audit.pk])).context["form"]


def sent_as_shown(form: Any) -> dict[str, Any]:
    values = {field.html_name: field.value() or "" for field in form}
    return values | {name: x for name, x in form.data.items() if "initial-" in name}


@pytest.fixture
def lead(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.ours.contributor)
    return client


@pytest.mark.thorough
def test_words_that_still_hold_are_in_the_form_and_not_on_page_1(
    cast: Cast, lead: Client
) -> None:
    meeting = f"Board of directors, {in_words(day(9))}"
    new = following(
        cast,
        meeting=meeting,
        sponsor="R. Adeyemi, Claims",
        risks=[RISK],
        decide_by=day(12),
        why_now="44 of 60 letters are right.",
    )

    page = html_of(lead.get(reverse("cover", args=[new.pk])))
    form = form_of(lead, new)

    assert form["sponsor"].value() == "R. Adeyemi, Claims"
    assert form["meeting"].value() == meeting
    assert form["risk_1"].value() == RISK["text"]
    assert str(form["decide_by"].value()) == str(day(12))
    assert not form["why_now"].value()
    assert f"the paper of {in_words(day(0))}</a>: check them." in page
    assert "said of the earlier verdict: Why now." in page
    with scope(organization=cast.ours.organization):
        assert not cover_of(new).sponsor


def test_days_that_passed_are_not_proposed(cast: Cast, lead: Client) -> None:
    new = following(
        cast,
        meeting=f"Board of directors, {in_words(day(-9))}",
        decide_by=day(-2),
        next_date=f"{in_words(day(-1))}: the pilot ends",
    )

    form = form_of(lead, new)

    assert form["meeting"].value() == "Board of directors"
    assert not form["decide_by"].value()
    assert not form["next_date"].value()


@pytest.mark.thorough
def test_reviewer_reads_what_nobody_checked_until_page_1_is_saved(
    cast: Cast, lead: Client
) -> None:
    new = following(cast, sponsor="R. Adeyemi, Claims", risks=[RISK])
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    review = reverse("review", args=[new.pk])

    before = html_of(reviewer.get(review))
    told = html_of(lead.get(reverse("result", args=[new.pk])))
    sent = sent_as_shown(form_of(lead, new))
    saved = lead.post(reverse("cover", args=[new.pk]), sent)
    after = html_of(reviewer.get(review))

    for page in (before, told):
        assert UNCHECKED in page
        assert f"<bdi>{RISK['text']} ({RISK['owner']})</bdi>" in page
    assert saved.status_code == 302
    assert UNCHECKED not in after
    assert RISK["text"] in after
    assert "Written by" in after


@pytest.mark.thorough
def test_words_that_were_cleared_are_not_proposed_again(
    cast: Cast, lead: Client
) -> None:
    new = following(cast, sponsor="R. Adeyemi, Claims")
    sent = sent_as_shown(form_of(lead, new)) | {"sponsor": ""}

    lead.post(reverse("cover", args=[new.pk]), sent)

    assert not form_of(lead, new)["sponsor"].value()


@pytest.mark.thorough
def test_first_audit_proposes_nothing(cast: Cast, lead: Client) -> None:
    page = html_of(lead.get(reverse("cover", args=[cast.ours.submitted.pk])))

    assert "check them." not in page
