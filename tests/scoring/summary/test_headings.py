"""The headings of a result say what its sections show."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.grades.standings import NOT_PROVEN, SETTLED
from audits.scoring.explaining.trace_shapes import ReasonStep
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sentences.reasons_counted import reasons_counted
from audits.scoring.summary.headings import (
    money_says,
    order_said,
    other_conditions,
    ranges_overlap,
    why_says,
)
from audits.scoring.summary.sureness import Sureness, sureness
from tests.scoring.cards.test_cards import assessed
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.money.test_measuring_money import UNTESTED
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, TRAINING, inputs_of


def trained() -> tuple[Assessment, Money]:
    assessment = assess_on(current(), TRAINING, DAY)
    money = money_of(assessment)
    assert money
    return assessment, money


def test_why_counts_the_reasons_and_what_forbids_training() -> None:
    assessment, _ = trained()
    [blocker, *others] = assessment.trace.blockers
    trace = replace(
        assessment.trace, blockers=(replace(blocker, outcome="fired"), *others)
    )
    blocked = replace(assessment, trace=trace)

    assert why_says(assessment, is_open=False) == assessment.reasons_message
    assert why_says(assessment, is_open=True) == "No reason to train is known so far"
    assert why_says(blocked, is_open=False) == (
        f"{assessment.reasons_message}, but 1 blocker forbids training"
    )


def test_why_denies_a_reason_to_train_only_where_every_reason_is_known() -> None:
    found = assessed(ANSWERS["stop_fine_tuning"])
    absent = tuple(
        replace(reason, standing="absent", looked=True)
        for reason in found.trace.reasons
    )
    unknown = replace(absent[0], standing="unknown")
    unseen = replace(absent[0], looked=False)

    def says(*reasons: ReasonStep) -> str:
        trace = replace(found.trace, reasons=reasons)
        return why_says(replace(found, trace=trace), is_open=False)

    assert says(*absent) == "There is no reason to train"
    for each in (unknown, unseen):
        assert says(each, *absent[1:]) == "No reason to train is known so far"


def test_money_is_a_finding_or_says_that_nothing_has_a_price() -> None:
    assessment, money = trained()
    unpriced = assess_on(current(), inputs_of(UNTESTED, {}, requests="20000"), DAY)

    assert money_says(assessment, money) == money.message
    assert money_says(assessed(UNTESTED), None) == "Not known: no numbers are entered"
    assert money_says(unpriced, None) == "Nothing has a price yet"


@pytest.mark.parametrize("verdict", ANSWERS)
def test_reason_without_a_row_is_named_if_it_may_hold_and_else_counted(
    verdict: str,
) -> None:
    assessment = assessed(ANSWERS[verdict])
    first, *others = assessment.trace.reasons
    said = [first.id, *assessment.blockers]

    found = dict(other_conditions(assessment, said))

    named = [name for names in found.values() for name in names.split(", ")]
    may_hold = [x.name for x in others if x.shown in ("measured", "claimed")]
    assert sorted(named) == sorted(may_hold)
    alone, several = (
        {f"{reasons} that {x}" for x in which}
        for reasons, which in (
            ("Reason", ("holds", "is possible")),
            ("Reasons", ("hold", "are possible")),
        )
    )
    assert {*found} <= alone | several
    assert all(", " not in found[said] for said in alone & {*found})
    assert all(", " in found[said] for said in several & {*found})
    counted = [int(x) for x in re.findall(r"\d+", reasons_counted(assessment))]
    assert counted == _without(assessment)


def _without(assessment: Assessment) -> list[int]:
    """Return how many reasons do not hold, all of them, and how many are not known.

    Where all are alike, their number is said once.
    """
    shown = [reason.shown for reason in assessment.trace.reasons]
    absent, unknown = shown.count("absent"), shown.count("unknown")
    first, *more = [number for number in (absent, unknown) if number]
    return [first, len(shown), *more] if more or first < len(shown) else [first]


def test_reasons_that_do_not_hold_are_counted_in_a_sentence() -> None:
    assessment = assessed(ANSWERS["stop_fine_tuning"])
    rows = assessment.trace.reasons
    absent = [replace(each, standing="absent") for each in rows]
    one = replace(rows[0], standing="unknown")

    def says(*reasons: ReasonStep) -> str:
        trace = replace(assessment.trace, reasons=reasons)
        return reasons_counted(replace(assessment, trace=trace))

    assert says(*absent) == "None of the 11 reasons to train holds"
    unknown = [replace(each, standing="unknown") for each in rows]
    assert says(*unknown) == "None of the 11 reasons to train is known"
    assert says(one, *absent[1:]) == (
        "10 of 11 reasons to train do not hold; 1 is not known"
    )
    assert says(*(replace(each, standing="measured") for each in rows)) == ""


def test_every_blocker_has_a_row_or_is_named() -> None:
    assessment, _ = trained()
    rows = assessment.trace.blockers
    one, two, three = (replace(each, outcome="fired") for each in rows[:3])
    trace = replace(assessment.trace, blockers=(one, two, three, *rows[3:]))
    blocked = replace(assessment, trace=trace)

    def says(*said: str) -> tuple[str, str]:
        return other_conditions(blocked, said)[0]

    assert says(one.id, two.id) == ("Also forbids training", three.name)
    assert says(one.id) == ("Also forbid training", f"{two.name}, {three.name}")
    assert says() == ("Forbid training", f"{one.name}, {two.name}, {three.name}")
    assert says(one.id, two.id, three.id) == other_conditions(assessment, ())[0]


def test_ranges_overlap_where_the_plan_may_cost_as_much() -> None:
    inputs = inputs_of(ANSWERS["rag"], {}, **GIVEN)
    money = money_of(assess_on(current(), inputs, DAY))
    assert money
    row = money.chosen
    plan = replace(row, roles=("today",))
    dear = replace(row.year, low=row.year.high + 1, high=row.year.high + 2)

    def beside(plan_year: object) -> Money:
        today = replace(plan, year=plan_year)  # type: ignore[arg-type]
        return replace(money, rows=(today, row))

    assert ranges_overlap(beside(replace(row.year, high=row.year.high + 1)))
    wider = beside(replace(row.year, high=row.year.high + 1))
    assert order_said(wider) == ", so the order may change."
    # The same numbers move both, so the order may be known though the ranges overlap.
    net = wider.saving_year
    assert net is not None
    for ends, said in (((1, 9), "less"), ((-9, -1), "more"), ((-1, 9), "")):
        low, high = map(Decimal, ends)
        both = replace(wider, difference=Band(low=low, expected=net, high=high))
        costs = f", yet “Retrieval” always costs {said} than the plan."
        assert order_said(both) == (costs if said else order_said(wider))
    # From a later day, the span is that of the same numbers around what is saved then.
    alike = replace(wider, difference=Band(low=Decimal(-9), expected=net, high=net + 9))
    more = Band(low=net, expected=row.year.expected + net + 20, high=row.year.high + 1)
    saves, raises = (
        beside(replace(more, expected=row.year.expected + off)) for off in (999, -999)
    )
    assert (
        order_said(saves, alike) == ", yet “Retrieval” always costs less than the plan."
    )
    assert (
        order_said(raises, alike)
        == ", yet “Retrieval” always costs more than the plan."
    )
    assert not ranges_overlap(beside(dear))
    assert not ranges_overlap(replace(money, rows=(row,)))


def test_how_sure_says_what_can_change_it_or_how_the_answers_are_known() -> None:
    found = sureness(current(), assessed(ANSWERS["fine_tune"]))
    plain = replace(
        found, unchecked=(), open_tests=(), more_cases="", could_come_first=()
    )
    settled: Sureness = replace(plain, complete=SETTLED, unproven=0)
    asserted = replace(plain, complete=NOT_PROVEN, deciding=11, measured=3)
    first = replace(settled, could_come_first=assessed({}).open_questions[:2])

    assert replace(plain, complete="2 questions can still change it").message == (
        "2 questions can still change it"
    )
    assert (settled.message, settled.says_beside) == (SETTLED, "")
    assert asserted.message == (
        f"{8 - asserted.documented} of 11 deciding answers are only asserted"
    )
    assert asserted.says_beside == "No unanswered question can change the verdict"
    assert asserted.says_complete == NOT_PROVEN
    # Where all are only asserted, “some” are not, beside “All 9”.
    every = replace(plain, complete=NOT_PROVEN, deciding=9, measured=0, documented=0)
    none = replace(every, could_come_first=assessed({}).open_questions[:1])
    assert none.all_asserted == "All 9 deciding answers are only asserted"
    assert none.message == "1 open question may add a first step"
    assert "some answers" not in none.says_beside
    assert none.says_beside_count == (
        "No unanswered question can change the verdict itself, but deciding answers "
        "are only asserted"
    )
    known = replace(none, documented=1)
    assert "some answers are only asserted" in known.says_beside_count
    assert first.message == "2 open questions may add a first step"
    more = replace(settled, more_cases="9 more cases")
    assert more.message == "A test could still change the verdict"
    assert replace(more, unchecked=("Oversight",)).message == (
        "A test or a check could still change the verdict"
    )
    assert more.says_beside == (
        "No further answer is needed, but testing 9 more cases "
        "could still change the verdict"
    )
