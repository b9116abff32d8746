"""The worked examples of docs/method.md say what the code does."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading import loader
from audits.frameworks.loading.loader import PACKS
from audits.scoring import Assessment, assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.flips import Flip
from audits.scoring.explaining.advice import Advice
from audits.scoring.explaining.trace_shapes import ReasonStep, Step
from audits.scoring.market import circumstances_on
from tests.frameworks.pinned import pinned, read_by
from tests.scoring.costs.worked_examples import WORKED
from tests.verdicts.agreement import FOLDER
from tests.worked_sums import Block, blocks, rounded, worth

IN_FORCE = loader.published("fine_tuning", 2)
# What the document counts and lists are the questions of its last full revision.
FRAMEWORK = pinned(IN_FORCE)
TEXT = (Path(__file__).parents[1] / "docs" / "method.md").read_text("utf-8")
LINES = (PACKS / "fine_tuning" / "v2.cases.jsonl").read_text("utf-8").splitlines()
CASES: dict[str, dict[str, Any]] = {
    case["id"]: case["facts"] for case in map(json.loads, LINES)
}
# Their coder read in a source how the measurements are known.
AS_READ = Circumstances(unmarked="documented")


def answers_of(case_id: str) -> dict[str, Code]:
    return read_by(FRAMEWORK, CASES[case_id])


SEVERAL = {q.id for q in FRAMEWORK.questions if q.kind == "several"}


def codes_in(text: str) -> dict[str, Code]:
    """Return answers written as `goal=a+b, state=none`."""
    given = dict(pair.split("=") for pair in text.split(", "))
    return {
        q: tuple(code.split("+")) if q in SEVERAL else code for q, code in given.items()
    }


def listed(words: Iterator[str] | tuple[str, ...]) -> str:
    return ", ".join(words) or "none"


def fired(steps: tuple[Step | ReasonStep, ...]) -> str:
    return listed(step.id for step in steps if step.outcome == "fired")


def with_standing(assessment: Assessment, how: str) -> str:
    return listed(r.id for r in assessment.trace.reasons if r.standing == how)


def flip_lines(flips: tuple[Flip, ...]) -> Iterator[str]:
    """Yield flips in their order, neighbours that differ only in the answer as one."""
    alike = groupby(flips, lambda f: (f.way, f.changes[0].hours, f.verdict, f.rule))
    for (way, hours, verdict, rule), group in alike:
        changes = [f"{x.question}={x.option}" for f in group for x in f.changes]
        yield f"{way}, {hours} h: {', '.join(changes)} → {verdict}, {rule}"


def summary(assessment: Assessment) -> dict[str, list[str]]:
    """Return everything that a block about a case says."""
    literal, trace = assessment.literal, assessment.trace
    advice, completeness = assessment.advice, assessment.completeness
    assert advice
    assert completeness
    said = {
        "reasons": "; ".join(
            f"{how} {with_standing(assessment, how)}"
            for how in ("measured", "claimed", "unknown")
        ),
        "blockers": fired(trace.blockers),
        "context rule": f"{fired(trace.context_rules)} → {assessment.context_layer}",
        "verdict rule": f"{fired(trace.verdict_rules)} → {assessment.verdict}",
        "advice": listed(advised(advice)),
        "open gates": listed(gate.id for gate in advice.subject_to),
        "completeness": f"{assessment.known} of {assessment.applicable} known, "
        f"open: {listed(each.question for each in completeness.open)}",
        "strength": advice.strength.id,
        "settle": listed(item.id for item in assessment.settle),
        "literal": f"{literal.holding} of {len(literal.conditions)}, "
        f"{'agrees' if literal.agrees else 'differs'}",
    }
    flips = {"flip": list(flip_lines(assessment.flips))}
    return {key: [value] for key, value in said.items()} | flips


def advised(advice: Advice) -> Iterator[str]:
    """Yield what stands beside the verdict: step, kind, serving and standing."""
    yield advice.step.id
    yield from (x.id for x in (advice.training_kind, advice.serving) if x)
    yield from (x for x in (advice.standing,) if x)


# They hold on every day but the oldest, so the blocks leave them out.
OF_THE_MARKET = {"small_fits", "medium_fits", "examples_fit"}


def test_every_kind_of_block_is_there_and_no_other() -> None:
    kinds = set(re.findall(r"^```(\w+)", TEXT, re.MULTILINE))

    assert kinds == {"case", "day", "level", "unless", "cost"}
    assert len(TEXT.splitlines()) <= 490


@pytest.mark.parametrize("block", blocks(TEXT, "case"), ids=lambda block: block.about)
def test_case_is_worked_as_the_code_works_it(block: Block) -> None:
    said = block.said()
    given = codes_in(", ".join(said.pop("answers")))

    facts = set(", ".join(said.pop("facts")).split(", "))
    known = {q: x for q, x in answers_of(block.about).items() if x != "unknown"}
    at = decide(FRAMEWORK, flow.relevant(FRAMEWORK, known), AS_READ).at
    assert given == known
    assert facts == {f.id for f in FRAMEWORK.facts if at.facts[f.id]} - OF_THE_MARKET
    assert said == summary(assess(FRAMEWORK, given, AS_READ))


@pytest.mark.parametrize("block", blocks(TEXT, "day"), ids=lambda block: block.about)
def test_day_changes_what_the_document_says(block: Block) -> None:
    on = circumstances_on(FRAMEWORK, date.fromisoformat(block.about))
    under = replace(on, unmarked="documented")
    values = {name: str(fact.value) for name, fact in under.market.items()}

    for key, value in block.lines:
        if key in values:
            assert values[key] == value, key
        else:
            assessment = assess(FRAMEWORK, answers_of(key), under)
            measured = with_standing(assessment, "measured")
            layer = assessment.context_layer
            assert f"{assessment.verdict}, {layer}, {measured}" == value, key


@pytest.mark.parametrize("block", blocks(TEXT, "level"), ids=lambda block: block.about)
def test_asserted_answers_prove_no_reason(block: Block) -> None:
    case_id, *asserted = block.about.split()
    under = replace(AS_READ, levels=dict.fromkeys(asserted, "asserted"))

    assessment = assess(FRAMEWORK, answers_of(case_id), under)

    said = summary(assessment)
    assert {key: said[key] for key in block.said()} == block.said()


def test_benchmark_is_that_of_the_stored_scores() -> None:
    told = re.findall(r"^\| (\d) \| ([\d |]+) \|$", TEXT, re.MULTILINE)
    scores = json.loads((FOLDER / "scores.json").read_text("utf-8"))

    assert {batch: [int(cell) for cell in row.split(" | ")] for batch, row in told} == {
        batch: [
            score["now"]["cases"],
            *(score["first_score"][key] for key in ("first", "second", "mistakes")),
            *(score["now"][key] for key in ("always_simple", "experts_overlap")),
            score["now"]["first"],
        ]
        for batch, score in scores.items()
    }


def test_every_verdict_and_no_other_is_told() -> None:
    section = TEXT.split("### A.3 ")[1].split("### A.4 ")[0]

    told = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert sorted(told) == sorted(FRAMEWORK.verdicts)


CANCELLERS = [line for block in blocks(TEXT, "unless") for line in block.lines]


@pytest.mark.parametrize(("reason", "line"), CANCELLERS)
def test_forgetting_a_canceller_lets_the_reason_stand(reason: str, line: str) -> None:
    given, cancelled_by, how = line.split(" | ")
    (canceller,) = codes_in(cancelled_by)
    base = codes_in(given)

    def stands(answers: Mapping[str, Code]) -> str:
        steps = assess(FRAMEWORK, answers, AS_READ).trace.reasons
        return next(step.standing for step in steps if step.id == reason)

    cancelled = stands({**base, **codes_in(cancelled_by)})
    forgotten = stands({**base, canceller: "unknown"})
    assert f"{cancelled}, then {forgotten}" == how


COSTS = [
    (block.about, key, *value.split(" = "))
    for block in blocks(TEXT, "cost")
    for key, value in block.lines
]


def test_every_example_is_worked() -> None:
    assert {block.about for block in blocks(TEXT, "cost")} == set(WORKED)


@pytest.mark.parametrize(("example", "key", "sum_", "result"), COSTS)
def test_cost_is_what_the_sum_and_the_code_give(
    example: str, key: str, sum_: str, result: str
) -> None:
    by_code = WORKED[example]()[key]

    assert rounded(worth(sum_), result) == result
    assert rounded(Fraction(by_code), result) == result


def test_every_blocker_is_named_beside_the_principles() -> None:
    [named] = re.findall(r"\*\*Blockers\*\* forbid training: ([^.]+)\.", TEXT)

    assert {*re.findall(r"`(\w+)`", named)} == {x.id for x in IN_FORCE.blockers}
