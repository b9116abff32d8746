"""Which models of a usage file count."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit
from tests.pages import html_of
from tests.usage.made_usage import LITELLM, plain, raw
from tests.wizard.usage.made_sheets import sheet_of, upload
from tests.wizard.usage.usage_pages import numbers, page_after, read, save


@pytest.mark.thorough
def test_two_spellings_of_a_model_are_one_and_fill_in_the_model(
    client: Client, draft: Audit
) -> None:
    plain_name, dated = (
        sheet_of(model=name).decode().splitlines()
        for name in ("gpt-5", "openai/GPT-5-2025-08-07")
    )
    both = upload("\n".join([*plain_name, *dated[1:], ""]).encode())

    told = html_of(read(client, draft, both))

    assert "620,000 requests in the busiest of 3 whole months" in told
    assert "for several, no model" not in told
    assert 'name="models"' not in told


@pytest.mark.thorough
def test_only_the_chosen_models_count(client: Client, draft: Audit) -> None:
    shown = read(client, draft, SimpleUploadedFile("litellm.json", raw(LITELLM)))
    assert "gpt-4.1-mini" in html_of(shown)

    september = sum(
        day["breakdown"]["models"].get("gpt-5", {"metrics": {"api_requests": 0}})[
            "metrics"
        ]["api_requests"]
        for day in plain(LITELLM)[0]["results"]
        if day["date"].startswith("2026-09")
    )

    again = page_after(client, shown, models=["1"])
    save(client, again, models=["1"])

    day = {"requests": numbers(draft)["requests"], "model": numbers(draft)["model"]}
    assert day == {"requests": str(september), "model": "gpt-5"}


def test_no_model_is_refused(client: Client, draft: Audit) -> None:
    shown = read(client, draft, SimpleUploadedFile("litellm.json", raw(LITELLM)))

    response = page_after(client, shown, models=[])

    assert response.status_code == 422
    assert "Choose at least one model" in html_of(response)


@pytest.mark.thorough
def test_one_model_is_chosen_at_first(client: Client, draft: Audit) -> None:
    both = sheet_of(model="gpt-5-mini") + sheet_of(model="gpt-5").partition(b"\n")[2]

    shown = read(client, draft, upload(both))

    assert len(shown.context["form"].chosen_models) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(("own", "first"), [(1000, "gpt-5"), (1001, "Our own")])
def test_of_equal_models_the_one_with_a_price_is_chosen_at_first(
    client: Client, draft: Audit, own: int, first: str
) -> None:
    unpriced = sheet_of(model="Our own", calls=own)
    both = unpriced + sheet_of(model="gpt-5").partition(b"\n")[2]

    shown = read(client, draft, upload(both))

    assert shown.context["form"].chosen_models == [first]
