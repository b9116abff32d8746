"""An author's words replace no computed risk, and their amounts are marked."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Cover, Role
from audits.reports.context import build_paper
from audits.reports.page_one import page_one
from audits.scoring.costs.rounding import written
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.failing import of_failing
from audits.scoring.pricing.cost_plan import Band
from audits.services.answers.answers import fresh_audit
from audits.services.due.covers import cover_of
from audits.services.papers.covers import save_cover
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.test_twelve_verdicts import assessed
from tests.reviews.conftest import client_of

OWN = "$9,123 is the author’s figure, not computed here"


def test_what_a_failed_test_loses_stays_beside_the_risk_of_an_author() -> None:
    found = assessed("fine_tune")
    money = money_of(found)
    assert money
    assert money.at_risk is not None
    assert money.at_risk_if == "its_test_fails"
    cover = Cover(risks=[{"text": "None", "owner": ""}])

    one = page_one(current(), found, cover, "Letters", money)

    lost = f"If the trained model fails its test, ${written(money.at_risk)} is lost."
    assert one.risks == (("None", ""),)
    assert one.dated_risks.startswith(lost)


def test_what_a_failed_test_costs_is_said_beside_both_plans() -> None:
    found = assessed("fine_tune")
    money = money_of(found)
    assert money
    assert money.today
    year = money.chosen.year.expected
    assert money.at_risk
    kept = year + 211_113 - money.at_risk
    stays = Band(low=kept, expected=kept, high=kept)
    dearer = replace(
        money, fallback=replace(money.chosen, technique="few_shot", year=stays)
    )
    at = Band(low=year, expected=year + 212_129, high=year + 300_000)
    today = replace(money.today, year=at, roles=("today",))
    chosen = replace(money.chosen, roles=("recommended",))
    planned = replace(dearer, rows=(today, chosen))

    cover = Cover(risks=[{"text": "None", "owner": ""}])
    one = page_one(current(), found, cover, "Letters", planned)
    without = page_one(current(), found, Cover(), "Letters", planned)

    trained = (
        "If the trained model fails its test, “Few-shot” stays in use and costs "
        "$211,113 more than recommended and $1,016 less than the current plan."
    )
    assert one.dated_risks == trained
    assert without.known_risks[0].startswith(trained)
    assert of_failing(planned, is_brief=True).endswith("more than recommended.")


@pytest.mark.thorough
def test_amount_of_the_author_is_marked_on_the_review_and_page_one(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        audit, words = cast.ours.submitted, "Approve $9,123 once; no more is needed."
        save_cover(
            audit=audit, by=cast.ours.contributor, fields={"decision_asked": words}
        )
        one = build_paper(fresh_audit(audit)).one
        assert cover_of(audit).decision_asked == words
    url = reverse("review", args=[audit.pk])

    assert one.own_amounts == OWN
    assert OWN in html_of(client_of(cast, Role.REVIEWER).get(url))


def test_amount_of_the_author_is_marked_on_the_check(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit, words = cast.ours.draft, "Approve $9,123 once; no more is needed."
        fields = {"decision_asked": words}
        save_cover(audit=audit, by=cast.ours.contributor, fields=fields)
    url = reverse("check", args=[audit.pk])

    assert OWN in html_of(client_of(cast, Role.CONTRIBUTOR).get(url))


@pytest.mark.thorough
def test_result_says_which_amounts_are_the_authors(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = cast.ours.submitted
        url = reverse("result", args=[audit.pk])
        without = html_of(client_of(cast, Role.REVIEWER).get(url))
        fields = {"decision_asked": "Approve $9,123 once; no more is needed."}
        save_cover(audit=audit, by=cast.ours.contributor, fields=fields)
    page = html_of(client_of(cast, Role.REVIEWER).get(url))

    told = "Page 1 names $9,123. The author wrote this; Attune did not compute it."
    first, _, folds = page.partition("All details")
    assert f"<strong>{told}</strong>" in first
    assert OWN in folds
    assert "The author wrote this" not in without
