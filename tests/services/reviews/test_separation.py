"""Who answered an audit does not sign it off, unless openly allowed."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Event, Membership, Review, Role, User, Version
from audits.reports.context import build_paper
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.renewals import begin_again
from audits.services.reviews.reviews import OwnAnswers, review_audit, submission_of
from audits.services.reviews.separation import (
    Submitted,
    let_answerers_sign,
    separation_of,
    signers_said,
    signing_of,
)
from tests.casting import Cast
from tests.conditions import decided


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def answered(cast: Cast, *steps: tuple[User, dict[str, object]]) -> Audit:
    """Let people answer one after the other, and submit it as its contributor."""
    lead = cast.ours.contributor
    audit = reopen_audit(audit=cast.ours.submitted, by=lead)
    for by, answers in steps:
        audit, _ = save_answers(audit=audit, by=by, answers=answers)
    return submit_audit(audit=audit, by=lead)


def test_who_answered_may_not_sign_off(cast: Cast, reviewer: User) -> None:
    audit = answered(cast, (reviewer, {"knowledge_size": "large"}))
    separation = separation_of(audit, reviewer)

    for outcome in ("approved", "conditions"):
        with pytest.raises(OwnAnswers):
            review_audit(
                audit=audit,
                by=reviewer,
                **decided(audit, outcome, "Test it."),
                submission=submission_of(audit),
            )

    assert not Review.objects.exists()
    assert separation.why_not == (
        "You answered “Knowledge to search”, so somebody else signs off. "
        "Ask Northgate admin to sign off."
    )
    admin = cast.ours.people[Role.ADMIN]
    assert separation.others == (admin,)
    assert (
        review_audit(
            audit=audit, by=admin, outcome="approved", submission=submission_of(audit)
        ).exception
        == ""
    )


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("entry", "value", "own"),
    [
        (("note", "goal"), "Ask legal as well.", ()),
        (("level", "goal"), "documented", ("What is wrong",)),
        (("number", "requests"), "1200", ("The numbers",)),
    ],
)
def test_levels_and_numbers_count_as_answers_and_notes_do_not(
    cast: Cast, reviewer: User, entry: tuple[str, str], value: str, own: tuple[str, ...]
) -> None:
    lead = cast.ours.contributor
    audit = reopen_audit(audit=cast.ours.submitted, by=lead)
    sent = {entry: Sent(value=value)}
    saved = save_entries(audit=audit, by=reviewer, sent=sent, sender=Sender())
    audit = submit_audit(audit=saved.audit, by=lead)

    separation = separation_of(audit, reviewer)

    assert (separation.own, separation.may_sign) == (own, not own)


@pytest.mark.thorough
def test_who_answered_may_send_back(cast: Cast, reviewer: User) -> None:
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))

    review_audit(
        audit=audit,
        by=reviewer,
        outcome="sent_back",
        words="Look again.",
        submission=submission_of(audit),
    )

    audit.refresh_from_db()
    assert audit.is_draft


@pytest.mark.parametrize("later", ["unknown", None, "small"])
def test_nothing_done_later_hides_who_answered(
    cast: Cast, reviewer: User, later: str | None
) -> None:
    audit = answered(
        cast,
        (reviewer, {"knowledge_size": "large"}),
        (cast.ours.contributor, {"knowledge_size": later}),
    )

    assert separation_of(audit, reviewer).own == ("Knowledge to search",)


@pytest.mark.thorough
def test_taking_an_answer_back_is_answering(cast: Cast, reviewer: User) -> None:
    audit = answered(cast, (reviewer, {"goal": None}))

    assert separation_of(audit, reviewer).own == ("What is wrong",)


def test_answer_that_was_set_aside_counts(cast: Cast, reviewer: User) -> None:
    audit = cast.ours.submitted
    Version.objects.create(
        organization=audit.organization,
        audit=audit,
        kind=Version.Kind.ANSWER,
        item="knowledge_size",
        number=1,
        value="huge",
        by=reviewer,
        at=timezone.now(),
        set_aside=True,
    )

    assert separation_of(audit, reviewer).own == ("Knowledge to search",)


def test_answer_counts_for_its_author_in_the_audit_that_follows(
    cast: Cast, reviewer: User
) -> None:
    lead = cast.ours.contributor
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.ADMIN],
        outcome="approved",
        submission=submission_of(audit),
    )

    follower = begin_again(audit=audit, by=lead)
    follower = submit_audit(audit=follower, by=lead)

    assert "What is wrong" in separation_of(follower, reviewer).own
    with pytest.raises(OwnAnswers):
        review_audit(
            audit=follower,
            by=reviewer,
            outcome="approved",
            submission=submission_of(follower),
        )


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


@pytest.mark.thorough
def test_replaced_answer_counts_in_every_audit_that_follows(
    cast: Cast, reviewer: User
) -> None:
    lead, admin = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    audit = answered(
        cast,
        (reviewer, {"knowledge_size": "large"}),
        (lead, {"knowledge_size": "unknown"}),
        (lead, {"knowledge_size": "small", "hosting": "cloud_ok"}),
    )
    for _ in range(2):
        review_audit(
            audit=audit, by=admin, outcome="approved", submission=submission_of(audit)
        )
        audit = submit_audit(audit=begin_again(audit=audit, by=lead), by=lead)

    assert separation_of(audit, reviewer).own == ("Knowledge to search",)
    with pytest.raises(OwnAnswers):
        review_audit(
            audit=audit,
            by=reviewer,
            outcome="approved",
            submission=submission_of(audit),
        )


@pytest.mark.thorough
def test_order_of_several_picks_is_no_change_and_makes_nobody_an_author(
    cast: Cast, reviewer: User
) -> None:
    audit = answered(cast, (cast.ours.contributor, {"goal": ["style", "knowledge"]}))
    before = Version.objects.count()
    audit = reopen_audit(audit=audit, by=reviewer)

    for picks in (["style", "knowledge"], ["knowledge", "style"]):
        audit, _ = save_answers(audit=audit, by=reviewer, answers={"goal": picks})

    assert audit.codes["goal"] == ("knowledge", "style")
    assert Version.objects.count() == before
    audit = submit_audit(audit=audit, by=cast.ours.contributor)
    assert separation_of(audit, reviewer).own == ()


@pytest.mark.on_both
def test_relaxation_is_recorded_and_printed(cast: Cast, reviewer: User) -> None:
    tenant = cast.ours.organization
    operator = User.objects.create_superuser("op@example.org", "x", name="Op")
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))
    for allowed in (True, True):
        let_answerers_sign(organization=tenant, by=operator, allowed=allowed)
    audit.organization.refresh_from_db()

    review = review_audit(
        audit=audit, by=reviewer, outcome="approved", submission=submission_of(audit)
    )

    since = timezone.localdate()
    [event] = Event.objects.filter(verb="organization.answerers_may_sign")
    assert (event.actor, event.details) == (operator, {"allowed": True})
    assert (review.own_answers, review.allowed_since) == (1, since)
    assert Event.objects.get(verb="audit.approved").details["own_answers"] == 1
    said = (
        "Northgate reviewer also answered 1 of its questions. Northgate "
        f"Mutual has allowed this since {since.day} {since:%B %Y}."
    )
    assert review.exception == said
    audit.refresh_from_db()
    assert build_paper(audit).signoffs[-1].said == f"Signed off ({said})"
    let_answerers_sign(organization=tenant, by=operator, allowed=False)
    tenant.refresh_from_db()
    assert tenant.answerers_may_sign_since is None
    review.refresh_from_db()
    assert review.exception == said


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
        "Nobody in Northgate Mutual may sign off this verdict. Ask the people who run "
        "this site to make a colleague a reviewer, or to let reviewers sign off audits "
        "that they helped to answer. The board paper then says so."
    )


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

    assert "Ask the people who run this site" in said
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

    assert said == {audit.pk: f"with {admin}"}
    assert separation_of(audit, reviewer).others == (admin,)

    let_answerers_sign(organization=audit.organization, by=admin, allowed=True)
    assert signers_said([of(audit)]) == {audit.pk: f"with {admin} or {reviewer}"}
    told = {audit.pk: f"with you or {admin}"}
    assert signers_said([of(audit)], reviewer) == told
    many = [of(audit)._replace(audit=uuid4()) for _ in range(11)]
    assert [*signers_said(many, reader=None).values()] == [
        f"with {admin} or {reviewer}"
    ] * 11
    Membership.objects.filter(role__in=(Role.ADMIN, Role.REVIEWER)).delete()
    assert signers_said([of(audit)]) == {
        audit.pk: "with nobody who can sign it off yet"
    }
    assert signers_said([]) == {}
