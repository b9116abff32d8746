"""Results of a prompt and of a trained model on other cases are not compared."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.candidates.results_pages import page_after, read
from tests.wizard.candidates.results_saved import save_results, wanted
from tests.wizard.candidates.told_pages import told_pages

BOTH = "run by both"


def two_sets(shared: int) -> SimpleUploadedFile:
    """Return a file whose prompt fails its cases; a tuned model passes others."""
    lines = ["case,candidate,passed"]
    lines += [f"P{number},base prompt,false" for number in range(120)]
    lines += [f"P{number},our tuned,true" for number in range(shared)]
    lines += [f"T{number},our tuned,true" for number in range(120 - shared)]
    return SimpleUploadedFile("two.csv", "\n".join(lines).encode())


KINDS = {"kind-0": "prompt", "kind-1": "tuned"}


def scored(draft: Audit, shared: int) -> Audit:
    wanted(draft, "85")
    save_results(draft, two_sets(shared), **KINDS)
    return fresh_audit(draft)


@pytest.mark.parametrize(
    ("shared", "said"), some_of([(0, "No case was"), (10, "Only 10 cases were")], 1)
)
def test_trial_on_other_cases_answers_nothing_and_every_page_says_why(
    client: Client, draft: Audit, cast: Cast, shared: int, said: str
) -> None:
    audit = scored(draft, shared)

    assert "trial" not in audit.inputs.answered.behind
    told = (
        f"{said} {BOTH} “base prompt (Written prompt)” and “our tuned (Tuned or "
        "distilled model)”, so these results do not answer “Score of a trial model”."
    )
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(told) == 1, name


def test_trial_on_enough_of_the_same_cases_answers(
    client: Client, draft: Audit
) -> None:
    audit = scored(draft, shared=30)

    assert audit.inputs.answered.codes["trial"] == "meets"
    assert BOTH not in html_of(client.get(reverse("result", args=[draft.pk])))


@pytest.mark.thorough
def test_page_of_the_file_and_the_review_say_that_no_case_is_the_same(
    client: Client, draft: Audit, cast: Cast
) -> None:
    shown = read(client, draft, two_sets(0))
    page = html_of(page_after(client, shown, **KINDS, show=""))
    scored(draft, 0)

    for told in (page, told_pages(client, draft, cast, are_all=True)["review"]):
        assert "share no cases with a result, so they cannot be compared" in told


@pytest.mark.thorough
def test_files_that_come_one_after_the_other_are_compared_too(draft: Audit) -> None:
    for kind, name in (("prompt", "P"), ("tuned", "T")):
        rows = [f"{name}{number},model {name},{name == 'T'}" for number in range(60)]
        text = "\n".join(["case,candidate,passed", *rows]).lower()
        file = SimpleUploadedFile(f"{name}.csv", text.encode())
        save_results(draft, file, kind=kind)

    audit = fresh_audit(draft)

    assert "trial" not in audit.inputs.answered.behind
    assert [*values(audit.candidates)["c2"]["apart"].values()] == [0]
