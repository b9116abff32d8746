"""Everybody reads beforehand what costs a sign-off, and meanwhile who can sign."""

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Audit,
    Membership,
    Review,
    Role,
    SignOffCondition,
    Submission,
    User,
)
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.reviews import submission_of
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import let_prove, sign_in

COST = (
    "You are a reviewer. If you answer or submit here, you can no longer sign this "
    "off; a colleague has to."
)
PAGES = [
    ("tasks", []),
    ("section", ["purpose"]),
    ("question", ["state"]),
    ("next_question", ["state"]),
    ("numbers", []),
    ("check", []),
]


def read(cast: Cast, role: Role, route: str, *more: str, of: str = "draft") -> str:
    client = Client()
    sign_in(client, cast.ours.people[role])
    audit = getattr(cast.ours, of)
    return html_of(client.get(reverse(route, args=[audit.pk, *more])))


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN])
def test_who_may_review_reads_once_what_answering_costs(cast: Cast, role: Role) -> None:
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        save_answers(audit=cast.ours.draft, by=lead, answers={"state": "none"})

    for route, more in PAGES:
        page = read(cast, role, route, *more)

        assert page.count(COST) == (0 if role == Role.CONTRIBUTOR else 1), route


@pytest.mark.thorough
@pytest.mark.once
def test_where_answerers_may_sign_nothing_is_said_of_it(cast: Cast) -> None:
    tenant = cast.ours.organization
    tenant.answerers_may_sign_since = timezone.localdate()
    tenant.save()

    assert COST not in read(cast, Role.REVIEWER, "section", "purpose")
    assert "once they have answered" not in read(cast, Role.CONTRIBUTOR, "ask")


@pytest.mark.once
def test_who_asks_a_colleague_reads_who_may_review_and_what_it_costs(
    cast: Cast,
) -> None:
    asked_by_admin = read(cast, Role.ADMIN, "ask")

    assert ">Northgate reviewer (may review)</option>" in asked_by_admin
    assert ">Northgate contributor</option>" in asked_by_admin
    assert (
        "A reviewer who answers a question can no longer sign off this audit."
        in asked_by_admin
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.VIEWER, "Northgate admin or Northgate reviewer can sign this off."),
        (
            Role.CONTRIBUTOR,
            "Northgate admin or Northgate reviewer can sign this off.",
        ),
        (Role.REVIEWER, "You or Northgate admin can sign this off."),
    ],
)
def test_result_says_who_can_sign_while_it_is_in_review(
    cast: Cast, role: Role, said: str
) -> None:
    assert said in read(cast, role, "result", of="submitted")
    assert "can sign this off" not in read(cast, role, "result")


@pytest.mark.thorough
@pytest.mark.once
def test_reviewer_reads_why_there_is_no_review_of_their_own_submission(
    cast: Cast,
) -> None:
    admin = cast.ours.people[Role.ADMIN]
    with scope(organization=cast.ours.organization):
        audit = reopen_audit(audit=cast.ours.submitted, by=admin)
        submit_audit(audit=audit, by=admin)

    page = read(cast, Role.ADMIN, "result", of="submitted")

    assert "Review and sign off" not in page
    assert (
        "You submitted this audit, so you cannot sign it off. "
        "Northgate reviewer can sign this off."
    ) in page


@pytest.mark.once
def test_who_submitted_signs_by_no_door(cast: Cast) -> None:
    """Not on the page, and not as an operator; no program can sign anything."""
    admin, client = cast.ours.people[Role.ADMIN], Client()
    User.objects.filter(pk=admin.pk).update(is_staff=True, is_superuser=True)
    with scope(organization=cast.ours.organization):
        audit = reopen_audit(audit=cast.ours.submitted, by=admin)
        submit_audit(audit=audit, by=admin)
        form = {"outcome": "approved", "submission": submission_of(audit)}
    client.force_login(admin)
    let_prove(client, admin)
    back_office = reverse("admin:audits_audit_change", args=[audit.pk])

    told = [
        client.post(reverse("review", args=[audit.pk]), {**form, "opened": "on"}),
        client.post(back_office, {"state": Audit.State.SIGNED_OFF}),
    ]

    assert [answer.status_code for answer in told] == [403, 403]
    assert "You submitted this audit" in html_of(told[0])
    assert not {Review, SignOffCondition, Submission} & {*site._registry}
    with scope(organization=cast.ours.organization):
        audit.refresh_from_db()
        assert (audit.state, Review.objects.count()) == (Audit.State.IN_REVIEW, 0)


def test_only_reviewer_reads_how_their_own_submission_can_be_signed(
    cast: Cast,
) -> None:
    admin = cast.ours.people[Role.ADMIN]
    with scope(organization=cast.ours.organization):
        Membership.objects.filter(role=Role.REVIEWER).delete()
        audit = reopen_audit(audit=cast.ours.submitted, by=admin)
        submit_audit(audit=audit, by=admin)

    for route in ("result", "review"):
        page = read(cast, Role.ADMIN, route, of="submitted")
        assert "You submitted this audit, so" in page
        assert "submit it again: then Northgate admin can sign it off." in page


@pytest.mark.thorough
@pytest.mark.once
def test_owner_may_sign_and_the_page_says_so(cast: Cast) -> None:
    own = "You own this use case. An owner may sign it off"
    assert own not in read(cast, Role.REVIEWER, "review", of="submitted")
    with scope(organization=cast.ours.organization):
        cast.ours.submitted.use_case.owner = cast.ours.people[Role.REVIEWER]
        cast.ours.submitted.use_case.save()

    page = read(cast, Role.REVIEWER, "review", of="submitted")

    assert own in page
    assert 'value="approved"' in page
