"""What a paper said of a month: its range, and the use of the model behind it."""

from dataclasses import dataclass, replace
from datetime import date

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring.assess_on import given_to
from audits.scoring.calendars.technique_costs import CALLS, Calls, model_of
from audits.scoring.causes.split import SaidUsage
from audits.scoring.costs.cost_inputs import CostInputs, Scenario
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.advised_ways import holds_documents
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.known import known_of, prices_documents
from audits.scoring.money.of_assessment import recommended_way
from audits.scoring.money.rows import MoneyRow, row_of
from audits.scoring.numbers.currency import in_dollars
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.on_smaller import advised_on_smaller
from audits.scoring.pricing.cost_plan import (
    Band,
    CostPlan,
    Price,
    price_of,
    priced_or_why,
)
from audits.scoring.pricing.pricing import Numbers, inputs_of
from audits.scoring.proposals.proposal_parts import without_proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a paper said of a month of what it recommends.

    `month` is the running month in US dollars as the paper tells it, with the lowest
    and highest to expect: no chance belongs to them. `year` is its 12 months as the
    paper prints them, with what is paid once. `on` is the day of its prices. A new
    model serves from a later day, `serves_from`; until then, something else does.
    `model` is the id of the model, of which it may be a tuned one. `then` says what a
    month costs in the paper after the last known change; empty if that changes nothing.
    Where the prices of that day end within a week, the month is at those that follow,
    which stay from `stays_from` on.
    """

    on: date
    serves_from: date
    technique: PricedTechnique
    month: Band
    year: Band
    usage: SaidUsage
    model: str
    is_tuned: bool
    then: str = ""
    stays_from: date | None = None

    @property
    def prices_of(self) -> date:
        """The day whose prices its month has."""
        return self.stays_from or self.on


class NotComparedError(Exception):
    """Months cannot be compared with a paper; says why, in a sentence for a page."""


def said_of(framework: Framework, assessment: Assessment) -> Said:
    """Return what the paper of an assessment said of a month.

    The assessment keeps what a month costs, and not the tokens and prices behind it. So
    these are priced again with the facts in force, and must give the same month.

    Args:
        framework: The framework of the assessment.
        assessment: A frozen assessment.

    Raises:
        NotComparedError: It states no month that usage can be compared with.
    """
    if assessment.costs is None:
        raise NotComparedError("The paper has no numbers, so it states no cost.")
    plan = assessment.costs.plan
    technique = recommended_way(assessment, plan)
    price = plan.of(technique).price if technique else None
    if technique is None or price is None:
        raise NotComparedError("The paper gives no price for what it recommends.")
    tested = assessment.costs.by_results
    if tested and tested.technique == technique:
        raise NotComparedError(_BY_RESULTS)
    if technique not in CALLS:
        raise NotComparedError(
            "The technique in the paper runs on machines paid by the hour. Usage does "
            "not show its cost."
        )
    numbers = _numbers(framework, assessment, plan)
    inputs = inputs_of(catalogue(plan.on), numbers)
    row = row_of(technique, price, (), "running")
    day = row.first_ends or inputs.on
    found = _calls(technique, inputs, price.month, day)
    model, is_tuned = _model(technique, inputs, numbers)
    inputs.forget()
    month = _told(row, price)
    wait = price.calendar.wait
    return Said(
        on=plan.on,
        serves_from=wait.until if wait else plan.on,
        technique=technique,
        month=month,
        year=price.year_as_printed,
        usage=SaidUsage(
            traffic=found.traffic, prices=found.prices, month=month.expected
        ),
        model=model,
        is_tuned=is_tuned,
        then="" if row.first_ends else row.then,
        stays_from=row.first_ends,
    )


def _model(
    technique: PricedTechnique, inputs: CostInputs, numbers: Numbers
) -> tuple[str, bool]:
    """Return the id of the model that a technique calls, and whether it is tuned."""
    model = model_of(technique, inputs)
    ids = {"smaller": numbers.smaller, "tuned": numbers.tuned, "model": numbers.model}
    role = next(role for role in ids if getattr(inputs, role) is model)
    return ids[role] or "", model is not None and model is inputs.tuned


def _told(row: MoneyRow, price: Price) -> Band:
    """Return a month as the paper tells it, as expected with its cents."""
    if not row.first_ends:
        return price.month
    return replace(row.told, expected=price.calendar.months[-1].running)


def _numbers(framework: Framework, assessment: Assessment, plan: CostPlan) -> Numbers:
    known = known_of(framework, assessment.codes)
    given = in_dollars(without_proposal(assessment.numbers), plan.on)
    if given is None:
        raise NotComparedError(_OTHER_FACTS)
    by_hand = given_to(assessment)[0].codes
    return replace(
        numbers_of(given),
        smaller_failed=known.smaller_failed,
        is_live=known.is_live,
        examples_on_smaller=known.examples_on_smaller,
        on_smaller=advised_on_smaller(assessment),
        by_results=assessment.costs.by_results if assessment.costs else None,
        adds_documents=prices_documents(assessment) and not holds_documents(by_hand),
    )


def _calls(
    technique: PricedTechnique, inputs: CostInputs, month: Band, day: date
) -> Calls:
    """Return the calls of a technique at the prices of a day.

    A month of them must cost on the day of the paper what that keeps.
    """
    found = priced_or_why(technique, inputs)
    if isinstance(found, str) or price_of(found).month != month:
        raise NotComparedError(_OTHER_FACTS)
    return CALLS[technique](Scenario(inputs=inputs, day=day))


_BY_RESULTS = (
    "The paper prices the calls by the results of a test, so it has no price of a "
    "token to compare their usage with."
)
_OTHER_FACTS = (
    "This installation uses different market facts from the paper, so it does not know "
    "which prices the paper had."
)
