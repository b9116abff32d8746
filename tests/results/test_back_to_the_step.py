"""An answer that a step of the evidence plan asks for leads back to that step."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from tests.casting import Cast
from tests.pages import html_of
from tests.results.test_experiments import answered
from tests.scoring.mail import MAIL
from tests.signed_in import sign_in
from tests.wizard.page_forms import send

pytestmark = pytest.mark.once


@pytest.fixture
def draft(cast: Cast) -> Audit:
    return answered(cast, dict(MAIL))


def test_answer_leads_back_to_the_step_that_asked_for_it(
    cast: Cast, client: Client, draft: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    plan = html_of(client.get(reverse("experiments", args=[draft.pk])))
    steps = re.findall(rf"/audits/{draft.pk}/experiments/([\w-]+)/", plan)
    there = {step: reverse("experiment", args=[draft.pk, step]) for step in steps}
    asking = {
        step: question
        for step, page in there.items()
        for question in re.findall(
            rf"/questions/(\w+)/\?step={step}", html_of(client.get(page))
        )
    }
    step, question = next(iter(asking.items()))

    page = f"{reverse('question', args=[draft.pk, question])}?step={step}"
    shown = html_of(client.get(page))
    saved = send(client, page, **{question: "unknown"})

    assert f'action="{page}"' in shown
    assert saved["Location"] == there[step]


@pytest.mark.parametrize("step", ["", "a/b", "//example.org", "é"])
def test_what_is_no_step_leads_on_as_before(
    cast: Cast, client: Client, draft: Audit, step: str
) -> None:
    sign_in(client, cast.ours.contributor)
    page = f"{reverse('question', args=[draft.pk, 'goal'])}?step={step}"

    saved = send(client, page, goal=["style"])

    assert "/experiments/" not in saved["Location"]
    assert f"/audits/{draft.pk}/" in saved["Location"]
