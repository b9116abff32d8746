"""What a step takes comes before it, and nothing that is ruled out is tested."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates
from audits.scoring.summary.first_steps import first_steps
from audits.scoring.summary.plan import Plan, plan_of

FRAMEWORK, DAY = current(), date(2026, 11, 29)
FACTS: dict[str, Any] = {
    "goal": ["knowledge", "change"],
    "state": "live_tuned",
    "tried": ["demo"],
    "eval": "person_checks",
    "incumbent": "not_measured",
    "task_shape": "narrow_shifting",
    "component": "generator",
    "examples": "thousands",
    "change_rate": "monthly",
    "knowledge_size": "huge",
}
NUMBERS = {
    "requests": "9000",
    "prefix_tokens": "1200",
    "variable_tokens": "600",
    "output_tokens": "250",
    "knowledge_tokens": "1032000",
    "model": "gpt-6-luna",
    "tuned_model": "gpt-4.1-mini",
    "today": "fine_tune_hosted",
}


def plan(target: str | None, numbers: dict[str, str] = NUMBERS, **facts: Any) -> Plan:
    inputs = Inputs(codes=read(FRAMEWORK, FACTS | facts), levels={}, numbers=numbers)
    share = None if target is None else Decimal(target)
    inputs = replace(inputs, candidates=Candidates(target=share))
    return plan_of(FRAMEWORK, assess_on(FRAMEWORK, inputs, DAY), inputs)


def ids(found: Plan) -> list[str]:
    return [card.id for card in found.first]


def test_test_set_comes_before_the_step_that_takes_it() -> None:
    for target, before in ((None, ["set_target"]), ("0.97", [])):
        first = ids(plan(target))

        assert first[: len(before) + 1] == [*before, "eval"]
        assert "incumbent" in first


def test_test_set_that_is_there_is_not_built_again() -> None:
    assert ids(plan("0.97", eval="small_set"))[0] == "incumbent"


def test_what_can_change_the_verdict_comes_before_what_waits_for_a_target() -> None:
    first = ids(plan(None))

    assert first.index("incumbent") < first.index("test_advised")


def test_prompt_that_cannot_be_read_is_not_tested() -> None:
    out, may = plan(None), plan(None, NUMBERS | {"knowledge_tokens": "9000"})

    assert "tried" not in [card.id for card in out.cards]
    [live] = [card for card in out.cards if card.id == "incumbent"]
    assert live.kinds == ("live",)
    assert "tried" in [card.id for card in may.cards]


def test_result_names_the_same_first_steps() -> None:
    inputs = Inputs(codes=read(FRAMEWORK, FACTS), levels={}, numbers=NUMBERS)
    assessment = assess_on(FRAMEWORK, inputs, DAY)
    cards = plan_of(FRAMEWORK, assessment, inputs)

    named = [x.card.id for x in first_steps(assessment, cards.cards)]

    assert named == ids(cards)[:3]
