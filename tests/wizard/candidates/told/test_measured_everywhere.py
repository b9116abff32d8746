"""What a results file measures is “measured” on every page and paper."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.answering.answers import read as read_answers
from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.reports.context import build_paper
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.summary.why import why_lines
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.pages import html_of
from tests.proved import show
from tests.scoring.twelve_verdicts import ANSWERS
from tests.wizard.candidates.made_csv import upload
from tests.wizard.candidates.results_saved import save_results

ASSERTED = ("eval", "tried", "quality_gap")
OTHERS = ("goal", "hosting", "state", "component")  # that the deciding rule reads


@pytest.fixture
def measured(client: Client, draft: Audit) -> Audit:
    """Return the draft with asserted answers by hand that a results file measures."""
    sent: dict[Key, Sent] = {("level", q): Sent(value="asserted") for q in ASSERTED}
    sent |= {
        ("candidate", "target"): Sent(value={"share": "0.8"}),
        ("answer", "eval"): Sent(value="small_set"),
    }
    lead = draft.use_case.owner
    save_entries(audit=draft, by=lead, sent=sent, sender=Sender())
    save_results(fresh_audit(draft), upload({"base prompt": 60}))
    return fresh_audit(draft)


@pytest.mark.thorough
def test_check_says_measured_of_what_a_results_file_measures(
    client: Client, measured: Audit
) -> None:
    only_shown = {("answer", "tried"): Sent(value=["instructions"])}
    lead = measured.use_case.owner
    save_entries(audit=measured, by=lead, sent=only_shown, sender=Sender())

    page = html_of(client.get(reverse("check", args=[measured.pk])))

    for question in ASSERTED:
        label = current().question_by_id[question].label
        row = page.split(f">{label}</a></dt>")[1].split("</dd>")[0]
        assert "How you know: measured" in row, label


@pytest.mark.thorough
def test_paper_says_measured_of_what_a_results_file_measures(measured: Audit) -> None:
    lead, rest = measured.use_case.owner, dict.fromkeys(OTHERS, "documented")
    show(measured, lead, rest)
    only_shown = {("answer", "tried"): Sent(value=["instructions"])}
    only_shown |= {("level", q): Sent(value=level) for q, level in rest.items()}
    save_entries(audit=measured, by=lead, sent=only_shown, sender=Sender())
    audit = submit_audit(audit=fresh_audit(measured), by=lead)

    paper = build_paper(audit)

    labels = {current().question_by_id[question].label for question in ASSERTED}
    levels = {row.label: row.level for row in paper.answers if row.label in labels}
    assert levels == dict.fromkeys(labels, "measured")
    assert "asserted" not in paper.one.unknown


def test_condition_says_how_each_of_its_answers_is_known() -> None:
    row = ScoredCandidate(id="c1", kind="prompt", cases=120, passed=84, sha256="f" * 64)
    given = Inputs(
        codes=read_answers(current(), ANSWERS["train_small_part"]),
        levels={"examples": "documented"},
        candidates=Candidates(rows=(row,), target=Decimal("0.8")),
    )

    lines = why_lines(current(), assess_on(current(), given, date(2026, 11, 28)))

    line = next(each for each in lines if each.id == "X6")
    # Nobody has marked the fault and the task, on which this reason rests as well.
    assert (line.row.better, line.row.level) == (
        "Untuned results miss the target by over 5 points (measured), "
        "and there are 1,000 or more good examples (documented)",
        "asserted",
    )


@pytest.mark.thorough
def test_result_says_which_level_is_that_of_the_weakest_answer(
    client: Client, draft: Audit
) -> None:
    sent: dict[Key, Sent] = {("level", q): Sent(value="measured") for q in ASSERTED}
    sent |= {
        ("answer", "eval"): Sent(value="solid_set"),
        ("level", "eval"): Sent(value="asserted"),
    }
    lead = draft.use_case.owner
    save_entries(audit=draft, by=lead, sent=sent, sender=Sender())

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    brief = page.split("<strong>Skill</strong>")[1].split("</li>")[0]
    assert "est set has 200 or more cases" in brief
    assert "Partly asserted" in brief
    full = page.split("whys-full")[1].split("</details>")[0]
    skill = full.partition("Skill")[2].partition("</li>")[0]
    assert "not all of this is shown yet" in skill
    assert "from the candidates" not in brief + skill
