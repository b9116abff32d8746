"""The list of rules of a paper: every rule, once, as page 1 says it."""

import re
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.reports.appendix.trace_rows import long_readings, proved_rows, trace_rows
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.sentences.reasons_counted import reasons_counted
from audits.scoring.summary.why import deciding_conditions
from tests.examples import some_of
from tests.reports.test_appendix import DAY, FULL
from tests.scoring.cards.test_planned import NOTHING_RUNS
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import RETRIEVAL_CASE, TRAINING_CASE, TRAINING_LEVELS

pytestmark = pytest.mark.once

FITS = {"goal": ["knowledge"], "state": "planned", "knowledge_size": "small"}


@pytest.mark.parametrize("answers", [RETRIEVAL_CASE, TRAINING_CASE, FULL, FITS])
def test_a_note_below_the_rules_belongs_to_a_name_with_a_star(
    answers: dict[str, Any],
) -> None:
    codes = {q: tuple(x) if isinstance(x, list) else x for q, x in answers.items()}
    trace = assess_on(current(), Inputs(codes=codes), DAY).trace

    said = "; ".join(row.read for row in trace_rows(current(), trace)).split("; ")
    starred = {part.removesuffix("*") for part in said if part.endswith("*")}
    told = {note.split(":")[0] for note in long_readings(current(), trace)}
    assert told == starred
    assert told or answers is not FITS


def test_every_rule_that_was_tried_is_listed_and_nothing_is_written_twice() -> None:
    framework = current()
    codes = read(framework, TRAINING_CASE)
    inputs = Inputs(codes=codes, levels=TRAINING_LEVELS, numbers={})
    trace = assess_on(framework, inputs, DAY).trace

    rows = trace_rows(framework, trace)

    text = " | ".join(f"{row.name}: {row.read}" for row in rows)
    named = [step.name for step in trace.reasons]
    named += [step.name for step in trace.blockers]
    assert all(name in text for name in named)
    listed = [row for row in rows if row.is_shared]
    shared = {row.name.partition(":")[0]: row for row in listed}
    for row in listed:
        if row.name.startswith(("Reason", "Blocker")):
            names = row.read.partition(": ")[2].split("; ")
            assert str(len(names)) in row.name.split()
    # Rules that do not apply are counted: what was tried, and what was not.
    for kind, rules in (
        ("Context", trace.context_rules),
        ("Verdict", trace.verdict_rules),
    ):
        outcomes = [rule.outcome for rule in rules]
        said = [int(number) for number in re.findall(r"\d+", shared[kind].read)]
        tried, late = outcomes.count("not_fired"), outcomes.count("not_reached")
        assert said == [number for number in (tried, late) if number]
        assert str(tried + late) in shared[kind].name.split()
        assert all(r.name in text for r in rules if r.outcome == "fired")
    for row, above in zip(rows[1:], rows, strict=False):
        assert row.read != above.read or row.read == "Same as the row above"
    fired = [row.name for row in rows if row.has_fired]
    assert "Reason: Skill" in fired
    decided = "Verdict: Need shown, ready to run it"
    assert decided in fired
    assert [row.name for row in rows if row.decides] == [decided]
    # A director reads what applies, and a line for the rest of each kind.
    assert len(rows) == len(fired) + len(listed) <= 9


@pytest.mark.parametrize("verdict", ANSWERS)
def test_page_one_and_the_list_of_rules_say_one_word_for_a_rule(verdict: str) -> None:
    found = assessed(ANSWERS[verdict])
    rows = {row.name: row.result for row in trace_rows(current(), found.trace)}
    named = {name.partition(": ")[2]: result for name, result in rows.items()}

    for row in deciding_conditions(current(), found):
        name = row.condition.partition(" (")[0]
        assert named.get(name, row.holds) == row.holds


@pytest.mark.parametrize("verdict", some_of(tuple(ANSWERS), 3))
def test_page_one_and_the_list_of_rules_say_one_level_for_a_rule(verdict: str) -> None:
    found = assessed(ANSWERS[verdict])
    # A reason and a rule may have one name, such as “Speed”, and have a row each.
    named: dict[str, list[str]] = {}
    for listed in proved_rows(current(), found):
        named.setdefault(listed.name.partition(": ")[2], []).append(listed.result)

    for row in deciding_conditions(current(), found):
        said = f"{row.holds}; {row.level}" if row.level else row.holds
        results = named.get(row.condition.partition(" (")[0], [said])
        assert said in results
        results.remove(said)


def test_list_counts_the_reasons_as_the_result_does() -> None:
    codes = {q: tuple(x) if isinstance(x, list) else x for q, x in NOTHING_RUNS.items()}
    found = assess_on(current(), Inputs(codes=codes), DAY)

    rows = {row.name: row.result for row in trace_rows(current(), found.trace)}
    holds = {row.condition: row.holds for row in deciding_conditions(current(), found)}

    assert reasons_counted(found) == (
        "2 of 11 reasons to train do not hold; 9 are not known"
    )
    assert rows["Reason: 2 of 11"] == "Does not hold"
    assert rows["Reason: 9 of 11"] == holds["A reason to train"] == "Not known"


def test_list_does_not_say_of_a_blocker_that_is_open_that_it_does_not_hold() -> None:
    known = {
        "data_rights": "unknown",
        "task_shape": "narrow_stable",
        "platform": "unknown",
    }
    codes = read(current(), known)
    found = assess_on(current(), Inputs(codes=codes), DAY)

    rows = {row.name: row for row in trace_rows(current(), found.trace)}

    shared = [row for name, row in rows.items() if name.startswith("Blocker: ")]
    said = {row.result: row.read for row in shared}
    assert set(said) == {"Does not hold", "Not known", "Not asked"}
    assert "The job is too broad" in said["Does not hold"]
    assert "The model cannot be tuned" in said["Not known"]
    # No question for it applies while nothing tells of a reason to train.
    assert said["Not asked"] == "Not asked: No right to train"


def test_list_does_not_say_not_asked_of_what_was_answered_never_checked() -> None:
    answers = ANSWERS["few_shot"] | {"example_quality": "not_checked"}
    found = assess_on(current(), Inputs(codes=read(current(), answers)), DAY)

    blockers = {each.id: each.outcome for each in found.trace.blockers}

    assert blockers["labels_disagree"] == "unknown"
