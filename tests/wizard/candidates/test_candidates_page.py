"""The page of the candidates: typed, changed, removed, told in plain words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Version
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.wizard.page_forms import hidden

pytestmark = pytest.mark.once

TYPED: dict[str, Any] = {
    "kind": "examples",
    "model": "claude-haiku-4-5",
    "cases": "100",
    "passed": "62",
    "cost": "0.004",
    "p95_ms": "900",
    "day": "2026-11-20",
    "run_by": "Evaluation team",
    "is_allowed": "on",
}


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        audit, lead = cast.ours.draft, cast.ours.contributor
        save_answers(audit=audit, by=lead, answers=TRAINING_CASE)
        sent = {("level", q): Sent(value=x) for q, x in TRAINING_LEVELS.items()}
        save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
        yield fresh_audit(audit)


def post(client: Client, name: str, *args: Any, page: str, **fields: Any) -> Any:
    seen = hidden(client, page)["seen"][0]
    return client.post(reverse(name, args=args), {"seen": seen, **fields})


def page_of(audit: Audit) -> str:
    return reverse("candidates", args=[audit.pk])


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
    assert "Documented: typed, with day and name" in told
    assert values(fresh_audit(draft).candidates)["c1"] == {
        "kind": "examples",
        "model": "claude-haiku-4-5",
        "cases": 100,
        "passed": 62,
        "cost": "0.004",
        "p95_ms": 900,
        "day": "2026-11-20",
        "run_by": "Evaluation team",
    }


def test_more_cases_that_would_settle_it_are_counted(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="80", limit_ms="")
    few = TYPED | {"cases": "30", "passed": "27"}

    post(client, "candidate", draft.pk, "new", page=page, **few)

    told = html_of(client.get(page))
    settled = "but chance may explain it; about 78 more cases would settle it"
    assert f"Reaches 80 of 100, {settled}" in told


def test_question_that_a_candidate_answers_says_so_and_has_no_options(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="60", limit_ms="")
    post(client, "candidate", draft.pk, "new", page=page, **TYPED)

    told = html_of(client.get(reverse("question", args=[draft.pk, "quality_gap"])))
    added = html_of(client.get(reverse("question", args=[draft.pk, "tried"])))

    reached = "reaches 60 of 100, but chance may explain it; about 4,584 more cases"
    assert "from the candidates: 62 of 100 passed, between 52 and 71;" in told
    assert reached in told
    assert 'name="quality_gap"' not in told
    assert "from the candidates: 62 of 100 passed" in added
    assert 'name="tried"' in added


def test_result_page_says_that_chance_may_explain_what_meets_the_target(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="85", limit_ms="")
    narrow = TYPED | {"cases": "120", "passed": "106"}
    post(client, "candidate", draft.pk, "new", page=page, **narrow)

    told = html_of(client.get(reverse("result", args=[draft.pk])))

    summary, _, rest = told.partition('<dl class="facts">')
    said = (
        "From the candidates: 106 of 120 passed, between 81 and 93 of 100; reaches 85 "
        "of 100, but chance may explain it; about 730 more cases would settle it."
    )
    assert "<strong>What meets the target: Worked examples.</strong>" in summary
    assert said in summary
    _, _, shown = rest.partition("What the test results show</h2>")
    answers, _, _ = shown.partition("</section>")
    assert answers.count(said) == 2  # the gap, and what meets the target
    assert "<dt>Gap to the target</dt>" in answers


def test_answer_posted_beside_a_candidate_does_not_count(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="60", limit_ms="")
    post(client, "candidate", draft.pk, "new", page=page, **TYPED)

    response = client.post(
        reverse("question", args=[draft.pk, "quality_gap"]),
        {"shown": "quality_gap", "quality_gap": "small", "v-quality_gap": "9.9.9"},
        follow=True,
    )

    said = (
        "The test results answer “Gap to the target”: your answer is kept in the "
        "history and does not count."
    )
    assert said in html_of(response)
    kept = Version.objects.filter(audit=draft, item="quality_gap", kind="answer")
    assert [version.value for version in kept[:2]] == [None, "small"]

    audit = fresh_audit(draft)
    assert audit.codes["quality_gap"] == "met"
    assert "quality_gap" not in audit.given_codes


def test_submission_shows_what_counted_and_marks_what_was_answered_by_hand(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    with scope(organization=draft.organization):
        owner = draft.use_case.owner
        save_answers(audit=draft, by=owner, answers={"tried": ["documents"]})
    post(client, "candidates", draft.pk, page=page, share="60", limit_ms="")
    post(client, "candidate", draft.pk, "new", page=page, **TYPED)

    told = html_of(client.get(reverse("submission", args=[draft.pk])))

    _, _, tried = told.partition('id="q-tried"')
    row, _, _ = tried.partition("</li>")
    assert "from the candidates: 62 of 100 passed" in row
    assert "Answered by hand:" in row


def test_strength_beyond_the_candidates_is_marked_as_answered_by_hand(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    with scope(organization=draft.organization):
        owner = draft.use_case.owner
        sent: dict[Any, Sent] = {
            ("answer", "eval"): Sent(value="production"),
            ("level", "eval"): Sent(value="measured"),
        }
        save_entries(audit=draft, by=owner, sent=sent, sender=Sender())
    marked = "200 test cases or more, and live outcomes, as answered by hand"
    post(client, "candidates", draft.pk, page=page, share="60", limit_ms="")
    assert marked not in html_of(client.get(reverse("result", args=[draft.pk])))

    post(client, "candidate", draft.pk, "new", page=page, **TYPED)

    assert marked in html_of(client.get(reverse("result", args=[draft.pk])))


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
        "Removed. It counted before, so answers that it would change stay open until a "
        "new result of “Prompt with examples” counts."
    ) in removed
    assert "quality_gap" not in fresh_audit(draft).codes
    post(client, "remove_candidate", draft.pk, "c1", page=page, back="")
    assert values(fresh_audit(draft).candidates)["c1"]["passed"] == 70
    assert fresh_audit(draft).codes["quality_gap"] == "met"


def test_candidates_that_do_not_count_leave_no_trace_when_they_are_removed(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="90", limit_ms="")
    before = fresh_audit(draft)
    few = TYPED | {"cases": "2", "passed": "2"}

    for kind in ("prompt", "rules"):
        post(client, "candidate", draft.pk, "new", page=page, **few | {"kind": kind})
        assert fresh_audit(draft).codes == before.codes
        assert fresh_audit(draft).verdict == before.verdict
    assert "Does not count: fewer than 30 cases." in html_of(client.get(page))
    for item in ("c1", "c2"):
        post(client, "remove_candidate", draft.pk, item, page=page)

    after = fresh_audit(draft)
    assert (after.codes, after.verdict) == (before.codes, before.verdict)
    assert after.given_codes == before.given_codes
    assert "Removed: it changes nothing." in html_of(client.get(page))


def test_removed_candidate_is_kept_when_its_kind_is_scored_again(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="60", limit_ms="")
    for passed, kind in (("30", "prompt"), ("62", "examples")):
        sent = TYPED | {"passed": passed, "kind": kind}
        post(client, "candidate", draft.pk, "new", page=page, **sent)
    post(client, "remove_candidate", draft.pk, "c2", page=page)
    renamed = TYPED | {"passed": "30", "kind": "prompt", "model": "other"}
    post(client, "candidate", draft.pk, "c1", page=page, **renamed)
    assert values(fresh_audit(draft).candidates)["c2"]["holds"] is True
    assert "quality_gap" not in fresh_audit(draft).codes

    again = TYPED | {"passed": "50"}
    post(client, "candidate", draft.pk, "new", page=page, **again)

    kept = values(fresh_audit(draft).candidates)["c2"]
    assert (kept["passed"], kept["removed"], "holds" in kept) == (62, True, False)
    assert fresh_audit(draft).codes["quality_gap"] != "met"
    assert html_of(client.get(page)).count("Put back<") == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"passed": "101"}, "No more can have passed than there are cases"),
        ({"passed": ""}, "Enter how many passed, or their mean score, and not both"),
        ({"mean": "0.5"}, "Enter how many passed, or their mean score, and not both"),
        ({"cases": "a few"}, "Cases must be a whole number, like 120"),
        ({"cases": ""}, "Enter: cases"),
        ({"day": "2019-01-01"}, "The day must be from 2020 on, and not in the future"),
        ({"day": "2999-01-01"}, "The day must be from 2020 on, and not in the future"),
        ({"day": "soon"}, "The day must be one like 2026-11-20"),
    ],
)
def test_wrong_result_is_refused_in_one_sentence_and_stays_typed(
    client: Client, draft: Audit, changes: dict[str, str], said: str
) -> None:
    sent = TYPED | changes

    response = post(client, "candidate", draft.pk, "new", page=page_of(draft), **sent)

    told = html_of(response)
    assert response.status_code == 422
    assert said in told
    assert 'value="claude-haiku-4-5"' in told
    assert fresh_audit(draft).candidates == {}


def test_page_that_somebody_else_overtook_saves_nothing_and_says_so(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidate", draft.pk, "new", page=page, **TYPED)

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


def test_results_that_are_only_asserted_lead_to_the_test_results(
    client: Client, draft: Audit
) -> None:
    check = reverse("check", args=[draft.pk])
    there = f'<a href="{page_of(draft)}">add test results</a>'
    assert there not in html_of(client.get(check))
    with scope(organization=draft.organization):
        asserted: dict[Any, Sent] = {
            ("level", question): Sent(value="asserted") for question in TRAINING_LEVELS
        }
        save_entries(
            audit=fresh_audit(draft),
            by=draft.use_case.owner,
            sent=asserted,
            sender=Sender(),
        )

    assert there in html_of(client.get(check))


def test_reviewer_reads_what_was_scored_who_ran_it_and_when(
    client: Client, draft: Audit
) -> None:
    page = page_of(draft)
    post(client, "candidates", draft.pk, page=page, share="60", limit_ms="")
    post(client, "candidate", draft.pk, "new", page=page, **TYPED)

    told = html_of(client.get(reverse("submission", args=[draft.pk])))

    assert (
        "Prompt with examples (claude-haiku-4-5): 62 of 100 passed, between 52 and 71; "
        "documented, Evaluation team, 20 November 2026"
    ) in told
    assert "60 of 100 cases must pass" in told


def test_sentence_beside_an_icon_is_one_part_of_its_row(
    client: Client, cast: Cast
) -> None:
    first = dict([*TRAINING_CASE.items()][:2])
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=first)
    told = html_of(client.get(page_of(cast.ours.draft)))

    _, _, points = told.partition('id="open-points"')
    sentence, _, _ = points.partition("</p>")
    # A row has a place for an icon and one for words: a third part has none.
    _, _, words = sentence.partition("</svg>")
    assert words.startswith("<span>")
    assert words.endswith("</span>")
