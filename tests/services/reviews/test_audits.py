import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from audits.frameworks.answering.answers import WrongAnswers
from audits.models import Audit, Event, PortfolioRow
from audits.models.audits import values
from audits.scoring.exchange import document
from audits.scoring.money.of_assessment import todays_plan
from audits.services.answers.answers import AuditLocked, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import NothingAnswered, reopen_audit, submit_audit
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.proved import save_proved
from tests.scoring.worked_cases import (
    FIRM_RETRIEVAL_CASE,
    RETRIEVAL_CASE,
    TRAINING_CASE,
)
from tests.scoring.worked_numbers import ON_OWN_GPUS


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def save(cast: Cast, **answers: Any) -> Audit:
    audit, _ = save_answers(
        audit=cast.ours.draft, by=cast.ours.contributor, answers=answers
    )
    return audit


def stored(audit: Audit) -> dict[str, Any]:
    audit.refresh_from_db()
    return values(audit.answers)


def test_save_keeps_answers_given_before(cast: Cast) -> None:
    save(cast, goal=["style"], state="none")

    audit = save(cast, examples="curated")

    assert stored(audit) == {"goal": ["style"], "state": "none", "examples": "curated"}


def test_what_is_saved_together_is_written_in_one_order(cast: Cast) -> None:
    sent = {
        ("number", "requests"): Sent(value=20_000),
        ("note", "eval"): Sent(value="Since May."),
        ("level", "eval"): Sent(value="asserted"),
        ("answer", "eval"): Sent(value="solid_set"),
    }
    audit, by = cast.ours.draft, cast.ours.contributor

    with CaptureQueriesContext(connection) as asked:
        save_entries(audit=audit, by=by, sent=sent, sender=Sender())

    [columns] = [
        re.findall(r'"(\w+)" = ', query["sql"])
        for query in asked
        if query["sql"].startswith('UPDATE "audits_audit"')
    ]
    assert columns[:4] == ["answers", "levels", "notes", "numbers"]


def test_save_stamps_only_what_changed(cast: Cast) -> None:
    first = save(cast, goal=["style"]).answers["goal"]

    audit, _ = save_answers(
        audit=cast.ours.draft,
        by=cast.ours.people[next(iter(cast.ours.people))],
        answers={"goal": ["style"], "state": "none"},
    )

    assert audit.answers["goal"] == first
    assert audit.answers["state"]["by"] != first["by"]


@pytest.mark.parametrize("number", ["1e40", "1e-40"])
@pytest.mark.on_both
def test_number_beyond_anything_that_is_counted_is_refused(
    cast: Cast, number: str
) -> None:
    with pytest.raises(WrongAnswers, match="requests: too large or too small"):
        save_entries(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            sent={("number", "requests"): Sent(value=number)},
            sender=Sender(),
        )

    cast.ours.draft.refresh_from_db()
    assert cast.ours.draft.numbers == {}


def test_save_scores_the_audit(cast: Cast) -> None:
    audit = save_proved(audit=cast.ours.draft, by=cast.ours.contributor)

    audit.refresh_from_db()
    assert (audit.verdict, audit.answered) == ("fine_tune", len(TRAINING_CASE))
    assert (audit.strength, audit.open_questions) == ("solid_test", 0)
    assert assessment_of(audit).open_questions == ()


def test_none_takes_an_answer_back(cast: Cast) -> None:
    save(cast, goal=["style"], state="none")

    audit = save(cast, goal=None)

    assert stored(audit) == {"state": "none"}


def test_taking_back_the_last_answer_leaves_no_verdict(cast: Cast) -> None:
    save(cast, goal=["style"])

    audit = save(cast, goal=None)

    assert (audit.verdict, audit.strength, audit.open_questions) == ("", "", None)


def test_unknown_is_an_answer_and_not_a_missing_one(cast: Cast) -> None:
    audit = save(cast, goal="unknown")

    assert stored(audit) == {"goal": "unknown"}
    assert audit.answered == 1


def test_hidden_answer_is_kept_and_does_not_count(cast: Cast) -> None:
    save(cast, latency="hard", latency_evidence="missed")

    audit = save(cast, latency="relaxed")

    assert stored(audit)["latency_evidence"] == "missed"
    assert "latency_evidence" not in assessment_of(audit).codes


@pytest.mark.on_both
def test_wrong_answer_saves_nothing(cast: Cast) -> None:
    with pytest.raises(WrongAnswers) as refusal:
        save(cast, state="none", volume="loads")

    assert refusal.value.wrong[0].question == "volume"
    assert stored(cast.ours.draft) == {}


def test_submit_freezes_the_assessment(cast: Cast) -> None:
    audit = save(cast, **RETRIEVAL_CASE)
    live = assessment_of(audit)

    submitted = submit_audit(audit=audit, by=cast.ours.contributor)

    submitted.refresh_from_db()
    assert submitted.state == Audit.State.IN_REVIEW
    assert submitted.submitted_by == cast.ours.contributor
    assert submitted.assessment == document.dump(live)


@pytest.mark.on_both
def test_submit_twice_is_as_good_as_once(cast: Cast) -> None:
    audit = save(cast, **RETRIEVAL_CASE)
    first = submit_audit(audit=audit, by=cast.ours.contributor)

    again = submit_audit(audit=audit, by=cast.ours.contributor)

    assert again.submitted_at == first.submitted_at
    submissions = Event.objects.filter(verb="audit.submitted", subject=str(audit.pk))
    assert submissions.count() == 1


def test_submit_without_an_answer_is_refused(cast: Cast) -> None:
    with pytest.raises(NothingAnswered):
        submit_audit(audit=cast.ours.draft, by=cast.ours.contributor)


def test_submitted_answers_are_locked(cast: Cast) -> None:
    with pytest.raises(AuditLocked):
        save_answers(
            audit=cast.ours.submitted,
            by=cast.ours.contributor,
            answers={"state": "planned"},
        )


def test_reopen_makes_a_draft_with_its_answers(cast: Cast) -> None:
    audit = reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)

    assert stored(audit) == FIRM_RETRIEVAL_CASE
    assert (audit.state, audit.assessment) == (Audit.State.DRAFT, None)


@pytest.mark.thorough
def test_reopened_draft_has_one_price_on_its_page_and_in_the_portfolio(
    cast: Cast,
) -> None:
    numbers = {key: Sent(value=value) for key, value in ON_OWN_GPUS.items()}
    sent = {("number", key): value for key, value in numbers.items()}
    audit = cast.ours.draft
    save_proved(audit=audit, by=cast.ours.contributor)
    save_entries(audit=audit, by=cast.ours.contributor, sent=sent, sender=Sender())
    audit = submit_audit(audit=audit, by=cast.ours.contributor)
    # What it cost on the day it was submitted, which is not today's price.
    rows = PortfolioRow.objects.filter(use_case_id=audit.use_case_id)
    rows.update(spend=1, cost=1)

    audit = reopen_audit(audit=audit, by=cast.ours.contributor)

    today = todays_plan(assessment_of(audit))
    assert today
    assert rows.get().spend == today.month.expected


@pytest.mark.parametrize("state", [Audit.State.SIGNED_OFF, Audit.State.SUPERSEDED])
def test_reopen_refuses_what_is_signed_off(cast: Cast, state: Audit.State) -> None:
    Audit.objects.filter(pk=cast.ours.submitted.pk).update(state=state)

    with pytest.raises(AuditLocked):
        reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)
