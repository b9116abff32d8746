"""What the panel beside the wizard says: costs at first, and why on demand."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, Organization
from audits.scoring.sums.year_parts import lines_of_price
from audits.services.demo import sample
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.e2e.states.wizard_states import numbers_given
from tests.loaded_demo import SAMPLE
from tests.pages import html_of
from tests.wizard.test_words_to_read import save

AMOUNT = re.compile(r"\$[\d,]+(?:\.\d+)?")


def panel_of(page: str) -> str:
    found = page.partition('id="panel-h"')[2].partition("</aside>")[0]
    return " ".join(strip_tags(found).split())


def test_why_and_what_would_change_it_are_in_a_fold(cast: Cast, client: Client) -> None:
    save(cast, {"goal": ["style"], "state": "planned"}, {})

    said = panel_of(html_of(client.get(reverse("tasks", args=[cast.ours.draft.pk]))))

    said = said[said.index("Why") :]
    said = said[said.index("What would change it") :]
    assert re.search(r"If “Good examples” were “10 to 49”: Few-shot", said)


@pytest.mark.thorough
def test_three_costs_are_in_view(cast: Cast, client: Client) -> None:
    numbers_given(cast)

    url = reverse("section", args=[cast.ours.draft.pk, "purpose"])

    said = panel_of(html_of(client.get(url)))

    table = said[said.index("Technique12 months") :]
    table = table[: table.index("All techniques, with ranges")]
    assert 1 <= len(AMOUNT.findall(table)) <= 3
    assert "a month" not in table


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.once
def test_no_amount_of_a_technique_is_said_twice() -> None:
    SAMPLE.put()
    found = 0
    with scope(organization=Organization.objects.get(slug=sample.SLUG)):
        for audit in Audit.objects.all():
            costs = assess_today(audit, open_only=True).costs
            for each in costs.plan.techniques if costs else ():
                if each.price is None:
                    continue
                said = " ".join(lines_of_price(each.technique, each.price))
                amounts = AMOUNT.findall(said)
                assert len(set(amounts)) == len(amounts), said
                found += len(amounts)
    assert found > 50
