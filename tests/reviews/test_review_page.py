"""The page on which a reviewer decides, and what the team sees of it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Review, Role
from audits.reports.context import build_paper
from audits.services.audits import digest_of_entries, reopen_audit, submit_audit
from audits.services.covers import save_cover
from audits.services.reports import is_current, request_report
from audits.services.reviews import review_audit, submission_of
from tests.casting import Cast


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    return client_of(cast, Role.REVIEWER)


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("review", args=[cast.ours.submitted.pk])


def client_of(cast: Cast, role: Role) -> Client:
    client = Client()
    client.force_login(cast.ours.people[role])
    return client


def state_of(audit: Audit) -> str:
    with scope(organization=audit.organization):
        audit.refresh_from_db()
    return str(audit.state)


def send_back(cast: Cast, words: str = "Who counted?") -> None:
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=cast.ours.submitted,
            by=cast.ours.people[Role.REVIEWER],
            outcome="sent_back",
            words=words,
        )


def test_page_says_what_exactly_is_signed(
    cast: Cast, reviewer: Client, url: str
) -> None:
    page = reviewer.get(url).content.decode()

    assert "Retrieval" in page
    assert digest_of_entries(cast.ours.submitted)[:12] in page
    assert "version 1" in page
    assert "Northgate contributor" in page


def test_approval_leads_to_the_result_which_names_the_reviewer(
    cast: Cast, reviewer: Client, url: str
) -> None:
    form = {"outcome": "approved", "submission": submission_of(cast.ours.submitted)}

    response = reviewer.post(url, form, follow=True)

    page = response.content.decode()
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF
    assert "<strong>Approved</strong> by <bdi>Northgate reviewer</bdi>" in page
    assert "Review and sign off" not in page
    assert "Change answers" not in page


def test_words_that_are_missing_lose_nothing(
    cast: Cast, reviewer: Client, url: str
) -> None:
    response = reviewer.post(url, {"outcome": "sent_back", "words": "  "})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter the reason" in page
    assert 'value="sent_back"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


def test_words_that_are_too_long_are_kept_on_the_page(
    cast: Cast, reviewer: Client, url: str
) -> None:
    words = "Nobody counted. " * 80

    response = reviewer.post(url, {"outcome": "conditions", "words": words})

    assert response.status_code == 422
    assert words.strip() in response.content.decode()
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


def test_nothing_chosen_is_refused_with_the_words_kept(
    reviewer: Client, url: str
) -> None:
    response = reviewer.post(url, {"words": "Well done"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "Choose what you decide" in page
    assert "Well done" in page


def test_own_submission_is_refused_in_words(cast: Cast) -> None:
    house = cast.ours
    admin = house.people[Role.ADMIN]
    with scope(organization=house.organization):
        audit = reopen_audit(audit=house.submitted, by=admin)
        submit_audit(audit=audit, by=admin)
    client = client_of(cast, Role.ADMIN)
    url = reverse("review", args=[house.submitted.pk])

    for response in (client.get(url), client.post(url, {"outcome": "approved"})):
        assert response.status_code == 403
        assert "somebody else has to review it" in response.content.decode()
    assert state_of(house.submitted) == Audit.State.IN_REVIEW
    result = client.get(reverse("result", args=[house.submitted.pk]))
    assert "Review and sign off" not in result.content.decode()


def test_answers_changed_since_they_were_read_are_not_signed(
    cast: Cast, reviewer: Client, url: str
) -> None:
    form = {"outcome": "approved", "submission": submission_of(cast.ours.submitted)}
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        submit_audit(audit=reopen_audit(audit=cast.ours.submitted, by=lead), by=lead)

    response = reviewer.post(url, form, follow=True)

    assert "It was opened again, or decided" in response.content.decode()
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


def test_draft_leads_to_its_result(cast: Cast, reviewer: Client) -> None:
    response = reviewer.get(reverse("review", args=[cast.ours.draft.pk]))

    assert response["Location"] == reverse("result", args=[cast.ours.draft.pk])


@pytest.mark.parametrize("route", ["tasks", "result"])
def test_team_reads_why_it_was_sent_back(cast: Cast, route: str) -> None:
    send_back(cast, "Who <b>counted</b>?")

    page = client_of(cast, Role.CONTRIBUTOR).get(
        reverse(route, args=[cast.ours.submitted.pk])
    )

    text = page.content.decode()
    assert "<strong>Sent back</strong> by <bdi>Northgate reviewer</bdi>" in text
    assert "Who &lt;b&gt;counted&lt;/b&gt;?" in text


def test_paper_lists_the_reviews_of_its_submission(cast: Cast) -> None:
    send_back(cast)
    house = cast.ours
    reviewer = house.people[Role.REVIEWER]
    with scope(organization=house.organization):
        audit = submit_audit(audit=house.submitted, by=house.contributor)
        before, _ = request_report(audit=audit, by=reviewer)
        open_paper = build_paper(audit)

        review = review_audit(
            audit=audit, by=reviewer, outcome="conditions", words="Count again."
        )

        audit.refresh_from_db()
        said = [(s.name, s.said, s.at) for s in build_paper(audit).signoffs]
        after, to_make = request_report(audit=audit, by=reviewer)
        before.audit.refresh_from_db()
        assert open_paper.signoffs[-1].name == "Nobody yet"
        assert said == [
            ("Northgate contributor", "Submitted", audit.submitted_at),
            (
                "Northgate reviewer",
                "Approved with conditions: Count again.",
                review.at,
            ),
        ]
        assert to_make
        assert after != before
        assert not is_current(report=before)
        assert Review.objects.count() == 2


def test_day_of_decision_stands_on_page_1_and_in_the_key(cast: Cast) -> None:
    audit = cast.ours.submitted
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("cover", args=[audit.pk])
    with scope(organization=audit.organization):
        first, _ = request_report(audit=audit, by=cast.ours.contributor)

    client.post(url, {"purpose": "decision", "decide_by": "2026-12-09"})

    with scope(organization=audit.organization):
        audit = Audit.objects.get(pk=audit.pk)
        assert build_paper(audit).one.next_date == "Decide by 9 December 2026."
        assert request_report(audit=audit, by=cast.ours.contributor)[0] != first
        assert audit.standing.due_on == date(2026, 12, 9)
        save_cover(
            audit=audit, by=cast.ours.contributor, fields={"next_date": "In May"}
        )
        assert build_paper(audit).one.next_date == "In May"
    assert 'type="date" name="decide_by" value="2026-12-09"' in str(
        client.get(url).content.decode()
    )


def test_day_that_is_none_is_refused_and_kept(cast: Cast) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("cover", args=[cast.ours.submitted.pk])

    response = client.post(url, {"purpose": "decision", "decide_by": "soon"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter the day with its month and year" in page
    assert 'value="soon"' in page


def test_words_that_came_second_are_given_back(
    cast: Cast, reviewer: Client, url: str
) -> None:
    send_back(cast, "Who counted?")

    told = reviewer.post(
        url, {"outcome": "sent_back", "words": "Count the sales desk."}, follow=True
    )

    page = told.content.decode()
    assert "What you wrote was not sent: “Count the sales desk.”" in page
    with scope(organization=cast.ours.organization):
        assert [review.words for review in Review.objects.all()] == ["Who counted?"]
