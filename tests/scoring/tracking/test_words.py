"""What was said and what happened, in sentences."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.landscape import in_force
from audits.scoring.causes.split import Part
from audits.scoring.days import in_words
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.tracking.months import followed
from audits.scoring.tracking.words import (
    cause_sentence,
    left_out_sentences,
    month_sentences,
    said_sentences,
)
from tests.scoring.tracking.papers import (
    MODEL,
    READ_ON,
    a_day,
    december,
    said_of_a_prompt,
    usage,
)

DAY = date(2026, 12, 7)


def test_paper_is_said_with_its_range_and_without_a_probability() -> None:
    assert list(said_sentences(said_of_a_prompt())) == [
        "On 24 November 2026, the paper said $1,354 a month ($904 to $2,104).",
        "The range runs from the lowest to the highest cost to expect, if errors "
        "in the numbers are independent of each other. The paper does not say "
        "how likely a cost inside the range is.",
        "It is the cost of “Prompt on the chosen model”: the calls of a busy "
        "month about half a year on, at the prices of 24 November 2026. "
        "Earlier months usually have fewer calls.",
        "For 12 months, the paper said $16,248 ($10,848 to $25,248), the same as 12 "
        "such months. Only months are compared.",
    ]


def test_year_that_is_not_12_times_the_month_says_why() -> None:
    said = said_of_a_prompt()
    amount = Decimal(20_000)
    year = Band(low=amount, expected=amount, high=amount)

    *_, last = said_sentences(replace(said, year=year))

    assert last == (
        "For 12 months, the paper said $20,000. Twelve such months alone would cost "
        "$16,248; the paper’s 12 months also have one-off costs, what runs until this "
        "is ready, and announced price changes. Only months are compared."
    )


def test_month_is_said_with_its_place_and_its_causes() -> None:
    [month] = december(a_day(DAY, times=2, cost=Decimal(1200))).months

    assert list(month_sentences(month)) == [
        "December 2026 cost $1,950: weak test (inside the range; "
        "a usage file can check only $604 of the paper’s $1,354).",
        "$604 more from volume, $8 less because the bill differs from list prices.",
        "30 days without use.",
        "$750 of the $1,950 is for people and other costs outside the file, as in the "
        "paper.",
    ]


def test_month_without_a_bill_is_said_to_be_computed_and_from_prices_of_when() -> None:
    [month] = december(a_day(DAY)).months
    checked = in_force.current().models[MODEL].price_checked
    assert checked is not None

    assert list(month_sentences(month)) == [
        "December 2026 comes to $1,354: weak test (inside the range; "
        "a usage file can check only $604 of the paper’s $1,354).",
        "The file has no bill in US dollars: computed from tokens at list prices "
        f"checked on {in_words(checked)}.",
        "30 days without use.",
        "$750 of the $1,354 is for people and other costs outside the file, as in the "
        "paper.",
    ]


def test_unknown_month_says_what_is_missing() -> None:
    [month] = december(a_day(DAY, model="in-house-7b")).months
    [nameless] = december(a_day(DAY, model=None)).months

    assert list(month_sentences(month))[:2] == [
        "What December 2026 cost is not known: the file has no cost, and there is no "
        "list price of “in-house-7b”.",
        "Not known: model.",
    ]
    assert "no list price of one without a name." in next(month_sentences(nameless))


def test_causes_that_a_file_does_not_tell_apart_are_named_together() -> None:
    told = cause_sentence(
        (
            Part(causes=("volume",), amount=Decimal(0)),
            Part(causes=("tokens", "cache", "price"), amount=Decimal("-4.5")),
            Part(causes=("model", "other"), amount=None),
        )
    )

    assert told == (
        "$4.50 less from tokens, cache share, price or several of them (the file does "
        "not say which); not known: model and "
        "a bill that differs from list prices."
    )


def test_what_is_not_compared_is_said() -> None:
    found = usage(
        a_day(DAY, cost=Decimal(1)),
        first=date(2026, 11, 1),
        days=30 + 31 + 5,
        currency="EUR",
    )

    assert list(left_out_sentences(followed(said_of_a_prompt(), found, READ_ON))) == [
        "1 month in the file began before 24 November 2026, and is not compared.",
        "The file has a part of January 2027, so that month is not compared.",
        "The costs in the file are in EUR, so list prices in US dollars are used "
        "instead.",
    ]


def test_month_that_the_paper_knows_after_a_change_is_said() -> None:
    said = said_of_a_prompt(model="gemini-3.8-flash", upkeep_share_prompt="0.05")

    # It doubles on 1 January 2027: 100,000 × 2 × 0.002355 + 750 = 1,221 (V22).
    assert said.then == "$1,221 a month from 1 January 2027"
    assert (
        f"For the same calls, the paper says {said.then}. A month after that is "
        "compared with $986 all the same, and the change is named as a cause."
    ) in [*said_sentences(said)]
