"""Page 1 of each of the twelve verdicts lets a director vote."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from django_scopes import scope

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.models import Audit, Cover, PortfolioRow
from audits.reports.context import build_paper
from audits.reports.page_one import PageOne, page_one
from audits.reports.pdf_client import render_paper
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.exchange import document
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.for_board import for_board
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.scoring.options.option_reasons import goes_without_saying, why_not
from audits.scoring.options.options import options
from audits.services.portfolio.rows import update_portfolio_row
from tests.casting import Cast
from tests.examples import all_but
from tests.printed import Printed
from tests.reports.test_budgets import squeezed
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.once
# It asks for tests, and page 1 lists their outcomes; other tests print other verdicts.
OF_EVERY_RUN = ("gather_evidence",)

DAY = date(2026, 11, 24)
FRAMEWORK = current()
TRAINS = {"train_small_part", "distil", "fine_tune", "fine_tune_after_mlops"}


# A tuned model that moves, where nothing shows yet that its successor is trained.
COMPARED = "migrate, compared"
UNPROVED = {k: v for k, v in ANSWERS["migrate"].items() if k != "quality_gap"}


@cache
def assessed(verdict: str) -> Assessment:
    codes = read(FRAMEWORK, (ANSWERS | {COMPARED: UNPROVED})[verdict])
    levels = {name: level for name, level in LEVELS.items() if name in codes}
    inputs = Inputs(codes=codes, levels=levels, numbers=ON_OWN_GPUS)
    return assess_on(FRAMEWORK, inputs, DAY)


def one(verdict: str) -> PageOne:
    assessment = assessed(verdict)
    money = money_of(assessment)
    return page_one(FRAMEWORK, assessment, Cover(), "A case", money, on=DAY)


def test_every_verdict_has_answers_that_lead_to_it() -> None:
    assert set(ANSWERS) == set(FRAMEWORK.verdicts)
    assert {verdict: assessed(verdict).verdict for verdict in ANSWERS} == {
        verdict: verdict for verdict in ANSWERS
    }


@pytest.mark.parametrize(
    ("number", "more"),
    [
        (1, ""),
        (2, " A7 has one more."),
        (3, " A7 has 2 more."),
    ],
)
def test_page_1_has_the_first_reason_to_reconsider_and_counts_the_others(
    number: int, more: str
) -> None:
    found = assessed("keep")
    assert found.advice
    [first, *_] = found.advice.triggers
    alike = replace(found, advice=replace(found.advice, triggers=(first,) * number))

    page = page_one(FRAMEWORK, alike, Cover(), "A case", None, on=DAY)

    said = f"{page.change} {page.more_change}"
    assert said.endswith(f"Reconsider if: {lower_first(first.says)}{more}")


def test_page_1_reconsiders_no_move_whose_tests_the_board_has_just_approved() -> None:
    page = page_one(FRAMEWORK, assessed("migrate"), Cover(), "A case", None, on=DAY)

    said = f"{page.change} {page.more_change}"
    first = "Reconsider if: no successor passes the test on the same cases."
    assert said.endswith(f"{first} A7 has one more.")


@pytest.mark.thorough
@pytest.mark.parametrize("verdict", all_but(ANSWERS, OF_EVERY_RUN))
def test_page_1_is_one_page_and_says_all_that_a_director_votes_on(
    cast: Cast, verdict: str
) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(assessed(verdict))
        paper = build_paper(audit)
    pages = Printed(render_paper(paper)).words
    first, page, whole = pages[0], paper.one, squeezed(" ".join(pages))

    assert len(pages) <= 6
    name = paper.assessment.named.name
    # Nobody has signed it: what it will ask for is no command.
    head = page.asked if paper.frame == "early" else "Once signed off"
    assert paper.frame
    assert squeezed(page.decision_lead) not in squeezed(first)
    # The box has each in a line, and the appendix what that leaves out.
    in_box = f"{name}{page.recommended}", page.amount, page.follows
    for said in (
        head,
        page.asks_later,
        *in_box,
        page.terms,
        page.events[0],
        page.evidence,
    ):
        assert squeezed(said) in squeezed(first)
    # What the box has no room for is in the appendix; it may begin a row there.
    # The title and the box name the verdict in their own words.
    _, *rest = re.split(r"(?<=[.:]) ", for_board(paper.assessment.headline))
    # A clause of a move may be a row of the appendix, too.
    clauses = [clause for said in rest for clause in said.strip(".").split(", ")]
    for said in (*(clauses if verdict == "migrate" else rest), page.if_nothing):
        assert squeezed(said).lower() in whole.lower()
    # One check alone goes on with the sentence before it.
    for condition in page.checks:
        assert squeezed(condition) in squeezed(first)
    for line in page.outcomes:
        assert line in first


@pytest.mark.thorough
def test_the_articles_test_says_that_a_move_still_trains_a_successor(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(assessed(COMPARED))
        paper = build_paper(audit)
    said = " ".join(Printed(render_paper(paper)).words)

    move = "The move still trains a successor, to compare it on the same cases."
    assert f"Any one condition would allow it. {move}" in " ".join(said.split())


@pytest.mark.thorough
@pytest.mark.parametrize("verdict", ANSWERS)
def test_only_what_trains_is_approved_and_each_open_check_is_listed(
    verdict: str,
) -> None:
    said, advice = one(verdict), assessed(verdict).advice

    assert advice
    assert bool(said.standing) == (verdict in TRAINS)
    assert len(said.conditions) == len(advice.subject_to)
    assert not [text for text in said.conditions if text.startswith("once")]


@pytest.mark.thorough
@pytest.mark.parametrize("verdict", ANSWERS)
def test_options_begin_with_the_verdict_and_end_with_doing_nothing(
    verdict: str,
) -> None:
    options = one(verdict).options

    assert [option.is_chosen for option in options].index(True) == 0
    assert sum(option.is_chosen for option in options) == 1
    # To stop costs nothing; what is used instead does.
    if verdict == "stop_fine_tuning":
        assert options[0].name == "Retrieval"
    else:
        assert options[0].name == assessed(verdict).verdict_name
    assert options[-1].name.startswith("Do nothing")


@pytest.mark.parametrize("verdict", ANSWERS)
def test_each_technique_is_an_option_with_its_cost_or_why_it_has_none(
    verdict: str,
) -> None:
    assessment = assessed(verdict)
    assert assessment.costs
    money, today = money_of(assessment), todays_plan(assessment)
    told = {money.recommended.technique} if money and money.recommended else set()
    found = options(FRAMEWORK, assessment)
    named = {option.name.removesuffix(", rented"): option for option in found}

    for cost in assessment.costs.plan.techniques:
        if today and cost.technique == today.technique:
            continue
        if cost.technique in told:
            continue
        if goes_without_saying(assessment, cost):
            assert SHORT_NAMES[cost.technique] not in named
            continue
        option = named[SHORT_NAMES[cost.technique]]
        assert option.why
        if cost.price is None:
            assert option.cost == "No price"
            continue
        year = cost.price.year_as_printed
        low, expected, high = (
            f"{x:,.0f}" for x in (year.low, year.expected, year.high)
        )
        assert option.cost == f"{expected} ({low}–{high})"
        chosen = money and money.recommended
        if chosen and year.expected < chosen.year.expected:
            assert option.why != "Feasible, but costs no less"


def test_what_to_measure_comes_with_what_would_follow() -> None:
    said = one("gather_evidence")

    assert said.measurements
    assert said.measurements.hours == 28
    assert "“Gap to the target: Large” would lead to “fine-tune”." in said.outcomes


def test_keeping_a_live_model_puts_no_spend_at_risk() -> None:
    money = money_of(assessed("keep"))

    assert money
    assert money.at_risk is None
    assert money.today == money.recommended


def test_untuned_model_has_no_list_price() -> None:
    assert money_of(assessed("untuned_model")) is None


@pytest.mark.parametrize(
    ("verdict", "standing", "said"),
    [
        ("train_small_part", "Meanwhile", "The small part is not priced here"),
        (COMPARED, "To compare", "A successor has no price"),
    ],
)
def test_what_stands_in_for_an_unpriced_recommendation_is_not_called_it(
    verdict: str, standing: str, said: str
) -> None:
    assessment = assessed(verdict)
    money = money_of(assessment)

    assert money
    assert money.standing == standing
    assert money.recommended is None
    assert said in money.asks
    assert not any("ecommended" in row.standing for row in money.rows)
    name = SHORT_NAMES[money.chosen.technique]
    asked = one(verdict).decision_asked
    assert said in asked
    assert f"“{name}”" in asked


@pytest.mark.thorough
def test_cost_of_what_is_recommended_is_named() -> None:
    for verdict in ("rag", "fine_tune", "keep"):
        money = money_of(assessed(verdict))

        assert money
        assert money.unpriced == ""
        assert money.recommended == money.chosen
        asked = one(verdict).decision_asked
        low, expected, high = (
            f"${x:,.0f}"
            for x in (
                money.chosen.year.low,
                money.chosen.year.expected,
                money.chosen.year.high,
            )
        )
        assert f"{expected} ({low} to {high})" in asked


def test_portfolio_states_no_cost_of_following_what_has_no_price(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        update_portfolio_row(audit, assessed("train_small_part"))
        row = PortfolioRow.objects.get(audit=audit)

    assert row.spend
    assert (row.cost, row.saving) == (None, None)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("distil", "Ruled out: even the quickest model was too slow"),
        ("fine_tune", "it missed the target"),
        ("rag", "Costs less, but the text to be searched does not fit"),
        ("keep", "Costs less, but the live model is shown to meet its "),
        ("train_small_part", "Used meanwhile"),
        ("gather_evidence", "Costs less, but ten or more reviewed examples in the"),
        (COMPARED, "Costs less, but was tested and is not shown to do as well"),
    ],
)
def test_what_costs_less_is_out_for_the_reason_that_decides(
    verdict: str, said: str
) -> None:
    assert why_not(assessed(verdict))["prompt"].count(said) == 1
