"""Months of several files: which counts, what is stored, and what they add up to."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from audits.scoring.causes.split import Part
from audits.scoring.tracking.calibration import LEAST_MONTHS, conclusion, held
from audits.scoring.tracking.counting import (
    PaperOutcome,
    counted_sentences,
    preview_sentences,
    removal_sentences,
)
from audits.scoring.tracking.months import InForce, Place
from audits.scoring.tracking.outcome_words import (
    cause_of,
    latest_lines,
    totals_sentence,
    weak_because,
)
from audits.scoring.tracking.outcomes import (
    ComparedMonth,
    CountedFile,
    Outcome,
    months_of,
    not_compared,
    outcome_of,
    values_of,
)
from audits.scoring.tracking.papers import in_force, papers_named
from audits.scoring.tracking.words import STANDING_NAMES
from tests.scoring.tracking.papers import READ_ON, a_day, said_of_a_prompt, usage

DECEMBER, JANUARY, FEBRUARY = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)


def a_file(name: str, bill: str | None, *, is_synthetic: bool = False) -> CountedFile:
    """Return a file of December, with its bill."""
    row = a_day(date(2026, 12, 7), cost=None if bill is None else Decimal(bill))
    found = usage(row, first=DECEMBER, days=31)
    return CountedFile(
        id=name,
        name=f"{name}.csv",
        read_on=READ_ON,
        usage=found,
        is_synthetic=is_synthetic,
    )


def outcome(
    *files: CountedFile, since: date | None = None, until: date | None = None
) -> Outcome:
    held = InForce(since=since, until=until)
    return outcome_of(said_of_a_prompt(), files, held)


def month(
    place: Place,
    difference: str | None,
    first: date = DECEMBER,
    *,
    is_synthetic: bool = False,
    rest: str = "100",
) -> ComparedMonth:
    """Return a month of $1,354 as said that differs by its volume.

    `rest` is what of it no usage file says.
    """
    [made] = outcome(a_file("a", "604")).months
    amount = None if difference is None else Decimal(difference)
    return replace(
        made,
        first=first,
        place=place,
        seen=None if amount is None else made.said + amount,
        parts=(Part(causes=("volume",), amount=amount),),
        rest=Decimal(rest),
        is_synthetic=is_synthetic,
    )


def test_newest_file_counts_and_no_months_are_added() -> None:
    found = outcome(a_file("old", "9000"), a_file("new", "604"))

    assert [(x.file, x.seen) for x in found.months] == [("new", Decimal(1354))]
    assert found.left_out == {
        "old": ("December 2026 stays with new.csv, which is newer.",),
        "new": (),
    }


def test_newer_file_without_a_bill_says_whose_bill_no_longer_counts() -> None:
    found = outcome(a_file("old", "9000"), a_file("new", None))
    practice = a_file("practice", "9000", is_synthetic=True)

    said = (
        "December 2026 now comes from this file, without a bill; the bill of old.csv "
        "no longer counts."
    )
    assert (found.own["new"], found.left_out["new"]) == ((said,), (said,))
    assert outcome(practice, a_file("new", None)).own["new"] == ()
    assert outcome(a_file("old", None), a_file("new", "604")).own["new"] == ()


def test_synthetic_file_counts_only_where_no_other_has_the_month() -> None:
    real, made_up = a_file("real", "604"), a_file("new", "1", is_synthetic=True)

    both, alone = outcome(real, made_up), outcome(made_up)

    assert [(x.file, x.is_synthetic) for x in both.months] == [("real", False)]
    assert both.left_out["new"] == (
        "December 2026 stays with real.csv, which is not synthetic.",
    )
    assert [(x.file, x.is_synthetic) for x in alone.months] == [("new", True)]


def test_month_belongs_to_the_one_paper_that_was_in_force_when_it_began() -> None:
    second, third = date(2026, 12, 2), date(2027, 1, 5)
    days = [second - timedelta(days=200), second, third]
    found = usage(
        *(a_day(first, cost=Decimal(604)) for first in (DECEMBER, JANUARY, FEBRUARY)),
        first=DECEMBER,
        days=31 + 31 + 28,
    )
    file = CountedFile(
        id="a", name="a.csv", read_on=READ_ON, usage=found, is_synthetic=False
    )

    papers = [outcome_of(said_of_a_prompt(), [file], held) for held in in_force(days)]

    assert [[month.first for month in each.months] for each in papers] == [
        [DECEMBER],
        [JANUARY],
        [FEBRUARY],
    ]
    assert papers[1].left_out["a"] == (
        "1 month began before 2 December 2026, the day on which this paper was signed, "
        "so it belongs to the paper before it.",
        "1 month began on or after 5 January 2027, the day on which a newer paper was "
        "signed, so it belongs to that paper.",
    )


def test_two_papers_of_one_day_share_no_month_and_are_told_apart() -> None:
    file, day = a_file("a", "604"), date(2026, 11, 24)

    first, second = (
        outcome_of(said_of_a_prompt(), [file], held) for held in in_force([day, day])
    )

    assert (first.months, len(second.months)) == ((), 1)
    assert [*in_force([])] == []
    assert [*papers_named([day - timedelta(days=1), day, day])] == [
        "paper signed on 23 November 2026",
        "first paper signed on 24 November 2026",
        "second paper signed on 24 November 2026",
    ]


def test_months_of_a_paper_that_states_none_are_named_with_the_reason() -> None:
    file = a_file("mine", "604")
    why = "The paper has no numbers, so it states no cost."

    nothing = not_compared("paper of May", why, [file], InForce(until=JANUARY))
    later = not_compared("paper of May", why, [file], InForce(since=JANUARY))

    assert [*preview_sentences("mine", [paper(nothing, "paper of May")])] == [
        "No month of the file would count.",
        "December 2026 began while the paper of May was in force, with which nothing "
        "can be compared: the paper has no numbers, so it states no cost.",
    ]
    assert later.own == {}


@pytest.mark.parametrize("bill", ["604", None])
def test_months_are_the_same_from_their_stored_values(bill: str | None) -> None:
    months = outcome(a_file("a", bill)).months

    assert months_of(values_of(months)) == months


def test_parts_of_a_month_add_up_to_its_difference() -> None:
    [told] = outcome(a_file("a", "9000")).months

    assert told.difference == Decimal(8396)
    assert sum(part.amount or 0 for part in told.parts) == told.difference


def test_months_without_a_range_or_a_cost_are_not_judged() -> None:
    found = held(
        [
            month("inside", "5"),
            month("above", "100"),
            month("below", "-40"),
            month("no_range", "7"),
            month("unknown", None),
        ]
    )

    assert (found.judged, found.compared, found.unknown) == (3, 4, 1)
    assert (found.said, found.seen) == (4 * Decimal(1354), 4 * Decimal(1354) + 72)
    assert [found.difference, found.more, found.less] == [72, 112, 40]
    assert found.rest == 400


def test_month_inside_that_can_hardly_differ_is_a_weak_test_and_not_judged() -> None:
    # Of $1,354, $677 is exactly half.
    enough, weak = month("inside", "9", rest="677"), month("inside", "9", rest="678")
    above = month("above", "5000", rest="750")
    no_range = month("no_range", "9", rest="1354")

    found = held([enough, weak, above, no_range])

    assert [x.is_weak for x in (enough, weak, above, no_range)] == [
        *(False, True, False, False)
    ]
    assert (found.inside, found.above, found.judged) == (1, 1, 2)
    assert (found.weak, found.compared) == (1, 4)
    assert found.more == 3 * 9 + 5000
    assert [above.usage_said, above.usage] == [604, 5604]
    assert weak_because(weak) == (
        "inside the range; a usage file can check only $676 of the paper’s $1,354"
    )
    assert [STANDING_NAMES[x.standing] for x in (above, weak, enough)] == [
        *("Above", "Weak test", "Inside")
    ]
    assert (weak_because(above), weak_because(enough)) == ("", "")


def test_cause_is_that_of_the_month_furthest_from_what_was_said() -> None:
    october = replace(
        month("above", "10526", date(2027, 10, 1)),
        parts=(
            Part(causes=("volume",), amount=Decimal(6950)),
            Part(causes=("tokens",), amount=Decimal(-9000)),
            Part(causes=("model", "other"), amount=Decimal(12576)),
        ),
    )
    volume = replace(
        october, parts=(*october.parts[:2], Part(causes=("price",), amount=Decimal(9)))
    )
    others = [month("below", "-4444", date(2027, n, 1)) for n in (8, 9)]

    assert cause_of(held([*others, october])) == (
        "October 2027: $10,526 more, largest cause model, a bill that differs from "
        "list prices or both (the file does not say which)"
    )
    assert cause_of(held([*others, volume])) == (
        "October 2027: $10,526 more, largest cause volume"
    )
    assert cause_of(held(others)) == (
        "September 2027: $4,444 less, largest cause volume"
    )
    assert cause_of(held([month("inside", "0")])) == ""


def test_totals_say_both_amounts_the_period_and_both_directions() -> None:
    months = [
        month("above", "10526", date(2027, 10, 1)),
        month("below", "-4444", date(2027, 8, 1)),
        month("unknown", None, date(2027, 12, 1)),
    ]

    assert totals_sentence(held(months)) == (
        "2 months, August to October 2027, US dollars: the papers said $2,708, and "
        "together they cost $8,790, $6,082 more. Months above what was said add up to "
        "$10,526 more, and months below it to $4,444 less. $200 of both amounts is for "
        "people and other costs that no usage file shows, copied from the papers."
    )
    assert totals_sentence(held([month("inside", "0", rest="0")])) == (
        "1 month, December 2026, US dollars: the papers said $1,354, and it cost "
        "$1,354, as much as said."
    )
    assert totals_sentence(held([])) == ""


def test_conclusion_waits_for_enough_months_and_then_names_an_interval() -> None:
    few = held([month("inside", "0")] * (LEAST_MONTHS - 1))
    enough = held([month("inside", "0")] * 6 + [month("above", "1")] * 6)

    assert conclusion(few) == (
        "11 months are too few to say how often ranges hold: it takes 12."
    )
    assert conclusion(enough) == (
        "If other months are like these, between 25 and 75 of 100 are inside their "
        "range. This says how sure a count of 12 months is. No paper said how likely a "
        "month inside its range is. Months of one use case resemble each other, so the "
        "true share may be farther away."
    )


def test_latest_lines_are_three_at_most_and_count_real_months_first() -> None:
    made_up = month("above", "900", date(2027, 3, 1), is_synthetic=True)
    real = [
        month("above", "100", date(2027, 1, 1)),
        month("inside", "-5"),
    ]

    assert [*latest_lines([made_up, *real])] == [
        "December 2026 to January 2027, 2 months: 1 inside the range, 1 above the "
        "range.",
        "Furthest from the paper: January 2027: $100 more, largest cause volume.",
    ]
    assert [*latest_lines([made_up])] == [
        "This usage is synthetic: it was invented for practice and never billed.",
        "March 2027, 1 month: 1 above the range.",
        "March 2027: $900 more, largest cause volume.",
    ]
    weak = [replace(each, rest=Decimal(750)) for each in real]
    assert next(latest_lines(weak)) == (
        "December 2026 to January 2027, 2 months: 1 above the range, 1 weak test "
        "(inside the range; "
        "a usage file can check only $604 of the paper’s $1,354)."
    )
    both = [replace(each, place="inside") for each in weak]
    assert next(latest_lines(both)) == (
        "December 2026 to January 2027, 2 months: 2 weak tests (all inside the range; "
        "a usage file can check only $604 of the paper’s $1,354)."
    )
    assert next(latest_lines([real[0], weak[1]])) == (
        "December 2026 to January 2027, 2 months: 1 above the range, 1 weak test "
        "(inside the range; "
        "a usage file can check only $604 of the paper’s $1,354)."
    )
    days = (date(2027, 2, 1), date(2027, 1, 1), date(2026, 10, 1), date(2026, 9, 1))
    assert next(latest_lines([month("inside", "1", day) for day in days])) == (
        "September, October 2026, January and February 2027, 4 months: 4 inside the "
        "range."
    )
    assert [*latest_lines([])] == []


def paper(found: Outcome, name: str, *, is_here: bool = False) -> PaperOutcome:
    return PaperOutcome(name=name, is_here=is_here, found=found)


def test_preview_says_what_counts_for_which_paper_and_contradicts_nothing() -> None:
    mine, newer = a_file("mine", "604"), a_file("newer", "9000")
    here = paper(outcome(mine, until=DECEMBER), "paper of May", is_here=True)
    then, after = (
        paper(outcome(*files, since=DECEMBER), "paper of November")
        for files in ([mine], [mine, newer])
    )

    alone = [*preview_sentences("mine", [here, then])]
    beside = [*preview_sentences("mine", [here, after])]

    assert alone == [
        "December 2026 will be on the page of the paper of November. December 2026 "
        "cost $1,354: weak test (inside the range; "
        "a usage file can check only $604 of the paper’s $1,354). "
        "30 "
        "days without use.",
        "$750 of each month is for people and other costs outside the file, as in the "
        "paper.",
    ]
    assert beside == [
        "No month of the file would count.",
        "December 2026 stays with newer.csv, which is newer.",
    ]


def test_counted_file_is_said_with_its_months_and_those_of_others() -> None:
    mine, newer = a_file("mine", "604"), a_file("newer", "9000")

    alone = [paper(outcome(mine), "paper of May", is_here=True)]
    beside = [paper(outcome(mine, newer), "paper of May", is_here=True)]

    assert [*counted_sentences("mine.csv", "mine", alone)] == [
        "mine.csv counts for December 2026."
    ]
    assert [*counted_sentences("mine.csv", "mine", beside)] == [
        "No month of mine.csv counts.",
        "December 2026 stays with newer.csv, which is newer.",
    ]
    elsewhere = [paper(outcome(newer), "paper of May")]
    assert [*counted_sentences("newer.csv", "newer", elsewhere)] == [
        "newer.csv counts for December 2026 on the page of the paper of May."
    ]


def test_removal_names_the_file_that_takes_each_month() -> None:
    mine, older = a_file("mine", "604"), a_file("older", "9000")
    names = {"older": "older.csv"}

    taken = removal_sentences("mine", [outcome(older, mine)], [outcome(older)], names)
    gone = removal_sentences("mine", [outcome(mine)], [outcome()], {}, is_done=True)

    assert [*taken] == ["December 2026 will be from older.csv."]
    assert [*gone] == [
        "December 2026 is no longer compared: no other file that counts has all of it."
    ]


def test_page_of_results_tells_the_six_latest_months() -> None:
    months = [month("inside", "0", date(2027, number, 1)) for number in range(7, 0, -1)]

    assert [*latest_lines(months)] == [*latest_lines(months[:6])]
    assert [*latest_lines(months)] != [*latest_lines(months[:5])]
