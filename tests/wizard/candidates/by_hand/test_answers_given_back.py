"""An answer by hand counts again once no test result contradicts it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit, User
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.results_saved import save_typed, wanted
from tests.wizard.candidates.typed import TYPED, post

pytestmark = pytest.mark.once

BY_HAND = {"quality_gap": "some_wrong"}
GOOD = TYPED | {"cases": "200", "passed": "190"}
AGAIN = (
    "No test result contradicts the answer by hand to “Gap to the target” any more, so "
    "it counts again: “Sometimes wrong”, measured."
)


@pytest.fixture
def answered(cast: Cast, draft: Audit) -> Audit:
    by: User = cast.ours.contributor
    save_answers(audit=draft, by=by, answers=BY_HAND)
    sent = {("level", "quality_gap"): Sent(value="measured")}
    save_entries(audit=fresh_audit(draft), by=by, sent=sent, sender=Sender())
    return fresh_audit(draft)


def target(client: Client, audit: Audit, share: str) -> Any:
    saved = post(*(client, "candidates", audit.pk), share=share, limit_ms="")
    return html_of(client.get(saved["Location"]))


@pytest.mark.thorough
def test_answer_that_a_target_contradicted_counts_again_without_it(
    client: Client, answered: Audit
) -> None:
    save_typed(answered, **GOOD)
    wanted(answered, "90")
    assert "quality_gap" not in fresh_audit(answered).given_codes

    told = target(client, answered, "")

    assert AGAIN in told
    audit = fresh_audit(answered)
    assert audit.given_codes["quality_gap"] == "some_wrong"
    assert audit.inputs.levels["quality_gap"] == "measured"
    assert audit.codes["quality_gap"] == "some_wrong"
    assert AGAIN not in target(client, answered, "80")


def test_removed_result_holds_back_what_it_contradicts(
    client: Client, answered: Audit
) -> None:
    wanted(answered, "90")
    save_typed(answered, **GOOD)

    page = reverse("remove_candidate", args=[answered.pk, "c1"])
    post(client, "remove_candidate", answered.pk, "c1", page=page)

    audit = fresh_audit(answered)
    assert audit.inputs.candidates.rows[0].is_removed
    assert "quality_gap" not in audit.given_codes
    assert "quality_gap" not in audit.codes
    assert AGAIN in target(client, answered, "")


@pytest.mark.thorough
def test_the_last_answer_is_the_one_that_comes_back(
    cast: Cast, client: Client, answered: Audit
) -> None:
    save_typed(answered, **GOOD)
    wanted(answered, "90")
    by: User = cast.ours.contributor
    save_answers(audit=answered, by=by, answers={"quality_gap": "often_wrong"})

    told = target(client, answered, "")

    assert "counts again: “Often wrong”." in told
    assert fresh_audit(answered).given_codes["quality_gap"] == "often_wrong"
