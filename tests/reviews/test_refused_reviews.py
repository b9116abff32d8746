"""Reviews that are refused, and what of them is kept or given back."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Review, Role
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import PASSWORD, Cast
from tests.conditions import sent
from tests.pages import html_of
from tests.reviews.conftest import client_of, read_of, send_back, signed, state_of


@pytest.mark.once
def test_words_that_are_missing_lose_nothing(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    response = reviewer.post(url, {**read, "outcome": "sent_back", "words": "  "})

    page = html_of(response)
    assert response.status_code == 422
    assert "Enter the reason" in page
    assert 'value="sent_back"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


@pytest.mark.once
def test_words_that_are_too_long_are_kept_on_the_page(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    words = "Nobody counted. " * 80

    response = reviewer.post(url, {**read, "outcome": "conditions", "words": words})

    assert response.status_code == 422
    assert words.strip() in html_of(response)
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


@pytest.mark.once
def test_nothing_chosen_is_refused_with_the_words_kept(
    reviewer: Client, url: str, read: dict[str, str]
) -> None:
    response = reviewer.post(url, {**read, "words": "Well done"})

    assert response.status_code == 422
    page = html_of(response)
    assert "Choose your decision" in page
    assert "Well done" in page


def test_own_submission_is_refused_in_words(cast: Cast) -> None:
    tenant = cast.ours
    admin = tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        audit = reopen_audit(audit=tenant.submitted, by=admin)
        submit_audit(audit=audit, by=admin)
    client = client_of(cast, Role.ADMIN)
    url = reverse("review", args=[tenant.submitted.pk])

    for response in (client.get(url), client.post(url, {"outcome": "approved"})):
        assert response.status_code == 403
        assert "someone else must review it" in html_of(response)
    assert state_of(tenant.submitted) == Audit.State.IN_REVIEW
    result = client.get(reverse("result", args=[tenant.submitted.pk]))
    assert "Review and sign off" not in html_of(result)


@pytest.mark.parametrize("outcome", ["sent_back", "approved", ""])
def test_words_of_who_submitted_meanwhile_are_given_back(
    cast: Cast, reviewer: Client, url: str, outcome: str
) -> None:
    form = signed(outcome, words="Who counted <b>these</b>?")
    form["submission"] = read_of(cast.ours.submitted)
    by = cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        submit_audit(audit=reopen_audit(audit=cast.ours.submitted, by=by), by=by)

    response = reviewer.post(url, form)

    assert response.status_code == 403
    assert "someone else must review it" in html_of(response)
    given_back = "Your comment was not sent: “Who counted &lt;b&gt;these&lt;/b&gt;?”"
    assert given_back in html_of(response)


@pytest.mark.thorough
def test_answers_changed_since_they_were_read_are_not_signed(
    cast: Cast, reviewer: Client, url: str
) -> None:
    form = signed("approved", submission=read_of(cast.ours.submitted))
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        submit_audit(audit=reopen_audit(audit=cast.ours.submitted, by=lead), by=lead)

    response = reviewer.post(url, form, follow=True)

    assert "It was changed, reopened or decided" in html_of(response)
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


@pytest.mark.once
def test_day_that_is_none_is_refused_and_kept(cast: Cast) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("cover", args=[cast.ours.submitted.pk])

    response = client.post(url, {"purpose": "decision", "decide_by": "soon"})

    page = html_of(response)
    assert response.status_code == 422
    assert "Enter the day as year, month and day" in page
    assert 'value="soon"' in page


@pytest.mark.once
def test_day_of_the_decision_that_has_passed_is_refused(cast: Cast) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("cover", args=[cast.ours.submitted.pk])

    response = client.post(url, {"purpose": "decision", "decide_by": "2020-01-01"})

    assert response.status_code == 422
    assert ("Enter a day that is still to come: 1 January 2020 has passed") in html_of(
        response
    )


def test_words_that_came_second_are_given_back(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    send_back(cast, "Who counted?")

    told = reviewer.post(
        url,
        {**read, "outcome": "sent_back", "words": "Count the sales desk."},
        follow=True,
    )

    page = html_of(told)
    assert "Your comment was not sent: “Count the sales desk.”" in page
    with scope(organization=cast.ours.organization):
        assert [review.words for review in Review.objects.all()] == ["Who counted?"]


@pytest.mark.thorough
@pytest.mark.parametrize("read", [{}, {"submission": "\0"}, {"submission": "a\0b"}])
def test_review_that_does_not_say_what_was_read_decides_nothing_and_loses_nothing(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    words = {"outcome": "conditions", "words": "Test it again.", "password": PASSWORD}
    unsaid = {**words, **sent("Test it on 30 cases."), **read}

    response = reviewer.post(url, unsaid)

    page = html_of(response)
    assert response.status_code == 422
    assert "Your form did not say which submission you read." in page
    assert "Test it again.</textarea>" in page
    assert 'value="conditions"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW

    [now] = re.findall('name="submission" value="([^"]+)"', page)
    reviewer.post(url, {**unsaid, "submission": now})
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


@pytest.mark.once
def test_form_that_was_refused_still_says_what_was_read(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        submit_audit(audit=reopen_audit(audit=cast.ours.submitted, by=lead), by=lead)

    page = html_of(reviewer.post(url, {**read, "words": "Well done"}))

    assert f'name="submission" value="{read["submission"]}"' in page
