"""What a test has made is there, and the same work costs the same in all options."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.building_costs import TEST_SET
from audits.scoring.costs.cost_numbers import TRAINED, PricedTechnique
from audits.scoring.money.rows import row_of
from audits.scoring.pricing.cost_plan import CostPlan
from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.sums.year_parts import row_in_short
from tests.scoring.costs.worked_decisions import DAY, GIVEN, inputs_of
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS

WRITTEN = {"Write and test the prompt", "Write and test the prompt with examples"}
EXAMPLE, USUAL = Decimal("1.5"), 200  # dollars, and cases of a test set


def plan(cases: int, *kinds: ScoredKind) -> CostPlan:
    """Price what few-shot is advised beside, with results on as many cases."""
    given = inputs_of(ANSWERS["few_shot"], (), {**GIVEN, "eval_cases": str(USUAL)})
    if kinds:
        rows = (scored(kind, cases * 4 // 5, cases) for kind in kinds)
        given = replace(given, candidates=candidates(*rows))
    found = assess_on(current(), given, DAY)
    assert found.costs
    return found.costs.plan


def work_of(found: CostPlan) -> dict[str, dict[PricedTechnique, Decimal]]:
    """What is paid once before an untrained technique runs, by the work that it is."""
    work: dict[str, dict[PricedTechnique, Decimal]] = defaultdict(dict)
    for cost in found.techniques:
        if cost.price and cost.technique not in TRAINED:
            for line in cost.price.calendar.one_offs:
                kind = "written" if line.what in WRITTEN else line.what
                work[kind][cost.technique] = line.amount
    return work


@pytest.mark.parametrize(
    ("cases", "kinds"),
    [
        (0, ()),
        (30, ("prompt",)),
        (120, ("prompt", "examples")),
        (199, ("examples",)),
        (200, ("prompt",)),
    ],
)
def test_equal_work_costs_equal_whatever_was_tested(
    cases: int, kinds: tuple[ScoredKind, ...]
) -> None:
    work = work_of(plan(cases, *kinds))

    for amounts in work.values():
        assert len({*amounts.values()}) == 1
    # What a test made is there; all others pay for what its test set lacks.
    made: dict[ScoredKind, PricedTechnique] = {
        "prompt": "prompt",
        "examples": "few_shot",
    }
    built = {made[kind] for kind in kinds}
    rest = work[f"G{TEST_SET}"]
    assert {*rest} == {"prompt", "few_shot", "few_shot_retrieved", "rag"} - built
    assert {*rest.values()} == {(USUAL - cases) * EXAMPLE}
    assert not built & {*work["written"]}


def test_row_says_what_is_built_already_and_what_has_to_be() -> None:
    def said(cases: int, *kinds: ScoredKind) -> str:
        price = plan(cases, *kinds).of("prompt").price
        assert price
        return row_in_short(row_of("prompt", price, ("cheapest_other",), "running"))

    assert said(0) == "$4,300 once to build"
    assert said(30, "prompt") == "already built"
    assert said(30, "examples") == "$4,255 once to build"
