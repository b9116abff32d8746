"""Training waits for the test of a cheaper way that could lead to another verdict."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.results.first_action import first_action
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.explaining.advice import STRONGER_TEST, TO_SHOW, WAY_TEST
from audits.scoring.explaining.advice_rows import (
    NOT_YET,
    approval,
    asked,
    conditions,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.results_behind.approved_on import approval_in_short
from audits.scoring.scored.candidates import (
    Candidates,
    EarlierTarget,
    ScoredCandidate,
)
from audits.scoring.summary.plan import plan_of
from audits.scoring.ways_to_test.untested_ways import to_show
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import ON_OWN_GPUS

DAY = date(2026, 11, 29)
STRONGEST = ScoredCandidate(
    id="c1", kind="stronger", model="big", cases=150, passed=100, sha256="1" * 64
)
OPTIMISED = replace(STRONGEST, id="c2", kind="optimised", model="tuned prompt")
SPLIT = replace(STRONGEST, id="c3", kind="split", model="in parts")
OF = "a prompt that an optimiser rewrote"
LEADS = "prompt (improved after its failed test)"


def assessed(
    *rows: ScoredCandidate,
    moved: tuple[EarlierTarget, ...] = (),
    levels: dict[str, Any] | None = None,
    **answers: Any,
) -> Assessment:
    given = read(current(), TRAINING_CASE | answers)
    given = {q: x for q, x in given.items() if q != "teacher"}
    inputs = Inputs(
        codes=given,
        levels=TRAINING_LEVELS | (levels or {}),
        numbers=ON_OWN_GPUS,
        candidates=Candidates(rows=rows, target=Decimal("0.9"), moved=moved),
    )
    return assess_on(current(), inputs, DAY)


def checks(found: Assessment) -> list[str]:
    assert found.advice is not None
    return [each.id for each in found.advice.subject_to]


def test_training_waits_for_the_cheaper_way_that_could_replace_it() -> None:
    found = assessed(STRONGEST)

    assert found.verdict == "fine_tune"
    assert found.advice is not None
    assert found.advice.standing == "subject_to"
    [check] = found.advice.subject_to
    assert check.id == WAY_TEST
    assert check.says == (
        f"once the team has tested {OF} (16 h, $1,600; could lead to “{LEADS}”)"
    )
    assert found.headline.startswith("Prepare fine-tuning: ")
    assert check.says in found.headline
    assert "Go ahead" not in found.headline


def test_done_it_is_gone_and_the_next_way_follows() -> None:
    done = assessed(STRONGEST, OPTIMISED)
    all_done = assessed(STRONGEST, OPTIMISED, SPLIT)

    assert done.advice is not None
    assert [x.says.partition(" (")[0] for x in done.advice.subject_to] == [
        "once the team has tested the job split into smaller calls"
    ]
    assert all_done.advice is not None
    assert all_done.advice.standing == "approve"
    assert all_done.headline.startswith("Go ahead and fine-tune: ")


def test_model_that_may_not_be_used_is_no_test() -> None:
    barred = replace(STRONGEST, is_allowed=False)

    found = assessed(barred, OPTIMISED, SPLIT, tried=["instructions", "examples"])

    assert STRONGER_TEST not in checks(found)


def test_way_that_was_tried_and_documented_is_no_check() -> None:
    ways = ["instructions", "examples", "stronger_model", "optimised", "split"]

    found = assessed(STRONGEST, tried=ways)
    told = assessed(STRONGEST, tried=ways, levels={"tried": "asserted"})

    assert not checks(found)
    assert told.advice is not None
    assert not told.advice.is_approved


def test_check_of_a_moved_target_has_no_step_below() -> None:
    before = EarlierTarget(target=Decimal("0.65"), by="Rosa", on=DAY)
    found = assessed(STRONGEST, OPTIMISED, SPLIT, moved=(before,))
    plan = plan_of(current(), found, given_to(found)[0])
    assert checks(found) == ["moved_target"]
    cards = plan.cards or plan_of(current(), assessed(STRONGEST)).cards

    first = first_action(current(), found, cards)

    assert first is not None
    assert "(no step below)" in first.names_parts
    assert found.headline.startswith("Prepare fine-tuning: ")
    assert "once the sponsor or the reviewer confirms the target" in found.headline


NOT_SHOWN = {"data_rights": "asserted", "example_quality": "asserted"}


def test_open_test_does_not_hide_what_nothing_shows() -> None:
    found = assessed(STRONGEST, OPTIMISED, levels=NOT_SHOWN)

    assert found.advice is not None
    assert found.advice.standing == "not_shown"
    assert checks(found) == [WAY_TEST, TO_SHOW]
    assert conditions(found)[1] == (
        "A link or file shows 2 answers (10 h, $1,000): right to train, agreement of "
        "experts"
    )
    assert approval(found.advice) == (
        f"{NOT_YET}: 2 checks are answered without evidence, and 1 more is open."
    )
    assert found.headline.startswith("Prepare fine-tuning; do not approve it yet: ")
    both = found.advice.showing_hours + found.advice.testing_hours
    assert asked(current(), found) == (
        f"Agree to {both} hours of work to show 2 answers and close 1 more check, then "
        "decide on training."
    )
    assert approval_in_short(current(), found).startswith(NOT_YET)
    cost = measuring_cost(found)
    assert cost is not None
    assert cost.hours == both


def test_three_answers_without_evidence_are_all_named() -> None:
    found = assessed(STRONGEST, levels=NOT_SHOWN | {"platform": "asserted"})

    assert conditions(found)[-1].endswith(
        ": right to train, agreement of experts, tuning service"
    )


def test_asserted_answer_closes_no_check_of_an_approval() -> None:
    opened = assessed(STRONGEST, OPTIMISED, SPLIT, data_rights="unknown")
    told = assessed(
        STRONGEST,
        OPTIMISED,
        SPLIT,
        levels={"data_rights": "asserted"},
        data_rights="restricted",
        mlops="unknown",
    )

    assert opened.advice is not None
    assert opened.advice.standing == "subject_to"
    assert told.advice is not None
    assert not told.advice.is_approved
    assert "right to train" in conditions(told)[-1]


def test_one_act_is_one_check() -> None:
    prompt = replace(STRONGEST, id="c2", kind="prompt", model="", passed=90)

    found = assessed(prompt, STRONGEST, tried=["instructions"])

    said = " ".join(conditions(found))
    assert said.count("examples in the prompt") == 1
    assert "The team has tested 10 to 20 examples in the prompt (" in said


@pytest.mark.parametrize(
    ("labels", "named"),
    [(4, "one, two, three, four"), (5, "one, two, three and 2 more")],
)
def test_one_more_answer_to_show_is_named(labels: int, named: str) -> None:
    found = assessed()
    assert found.advice
    answers = ("One", "Two", "Three", "Four", "Five")[:labels]
    advice = replace(found.advice, unproven_answers=answers, showing_hours=5)

    assert to_show(found, advice).says.endswith(f": {named}")
