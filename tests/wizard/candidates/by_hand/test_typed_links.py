"""A typed result without a link shows nothing, so it opens no reason to train."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit, ResultsFile
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_CASE
from tests.wizard.candidates.typed import TYPED, page_of, post

# What typed results answer: nobody answers it by hand.
_FROM_RESULTS = ("tried", "eval", "quality_gap")


@pytest.fixture
def draft(draft: Audit) -> Audit:
    """Return a draft that answers all else of a case to train, by word of mouth."""
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    sent: dict[Any, Any] = {
        ("answer", q): Sent(value=list(x) if isinstance(x, tuple) else x)
        for q, x in TRAINING_CASE.items()
        if q not in _FROM_RESULTS
    }
    sent |= {("answer", q): Sent(value=None) for q in _FROM_RESULTS}
    sent[("candidate", "target")] = Sent(value={"share": "0.9"})
    save_entries(audit=draft, by=draft.use_case.owner, sent=sent, sender=Sender())
    return fresh_audit(draft)


def typed(client: Client, audit: Audit, **fields: str) -> Any:
    """Type a result of the strongest model, and one of examples in the prompt."""
    for kind, passed in (("stronger", "60"), ("examples", "55")):
        sent = TYPED | {"kind": kind, "cases": "120", "passed": passed} | fields
        found = post(client, "candidate", audit.pk, "new", **sent)
    return found


@pytest.mark.thorough
def test_typed_results_without_a_link_open_no_reason(
    client: Client, draft: Audit
) -> None:
    typed(client, draft, link="")

    audit = fresh_audit(draft)
    assert audit.verdict == "gather_evidence"
    page = html_of(client.get(page_of(audit)))
    assert "Does not count: typed without a day, who ran it, or a link" in page
    assert "Asserted: typed" in page


@pytest.mark.thorough
def test_typed_results_with_a_link_are_documented(client: Client, draft: Audit) -> None:
    typed(client, draft)

    audit = fresh_audit(draft)
    assert audit.verdict == "fine_tune"
    page = html_of(client.get(page_of(audit)))
    assert "Documented: typed, with day, name and link" in page
    assert f'href="{TYPED["link"]}"' in page


@pytest.mark.thorough
def test_form_says_what_a_typed_result_counts_for(client: Client, draft: Audit) -> None:
    new = html_of(client.get(reverse("candidate", args=[draft.pk, "new"])))
    asked = "with all three: a day, who ran it and a link"
    assert f"A typed result answers questions only {asked}." in " ".join(new.split())

    typed(client, draft)

    there = html_of(client.get(reverse("candidate", args=[draft.pk, "c1"])))
    assert "It is documented: typed, with a day, who ran it and a link." in there


@pytest.mark.on_both
def test_address_that_leads_nowhere_is_refused(client: Client, draft: Audit) -> None:
    response = typed(client, draft, link="the report of May")

    assert response.status_code == 422
    assert "Enter a link without spaces" in html_of(response)
    assert not fresh_audit(draft).inputs.candidates.rows
