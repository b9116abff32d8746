"""What a reviewer sends back waits for its author, and keeps its day."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Role
from audits.models.portfolio.filters import sent_back
from audits.services.papers.covers import save_cover
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.conditions import decided
from tests.discussion.inboxes import lead_of, of_kind, rows
from tests.pages import html_of
from tests.signed_in import sign_in

WORDS = "Test 30 cases first."
DAY = date(2099, 12, 14)


@pytest.fixture
def owner(cast: Cast) -> Client:
    browser = Client()
    sign_in(browser, cast.ours.contributor)
    return browser


def send_back(cast: Cast) -> Audit:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        save_cover(audit=audit, by=cast.ours.contributor, fields={"decide_by": DAY})
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "sent_back", WORDS),
            submission=submission_of(audit),
        )
        audit.refresh_from_db()
    return audit


def words(client: Client, path: str) -> str:
    return " ".join(strip_tags(html_of(client.get(path))).split())


@pytest.mark.thorough
def test_it_waits_in_the_inbox_and_at_home_with_what_was_written(
    cast: Cast, owner: Client
) -> None:
    audit = send_back(cast)

    [row] = of_kind(owner, "sent-back")
    assert "Waits for you" in row
    assert WORDS in row
    waiting = [row for row in rows(owner) if "Waits for you" in row]
    assert len(waiting) == 2  # an answer that was set aside does, too
    assert lead_of(owner).startswith("2 things wait for you.")
    home = words(owner, reverse("use_cases"))
    assert "2 things wait for you." in home
    assert WORDS in home

    with scope(organization=cast.ours.organization):
        submit_audit(audit=audit, by=cast.ours.contributor)
    [row] = of_kind(owner, "sent-back")
    assert "Waits for you" not in row
    assert lead_of(owner).startswith("Nothing waits for you.")


def test_it_waits_for_its_author_until_it_is_submitted_again(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        back = PortfolioRow.objects.filter(sent_back())
        assert not back.exists()  # the cast has a draft that nobody has reviewed

        audit = send_back(cast)
        assert [row.audit_id for row in back.all()] == [audit.pk]

        submit_audit(audit=audit, by=cast.ours.contributor)
        assert not back.all().exists()


@pytest.mark.thorough
def test_page_of_its_author_begins_with_what_the_reviewer_wrote(
    cast: Cast, owner: Client
) -> None:
    audit = send_back(cast)

    page = html_of(owner.get(reverse("tasks", args=[audit.pk])))

    main = page.partition("<main")[2]
    assert "sent it back. Answer what they wrote" in " ".join(main.split())
    assert main.count(WORDS) == 1
    assert main.index(WORDS) < main.index("btn-primary")
    primary = main.partition("btn-primary")[2].partition("</a>")[0]
    assert "Answer what" in primary
    assert f"{reverse('check', args=[audit.pk])}#id_words" in primary
    check = html_of(owner.get(reverse("check", args=[audit.pk])))
    assert 'id="id_words"' in check


def test_it_keeps_the_day_of_its_decision(cast: Cast) -> None:
    audit = send_back(cast)

    with scope(organization=cast.ours.organization):
        assert PortfolioRow.objects.get(audit=audit).due_on == DAY
