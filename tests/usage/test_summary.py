"""A month is a whole calendar month, else days that are scaled and said to be."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from audits.usage.model_names import model_of
from audits.usage.rows import Usage, UsageFile
from audits.usage.summary import Month, of_models, summarized
from audits.usage.words import summary_lines

DAY = date(2026, 8, 20)


def file_of(first: date, days: int, **own: object) -> UsageFile:
    """Return a file in which the requests of a day are the number of its month."""
    rows = [
        Usage(day=day, model="gpt-5", **{"requests": day.month, **own})  # type: ignore[arg-type]
        for day in (first + timedelta(days=n) for n in range(days))
    ]
    return UsageFile(
        format="CSV", first=rows[0].day, last=rows[-1].day, rows=tuple(rows)
    )


def test_only_whole_months_count() -> None:
    found = summarized(file_of(DAY, 100, cost=Decimal(2)))

    assert found.months == (
        Month(first=date(2026, 9, 1), requests=9 * 30, cost=Decimal(60)),
        Month(first=date(2026, 10, 1), requests=10 * 31, cost=Decimal(62)),
    )
    assert (found.basis, found.busiest, found.median) == ("months", 310, 290)
    assert (found.cost, found.days) == (Decimal(62), 100)


def test_days_without_a_whole_month_are_scaled() -> None:
    found = summarized(file_of(DAY, 12, cost=Decimal("0.5")))

    assert (found.basis, found.busiest, found.median) == ("days", 240, 240)
    assert (found.cost, found.requests) == (Decimal(15), 96)
    assert dict(summary_lines(found))["A month"] == (
        "240 requests, scaled from 12 days to 30"
    )


def test_days_without_use_count_as_days() -> None:
    busy = file_of(DAY, 1)
    week = UsageFile(
        format="CSV", first=DAY, last=DAY + timedelta(days=9), rows=busy.rows
    )

    assert summarized(week).busiest == 24


def test_few_days_are_no_month() -> None:
    found = summarized(file_of(DAY, 6, cost=Decimal(1)))

    assert (found.basis, found.busiest, found.median) == ("too short", None, None)
    assert (found.cost, found.spent) == (None, Decimal(6))


def test_what_one_row_does_not_say_is_not_known() -> None:
    first = file_of(DAY, 20, input_tokens=80, cached_tokens=20)
    other = Usage(day=DAY, model="other", requests=4, output_tokens=5)
    both = UsageFile(
        format="CSV", first=first.first, last=first.last, rows=(*first.rows, other)
    )

    found = summarized(both)

    assert found.requests == sum(row.requests or 0 for row in both.rows)
    assert (found.input_tokens, found.output_tokens, found.cache_share) == (
        None,
        None,
        None,
    )
    assert summarized(of_models(both, ["gpt-5"])).cache_share == Decimal("0.25")


def test_tokens_are_those_of_a_request() -> None:
    found = summarized(
        file_of(DAY, 10, requests=4, input_tokens=1000, output_tokens=50)
    )

    assert (found.input_tokens, found.output_tokens) == (
        Decimal(250),
        Decimal("12.5"),
    )


def test_no_requests_are_no_month() -> None:
    found = summarized(file_of(DAY, 60, requests=None, input_tokens=5))

    assert (found.busiest, found.median, found.requests) == (None, None, None)
    assert found.basis == "months"


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("gpt-5", "gpt-5"),
        ("GPT-5", "gpt-5"),
        ("gpt-5-2025-08-07", "gpt-5"),
        ("openai/gpt-5", "gpt-5"),
        ("azure/eu/gpt-5-2025-08-07", "gpt-5"),
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5"),
        ("vertex_ai/claude-haiku-4-5@20251001", "claude-haiku-4-5"),
        ("text-embedding-3-small", "text-embedding-3-small"),
        ("anthropic/claude-haiku-4.5", "claude-haiku-4-5"),
        ("Claude Haiku 4.5", "claude-haiku-4-5"),
        ("claude_haiku_4_5", "claude-haiku-4-5"),
        ("claude-haiku-45", None),
        ("gpt-5-mini", None),
        ("gpt-5-nano-2025-08-07", None),
        ("our-gpt-5", None),
        ("", None),
        (None, None),
    ],
)
def test_model_is_found_only_by_its_own_name(
    name: str | None, model: str | None
) -> None:
    ids = ["gpt-5", "claude-haiku-4-5", "text-embedding-3-small"]

    assert model_of(name, ids) == model


def test_month_with_a_missing_day_is_not_whole_and_its_known_days_are_scaled() -> None:
    whole = file_of(date(2026, 9, 1), 30, cost=Decimal(2))
    gone = date(2026, 9, 17)
    rows = tuple(row for row in whole.rows if row.day != gone)

    found = summarized(replace(whole, rows=rows, missing=(gone,)))

    assert (found.months, found.basis, found.known_days) == ((), "days", 29)
    assert (found.busiest, found.cost) == (9 * 30, Decimal(60))
    said = dict(summary_lines(found))
    assert said["Period"].endswith(", 30 days, 1 of them not in the file")
    assert said["A month"] == "270 requests, scaled from 29 days to 30"


def test_spend_that_one_row_does_not_have_is_said_to_be_unknown() -> None:
    first = file_of(DAY, 1, cost=Decimal(1))
    rows = (*first.rows, Usage(day=DAY, model="other", requests=1))

    said = dict(summary_lines(summarized(replace(first, rows=rows))))

    assert said["Spend"] == (
        "not known: 1 row has no cost, so export the file again with its costs"
    )
