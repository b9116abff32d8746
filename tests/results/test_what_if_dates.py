"""A scenario changes the day of the decision, and an offer's numbers and first day."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.results.scenarios import address
from tests.results.scenarios import draft as _draft
from tests.signed_in import sign_in

pytestmark = pytest.mark.once
draft = _draft
OFFER = {
    "proposal_by": "Acme",
    "proposal_once": "24000",
    "proposal_month": "1500",
    "proposal_start": "2026-12-01",
}


@pytest.fixture
def offered(cast: Cast, draft: Audit) -> Audit:
    """Return the draft with an offer."""
    sent: Any = {("number", key): Sent(value=text) for key, text in OFFER.items()}
    with scope(organization=cast.ours.organization):
        save_entries(audit=draft, by=cast.ours.contributor, sent=sent, sender=Sender())
        return fresh_audit(draft)


def page_of(client: Client, there: str, status: int = 200) -> str:
    response = client.get(there)
    assert response.status_code == status, response.get("Location")
    return re.sub(r"\s+", " ", html_of(response))


def row_of(page: str, name: str) -> list[str]:
    """Return the cells of a row of the comparison, as text."""
    row = page.partition(f'<th scope="row">{name}')[2].partition("</tr>")[0]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
    return [re.sub("<[^>]+>|\\s+", " ", cell).strip() for cell in cells]


@pytest.mark.thorough
def test_another_day_of_the_decision_has_its_prices_and_its_models(
    client: Client, draft: Audit
) -> None:
    # A model of the numbers is not out yet on that day.
    page = page_of(client, address(draft, a__date__decision="2023-03-01"))

    was, then = row_of(page, "12 months")
    assert was.startswith("$")
    assert then.startswith("Not known")
    assert "Day of the decision: <strong>1 March 2023</strong> instead of" in page
    assert 'name="a.date.decision" value="2023-03-01"' in page


@pytest.mark.thorough
def test_offer_has_other_numbers_and_another_first_day(
    client: Client, offered: Audit
) -> None:
    there = address(
        offered,
        a__number__proposal_once="1000",
        b__date__proposal_start="2027-06-01",
    )

    page = page_of(client, there)

    was, cheaper, later = row_of(page, "The offer")
    assert len({was, cheaper, later}) == 3
    assert all(each.startswith("The offer costs $") for each in (was, cheaper, later))
    assert "One-off price of the offer: <strong>$1,000 once</strong>" in page
    assert "First day of the offer: <strong>1 June 2027</strong> instead of" in page


def test_no_offer_has_nothing_to_change(client: Client, draft: Audit) -> None:
    page = page_of(client, address(draft))

    assert "proposal_" not in page
    there = address(draft, a__date__proposal_start="2027-06-01")
    assert "is not a date that can be changed here" in page_of(client, there, 422)


@pytest.mark.parametrize("day", ["2021-12-31", "2099-01-01", "soon", "20270101"])
def test_day_that_cannot_be_is_named(client: Client, draft: Audit, day: str) -> None:
    page = page_of(client, address(draft, a__date__decision=day), 422)

    assert "“Day of the decision”: write a day from 1 January 2022 to" in page


def test_date_that_is_so_already_is_no_change(client: Client, offered: Audit) -> None:
    there = address(offered, a__date__proposal_start="2026-12-01")

    assert client.get(there)["Location"] == address(offered)


def test_draft_keeps_the_offer_and_no_day(
    cast: Cast, client: Client, offered: Audit
) -> None:
    sign_in(client, cast.ours.people[Role.CONTRIBUTOR])
    alone = page_of(client, address(offered, a__date__decision="2026-09-01"))
    there = address(
        offered,
        a__date__decision="2026-09-01",
        a__date__proposal_start="2027-06-01",
        a__number__proposal_month="900",
    )
    page = page_of(client, there)

    assert "Replace in the draft" not in alone
    assert "They replace 2 entries of the" in page
    assert "The day of the decision is not kept" in page
    sent = {"query": there.partition("?")[2], "revision": str(offered.revision)}
    client.post(reverse("what_if_keep", args=[offered.pk]), sent)
    with scope(organization=cast.ours.organization):
        kept = values(fresh_audit(offered).numbers)
    assert (kept["proposal_start"], kept["proposal_month"]) == ("2027-06-01", "900")
    assert "decision" not in kept
