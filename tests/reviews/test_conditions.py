"""What a sign-off with conditions shows."""

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.conditions import decided
from tests.pages import html_of


def test_what_is_signed_with_conditions_says_so_in_its_state(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "conditions", "Test it on 30 cases first."),
            submission=submission_of(audit),
        )

        paper = build_paper(fresh_audit(audit)).state

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    assert "<dd>Signed off, with conditions</dd>" in page
    assert paper == "Signed off, with conditions"


def test_condition_is_a_step_with_its_owner_and_its_day(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "conditions", "Test it on 107 more letters first."),
            submission=submission_of(audit),
        )
        owner = audit.use_case.owner

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    step = page.partition("Meet the condition of the sign-off")[2].partition("</dl>")[0]
    assert "Test it on 107 more letters first." in step
    assert f"<bdi>{owner}</bdi>, the owner" in step
    assert "Northgate reviewer" in step
    assert "when the sign-off ends" in step


def test_sign_off_without_conditions_adds_no_step(cast: Cast, reviewer: Client) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            outcome="approved",
            words="",
            submission=submission_of(audit),
        )

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    assert "Meet the condition" not in page
