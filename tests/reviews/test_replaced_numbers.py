"""What a team entered outside of the usual ranges is said to whoever reads or signs."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.scoring.exchange import document
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.worked_cases import TRAINING_CASE

CHEAP = {"gpu_hour": "0.50", "ready_months": "3", "retry_rate": None}
USUAL = "$3.99 ($2.69 to $12.29)"


@pytest.mark.once
def test_cheap_gpu_is_said_on_the_result_the_review_and_in_the_appendix(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        found = assessed(TRAINING_CASE, **CHEAP)
        audit.assessment = document.dump(found)
        audit.revision += 1  # what was read of the one before is kept
        audit.save()
        paper = build_paper(audit)
    result, review = (
        html_of(client_of(cast, role).get(reverse(page, args=[audit.pk])))
        for page, role in (("result", Role.VIEWER), ("review", Role.REVIEWER))
    )
    assert found.replaced
    usual = f"${found.replaced.years[0].usual_year:,}"

    for page in (result, review):
        unsourced = "$0.50 a GPU-hour, without a source"
        assert f"{unsourced}, instead of {USUAL} a GPU-hour." in page
        assert f"“Tuned open model” cost {usual}, not" in page
    entered = f"Price of a GPU hour: $0.50 a GPU-hour, not the usual {USUAL}"
    assert entered in paper.given
    given = {"paper": paper, "a": paper.assessment}
    appendix = render_to_string("reports/appendix/money.html", given)
    assert entered in appendix
    brief = "1 number outside Attune’s range; with Attune’s, "
    assert f"{brief}{usual} (A4)." in paper.one.money_note
