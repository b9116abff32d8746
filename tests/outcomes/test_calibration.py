"""How often ranges held, over the portfolio."""

import csv
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Event, Outcome, PortfolioRow, Role, Stage
from audits.scoring.days import in_words
from audits.scoring.tracking.outcome_words import span_of
from tests.casting import CANARY, Cast
from tests.examples import some_of
from tests.outcomes.signed import (
    MODEL,
    counted,
    month_after,
    sheet_of,
    signed,
    signed_again,
    signed_and_counted,
)
from tests.pages import html_of
from tests.signed_in import sign_in


def live(audit: Audit, *, spend: int | None, cost: int | None) -> PortfolioRow:
    """Let the portfolio say that a use case is live and signed off."""
    with scope(organization=audit.organization):
        rows = PortfolioRow.objects.filter(use_case=audit.use_case_id)
        signed_off = Audit.State.SIGNED_OFF
        rows.update(
            audit=audit, stage=Stage.LIVE, state=signed_off, spend=spend, cost=cost
        )
        return rows.get()


@pytest.fixture
def audit(cast: Cast) -> Audit:
    """Sign off a prompt for $2,562 a month, of which $1,812 is usage."""
    return signed(cast.ours, requests="300000")


@pytest.fixture
def compared(cast: Cast) -> Audit:
    """Sign the same off, and let a month count that cost $2,550."""
    return signed_and_counted(cast.ours, "1800", requests="300000")


def page_of(client: Client, cast: Cast) -> str:
    sign_in(client, cast.ours.people[Role.VIEWER])
    return html_of(client.get(reverse("calibration")))


@pytest.mark.thorough
def test_months_are_counted_with_what_too_few_can_show(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1800", "9000", "10"))

    page = page_of(client, cast)

    assert (
        "Of 3 months of 1 use case, 1 was inside the range of their paper, 1 above it "
        "and 1 below it."
    ) in page
    assert "3 months are too few to say how often ranges hold: it takes 12." in page
    first, last = month_after(), month_after(3)
    assert (
        f"3 months, {span_of(first, last)}, US dollars: the papers said $7,686, and "
        "together they cost $13,060, $5,374 more. Months above what was said add up to "
        "$7,188 more, and months below it to $1,814 less. $2,250 of both amounts"
    ) in page
    assert f'<span>3<span class="small">{span_of(first, last)}<' in page
    assert 'data-label="Said">$7,686<' in page
    assert 'data-label="Cost">$13,060<' in page
    assert (
        f"{month_after(2):%B %Y}: $7,188 more, largest cause a bill that differs from "
        "list prices"
    ) in page
    assert reverse("outcomes", args=[audit.pk]) in page


@pytest.mark.thorough
def test_months_that_are_mostly_people_are_weak_tests_unless_outside(
    client: Client, cast: Cast
) -> None:
    counted(signed(cast.ours), cast.ours, sheet_of("1200", "9000"))

    page = page_of(client, cast)

    assert (
        "1 more month is a weak test, which is not counted: inside the range, but less "
        "than half of the paper’s monthly amount is usage, and the rest is copied from "
        "the paper."
    ) in page
    for name, count in {
        "Weak tests": 1,
        "Inside": None,
        "Above": 1,
        "Below": None,
    }.items():
        assert f'data-label="{name}">{count}<' in page


@pytest.mark.on_both
def test_page_says_how_much_of_what_is_live_is_compared_and_why_not_more(
    client: Client, cast: Cast, compared: Audit
) -> None:
    audit = compared
    other = live(cast.ours.submitted, spend=646, cost=600)
    live(audit, spend=1400, cost=1354)

    page = page_of(client, cast)

    assert (
        "For 1 of the 2 live, signed-off use cases ($2,046 a month for what runs, "
        "together), months have been compared with the paper in force today ($1,400 a "
        "month, 68%)."
    ) in page
    assert (
        "Each month counts under the paper that was in force when it began, and is "
        "compared with the plan that this paper recommends."
    ) in page
    assert "One-off costs, such as building and training, are not compared." in page
    table = page.split('<h2 id="not-compared">')[1]
    assert other.name in table
    assert "$646" in table
    assert "$600" not in table
    assert "The paper has no numbers, so it states no cost." in table
    assert audit.use_case.name not in table


def test_months_of_an_earlier_paper_are_counted_under_it_and_cover_no_later_one(
    client: Client, cast: Cast, compared: Audit
) -> None:
    first, second = month_after(1), month_after(2)
    audit = compared
    new = signed_again(audit, cast.ours, second)
    live(new, spend=2562, cost=2562)

    earlier_alone = page_of(client, cast)
    counted(new, cast.ours, sheet_of("1800", "9000"), "both.csv")
    both = page_of(client, cast)

    today = timezone.localdate()
    old_name = f"paper signed on {in_words(today)}"
    none = (
        "No month of one live, signed-off use case ($2,562 a month for what runs) has "
        "been compared with the paper in force today."
    )
    why = (
        f"Its months belong to the {old_name}. No usage file covers a whole month "
        f"since the paper in force was signed off."
    )
    assert none in earlier_alone
    assert why in earlier_alone.split('<h2 id="not-compared">')[1]
    of_one = "For 1 of one live, signed-off use case ($2,562 a month for what runs), "
    assert f"{of_one}months" in both
    table = both.split('id="by-use-case"')[1]
    rows = table.split('<th scope="row">')[1:]
    assert [f"P{old_name[1:]}" in row for row in rows] == [True, False]
    assert f"Paper signed on {in_words(second)}" in rows[1]
    assert [f"{first:%B %Y}" in row for row in rows] == [True, False]
    assert "Of 2 months of 1 use case, 1 was inside" in both


@pytest.mark.parametrize(
    ("fields", "why"),
    some_of(
        [
            (None, "The paper gives no price for what it recommends."),
            ({"months": []}, "Its usage files have no whole month to compare."),
            ({"months": [], "why_not": "It runs by the hour."}, "It runs by the hour."),
            ("synthetic", "Its usage is synthetic."),
            ("unknown", "What its months cost is not known."),
        ],
        3,
    ),
)
def test_each_use_case_says_why_it_is_not_compared(
    client: Client, cast: Cast, audit: Audit, fields: Any, why: str
) -> None:
    if fields in ("synthetic", "unknown"):
        bill, model = ("1800", MODEL) if fields == "synthetic" else ("", "in-house")
        sheet = sheet_of(bill, models=model)
        counted(audit, cast.ours, sheet, is_synthetic=fields == "synthetic")
    elif fields is not None:
        with scope(organization=cast.ours.organization):
            Outcome.objects.create(
                organization=cast.ours.organization, audit=audit, **fields
            )
    live(audit, spend=None, cost=None)

    page = page_of(client, cast)

    assert "has been compared with the paper in force today." in page
    assert "1 of them states no monthly amount." in page
    table = page.split('<h2 id="not-compared">')[1]
    assert "Not stated" in table
    assert why in table


@pytest.mark.thorough
def test_page_of_synthetic_months_alone_begins_with_that(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1800"), is_synthetic=True)

    page = page_of(client, cast)

    said = "All usage so far is synthetic: it was invented for practice"
    assert page.index("No real month has been compared yet</h1>") < page.index(said)
    assert page.index(said) < page.index("No use case is live with a signed-off paper.")
    assert "No month after a signed paper" not in page


@pytest.mark.thorough
def test_enough_months_give_an_interval(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of(*["1800"] * 12))

    page = page_of(client, cast)

    assert "between 76 and 100 of 100 are inside their range." in page
    assert "too few" not in page


@pytest.mark.thorough
def test_synthetic_months_have_a_table_of_their_own_and_are_never_counted(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1800"), "real.csv")
    made_up = sheet_of(*["9000"] * 12)
    counted(audit, cast.ours, made_up, "made-up.csv", is_synthetic=True)

    page = page_of(client, cast)

    assert "Of 1 month of 1 use case, 1 was inside the range of its paper" in page
    real, synthetic = page.split('<h2 id="synthetic">')
    assert 'data-label="Above">None<' in real
    assert 'data-label="Above">11<' in synthetic
    assert "It is not counted above." in synthetic


def test_months_of_another_organization_are_not_counted(
    client: Client, cast: Cast
) -> None:
    counted(signed(cast.theirs), cast.theirs, sheet_of("1800"))

    page = page_of(client, cast)

    assert CANARY not in page
    assert "No month has been compared yet</h1>" in page
    assert "too few" not in page


def test_table_is_one_query_however_many_use_cases(
    client: Client,
    cast: Cast,
    compared: Audit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with scope(organization=cast.ours.organization):
        stored = Outcome.objects.get()
        Outcome.objects.create(
            organization=stored.organization,
            audit=cast.ours.submitted,
            counts=stored.counts,
        )
    sign_in(client, cast.ours.contributor)
    client.get(reverse("calibration"))

    with django_assert_max_num_queries(6) as asked:
        page = html_of(client.get(reverse("calibration")))

    assert "Of 2 months of 2 use cases, 2 were inside" in page
    [sql] = [x["sql"] for x in asked.captured_queries if "audits_outcome" in x["sql"]]
    assert '"counts"' in sql
    assert '"audits_outcome"."months"' not in sql


def test_csv_has_a_row_for_each_use_case(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1800", "9000"))
    live(audit, spend=2562, cost=2562)
    live(cast.ours.submitted, spend=646, cost=600)
    sign_in(client, cast.ours.people[Role.VIEWER])

    response = client.get(reverse("calibration_csv"))

    text = response.content.decode("utf-8-sig")
    head, row, other, total = csv.reader(text.splitlines())
    assert head[:5] == ["Reference", "Use case", "Team", "Paper", "Synthetic"]
    span = [f"{month_after(n):%Y-%m}" for n in (1, 2)]
    counts = ["2", "1", "1", "0", "0", "0", *span, "5124", "12300", "7176"]
    name = f"paper signed on {in_words(timezone.localdate())}"
    assert row[1:16] == ["Northgate triage", "Northgate claims", name, "no", *counts]
    assert dict(zip(head, row, strict=True))["More (USD)"] == "7188"
    assert dict(zip(head, row, strict=True))["Less (USD)"] == "12"
    assert row[-2:] == ["2562.00", ""]
    assert (other[1], other[-2:]) == (
        *(
            "Northgate handbook",
            ["646.00", "The paper has no numbers, so it states no cost."],
        ),
    )
    assert total[1:16] == ["All that is not synthetic", "", "", "no", *counts]
    assert total[-2:] == ["3208.00", ""]
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="portfolio.exported")
    assert (event.subject, event.details) == ("calibration", {"kind": "csv"})
