"""Steps that do not decide, and those that come before all others."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.pages import html_of
from tests.results.experiment_pages import answered, page_of
from tests.scoring.cards.test_planned import NOTHING_RUNS
from tests.scoring.live_prompts import LIVE_PROMPT
from tests.signed_in import sign_in


@pytest.mark.thorough
def test_steps_that_cannot_change_the_verdict_are_listed_apart(
    cast: Cast, client: Client
) -> None:
    audit = answered(cast, LIVE_PROMPT)
    sign_in(client, cast.ours.contributor)

    listed = page_of(client, "experiments", audit)
    shown = page_of(client, "result", audit)
    step = page_of(client, "experiment", audit, "eval")

    places = [listed.index(f"{number}. ") for number in (1, 2, 3)]
    assert places == sorted(places)
    assert "1. Count the reviewed examples" in listed
    apart = listed.index("Other steps, to back the verdict up or test its advice")
    assert listed.index("1. Count the reviewed examples") < apart
    assert apart < listed.index("2. Build a test set")
    assert "The 2 other steps take 52 hours" in listed
    assert "The 2 other steps take 52 hours" in shown
    counted = page_of(client, "experiment", audit, "examples")

    assert "Other step" in step
    assert "Step 1 of 1" in counted
    assert "Whatever comes out, the verdict stays. It only adds evidence." in step


def test_pages_say_which_fault_the_advice_leaves_and_sort_them_first(
    client: Client, cast: Cast
) -> None:
    draft = answered(
        cast,
        {
            "goal": ["knowledge", "style"],
            "state": "none",
            "tried": ["instructions"],
            "eval": "small_set",
            "quality_gap": "small",
            "component": "generator",
            "knowledge_size": "small",
            "change_rate": "quarterly",
            "examples": "curated",
        },
    )
    sign_in(client, cast.ours.contributor)

    result = page_of(client, "result", draft)
    step = page_of(client, "experiment", draft, "sort_faults")

    assert "It leaves “Style”." in result
    assert "Not for every fault" in " ".join(result.split())
    assert 'href="../experiments/sort_faults/"' in result
    assert "<h1>Sort the failing cases by fault</h1>" in step
    assert "Pass mark" not in step
    asked = reverse("question", args=[draft.pk, "goal"])
    assert f'href="{asked}?step=sort_faults"' in step
    led, alone = (
        html_of(client.get(there)) for there in (f"{asked}?step=sort_faults", asked)
    )
    assert "Beside each case that failed, write in one word what was wrong." in led
    assert f'href="{reverse("add_evidence", args=[draft.pk, "goal"])}"' in led
    assert "Beside each case that failed" not in alone


@pytest.mark.thorough
def test_all_steps_begin_with_the_first_of_what_to_do_next(
    cast: Cast, client: Client
) -> None:
    draft = answered(cast, NOTHING_RUNS)
    sign_in(client, cast.ours.contributor)

    do_next, all_steps = page_of(client, "result", draft).split('id="plan"')
    named = re.compile(r'href="\.\./experiments/(\w+)/"')

    assert list(dict.fromkeys(named.findall(do_next)))[:2] == [
        "set_target",
        "count_faults",
    ]
    listed = page_of(client, "experiments", draft)
    in_order = re.findall(r"/experiments/(\w+)/", listed)
    assert named.findall(all_steps)[: len(in_order)] == in_order


@pytest.mark.thorough
def test_result_says_below_its_steps_where_a_result_that_comes_late_goes(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.ours.contributor)
    audit = cast.ours.submitted
    back, beside = 'href="../reopen/"', 'href="../outcomes/#conditions"'

    in_review = steps_said(client, audit)
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            outcome="approved",
            submission=submission_of(audit),
        )
    signed = steps_said(client, audit)

    assert f"To add a result now, <a {back}>take the audit back from review</a>." in (
        in_review
    )
    assert beside not in in_review
    assert f"A result is <a {beside}>kept beside this verdict</a>, or counts" in signed
    assert back not in signed


def steps_said(client: Client, audit: Audit) -> str:
    """Return the part of a result that says what to do next."""
    page = page_of(client, "result", audit)
    return page.split('id="monday"')[1].split('id="sure"')[0]
