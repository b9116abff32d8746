"""The result page tells the latest months, and asks nothing more for them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits.models import Audit, Role
from tests.casting import Cast
from tests.outcomes.signed import (
    counted,
    month_after,
    sheet_of,
    signed,
    signed_again,
)
from tests.pages import html_of
from tests.signed_in import sign_in

TOLD = "What happened since"
INVITES = "Compare what was said with what happened"


def shown(client: Client, audit: Audit) -> str:
    return html_of(client.get(reverse("result", args=[audit.pk])))


def opened(client: Client, audit: Audit) -> tuple[str, list[str]]:
    """Return the result page, and the tables that its queries read."""
    shown(client, audit)  # reads what is kept
    with CaptureQueriesContext(connection) as queries:
        page = shown(client, audit)
    return page, [query["sql"] for query in queries]


def test_latest_months_are_told_without_another_query(
    client: Client, cast: Cast
) -> None:
    audit = signed(cast.ours)
    sign_in(client, cast.ours.people[Role.VIEWER])
    without, before = opened(client, audit)
    counted(audit, cast.ours, sheet_of("1200", "9000"))

    page, after = opened(client, audit)

    assert TOLD not in without
    assert INVITES not in without
    first, second = (f"{month_after(n):%B %Y}" for n in (1, 2))
    assert (
        ", 2 months: 1 above the range, 1 weak test (inside the range; "
        "a usage file can check only $604 of the paper’s $1,354)."
    ) in page
    assert (
        f"Furthest from the paper: {second}: $8,396 more, largest cause a bill that "
        "differs from list prices."
    ) in page
    assert second in page
    assert first.split()[0] in page
    assert len(after) == len(before)
    assert not [sql for sql in after if '"audits_usageupload"."content"' in sql]


@pytest.mark.thorough
def test_months_of_a_newer_file_are_told_at_once(client: Client, cast: Cast) -> None:
    audit = signed(cast.ours)
    sign_in(client, cast.ours.people[Role.VIEWER])
    counted(audit, cast.ours, sheet_of("1200"))
    before = shown(client, audit)
    counted(audit, cast.ours, sheet_of("9000"))

    after = shown(client, audit)

    first = f"{month_after(1):%B %Y}"
    assert f"{first}, 1 month: 1 weak test (inside the range" in before
    assert f"{first}, 1 month: 1 above the range." in after
    assert "weak test" not in after


def test_who_may_upload_is_led_to_the_page(client: Client, cast: Cast) -> None:
    audit = signed(cast.ours)

    sign_in(client, cast.ours.contributor)
    page = shown(client, audit)

    assert INVITES in page
    assert TOLD not in page
    assert reverse("outcomes", args=[audit.pk]) in page


def test_unsigned_result_says_nothing_of_outcomes(client: Client, cast: Cast) -> None:
    sign_in(client, cast.ours.contributor)

    page = shown(client, cast.ours.submitted)

    assert INVITES not in page
    assert TOLD not in page


@pytest.mark.thorough
def test_rehearsal_is_said_to_be_one(client: Client, cast: Cast) -> None:
    audit = signed(cast.ours)
    counted(audit, cast.ours, sheet_of("1200"), is_synthetic=True)
    sign_in(client, cast.ours.contributor)

    page = shown(client, audit)

    assert "This usage is synthetic: it was invented for practice" in page


@pytest.mark.thorough
def test_newer_paper_leads_to_the_months_of_the_earlier_one(
    client: Client, cast: Cast
) -> None:
    audit = signed(cast.ours)
    new = signed_again(audit, cast.ours, month_after(2))
    sign_in(client, cast.ours.people[Role.VIEWER])
    there = reverse("outcomes", args=[audit.pk])
    without, before = opened(client, new)

    counted(audit, cast.ours, sheet_of("1200"))

    page, after = opened(client, new)
    assert "No month after this paper has been compared yet." not in without
    assert "No month after this paper has been compared yet." in page
    assert there in page
    assert len(after) == len(before)
