"""Page 1 asks for what is decided: no year of running where measuring comes first."""

import re

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.rounding import written
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.decision_words import decision_words, money_note, once_lawful
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.of_assessment import is_plan_missing, money_of, role_of
from audits.scoring.money.states import PlanState
from audits.scoring.options.option_rows import option_rows
from audits.scoring.options.options import options, unit
from tests.scoring.costs.worked_decisions import DAY, GIVEN, assessed, money
from tests.scoring.test_claims_beside_proof import SPEED
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS

LATER = ANSWERS["fine_tune_after_mlops"]


def test_people_are_said_to_be_within_the_month_of_what_they_run() -> None:
    found = money(LATER, today="prompt")
    alone = money(LATER, today="prompt", mlops_share_trained="0")
    # A quarter of $180,000 a year.
    people = found.chosen.month.expected - alone.chosen.month.expected
    assert people == 180_000 / 4 / 12

    assert f" less ${written(12 * people)} for the same people: " in found.parts


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "The $93,000 is $48,000 once to set up 4 practices that are missing"),
        (("fte_cost",), " is $48,000 once to set up 4 practices that are missing, and"),
        (("mlops_share_trained",), " and $45,000 over 12 months for the people who"),
    ],
)
def test_amount_for_people_that_nobody_entered_is_said_to_be_assumed(
    given: tuple[str, ...], said: str
) -> None:
    left_out = {"fte_cost", "mlops_share_trained"} - {*given}
    numbers = {key: x for key, x in GIVEN.items() if key not in left_out}
    inputs = Inputs(codes=codes_of(dict(LATER)), levels=LEVELS, numbers=numbers)

    found = money_of(assess_on(current(), inputs, DAY))

    assert found is not None
    assert found.kind == "fund"
    assert said in found.parts
    assert ("assumed)" in found.asks) is not bool(given)


def test_stop_saves_what_its_two_plans_differ_by() -> None:
    found = money(ANSWERS["stop_fine_tuning"], today="fine_tune_own")

    assert found.today is not None
    assert found.saving_year == found.today.year.expected - found.chosen.year.expected


def test_what_training_asks_for_comes_to_its_12_months() -> None:
    found = money(ANSWERS["distil"])

    now, month, later, year = (
        int(amount.replace(",", ""))
        for amount in re.findall(r"\$([\d,]+)", f"{found.parts} {found.asks}")[:4]
    )

    assert found.parts == (
        "Asked for: $19,783 at the start, $9,349 a month after that, and $9,683 once."
    )
    assert found.asks.startswith("Once the 3 checks pass: this asks for $141,654 (")
    assert now + 12 * month + later == year


def test_option_of_measuring_has_12_months_as_all_others_have() -> None:
    found = assessed(ANSWERS["gather_evidence"], today="fine_tune_own")
    money_found = money(ANSWERS["gather_evidence"], today="fine_tune_own")
    rows = {option.name: option for option in options(current(), found)}
    first, meanwhile = rows["Gather evidence first"], rows["Few-shot"]

    assert first.why == "Recommended; to measure, with 12 months of “Few-shot”"
    # The decision asks for what is paid once.
    both = 2800 + money_found.one_off
    assert f"This asks for about ${both:,.0f} (" in money_found.asks
    assert meanwhile.why == "Used meanwhile"
    # 2,800 to measure and 23,434 of 12 months are what the note below it says.
    amounts = [int(x.cost.split(" ")[0].replace(",", "")) for x in (first, meanwhile)]
    assert amounts == [26_234, 23_434]
    assert "come to $26,234." in money_found.note
    # What the law calls a high risk is not used before it may be.
    risky = assessed(
        ANSWERS["gather_evidence"] | {"regulatory": "high_risk"}, today="fine_tune_own"
    )
    said = decision_words(current(), risky, money_of(risky))
    lawful = once_lawful(risky, money_of(risky))  # as the result says it
    assert lawful.endswith("“Few-shot” serves only once its legal checks are done.")
    assert said.endswith(lawful)
    assert once_lawful(found, money_found) == once_lawful(risky, None) == ""
    assert "legal" not in decision_words(current(), found, money_found)


def to_be_shown(**numbers: str) -> Assessment:
    """Return a verdict to train whose right to the data nothing shows."""
    levels: dict[str, EvidenceLevel] = dict.fromkeys(SPEED, "documented")
    inputs = Inputs(
        codes=dict(SPEED),
        levels=levels | {"data_rights": "asserted"},
        numbers=GIVEN | numbers,
    )
    return assess_on(current(), inputs, DAY)


def test_work_before_training_is_neither_named_as_that_nor_free() -> None:
    found = to_be_shown(requests="9000000")

    lines = [x for row in option_rows(options(current(), found)) for x in row.lines]

    told = {x.name: (x.amount, x.range, x.why) for x in lines}
    assert unit(found) == "US$ thousand"
    assert told["2 hours of proof"] == ("0.2", "0.1–0.4", "Recommended before “Distil”")
    assert told["Distilled model"][0] == "142"
    assert "Distil" not in told


def test_option_that_serves_meanwhile_says_that_its_price_lacks_documents() -> None:
    sourced = {"traceability": "required", "knowledge_size": "small"}
    answers = ANSWERS["gather_evidence"] | sourced
    found = assessed(answers, today="fine_tune_own", knowledge_tokens=None)

    rows = {option.name: option for option in options(current(), found)}

    assert role_of(found) == "meanwhile"
    assert rows["Prompt"].why == "Used meanwhile; documents not priced"


def test_plan_that_is_held_says_which_part_is_paid_all_the_same() -> None:
    gathers, today = ANSWERS["gather_evidence"], "fine_tune_own"
    waits, serves = (
        money_of(assessed(gathers, today=today, ready_months=months), "planned")
        for months in ("3", "0")
    )
    assert waits
    assert serves

    # 5 days at 800 and 20 examples at 1.50 to set it up, then 3 × 1,592.
    assert waits.asks.endswith(
        "Once approved, this holds $112,250 planned for “Tuned open model”."
    )
    assert waits.parts.endswith(
        "; the plan’s $112,250 includes $8,806 for “Few-shot” before its model is "
        "ready."
    )
    assert "includes" not in serves.parts
    assert serves.asks.endswith(
        "Once approved, this holds $141,094 planned for “Tuned open model”."
    )


@pytest.mark.parametrize(
    ("today", "state", "may_be_paid"),
    [
        ({}, "running", True),
        ({}, "planned", False),
        ({}, "stopped", False),
        ({"today": "prompt"}, "running", False),
    ],
)
def test_part_of_it_may_be_paid_already_where_nobody_named_what_runs(
    today: dict[str, str], state: PlanState, may_be_paid: bool
) -> None:
    found = assessed(ANSWERS["rag"], **today)

    note = money_note(found, money_of(found, state))

    assert ("some of this may be paid already" in note) is may_be_paid
    assert is_plan_missing(found, state) is may_be_paid


def test_nothing_of_it_is_missing_before_any_number_is_entered() -> None:
    found = assess_on(current(), Inputs(codes=codes_of(ANSWERS["rag"])), DAY)

    assert found.costs is None
    assert not is_plan_missing(found, "running")
