"""A CSV file has a row for each day and model, and empty cells are not zero."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from audits.usage.rows import RefusedUsageError, Usage, require_past
from audits.usage.summary import summarized
from audits.usage.words import spend
from tests.usage.made_usage import read_bytes


def test_all_columns_are_read_in_any_order() -> None:
    content = (
        "Cost,Currency,Day,Model,Output tokens,Cached input,Input,Requests,Note\n"
        "12.50,EUR,2026-09-02,b,300,100,1000,7,x\n\n0,EUR,2026-09-01,a,1,0,2,3,\n"
    )

    found = read_bytes(content.encode())

    assert found.rows == (
        Usage(
            day=date(2026, 9, 1),
            model="a",
            requests=3,
            input_tokens=2,
            cached_tokens=0,
            output_tokens=1,
            cost=Decimal(0),
        ),
        Usage(
            day=date(2026, 9, 2),
            model="b",
            requests=7,
            input_tokens=1000,
            cached_tokens=100,
            output_tokens=300,
            cost=Decimal("12.50"),
        ),
    )
    assert (found.first, found.last) == (date(2026, 9, 1), date(2026, 9, 2))
    assert (found.format, found.currency) == ("CSV", "EUR")


def test_empty_cells_and_missing_columns_are_not_known() -> None:
    (row,) = read_bytes(b"day,requests,cost\n2026-09-01,,\n").rows

    assert row == Usage(day=date(2026, 9, 1))


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_other_separators_and_line_ends_are_read(separator: str, end: str) -> None:
    lines = ("\ufeffday,requests", "2026-09-01,4", "")
    content = end.join(lines).replace(",", separator)

    (row,) = read_bytes(content.encode()).rows

    assert row.requests == 4


def _costs(*rows: str) -> list[tuple[int, int | None, str]]:
    """Return day of the month, requests and cost of rows of a file."""
    lines = "\n".join(["day;requests;cost", *rows, ""])
    return [
        (row.day.day, row.requests, str(row.cost))
        for row in read_bytes(lines.encode()).rows
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("09.10.2026", "29.10.2026"),
        ("9/10/2026", "29/10/2026"),
        ("10/09/2026", "10/29/2026"),
        ("10-09-2026", "10-29-2026"),
        ("2026/10/9", "2026.10.29"),
    ],
)
def test_days_are_read_in_the_order_that_the_file_shows(
    first: str, second: str
) -> None:
    found = read_bytes(f"day,requests\n{first},1\n{second},2\n".encode())

    assert [row.day for row in found.rows] == [date(2026, 10, 9), date(2026, 10, 29)]


def test_day_whose_numbers_are_equal_has_one_reading() -> None:
    (row,) = read_bytes(b"day,requests\n10/10/2026,1\n").rows

    assert row.day == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("requests", "cost", "read"),
    [
        ("7,715,979", "$19.79", (7715979, "19.79")),
        ("7,715", "$19.79", (7715, "19.79")),
        ("7.715.979", "19,79", (7715979, "19.79")),
        ("7.715", "19,79 €", (7715, "19.79")),
        ("7 715 979", "1 234,50", (7715979, "1234.50")),
        ("7\u202f715", "USD 0.125", (7715, "0.125")),
        ("7’715’979", "1’234.567", (7715979, "1234.567")),
        ("7,715,979", "1.234", (7715979, "1.234")),
        ("7715.0", "1,234.50", (7715, "1234.50")),
        ("7715979", "12.5", (7715979, "12.5")),
    ],
)
def test_numbers_are_read_as_the_file_shows(
    requests: str, cost: str, read: tuple[int, str]
) -> None:
    assert _costs(f"2026-10-01;{requests};{cost}") == [(1, *read)]


def test_one_cell_shows_how_all_are_written() -> None:
    found = _costs("2026-10-01;7.715;1.234", "2026-10-02;1.000.000;5")

    assert found == [(1, 7715, "1234"), (2, 1000000, "5")]


@pytest.mark.parametrize(
    ("cells", "currency"),
    [
        ("$5,", "USD"),
        ("US$ 5,USD", "USD"),
        ("5 €,", "EUR"),
        ("£5,GBP", "GBP"),
        ("5 CHF,", "CHF"),
        ("$5,CAD", "CAD"),
    ],
)
def test_sign_of_a_cost_is_its_currency(cells: str, currency: str) -> None:
    found = read_bytes(f"day,cost,currency\n2026-10-01,{cells}\n".encode())

    assert (found.currency, found.rows[0].cost) == (currency, Decimal(5))


@pytest.mark.parametrize("total", ["Total,,", "Sum:,,", ",Grand total,", "Summe,,"])
def test_row_of_totals_is_left_out_and_said(total: str) -> None:
    label = total.strip(",")
    rows = f"2026-10-01,a,600,0.333\n2026-10-02,a,700,0.333\n{total}"
    content = f'day,model,requests,cost\n{rows}"1,300",0.67\n'

    found = read_bytes(content.encode())

    assert sum(row.requests or 0 for row in found.rows) == 1300
    assert found.last == date(2026, 10, 2)
    assert found.left_out == (
        f"The last row, “{label}”, is left out: it adds up the others.",
    )


def test_total_of_an_unknown_amount_is_not_compared() -> None:
    content = b"day,requests,cost\n2026-10-01,6,\n2026-10-02,7,1.50\nTotal,13,1.50\n"

    assert [row.requests for row in read_bytes(content).rows] == [6, 7]


def test_line_that_names_the_separator_is_read() -> None:
    content = "\ufeffsep=;\r\nday;requests;a,b,c,d\r\n2026-09-01;4;\r\n"

    (row,) = read_bytes(content.encode()).rows

    assert row.requests == 4


def test_plain_names_and_units_are_read_and_other_columns_are_named() -> None:
    head = "Date (UTC),Model,Calls,Input (cached included),Cached tokens"
    more = "Output (tokens),Cost (EUR),Team,Input (without cached),"
    content = f"{head},{more}\n2026-09-01,a,3,20,5,7,1.50,x,15,\n"

    found = read_bytes(content.encode())

    assert found.rows == (
        Usage(
            day=date(2026, 9, 1),
            model="a",
            requests=3,
            input_tokens=20,
            cached_tokens=5,
            output_tokens=7,
            cost=Decimal("1.50"),
        ),
    )
    assert found.currency == "EUR"
    assert found.left_out == (
        "The columns “Team” and “Input (without cached)” are not used.",
    )


def test_heading_that_is_not_used_is_named() -> None:
    found = read_bytes(b"day,requests,Region\n2026-09-01,4,eu\n")

    assert found.left_out == ("The column “Region” is not used.",)


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        (["1", "", "2"], "Line 3 has no cost, so the bill of September 2026 is not"),
        (["1", *6 * [""]], "Lines 3, 4, 5, 6 and 2 more have no cost, so the bill"),
        (["", ""], None),
        (["1", "0"], None),
    ],
)
def test_row_without_a_cost_beside_others_is_named(
    costs: list[str], said: str | None
) -> None:
    rows = [f"2026-09-{n:02},{cost}" for n, cost in enumerate(costs, start=1)]

    found = read_bytes("\n".join(["day,cost", *rows, ""]).encode()).left_out

    assert [x[: len(said or "")] for x in found] == ([said] if said else [])


def test_days_without_a_row_are_missing() -> None:
    content = b"day,requests\n2026-09-01,4\n2026-09-04,4\n2026-09-02,0\n"

    assert read_bytes(content).missing == (date(2026, 9, 3),)


@pytest.mark.parametrize("written", ["-20.50", "−$20.50", "$-20.50", "- 20.50"])
def test_credit_lowers_the_cost_of_its_month_and_is_no_usage(written: str) -> None:
    content = (
        "day,model,requests,input,cached input,output,cost\n"
        "2026-09-01,gpt-5,100,2000,10,300,50.00\n"
        "2026-09-02,gpt-5,100,2000,10,300,50.00\n"
        f"2026-09-30,,,,,,{written}\n"
    )

    found = read_bytes(content.encode())

    assert [(row.day.day, row.requests, str(row.cost)) for row in found.rows] == [
        (1, 100, "50.00"),
        (2, 100, "29.50"),
    ]
    assert (found.last, found.models) == (date(2026, 9, 2), ("gpt-5",))
    assert "Line 4 is a credit of 20.50, which lowers the cost of September 2026." in (
        found.left_out
    )


def test_credit_is_part_of_a_total() -> None:
    content = "day,requests,cost\n2026-09-01,4,9.00\n2026-09-02,,-2.00\nTotal,4,7.00\n"

    (row,) = read_bytes(content.encode()).rows

    assert (row.requests, str(row.cost)) == (4, "7.00")


@pytest.mark.parametrize(
    ("days", "is_taken"), [(-1, True), (0, True), (1, True), (2, False)]
)
def test_day_that_has_begun_nowhere_is_refused(days: int, *, is_taken: bool) -> None:
    now = datetime(2026, 11, 28, 11, tzinfo=UTC)  # the 29th at UTC+14
    content = f"day,requests\n2026-11-01,4\n{now.date() + timedelta(days)},5\n"
    found = read_bytes(content.encode())

    if is_taken:
        require_past(found, now)
    else:
        with pytest.raises(RefusedUsageError, match="of 30 November 2026, which is"):
            require_past(found, now)


def test_cost_of_minus_zero_is_usage_and_no_credit() -> None:
    found = read_bytes(b"day,requests,cost\n2026-09-01,4,-0.00\n2026-09-02,5,1.00\n")

    assert [(row.requests, str(row.cost)) for row in found.rows] == [
        (4, "0.00"),
        (5, "1.00"),
    ]
    assert found.left_out == ()


def test_row_for_a_whole_month_is_a_month() -> None:
    found = read_bytes(b"month,requests,cost\n2026-10,9000,640\n")
    summary = summarized(found)

    assert (found.first, found.last) == (date(2026, 10, 1), date(2026, 10, 31))
    assert summary.basis == "months"
    assert (summary.busiest, summary.cost) == (9000, Decimal(640))
    assert (summary.unused, summary.missing, summary.uncosted) == (0, 0, 0)
    assert spend(summary) == "$640.00 in that month"
    assert found.left_out == (
        "What is given for the whole of October 2026 is counted on its first day.",
    )


def test_month_that_is_there_twice_is_a_fault() -> None:
    with pytest.raises(RefusedUsageError, match="5 October 2026 is there again"):
        read_bytes(b"day,requests\n2026-10-05,9\n2026-10,9000\n")


def test_month_that_is_not_over_is_refused() -> None:
    found = read_bytes(b"day,requests\n2026-11,9000\n")

    with pytest.raises(RefusedUsageError, match="still to come"):
        require_past(found, datetime(2026, 11, 28, tzinfo=UTC))


def test_credit_lowers_the_cost_of_a_whole_month() -> None:
    found = read_bytes(b"day,requests,cost\n2026-10,9000,640\n2026-10,,-40\n")

    assert summarized(found).cost == 600
