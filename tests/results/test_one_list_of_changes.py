"""What the steps find out changes the verdict wherever a page lists what does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.reports.one_page.changes import changes_said
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.outcome_rows import OutcomeRow
from audits.scoring.explaining.completeness import OpenQuestion
from audits.scoring.explaining.grades.standings import SETTLED
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates
from audits.scoring.summary.actions import actions
from audits.scoring.summary.plan import plan_of
from audits.scoring.summary.sureness import sureness
from audits.scoring.told.result.found_out import found_out

UNTESTED: dict[str, Any] = {
    "goal": ["knowledge"],
    "state": "none",
    "tried": ["nothing"],
    "component": "generator",
    "knowledge_size": "large",
}


def test_no_page_says_that_nothing_changes_what_a_step_can_change() -> None:
    framework = current()
    kept = Candidates(rows=(), target=Decimal("0.9"))
    inputs = Inputs(codes=read(framework, UNTESTED), numbers={}, candidates=kept)
    found = assess_on(framework, inputs, date(2026, 11, 28))
    plan = plan_of(framework, found, inputs)
    others = found_out(plan.changing, ())
    explained = SimpleNamespace(
        plan=plan, scenarios=(), to_training=None, found_out=others
    )
    said = {"explained": explained, "assessment": found}

    assert actions(framework, found) == ()
    listed = render_to_string("results/first/actions.html", said)
    assert "No single step" not in listed
    assert all(step.then.split("”")[0] in listed for step in plan.changing)
    assert "Test instructions on the strongest model" in listed
    explained.found_out = found_out((), (), ["Where it may run", "Special language"])
    unknown = [OpenQuestion(question="hosting", label="Where it may run")]
    open_ones = said | {"assessment": SimpleNamespace(could_change_it=unknown)}
    listed = render_to_string("results/first/actions.html", open_ones)
    assert "Still unknown:</strong> “Where it may run”, “Special language”." in listed
    # What steps find out is said at these alone, without an empty list.
    explained.found_out = found_out((), ())
    assert "<ul" not in render_to_string("results/first/actions.html", open_ones)
    open_now = sureness(framework, found)
    # Where open answers can change it, the sentence before it says another thing.
    for sure, is_said in (
        (replace(open_now, complete=SETTLED), True),
        (open_now, False),
    ):
        told = render_to_string("results/first/sureness.html", said | {"sure": sure})
        assert ("What the steps find out can." in told) is is_said
    # What a listed step says beside each of its results is not said again.
    listed_steps = [replace(x, rows=(OutcomeRow(results="A"),)) for x in plan.changing]
    beside = found_out(plan.changing, listed_steps)
    assert (beside.others, beside.numbers[0]) == ((), 1)
    assert replace(beside, numbers=(1, 2, 4)).says == (
        "Steps 1, 2 and 4 can change it: see each result."
    )
    assert others.says == ""
    explained.found_out = beside
    listed = render_to_string("results/first/actions.html", said)
    assert "Test instructions on the strongest model" not in listed

    first, _ = changes_said(framework, found)
    assert first.startswith(
        "If “Written prompt” meets the target (90 of 100), the verdict would "
    )
