"""What is already paid for a planned training, which its 12 months leave out."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from audits.scoring.costs.building_costs import BUILDS, TEST_SET, Line
from audits.scoring.costs.cost_inputs import CostInputs, Scenario
from audits.scoring.costs.cost_numbers import TRAINED, PricedTechnique

PAID = "Paid for training already"


def paid_training(technique: PricedTechnique, inputs: CostInputs) -> tuple[Line, ...]:
    """Return the line of it; none for what is no plan of today, or where nobody knows.

    Source: docs/method.md, formula 13.
    """
    is_planned = technique == inputs.today and not inputs.is_made(technique)
    if not is_planned or "training_paid" not in inputs.given or technique not in _PAID:
        return ()
    return (_PAID[technique],)


def _paid(technique: PricedTechnique, scenario: Scenario) -> Decimal:
    """Return what is paid in dollars below 0, at most what the training costs.

    The test set is no part of that: whatever runs needs it, trained or not.
    """
    training = (line for line in BUILDS[technique] if TEST_SET not in line.what)
    costs = (line.price(scenario) for line in training)
    return -min(scenario.number("training_paid"), sum(costs, Decimal(0)))


_PAID: Mapping[PricedTechnique, Line] = {
    technique: Line(PAID, partial(_paid, technique)) for technique in TRAINED
}
