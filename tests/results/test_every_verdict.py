"""Each verdict has its pages also where nobody has entered a number."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.reports.context import build_paper
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.examples import all_but
from tests.pages import html_of
from tests.proved import save_proved
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_LEVELS
from tests.signed_in import sign_in

# Its first step has a price, and nothing else has one.
_PRICED_STEP: dict[str, Any] = {
    "goal": ["consistency", "task_skill"],
    "state": "planned",
    "tried": ["instructions"],
    "eval": "person_checks",
    "quality_gap": "unknown",
    "task_shape": "narrow_stable",
    "component": "classifier",
    "examples": "thousands",
    "example_quality": "not_checked",
    "data_rights": "clear",
    "mlops": "unknown",
}
EVERYDAY = ("a step with a price", "rag", "gather_evidence")
ALL = ANSWERS | {"a step with a price": _PRICED_STEP}


@pytest.mark.parametrize("verdict", all_but(ALL, EVERYDAY))
def test_result_and_paper_say_a_verdict_without_numbers(
    cast: Cast, client: Client, verdict: str
) -> None:
    ours, answers = cast.ours, ALL[verdict]
    levels: dict[str, Any] = {
        name: how for name, how in TRAINING_LEVELS.items() if name in answers
    }
    sign_in(client, ours.contributor)
    url = reverse("result", args=[ours.draft.pk])

    with scope(organization=ours.organization):
        own: dict[str, Any] = {"audit": ours.draft, "by": ours.contributor}
        audit = save_proved(**own, answers=answers, levels=levels)
        draft = html_of(client.get(url)).lower()
        audit = submit_audit(audit=audit, by=ours.contributor)
        name = build_paper(Audit.objects.get(pk=audit.pk)).one.verdict.lower()
    submitted = html_of(client.get(url)).lower()

    assert name in draft
    assert name in submitted
