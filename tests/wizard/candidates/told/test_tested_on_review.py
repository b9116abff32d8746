"""A reviewer sees every candidate, and what speaks against what one is called."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit, ResultsFile, Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.doubtful_names import doubts_of_names
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import read
from tests.wizard.candidates.results_saved import save_results, save_typed
from tests.wizard.candidates.typed import TYPED, page_of

DOUBTED = "“opus (Stronger model)”, which the team calls the strongest model it may use"


@pytest.fixture
def draft(draft: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    sent = {("candidate", "target"): Sent(value={"share": "0.85"})}
    save_entries(audit=draft, by=draft.use_case.owner, sent=sent, sender=Sender())
    return fresh_audit(draft)


def uploaded(draft: Audit, name: str, csv: bytes, kind: str) -> None:
    save_results(draft, SimpleUploadedFile(f"{name}.csv", csv), kind=kind)


def reviewed(draft: Audit, cast: Cast) -> str:
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    page = html_of(reviewer.get(reverse("review", args=[draft.pk])))
    return page.split("Evidence you vouch for")[1].split("</section>")[0]


def other_cases(passed: int) -> bytes:
    return csv_of({"opus": passed}, 120).replace(b"case ", b"other ")


@pytest.mark.thorough
def test_review_lists_every_candidate(client: Client, draft: Audit, cast: Cast) -> None:
    both = csv_of({"current-prompt": 70, "opus": 84}, cases=120)
    kinds = {"kind-0": "prompt", "kind-1": "stronger"}
    save_results(draft, SimpleUploadedFile("both.csv", both), **kinds)
    save_typed(draft, **TYPED)

    told = reviewed(draft, cast)

    rows = told.split("<tr>")[2:]
    names = ["“<bdi>current-prompt", "“<bdi>opus", "“<bdi>claude-haiku-4-5"]
    assert [name in row for name, row in zip(names, rows, strict=True)] == [True] * 3
    assert "Stronger model" in rows[1]
    assert "84 of 120 passed, between 61 and 77 of 100" in rows[1]
    assert "<bdi>both.csv</bdi>" in rows[1]
    assert "<bdi>Typed</bdi>" in rows[2]
    assert "20 November 2026" in rows[2]
    assert f"Typed by {draft.use_case.owner}" in rows[2]
    assert (
        "in the test, “opus (Stronger model)” passed 84 of 120 cases (likely between"
        in told
    )
    assert DOUBTED not in told


AGAINST = [
    (
        csv_of({"opus": 84}, cases=120),
        f"{DOUBTED}, scores no better than “current-prompt (Written prompt)”: 84 "
        "and 90 of the same 120 cases passed.",
    ),
    (
        other_cases(100),
        f"{DOUBTED}, was run on other cases than “current-prompt (Written prompt)”",
    ),
    (
        csv_of({"opus": 60}, cases=60),
        f"Only 60 cases are of both {DOUBTED}, and of “current-prompt",
    ),
    (
        csv_of({"opus": 95}, cases=120),
        f"{DOUBTED}, scores better than “current-prompt (Written prompt)”, but "
        "chance may explain that: 95 and 90 of the same 120 cases passed.",
    ),
    (csv_of({"opus": 105}, cases=120), ""),
]


@pytest.mark.parametrize(
    ("csv", "said"),
    some_of(AGAINST, 2),
)
def test_review_says_what_speaks_against_a_stronger_model(
    client: Client, draft: Audit, cast: Cast, csv: bytes, said: str
) -> None:
    prompt = csv_of({"current-prompt": 90}, cases=120)
    uploaded(draft, "prompt", prompt, "prompt")
    uploaded(draft, "opus", csv, "stronger")

    told = reviewed(draft, cast)

    assert said in told
    assert bool(said) is (DOUBTED in told)
    result = html_of(client.get(reverse("result", args=[draft.pk])))
    audit = fresh_audit(draft)
    paper = " ".join(build_paper(audit).results_told)
    assert said in result
    assert said in paper
    doubts = [doubt.in_short for doubt in doubts_of_names(audit)]
    short = said.replace(f"{DOUBTED},", "“opus (Stronger model)”").removesuffix(".")
    assert short in " ".join(doubts)
    assert bool(doubts) is bool(said)


@pytest.mark.thorough
def test_typed_stronger_model_has_no_file_that_shows_its_cases(
    client: Client, draft: Audit, cast: Cast
) -> None:
    prompt = csv_of({"current-prompt": 90}, cases=120)
    uploaded(draft, "prompt", prompt, "prompt")
    typed = TYPED | {"kind": "stronger", "model": "opus"}
    save_typed(draft, **typed)

    assert f"No file shows that {DOUBTED}, was run on" in reviewed(draft, cast)


@pytest.mark.thorough
def test_result_names_the_candidate_of_the_first_answer(
    client: Client, draft: Audit
) -> None:
    uploaded(draft, "opus", csv_of({"opus": 84}, cases=120), "stronger")

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert (
        "In the test, “opus (Stronger model)” passed 84 of 120 cases (likely between"
        in page
    )


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("mean", "verb"), some_of([("0.9", "Reaches"), ("0.8", "Misses")])
)
def test_mean_score_beside_a_target_of_cases_says_that_it_is_none(
    client: Client, draft: Audit, cast: Cast, mean: str, verb: str
) -> None:
    typed = TYPED | {"passed": "", "mean": mean}
    save_typed(draft, **typed)

    said = f"{verb} 85 of 100 with a mean score, not a count of passed cases"
    assert said in html_of(client.get(page_of(draft)))
    assert said in reviewed(draft, cast)


@pytest.mark.thorough
def test_name_stays_within_the_quotation_that_a_sentence_has_it_in(
    client: Client, draft: Audit, cast: Cast
) -> None:
    name = "opus” (independently verified by an auditor), “"
    typed = TYPED | {"kind": "stronger", "model": name}
    save_typed(draft, **typed)
    uploaded(draft, "a", csv_of({"current-prompt": 70}, 120), "prompt")

    told = reviewed(draft, cast)

    quoted = "“opus (independently verified by an auditor), (Stronger model)”"
    assert f"No file shows that {quoted}" in told


@pytest.mark.thorough
def test_choice_says_what_a_verdict_takes_a_stronger_model_for(
    client: Client, draft: Audit
) -> None:
    choice = '<option value="stronger">The strongest model you may use</option>'
    shown = read(client, draft, SimpleUploadedFile("a.csv", csv_of({"A": 70})))

    assert choice in html_of(client.get(page_of(draft)))
    assert choice in html_of(shown)
    typed = reverse("candidate", args=[draft.pk, "new"])
    assert choice in html_of(client.get(typed))
