"""A results file that counts the faults answers nothing, and is not sorted again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.scoring.results_behind.failed_cases import (
    CountedFaults,
    are_counted,
    settled_fault,
)
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.answers.candidates import (
    candidates_seen,
    removed,
    save_candidates,
)
from audits.services.answers.levels import undocumented
from audits.services.read_files.told_results import same_links
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import show
from tests.signed_in import sign_in
from tests.wizard.candidates.results_pages import page_after, read
from tests.wizard.candidates.told.test_results_elsewhere import another
from tests.wizard.page_forms import send

pytestmark = pytest.mark.once

FAULTS = ["skill"] * 4 + ["Format", "wrong date"]
ROWS = [f"{n},base prompt,text {n},yes," for n in range(24)]
ROWS += [f"{24 + n},base prompt,text {n},no,{fault}" for n, fault in enumerate(FAULTS)]
SHEET = "\n".join(("case,candidate,input,passed,fault", *ROWS)).encode()


def test_counted_faults_are_shown_and_offered_and_answer_nothing(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    told = "“Skill” 4, “Format” 1, “wrong date” 1"

    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    saved = html_of(page_after(client, shown))
    there = reverse("question", args=[empty.pk, "goal"])
    asked = client.get(there)

    assert told in html_of(shown)
    assert f"Counted in faults.csv: {told}." in saved
    assert f'<a href="{there}">Answer what is wrong</a>' in saved
    assert "goal" not in fresh_audit(empty).codes
    assert f"Counted in faults.csv: {told}. Check it, and pick" in html_of(asked)
    note = asked.context["form"]["note-goal"].value()
    assert note == f"Counted in faults.csv: {told}."
    assert "Sort these" not in html_of(asked)


def test_answer_that_the_counts_settle_is_offered_and_stored_by_its_button_alone(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    there = reverse("next_question", args=[empty.pk, "goal"])
    send(client, there, goal=["none_counted"])
    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    page_after(client, shown)

    page = " ".join(html_of(client.get(there)).split())
    before = fresh_audit(empty).codes["goal"]
    send(client, there, goal=["none_counted"], take__fault="task_skill")
    after = html_of(client.get(there))

    button = page.partition('name="take-fault" value="task_skill">')[2]
    said = " ".join(strip_tags(button[:200]).replace("”", "” ").split())
    assert said.startswith("Answer “Skill” from faults.csv: Skill, 4 of 6")
    assert before == ("none_counted",)
    assert fresh_audit(empty).codes["goal"] == ("task_skill",)
    assert "take-fault" not in after


def test_answer_taken_from_counts_is_measured_while_its_file_counts_it(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    page_after(client, shown)
    there = reverse("next_question", args=[empty.pk, "goal"])

    send(client, there, goal=[], take__fault="task_skill")
    taken = fresh_audit(empty)
    asked = html_of(client.get(reverse("question", args=[empty.pk, "goal"])))
    [row] = taken.given_candidates.rows
    save_candidates(
        audit=taken,
        by=cast.ours.contributor,
        change=removed(row),
        seen=candidates_seen(taken),
    )
    without = fresh_audit(empty)

    assert taken.levels["goal"]["value"] == "measured"
    assert taken.inputs.levels["goal"] == "measured"
    assert undocumented(taken) == ()
    assert 'name="link-level-goal"' not in asked
    assert without.inputs.levels["goal"] == "asserted"
    assert undocumented(without) == ("goal",)


def test_picking_another_fault_than_the_counted_ones_shows_nothing(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    page_after(client, shown)
    there = reverse("question", args=[empty.pk, "goal"])

    send(client, there, goal=["knowledge"], level__goal="measured")

    assert fresh_audit(empty).inputs.levels["goal"] == "asserted"


@pytest.mark.parametrize(
    ("faults", "option"),
    [
        ((("Skill", 4), ("Format", 2)), "task_skill"),
        ((("Skill", 3), ("Format", 3)), ""),
        ((("wrong date", 5), ("Skill", 1)), ""),
        ((), ""),
    ],
)
def test_counts_settle_an_answer_only_where_more_than_half_have_it(
    faults: tuple[tuple[str, int], ...], option: str
) -> None:
    counted = CountedFaults(file="a.csv", faults=faults)

    found = settled_fault(current(), counted)

    assert (found.option if found else "") == option


@pytest.mark.parametrize(
    ("picked", "is_shown"),
    [
        (("task_skill",), True),
        (("task_skill", "format"), True),
        (("format",), False),
        (("task_skill", "style"), False),
        ((), False),
    ],
)
def test_counts_show_only_faults_that_they_have_and_most_cases(
    picked: tuple[str, ...], *, is_shown: bool
) -> None:
    counted = CountedFaults(
        file="a.csv", faults=(("Skill", 4), ("Format", 1), ("wrong date", 1))
    )

    assert are_counted(current(), counted, picked) == is_shown


def test_link_of_several_answers_is_told_no_more_of_those_that_results_give(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty, by = another(cast, draft), cast.ours.contributor
    given = {"goal": ["style"], "eval": "small_set", "examples": "few"}
    save_answers(audit=empty, by=by, answers=given)
    show(empty, by, {"eval": "documented", "examples": "documented"})
    [before] = same_links(fresh_audit(empty))

    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    page_after(client, shown)

    assert "(“Test set” and “Good examples”)" in before
    assert same_links(fresh_audit(empty)) == ()


def test_file_that_nobody_saved_is_counted_as_such_before_it_is_deleted(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    delete = reverse("delete_use_case", args=[empty.pk])

    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    before = " ".join(html_of(client.get(delete)).split())
    page_after(client, shown)
    after = " ".join(html_of(client.get(delete)).split())

    assert "1 file of test results that nobody saved" in before
    assert "1 uploaded file of test results or usage" not in before
    assert "1 uploaded file of test results or usage" in after
    assert "row of test results" not in before
    assert "1 row of test results" in after
    assert "that nobody saved" not in after
