"""The target is asked for in the wizard: the one of the test results, never two."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.answers import fresh_audit, save_answers
from tests.pages import html_of
from tests.wizard.page_forms import hidden, resend, send

pytestmark = pytest.mark.once
FIELD = "How many of 100 cases must pass"


def url(draft: Audit, name: str, *where: str) -> str:
    return reverse(name, args=[draft.pk, *where])


def target(draft: Audit) -> Decimal | None:
    return fresh_audit(draft).given_candidates.target


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["section", "question", "next_question"])
def test_target_is_asked_beside_the_test_set(
    client: Client, draft: Audit, name: str
) -> None:
    page = url(draft, name, "purpose" if name == "section" else "eval")

    assert html_of(client.get(page)).count(f"{FIELD} (optional)") == 1
    send(client, page, target="97 %", eval="small_set")

    assert target(draft) == Decimal("0.97")
    assert fresh_audit(draft).codes["eval"] == "small_set"
    assert 'value="97"' in html_of(client.get(url(draft, "candidates")))
    assert 'name="target" value="97"' in html_of(client.get(page))


@pytest.mark.thorough
def test_target_is_saved_as_it_is_typed_and_taken_back(
    client: Client, draft: Audit
) -> None:
    page = url(draft, "section", "purpose")

    saved = html_of(send(client, page, htmx=True, target="97"))

    assert target(draft) == Decimal("0.97")
    assert 'name="target-was" id="target-was" value="97"' in saved
    send(client, page, htmx=True, target="")
    assert target(draft) is None


def test_wrong_target_is_refused_and_the_answers_are_saved(
    client: Client, draft: Audit
) -> None:
    page = url(draft, "question", "eval")

    shown = send(client, page, target="most", eval="small_set")

    assert shown.status_code == 422
    assert "The target must be a number, like 90" in html_of(shown)
    assert fresh_audit(draft).codes["eval"] == "small_set"
    beside = html_of(send(client, page, htmx=True, target="200"))
    assert "The target must be from 1 to 99.9" in beside
    assert target(draft) is None


def test_target_of_somebody_else_is_not_overwritten(
    client: Client, draft: Audit
) -> None:
    page = url(draft, "question", "eval")
    opened = hidden(client, page)
    send(client, page, target="90")

    late = resend(client, page, opened, target="80")
    same = resend(client, page, opened, target="")

    assert "Somebody else changed the target" in html_of(late)
    assert same.status_code == 302
    assert target(draft) == Decimal("0.9")


def test_question_about_no_results_asks_for_no_target(
    client: Client, draft: Audit
) -> None:
    assert FIELD not in html_of(client.get(url(draft, "question", "goal")))


def test_check_says_what_a_missing_target_leaves_open(
    client: Client, draft: Audit
) -> None:
    answers = {
        "goal": ["knowledge"],
        "state": "live_tuned",
        "tried": ["demo"],
        "incumbent": "not_measured",
        "eval": "small_set",
        "traceability": "none",
        "knowledge_size": "huge",
        "change_rate": "monthly",
    }
    kept = dict.fromkeys(fresh_audit(draft).codes, None) | answers
    save_answers(audit=draft, by=draft.use_case.owner, answers=kept)
    check, missing = (
        url(draft, "check"),
        "Without a target, nobody can say",
    )

    before = html_of(client.get(check))
    send(client, url(draft, "question", "eval"), target="97", eval="small_set")
    after = html_of(client.get(check))

    assert missing in before
    assert "would change.</p>" in before
    assert missing not in after


@pytest.mark.thorough
def test_check_asks_for_a_missing_target_and_comes_back(
    client: Client, draft: Audit
) -> None:
    answers = {"goal": ["knowledge"], "eval": "small_set", "traceability": "none"}
    kept = dict.fromkeys(fresh_audit(draft).codes, None) | answers
    save_answers(audit=draft, by=draft.use_case.owner, answers=kept)
    check = url(draft, "check")
    page = html_of(client.get(check))
    assert f'<label class="form-label" for="id_share">{FIELD}</label>' in page
    [seen] = re.findall(r'name="seen" value="([^"]*)"', page)
    sent = {"seen": seen, "back": "check", "share": "97", "limit_ms": ""}

    saved = client.post(url(draft, "candidates"), sent)

    assert saved["Location"] == check
    assert target(draft) == Decimal("0.97")
    assert 'id="id_share"' not in html_of(client.get(check))
    refused = client.post(url(draft, "candidates"), {**sent, "share": "most"})
    assert 'aria-invalid="true"' in html_of(refused)
