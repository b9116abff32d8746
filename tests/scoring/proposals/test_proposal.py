"""What an offer costs over the same 12 months, worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.costs.cost_calendar import (
    CostCalendar,
    OneOff,
    calendar_of,
    months_from,
)
from audits.scoring.proposals.declined import not_accepted
from audits.scoring.proposals.proposal import (
    Amount,
    Beside,
    ComparedProposal,
    Net,
    Proposal,
    Rate,
)
from audits.scoring.proposals.proposal_comparison import compared
from audits.scoring.proposals.proposal_words import ProposalWords

DAY = date(2026, 11, 27)
OFFER = Proposal(by="Nordlys", currency="EUR", once=Decimal(100_000))
TODAY = Beside(
    technique="fine_tune_hosted",
    standing="Current plan",
    month=Decimal(4_142),
    once=Decimal(24_922),
    year=Decimal(40_325),
)
ADVISED = Beside(
    technique="few_shot",
    standing="Recommended",
    month=Decimal(1_175),
    once=Decimal(300),
    year=Decimal(14_403),
)


def found(offer: Proposal, requests: int | None = 60_000) -> ComparedProposal:
    return compared(
        offer,
        DAY,
        technique_name="Fine-tune",
        requests=requests,
        plans=(TODAY, ADVISED),
    )


def test_worked_example_in_euros_is_right_to_the_cent() -> None:
    both = found(replace(OFFER, month=Decimal(1_500), requests=60_000))

    assert both.rate == Rate(
        dollars=Decimal("1.1172"),
        day=date(2026, 10, 30),
        issuer="European Central Bank",
    )
    # 100,000 + 12 × 1,500 = 118,000; × 1.1172.
    assert both.year == Amount(own=Decimal(118_000), dollars=Decimal("131829.60"))
    assert both.once == Amount(own=Decimal(100_000), dollars=Decimal("111720.00"))
    assert both.month == Amount(own=Decimal(1_500), dollars=Decimal("1675.80"))
    assert both.covers_volume is True
    assert both.covers_year
    # $131,830 as printed, less $14,403 and $40,325.
    assert both.net_year(ADVISED) == Net(amount=Decimal(117_427))
    assert both.net_year(TODAY) == Net(amount=Decimal(91_505))
    assert both.net_month(TODAY) == Net(amount=Decimal(1_676 - 4_142))


@pytest.mark.parametrize(
    ("prices", "month", "year"),
    [
        ({"once": Decimal(120_000)}, "0", "120000"),
        ({"month": Decimal("999.99")}, "999.99", "11999.88"),
        ({"year": Decimal(50_000)}, "4166.67", "50000"),
        (
            {"once": Decimal(1), "month": Decimal(10), "year": Decimal(120)},
            "20",
            "241",
        ),
        ({"once": Decimal(0)}, "0", "0"),
    ],
)
def test_prices_once_a_month_and_a_year_add_up_over_12_months(
    prices: dict[str, Decimal], month: str, year: str
) -> None:
    both = found(Proposal(by="Nordlys", **prices))  # type: ignore[arg-type]

    assert both.rate is None
    assert both.month.dollars.quantize(Decimal("0.01")) == Decimal(month)
    assert both.year == Amount(own=Decimal(year), dollars=Decimal(year))


@pytest.mark.parametrize(
    ("start", "months", "starts", "covered", "year"),
    [
        (None, None, DAY, "12", "112000"),
        (None, 24, DAY, "12", "112000"),
        (None, 6, DAY, "6", "106000"),
        # A day that has passed: it cannot begin before it is compared.
        (date(2026, 3, 1), 6, DAY, "6", "106000"),
        (date(2027, 2, 27), None, date(2027, 2, 27), "9", "109000"),
        # 27 November to 27 December has 30 days, of which 15 are left.
        (date(2026, 12, 12), None, date(2026, 12, 12), "11.5", "111500"),
        # After the 12 months nothing of it is due in them.
        (date(2027, 11, 27), None, date(2027, 11, 27), "0", "0"),
    ],
)
def test_offer_counts_from_its_day_for_its_months(
    start: date | None, months: int | None, starts: date, covered: str, year: str
) -> None:
    offer = replace(OFFER, currency="USD", month=Decimal(1_000))

    both = found(replace(offer, start=start, months=months))

    assert (both.starts, both.covered) == (starts, Decimal(covered))
    assert both.year.own == Decimal(year)
    assert both.covers_year is (covered == "12")


def calendar(month: int, once: int, day: date) -> CostCalendar:
    line = OneOff(day=day, what="Move", amount=Decimal(once))
    return calendar_of(months_from(DAY), {DAY: Decimal(month)}, [line])


def test_what_runs_today_goes_on_until_the_offer_begins() -> None:
    # 15 of the 30 days of the first month at $4,142, and a move in them.
    until = calendar(4_142, 500, date(2026, 12, 11))
    offer = Proposal(
        by="Nordlys", once=Decimal(10_000), start=date(2026, 12, 12), months=12
    )

    both = compared(offer, DAY, plans=(TODAY, ADVISED), until=until)

    assert (both.before, both.ends_early) == (Decimal(2_571), False)
    assert both.year.own == Decimal(10_000)
    assert both.net_year(TODAY) == Net(amount=Decimal(12_571 - 40_325))
    assert both.net_year(ADVISED) == Net(amount=Decimal(12_571 - 14_403))
    assert ProposalWords(both).limits[:2] == (
        "The offer covers 11.5 of the 12 months.",
        "Until 12 December 2026 the current plan is counted: $2,571.",
    )


def test_what_is_paid_once_after_the_offer_begins_is_not_counted_before() -> None:
    until = calendar(4_142, 500, date(2026, 12, 12))
    offer = Proposal(by="Nordlys", once=Decimal(10_000), start=date(2026, 12, 12))

    assert compared(offer, DAY, until=until).before == Decimal(2_071)


def test_offer_that_begins_after_a_plan_without_a_price_is_never_said_to_save() -> None:
    offer = Proposal(by="Nordlys", once=Decimal(10), start=date(2026, 12, 12))

    both = compared(offer, DAY, plans=(None, ADVISED), until=None)

    assert (both.before, both.net_year(ADVISED)) == (None, None)
    said = "What runs until 12 December 2026 has no price."
    assert said in ProposalWords(both).limits


def test_price_a_year_is_paid_for_the_months_that_are_covered() -> None:
    both = found(Proposal(by="Nordlys", year=Decimal(50_000), months=6))

    assert both.year.own == Decimal(25_000)


def test_offer_below_the_volume_says_both_and_is_never_said_to_save() -> None:
    dear = found(replace(OFFER, requests=50_000))
    cheap = found(Proposal(by="Nordlys", once=Decimal(5_000), requests=50_000))

    assert dear.covers_volume is False
    assert dear.net_year(ADVISED) == Net(amount=Decimal(97_317), is_least=True)
    assert cheap.net_year(ADVISED) is None
    limit = (
        "The offer is for 50,000 of 60,000 calls a month; what the rest costs is not "
        "known."
    )
    assert limit in ProposalWords(dear).limits
    assert ProposalWords(dear).line.endswith(
        " for 50,000 of 60,000 calls a month over 12 months, at least $97,317 more "
        "than “Few-shot” (recommended) (A4)."
    )
    assert ProposalWords(dear).title == (
        "The offer costs at least $97,317 more than what the verdict recommends over "
        "12 months"
    )
    assert ProposalWords(cheap).title == "The offer costs $5,000 over 12 months"


@pytest.mark.parametrize(
    ("offered", "needed", "says"),
    [
        (
            None,
            60_000,
            "The offer names no volume: ask whether it covers 60,000 calls a month.",
        ),
        (50_000, None, "How many calls a month this use case has is not entered."),
    ],
)
def test_volume_that_nobody_named_is_told(
    offered: int | None, needed: int | None, says: str
) -> None:
    both = found(replace(OFFER, requests=offered), needed)

    assert both.covers_volume is None
    assert says in ProposalWords(both).limits


def test_offer_for_fewer_months_is_at_least_so_expensive() -> None:
    both = found(replace(OFFER, months=6))

    assert both.net_year(ADVISED) == Net(amount=Decimal(97_317), is_least=True)
    assert both.net_month(ADVISED) == Net(amount=Decimal(-1_175))
    assert "The offer covers 6 of the 12 months." in ProposalWords(both).limits


def test_own_rate_counts_and_is_said_to_be_the_teams() -> None:
    words = ProposalWords(found(replace(OFFER, rate=Decimal("1.16"))))

    assert words.compared.year.dollars == Decimal(116_000)
    assert words.year_in_both == (
        "€100,000 (about $116,000 at 1.16, a rate that the team entered)"
    )
    assert words.rate == "1 EUR is 1.16 US dollars, a rate that the team entered."


def test_rate_of_an_offer_in_dollars_does_not_count_and_is_told() -> None:
    both = found(replace(OFFER, currency="USD", rate=Decimal("1.16")))

    assert both.year == Amount(own=Decimal(100_000), dollars=Decimal(100_000))
    assert (
        "Its exchange rate does not count: it is in US dollars."
        in ProposalWords(both).limits
    )


def test_line_says_who_what_how_much_over_which_time_and_against_what() -> None:
    words = ProposalWords(found(replace(OFFER, requests=60_000)))

    assert words.line == (
        "Offer of Nordlys for “Fine-tune”: €100,000 (about $111,720 at 1.1172 on "
        "30 October 2026, European Central Bank) over 12 months, at least $97,317 more "
        "than “Few-shot” (recommended) (A4)."
    )


def test_line_without_a_recommendation_compares_with_what_runs_today() -> None:
    offer = Proposal(by="Nordlys", once=Decimal(50_000), months=6)

    assert ProposalWords(compared(offer, DAY, plans=(TODAY, None))).line == (
        "Offer of Nordlys: $50,000 over 6 of the 12 months, at least $9,675 more than "
        "“Tuned hosted model” (current plan); $50,000 over 6 months (A4)."
    )


def test_what_is_bought_is_said_with_its_term_and_its_prices() -> None:
    offer = Proposal(
        by="Nordlys",
        currency="CHF",
        includes="training and hosting",
        once=Decimal("1000.50"),
        year=Decimal(2_000),
        start=date(2027, 1, 1),
        months=12,
        requests=60_000,
    )

    assert ProposalWords(compared(offer, DAY)).buys == (
        "Nordlys asks CHF 1,000.50 once and CHF 2,000 a year, from "
        "1 January 2027 for 12 months, up to 60,000 calls a month. It includes: "
        "training and hosting."
    )


def test_rows_set_three_plans_side_by_side_with_two_differences() -> None:
    rows = ProposalWords(found(replace(OFFER, month=Decimal(9)))).rows

    amounts = [(row.name, *(cell.amount for cell in row.cells)) for row in rows]
    advised = "Offer against what the verdict recommends"
    # 9 × 1.1172 = 10.0548; (100,000 + 12 × 9) × 1.1172 = 111,840.66.
    assert amounts == [
        ("Current plan", "$4,142", "$24,922", "$40,325"),
        ("Offered by Nordlys", "$10", "$111,720", "$111,841"),
        ("What the verdict recommends", "$1,175", "$300", "$14,403"),
        ("Offer against the current plan", "$4,132 less", "", "$71,516 more"),
        (advised, "$1,165 less", "", "$97,438 more"),
    ]
    assert [cell.own for cell in rows[1].cells] == ["€9", "€100,000", "€100,108"]


def test_offer_without_a_running_price_is_not_said_to_save_by_the_month() -> None:
    words = ProposalWords(found(OFFER))

    assert [cell.amount for cell in words.rows[1].cells] == [
        *("Not stated", "$111,720", "At least $111,720"),
    ]
    assert [cell.own for cell in words.rows[1].cells] == ["", "€100,000", "€100,000"]
    least = "At least $97,317 more"
    assert [cell.amount for cell in words.rows[4].cells] == ["", "", least]
    assert words.title.startswith("The offer costs at least $97,317 more")
    assert words.beside == ("at least $97,317 more than advised", "€100,000 once")
    assert not_accepted(words) == "This declines the offer of Nordlys ($111,720 once)."
    assert words.year_in_brief == "$111,720 once"
    assert words.limits[0] == (
        "The offer names no running price, so none is counted: ask what a month costs."
    )


def test_option_of_an_offer_is_not_compared_with_advice_that_has_no_price() -> None:
    meanwhile = replace(ADVISED, standing="Meanwhile")
    words = ProposalWords(compared(OFFER, DAY, plans=(None, meanwhile)))

    than = "more than “Few-shot” (meanwhile)"
    assert words.beside == (f"at least $97,317 {than}", "€100,000 once")
    assert than in words.line


def test_price_for_so_many_months_is_for_running_it_in_them() -> None:
    words = ProposalWords(found(replace(OFFER, months=12)))

    assert [cell.amount for cell in words.rows[1].cells] == [
        *("Not stated", "$111,720", "$111,720"),
    ]
    assert [cell.amount for cell in words.rows[4].cells] == ["", "", "$97,317 more"]


def test_offer_without_a_running_price_is_never_said_to_save() -> None:
    cheap = found(replace(OFFER, once=Decimal(5_000)))

    assert cheap.net_year(ADVISED) is None


def test_plan_without_an_amount_says_why() -> None:
    both = compared(OFFER, DAY, missing=("Not entered", "There is no verdict yet"))

    rows = ProposalWords(both).rows

    assert [(row.detail, row.cells) for row in (rows[0], rows[2])] == [
        ("Not entered", ()),
        ("There is no verdict yet", ()),
    ]
    assert len(rows) == 3


def test_plan_that_is_not_recommended_is_called_what_it_is() -> None:
    meanwhile = replace(ADVISED, standing="Meanwhile")
    words = ProposalWords(compared(OFFER, DAY, plans=(None, meanwhile)))

    assert words.rows[2].name == "What the verdict leads to (meanwhile)"
    assert words.title.endswith("more than “Few-shot” over 12 months")


def test_offer_that_was_not_compared_is_not_declined() -> None:
    # It costs less than what is advised, but names no running price.
    part = compared(
        replace(OFFER, once=Decimal(1_000)), DAY, plans=(None, ADVISED), requests=60_000
    )
    unpriced = compared(OFFER, DAY, missing=("", "“RAG” has no price"))

    assert not_accepted(ProposalWords(part)) == (
        "The offer of Nordlys was not compared: it names no running price."
    )
    assert not_accepted(ProposalWords(unpriced)) == (
        "The offer of Nordlys was not compared: “RAG” has no price."
    )


def test_offer_beside_a_plan_without_a_price_says_what_is_not_known() -> None:
    small = replace(OFFER, once=Decimal(1_000), month=Decimal(1))
    found = compared(small, DAY, plans=(None, ADVISED), requests=60_000)

    unknown = ProposalWords(replace(found, before=None))

    assert not_accepted(unknown) == (
        "The offer of Nordlys was not compared: what runs until it begins has no price."
    )


@pytest.mark.parametrize("advised", [None, replace(ADVISED, year=Decimal(500_000))])
def test_offer_that_is_compared_with_the_current_plan_alone_says_so_everywhere(
    advised: Beside | None,
) -> None:
    words = ProposalWords(compared(OFFER, DAY, plans=(TODAY, advised)))

    finding = "costs at least $71,395 more than the current plan over 12 months"
    assert words.title == f"The offer {finding}"
    more = "at least $71,395 more than the current plan"
    assert words.beside == (more, "€100,000 once")
    assert "at least $71,395 more than" in words.line
    assert not_accepted(words) == f"The offer of Nordlys {finding}."


def test_first_day_is_printed_as_it_was_entered() -> None:
    past, later = (
        ProposalWords(found(replace(OFFER, month=Decimal(1), start=day))).buys
        for day in (date(2024, 1, 1), date(2027, 2, 1))
    )

    assert "from 1 January 2024 (counted from 27 November 2026)." in past
    assert "from 1 February 2027." in later
