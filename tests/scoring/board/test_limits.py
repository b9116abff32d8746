"""Page 1 says how far a decision reaches: days, permissions, and what is open."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.one_page.model_owner import owner_funded, owner_unknown
from audits.reports.page_one import page_one
from audits.scoring.board.box_words import nothing_in_box
from audits.scoring.board.limits.real_unknown import real_unknown
from audits.scoring.board.limits.stays_below import stays_below
from audits.scoring.board.limits.untested_training import untested_training
from audits.scoring.board.limits.until_ready import NO_MORE, lasts_until
from audits.scoring.board.limits.why_day import NO_DAY, with_reason
from audits.scoring.costs.rounding import written
from audits.scoring.deciding.candidates import CandidateKind
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.bought import bought
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.summary.plan import plan_of
from audits.scoring.sums.asked.period import (
    asked_from,
    counted_from,
    money_on,
    term_of,
)
from audits.scoring.sums.decision_rows import decision_row
from audits.scoring.sums.money_sums import Decided
from audits.scoring.told.result.asked_sum import own_tests
from tests.scoring.costs.worked_decisions import assessed, money
from tests.scoring.costs.worked_moves import ENDS
from tests.scoring.twelve_verdicts import ANSWERS

WAITS = {"today": "prompt", "ready_months": "3"}
LATER = ANSWERS["fine_tune_after_mlops"] | {"mlops": "partial"}


def test_permission_until_a_model_is_ready_has_a_last_day_and_a_part_of_the_sum() -> (
    None
):
    found = money(ANSWERS["distil"], **WAITS)
    wait = found.chosen.calendar.wait
    assert wait

    part = wait.running + found.chosen.calendar.set_up
    assert lasts_until(found) == (
        f", but no later than 24 February 2027; this takes ${part:,.0f} of the sum"
    )
    stopped = replace(found, state="stopped")
    assert lasts_until(stopped) == (
        f", but for 3 months at most; this costs ${part:,.0f}"
    )
    # Without a day and a part of a sum, it may not cost more than what runs.
    assert lasts_until(None) == NO_MORE
    assert lasts_until(money(ANSWERS["few_shot"], today="prompt")) == NO_MORE


def test_sum_pays_for_12_months_from_the_decision_and_is_the_same_from_any_day() -> (
    None
):
    plain = money(ANSWERS["few_shot"], **ENDS)
    funds = money(LATER, today="prompt")
    day = date(2026, 12, 24)

    assert asked_from(plain, day) == day
    assert term_of(plain, day, has_table=True) == (
        " for the 12 months from 24 December 2026"
    )
    # A month costs the same all along, and people do: it is the same sum.
    for same in (plain, funds):
        assert counted_from(same.chosen, day).year == same.chosen.year
    # Without a day, or with one before it, the verdict's counts, which a table names.
    for none in (None, date(2026, 11, 1)):
        assert asked_from(plain, none) == plain.chosen.starts
    assert term_of(plain, plain.chosen.starts, has_table=True) == ""
    assert term_of(plain, plain.chosen.starts, has_table=False) == (
        " for the 12 months from 24 November 2026"
    )


def test_sum_whose_months_change_is_what_12_months_from_the_decision_cost() -> None:
    # The model of what is advised ends, and a month costs another amount then.
    ends = money(ANSWERS["few_shot"], today="rag", model="gpt-4.1", requests="90000")
    day = date(2026, 12, 24)
    row = ends.chosen
    assert row.changes

    # 30 days at the first price are not paid, and 30 at the last one are.
    then = row.year.expected - row.month.expected + row.last_month
    counted = money_on(ends, day)
    assert counted
    assert round(counted.chosen.year.expected) == round(then)
    assert f"${written(counted.chosen.year.expected)} " in counted.asks
    decided = Decided(name="Mail", family="rebuild", money=ends, on=day)
    assert decision_row(decided).asked == counted.chosen.year


def test_page_one_asks_for_no_day_that_is_over() -> None:
    found = assessed(ANSWERS["few_shot"], **ENDS)
    day, paper = date(2026, 12, 24), date(2026, 12, 2)

    def asked(cover: Cover, on: date = paper) -> tuple[str, str]:
        page = page_one(current(), found, cover, "Mail", money_of(found), on=on)
        return page.decision_lead, page.terms

    meeting = Cover(meeting="Board, 9 December 2026", decide_by=day)
    for cover, on, first in (
        (Cover(decide_by=day), paper, "24 December 2026"),
        # The meeting counts before the day to decide by.
        (meeting, paper, "9 December 2026"),
        # Once that day has passed, it is the day of the paper.
        (Cover(decide_by=day), date(2027, 1, 20), "20 January 2027"),
    ):
        lead, terms = asked(cover, on)
        assert f" for the 12 months from {first} to " in lead
        assert first not in terms
    # Without a day, the table of money says from when 12 months are priced.
    lead, _ = asked(Cover())
    assert " over 12 months to " in lead


def test_training_that_is_planned_says_first_what_it_is_paid_for() -> None:
    stops = ANSWERS["stop_fine_tuning"]
    made = assessed(stops, **ENDS, ready_months="1")
    planned, running = (money_of(made, state) for state in ("planned", "running"))
    assert planned
    assert running

    # From 24 December 2026 to 14 January 2027.
    said = bought(planned.today)
    serves = " to train a model that serves at most 21 days (it retires on "
    assert f"{serves}14 January 2027), $" in said
    assert " to move off it, then a prompt on the replacement model" in said
    goes_on = if_nothing(current(), made, planned, "planned")
    year = planned.today.year.expected if planned.today else 0
    assert goes_on == f"${year:,} over 12 months: {said}"
    # The box has all of it: what is paid, for how long, and what follows.
    assert nothing_in_box(goes_on) == goes_on
    assert bought(running.today) == bought(None) == ""


def test_day_of_a_decision_that_nothing_forces_says_so() -> None:
    free, ends = (
        assessed(ANSWERS["few_shot"], **numbers)
        for numbers in ({"today": "prompt"}, ENDS)
    )

    assert with_reason(free, money_of(free), "Back.") == f"{NO_DAY} Back."
    assert with_reason(free, money_of(free), "") == ""
    assert with_reason(ends, money_of(ends), "Back.") == "Back."


def test_what_nobody_checked_is_named_first_if_it_is_whether_experts_agree() -> None:
    answers = ANSWERS["gather_evidence"]
    unchecked = {"example_quality": "not_checked", "data_rights": "unclear"}
    other = {"example_quality": "consistent", "data_rights": "unclear"}

    both, one = (
        real_unknown(current(), assessed(answers | x, today="prompt"))
        for x in (unchecked, other)
    )

    assert both == "Nobody checked whether experts agree."
    assert one.startswith("Nobody ")
    assert "experts" not in one


def test_page_one_names_the_teams_own_tests_beside_a_sum() -> None:
    found = assessed(ANSWERS["few_shot"], today="fine_tune_own")
    behind = money_of(found, "planned")
    cards = plan_of(current(), found).first

    # 12 of the hours are those of the set-up; the others are at 800 for 8 hours.
    assert sum(card.hours for card in cards) == 9 + 12
    assert own_tests(behind, cards) == (
        "Not in the sum: 9 hours of the team’s own tests ($900)."
    )
    assert own_tests(behind, ()) == own_tests(None, cards) == ""
    # What measures first is the sum itself.
    gathers = assessed(ANSWERS["gather_evidence"], today="fine_tune_own")
    measured = plan_of(current(), gathers).first
    assert measured
    assert own_tests(money_of(gathers, "planned"), measured) == ""


def test_readiness_says_that_what_goes_on_stays_below_the_target() -> None:
    scored = Candidates(
        target=Decimal("0.97"),
        rows=(
            ScoredCandidate(
                id="c1", kind="stronger", cases=200, passed=176, sha256=64 * "0"
            ),
        ),
    )
    funds = assessed(LATER, today="prompt")
    reached = replace(scored, target=Decimal("0.88"))

    assert [
        stays_below(replace(funds, candidates=found), money_of(funds))
        for found in (scored, reached, None)
    ] == [
        "88 of 100 were right in the best test (between 83 and 92), below the target "
        "of 97; a yes does not change that in these 12 months.",
        "",
        "",
    ]
    # None of them passing is a result, too; what has no cases is none.
    (row,) = scored.rows
    none, open_ = (
        replace(scored, rows=(replace(row, passed=passed, cases=cases),))
        for passed, cases in ((0, 200), (None, 200))
    )
    said = stays_below(replace(funds, candidates=none), money_of(funds))
    assert said.startswith("0 of 100 were right in the best test (between 0 and ")
    assert stays_below(replace(funds, candidates=open_), money_of(funds)) == ""
    # Once a model is trained, a yes changes it.
    trains = replace(assessed(ANSWERS["distil"], today="prompt"), candidates=scored)
    assert stays_below(trains, money_of(trains)) == ""


@pytest.mark.parametrize(
    "verdict", ["fine_tune", "fine_tune_after_mlops", "distil", "train_small_part"]
)
def test_money_that_leads_to_training_says_that_no_trained_model_was_tested(
    verdict: str,
) -> None:
    found = assessed(ANSWERS[verdict], today="prompt")
    kinds: tuple[CandidateKind, ...] = ("stronger", "tuned")
    best, tuned = (
        ScoredCandidate(id=f"c{n}", kind=kind, cases=200, passed=176, sha256=64 * "0")
        for n, kind in enumerate(kinds, start=1)
    )
    scored = Candidates(target=Decimal("0.97"), rows=(best,))

    said = untested_training(replace(found, candidates=scored))

    assert said == ("No trained model was tested; none is known to reach 97 of 100.")
    page = page_one(current(), replace(found, candidates=scored), Cover(), "Triage")
    assert page.not_checked.startswith(said)
    no_target = untested_training(replace(found, candidates=None))
    assert no_target.endswith("; none is known to do better.")
    for tested in (
        replace(found, candidates=replace(scored, rows=(best, tuned))),
        replace(found, codes={**found.codes, "trial": "closer"}),
    ):
        assert untested_training(tested) == ""


def test_verdict_that_does_not_lead_to_training_says_nothing_of_it() -> None:
    for verdict in ("few_shot", "rag", "stop_fine_tuning", "gather_evidence"):
        assert untested_training(assessed(ANSWERS[verdict], today="prompt")) == ""


def test_owner_whom_a_sum_funds_is_told_by_share_and_by_what_is_not_known() -> None:
    lent, named = LATER | {"team": "borrowed"}, LATER | {"team": "dedicated"}
    found = money(lent, today="prompt")

    assert owner_funded(assessed(lent, today="prompt"), found).startswith(
        "$45,000 pays 25% of an engineer"
    )
    assert owner_unknown(current(), assessed(lent, today="prompt"), found) == (
        "No model owner is named; hired or on the payroll is not known."
    )
    assert owner_unknown(current(), assessed(named, today="prompt"), found) == ""
    other = money(ANSWERS["few_shot"], today="prompt")
    assert owner_funded(assessed(ANSWERS["few_shot"], today="prompt"), other) == ""
    assert owner_unknown(current(), assessed(lent, today="prompt"), None) == ""
