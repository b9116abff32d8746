"""Candidates are stored with their audit, score it, and leave a signed one as it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django_scopes import scope

from audits.models import AnswerRequest, Audit, PortfolioRow, Role, User, Version
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.services.answers.answers import (
    AuditLocked,
    fresh_audit,
    save_answers,
    save_entries,
)
from audits.services.answers.candidates import (
    ChangedMeanwhile,
    TooManyCandidates,
    candidates_seen,
    preview,
    save_candidates,
    with_candidates,
    with_target,
)
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.authorship import answers_by_person
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.verdicts.assessments import assess_today, assessment_of
from tests.casting import Cast, Tenant
from tests.proved import show
from tests.replayed import replayed
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

PASSING = ScoredCandidate(
    id="",
    kind="examples",
    cases=200,
    passed=190,
    day=date(2026, 11, 20),
    run_by="Rosa",
    link="https://example.org/report",
)
WANTED = with_target(Candidates(target=Decimal("0.9")))


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    """A draft whose answers by hand lead to training."""
    with scope(organization=cast.ours.organization):
        _answer(cast.ours)
        yield fresh_audit(cast.ours.draft)


@replayed
def _answer(tenant: Tenant) -> None:
    audit, lead = tenant.draft, tenant.contributor
    save_answers(audit=audit, by=lead, answers=TRAINING_CASE)
    show(audit, lead)
    sent = {("level", q): Sent(value=x) for q, x in TRAINING_LEVELS.items()}
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())


def save(audit: Audit, by: User, *rows: ScoredCandidate) -> Audit:
    change = {**WANTED, **with_candidates(audit, rows)}
    seen = candidates_seen(audit)
    return save_candidates(audit=audit, by=by, change=change, seen=seen).audit


def test_candidate_answers_and_takes_back_what_it_contradicts(
    cast: Cast, draft: Audit
) -> None:
    assert draft.verdict == "fine_tune"

    save(draft, cast.ours.contributor, PASSING)

    audit = fresh_audit(draft)
    assert audit.codes["quality_gap"] == "met"
    assert "quality_gap" not in audit.given_codes
    assert "quality_gap" not in values(audit.levels)
    assert audit.verdict == "few_shot"
    assert PortfolioRow.objects.get(audit=audit).verdict == "few_shot"
    last = Version.objects.filter(audit=audit, item="quality_gap", kind="answer")
    assert [(v.value, v.by) for v in last[:2]] == [
        (None, cast.ours.contributor),
        ("large", cast.ours.contributor),
    ]


def test_answer_by_hand_cannot_contradict_a_candidate(cast: Cast, draft: Audit) -> None:
    audit = save(draft, cast.ours.contributor, PASSING)

    save_answers(
        audit=audit, by=cast.ours.contributor, answers={"quality_gap": "large"}
    )

    audit = fresh_audit(audit)
    assert (audit.codes["quality_gap"], audit.verdict) == ("met", "few_shot")
    assert "quality_gap" not in audit.given_codes


def test_removed_candidate_does_not_bring_training_back(
    cast: Cast, draft: Audit
) -> None:
    audit = save(draft, cast.ours.contributor, PASSING)
    gone = replace(PASSING, id="c1", is_removed=True)

    audit = save(audit, cast.ours.contributor, gone)

    assert "quality_gap" not in audit.codes
    assert audit.verdict != "fine_tune"
    # Scored again, the removed one says nothing any more.
    missing = replace(PASSING, passed=100)
    audit = save(audit, cast.ours.contributor, missing)
    assert sorted(values(audit.candidates)) == ["c1", "c2", "target"]
    assert "holds" not in values(audit.candidates)["c1"]
    assert audit.codes["quality_gap"] == "large"


def test_preview_saves_nothing_and_shows_what_a_save_gives(
    cast: Cast, draft: Audit
) -> None:
    change = {**WANTED, **with_candidates(draft, [PASSING])}

    found = preview(draft, change)

    assert (found.now.verdict, found.then.verdict) == ("fine_tune", "few_shot")
    assert preview(draft, change).then is found.then  # worked out once
    assert fresh_audit(draft).candidates == {}
    audit = save(draft, cast.ours.contributor, PASSING)
    assert assess_today(audit, open_only=True) == found.then or (
        assess_today(audit).codes == found.then.codes
    )


@pytest.mark.on_both
def test_candidates_that_somebody_changed_meanwhile_are_not_overwritten(
    cast: Cast, draft: Audit
) -> None:
    seen = candidates_seen(draft)
    save(draft, cast.ours.contributor, PASSING)

    with pytest.raises(ChangedMeanwhile):
        save_candidates(
            audit=draft,
            by=cast.ours.people[Role.ADMIN],
            change=with_candidates(draft, [replace(PASSING, passed=10)]),
            seen=seen,
        )

    assert fresh_audit(draft).candidates["c1"]["value"]["passed"] == 190


@pytest.mark.on_both
def test_use_case_has_room_for_forty_candidates(cast: Cast, draft: Audit) -> None:
    audit = save(draft, cast.ours.contributor, *[PASSING] * 40)

    with pytest.raises(TooManyCandidates, match="room for 40"):
        with_candidates(audit, [PASSING])


def test_signed_audit_stays_as_signed_and_the_next_one_has_its_candidates(
    cast: Cast, draft: Audit
) -> None:
    lead, reviewer = cast.ours.contributor, cast.ours.people[Role.REVIEWER]
    audit = save(draft, lead, PASSING)
    while missing := assess_today(audit).provisional:
        unknown = {each.question: "unknown" for each in missing.questions}
        audit, _ = save_answers(audit=audit, by=lead, answers=unknown)
    audit = submit_audit(audit=audit, by=lead)
    review_audit(
        audit=audit, by=reviewer, outcome="approved", submission=submission_of(audit)
    )
    signed = fresh_audit(audit)

    with pytest.raises(AuditLocked):
        save(signed, lead, replace(PASSING, passed=20))

    assert assessment_of(fresh_audit(signed)).verdict == "few_shot"
    assert fresh_audit(signed).candidates == signed.candidates
    following = begin_again(audit=signed, by=lead)
    assert values(following.candidates) == values(signed.candidates)
    assert following.verdict == "few_shot"


def test_whoever_enters_a_candidate_answered_the_audit(
    cast: Cast, draft: Audit
) -> None:
    reviewer = cast.ours.people[Role.REVIEWER]

    audit = save(draft, reviewer, PASSING)

    assert answers_by_person(audit)[reviewer.pk]["The candidates"] is True


def test_stored_candidate_is_refused_where_it_does_not_fit(
    cast: Cast, draft: Audit
) -> None:
    change: dict[str, Any] = {"c1": {"kind": "prompt", "cases": 10, "passed": 11}}

    with pytest.raises(ValueError, match="at most as many as there are cases"):
        save_candidates(audit=draft, by=cast.ours.contributor, change=change, seen="")

    assert fresh_audit(draft).candidates == {}


@pytest.mark.thorough
def test_paper_says_which_candidates_gave_an_answer(cast: Cast, draft: Audit) -> None:
    lead = cast.ours.contributor
    audit = submit_audit(audit=save(draft, lead, PASSING), by=lead)

    rows = {row.label: row for row in build_paper(audit).answers}

    gap = rows["Gap to the target"]
    assert gap.answer == (
        "No gap: At the target or above it (from the candidates: 190 of 200 passed, "
        "between 91 and 97 of 100; reaches 90 of 100, even at the lower end)"
    )
    assert gap.level == "documented"


@pytest.mark.on_both
def test_request_to_a_colleague_is_met_by_a_candidate(cast: Cast, draft: Audit) -> None:
    lead, reviewer = cast.ours.contributor, cast.ours.people[Role.REVIEWER]
    made = ask_colleague(
        audit=draft,
        by=lead,
        of=reviewer,
        section="purpose",
        question="quality_gap",
        message="What is missing?",
    )
    assert AnswerRequest.objects.open().filter(pk=made.pk).exists()

    save(draft, reviewer, PASSING)

    assert not AnswerRequest.objects.open().filter(pk=made.pk).exists()
