"""Each form says how the numbers in it are written, and is read so."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden_in

pytestmark = pytest.mark.once
GERMAN = {"Accept-Language": "de-DE"}


def test_each_form_with_numbers_says_how_they_are_written(
    cast: Cast, client: Client
) -> None:
    draft, usage = cast.ours.draft, cast.ours.usage
    pages = [
        reverse("numbers", args=[draft.pk]),
        reverse("assumptions", args=[draft.pk]),
        reverse("candidates", args=[draft.pk]),
        reverse("candidate", args=[draft.pk, "new"]),
        reverse("worked_case", args=["trag"]),
        reverse("usage_file", args=[draft.pk, usage.pk]),
    ]

    found = [
        hidden_in(client.get(page, headers=GERMAN).content.decode()) for page in pages
    ]

    assert [each.get("written-as") for each in found] == [["1.234,50"]] * len(pages)


@pytest.mark.thorough
def test_candidate_is_read_and_shown_as_its_form_was_written(
    cast: Cast, client: Client
) -> None:
    page = reverse("candidate", args=[cast.ours.draft.pk, "new"])
    opened = hidden_in(client.get(page, headers=GERMAN).content.decode())
    typed = {**opened, "kind": "prompt", "model": "A", "cases": "1.500"}

    asked = html_of(client.post(page, {**typed, "passed": "1,200", "cost": "0,25"}))
    client.post(page, {**typed, "passed": "1.200", "cost": "0,25"})

    assert "“1,200” may mean 1.200 or 1,2: enter one of them" in asked
    with scope(organization=cast.ours.organization):
        (row,) = Audit.objects.get(pk=cast.ours.draft.pk).given_candidates.rows
    assert (row.cases, row.passed, row.cost) == (1500, 1200, Decimal("0.25"))
    page = reverse("candidate", args=[cast.ours.draft.pk, row.id])
    for headers, shown in ((GERMAN, "1.500"), ({}, "1,500")):
        again = html_of(client.get(page, headers=headers))
        assert f'value="{shown}"' in again
