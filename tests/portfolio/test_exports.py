"""Any view of the portfolio as CSV, XLSX and JSON."""

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from audits.models import Audit, Stage
from audits.portfolio.cells import safe
from audits.portfolio.columns.listed import IN_FILES
from audits.portfolio.files.workbook import write_table
from tests.casting import Cast
from tests.portfolio.rows_made import make_rows

FORMATS = ("csv", "xlsx", "json")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=HYPERLINK(1)"]


def fetch(client: Client, kind: str, **query: str) -> bytes:
    response: Any = client.get(reverse(f"portfolio_{kind}"), query)
    assert response.status_code == 200
    name = f"portfolio-{timezone.localdate()}.{kind}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    return b"".join(response.streaming_content)


def rows_of(client: Client, kind: str, **query: str) -> list[dict[str, str]]:
    """Return the rows of a file, each cell as its text by its column's key."""
    content = fetch(client, kind, **query)
    keys = [column.key for column in IN_FILES]
    if kind == "json":
        found = json.loads(content)["use_cases"]
        return [{k: _text(v) for k, v in row.items()} for row in found]
    table = csv_cells(content) if kind == "csv" else xlsx_cells(content)
    assert table[0] == [column.heading for column in IN_FILES]
    return [dict(zip(keys, row, strict=True)) for row in table[1:]]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def csv_cells(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def _letters(place: int) -> str:
    """Return the letters of a column of a sheet: A to Z, then AA, AB and so on."""
    before, last = divmod(place, 26)
    return (chr(ord("A") + before - 1) if before else "") + chr(ord("A") + last)


def xlsx_cells(content: bytes) -> list[list[str]]:
    """Return the cells of the only sheet, and refuse formulas and links."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314
        assert not [name for name in book.namelist() if "rels/sheet" in name]
    assert not [*sheet.iter(f"{SHEET}f"), *sheet.iter(f"{SHEET}hyperlink")]
    table = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = {cell.get("r", ""): cell for cell in row}
        number = row.get("r")
        letters = [get_column_letter(place + 1) for place in range(len(IN_FILES))]
        found = [cells.get(f"{letter}{number}") for letter in letters]
        table.append(
            [
                "" if c is None else "".join(c.itertext()).replace("_x000D_", "\r")
                for c in found
            ]
        )
    return table


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.on_both
def test_file_has_each_use_case_of_the_view_in_its_order(
    cast: Cast, client: Client, kind: str
) -> None:
    make_rows(cast.ours, 3, stage=Stage.LIVE)

    rows = rows_of(client, kind, stage="live", sort="-name")

    assert [row["name"] for row in rows] == ["Case 00005", "Case 00004", "Case 00003"]
    assert rows[0]["reference"] == "UC-0005"


@pytest.mark.once
@pytest.mark.parametrize("kind", FORMATS)
def test_cells_say_what_the_table_says(cast: Cast, client: Client, kind: str) -> None:
    money = {"spend": Decimal("1234.50"), "saving": Decimal("-500"), "cost": None}
    fields = {"state": Audit.State.SIGNED_OFF, "due_on": date(2099, 12, 9)}
    [made] = make_rows(
        cast.ours,
        1,
        name="Größe, “Maß”",
        verdict="rag",
        trend="weaker",
        stage=Stage.LIVE,
        **money,
        **fields,
    )

    [row] = rows_of(client, kind, q="Größe")

    assert row["name"] == "Größe, “Maß”"
    assert row["verdict"] == "Retrieval (RAG)"
    assert row["plan_state"] == "Running"
    assert (Decimal(row["running"]), Decimal(row["saving"])) == (
        Decimal("1234.50"),
        Decimal(-500),
    )
    assert (row["cost"], row["at_risk"], row["trend"]) == ("", "yes", "weaker")
    assert (row["state"], row["due_for"]) == ("Signed off", "Review")
    # A spreadsheet counts days.
    assert row["due_on"] == ("73028" if kind == "xlsx" else "2099-12-09")
    assert row["link"].endswith(reverse("result", args=[made.audit_id]))


@pytest.mark.once
def test_headings_have_units_and_json_says_them_apart(client: Client) -> None:
    [heads, *_] = csv_cells(fetch(client, "csv"))
    about = json.loads(fetch(client, "json", verdict="any_stop"))

    for name in ("Running", "Planned", "Proposed", "Stopped"):
        assert f"{name} (US dollars a month)" in heads
        assert about["columns"][name.lower()]["unit"] == "US dollars a month"
    assert about["filters"] == "Verdict: Stop fine-tuning"
    assert about["organization"] == "Northgate Mutual"
    assert about["use_cases"] == []


@pytest.mark.once
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_offer_has_its_columns_in_every_file(
    cast: Cast, client: Client, kind: str
) -> None:
    make_rows(
        cast.ours,
        1,
        name="Offered",
        offer_by="=Nordlys",
        offer=Decimal(131_830),
        offer_over_today=Decimal(-32_952),
        offer_over_advised=Decimal(85_946),
        offer_covers=True,
        offer_is_least=True,
    )

    rows = {row["name"]: row for row in rows_of(client, kind)}

    keys = ("offer", "offer_over_today", "offer_over_advised")
    offered, *others = (rows.pop("Offered"), *rows.values())
    assert [Decimal(offered[key]) for key in keys] == [131_830, -32_952, 85_946]
    assert (offered["offer_covers"], offered["offer_is_least"]) == ("yes", "yes")
    assert offered["offer_by"] == ("=Nordlys" if kind == "json" else "'=Nordlys")
    assert {other[key] for other in others for key in keys} == {""}
    columns = json.loads(fetch(client, "json"))["columns"]
    assert {columns[key]["unit"] for key in keys} == {"US dollars over 12 months"}


@pytest.mark.once
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_text_is_never_a_formula(cast: Cast, client: Client, kind: str) -> None:
    for name in HOSTILE:
        fields = {"review_cause": name, "spend": Decimal(-1), "stage": Stage.LIVE}
        make_rows(cast.ours, 1, name=name, **fields)

    rows = rows_of(client, kind, needs="review", sort="name")

    assert {row["name"] for row in rows} == {f"'{name}" for name in HOSTILE}
    assert {row["review_cause"] for row in rows} == {f"'{name}" for name in HOSTILE}
    assert {Decimal(row["running"]) for row in rows} == {Decimal(-1)}
    for row in rows:
        for column in IN_FILES:
            cell = row[column.key]
            is_number = column.unit and cell.lstrip("-").replace(".", "").isdigit()
            assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.once
@pytest.mark.parametrize("kind", FORMATS)
def test_money_of_each_state_has_a_column_of_its_own(
    cast: Cast, client: Client, kind: str
) -> None:
    stages = ("live", "planned", "building", "training", "stopped")
    for stage, spend in zip(stages, (100, 40, 5, 2, 7000), strict=True):
        money = {"spend": Decimal(spend), "proposed": Decimal(spend * 2)}
        make_rows(cast.ours, 1, stage=stage, at_risk=True, name=stage, **money)

    rows = [row for row in rows_of(client, kind, sort="name") if row["plan_state"]]

    states = ("running", "planned", "proposed", "stopped")
    found = {
        row["name"]: [Decimal(row[key]) if row[key] else None for key in states]
        for row in rows
    }
    assert found == {
        "live": [100, None, 200, None],
        "planned": [None, 40, 80, None],
        "building": [None, 5, 10, None],
        "training": [None, 2, 4, None],
        "stopped": [None, None, None, 7000],
    }
    at_risk = {row["name"]: row["at_risk"] for row in rows}
    assert at_risk == dict.fromkeys(stages, "no") | {"live": "yes"}


@pytest.mark.once
@pytest.mark.parametrize("kind", FORMATS)
def test_12_months_one_off_and_payback_are_beside_the_month(
    cast: Cast, client: Client, kind: str
) -> None:
    keys = ("year_low", "year_high", "cost_year", "one_off", "saving_year")
    amounts = dict(zip(keys, map(Decimal, (900, 1500, 700, 60, 500)), strict=True))
    money = {"spend": Decimal(100), "year": Decimal(1260), "saving": Decimal(40)}
    more = {"proposed_year": Decimal(700), "payback_months": Decimal("1.5")}
    more |= {"lost_if_failed": Decimal(60)}
    counts = {"assumed": 6, "cost_assumed": 20, "since": date(2026, 11, 8)}
    more |= {"once": Decimal(30), "cost": Decimal(25)}
    for stage in ("live", "stopped"):
        columns = {**amounts, **money, **more, **counts}
        make_rows(cast.ours, 1, stage=stage, name=stage, **columns)

    rows = {row["name"]: row for row in rows_of(client, kind, q="")}

    live, stopped = rows["live"], rows["stopped"]
    assert {key: Decimal(live[key]) for key in keys} == amounts
    assert [Decimal(live[key]) for key in ("running_year", "proposed_year")] == [
        *(Decimal(1260), Decimal(700))
    ]
    assert Decimal(live["payback_months"]) == Decimal("1.5")
    assert [Decimal(live[key]) for key in ("changes", "cost_changes")] == [30, 340]
    assert Decimal(live["lost_if_failed"]) == 60
    assert stopped["lost_if_failed"] == ""
    assert (live["assumed"], live["cost_assumed"]) == ("6", "20")
    # A spreadsheet counts days.
    assert live["since"] == ("46334" if kind == "xlsx" else "2026-11-08")
    assert Decimal(stopped["stopped_year"]) == 1260
    gone = ("running_year", "proposed_year", "cost_year", "one_off", "saving_year")
    assert [stopped[key] for key in (*gone, "payback_months")] == [""] * 6


def test_safe_leaves_all_else_as_it_is() -> None:
    assert [safe(cell) for cell in ("A-1", "", None, True, Decimal(-5))] == [
        *("A-1", "", None, True),
        Decimal(-5),
    ]


def test_printed_sheet_has_its_headings_on_each_page_in_the_font_of_its_cells() -> None:
    file = io.BytesIO()

    write_table(file, "Use cases", ["Reference", "Use case"], [["UC-1", "Letters"]])

    sheet: Any = load_workbook(file).active
    heading, cell = sheet["A1"], sheet["A2"]
    assert heading.font.b
    assert (heading.font.name, heading.font.sz) == (cell.font.name, cell.font.sz)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")


@pytest.mark.on_both
def test_large_file_is_sent_in_parts(cast: Cast, client: Client) -> None:
    make_rows(cast.ours, 300)

    response: Any = client.get(reverse("portfolio_csv"))

    assert response.streaming
    assert len(list(response.streaming_content)) == 2 + 302


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.on_both
def test_view_without_use_cases_is_a_file_all_the_same(
    client: Client, kind: str
) -> None:
    assert rows_of(client, kind, q="nowhere") == []
