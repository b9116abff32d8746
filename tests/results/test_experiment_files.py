"""The files that a step of the evidence plan sends, to run it."""

import ast
import csv
from io import StringIO

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.evaluations.formats.recognised import read_evaluations
from audits.models import Audit, Event
from tests.casting import Cast
from tests.results.experiment_pages import NASTY, cards, file_of, page_of
from tests.results.experiment_pages import draft as _draft

draft = _draft


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("score_prompt", "other.csv"),
        ("score_prompt", "..%2Fcases.csv"),
        ("no-such-step", "cases.csv"),
    ],
)
def test_no_other_file_is_sent(
    client: Client, draft: Audit, step: str, name: str
) -> None:
    url = reverse("experiment_file", args=[draft.pk, step, name])

    assert client.get(url).status_code == 404


def test_step_without_cases_sends_no_file(client: Client, draft: Audit) -> None:
    step = next(card.id for card in cards(draft) if not card.kinds)
    url = reverse("experiment_file", args=[draft.pk, step, "cases.csv"])

    page = page_of(client, "experiment", draft, step)

    assert client.get(url).status_code == 404
    assert "How to run it" not in page
    asked = reverse("question", args=[draft.pk, step])
    assert f'href="{asked}?step={step}"' in page


def test_files_have_the_words_of_the_use_case_in_quotes(
    cast: Cast, client: Client, draft: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        use_case = draft.use_case
        use_case.name = use_case.summary = NASTY
        use_case.save(update_fields=["name", "summary"])

    config = yaml.safe_load(file_of(client, draft, "promptfoo.yaml").content)
    task = ast.parse(file_of(client, draft, "inspect.py").content)

    typed = "=1+1 \"'{ { env.HOME }} <b>\n# x"
    assert config["description"].endswith(f": {typed}")
    assert config["prompts"][0]["raw"].startswith(f"Use case: {typed}\n\n{typed}\n")
    texts = [x.value for x in ast.walk(task) if isinstance(x, ast.Constant)]
    assert texts.count(NASTY) == 2


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("cases.csv", "text/csv; charset=utf-8"),
        ("promptfoo.yaml", "application/yaml"),
        ("inspect.py", "text/plain; charset=utf-8"),
    ],
)
def test_file_is_named_after_the_use_case_and_recorded(
    cast: Cast, client: Client, draft: Audit, name: str, content_type: str
) -> None:
    response = file_of(client, draft, name)

    stem = f"{draft.use_case.reference}-score-prompt"
    assert response["Content-Disposition"] == f'attachment; filename="{stem}-{name}"'
    assert response["Content-Type"] == content_type
    with scope(organization=cast.ours.organization):
        line = Event.objects.order_by("number").last()
    assert line
    assert (line.verb, line.details) == (
        "audit.exported",
        {"kind": f"score_prompt/{name}"},
    )


def test_filled_cases_are_a_results_file(client: Client, draft: Audit) -> None:
    text = file_of(client, draft, "cases.csv").content.decode()
    rows = [*csv.reader(StringIO(text, newline=""))]
    filled = StringIO()
    csv.writer(filled).writerows(
        [rows[0], *([*row[:2], "Hi", "Hello", "yes"] for row in rows[1:])]
    )

    run = read_evaluations(filled.getvalue().encode()).runs[0]

    assert (run.candidate, run.n, run.passed) == ("Written prompt", 30, 30)
