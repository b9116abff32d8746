"""What a sign-off with conditions shows."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.pages import html_of

type SignedWith = Callable[[str], tuple[Audit, str]]


@pytest.fixture
def signed_with(cast: Cast, reviewer: Client) -> SignedWith:
    """Return a function that signs off with a condition, and returns the result."""

    def sign(condition: str) -> tuple[Audit, str]:
        audit = cast.ours.submitted
        with scope(organization=cast.ours.organization):
            review_audit(
                audit=audit,
                by=cast.ours.people[Role.REVIEWER],
                outcome="conditions" if condition else "approved",
                words=condition,
                submission=submission_of(audit),
            )
        return audit, html_of(reviewer.get(reverse("result", args=[audit.pk])))

    return sign


def test_what_is_signed_with_conditions_says_so_in_its_state(
    cast: Cast, signed_with: SignedWith
) -> None:
    audit, page = signed_with("Test it on 30 cases first.")

    with scope(organization=cast.ours.organization):
        paper = build_paper(fresh_audit(audit)).state
    assert "<dd>Signed off, with conditions</dd>" in page
    assert paper == "Signed off, with conditions"


def test_condition_is_a_step_with_its_owner_and_its_day(
    signed_with: SignedWith,
) -> None:
    audit, page = signed_with("Test it on 107 more letters first.")

    step = page.partition("Meet the condition of the sign-off")[2].partition("</dl>")[0]
    assert "Test it on 107 more letters first." in step
    assert f"<bdi>{audit.use_case.owner}</bdi>, the owner" in step
    assert "Northgate reviewer" in step
    assert "when the sign-off ends" in step


def test_sign_off_without_conditions_adds_no_step(signed_with: SignedWith) -> None:
    _, page = signed_with("")

    assert "Meet the condition" not in page
