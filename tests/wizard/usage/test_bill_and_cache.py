"""A usage file's cached text and its bill, beside what Attune counts and computes."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, UsageUpload
from tests.pages import html_of
from tests.wizard.usage.made_sheets import sheet_of, upload
from tests.wizard.usage.usage_pages import chosen, page_after, read, save


@pytest.mark.thorough
@pytest.mark.parametrize(("repeats", "is_warned"), [("800", True), ("1500", False)])
def test_only_the_warning_about_the_cache_is_on_the_page(
    client: Client, draft: Audit, repeats: str, is_warned: bool
) -> None:
    lines = sheet_of(model="gpt-4o-mini").splitlines()
    sheet = b"\n".join(_with_cached(line, 500) for line in lines)
    shown = read(client, draft, upload(sheet))

    again = html_of(page_after(client, shown, repeats=repeats))

    warned = "caches only a text of 1,024 tokens or more"
    assert (warned in again) == is_warned
    assert "has to choose which one counts" not in again


@pytest.mark.thorough
def test_bill_of_the_file_is_beside_the_cost_that_is_computed(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload())
    there = shown.request["PATH_INFO"]

    median = client.post(there, chosen(shown, month="median", show=""))
    left = client.post(there, chosen(shown, show="") | {"leave-requests": "on"})

    said = "The bill in “usage.csv” is $3,100.00 in the busiest month, 2.2 times what "
    # 310,000 × (2,000 × 1.25 + 1,000 × 0.125 + 200 × 10) / 1,000,000 = 1,433.75
    computed = "Attune computes for its calls at list prices ($1,434). "
    stays = "The current plan is computed at list prices: no bill changes it. Check"
    assert f"{said}{computed}{stays} the tokens of a call" in html_of(shown)
    assert "The bill in “" not in html_of(median)
    assert "The bill in “" not in html_of(left)


def bills_in(page: str) -> list[str]:
    return re.findall(r"<p[^>]*>(The bill in “.*?)</p>", page)


@pytest.mark.on_both
def test_result_says_of_a_bill_what_the_page_of_its_file_said(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload())
    [before] = bills_in(html_of(shown))
    result = reverse("result", args=[draft.pk])
    assert bills_in(html_of(client.get(result))) == []

    save(client, shown)

    assert bills_in(html_of(client.get(result))) == [before]
    with scope(organization=draft.organization):
        UsageUpload.objects.update(is_synthetic=True)
    assert bills_in(html_of(client.get(result))) == []


def test_bill_of_one_line_for_a_month_counts_as_a_month(
    client: Client, draft: Audit
) -> None:
    line = b"month,model,requests,cost\n2026-10,gpt-4.1,9000,640\n"

    told = html_of(read(client, draft, upload(line)))

    assert "$640.00 in that month" in told
    assert "9,000 requests in the one whole month" in told
    assert "The file does not say how many output tokens its requests had." in told
    assert "too few for a month" not in told
    assert "how many requests, or" not in told
    assert "without use" not in told


def _with_cached(line: bytes, tokens: int) -> bytes:
    """Return a line of a sheet with so many cached tokens a call."""
    cells = line.split(b",")
    if cells[2].isdigit():
        cells[4] = str(int(cells[2]) * tokens).encode()
    return b",".join(cells)


def test_bill_that_an_assumed_cache_hides_is_said_with_the_share_that_gives_it(
    client: Client, draft: Audit
) -> None:
    line = (
        b"month,model,requests,input,output,cost\n"
        b"2026-10,gpt-4.1-mini,9345,29361990,4195905,18.48\n"
    )
    shown = read(client, draft, upload(line))

    asked = chosen(shown, repeats="2400", show="")
    text = html_of(client.post(shown.request["PATH_INFO"], asked))

    assert "The bill in “usage.csv” is $18.48" in text
    assert "of the repeated text is cached. The bill fits 0%: enter that as" in text
