"""A result page reads its answers a few times, and not once for each thing it says."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.scoring.inputs import Inputs
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.scoring.worked_cases import TRAINING_CASE

pytestmark = pytest.mark.once


def test_result_reads_its_answers_four_times_at_most(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("result", args=[cast.ours.draft.pk])
    sent = {("answer", q): Sent(value=value) for q, value in TRAINING_CASE.items()}
    tested = {"kind": "prompt", "cases": 200, "passed": 168}
    with scope(organization=cast.ours.organization):
        save_entries(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            sent={**sent, ("candidate", "c1"): Sent(value=tested)},
            sender=Sender(),
        )
    shown = client.get(url)
    read: list[Audit] = []
    inputs: Any = vars(Audit)["inputs"]

    def counted(audit: Audit) -> Inputs:
        read.append(audit)
        found: Inputs = inputs.fget(audit)
        return found

    monkeypatch.setattr(Audit, "inputs", property(counted))

    again = client.get(url)

    assert shown.status_code == again.status_code == 200
    assert 0 < len(read) <= 4
