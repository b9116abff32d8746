"""What was chosen once results were known is confirmed before training is approved."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind.moved_target import in_short
from audits.scoring.scored.candidates import (
    Candidates,
    EarlierTarget,
    ReplacedResult,
    ScoredCandidate,
)
from audits.scoring.told.results_told import results_told
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

DAY = date(2026, 11, 29)
WEAK = ScoredCandidate(
    id="c1", kind="stronger", model="weak", cases=150, passed=100, sha256="1" * 64
)
GOOD = replace(WEAK, id="c2", model="good", passed=140, run=1)
CONFIRM = "the sponsor or the reviewer confirms the target"
NONE = "No approach tested meets the target"


def assessed(
    *rows: ScoredCandidate,
    target: str = "0.9",
    moved: tuple[EarlierTarget, ...] = (),
    levels: dict[str, Any] | None = None,
    **answers: object,
) -> Assessment:
    given = read(current(), TRAINING_CASE | answers)
    given = {q: x for q, x in given.items() if q != "teacher"}
    inputs = Inputs(
        codes=given,
        levels=TRAINING_LEVELS | (levels or {}),
        candidates=Candidates(rows=rows, target=Decimal(target), moved=moved),
    )
    return assess_on(current(), inputs, DAY)


def checks(found: Assessment) -> str:
    assert found.advice is not None
    return "; ".join(each.says for each in found.advice.subject_to)


def test_target_that_was_raised_to_train_is_confirmed_first() -> None:
    before = EarlierTarget(target=Decimal("0.65"), by="Rosa", on=DAY)

    found = assessed(WEAK, moved=(before,))

    said = f"{CONFIRM} of 90 of 100 in words, as it was 65 of 100 until results were"
    assert said in checks(found)
    assert found.advice is not None
    assert found.advice.standing == "subject_to"


def test_target_that_was_first_set_after_results_is_confirmed_alike() -> None:
    before = EarlierTarget(by="Rosa", on=DAY)
    # The gap follows from the target alone, so without one nothing leads to training.
    options: dict[str, Any] = {"quality_gap": "unknown"}
    options["levels"] = {"quality_gap": "asserted"}

    late = assessed(WEAK, moved=(before,), **options)
    first = assessed(WEAK, **options)

    said = "of 90 of 100 in words, as there was none until 29 November 2026, after"
    assert f"{CONFIRM} {said} results were known" in checks(late)
    assert late.advice is not None
    assert late.advice.standing == "subject_to"
    assert CONFIRM not in checks(first)
    assert "The target was set after results were known" in in_short(current(), late)


def test_target_that_trained_before_needs_no_check() -> None:
    moved = (EarlierTarget(target=Decimal("0.95"), by="Rosa", on=DAY),)

    found = assessed(WEAK, moved=moved)

    assert CONFIRM not in checks(found)
    assert "was changed" not in in_short(current(), found)


def test_barred_model_that_meets_the_target_is_named() -> None:
    found = assessed(WEAK, replace(GOOD, is_allowed=False))

    named = "“good (Stronger model)”"
    assert f"a document shows why {named}" in checks(found)
    assert NONE not in f"{found.lead} {found.headline}"
    said = f"The only one that meets the target, {named} (140 of 150), may not be used"
    assert said in found.lead
    told = " ".join(results_told(current(), found, {}))
    assert f"{named}, which the team calls the strongest" not in told


def test_barred_model_needs_no_more_where_a_document_says_where_it_may_run() -> None:
    barred = replace(GOOD, is_allowed=False)
    levels = {"hosting": "documented"}

    found = assessed(WEAK, barred, hosting="self_host", levels=levels)

    assert "a document shows why" not in checks(found)


def test_result_that_was_replaced_and_met_the_target_is_named() -> None:
    met = ReplacedResult(kind="stronger", cases=150, passed=140, sha256="2" * 64)

    found = assessed(replace(WEAK, replaced=(met,)))

    said = "The only one that meets the target, “weak (Stronger model)” (140 of 150), "
    assert f"{said}was replaced" in found.lead
    assert NONE in assessed(WEAK).lead


REMOVED_ONE = "why “good (Stronger model)” (140 of 150) was"


def test_removed_result_that_gave_another_verdict_is_confirmed_first() -> None:
    gone = replace(GOOD, is_removed=True)

    found = assessed(WEAK, gone)

    assert f"confirms in words {REMOVED_ONE} removed" in checks(found)
    assert found.advice is not None
    assert not found.advice.is_approved


def test_removed_result_of_scores_is_named_with_their_mean() -> None:
    gone = replace(GOOD, passed=None, mean=Decimal("0.93"), is_removed=True)

    said = "why “good (Stronger model)” (mean score 0.93) was removed"

    assert said in checks(assessed(WEAK, gone))


def test_result_replaced_by_one_on_other_cases_is_confirmed_first() -> None:
    was = ReplacedResult(
        kind="stronger",
        model="good",
        cases=150,
        passed=140,
        sha256="2" * 64,
        tested="a" * 12,
    )
    later = replace(WEAK, replaced=(was,))

    same_cases = assessed(replace(later, tested="a" * 12))
    other_cases = assessed(replace(later, tested="b" * 12, apart=(("a" * 12, 0),)))

    assert REMOVED_ONE not in checks(same_cases)
    assert f"{REMOVED_ONE} replaced by a result on other cases" in checks(other_cases)


def test_removed_result_that_changes_no_verdict_is_no_check() -> None:
    gone = replace(WEAK, id="c2", model="other", is_removed=True)

    assert "confirms in words why" not in checks(assessed(WEAK, gone))
