"""What is assumed about costs, and the team's own figures in its place."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.models.audits import values
from audits.scoring.money.assumed import assumed_behind, assumed_for
from audits.scoring.money.of_assessment import money_of
from audits.scoring.numbers.assumption_fields import ASSUMED, assumption_fields
from audits.scoring.numbers.numbers import FIELDS_BY_ID, check, numbers_of
from audits.scoring.pricing.defaults import defaults_on
from audits.scoring.pricing.pricing import economics
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_numbers import ON_OWN_GPUS
from tests.wizard.page_forms import send

DAY = date(2026, 11, 27)
PRICED = {"requests": "100000", "prefix_tokens": "6000", "variable_tokens": "500"}
PRICED |= {"output_tokens": "300", "model": "claude-sonnet-5-5"}


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("assumptions", args=[cast.ours.draft.pk])


def numbers(cast: Cast) -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).numbers)


@pytest.mark.once
def test_everything_that_a_price_assumes_can_be_entered() -> None:
    plan = economics(numbers_of({**ON_OWN_GPUS}), DAY).plan

    assert set(plan.defaults) <= {*ASSUMED, *FIELDS_BY_ID}
    assert set(ASSUMED) <= set(defaults_on(DAY))


@pytest.mark.once
@pytest.mark.parametrize("input_id", ASSUMED)
def test_what_is_assumed_is_within_the_limits_of_its_field(input_id: str) -> None:
    field, usual = assumption_fields(DAY)[input_id], defaults_on(DAY)[input_id]
    times = 100 if field.percent else 1

    assert field.low <= usual.low * times <= usual.high * times <= field.high
    assert field.unit
    assert usual.source in field.hint
    check(input_id, str(usual.expected))


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_limit_can_be_priced(end: str) -> None:
    for input_id, field in assumption_fields(DAY).items():
        limit: Decimal = getattr(field, end)
        stored = str(limit / 100 if field.percent else limit)

        plan = economics(numbers_of({**ON_OWN_GPUS, input_id: stored}), DAY).plan

        assert plan.cheapest, input_id
        assert input_id not in plan.defaults


@pytest.mark.once
def test_page_says_what_is_assumed_and_from_where(client: Client, page: str) -> None:
    text = html_of(client.get(page))

    assert "Assumed: $180,000 ($120,000 to $300,000) a year." in text
    assert "Assumed: 25% (10% to 50%) of one engineer’s time." in text
    assert "Assumed: $0 a call. Attune’s estimate, checked on 24 November 2026." in text
    assert "<details" in text
    assert 'value="180000"' not in text


@pytest.mark.thorough
def test_own_figure_replaces_the_assumption_and_its_range(
    cast: Cast, client: Client, page: str
) -> None:
    for_numbers = reverse("numbers", args=[cast.ours.draft.pk])
    send(client, for_numbers, **PRICED)
    before = html_of(client.get(for_numbers))
    assert "<li>Cost of one engineer for a year</li>" in before

    send(client, page, fte_cost="95,000", upkeep_share_prompt="10")

    assert numbers(cast) == {
        **PRICED,
        "fte_cost": "95000",
        "upkeep_share_prompt": "0.1",
    }
    after = html_of(client.get(for_numbers))
    assert "<li>Cost of one engineer for a year</li>" not in after
    shown = html_of(client.get(page))
    assert "= $95,000 a year" in shown
    assert "= 10% of one engineer’s time" in shown
    assert "2 of your own" in shown


@pytest.mark.thorough
def test_what_the_team_replaced_comes_first(client: Client, page: str) -> None:
    send(client, page, gpu_hour="3", rerank_price="0.1")

    shown = html_of(client.get(page))

    groups = [
        re.sub(r"<[^>]+>", " ", x).split(" numbers")[0]
        for x in re.findall(r"<summary>(.*?)</summary>", shown)
        if "numbers" in x
    ]
    assert [" ".join(x.split()[:-1]) for x in groups][:3] == [
        *("Search in documents", "Rented GPUs", "People"),
    ]
    assert shown.index('id="row-rerank_price"') < shown.index('id="row-rag_days"')


@pytest.mark.thorough
@pytest.mark.once
def test_result_lists_each_number_of_what_is_compared_that_nobody_entered(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, reverse("numbers", args=[cast.ours.draft.pk]), **PRICED)
    send(client, page, fte_cost="95000")
    send(
        client, reverse("question", args=[cast.ours.draft.pk, "state"]), state="planned"
    )
    with scope(organization=cast.ours.organization):
        found = assessment_of(Audit.objects.get(pk=cast.ours.draft.pk))
    assert found.costs
    money = money_of(found)
    assumed = assumed_behind(found, money)
    assert 0 < len(assumed) < len(found.costs.plan.defaults)

    text = html_of(client.get(reverse("result", args=[cast.ours.draft.pk])))

    listed = text.partition('id="assumed"')[2]
    assert f"{len(assumed)} numbers that nobody entered" in " ".join(text.split())
    assert assumed_for(found, money) in listed
    assert "<dd>$800 ($500 to $1,500) a day</dd>" in listed
    assert "$180,000" not in listed


@pytest.mark.thorough
@pytest.mark.once
def test_panel_says_what_has_no_price_yet_and_why(
    cast: Cast, client: Client, page: str
) -> None:
    for_numbers = reverse("numbers", args=[cast.ours.draft.pk])
    send(client, for_numbers, requests="60000")

    text = " ".join(html_of(client.get(for_numbers)).split())

    assert "8 techniques without a price" in text
    why = text.split("No model is chosen:")
    assert len(why) == 2, "a reason is said once"
    assert "Prompt on the chosen model;" in why[1].partition("</li>")[0]


@pytest.mark.once
def test_figure_that_cannot_be_is_explained_and_kept_on_the_page(
    cast: Cast, client: Client, page: str
) -> None:
    response = send(client, page, model_life="0", fte_cost="95000")

    assert response.status_code == 422
    assert numbers(cast) == {"fte_cost": "95000"}
    text = html_of(response)
    assert "Lifetime of a trained model must be between 1 and 1,200 months" in text
    assert 'value="0"' in text


@pytest.mark.thorough
@pytest.mark.once
def test_emptied_figure_is_assumed_again(cast: Cast, client: Client, page: str) -> None:
    send(client, page, gpu_hour="1.50")
    assert numbers(cast) == {"gpu_hour": "1.5"}

    send(client, page, gpu_hour="")

    assert numbers(cast) == {}


@pytest.mark.thorough
@pytest.mark.once
def test_own_figures_and_the_gpu_are_named_where_numbers_are_listed(
    cast: Cast, client: Client, page: str
) -> None:
    figures = {"mlops_share_trained": "40", "eval_cases": "300", "hours_a_day": "8.5"}
    send(client, page, gpu="B200", **figures)

    for name in ("number_history", "check"):
        text = html_of(client.get(reverse(name, args=[cast.ours.draft.pk])))
        assert "Upkeep of a trained model" in text, name
        assert "40% of one engineer’s time" in text, name
        assert "300 cases" in text, name
        assert "Kind of GPU" in text, name
        assert "B200" in text, name
        assert "8.5 hours a day" in text, name


@pytest.mark.thorough
@pytest.mark.once
def test_another_gpu_has_no_price_until_its_speed_is_entered(
    cast: Cast, client: Client, page: str
) -> None:
    for_numbers = reverse("numbers", args=[cast.ours.draft.pk])
    send(client, for_numbers, **PRICED)
    why = "nobody has measured how many tokens a second one L40S 48 GB works on"
    assert "L40S 48 GB: $0.79 to $1.55 a GPU-hour" in html_of(client.get(page))

    saved = html_of(send(client, page, htmx=True, seq="1", gpu="L40S 48 GB"))

    # What is assumed is said again where it is another number.
    row = saved.partition('id="row-gpu_tokens_per_second"')[2]
    assert f"Nothing is assumed: {why}." in row.partition("</p>")[0]
    hour = saved.partition('id="row-gpu_hour"')[2].partition("</p>")[0]
    assert "Assumed: $1.17 ($0.79 to $1.55) a GPU-hour." in hour
    panel = html_of(client.get(for_numbers))
    said = panel.partition(f"Cannot be priced, because {why}:")[2]
    assert "Tuned open model, rented GPUs" in said.partition("</li>")[0]

    send(client, page, gpu_tokens_per_second="2000", hours_a_day="12", sharing_models=4)

    assert numbers(cast) == PRICED | {
        "gpu": "L40S 48 GB",
        "gpu_tokens_per_second": "2000",
        "hours_a_day": "12",
        "sharing_models": "4",
    }
    shown = html_of(client.get(page))
    assert "= 12 hours a day" in shown
    assert "= 4 models" in shown
    panel = html_of(client.get(for_numbers))
    assert "L40S 48 GB, 12 hours a day, shared by 4 tuned models" in panel
    assert why not in panel


@pytest.mark.once
def test_hours_and_sharing_keep_their_limits(
    cast: Cast, client: Client, page: str
) -> None:
    response = send(
        client, page, hours_a_day="25", sharing_models="101", gpu="A GPU of mine"
    )

    assert response.status_code == 422
    assert numbers(cast) == {}
    text = html_of(response)
    for said in (
        "Hours a day that the machines run must be between 1 and 24",
        "Tuned models that share these machines must be between 1 and 100",
        "Kind of GPU: choose one of the list",
    ):
        assert said in text
