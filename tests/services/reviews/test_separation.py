"""Who answered an audit does not sign it off, unless openly allowed."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from django_scopes import scope

from audits.models import Event, Review, Role, User, Version
from audits.reports.context import build_paper
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import OwnAnswers, review_audit, submission_of
from audits.services.reviews.separation import let_answerers_sign, separation_of
from tests.casting import Cast
from tests.conditions import decided
from tests.services.reviews.answering import answered


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


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
