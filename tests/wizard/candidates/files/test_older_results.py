"""A result of an older test replaces no newer one, unless somebody says so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, ResultsCheck
from audits.scoring.results_behind.replaced_results import replaced_results
from audits.services.answers.answers import fresh_audit
from audits.services.verdicts.assessments import assessment_of, framework_of
from tests.casting import Cast
from tests.examples import some_of
from tests.outcomes.signed import CANDIDATES, MODEL, signed
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.cases.test_left_out import draft as _draft
from tests.wizard.candidates.made_promptfoo import promptfoo
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import remove_result, save_results

draft = _draft
OLDER = "it ran on 1 October 2026, the other on 20 November 2026"


def rows(draft: Audit) -> list[tuple[str, int | None]]:
    return [(x.kind, x.passed) for x in fresh_audit(draft).inputs.candidates.rows]


def read_both(client: Client, draft: Audit, day: str) -> Any:
    new = promptfoo("new.json", {"m": 110}, day="2026-11-20")
    save_results(draft, new, kind="prompt")
    return read(client, draft, promptfoo("b.json", {"m": 40}, day=day), kind="prompt")


def test_older_file_changes_nothing_and_holds_the_verdict_back_if_it_is_chosen(
    client: Client, draft: Audit
) -> None:
    shown = read_both(client, draft, "2026-10-01")
    told = f"This one changes nothing unless you say what it is: it is older: {OLDER}"
    assert told in html_of(shown)
    assert shown.context["form"].choices() == ["none"]
    save(client, shown)
    assert rows(draft) == [("prompt", 110)]
    before = assessment_of(fresh_audit(draft))
    chosen = {"kind-0": "prompt"}

    told = page_after(client, shown, **chosen, show="")

    assert f"{OLDER}, so it changes nothing" in html_of(shown)
    assert f"{OLDER}, so it holds back the verdict" in html_of(told)
    assert "was its file the wrong one?" not in html_of(told)
    save(client, told, **chosen)
    assert rows(draft) == [("prompt", 40)]
    after = assessment_of(fresh_audit(draft))
    assert before.codes["quality_gap"] == "met"
    assert "quality_gap" not in after.codes
    [said] = replaced_results(framework_of(draft), after)
    assert "110 of 120 (new.json, 20 November 2026), replaced by 40 of 120" in said
    assert "(b.json, tested on 1 October 2026, by " in said
    assert "Its test is older, so no answer counts" in said

    # A later test ends that, once it has as many cases.
    part = promptfoo("part.json", {"m": 10}, cases=40, day="2026-11-27")
    save_results(draft, part, kind="prompt")
    assert "quality_gap" not in assessment_of(fresh_audit(draft)).codes

    whole = promptfoo("whole.json", {"m": 30}, day="2026-11-28")
    save_results(draft, whole, kind="prompt")
    assert "quality_gap" in assessment_of(fresh_audit(draft)).codes


@pytest.mark.thorough
def test_older_file_does_not_release_a_newer_result_that_was_removed(
    draft: Audit,
) -> None:
    new = promptfoo("new.json", {"m": 110}, day="2026-11-20")
    save_results(draft, new, kind="prompt")
    remove_result(draft)

    old = promptfoo("b.json", {"m": 40}, day="2026-10-01")
    save_results(draft, old, kind="prompt")

    assert rows(draft) == [("prompt", 110), ("prompt", 40)]
    assert "quality_gap" not in assessment_of(fresh_audit(draft)).codes


@pytest.mark.thorough
@pytest.mark.parametrize("day", some_of(["2026-11-20", "2026-11-21"], 1))
def test_file_that_is_not_older_replaces_as_before(
    client: Client, draft: Audit, day: str
) -> None:
    shown = read_both(client, draft, day)

    assert "older" not in html_of(shown)
    save(client, shown)
    assert rows(draft) == [("prompt", 40)]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("day", "state", "said"),
    [
        ("2026-10-01", "not_known", OLDER),
        ("2026-11-25", "differs", "Contradicted by newer results of 25 November 2026"),
    ],
)
def test_day_of_the_test_says_whether_a_file_contradicts(
    client: Client, cast: Cast, day: str, state: str, said: str
) -> None:
    audit = signed(cast.ours)
    dated = {**CANDIDATES, "c1": {**CANDIDATES["c1"], "day": "2026-11-20"}}
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=audit.pk).update(
            candidates={i: {"value": x, "version": 1} for i, x in dated.items()}
        )
    sign_in(client, cast.ours.contributor)
    file = promptfoo("new.json", {MODEL: 60}, day=day)

    page = html_of(
        client.post(
            reverse("check_results", args=[audit.pk]), {"file": file}, follow=True
        )
    )

    assert said in page
    with scope(organization=cast.ours.organization):
        [kept] = ResultsCheck.objects.filter(audit=audit)
        assert kept.state == state
        is_due = Audit.objects.get(pk=audit.pk).review_due_at is not None
    assert is_due is (state == "differs")
    result = html_of(client.get(reverse("result", args=[audit.pk])))
    assert ("Contradicted by" in result) is (state == "differs")
