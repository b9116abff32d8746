"""Whole months after a paper are compared with it, at what the file says they cost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.landscape import in_force
from audits.landscape.loader import built_in
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.prompt_costs import prompt_per_month
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.tracking.months import followed, price_days, whole_months
from audits.scoring.tracking.said import NotComparedError, said_of
from audits.scoring.tracking.words import (
    cost_sentences,
    left_out_sentences,
    said_sentences,
)
from audits.usage.rows import Usage
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.tracking.papers import (
    MODEL,
    READ_ON,
    a_day,
    december,
    said_of_a_prompt,
    usage,
)
from tests.scoring.twelve_verdicts import ANSWERS

DAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("bill", "place"),
    [("3", "below"), ("604", "inside"), ("1354", "inside"), ("99999", "above")],
)
def test_month_is_compared_with_the_range_that_the_paper_prints(
    bill: str, place: str
) -> None:
    [month] = december(a_day(DAY, cost=Decimal(bill))).months

    # 0.05 people of 180,000, at least 0.02 and at most 0.1: 750, 300 to 1,500 a month.
    said = said_of_a_prompt().month.as_printed
    assert said == Band(low=Decimal(904), expected=Decimal(1354), high=Decimal(2104))
    assert month.split.as_printed.seen == Decimal(bill) + 750
    assert month.place == place


def test_paper_without_a_range_is_said_to_have_none() -> None:
    [month] = december(a_day(DAY), upkeep_share_prompt="0.05").months

    assert month.place == "no_range"


def test_only_whole_months_from_the_day_of_the_paper_on_count() -> None:
    found = usage(
        *(a_day(date(2026, month, 3), cost=Decimal(600)) for month in (10, 11, 12)),
        a_day(date(2027, 1, 3), cost=Decimal(700)),
        first=date(2026, 10, 1),
        days=31 + 30 + 31 + 20,
    )

    made = followed(said_of_a_prompt(), found, READ_ON)

    assert [month.first for month in made.months] == [date(2026, 12, 1)]
    assert made.before == (date(2026, 10, 1), date(2026, 11, 1))
    assert made.not_whole == (date(2027, 1, 1),)


@pytest.mark.parametrize(("days", "whole"), [(30, []), (31, [date(2026, 12, 1)])])
def test_month_without_its_last_day_is_not_whole(days: int, whole: list[date]) -> None:
    found = usage(a_day(DAY, cost=Decimal(600)), first=date(2026, 12, 1), days=days)

    made = followed(said_of_a_prompt(), found, READ_ON)

    assert [month.first for month in made.months] == whole
    assert whole_months(found, READ_ON) == whole


@pytest.mark.parametrize(("day", "is_named"), [(1, True), (2, False)])
def test_month_that_is_cut_short_is_named_if_the_model_served_all_of_it(
    day: int, *, is_named: bool
) -> None:
    found = usage(a_day(DAY), first=date(2026, 12, 1), days=30)
    said = replace(said_of_a_prompt(), serves_from=date(2026, 12, day))

    made = followed(said, found, READ_ON)

    assert made.not_whole == ((date(2026, 12, 1),) if is_named else ())


def test_names_of_one_model_are_one_model() -> None:
    other = f"us.anthropic.{MODEL}"
    [month] = december(a_day(DAY), a_day(DAY, model=other)).months

    added = {part.causes: part.amount for part in month.split.in_cents.parts}
    assert added == {
        ("volume",): Decimal(604),
        **{(cause,): Decimal(0) for cause in ("tokens", "cache", "price", "model")},
    }


def test_month_without_any_use_costs_what_is_beside_it() -> None:
    [month] = december(nothing_used()).months

    assert month.split.as_printed.seen == 750
    assert month.split.as_printed.parts[0].amount == -604


@pytest.mark.parametrize(
    ("today", "count", "said"),
    [
        (
            date(2026, 11, 28),
            0,
            [
                "December 2026 and January 2027 end after 28 November 2026, when the "
                "file was read, so they are not compared."
            ],
        ),
        (
            date(2027, 1, 31),
            1,
            [
                "January 2027 ends after 31 January 2027, when the file was read, so "
                "it is not compared."
            ],
        ),
        (date(2027, 2, 1), 2, []),
    ],
)
def test_month_that_is_not_over_does_not_count(
    today: date, count: int, said: list[str]
) -> None:
    found = usage(a_day(DAY), first=date(2026, 12, 1), days=62)

    made = followed(said_of_a_prompt(), found, today)

    assert len(made.months) == count
    assert list(left_out_sentences(made)) == said


def test_month_with_missing_days_does_not_count_and_they_are_named() -> None:
    found = usage(a_day(DAY), first=date(2026, 12, 1), days=31)
    gone = tuple(date(2026, 12, n) for n in range(8, 31))

    made = followed(said_of_a_prompt(), replace(found, missing=gone), READ_ON)

    assert made.months == ()
    assert list(left_out_sentences(made)) == [
        "In December 2026, 23 days are not in the file (8, 9, 10, 11, 12 and 18 more), "
        "so that month is not compared. If nothing was used on them, add a row "
        "with 0 requests for each."
    ]


def test_days_that_a_format_leaves_out_count_as_days_without_use() -> None:
    others = [replace(nothing_used(), day=date(2026, 12, 1)), a_day(date(2026, 12, 9))]

    [month] = december(a_day(DAY), a_day(DAY, model="b"), *others).months

    assert month.quiet == 29
    assert list(cost_sentences(month))[-1] == "29 days without use."


def nothing_used() -> Usage:
    """Return a day on which nothing was used."""
    return Usage(
        day=DAY,
        model=MODEL,
        requests=0,
        input_tokens=0,
        cached_tokens=0,
        output_tokens=0,
        cost=Decimal(0),
    )


def test_costs_in_another_currency_do_not_count() -> None:
    made = december(a_day(DAY, cost=Decimal(9000)), currency="EUR")

    assert made.currency == "EUR"
    assert made.months[0].split.is_at_list_prices
    assert made.months[0].split.as_printed.seen == 604 + 750


def test_unpriced_model_is_named_and_the_month_is_not_known() -> None:
    [month] = december(a_day(DAY), a_day(DAY, model="in-house-7b")).months

    assert month.unpriced == ("in-house-7b",)
    assert month.place == "unknown"
    assert month.split.as_printed.parts[-1].causes == ("model",)
    assert month.split.as_printed.parts[-1].amount is None


def test_price_of_a_month_in_which_it_changes_is_told_by_days() -> None:
    first, following = date(2026, 11, 20), date(2026, 12, 10)

    days = price_days("gemini-4-argon", first, following)

    assert [each.days for each in days] == [11, 9]
    assert [each.prices.rates.input for each in days] == [2, 4]
    assert price_days("no-such-model", first, following) == ()
    assert price_days(None, first, following) == ()


WAYS: list[tuple[str, PricedTechnique, dict[str, str | None]]] = [
    ("prompt_long_context", "prompt", {}),
    (
        "prompt_long_context",
        "prompt_smaller",
        {"smaller": "gpt-6-luna", "today": "prompt_smaller"},
    ),
    ("few_shot", "few_shot", {}),
    ("rag", "rag", {"knowledge_tokens": "4000"}),
    ("keep", "fine_tune_hosted", {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}),
]


@pytest.mark.parametrize(("verdict", "way", "numbers"), WAYS)
def test_calls_of_every_technique_by_token_are_those_that_were_priced(
    verdict: str, way: PricedTechnique, numbers: dict[str, str | None]
) -> None:
    paper = assessed(ANSWERS[verdict], **numbers)
    again = document.load(document.dump(paper))

    found = said_of(current(), again)

    assert found.technique == way
    assert paper.costs is not None
    price = paper.costs.plan.of(way).price
    assert price is not None
    assert found.month == price.month
    usage_alone = prompt_per_month(found.usage.traffic, found.usage.prices)
    assert usage_alone + _beside(way) == price.month.expected


def _beside(way: PricedTechnique) -> Decimal:
    """Return what the worked sums have beside the model: people, search, hosting."""
    people = Decimal(180_000) / 12
    if way == "rag":
        # 0.1 people, the store, embedding the documents that were entered again, and a
        # query of 200 tokens a call.
        again = Decimal("0.1") * 4_000 * Decimal("0.02") / 1_000_000
        return people / 10 + 200 + again + 100_000 * 200 * Decimal("0.02") / 1_000_000
    return people / 4 if way == "fine_tune_hosted" else people / 20


# No speed of these GPUs is known, so a new tuned model is paid by token.
TUNED: dict[str, str | None] = {
    "today": "prompt",
    "tuned": "gpt-4o-mini",
    "ready_months": "1.5",
    "gpu": "H100 80 GB PCIe",
    "gpu_hour": None,
    "gpu_tokens_per_second": None,
}


def test_months_before_a_new_model_serves_are_not_compared() -> None:
    said = said_of(current(), assessed(ANSWERS["fine_tune"], **TUNED))
    days = 31 + 31 + 28
    found = usage(a_day(DAY), first=date(2026, 12, 1), days=days)

    made = followed(said, found, READ_ON)

    assert (said.on, said.serves_from) == (date(2026, 11, 24), date(2027, 1, 8))
    assert [month.first for month in made.months] == [date(2027, 2, 1)]
    assert made.before == (date(2026, 12, 1), date(2027, 1, 1))
    assert list(said_sentences(said))[-1] == (
        "The new model serves from 8 January 2027 on, so months that began before that "
        "are not compared."
    )
    assert list(left_out_sentences(made)) == [
        "2 months in the file began before 8 January 2027, and are not compared."
    ]


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("ft:gpt-4o-mini-2024-07-18:acme::AbCd1234", True),
        ("openai/ft:gpt-4o-mini:acme::AbCd1234", True),
        ("ft:llama:acme::AbCd1234", False),
    ],
)
def test_tuned_model_is_found_by_its_base(name: str, *, is_known: bool) -> None:
    kept = assessed(ANSWERS["keep"], today="fine_tune_hosted", tuned="gpt-4o-mini")
    said = said_of(current(), kept)
    used = Usage(
        day=DAY,
        model=name,
        requests=100_000,
        input_tokens=70_000_000,
        cached_tokens=0,
        output_tokens=30_000_000,
    )

    whole = usage(used, first=date(2026, 12, 1), days=31)
    [month] = followed(said, whole, READ_ON).months

    # 0.3 and 1.2 dollars for a million tokens: 21 + 36.
    assert month.split.as_printed.seen == (said.month.expected if is_known else None)
    assert month.unpriced == (() if is_known else (name,))


def test_machines_by_the_hour_and_papers_without_a_price_are_not_compared() -> None:
    kept = assessed(ANSWERS["keep"], today="fine_tune_own")
    unpriced = assessed(ANSWERS["prompt_long_context"], model=None)
    nothing = assess_on(current(), Inputs(codes={}), date(2026, 11, 24))

    for paper, why in (
        (kept, "The technique in the paper runs on machines paid by the hour"),
        (unpriced, "The paper gives no price for what it recommends."),
        (nothing, "The paper has no numbers, so it states no cost."),
    ):
        with pytest.raises(NotComparedError) as refused:
            said_of(current(), paper)
        assert str(refused.value).startswith(why)


def test_paper_of_other_market_facts_is_not_compared() -> None:
    paper = assessed(ANSWERS["prompt_long_context"], upkeep_share_prompt=None)
    facts = built_in()
    people = facts.assumptions["upkeep_share_prompt"]
    others = replace(
        facts,
        sha256="ab" * 32,
        assumptions={
            **facts.assumptions,
            people.id: replace(people, high=people.high * 2),
        },
    )

    with (
        in_force.using(lambda: others),
        pytest.raises(NotComparedError, match="different market facts"),
    ):
        said_of(current(), paper)
