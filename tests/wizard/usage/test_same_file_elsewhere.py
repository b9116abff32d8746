"""A usage file that counts for another use case already."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.usage.made_sheets import upload
from tests.wizard.usage.usage_pages import TYPED, numbers, read
from tests.wizard.usage.usage_saved import save_usage


@pytest.fixture
def other(cast: Cast, draft: Audit) -> Audit:
    return register_use_case(
        organization=cast.ours.organization,
        by=cast.ours.contributor,
        owner=cast.ours.contributor,
        team=draft.use_case.team,
        name="Letter sorter C",
        summary="Sorts letters",
    )


@pytest.mark.thorough
def test_file_that_counts_for_another_use_case_is_said_before_it_is_saved(
    client: Client, draft: Audit, other: Audit
) -> None:
    opened = html_of(read(client, other, upload()))
    unsaved = html_of(read(client, draft, upload()))
    save_usage(other, upload())

    told = html_of(read(client, draft, upload(name="again.csv")))

    said = "This file counts for the use case “Letter sorter C” already."
    assert said not in opened + unsaved
    assert said in told
    assert numbers(draft) == TYPED


def test_file_that_counts_for_another_use_case_is_said_on_the_result(
    client: Client, draft: Audit, other: Audit
) -> None:
    save_usage(draft, upload())
    there = reverse("result", args=[draft.pk])
    before = html_of(client.get(there))

    save_usage(other, upload(name="again.csv"))

    said = f"The usage file “usage.csv” also counts for {other.use_case.reference}"
    assert said not in before
    assert f"{said} “Letter sorter C”." in html_of(client.get(there))
