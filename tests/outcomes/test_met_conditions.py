"""A new audit says which conditions of the sign-off before it were met since."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import Audit, Review, Role
from audits.services.answers.answers import fresh_audit
from audits.services.conditions.conditions import add_conditions
from audits.services.papers.met_before import met_before
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.condition_steps import meet_condition
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.conditions import condition_of, term
from tests.examples import some_of
from tests.outcomes.signed import signed
from tests.outcomes.test_against_verdict import following, shown
from tests.signed_in import sign_in

ASKED = "Show that two experts agree on what is right."


@pytest.fixture
def met(cast: Cast) -> Audit:
    """Return a signed audit whose condition is met and confirmed, with a link."""
    audit, tenant = signed(cast.ours), cast.ours
    with scope(organization=tenant.organization):
        review = Review.objects.get(audit=audit)
        add_conditions(review, [term(audit, ASKED)])
        meet_condition(
            condition=condition_of(audit),
            by=review.by,
            words="46 of 50 cases.",
            link="https://wiki.example/experts",
            name="Agreement of experts",
        )
    return audit


@pytest.mark.thorough
@pytest.mark.parametrize("name", some_of(["check", "result", "tasks"], 1))
def test_pages_of_a_new_audit_name_the_met_condition_and_its_proof(
    cast: Cast, client: Client, met: Audit, name: str
) -> None:
    sign_in(client, cast.ours.contributor)
    new = following(cast, met)

    page = shown(client, name, new)

    day = date_format(timezone.localdate(met.signed_off_at), "j F Y")
    assert f"A condition of the sign-off on {day} was met:" in page
    assert f"<bdi>{ASKED}</bdi> (<bdi>confirmed by Northgate reviewer on" in page
    assert "with the link “Agreement of experts”</bdi>)" in page
    with scope(organization=cast.ours.organization):
        there = reverse("condition", args=[condition_of(met).pk])
    assert f'href="{there}">See how' in page
    assert "Bring the answers on this up to date." in page


@pytest.mark.thorough
def test_review_names_it_and_asks_for_no_answers(
    cast: Cast, client: Client, met: Audit
) -> None:
    new = following(cast, met)
    with scope(organization=cast.ours.organization):
        submit_audit(audit=fresh_audit(new), by=cast.ours.contributor)
    sign_in(client, cast.ours.people[Role.REVIEWER])

    page = shown(client, "review", new)

    assert f"<bdi>{ASKED}</bdi> (<bdi>confirmed by" in page
    assert "Bring the answers" not in page


@pytest.mark.on_both
def test_first_audit_has_none(cast: Cast, client: Client, met: Audit) -> None:
    sign_in(client, cast.ours.contributor)

    assert "A condition of the sign-off" not in shown(client, "result", met)


@pytest.mark.thorough
def test_page_one_of_the_new_audit_is_told_of_it(cast: Cast, met: Audit) -> None:
    new = following(cast, met)
    with scope(organization=cast.ours.organization):
        submit_audit(audit=fresh_audit(new), by=cast.ours.contributor)
        audit = fresh_audit(new)
        [told] = words_of_page_one(audit, assessment_of(audit)).met
        first = met_before(met)

    assert (told.words, told.on) == (ASKED, timezone.localdate())
    assert first == ()
