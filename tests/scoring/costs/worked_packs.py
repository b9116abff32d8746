"""Sums of docs/worked_costs.md that a pack of decisions adds up."""

from decimal import Decimal

from audits.reports.packs.pack_money import totals
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.sums.money_sums import Decided
from tests.scoring.costs.worked_decisions import (
    Numbers,
    assessed,
    measuring,
    money,
    of_today,
    price,
)
from tests.scoring.twelve_verdicts import ANSWERS


def v23() -> Numbers:
    answers, numbers = ANSWERS["gather_evidence"], {"today": "fine_tune_own"}
    first = measuring(assessed(answers, **numbers))
    more = measuring(assessed(answers, **numbers, engineer_day="1000"))
    assert first.amount is not None
    assert more.amount is not None
    one = totals([decided("gather_evidence", "planned", **numbers)])
    [held] = [line.amount for line in one.lines if line.kind == "hold"]
    assert held is not None
    return {
        "hours": first.hours,
        "spend": first.amount.expected,
        "spend_at_1000_a_day": more.amount.expected,
        "held": held.expected,
        "released": len(one.released),
    }


def decided(verdict: str, state: PlanState = "running", **numbers: str) -> Decided:
    """Return a decision as the overview of a pack has it."""
    found = assessed(ANSWERS[verdict], **numbers)
    assert found.verdict == verdict
    return Decided(
        name=verdict,
        family=None if found.prerequisite else found.family,
        money=money_of(found, state),
        state=state,
        measuring=measuring_cost(found),
    )


# Each kind that a pack can ask for and that has money.
SEVEN: tuple[tuple[str, PlanState, dict[str, str]], ...] = (
    ("stop_fine_tuning", "running", {"today": "fine_tune_own"}),
    ("few_shot", "planned", {"today": "prompt"}),
    ("distil", "planned", {}),
    ("fine_tune_after_mlops", "planned", {"today": "prompt"}),
    ("gather_evidence", "running", {"today": "fine_tune_own"}),
    ("keep", "running", {"today": "fine_tune_own"}),
    ("migrate", "running", {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}),
)


def seven() -> list[Decided]:
    return [decided(verdict, state, **numbers) for verdict, state, numbers in SEVEN]


def v24() -> Numbers:
    found = totals(seven())
    lines = {(line.state, line.kind, line.head): line for line in found.lines}

    def amount(*key: str) -> Decimal:
        line = lines[key]  # type: ignore[index]
        assert line.amount is not None
        return line.amount.expected

    examples = assessed(ANSWERS["few_shot"], today="prompt")
    planned = money(ANSWERS["few_shot"], today="prompt")
    return {
        "examples_month": price(examples, "few_shot").month.expected,
        "examples_year": planned.chosen.year.expected,
        "prompt_year": of_today(planned).year.expected,
        "running_ended": amount("running", "end", "Running"),
        "running_spend": -amount("running", "spend", "Running"),
        "running_net": amount("running", "net", "Running"),
        "planned_ended": amount("planned", "end", "Planned"),
        "planned_spend": -amount("planned", "spend", "Planned"),
        "planned_net": amount("planned", "net", "Planned"),
        "new_spend": -amount("proposed", "spend", "New"),
        "measured_spend": -amount("proposed", "spend", "Measurements"),
        "running_held": amount("running", "hold", "Hold"),
        "funded_spend": -amount("proposed", "spend", "Training"),
    }
