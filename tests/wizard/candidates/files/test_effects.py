"""What is said of answers that results take out of view."""

from dataclasses import replace

from django.template.loader import render_to_string

from audits.frameworks.loading.loader import current
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.assessment import Assessment
from audits.services.answers.candidates import Preview
from audits.wizard.candidates.effects import effects_of
from tests.pages import html_in
from tests.scoring.cards.test_cards import assessed
from tests.scoring.worked_cases import TRAINING_CASE


def test_answer_that_is_no_longer_asked_is_kept_and_not_lost() -> None:
    then = assessed(TRAINING_CASE)
    now = replace(then, codes={**then.codes, "trial": "none"})

    [changed] = effects_of(current(), Preview(now=now, then=then)).answers

    assert changed.before == "No trial"
    assert changed.after == "no answer, as it is no longer asked; yours is kept"


def test_answer_that_nobody_gave_is_none() -> None:
    now = assessed(TRAINING_CASE)
    then = replace(now, codes={**now.codes, "trial": "none"})

    [changed] = effects_of(current(), Preview(now=now, then=then)).answers

    assert (changed.before, changed.after) == ("No answer", "No trial")


def told(now: Assessment, then: Assessment) -> str:
    effects = effects_of(current(), Preview(now=now, then=then))
    template = "wizard/candidates/effects.html"
    return html_in(render_to_string(template, {"effects": effects}))


def test_verdict_that_changes_without_an_answer_says_which_levels_do() -> None:
    was = assessed(TRAINING_CASE)
    levels: dict[str, EvidenceLevel] = {**was.levels, "goal": "measured"}
    now = replace(was, levels={q: x for q, x in was.levels.items() if q != "goal"})
    then = replace(was, levels=levels, verdict_name="Wait")
    label = current().question_by_id["goal"].label

    said = f"The levels of evidence change: “{label}” from not stated to measured."

    assert said in told(now, then)
    assert "The levels" not in told(now, replace(then, verdict_name=now.verdict_name))


def test_verdict_that_changes_with_nothing_else_says_what_is_behind_it() -> None:
    now = assessed(TRAINING_CASE)

    page = told(now, replace(now, verdict_name="Wait"))

    assert "The answers stay, but other results are behind them." in page
    assert "No answer changes." not in page
