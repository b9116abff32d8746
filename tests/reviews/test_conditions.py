"""What a sign-off with conditions shows."""

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Role
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.pages import html_of


def test_result_that_is_signed_with_conditions_says_so_in_its_state(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            outcome="conditions",
            words="Test it on 30 cases first.",
            submission=submission_of(audit),
        )

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    assert "<dd>Signed off, with conditions</dd>" in page
