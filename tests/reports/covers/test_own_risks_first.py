"""Own risks come first on page 1; the form says which computed ones they replace."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.reports.context import build_paper
from audits.scoring.options.main_risk import without_source
from audits.services.answers.answers import fresh_audit
from audits.services.papers.covers import save_cover
from tests.casting import Cast
from tests.pages import html_of
from tests.printed import Printed
from tests.reports.papers import front_of, words_of
from tests.reports.test_appendix import paper
from tests.signed_in import sign_in

ANSWERS = {
    "goal": ["knowledge", "style"],
    "state": "none",
    "tried": ["instructions", "in_prompt"],
    "eval": "small_set",
    "quality_gap": "often_wrong",
    "component": "generator",
    "knowledge_size": "small",
    "change_rate": "quarterly",
    "examples": "curated",
    "error_cost": "moderate",
    "regulatory": "high_risk",
    "example_quality": "mostly",
}


@pytest.mark.thorough
@pytest.mark.once
def test_page_one_has_own_risks_and_then_computed_ones(cast: Cast) -> None:
    alone = paper(cast, ANSWERS)
    own = (("Customers may complain.", "Rosa"),)
    made = replace(alone, one=replace(alone.one, risks=own))
    computed = alone.one.may_be_replaced

    first, second, *_ = Printed(front_of(made).pdf).words

    assert made.one.more_risks == tuple(map(without_source, computed[:2]))
    assert f"{made.owner} (derived)" in first
    assert first.index("Customers may complain.") < first.index(
        without_source(computed[0])[:40]
    )
    assert "A1" in second


@pytest.mark.thorough
@pytest.mark.once
def test_gravest_computed_risk_stays_on_the_fullest_page_one(cast: Cast) -> None:
    alone = paper(cast, ANSWERS)
    own = (("Customers may complain.", "Rosa"),)
    made = replace(alone, one=replace(alone.one, risks=own))

    fullest, appendix = words_of(made, 99)

    gravest, other = made.one.more_risks
    assert gravest in fullest
    assert other not in fullest
    assert other in appendix


@pytest.mark.thorough
@pytest.mark.once
def test_weak_evidence_gives_way_to_an_own_risk_before_what_answers_show(
    cast: Cast,
) -> None:
    said = paper(cast, ANSWERS)
    weak = [x for x in said.one.may_be_replaced if "only asserted" in x]

    assert weak
    assert said.one.may_be_replaced[-1] in weak
    assert said.one.known_risks[0] in weak
    one = replace(said.one, risks=(("Customers may complain.", "Rosa"),))
    assert one.more_risks
    assert not {*weak} & {*one.more_risks}


@pytest.mark.thorough
def test_form_says_which_computed_risk_a_risk_replaces(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    sign_in(client, cast.ours.contributor)
    with scope(organization=cast.ours.organization):
        computed = build_paper(fresh_audit(audit)).one.may_be_replaced

    page = html_of(client.get(reverse("cover", args=[audit.pk])))

    number = 4 - len(computed)
    count = "one risk" if number == 1 else f"{number} risks"
    assert computed
    assert f"With {count} here, page 1 drops: “{computed[-1]}”" in page
    assert f"With 3 risks here, page 1 drops: “{computed[0]}”" in page


@pytest.mark.on_both
def test_result_says_which_computed_risks_three_own_ones_replace(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    sign_in(client, cast.ours.contributor)
    with scope(organization=cast.ours.organization):
        computed = build_paper(fresh_audit(audit)).one.may_be_replaced
        own = [{"text": f"Own risk {n}", "owner": ""} for n in "123"]
        save_cover(audit=audit, by=cast.ours.contributor, fields={"risks": own})

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    assert f"the paper would say: “{computed[0]}" in page
