"""No cell of any file that a spreadsheet opens is taken for a formula."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django_scopes import scope
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from audits.models import Import, PortfolioRow, Role, UsageUpload, UseCase, User
from audits.uploads.tables.cells import safe_cell
from tests.casting import Cast
from tests.examples import some_of, up_to
from tests.outcomes.signed import counted, sheet_of, signed
from tests.signed_in import sign_in

# Plain and full-width signs; spaces, marks without width and controls before them.
SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66", "\ufe63")
BEFORE = ("", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2060", "\u200e", "\x01")
ROUTES = (
    "portfolio_csv",
    "portfolio_xlsx",
    "inventory_csv",
    "import_report",
    "import_template",
)
# tests/portfolio/test_decision_register.py looks at their cells.
REGISTER = ("decisions_csv", "decisions_xlsx")
# No cell of them has words of people.
QUARTERS = ("quarters_csv", "quarters_xlsx")
AFTER_SIGN_OFF = ("outcomes_csv", "calibration_csv", "record_csv")
HOSTILE = [f"{before}{sign}cmd" for before in BEFORE for sign in SIGNS]


@pytest.mark.parametrize("text", HOSTILE)
def test_sign_at_the_start_is_disarmed_whatever_is_before_it(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("end", [";", "\t", "\n", "\v", "\u2028", "\uff1b"])
@pytest.mark.parametrize("text", some_of(HOSTILE, 16))
def test_sign_after_the_end_of_a_cell_is_disarmed(text: str, end: str) -> None:
    assert safe_cell(f"Sorted{end}{text}") == f"Sorted{end}'{text}"


@pytest.mark.parametrize("quote", ['"', '""', "\uff02", ' "', "'"])
def test_quotation_mark_before_a_sign_hides_nothing(quote: str) -> None:
    assert safe_cell(f"Sorted;{quote}=1+1;") == f"Sorted;'{quote}=1+1;"
    assert safe_cell(f"{quote}=1+1") == f"'{quote}=1+1"


@given(st.text(alphabet=";,\"=+x \t\n'", max_size=12), st.sampled_from(";\t,"))
@settings(max_examples=up_to(2000))
def test_no_cell_begins_with_a_sign_whatever_separates_them(
    text: str, separator: str
) -> None:
    file = StringIO()
    csv.writer(file).writerows([["UC-1", safe_cell(text), "Team"], ["UC-2"]])

    for row in csv.reader(StringIO(file.getvalue(), newline=""), delimiter=separator):
        assert not [cell for cell in row if cell.lstrip().startswith(SIGNS)], row


@pytest.mark.parametrize(
    "text",
    [
        "",
        'He said: "x = 1"',
        " ",
        "Sorted; then sent",
        "\u200b",
        "Rather - good",
        "1 = 1",
        "\u00e9t\u00e9",
        "\u8868 + x",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_every_route_that_gives_a_sheet_is_looked_at() -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    sheets = {n for n in names if n.endswith(("_csv", "_xlsx", "_template", "_report"))}

    assert sheets == {*ROUTES, *AFTER_SIGN_OFF, *REGISTER, *QUARTERS}


@pytest.mark.once
@pytest.mark.parametrize("route", [*ROUTES, "import_template.xlsx"])
@pytest.mark.parametrize("text", some_of(HOSTILE[:: len(SIGNS) + 1], 3))
def test_no_file_has_a_formula(cast: Cast, route: str, text: str) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        PortfolioRow.objects.update(name=text, review_cause=text)
        tenant.team.name = text
        tenant.team.save()
        row = {"line": 1, "reference": text, "name": text, "does": text}
        Import.objects.update(
            found=[{**row, "problems": [text], "changes": [], "notes": []}]
        )
    client = Client()
    name, _, kind = route.partition(".")
    is_own = name == "import_report"  # the contributor uploaded the file
    sign_in(client, tenant.people[Role.CONTRIBUTOR if is_own else Role.ADMIN])
    args = [tenant.inventory.pk] if is_own else []

    cells = cells_of(client.get(reverse(name, args=args), {"kind": kind or "csv"}))

    for cell in cells:
        seen = cell.lstrip("".join(BEFORE))
        assert not seen.startswith(SIGNS), cell
    if "template" not in route:
        assert any(cell.startswith("'") for cell in cells)


@pytest.mark.once
def test_no_file_of_what_happened_has_a_formula(cast: Cast) -> None:
    tenant = cast.ours
    audit = signed(tenant)
    counted(audit, tenant, sheet_of("1200"))
    client = Client()
    sign_in(client, tenant.people[Role.ADMIN])

    for text in HOSTILE[:: len(SIGNS) + 1]:
        with scope(organization=tenant.organization):
            UsageUpload.objects.update(name=text)
            UseCase.objects.filter(pk=audit.use_case_id).update(name=text)
            PortfolioRow.objects.update(name=text)
            User.objects.filter(pk=tenant.contributor.pk).update(name=text)
        for route in AFTER_SIGN_OFF:
            args = [audit.pk] if route == "outcomes_csv" else []
            cells = cells_of(client.get(reverse(route, args=args)))

            for cell in cells:
                seen = cell.lstrip("".join(BEFORE))
                is_number = seen.removeprefix("-").replace(".", "").isdigit()
                assert is_number or not seen.startswith(SIGNS), cell
            assert any(cell.startswith("'") for cell in cells)


def cells_of(response: Any) -> list[str]:
    body = b"".join(response)
    if body[:2] != b"PK":
        rows = csv.reader(StringIO(body.decode("utf-8-sig")))
        return [cell for row in rows for cell in row]
    sheet = load_workbook(BytesIO(body)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    return [cell.value for cell in cells if isinstance(cell.value, str)]
