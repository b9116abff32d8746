"""The result that decides is named first, and only what counts is dated."""

from datetime import date
from decimal import Decimal

from audits.frameworks.answering.answers import read as read_answers
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.advice_rows import asked
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from audits.scoring.summary.why import why_lines
from audits.scoring.summary.why_rows import why_rows
from tests.scoring.twelve_verdicts import ANSWERS

DAY = date(2026, 11, 20)


def row(item: str, kind: ScoredKind, passed: int) -> ScoredCandidate:
    return ScoredCandidate(
        id=item,
        kind=kind,
        cases=100,
        passed=passed,
        model=f"team-{item}",
        day=DAY,
        run_by="Rosa",
        sha256="f" * 64,
        run=int(item[1:]),
    )


ROWS = (
    row("c1", "rules", 40),
    row("c2", "prompt", 50),
    row("c3", "examples", 60),
    row("c4", "retrieval", 70),
    row("c5", "stronger", 95),
)


def assessed(*rows: ScoredCandidate) -> Assessment:
    given = Inputs(
        codes=read_answers(current(), ANSWERS["train_small_part"]),
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )
    return assess_on(current(), given, date(2026, 11, 28))


def test_result_that_decides_is_named_first() -> None:
    told = {each.question: each for each in assessed(*ROWS).from_candidates}

    assert told["tried"].because.startswith("from the candidates: “team-c5 ")
    assert told["tried"].because.endswith("; and 2 more")


def test_day_of_a_removed_result_is_not_told() -> None:
    removed = ScoredCandidate(
        id="c9",
        kind="tools",
        cases=100,
        passed=20,
        day=date(2026, 11, 27),
        run_by="Rosa",
        is_removed=True,
    )

    lines = why_lines(current(), assessed(*ROWS, removed))

    dated = [line.basis for line in lines if "last on" in line.basis]
    assert dated
    assert all("last on 20 November 2026" in basis for basis in dated)


def test_headline_and_step_name_the_same_thing_to_keep() -> None:
    found = assessed(*ROWS)

    kept = "“team-c5 (Stronger model)”"
    assert found.headline.startswith(f"Use {kept}: it meets the target (")
    assert f"Use {kept}" in found.lead
    assert f"use {kept}" in asked(current(), found)


def test_page_one_begins_with_the_rule_that_decided_and_what_to_use() -> None:
    given = Inputs(codes=read_answers(current(), ANSWERS["stop_fine_tuning"]))
    found = assess_on(current(), given, date(2026, 11, 28))
    trace = found.trace
    [decided] = [x.name for x in trace.verdict_rules if x.outcome == "fired"]
    [used] = [x.name for x in trace.context_rules if x.outcome == "fired"]

    on_page = [row.condition for row in why_rows(current(), found)]

    assert on_page[:2] == [decided, used]
    assert on_page == [line.row.condition for line in why_lines(current(), found)]
