"""A condition after the last day on which a move can begin is warned of, and kept."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Cover, UseCase
from audits.reviews.done_words import follows_from
from audits.scoring.days import in_words
from audits.scoring.exchange import document
from audits.scoring.money.moves import last_start
from audits.scoring.money.of_assessment import money_of
from audits.services.answers.answers import fresh_audit
from audits.services.papers.next_date import next_date
from tests.board_money.evidence.test_confirming import WRONG_FACTS, of
from tests.casting import Cast
from tests.conditions import condition_of, in_days, sent
from tests.pages import html_of
from tests.reviews.conftest import read_of, signed, state_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES, the_move
from tests.scoring.twelve_verdicts import ANSWERS

_REVISION = 6002  # a frozen assessment is read once for each revision of an audit
LATE = 2000  # days from now: after every model of today


@pytest.fixture
def audit(cast: Cast) -> Audit:
    """One in review, whose verdict proposes a move off a model that retires."""
    with scope(organization=cast.ours.organization):
        found = Audit.objects.filter(pk=cast.ours.submitted.pk)
        stored = document.dump(assessed(MOVES, **ENDS))
        found.update(assessment=stored, revision=_REVISION)
        UseCase.objects.filter(audits__in=found).update(stage="live")
        return fresh_audit(cast.ours.submitted)


def test_late_day_is_warned_of_once_with_all_that_was_entered(
    audit: Audit, reviewer: Client
) -> None:
    url = reverse("review", args=[audit.pk])
    latest = in_words(last_start(the_move(assessed(MOVES, **ENDS))))
    form = signed("conditions", submission=read_of(audit), words="Well tested.")
    form |= sent("Test it on 30 cases.", days=LATE)

    page = html_of(reviewer.get(url))
    assert f"waits for the condition, has to begin by {latest}." in page
    warned = html_of(reviewer.post(url, form))

    late = in_days(LATE)
    said = f"{in_words(late)} is after {latest}, the last day on which the move can"
    assert said in warned
    assert "Test it on 30 cases.</textarea>" in warned
    assert "Well tested.</textarea>" in warned
    assert f'value="{late.isoformat()}"' in warned
    assert state_of(audit) == Audit.State.IN_REVIEW
    kept = f'<input type="hidden" name="condition_1_warned" value="{late.isoformat()}">'
    assert kept in warned

    other = sent("Test it on 30 cases.", days=LATE + 1)
    again = form | {"condition_1_warned": late.isoformat()}
    assert "the last day on which" in html_of(reviewer.post(url, again | other))
    reviewer.post(url, again)

    assert state_of(audit) == Audit.State.SIGNED_OFF
    with scope(organization=audit.organization):
        assert condition_of(audit).due_on == late


def test_day_after_that_of_the_board_is_warned_of_once(
    audit: Audit, reviewer: Client
) -> None:
    with scope(organization=audit.organization):
        stored = document.dump(
            assessed(ANSWERS["fine_tune_after_mlops"], today="prompt")
        )
        Audit.objects.filter(pk=audit.pk).update(
            assessment=stored, revision=_REVISION + 1
        )
        audit = fresh_audit(audit)
        Cover.objects.update_or_create(
            audit=audit,
            defaults={"organization": audit.organization, "decide_by": in_days(3)},
        )
    url, late = reverse("review", args=[audit.pk]), in_days(5)
    form = signed("conditions", submission=read_of(audit), words="Well tested.")
    form |= sent("Test it on 30 cases.", days=5)

    warned = html_of(reviewer.post(url, form))

    said = (
        f"{in_words(late)} is after {in_words(in_days(3))}, by when the board decides"
    )
    assert said in warned
    assert state_of(audit) == Audit.State.IN_REVIEW
    reviewer.post(url, form | {"condition_1_warned": late.isoformat()})
    assert state_of(audit) == Audit.State.SIGNED_OFF


@pytest.mark.thorough
def test_nothing_is_too_late_where_nothing_has_to_begin(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    form = signed("conditions", submission=read_of(audit))

    reviewer.post(reverse("review", args=[audit.pk]), form | sent("Test.", days=LATE))

    assert state_of(audit) == Audit.State.SIGNED_OFF


def test_amount_that_pays_for_tests_waits_for_no_result_of_them() -> None:
    move = money_of(assessed(MOVES, **ENDS))
    training = money_of(assessed(ANSWERS["fine_tune"]))

    itself = "a condition that needs their result would wait for itself."
    assert itself in follows_from(move)
    assert itself not in follows_from(training)
    # So does what is tested before any other advice is paid for.
    found, plan = of(WRONG_FACTS)
    advised = money_of(found)
    [test] = plan.confirming
    assert "would wait for itself" in follows_from(advised, test)
    assert "would wait for itself" not in follows_from(advised)


def test_paper_says_that_a_condition_is_too_late_for_the_move() -> None:
    found = assessed(MOVES, **ENDS)
    latest = last_start(the_move(found))
    cover, on = Cover(decide_by=latest), date(2026, 11, 24)

    def said(condition: date) -> str:
        return next_date(current(), found, cover, on, condition_due=condition)

    begins = f"Decide by {in_words(latest)}; condition by "
    assert said(latest) == f"{begins}{in_words(latest)}."
    later = latest + timedelta(days=28)
    assert said(later) == f"{begins}{in_words(later)}, too late for the move."
