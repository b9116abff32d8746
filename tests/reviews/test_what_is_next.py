"""After a decision the reviewer reads what was stored and what waits next."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Role
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.reviews.conftest import read_of, signed
from tests.signed_in import sign_in


def after(reviewer: Client, url: str, sent: dict[str, str]) -> str:
    return html_of(reviewer.post(url, sent, follow=True))


def said(page: str) -> str:
    found = page.partition('role="status">')[2].partition("</p>")[0]
    return " ".join(strip_tags(found).split())


def test_sign_off_is_confirmed_with_the_next_that_can_be_decided(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    made = {"state": "in_review"}
    make_rows(
        cast.ours,
        1,
        name="Not ready",
        is_provisional=True,
        due_on=date(2026, 12, 1),
        **made,
    )
    [row] = make_rows(cast.ours, 1, name="Claims", due_on=date(2026, 12, 13), **made)

    page = after(reviewer, url, signed("approved") | read)

    assert said(page) == (
        "You signed off Northgate handbook. Next: Claims, by 13 December 2026"
    )
    assert f'href="{reverse("review", args=[row.audit_id])}"' in page


@pytest.mark.thorough
def test_sent_back_is_confirmed_and_leaves_the_answers_to_its_author(
    cast: Cast, reviewer: Client, url: str
) -> None:
    with scope(organization=cast.ours.organization):
        owner = cast.ours.people[Role.ADMIN]
        cast.ours.submitted.use_case.owner = owner
        cast.ours.submitted.use_case.save()
        read = {"submission": read_of(cast.ours.submitted)}
    page = after(reviewer, url, signed("sent_back", words="Who counted?") | read)

    assert said(page) == (
        "You sent Northgate handbook back. It waits for Northgate contributor or "
        f"{owner} to answer. No other review waits for you."
    )
    for person in (cast.ours.contributor, owner):
        client = Client()
        sign_in(client, person)
        told = html_of(client.get(reverse("inbox")))
        assert f"It waits for <bdi>Northgate contributor or {owner}</bdi>" in told
    continued = page.partition("Continue answering")[0].rpartition("<a")[2]
    assert "btn-secondary" in continued
    assert "btn-primary" not in continued
