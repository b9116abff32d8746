"""The page of the candidates: typed, changed, removed, told in plain words."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.candidates.typed import TYPED, page_of, post

pytestmark = pytest.mark.once


def test_page_leads_to_the_result_once_there_is_one_of_a_test(
    client: Client, draft: Audit
) -> None:
    page, link = page_of(draft), reverse("result", args=[draft.pk])
    to_result = f'<a href="{link}">See the result</a>'
    assert to_result not in html_of(client.get(page))

    post(client, "candidate", draft.pk, "new", page=page, **TYPED)

    assert to_result in html_of(client.get(page))


@pytest.mark.thorough
def test_typed_candidate_is_told_with_what_its_cases_can_show(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="90", limit_ms="")

    response = post(client, "candidate", draft.pk, "new", page=page, **TYPED)

    assert (response.status_code, response["Location"]) == (302, page)
    told = html_of(client.get(page))
    assert "62 of 100 passed, between 52 and 71" in told
    assert "Misses 90 of 100, even at the upper end" in told
    assert "$0.004" in told
    assert "95 of 100 up to 900 ms" in told
    assert "Documented: typed, with day, name and link" in told
    assert values(fresh_audit(draft).candidates)["c1"] == {
        "kind": "examples",
        "model": "claude-haiku-4-5",
        "cases": 100,
        "passed": 62,
        "cost": "0.004",
        "p95_ms": 900,
        "day": "2026-11-20",
        "run_by": "Evaluation team",
        "link": "https://example.org/report",
        "by": str(draft.use_case.owner),
    }


@pytest.mark.thorough
def test_more_cases_that_would_settle_it_are_counted(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, share="80", limit_ms="")
    few = TYPED | {"cases": "30", "passed": "27"}

    post(client, "candidate", draft.pk, "new", **few)

    told = html_of(client.get(page))
    settled = (
        "but chance may explain it; about 78 more cases would show it if as many pass"
    )
    assert f"Reaches 80 of 100, {settled}" in told


@pytest.mark.parametrize(
    ("typed", "share"), [("85%", "0.85"), ("85,5", "0.855"), (" 90.5 % ", "0.905")]
)
def test_target_is_read_as_people_write_it(
    client: Client, draft: Audit, typed: str, share: str
) -> None:
    post(client, "candidates", draft.pk, share=typed, limit_ms="")

    assert fresh_audit(draft).inputs.candidates.target == Decimal(share)


@pytest.mark.parametrize("typed", ["0", "101", "100%", "-5"])
def test_target_that_no_candidate_can_have_is_refused(
    client: Client, draft: Audit, typed: str
) -> None:
    sent = {"share": typed, "limit_ms": ""}

    response = post(client, "candidates", draft.pk, **sent)

    assert "The target must be from 1 to 99.9" in html_of(response)
    assert fresh_audit(draft).candidates == {}


@pytest.mark.thorough
def test_candidate_is_changed_removed_and_put_back(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="60", limit_ms="")
    post(client, "candidate", draft.pk, "new", page=page, **TYPED)
    shown = html_of(client.get(reverse("candidate", args=[draft.pk, "c1"])))
    assert 'value="claude-haiku-4-5"' in shown

    post(client, "candidate", draft.pk, "c1", page=page, **TYPED | {"passed": "70"})
    post(client, "remove_candidate", draft.pk, "c1", page=page)

    removed = html_of(client.get(page))
    assert (
        "Removed. It counted before, so no answer counts that it contradicts, until a "
        "new result of “Prompt with examples” on as many cases counts."
    ) in removed
    assert "quality_gap" not in fresh_audit(draft).codes
    post(client, "remove_candidate", draft.pk, "c1", page=page, back="")
    assert values(fresh_audit(draft).candidates)["c1"]["passed"] == 70
    assert fresh_audit(draft).codes["quality_gap"] == "met"


@pytest.mark.thorough
def test_candidates_that_do_not_count_leave_no_trace_when_they_are_removed(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, share="90", limit_ms="")
    before = fresh_audit(draft)
    few = TYPED | {"cases": "2", "passed": "2"}

    for kind in ("prompt", "rules"):
        post(client, "candidate", draft.pk, "new", **few | {"kind": kind})
        assert fresh_audit(draft).codes == before.codes
        assert fresh_audit(draft).verdict == before.verdict
    assert "Does not count: fewer than 30 cases." in html_of(client.get(page))
    for item in ("c1", "c2"):
        post(client, "remove_candidate", draft.pk, item)

    after = fresh_audit(draft)
    assert (after.codes, after.verdict) == (before.codes, before.verdict)
    assert after.given_codes == before.given_codes
    assert "Removed: it does not count." in html_of(client.get(page))


@pytest.mark.thorough
def test_removed_candidate_is_kept_when_its_kind_is_scored_again(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, share="60", limit_ms="")
    for passed, kind in (("30", "prompt"), ("62", "examples")):
        sent = TYPED | {"passed": passed, "kind": kind}
        post(client, "candidate", draft.pk, "new", **sent)
    post(client, "remove_candidate", draft.pk, "c2")
    renamed = TYPED | {"passed": "30", "kind": "prompt", "model": "other"}
    post(client, "candidate", draft.pk, "c1", **renamed)
    assert values(fresh_audit(draft).candidates)["c2"]["holds"] is True
    assert "quality_gap" not in fresh_audit(draft).codes

    again = TYPED | {"passed": "50"}
    post(client, "candidate", draft.pk, "new", **again)

    kept = values(fresh_audit(draft).candidates)["c2"]
    assert (kept["passed"], kept["removed"], "holds" in kept) == (62, True, False)
    assert fresh_audit(draft).codes["quality_gap"] != "met"
    assert html_of(client.get(page)).count("Put back<") == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    some_of(
        [
            ({"passed": "101"}, "No more can have passed than there are cases"),
            (
                {"passed": ""},
                "Enter how many passed, or their mean score, and not both",
            ),
            (
                {"mean": "0.5"},
                "Enter how many passed, or their mean score, and not both",
            ),
            ({"cases": "a few"}, "Cases must be a whole number, like 120"),
            ({"cases": ""}, "Enter: cases"),
            ({"cases": "0"}, "Cases must be from 1 to 10,000,000"),
            ({"passed": "", "mean": "1.5"}, "Mean score must be from 0 to 1"),
            (
                {"day": "2019-01-01"},
                "The day must be from 2020 on, and not in the future",
            ),
            (
                {"day": "2999-01-01"},
                "The day must be from 2020 on, and not in the future",
            ),
            ({"day": "soon"}, "The day must be one like 2026-11-20"),
        ],
        5,
    ),
)
def test_wrong_result_is_refused_in_one_sentence_and_stays_typed(
    client: Client, draft: Audit, changes: dict[str, str], said: str
) -> None:
    sent = TYPED | changes

    response = post(client, "candidate", draft.pk, "new", **sent)

    told = html_of(response)
    assert response.status_code == 422
    assert said in told
    assert 'value="claude-haiku-4-5"' in told
    assert fresh_audit(draft).candidates == {}


def test_page_that_somebody_else_overtook_saves_nothing_and_says_so(
    client: Client, draft: Audit
) -> None:
    post(client, "candidate", draft.pk, "new", **TYPED)

    response = client.post(
        reverse("candidate", args=[draft.pk, "new"]), TYPED | {"seen": ""}
    )

    assert response.status_code == 409
    assert "Somebody else changed the candidates" in html_of(response)
    assert [*values(fresh_audit(draft).candidates)] == ["c1"]


def test_submitted_audit_has_no_candidates_to_change(
    client: Client, cast: Cast
) -> None:
    submitted = cast.ours.submitted

    response = client.get(page_of(submitted))

    assert response["Location"] == reverse("result", args=[submitted.pk])


def test_candidate_of_another_organization_is_not_found(
    client: Client, cast: Cast
) -> None:
    theirs = cast.theirs.draft.pk

    for name, args in (
        ("candidates", [theirs]),
        ("candidate", [theirs, "new"]),
        ("results", [cast.ours.draft.pk, cast.theirs.results.pk]),
        ("results", [theirs, cast.theirs.results.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404, name
