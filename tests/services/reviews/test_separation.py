"""Who answered what decides an audit does not sign it off, unless openly allowed."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Event, Membership, Review, Role, User, Version
from audits.reports.context import build_paper
from audits.scoring.deciding import deciding_questions
from audits.scoring.exchange import document
from audits.services.answers.answers import restore_version, save_answers
from audits.services.answers.merging import Sender
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.renewals import begin_again
from audits.services.reviews.reviews import OwnAnswers, review_audit
from audits.services.reviews.separation import (
    anybody_may_sign,
    let_answerers_sign,
    separation_of,
    signers_of,
)
from tests.casting import Cast, register
from tests.scoring.worked_cases import TRAINING_CASE


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


# A verdict that no answer alone would turn, by rules that read nothing.
NOTHING_HOLDS: dict[str, object] = {
    "goal": ["reasoning_agent"],
    "state": "planned",
    "tried": "nothing",
    "eval": ["opinions"],
    "quality_gap": "met",
    "format_need": "loose",
    "format_evidence": "measured_ok",
    "volume": "100k_1m",
    "unit_economics": "acceptable",
    "latency": "hard",
    "latency_evidence": "met",
    "domain_vocab": "private",
    "domain_evidence": "base_fails",
    "knowledge_size": "small",
    "change_rate": "daily",
    "traceability": "none",
    "examples": "none",
    "data_rights": "unclear",
    "hosting": "region_bound",
    "teacher_rights": "barred",
    "regulatory": "low",
    "error_cost": "high",
    "iteration": "monthly",
    "mlops": [],
    "team": "dedicated",
    "task_shape": "narrow_shifting",
    "platform": "unavailable",
}


# Each answer that decides is backed by another, and the verdict is that of few answers.
MADE_BY_ONE: dict[str, object] = {
    "goal": ["style"],
    "state": "none",
    "tried": ["instructions"],
    "eval": ["opinions"],
    "quality_gap": "large",
    "format_need": "schema",
    "format_evidence": "fails_constrained",
    "volume": "10k_100k",
    "unit_economics": "too_high",
    "latency": "relaxed",
    "examples": "none",
    "domain_vocab": "industry",
    "domain_evidence": "not_tested",
    "knowledge_size": "none",
    "data_rights": "restricted",
    "hosting": "cloud_ok",
    "teacher_rights": "unclear",
    "regulatory": "internal",
    "team": "none",
    "error_cost": "moderate",
    "iteration": "quarterly",
    "mlops": [],
    "task_shape": "narrow_stable",
    "platform": "unavailable",
}


@pytest.fixture
def reviewer(cast: Cast) -> User:
    return cast.ours.people[Role.REVIEWER]


def answered(cast: Cast, *steps: tuple[User, dict[str, object]]) -> Audit:
    """Let people answer one after the other, and submit it as its contributor."""
    lead = cast.ours.contributor
    audit = reopen_audit(audit=cast.ours.submitted, by=lead)
    for by, answers in steps:
        audit, _ = save_answers(audit=audit, by=by, answers=answers)
    return submit_audit(audit=audit, by=lead)


def test_who_answered_what_decides_may_not_sign_off(cast: Cast, reviewer: User) -> None:
    audit = answered(
        cast,
        (reviewer, {"knowledge_size": "unknown"}),
        (reviewer, {"knowledge_size": "huge"}),
    )
    separation = separation_of(audit, reviewer)

    for outcome in ("approved", "conditions"):
        with pytest.raises(OwnAnswers):
            review_audit(audit=audit, by=reviewer, outcome=outcome, words="Test it.")

    assert not Review.objects.exists()
    assert separation.why_not == (
        "You answered “Knowledge per answer”, which decides this verdict. "
        "Ask Northgate admin to sign off."
    )
    admin = cast.ours.people[Role.ADMIN]
    assert signers_of(audit) == (admin,)
    assert anybody_may_sign(audit)
    assert review_audit(audit=audit, by=admin, outcome="approved").exception == ""


def test_who_answered_what_does_not_decide_may_sign(cast: Cast, reviewer: User) -> None:
    audit = answered(cast, (reviewer, {"latency": "relaxed"}))

    assert separation_of(audit, reviewer).own == ()
    assert review_audit(audit=audit, by=reviewer, outcome="approved").own_answers == 0


def test_who_answered_may_send_back(cast: Cast, reviewer: User) -> None:
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))

    review_audit(audit=audit, by=reviewer, outcome="sent_back", words="Look again.")

    audit.refresh_from_db()
    assert audit.is_draft


def test_answer_that_somebody_replaced_counts_no_more(
    cast: Cast, reviewer: User
) -> None:
    lead = cast.ours.contributor
    given = cast.ours.submitted.answers["knowledge_size"]["value"]

    audit = answered(
        cast,
        (reviewer, {"knowledge_size": "unknown"}),
        (lead, {"knowledge_size": given}),
    )

    assert separation_of(audit, reviewer).own == ()


def test_pick_that_is_still_there_counts(cast: Cast, reviewer: User) -> None:
    lead = cast.ours.contributor

    audit = answered(
        cast,
        (lead, {"goal": None}),
        (reviewer, {"goal": ["style"]}),
        (lead, {"goal": ["knowledge", "style"]}),
    )

    assert len(separation_of(audit, reviewer).own) == 1


def restored(version: Version, by: User) -> Audit:
    """Give an entry a value again, as the page that shows its newest version does."""
    seen = version.audit.answers[version.item]["version"]
    sender = Sender(tab="restoring")
    return restore_version(version=version, by=by, seen=seen, sender=sender).audit


def test_answer_that_was_taken_back_and_would_decide_counts(
    cast: Cast, reviewer: User
) -> None:
    lead = cast.ours.contributor
    forbidden = {**TRAINING_CASE, "data_rights": "prohibited"}

    audit = answered(cast, (lead, forbidden), (reviewer, {"data_rights": None}))

    assert audit.verdict == "fine_tune"
    assert separation_of(audit, reviewer).own == ("Right to train (taken back)",)
    with pytest.raises(OwnAnswers):
        review_audit(audit=audit, by=reviewer, outcome="approved")


def test_who_gave_everything_does_not_sign_off_whatever_comes_of_it(
    cast: Cast, reviewer: User
) -> None:
    tenant = cast.ours
    audit = register(tenant.organization, reviewer, tenant.team, "Alone")
    audit, _ = save_answers(audit=audit, by=reviewer, answers={"latency": "relaxed"})
    audit = submit_audit(audit=audit, by=tenant.contributor)

    assert separation_of(audit, reviewer).own == ("Speed needed",)


@pytest.mark.parametrize("colleagues", ["unknown", "weekly"])
def test_who_gave_most_answers_does_not_sign_off_whatever_comes_of_it(
    cast: Cast, reviewer: User, colleagues: str
) -> None:
    tenant = cast.ours
    lead = tenant.contributor
    audit = register(tenant.organization, lead, tenant.team, "Nearly alone")
    for by, answers in (
        (lead, {"iteration": colleagues}),
        (reviewer, {"examples": "thousands", "example_quality": "inconsistent"}),
        (reviewer, MADE_BY_ONE),
    ):
        audit, _ = save_answers(audit=audit, by=by, answers=answers)
    audit = submit_audit(audit=audit, by=lead)

    assert separation_of(audit, reviewer).own
    with pytest.raises(OwnAnswers):
        review_audit(audit=audit, by=reviewer, outcome="approved")


@pytest.mark.parametrize(
    ("question", "after"), [("state", "none"), ("tried", "prompt_measured")]
)
def test_who_turned_the_verdict_does_not_sign_it_off(
    cast: Cast, reviewer: User, question: str, after: str
) -> None:
    lead = cast.ours.contributor

    audit = answered(cast, (lead, NOTHING_HOLDS), (reviewer, {question: after}))

    assert audit.assessment
    assert question not in deciding_questions(document.load(audit.assessment))
    assert len(separation_of(audit, reviewer).own) == 1


@pytest.mark.parametrize(
    "again", [[["instructions", "demo"]], [["demo"], ["instructions"]]]
)
def test_what_a_colleague_adds_or_repeats_hides_nobody_who_turned_the_verdict(
    cast: Cast, reviewer: User, again: list[list[str]]
) -> None:
    lead = cast.ours.contributor
    later: list[tuple[User, dict[str, object]]] = [
        (lead, {"tried": picks}) for picks in again
    ]

    audit = answered(
        cast,
        (lead, {**NOTHING_HOLDS, "tried": ["demo"]}),
        (reviewer, {"tried": ["instructions"]}),
        *later,
    )

    assert separation_of(audit, reviewer).own


def test_answer_that_was_taken_back_and_given_again_counts_no_more(
    cast: Cast, reviewer: User
) -> None:
    lead = cast.ours.contributor

    audit = answered(
        cast,
        (lead, TRAINING_CASE),
        (reviewer, {"data_rights": None}),
        (lead, {"data_rights": TRAINING_CASE["data_rights"]}),
    )

    assert separation_of(audit, reviewer).own == ()


def test_version_that_somebody_restored_counts_for_its_author(
    cast: Cast, reviewer: User
) -> None:
    lead = cast.ours.contributor
    audit = reopen_audit(audit=cast.ours.submitted, by=lead)
    for by, value in ((reviewer, "unknown"), (reviewer, "huge"), (lead, "unknown")):
        audit, _ = save_answers(audit=audit, by=by, answers={"knowledge_size": value})
    version = Version.objects.get(by=reviewer, item="knowledge_size", value="huge")
    audit = submit_audit(audit=restored(version, lead), by=lead)

    assert separation_of(audit, reviewer).own == ("Knowledge per answer",)


def test_answer_that_was_set_aside_counts_once_its_value_does(
    cast: Cast, reviewer: User
) -> None:
    audit = cast.ours.submitted
    Version.objects.create(
        organization=audit.organization,
        audit=audit,
        kind=Version.Kind.ANSWER,
        item="knowledge_size",
        number=1,
        value=audit.answers["knowledge_size"]["value"],
        by=reviewer,
        at=timezone.now(),
        set_aside=True,
    )

    assert separation_of(audit, reviewer).own == ("Knowledge per answer",)


def test_answer_counts_for_its_author_in_the_audit_that_follows(
    cast: Cast, reviewer: User
) -> None:
    lead = cast.ours.contributor
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))
    review_audit(audit=audit, by=cast.ours.people[Role.ADMIN], outcome="approved")

    follower = begin_again(audit=audit, by=lead)
    follower = submit_audit(audit=follower, by=lead)

    assert "What is wrong" in separation_of(follower, reviewer).own
    with pytest.raises(OwnAnswers):
        review_audit(audit=follower, by=reviewer, outcome="approved")


def test_relaxation_is_recorded_and_printed(cast: Cast, reviewer: User) -> None:
    tenant = cast.ours.organization
    operator = User.objects.create_superuser("op@example.org", "x", name="Op")
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))
    for allowed in (True, True):
        let_answerers_sign(organization=tenant, by=operator, allowed=allowed)
    audit.organization.refresh_from_db()

    review = review_audit(audit=audit, by=reviewer, outcome="approved")

    since = timezone.localdate()
    [event] = Event.objects.filter(verb="organization.answerers_may_sign")
    assert (event.actor, event.details) == (operator, {"allowed": True})
    assert (review.own_answers, review.allowed_since) == (1, since)
    assert Event.objects.get(verb="audit.approved").details["own_answers"] == 1
    said = (
        "Northgate reviewer also answered 1 of the questions that decide it. Northgate "
        f"Mutual has allowed this since {since.day} {since:%B %Y}."
    )
    assert review.exception == said
    audit.refresh_from_db()
    assert build_paper(audit).signoffs[-1].said == f"Approved ({said})"
    let_answerers_sign(organization=tenant, by=operator, allowed=False)
    tenant.refresh_from_db()
    assert tenant.answerers_may_sign_since is None
    review.refresh_from_db()
    assert review.exception == said


def test_house_with_one_reviewer_is_told_what_to_do(cast: Cast, reviewer: User) -> None:
    Membership.objects.filter(user=cast.ours.people[Role.ADMIN]).delete()
    audit = answered(cast, (reviewer, {"goal": ["knowledge", "style"]}))

    assert signers_of(audit) == ()
    assert not anybody_may_sign(audit)
    assert separation_of(audit, reviewer).ask == (
        "Nobody in Northgate Mutual may sign off this verdict. Ask the people who run "
        "this site to make a colleague a reviewer, or to let reviewers sign off "
        "verdicts that rest on their own answers. The board paper then says so."
    )
