"""Anybody may change a published case: nothing is stored, no organization is read."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.frameworks.loading.cases import worked_cases
from audits.method.agreement import scores
from audits.models import Version
from audits.results.worked_case import original_of
from audits.services.verdicts.assessments import assess_inputs
from tests.pages import html_of

pytestmark = pytest.mark.once


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", unescape(html_of(response)))


def test_case_opens_without_an_account_and_an_answer_changes_its_verdict(
    db: None,
) -> None:
    where = reverse("worked_case", args=["trag"])
    client = Client()

    plain = text_of(client.get(where))
    changed = text_of(client.get(where, {"a.state": "none"}))
    part = client.get(where, {"a.state": "none"}, headers={"HX-Request": "true"})

    assert f"<strong>{worked_cases()['trag']['title']}.</strong>" in plain
    assert "This is a published case, not a use case of yours." in plain
    assert worked_cases()["trag"]["used"] in plain
    assert "Your changes make scenario A." in plain
    assert "“Retrieval (RAG)” instead of “Stop fine-tuning”" in changed
    assert "Keep as a new draft" not in changed
    assert "Replace in the draft" not in changed
    assert "<html" not in html_of(part)
    assert part["HX-Replace-Url"] == f"{where}?a.state=none"
    assert client.get(where, {"a.state": "nonsense"}).status_code == 422
    assert (
        client.get(reverse("worked_case", args=["shopify_extract"])).status_code == 404
    )
    assert client.post(where).status_code == 405
    assert not Version.objects.exists()


@pytest.mark.thorough
def test_each_worked_case_gets_the_verdict_that_is_told_of_it(db: None) -> None:
    page = text_of(Client().get(reverse("method")))

    assert len(worked_cases()) == 3
    for case_id, case in worked_cases().items():
        original = original_of(case_id)
        found = assess_inputs(original.framework, original.inputs, original.on)
        assert found.verdict == scores().now(case_id)
        link = f'href="{reverse("worked_case", args=[case_id])}">{case["title"]}<'
        assert link in page


def test_changes_have_a_limit_of_each_address(db: None, settings: Settings) -> None:
    settings.CASE_CHANGES_PER_HOUR = 1
    where = reverse("worked_case", args=["trag"])

    def status(address: str) -> int:
        response = Client().get(where, {"a.state": "none"}, REMOTE_ADDR=address)
        return int(response.status_code)

    assert [status("192.0.2.1"), status("192.0.2.1")] == [200, 429]
    assert status("192.0.2.2") == 200
    assert Client().get(where, REMOTE_ADDR="192.0.2.1").status_code == 200
