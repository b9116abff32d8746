"""A test that a signed verdict asked for is kept as the result of that step."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, ResultsCheck, Role
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import name_of
from audits.services.read_files.newer_results import steps_of
from tests.casting import Cast
from tests.conditions import condition_of, sign_with, term
from tests.outcomes import signed as signed_audits
from tests.outcomes.test_renamed_candidates import checked, fields_of, kept, sheet
from tests.pages import html_of
from tests.scoring.twelve_verdicts import ANSWERS
from tests.signed_in import sign_in


@pytest.fixture
def audit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Sign a verdict that asks for a test, on the condition that it is done."""
    misses = signed_audits.CANDIDATES["c1"] | {"passed": 150}
    monkeypatch.setitem(signed_audits.CANDIDATES, "c1", misses)
    # Nothing may be left that could change a verdict that misses the target.
    questions = tuple(current().question_by_id)
    given = ANSWERS["prompt_long_context"]
    left = [each for each in questions if each not in given]
    monkeypatch.setattr(signed_audits, "_OPEN", left)
    audit = signed_audits.submitted(cast.ours)
    with scope(organization=cast.ours.organization):
        sign_with(audit, cast.ours.people[Role.REVIEWER], term(audit, "Test it."))
        return Audit.objects.get(pk=audit.pk)


@pytest.fixture
def step(client: Client, cast: Cast, audit: Audit) -> ScoredCandidate:
    """Sign its author in, and return the test that the signed verdict asks for."""
    sign_in(client, cast.ours.contributor)
    with scope(organization=cast.ours.organization):
        return steps_of(audit)[0]


def test_run_of_the_step_is_asked_for_and_kept_as_its_result(
    client: Client, cast: Cast, audit: Audit, step: ScoredCandidate
) -> None:
    before = html_of(client.get(reverse("result", args=[audit.pk])))

    asked = checked(client, audit, sheet(195, "long-v1"))
    assert kept(cast) == []
    field = f"is_{step.id}"
    page = checked(client, audit, sheet(195, "long-v1"), **{field: "long-v1"})

    assert field in fields_of(asked)
    assert f"Which run is “<bdi>{name_of(step)}</bdi>”?" in asked
    [check] = kept(cast)
    assert check.steps == [str(step.kind)]
    assert f"The paper asked to test “{name_of(step)}”, and 195 of 200 passed." in page
    assert ["step", name_of(step)] in [row[:2] for row in check.rows]
    assert check.state == ResultsCheck.State.HOLDS
    after = html_of(client.get(reverse("result", args=[audit.pk])))
    assert "Done since the sign-off:" not in before
    assert "Done since the sign-off:" in after
    proof_is_offered(client, cast, audit)


def proof_is_offered(client: Client, cast: Cast, audit: Audit) -> None:
    """Look for the test of a step as the proof of a condition, with and without it."""
    with scope(organization=cast.ours.organization):
        there = reverse("condition", args=[condition_of(audit).pk])
    after = html_of(client.get(there))
    with scope(organization=cast.ours.organization):
        ResultsCheck.objects.all().delete()
    before = html_of(client.get(there))

    link = f"{reverse('outcomes', args=[audit.pk])}#checks"
    assert link not in before
    assert re.search(rf'value="[^"]*{link}"', after)
    assert 'value="new.csv"' in after
    assert "and 195 of 200 passed." in after


@pytest.mark.thorough
def test_result_of_the_step_that_changes_the_verdict_contradicts_it(
    client: Client, cast: Cast, audit: Audit, step: ScoredCandidate
) -> None:

    checked(client, audit, sheet(20, "long-v1"), **{f"is_{step.id}": "long-v1"})

    [check] = kept(cast)
    changes = check.state == ResultsCheck.State.DIFFERS
    assert changes is ("would become" in check.sentence)
    assert changes is bool(check.contradicts)


def test_few_cases_of_a_step_count_for_nothing(
    client: Client, cast: Cast, audit: Audit, step: ScoredCandidate
) -> None:
    few = "\n".join(
        ["case,candidate,passed", *(f"{n},long-v1,yes" for n in range(20)), ""]
    ).encode()

    checked(client, audit, few, **{f"is_{step.id}": "long-v1"})

    [check] = kept(cast)
    assert (check.state, check.steps) == ("not_known", [])
    assert check.rows[0] == [
        "not used",
        name_of(step),
        "it has fewer than 30 cases",
    ]
