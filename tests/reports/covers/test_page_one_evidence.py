"""Page 1 says how strong the evidence is, and how much of it is words alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.one_page.why_counted import why_counted
from audits.reports.page_one import page_one
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.advice import strength_in_short
from audits.scoring.inputs import Inputs
from audits.scoring.options.main_risk import main_risks
from audits.scoring.scored.candidates import (
    Candidates,
    ReplacedResult,
    ScoredCandidate,
)
from audits.scoring.summary.found.found import Found
from audits.scoring.summary.sureness import sureness
from audits.scoring.told.results_counted import Beside
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = current()
MEASURED = [
    question.id
    for question in FRAMEWORK.questions
    if question.is_measurement and question.id in TRAINING_CASE
]


def decided(levels: Mapping[str, EvidenceLevel]) -> Assessment:
    inputs = Inputs(codes=read(FRAMEWORK, TRAINING_CASE), levels=levels)
    return assess_on(FRAMEWORK, inputs, date(2026, 11, 24))


def evidence(levels: Mapping[str, EvidenceLevel]) -> str:
    return page_one(FRAMEWORK, decided(levels), Cover(), "Triage").unknown


@pytest.mark.parametrize("asserted", [0, 1, len(MEASURED)])
def test_paper_counts_the_answers_that_the_result_counts(asserted: int) -> None:
    levels: dict[str, EvidenceLevel] = dict.fromkeys(MEASURED[asserted:], "documented")
    found = sureness(FRAMEWORK, decided(levels))

    said = evidence(levels)

    # The rule also reads answers that ask for no measurement, and so have no level.
    assert found.asserted >= found.unproven
    assert bool(found.unproven) == bool(asserted)
    assert found.says_asserted in said
    assert f"Of {found.deciding} deciding answers, {found.asserted} " in said


def test_answer_that_decided_nothing_is_not_counted() -> None:
    levels: dict[str, EvidenceLevel] = dict.fromkeys(MEASURED, "measured")
    shown: dict[str, EvidenceLevel] = {**levels, "hosting": "documented"}

    assert evidence(shown) == evidence(levels)


def test_test_set_that_no_result_shows_is_said_to_be_by_hand() -> None:
    levels: dict[str, EvidenceLevel] = dict.fromkeys(MEASURED, "measured")

    assert "as the team answered; no score entered." in evidence(levels)
    in_pack = strength_in_short(decided(levels).advice)
    assert in_pack == "200+ cases, team says"


def test_live_outcomes_are_named_in_short_and_not_as_fewer_cases() -> None:
    levels: dict[str, EvidenceLevel] = dict.fromkeys(MEASURED, "measured")
    codes = read(FRAMEWORK, TRAINING_CASE | {"eval": "production"})
    inputs = Inputs(codes=codes, levels=levels)

    found = assess_on(FRAMEWORK, inputs, date(2026, 11, 24))

    assert strength_in_short(found.advice) == "Live results, team says"


def test_result_behind_one_answer_does_not_hide_what_is_said_of_others() -> None:
    codes = read(FRAMEWORK, TRAINING_CASE)
    levels: dict[str, EvidenceLevel] = dict.fromkeys(MEASURED, "measured")
    found = Candidates(rows=(replace(SCORED, passed=20),), target=Decimal("0.8"))
    inputs = Inputs(codes=codes, levels=levels, candidates=found)
    assessment = assess_on(FRAMEWORK, inputs, date(2026, 11, 24))
    sure = sureness(FRAMEWORK, assessment)

    said = page_one(FRAMEWORK, assessment, Cover(), "Triage").unknown

    assert 0 < sure.by_files < sure.measured
    assert f"measured ({sure.by_files} with a results file)." in said


def test_results_that_settle_nothing_are_not_said_to_be_missing() -> None:
    blank = with_candidates(replace(SCORED, cases=60, passed=20, errors=30))
    page = page_one(FRAMEWORK, blank, Cover(), "Triage")

    assert "A test set or a score is only asserted: results do not settle it." in (
        page.unknown
    )
    risks = " ".join(main_risks(FRAMEWORK, blank, None))
    assert "What decides is only asserted: results do not settle it." in risks
    assert "nobody has shown" not in f"{page.unknown} {risks}"


@pytest.mark.thorough
def test_typed_results_are_not_said_as_if_they_were_measured() -> None:
    typed = with_candidates(replace(SCORED, sha256="", run_by="Ops", link=LINK))
    said, of_file = (
        page_one(FRAMEWORK, each, Cover(), "Triage").unknown
        for each in (typed, with_candidates(SCORED))
    )

    assert "60 test cases, as typed; no results file." in said
    assert strength_in_short(typed.advice) == "60 cases, typed"
    assert "as typed" not in of_file


def test_need_that_answers_show_is_not_called_measured() -> None:
    rules = {step.id: step.text for step in decided({}).trace.verdict_rules}

    assert rules["train"].startswith("A need is shown, and the practices")


def test_no_rule_says_that_nothing_forbids_training() -> None:
    # The right to train may not be known, and the headline waits for counsel then.
    rules = decided({}).trace.verdict_rules

    assert not [rule.id for rule in rules if "nothing forbids" in rule.text]


def test_settled_speaks_of_what_was_not_answered() -> None:
    found = evidence(dict.fromkeys(MEASURED, "measured"))

    assert found.endswith(
        "No unanswered question can change the verdict itself. 1 open question may "
        "add a first step: Oversight."
    )


LINK = "https://example.org/report"
SCORED = ScoredCandidate(
    id="c1",
    kind="prompt",
    cases=60,
    passed=54,
    day=date(2026, 11, 20),
    sha256="0" * 64,
)


def test_page_one_says_the_measurement_that_decided_in_one_line() -> None:
    letters = {
        "goal": ["style"],
        "state": "none",
        "component": "generator",
        "examples": "curated",
    }
    row = replace(SCORED, cases=40, passed=26)
    inputs = Inputs(
        codes=read(FRAMEWORK, letters),
        candidates=Candidates(rows=(row,), target=Decimal("0.9")),
    )
    found = assess_on(FRAMEWORK, inputs, date(2026, 11, 24))

    one = page_one(FRAMEWORK, found, Cover(), "Letters")

    line = "Written prompt: 26 of 40 correct, between 50 and 78 of 100; target 90."
    assert one.unknown.startswith(line) != any(each.score for each in one.why)
    assert "Shape of the job" not in one.change
    assert "Computing from a table" not in one.change


def test_measurement_is_not_said_twice() -> None:
    found = with_candidates(SCORED)
    one = page_one(FRAMEWORK, found, Cover(), "Triage")

    said = any(each.score for each in one.why)
    assert said != ("54 of 60 correct" in one.unknown)


def scores(*rows: ScoredCandidate) -> list[str]:
    """Return the scores on page 1."""
    rows_said = page_one(FRAMEWORK, with_candidates(*rows), Cover(), "Triage").why
    return [row.score for row in rows_said if row.score]


def with_candidates(*rows: ScoredCandidate) -> Assessment:
    return assess_on(
        FRAMEWORK,
        Inputs(
            codes=read(FRAMEWORK, {"goal": ["format"], "state": "none"}),
            candidates=Candidates(rows=rows, target=Decimal("0.8")),
        ),
        date(2026, 11, 24),
    )


def test_score_is_that_of_the_candidate_to_keep() -> None:
    stronger = replace(SCORED, id="c2", kind="stronger", passed=58)

    assert scores(SCORED, stronger) == scores(SCORED)


def test_score_names_the_result_that_it_replaced() -> None:
    earlier = ReplacedResult(kind="prompt", cases=100, passed=45)

    [said] = scores(replace(SCORED, replaced=(earlier,)))

    assert said == f"{scores(SCORED)[0]}; before: 45 of 100 (A6)"


def test_score_names_the_other_result_that_counts() -> None:
    other = replace(SCORED, id="c2", passed=30, sha256="1" * 64)

    [said] = scores(SCORED, other)

    assert said == f"{scores(SCORED)[0]}; other result: 30 of 60 (A6)"


def test_other_result_is_counted_where_no_score_is_said() -> None:
    tools = replace(SCORED, id="c2", kind="tools")
    earlier = replace(
        tools, replaced=(ReplacedResult(kind="prompt", cases=100, passed=45),)
    )

    found = with_candidates(SCORED, earlier)
    said = page_one(FRAMEWORK, found, Cover(), "Triage").unknown

    assert "1 result was changed or removed (A6)." in said


def test_what_lacks_is_counted_in_one_line_that_leads_to_the_appendix() -> None:
    found = with_candidates(replace(SCORED, errors=1, left_out=1, lacks=1))
    beside = Beside(left_out=1, copied_from="UC-0007")

    said = page_one(FRAMEWORK, found, Cover(), "Triage", beside=beside).unknown

    assert (
        "1 result was left out; 1 result lacks cases; 2 cases have no score (A6). "
        "Copied from UC-0007 (end of the appendix)."
    ) in said


def test_measured_answer_has_the_score_of_its_candidate_once() -> None:
    rows = page_one(FRAMEWORK, with_candidates(SCORED), Cover(), "Triage").why

    assert [row.score for row in rows if row.score] == [
        "54 of 60 passed, between 79.9 and 95 of 100"
    ]
    [row] = [row for row in rows if row.score]
    # Its rule reads answers that nobody marked, too.
    assert row.level == "asserted"


def test_page_one_says_once_what_several_rules_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assessment = decided({})
    row = Found(condition="Language", holds="Holds", found="It misses", level=None)
    rows = (row, replace(row, condition="Skill"), replace(row, found="It is slow"))
    monkeypatch.setattr("audits.reports.one_page.why_counted.why_rows", lambda *_: rows)

    said = why_counted(current(), assessment, None)

    assert [(x.condition, x.found) for x in said] == [
        ("Language and skill", "It misses"),
        ("Language", "It is slow"),
    ]
