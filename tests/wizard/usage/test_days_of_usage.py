"""No day that a usage file names stops a page."""

import json
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit, UsageUpload
from tests.casting import Cast
from tests.examples import some_of
from tests.outcomes.signed import signed
from tests.pages import html_of
from tests.wizard.usage.usage_pages import page_after, read
from tests.wizard.usage.usage_saved import save_usage


def usage_of(first: str, days: int = 60) -> SimpleUploadedFile:
    start = date.fromisoformat(first)
    every = (start + timedelta(days=n) for n in range(days))
    lines = [f"{day.isoformat()},gpt-5,100,50000,10000,20000,1.5" for day in every]
    head = "day,model,requests,input,cached input,output,cost"
    text = "\n".join([head, *lines])
    return SimpleUploadedFile("old.csv", text.encode())


@pytest.mark.thorough
@pytest.mark.parametrize(
    "first", some_of(["2021-06-01", "2021-12-10", "2000-01-01"], 1)
)
def test_usage_before_the_market_facts_is_read_saved_and_shown(
    client: Client, draft: Audit, cast: Cast, first: str
) -> None:
    saved = page_after(client, read(client, draft, usage_of(first)))

    assert saved.status_code == 200
    for name in ("numbers", "check", "result"):
        there = reverse(name, args=[draft.pk])
        assert client.get(there, follow=True).status_code == 200, name


@pytest.mark.parametrize("year", ["1990", "0001"])
def test_usage_of_such_days_that_is_stored_is_shown(
    client: Client, draft: Audit, year: str
) -> None:
    save_usage(draft, usage_of("2026-06-01"))
    [kept] = UsageUpload.objects.filter(name="old.csv")
    kept.content = json.loads(json.dumps(kept.content).replace('"2026-', f'"{year}-'))
    kept.first, kept.last = (x.replace(year=int(year)) for x in (kept.first, kept.last))
    kept.save()

    there = reverse("usage_file", args=[draft.pk, kept.pk])
    assert client.get(there).status_code == 200
    for name in ("numbers", "check", "result"):
        there = reverse(name, args=[draft.pk])
        assert client.get(there, follow=True).status_code == 200, name


# Each day, before and after the sign-off, is in every run.
@pytest.mark.parametrize(
    ("first", "is_signed"),
    some_of(product(["1990-03-01", "0001-01-01", "9999-10-02"], [False, True]), 3),
)
def test_usage_of_days_that_cannot_be_is_refused(
    client: Client, cast: Cast, draft: Audit, first: str, *, is_signed: bool
) -> None:
    audit = signed(cast.ours) if is_signed else draft
    name = "outcomes" if is_signed else "usage"
    there = reverse(name, args=[audit.pk])
    shown = client.post(there, {"file": usage_of(first)}, follow=True)

    assert f"in line 2, “day” is “{first}”" in html_of(shown)
    assert "correct its days, which may be from 2000 to 2099" in html_of(shown)
    assert not UsageUpload.objects.filter(name="old.csv").exists()
