"""The charts say in one sentence what they show."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from audits.frameworks.loading import loader
from audits.models import Snapshot
from audits.portfolio.findings import (
    MOST_TEAMS,
    PastMonth,
    counted_message,
    money_message,
    money_rows,
    past_of,
    team_rows,
    teams_message,
    training_message,
)
from audits.portfolio.sums.total import Total
from audits.portfolio.totals import TeamTally, Totals, kinds

TODAY = date(2026, 12, 9)

AT_RISK = "of the running spend is at risk"


def team(number: int, **kinds: int) -> TeamTally:
    totals = {
        None if kind == "none" else kind: Total(use_cases=count)
        for kind, count in kinds.items()
    }
    total = sum(totals.values(), start=Total())
    public_id, name = UUID(int=number), f"T{number:02}"
    return TeamTally(id=public_id, name=name, total=total, kinds=totals)  # type: ignore[arg-type]


def totals(*teams: TeamTally) -> Totals:
    by_kind = {
        kind: sum((t.kinds[kind] for t in teams if kind in t.kinds), start=Total())
        for kind in kinds()
    }
    total = sum((t.total for t in teams), start=Total())
    return Totals(total=total, kinds=by_kind, teams=teams)


@pytest.mark.parametrize(
    ("running", "risk", "said"),
    [
        (None, None, "No spend runs"),
        (0, None, "No spend runs"),
        (100, None, f"None {AT_RISK}"),
        (100, 49, f"49% {AT_RISK}"),
        (1000, 1, f"Less than 1% {AT_RISK}"),
        (100, 100, f"100% {AT_RISK}"),
    ],
)
def test_money_says_what_share_of_what_runs_is_at_risk(
    running: int | None, risk: int | None, said: str
) -> None:
    total = Total(
        of_planned=1,
        planned=Decimal(9000),
        running=None if running is None else Decimal(running),
        risk=None if risk is None else Decimal(risk),
    )

    assert money_message(total) == said
    assert money_message(Total(use_cases=3)) == (
        "No use case has numbers to estimate its spend"
    )


@pytest.mark.parametrize(("of_training_open", "sum_said"), [(0, ""), (1, "up to ")])
@pytest.mark.parametrize(
    ("running", "risk", "said", "more"),
    [
        (0, None, "No spend runs, but {sum} for training is at risk", "paid once."),
        (100, None, "{Sum} for training is at risk", f"None {AT_RISK}."),
        (100, 49, f"49% {AT_RISK}", "Also at risk, once: {sum} for training."),
    ],
)
def test_training_at_risk_is_in_the_title_or_beside_it_once(
    *,
    running: int,
    risk: int | None,
    said: str,
    more: str,
    of_training_open: int,
    sum_said: str,
) -> None:
    """It is up to its sum where some of it may be paid already."""
    total = Total(
        of_running=1,
        running=Decimal(running),
        risk=None if risk is None else Decimal(risk),
        training=Decimal(59_444),
        of_training_open=of_training_open,
    )
    named = f"{sum_said}$59,444"
    words = {
        "sum": named,
        "Sum": named[:1].upper() + named[1:],
    }

    title, beside = money_message(total), training_message(total)

    assert title == said.format(**words)
    assert beside.endswith(more.format(**words))
    assert f"{title} {beside}".count("$59,444") == 1
    assert training_message(Total(running=Decimal(100))) == ""
    some = Total(
        running=Decimal(9),
        risk=Decimal(1),
        of_training_open=1,
        training=Decimal(76_069),
        training_decided=Decimal(19_022),
    )
    assert training_message(some) == (
        "Also at risk, once: up to $76,069 for training; $19,022 of it is decided and "
        "not carried out."
    )


def test_advice_is_instead_of_the_plans_where_each_use_case_has_one() -> None:
    both = {"advised_year": Decimal(574_638), "saving_year": Decimal(253_178)}

    found = replace(Total(of_advised=9, of_saving=9), **both)  # type: ignore[arg-type]

    assert found.instead_of == Decimal(827_816)
    assert replace(found, of_saving=8).instead_of is None
    # What steps have saved is in neither, so that a reader can take one off the other.
    begun = replace(
        found,
        of_saving=8,
        of_saving_begun=1,
        saving_year=Decimal(232_275),
        saving_begun=Decimal(20_903),
        of_freed=1,
    )
    assert begun.instead_of == Decimal(827_816 - 20_903)
    assert Total().instead_of is None


@pytest.mark.parametrize("risk", [None, 1, 987_654])
@pytest.mark.parametrize("training", [None, 12_345_678])
def test_title_of_the_money_is_one_sentence_of_two_short_lines(
    risk: int | None, training: int | None
) -> None:
    total = Total(
        of_running=1,
        running=Decimal(1_000_000),
        risk=None if risk is None else Decimal(risk),
        training=None if training is None else Decimal(training),
    )

    title = money_message(total)

    assert title.endswith(" is at risk")
    assert len(title) < 48


def test_running_and_planned_money_are_parts_of_one_bar() -> None:
    money: dict[str, Any] = {"running": Decimal(80), "risk": Decimal(20)}
    more: dict[str, Any] = {"planned": Decimal(40), "stopped": Decimal(9000)}
    kinds = {"rebuild": Total(use_cases=3, **money, **more), "tune": Total()}
    [row] = money_rows(Totals(kinds=kinds))  # type: ignore[arg-type]

    money_of = (row.tally.at_risk, row.tally.justified)
    assert (row.name, *money_of) == (
        "Prompt, few-shot, retrieval or untuned",
        Decimal(20),
        Decimal(60),
    )
    assert [(part.kind, part.x, part.width) for part in row.bar] == [
        ("running", "0", "66.07"),
        ("planned", "66.67", "33.33"),
    ]


def test_teams_say_how_many_verdicts_are_against_training() -> None:
    some = totals(team(1, stop=2, tune=1), team(2, gather=1, none=5), team(3, tune=1))

    none = "No submitted verdict is against training"
    assert teams_message(some) == (
        "2 of 5 submitted verdicts are against training, in 1 of 3 teams"
    )
    assert teams_message(totals(team(1, tune=2))) == none
    assert teams_message(totals(team(1, keep=2, move=1))) == none
    one = totals(team(1, rebuild=2))
    assert teams_message(one) == "2 of 2 submitted verdicts are against training"


def test_provisional_verdicts_of_drafts_are_not_counted_against_training() -> None:
    all_drafts, signed = Total(use_cases=2, draft=2), Total(use_cases=1)
    mixed = totals(team(1, stop=0), team(2, tune=1))
    first, second = mixed.teams
    mixed = totals(
        replace(first, total=all_drafts, kinds={"stop": all_drafts}),
        replace(second, total=signed, kinds={"stop": signed}),
    )
    drafts = totals(replace(first, total=all_drafts, kinds={"stop": all_drafts}))

    assert teams_message(mixed) == (
        "1 of 1 submitted verdicts is against training, in 1 of 2 teams"
    )
    assert teams_message(drafts) == "No submitted verdict is against training"
    assert counted_message(mixed) == "With 2 provisional drafts, it is 3 of 3."
    assert counted_message(totals(team(1, stop=2))) == ""


def test_verdicts_against_training_are_named_where_they_differ() -> None:
    two = totals(team(1, stop=2, rebuild=3, tune=1))

    assert counted_message(two) == (
        "They are 2 “Stop fine-tuning” and 3 “Prompt, few-shot, retrieval or untuned”."
    )


def test_teams_with_most_use_cases_are_shown() -> None:
    rows = team_rows([team(number, stop=number) for number in range(1, 15)])

    assert [row.id.int for row in rows] == list(range(14, 14 - MOST_TEAMS, -1))
    assert [cell.number for cell in rows[0].cells] == [14, *[0] * 8]


def test_history_begins_with_the_second_month() -> None:
    assert past_of([], totals(team(1, stop=1)), TODAY, loader.current()) is None


def test_history_compares_the_first_month_with_today() -> None:
    before = Snapshot(
        month=date(2026, 10, 1),
        verdicts={
            "rag": 2,
            "few_shot": 1,
            "distil": 4,
            "of_another_framework": 1,
            "": 1,
        },
    )

    past = past_of([before], totals(team(1, stop=7)), TODAY, loader.current())

    assert past
    said = "Verdicts against training, drafts included"
    assert past.message == f"{said}: 3 in October 2026, 7 now"
    assert past.months == (
        PastMonth(name="December 2026", counts=(7, 0, 0, 0, 0, 0, 0, 0, 0), all=7),
        PastMonth(name="October 2026", counts=(0, 0, 0, 0, 3, 0, 4, 0, 2), all=9),
    )
    assert past.note == ""
    assert [column.text for column in past.chart.columns] == ["Oct 26", "Dec 26"]


def test_history_that_moved_nothing_says_so() -> None:
    before = Snapshot(month=date(2026, 11, 1), verdicts={"rag": 2})

    past = past_of([before], totals(team(1, rebuild=2)), TODAY, loader.current())

    assert past
    said = "Verdicts against training, drafts included"
    assert past.message == f"{said}: 2, as in November 2026"


def test_month_without_verdicts_of_drafts_is_compared_by_use_cases() -> None:
    first = Snapshot(month=date(2026, 10, 1), verdicts={"rag": 2}, worked_out=True)
    kept = Snapshot(month=date(2026, 11, 1), verdicts={"rag": 2})
    rebuilds = Total(use_cases=5, draft=2)
    now = replace(totals(team(1, rebuild=5)), kinds={"rebuild": rebuilds})

    past = past_of([first, kept], now, TODAY, loader.current())

    assert past
    assert past.message == "Use cases: 2 in October 2026, 5 now"
    assert [month.worked_out for month in past.months] == [False, False, True]
    assert past.source == "1 of the 2 earlier months were worked out later."
    assert past.note.startswith("Months with * were worked out later")
