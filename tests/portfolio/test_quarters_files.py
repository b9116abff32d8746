"""The money by quarter as files: the same as its table, of what the filters leave."""

import csv
import io
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from openpyxl import load_workbook

from audits.models import Event, Role
from audits.portfolio.files.by_quarter import HEADINGS
from tests.board.boards import record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.reviews.conftest import client_of
from tests.services.portfolio.test_quarters import freed

FREED, FREED_ONCE, OTHER, APPROVED = HEADINGS[4:8]
ASKED = HEADINGS[12]


def content(client: Client, name: str, query: str = "") -> bytes:
    found: Any = client.get(f"{reverse(name)}{query}")
    assert found.status_code == 200
    return b"".join(found.streaming_content) if found.streaming else found.content


def in_csv(client: Client, query: str = "") -> list[dict[str, str]]:
    text = content(client, "quarters_csv", query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def total(rows: list[dict[str, str]], column: str) -> Decimal:
    return sum((Decimal(row[column] or 0) for row in rows), Decimal(0))


def test_files_have_the_rows_of_the_table(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        decision = record(sign(ours), ours.contributor, amount=Decimal(4200))
        freed(decision, timezone.localdate(), 75, "month")
    make_rows(ours, 1, stage="planned", state="in_review", asked=Decimal(69_000))
    viewer = client_of(cast, Role.VIEWER)

    page = html_of(viewer.get(reverse("quarters")))
    rows = in_csv(viewer)
    book = load_workbook(io.BytesIO(content(viewer, "quarters_xlsx")))
    sheet: list[Any] = [*book.active.values] if book.active else []

    assert reverse("quarters_csv") in page
    assert total(rows, APPROVED) == 4200
    assert total(rows, ASKED) == 69_000
    assert [total(rows, each) for each in (FREED, FREED_ONCE, OTHER)] == [75, 0, 0]
    assert all(row["Quarter"] in page for row in rows)
    assert sheet[0] == HEADINGS
    assert [line[0] for line in sheet[1:]] == [row["Quarter"] for row in rows]
    assert sum(int(str(line[7] or 0)) for line in sheet[1:]) == 4200
    assert total(in_csv(viewer, "?stage=stopped"), ASKED) == 0
    with scope(organization=ours.organization):
        lines = Event.objects.filter(verb="portfolio.exported")
        assert {line.subject for line in lines} == {"quarters"}
