"""A paper prices an advised prompt with all documents beside today's."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.reports.context import build_paper
from audits.scoring.exchange import document
from tests.board_money.options.test_documents_are_added import (
    DOCUMENTS,
    assessed,
    money,
    year_today,
)
from tests.casting import Cast
from tests.reports.test_appendix import pages
from tests.signed_in import sign_in

pytestmark = pytest.mark.once


def test_paper_prices_both_and_keeps_its_six_pages(cast: Cast) -> None:
    found = assessed(**DOCUMENTS)
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(found)
        first, *rest = pages(build_paper(audit))

    assert f"{year_today(found):,}" in first
    assert f"{money(found).chosen.year.expected:,}" in first
    assert "These contradict each other" not in " ".join((first, *rest))
    assert len(rest) == 5


def test_nobody_enters_the_advised_prompt_as_what_runs_today(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.ours.contributor)
    page = client.get(reverse("numbers", args=[cast.ours.draft.pk])).content.decode()

    assert 'value="few_shot"' in page
    assert 'value="prompt_documents"' not in page
