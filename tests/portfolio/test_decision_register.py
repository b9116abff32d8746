"""The register of decisions as files: one row for each record, and no formula."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from audits.models import Audit, BoardDecision, Event, Role
from tests.board.boards import did, in_days, record, sign
from tests.casting import CANARY, Cast
from tests.reviews.conftest import client_of


@pytest.fixture
def audit(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        yield sign(cast.ours)


@pytest.fixture
def viewer(cast: Cast) -> Client:
    return client_of(cast, Role.VIEWER)


def content(client: Client, name: str) -> bytes:
    found: Any = client.get(reverse(name))
    assert found.status_code == 200
    return b"".join(found.streaming_content) if found.streaming else found.content


def in_csv(client: Client) -> list[dict[str, str]]:
    text = content(client, "decisions_csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.thorough
def test_each_record_is_a_row_with_what_became_of_it(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    ours = cast.ours
    record(audit, ours.contributor, "deferred", decided_on=in_days(-3))
    decision = record(
        audit,
        ours.contributor,
        "amended",
        amount=Decimal("4200.50"),
        link="https://example.org/minute",
        words="=1+1",
    )
    ask = {**decision.follow_ups[0], "kind": "money", "name": "Say how much is freed"}
    BoardDecision.objects.filter(pk=decision.pk).update(
        follow_ups=[*decision.follow_ups, ask]
    )
    decision.refresh_from_db()
    did(decision, ours.contributor, "money")

    now, before = in_csv(viewer)

    assert before["State"] == "Replaced by a later record"
    assert before["Decision"] == "Deferred"
    expected = {
        "Use case": audit.use_case.name,
        "Team": str(audit.use_case.team),
        "Decision": "Approved with changes",
        "What was changed, or why": "'=1+1",
        "Approved amount": "4200.50",
        "Currency": "USD",
        "Meeting": "Board, winter",
        "Decided on": in_days(0).isoformat(),
        "Minute": "https://example.org/minute",
        "Carry out by": in_days(30).isoformat(),
        "Done": "1",
        "To be done": "3",
        "Not done yet": "Change the stage; Stop the training",
        "Freed a month so far": "900.00",
        "Freed of 12 months of the plan (US dollars)": "",
        "Freed once so far": "",
        "State": "Approved with changes, 1 of 3 steps done",
    }
    assert {name: now[name] for name in expected} == expected
    line = Event.objects.filter(verb="portfolio.exported").latest("number")
    assert (line.subject, line.details["kind"]) == ("decisions", "csv")


@pytest.mark.thorough
def test_workbook_has_the_same_rows_and_no_formula(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    record(audit, cast.ours.contributor, "refused", words="=1+1", meeting="@board")

    book = load_workbook(io.BytesIO(content(viewer, "decisions_xlsx")))

    [headings, row] = book["Decisions"].iter_rows()
    found = dict(zip([x.value for x in headings], row, strict=True))
    assert found["Meeting"].value == "'@board"
    assert found["What was changed, or why"].value == "'=1+1"
    assert {cell.data_type for cell in row}.isdisjoint({"f"})
    assert [x.value for x in headings] == [*in_csv(viewer)[0]]


def test_verdict_that_was_replaced_keeps_its_decision(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    record(audit, cast.ours.contributor)
    Audit.objects.filter(pk=audit.pk).update(state=Audit.State.SUPERSEDED)

    [row] = in_csv(viewer)

    assert row["State"] == "Of an earlier verdict"


def test_other_organization_is_in_no_file(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    theirs = cast.theirs
    with scope(organization=theirs.organization):
        record(sign(theirs), theirs.contributor, meeting=f"{CANARY} board")

    assert in_csv(viewer) == []
