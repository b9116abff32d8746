"""Pages say who can sign an audit off, and the way out where nobody can."""

from collections.abc import Iterator

import pytest
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Membership, Role, User, Version
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.reviews.separation import (
    Submitted,
    let_answerers_sign,
    separation_of,
    signers_said,
    signing_of,
)
from tests.casting import Cast
from tests.portfolio.rows_made import make_rows
from tests.services.reviews.answering import answered


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.mark.thorough
def test_page_names_nobody_who_answered_the_audit_before(
    cast: Cast, reviewer: User
) -> None:
    lead, admin = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))
    review_audit(
        audit=audit, by=admin, outcome="approved", submission=submission_of(audit)
    )
    follower = submit_audit(audit=begin_again(audit=audit, by=lead), by=lead)

    told = [
        signing_of(follower, person.memberships.get()).said
        for person in (reviewer, admin)
    ]

    assert told == [
        "You answered questions of this audit, so you cannot sign it off. "
        "Northgate admin can sign this off.",
        "You can sign this off.",
    ]


def test_who_may_sign_costs_one_query(
    cast: Cast, reviewer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    audit, member = cast.ours.submitted, reviewer.memberships.get()

    with django_assert_num_queries(1):
        told = signing_of(audit, member).said

    assert told == "You or Northgate admin can sign this off."


def test_who_gave_only_answers_that_were_set_aside_is_told_so(
    cast: Cast, reviewer: User
) -> None:
    audit, member = cast.ours.submitted, reviewer.memberships.get()
    told = []
    for item, aside in (("goal", True), ("state", True), ("state", False)):
        Version.objects.create(
            organization=audit.organization,
            audit=audit,
            kind=Version.Kind.ANSWER,
            item=item,
            number=7,
            value="none",
            by=reviewer,
            at=audit.created_at,
            set_aside=aside,
        )
        told.append(signing_of(audit, member).said)

    separation = separation_of(audit, reviewer)

    assert not separation.may_sign
    assert (
        "You answered questions of this audit (your answers were set aside),"
        in (told[0])
    )
    assert "You answered questions of this audit, so" in told[2]
    assert separation.answered == (
        "“What is wrong” (your answer was set aside) and “Where training stands”"
    )


def test_house_with_one_reviewer_is_told_what_to_do(cast: Cast, reviewer: User) -> None:
    Membership.objects.filter(user=cast.ours.people[Role.ADMIN]).delete()
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))

    separation = separation_of(audit, reviewer)
    assert separation.others == ()
    assert separation.why_not == (
        "You answered “What is wrong”, so you cannot sign off. "
        "Nobody in Northgate Mutual may sign off this verdict. An administrator can "
        "invite a reviewer, make a colleague one, or let reviewers sign off audits "
        "that they helped to answer. The board paper then says so."
    )


@pytest.mark.thorough
def test_where_one_answered_and_the_other_submitted_the_way_out_is_told(
    cast: Cast, reviewer: User
) -> None:
    lead, admin = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))
    audit = submit_audit(audit=reopen_audit(audit=audit, by=admin), by=admin)
    way_out = (
        "Nobody in Northgate Mutual may sign off this verdict while Northgate admin is "
        "the one who submitted it. A colleague can press “Take back from review” and "
        "submit it again: then Northgate admin can sign it off."
    )

    told = {
        person: signing_of(audit, person.memberships.get())
        for person in (lead, reviewer, admin)
    }
    audit = submit_audit(audit=reopen_audit(audit=audit, by=lead), by=lead)

    assert all(signing.is_stuck for signing in told.values())
    assert told[lead].said == way_out
    assert told[reviewer].said == (
        f"You answered questions of this audit, so you cannot sign it off. {way_out}"
    )
    assert told[admin].said == (
        f"You submitted this audit, so you cannot sign it off. {way_out}"
    )
    assert review_audit(
        audit=audit,
        by=admin,
        outcome="approved",
        submission=submission_of(audit),
    )


@pytest.mark.thorough
def test_submitter_who_answered_as_well_has_no_way_out(
    cast: Cast, reviewer: User
) -> None:
    admin = cast.ours.people[Role.ADMIN]
    audit = answered(cast, (reviewer, {"goal": ["style"]}), (admin, {"goal": None}))
    audit = submit_audit(audit=reopen_audit(audit=audit, by=admin), by=admin)

    said = signing_of(audit, cast.ours.contributor.memberships.get()).said

    assert "An administrator can invite a reviewer, make a colleague one" in said
    assert "submit it again" not in said


def of(audit: Audit) -> Submitted:
    return Submitted(audit.pk, audit.submitted_by_id, audit.supersedes_id)


def test_who_can_sign_is_said_of_several_audits_as_of_one(
    cast: Cast,
    reviewer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    audit = answered(cast, (reviewer, {"knowledge_size": "large"}))
    admin = cast.ours.people[Role.ADMIN]

    with django_assert_num_queries(1):
        said = signers_said([of(audit)])

    assert said == {audit.pk: f"{admin}"}
    assert separation_of(audit, reviewer).others == (admin,)
    follower = cast.ours.draft.pk
    said = signers_said([of(audit)._replace(audit=follower, follows=audit.pk)])
    assert said == {follower: f"{admin}"}

    let_answerers_sign(organization=audit.organization, by=admin, allowed=True)
    assert signers_said([of(audit)]) == {audit.pk: f"{admin} or {reviewer}"}
    told = {audit.pk: f"you or {admin}"}
    assert signers_said([of(audit)], reviewer) == told
    by_them = of(audit)._replace(by=reviewer.pk)
    assert signers_said([by_them]) == {audit.pk: f"{admin}"}
    User.objects.filter(pk=admin.pk).update(name="")
    assert signers_said([by_them]) == {audit.pk: admin.email}
    admin.save()
    rows = make_rows(cast.ours, 11)
    many = [of(audit)._replace(audit=row.audit_id) for row in rows]
    assert [*signers_said(many, reader=None).values()] == [
        f"{admin} or {reviewer}"
    ] * 11
    Membership.objects.filter(role__in=(Role.ADMIN, Role.REVIEWER)).delete()
    assert signers_said([of(audit)]) == {audit.pk: "nobody can sign it off yet"}
    assert signers_said([]) == {}
