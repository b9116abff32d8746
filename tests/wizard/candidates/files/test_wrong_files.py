"""A wrong results file is removed with a reason, and everybody is told of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Role
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from audits.services.timelines.timeline import timeline_of
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import upload
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import remove_result, save_results
from tests.wizard.candidates.typed import TYPED, page_of, post

WRONG = {"base prompt": 40, "few-shot prompt": 95}
RIGHT = {"base prompt": 60}
WHAT, KNOWN = "Another use case’s", "It has the cases of the team's claims"
REASON = f"{WHAT}: {KNOWN}"


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    return aimed


@pytest.fixture
def with_wrong(draft: Audit) -> Audit:
    """Return it with two candidates of a wrong file."""
    save_results(draft, upload(WRONG))
    return fresh_audit(draft)


def remove_file(
    client: Client, audit: Audit, reason: str = KNOWN, what: str = WHAT
) -> Any:
    there = "remove_candidate", audit.pk, "c1"
    given = {"what": what, "reason": reason}
    return post(client, *there, wrong="", **given)


def rows_of(audit: Audit) -> dict[str, dict[str, Any]]:
    found = values(fresh_audit(audit).candidates)
    return {item: value for item, value in found.items() if item != "target"}


def page_to_remove(client: Client, audit: Audit, item: str = "c1") -> str:
    return html_of(client.get(reverse("remove_candidate", args=[audit.pk, item])))


@pytest.mark.thorough
def test_timeline_says_once_who_removed_a_wrong_file_and_why(
    client: Client, with_wrong: Audit
) -> None:
    remove_file(client, with_wrong)

    with scope(organization=with_wrong.organization):
        told = [
            (each.kind, each.words)
            for each in timeline_of(with_wrong.use_case)
            if each.kind.startswith("results")
        ]

    assert told == [("results_removed", REASON), ("results", "")]


@pytest.mark.thorough
def test_removing_asks_first_and_says_what_changes(
    client: Client, with_wrong: Audit
) -> None:
    before = rows_of(with_wrong)

    told = page_to_remove(client, with_wrong, "c2")

    assert "Remove <bdi>few-shot prompt (Prompt with examples)</bdi>?" in told
    alone, whole = told.split("The file is the wrong one")
    assert "stay open until a new result of “Prompt with examples” counts" in alone
    assert "<dt>Gap to the target</dt><dd>From “No gap” to “No answer”" in alone
    assert "base prompt (Written prompt): 40 of 100 passed" in whole
    assert "The verdict" in alone
    assert "The verdict" in whole
    assert rows_of(with_wrong) == before


@pytest.mark.thorough
def test_right_file_counts_after_the_wrong_one_was_removed(
    client: Client, with_wrong: Audit
) -> None:
    assert fresh_audit(with_wrong).codes["passed"] == "examples"

    remove_file(client, with_wrong)
    save_results(with_wrong, upload(RIGHT))

    audit = fresh_audit(with_wrong)
    assert audit.codes["quality_gap"] == "large"
    assert audit.inputs.answered.held == ()
    for item in ("c1", "c2"):
        value = rows_of(audit)[item]
        assert (value["removed"], "holds" in value) == (True, False)
        assert value["wrong"] == {
            "reason": REASON,
            "file": "results.csv",
            "by": str(audit.use_case.owner),
            "day": timezone.localdate().isoformat(),
        }


def test_everybody_is_told_who_removed_a_wrong_file_and_what_it_said(
    client: Client, with_wrong: Audit
) -> None:
    remove_file(client, with_wrong)

    said = (
        f"“results.csv” was removed as a wrong file by {with_wrong.use_case.owner} on "
        f"{in_words(timezone.localdate())}: “{REASON.replace(chr(39), '&#x27;')}”"
    )
    for name in ("candidates", "candidate_history", "check", "result"):
        page = html_of(client.get(reverse(name, args=[with_wrong.pk]), follow=True))
        assert said in page, name
    result = html_of(client.get(reverse("result", args=[with_wrong.pk])))
    assert "It said: “base prompt (Written prompt)”: 40 of 100 passed" in result
    assert "“few-shot prompt (Prompt with examples)”: 95 of 100 passed" in result
    assert "If it also counted beside the other results, the verdict would " in result


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " "}, "Say how you know that it is the wrong file"),
        ({"reason": "wrong export"}, "Say how you know in 3 words or more"),
        ({"what": ""}, "Choose what is wrong with the file"),
        ({"what": "Nothing"}, "Select a valid choice."),
    ],
)
def test_reason_of_substance_is_needed(
    client: Client, with_wrong: Audit, given: dict[str, str], said: str
) -> None:
    before = rows_of(with_wrong)

    response = remove_file(client, with_wrong, **given)

    assert said in html_of(response)
    assert rows_of(with_wrong) == before


@pytest.mark.thorough
def test_removing_one_run_of_a_file_still_holds_back_and_the_preview_says_so(
    client: Client, with_wrong: Audit
) -> None:
    remove_result(with_wrong, "c2")

    told = html_of(read(client, with_wrong, upload(RIGHT)))

    assert "Stays open, although the new results would answer it" in told
    assert "<bdi>few-shot prompt (Prompt with examples)</bdi>" in told
    assert reverse("remove_candidate", args=[with_wrong.pk, "c2"]) in told


def test_wrong_file_comes_back_as_a_whole(client: Client, with_wrong: Audit) -> None:
    before = rows_of(with_wrong)
    remove_file(client, with_wrong)

    post(
        client,
        "remove_candidate",
        with_wrong.pk,
        "c1",
        back="",
    )

    after = rows_of(with_wrong)
    undone = [row.pop("replaced") for row in after.values()]
    assert [each["undone"] for [each] in undone] == [True, True]
    assert after == before


def test_one_good_run_of_a_wrong_file_does_not_come_back_alone(
    client: Client, with_wrong: Audit
) -> None:
    remove_file(client, with_wrong)

    shown = read(client, with_wrong, upload(WRONG))
    save(client, page_after(client, shown, **{"kind-1": "none"}))

    found = rows_of(with_wrong)
    assert "removed" not in found["c1"]
    assert (found["c2"]["removed"], found["c2"]["holds"]) == (True, True)
    assert "wrong" not in found["c2"]


def test_typed_result_has_no_file_that_could_be_wrong(
    client: Client, draft: Audit
) -> None:
    post(client, "candidate", draft.pk, "new", **TYPED)
    before = rows_of(draft)

    told = page_to_remove(client, draft)
    remove_file(client, draft)

    assert "The file is the wrong one" not in told
    assert rows_of(draft) == before


@pytest.mark.thorough
def test_reviewer_and_board_paper_are_told_too(
    client: Client, with_wrong: Audit, cast: Cast
) -> None:
    remove_file(client, with_wrong)
    lead = with_wrong.use_case.owner
    audit = submit_audit(audit=fresh_audit(with_wrong), by=lead)
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])

    page = html_of(reviewer.get(reverse("review", args=[audit.pk])))

    said = "“results.csv” was removed as a wrong file by"
    assert said in page
    paper = build_paper(audit)
    [verdict] = paper.wrong_files.verdicts if paper.wrong_files else ()
    short = f"1 results file was removed as a wrong one, with it: “{verdict}” (A6)."
    assert short in paper.one.unknown
    assert paper.wrong_files is not None
    assert paper.wrong_files.said[0].startswith(said)
    stored = paper.attachment.content.decode()
    assert f'"reason": "{REASON}"' in stored


@pytest.mark.thorough
def test_wrong_file_says_what_it_would_give_alone_and_beside_the_right_one(
    client: Client, with_wrong: Audit
) -> None:
    alone = assess_today(with_wrong).named.name
    remove_file(client, with_wrong)
    save_results(with_wrong, upload({"base prompt": 99}))

    page = html_of(client.get(reverse("result", args=[with_wrong.pk])))

    now = assess_today(fresh_audit(with_wrong)).named.name
    assert now != alone
    assert (
        "If it also counted beside the other results, the verdict would stay the same. "
        f"Alone, it would give “{alone}”."
    ) in page


@pytest.mark.thorough
def test_list_names_the_file_and_leads_to_removing_it(
    client: Client, with_wrong: Audit
) -> None:
    page = html_of(client.get(page_of(with_wrong)))

    assert page.count("<bdi>results.csv</bdi>,") == 2
    there = reverse("remove_candidate", args=[with_wrong.pk, "c1"])
    assert f'href="{there}#whole">Remove this file<' in page
    assert 'id="whole"' in page_to_remove(client, with_wrong)
