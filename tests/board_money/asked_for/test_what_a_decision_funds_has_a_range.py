"""What is asked for before a training has a price, a range and no circle."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.reports.one_page.evidence_said import evidence_said
from audits.scoring.assess_on import assess_on
from audits.scoring.board.box_words import asked_in_box
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.of_assessment import ruled_out
from audits.scoring.options.options import options
from audits.scoring.results_behind.approved_on import approval_in_short
from audits.scoring.sums.asked.funded import funded
from audits.scoring.sums.money_sums import Decided, sum_lines
from tests.scoring.costs.worked_decisions import DAY, assessed, money
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS, SLOW
from tests.scoring.worked_cases import TRAINING_CASE
from tests.scoring.worked_numbers import CALLS

LATER = ANSWERS["fine_tune_after_mlops"]
PEOPLE = ("engineer_day", "practice_days", "fte_cost", "mlops_share_trained")
ASSUMED = dict.fromkeys(PEOPLE)
# The rest of what a prompt takes is assumed as well.
MEASURED = {"engineer_day": None, "label_cost": None, "today": "fine_tune_own"}


def test_practices_that_are_missing_are_priced_with_the_people() -> None:
    found = money(LATER | {"mlops": "partial"}, today="prompt", **ASSUMED)

    # 2 practices of 15 days at 800: 24,000, less 12,000 with one, 16,000 with 5 days,
    # 9,000 at 500 a day. People: 45,000, less 27,000 at 10%, 15,000 at 120,000 a year.
    # √(12² + 16² + 9² + 27² + 15²) = 37.88, and √(24² + 21² + 45² + 30²) = 62.79.
    assert found.asks == (
        "This asks for about $69,000 ($31,118 to $131,785, assumed) over 12 months. No "
        "planned spending ends. The 12 months buy readiness, and no better answers: "
        "the use case’s owner chooses whether “Prompt” serves until training is "
        "approved. Training needs a second approval."
    )
    assert found.parts.startswith(
        "The $69,000 is $24,000 once to set up 2 practices that are missing, and "
        "$45,000 over 12 months for the people who run the model; with “Prompt” in "
        "these 12 months, that is $85,248. After a second approval, training "
    )
    [chosen] = [
        x.cost
        for x in options(
            current(), assessed(LATER | {"mlops": "partial"}, today="prompt", **ASSUMED)
        )
        if x.is_chosen
    ]
    # The plan goes on, so both are paid: 69,000 + 16,248.
    assert chosen.split()[0] == "85,248"


def test_second_approval_comes_on_top_of_the_people_who_are_funded() -> None:
    found = money(LATER | {"mlops": "partial"}, today="prompt", ready_months="3")

    # 19,303 + 3 × 1,354 + 9 × 9,349. People are in 9 of the months: 9 × 3,750. So
    # 107,506 - 33,750 comes on top of 24,000 and 45,000: 69,000 + 73,756 = 142,756.
    assert found.parts.endswith(
        "with “Prompt” in these 12 months, that is $85,248. After a second approval, "
        "training in place of “Prompt” adds $73,756 if it began at once, the $107,506 "
        "less $33,750 for 9 months of the same people: $142,756 ($128,158 to $176,940) "
        "in all."
    )
    year, once = found.chosen.year, found.chosen.calendar.once
    assert [int(x) for x in (year.low, year.high, once)] == [99_194, 141_690, 19_303]


def test_model_that_is_not_ready_in_time_needs_no_people_yet() -> None:
    found = money(LATER | {"mlops": "partial"}, today="prompt", ready_months="12")

    # 35,551 in the 12 months, of which 12 × 1,354 is for “Prompt” until it is ready.
    assert found.chosen.year.expected == 35_551
    assert "for the same people" not in found.parts
    assert (
        "adds $35,551 if it began at once: $104,551 ($89,953 to $138,735) in all."
        in found.parts
    )


@pytest.mark.parametrize(
    ("mlops", "once"), [("none", "$48,000"), ("partial", "$24,000")]
)
def test_fewer_practices_cost_more_to_set_up(mlops: str, once: str) -> None:
    found = money(LATER | {"mlops": mlops}, today="prompt")

    assert f" is {once} once to set up " in found.parts


def test_team_replaces_the_days_of_a_practice() -> None:
    found = money(LATER, today="prompt", practice_days="10", engineer_day="1000")
    assert found.practices is not None

    # 4 practices of 10 days at 1,000, one less at the low end.
    assert found.practices.expected == 40_000
    assert found.practices.low == 30_000
    assert found.practices.high == 40_000
    assert not found.practices.is_assumed


def test_what_is_funded_is_12_months_of_people_and_the_practices_once() -> None:
    found = funded(money(LATER, today="prompt", **ASSUMED))

    assert found
    assert found.once == Decimal(48000)
    assert found.year.expected == 45_000 + found.once


def test_people_and_practices_cost_the_same_from_a_later_day() -> None:
    found = money(LATER, today="prompt", **ASSUMED)
    start = found.chosen.calendar.months[0].start
    [line] = sum_lines(
        [Decided(name="A use case", family="tune", money=found)],
        start + timedelta(days=11),
    )

    # 45,000 for people in any 12 months, and 48,000 once.
    assert line.amount
    assert line.amount.expected == -93_000
    assert line.from_day == line.amount


def test_nothing_is_funded_where_nobody_asks_for_it() -> None:
    assert funded(None) is None
    assert funded(replace(money(LATER, today="prompt"), state="stopped")) is None
    assert funded(money(ANSWERS["rag"], today="prompt")) is None


def test_pack_approves_what_the_decision_funds_and_not_yet_the_training() -> None:
    later = assessed(LATER | {"mlops": "partial"}, today="prompt", **ASSUMED)

    assert approval_in_short(current(), later) == (
        "Approve $69,000 for what it takes to run a model; training: not yet"
    )


def test_measuring_has_the_range_of_its_hours_and_of_a_day() -> None:
    found = money(ANSWERS["gather_evidence"], **MEASURED)
    assert found.measuring is not None
    assert found.measuring.amount is not None

    # 28 hours are 3.5 days at 800: less 1,050 at 500, 840 in 0.7 of the time.
    assert found.measuring.amount.expected == 2_800
    assert found.measuring.amount.low == 1_455
    # More: 2,450 at 1,500, 2,800 in twice the time.
    assert found.measuring.amount.high == 6_521


def test_ask_has_one_range_in_which_a_day_moves_both_parts() -> None:
    found = money(ANSWERS["gather_evidence"], **MEASURED)

    # Few-shot: 5 days, 200 cases and 20 examples at 1.50: 4,330. At 500 a day, both
    # parts cost 2,550 less; else 2,400 with 2 days, 840 in 0.7 of the time, 150 with
    # 100 cases, 308 at 0.10 an example, 15 with 10 examples:
    # √(2,550² + 2,400² + 840² + 150² + 308² + 15²) = 3,617.
    assert found.asks.startswith(
        "This asks for about $7,130 ($3,513 to $15,064), to measure and to set up "
        "“Few-shot” meanwhile."
    )
    assert found.parts.startswith(
        "The $7,130 is one-off: $2,800 measures, and $4,330 sets up “Few-shot”. With "
        "$1,592 a month, the 12 months cost $26,234"
    )
    box = asked_in_box(f"Agree to 28 hours of it. {found.asks}", found.parts)
    assert box.amount.startswith(
        "This is the expected cost (range $3,513 to $15,064) to measure and to set up "
        "“Few-shot” meanwhile, paid once. The 12 months, $26,234 in all with $1,592 a "
        "month, are asked for once the measurements are done."
    )


def test_equal_sums_are_not_said_to_cost_less() -> None:
    # 12 × 9,349 + 16,483 + 9,683 and 12 × 9,349 + 16,003 + 9,603, in thousands.
    found = assessed(SLOW, today="prompt", requests="10000000", label_cost="0")
    rows = {x.name: x for x in options(current(), found)}
    distilled, tuned = rows["Distil"], rows["Tuned open model"]
    assert distilled.cost.split()[0] == tuned.cost.split()[0] == "138"

    assert tuned.why.startswith("Costs about the same, but the rule “")


def test_what_is_only_asserted_is_not_called_proven() -> None:
    found = assessed(TRAINING_CASE)
    assert found.advice
    said = replace(found.advice, strength=replace(found.advice.strength, id="said"))
    settled = evidence_said(current(), found)
    first = "1 open question may add a first step: Oversight."
    itself = "No unanswered question can change the verdict itself"
    assert settled.endswith(f"{itself}. {first}")

    alone = evidence_said(current(), replace(found, advice=said))

    assert alone.endswith(f"{itself}, but some answers are only asserted. {first}")


def test_examples_are_ruled_out_by_the_test_that_had_them_in_the_prompt() -> None:
    codes = ANSWERS["keep"] | {
        "domain_vocab": "private",
        "domain_evidence": "base_fails",
    }
    levels = LEVELS | {"domain_evidence": "measured"}
    inputs = Inputs(codes=codes_of(codes), levels=levels, numbers=CALLS)

    shown = assess_on(current(), inputs, DAY)
    said = assess_on(current(), replace(inputs, levels=LEVELS), DAY)

    assert ruled_out(shown)["few_shot"] == "it failed on special terms"
    assert "few_shot" not in ruled_out(said)
