"""How often ranges held, over the portfolio."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Event, Outcome, Role
from tests.casting import CANARY, Cast
from tests.outcomes.signed import counted, sheet_of, signed
from tests.pages import html_of


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return signed(cast.ours)


def page_of(client: Client, cast: Cast) -> str:
    client.force_login(cast.ours.people[Role.VIEWER])
    return html_of(client.get(reverse("calibration")))


def test_months_are_counted_with_what_too_few_can_show(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1200", "9000", "10"))

    page = page_of(client, cast)

    assert (
        "Of 3 months of 1 use case, 1 was inside the range of their paper, 1 above it "
        "and 1 below it."
    ) in page
    assert "3 months are too few to say how often ranges hold: it takes 12." in page
    assert "+$8,398" in page
    assert reverse("outcomes", args=[audit.pk]) in page


def test_enough_months_give_an_interval(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of(*["1200"] * 12))

    page = page_of(client, cast)

    assert "between 76 and 100 of 100 are inside their range." in page
    assert "too few" not in page


def test_synthetic_months_have_a_table_of_their_own_and_are_never_counted(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1200"), "real.csv")
    made_up = sheet_of(*["9000"] * 12)
    counted(audit, cast.ours, made_up, "made-up.csv", is_synthetic=True)

    page = page_of(client, cast)

    assert "Of 1 month of 1 use case, 1 was inside the range of its paper" in page
    real, synthetic = page.split('<h2 id="synthetic">')
    assert 'data-label="Above">0<' in real
    assert 'data-label="Above">11<' in synthetic
    assert "It is in no count above." in synthetic


def test_nothing_to_count_is_said(client: Client, cast: Cast) -> None:
    page = page_of(client, cast)

    assert "No month after a signed paper has been compared" in page
    assert "too few" not in page


def test_months_of_another_organization_are_not_counted(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(signed(cast.theirs), cast.theirs, sheet_of("1200"))

    page = page_of(client, cast)

    assert CANARY not in page
    assert "No month after a signed paper has been compared" in page


def test_table_is_one_query_however_many_use_cases(
    client: Client,
    cast: Cast,
    audit: Audit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    counted(audit, cast.ours, sheet_of("1200"))
    with scope(organization=cast.ours.organization):
        stored = Outcome.objects.get()
        Outcome.objects.create(
            organization=stored.organization,
            audit=cast.ours.submitted,
            months=stored.months,
        )
    client.force_login(cast.ours.contributor)
    client.get(reverse("calibration"))

    with django_assert_max_num_queries(6) as asked:
        page = html_of(client.get(reverse("calibration")))

    assert "Of 2 months of 2 use cases, 2 were inside" in page
    assert len([x for x in asked.captured_queries if "audits_outcome" in x["sql"]]) == 1


def test_csv_has_a_row_for_each_use_case(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1200", "9000"))
    client.force_login(cast.ours.people[Role.VIEWER])

    response = client.get(reverse("calibration_csv"))

    [head, row] = response.content.decode("utf-8-sig").splitlines()
    assert head.split(",")[:4] == ["Reference", "Use case", "Team", "Synthetic"]
    assert row.split(",")[1:9] == [
        *("Northgate triage", "Northgate claims", "no"),
        *("2", "1", "1", "0", "0"),
    ]
    assert Decimal(row.split(",")[9]) == Decimal(596 + 8396)
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="portfolio.exported")
    assert (event.subject, event.details) == ("calibration", {"kind": "csv"})
